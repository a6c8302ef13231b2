"""Made-up news reports of conflict, with exact labels.

A report is written from patterns in `training/patterns/*.yml`, one to a line. A pattern is a text in which

    {SLOT.form@role!realis}   is filled: a party, a town, a number, or a line drawn from the bank of that name
    {A?was/were}              agrees with how the party was last named
    [label:words]             marks the words: a kind of happening or of mention, or s, c, q for source, cue and content
    <one|other|>              is one of these

A label without a name is the happening the clause is about, `=` joins it to the report's main happening, `%x` to others with
the same x in the clause, `!r` says its realis by the first letter, `@r2` makes the words a part of the clause's second
happening. Pieces of s, c, q with one number are one attribution. Bracketed stretches nest, so offsets come with the writing.

The two parties of a report are drawn alike and apart from all else: no name leans to one side, and the same report can be
written with the two exchanged.
"""

from __future__ import annotations

import argparse
import random
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from crossbearing import resources
from training.labelled import KINDS, MENTIONS, REALIS, Argument, Event, Labelled, Marked, Voiced, write

PATTERNS = Path(__file__).parent / "patterns"
MARKED = ["mentions", "happenings", "roles", "realis", "attributions", "happening-chains", "actor-chains"]
ROLE_LETTERS = dict(
    zip("ptvmlwki", ("perpetrator", "target", "victim", "means", "place", "time", "killed", "injured"), strict=True)
)
REALIS_LETTERS = {name[0]: name for name in REALIS}
UPPER_CASE, CURLY, AMERICAN, WORD_NUMBERS = 0.08, 0.35, 0.5, 0.6

# --- patterns, parsed


@dataclass(slots=True)
class Slot:
    name: str
    form: str = ""
    roles: tuple[tuple[str, int], ...] = ()
    realis: str | None = None
    agree: tuple[str, str] | None = None


@dataclass(slots=True)
class Span:
    name: str
    main: bool
    local: str
    roles: tuple[tuple[str, int], ...]
    realis: str | None
    inner: list[Node]


@dataclass(slots=True)
class Either:
    options: list[list[Node]]


Node = str | Slot | Span | Either

SLOT = re.compile(
    r"(?P<name>[\w-]+)(?:\.(?P<form>[\w-]+))?(?:@(?P<roles>[\w+]+))?(?:!(?P<realis>\w))?(?:\?(?P<agree>[\w' ]+/[\w' ]+))?$"
)
LABEL = re.compile(r"(?P<name>[\w-]*)(?P<main>=?)(?:%(?P<local>\w))?(?:!(?P<realis>\w))?(?:@(?P<roles>[\w+]+))?:")


def parse(text: str) -> list[Node]:
    """The parts of a pattern."""
    nodes, end = _parse(text.replace("\\n", "\n"), 0, "")
    if end != len(text.replace("\\n", "\n")):
        raise ValueError(f"unbalanced pattern at {end}: {text}")
    return nodes


def _parse(text: str, at: int, stops: str) -> tuple[list[Node], int]:
    nodes: list[Node] = []
    while at < len(text) and text[at] not in stops:
        sign = text[at]
        if sign == "{":
            close = text.index("}", at)
            nodes.append(_slot(text[at + 1 : close]))
            at = close + 1
        elif sign == "[":
            node, at = _span(text, at)
            nodes.append(node)
        elif sign == "<":
            options, at = [], at
            while text[at] in "<|":
                option, at = _parse(text, at + 1, "|>")
                options.append(option)
                if at >= len(text):
                    raise ValueError(f"open choice: {text}")
            nodes.append(Either(options))
            at += 1
        elif sign in "]}>|":
            raise ValueError(f"stray {sign} at {at}: {text}")
        else:
            close = at
            while close < len(text) and text[close] not in "{[<|>]}" + stops:
                close += 1
            nodes.append(text[at:close])
            at = close
    return nodes, at


def _slot(inner: str) -> Slot:
    match = SLOT.match(inner)
    if match is None:
        raise ValueError(f"not a slot: {inner}")
    agree = match["agree"].split("/") if match["agree"] else None
    realis = REALIS_LETTERS[match["realis"]] if match["realis"] else None
    return Slot(match["name"], match["form"] or "", _roles(match["roles"]), realis, (agree[0], agree[1]) if agree else None)


def _span(text: str, at: int) -> tuple[Span, int]:
    match = LABEL.match(text, at + 1)
    if match is None:
        raise ValueError(f"no label at {at}: {text}")
    name = match["name"]
    if name and name not in KINDS and name not in MENTIONS and name.rstrip("0123456789") not in ("s", "c", "q"):
        raise ValueError(f"unknown label {name}: {text}")
    inner, end = _parse(text, match.end(), "]")
    if end >= len(text):
        raise ValueError(f"open bracket: {text}")
    realis = REALIS_LETTERS[match["realis"]] if match["realis"] else None
    return Span(name, bool(match["main"]), match["local"] or "", _roles(match["roles"]), realis, inner), end + 1


def _roles(text: str | None) -> tuple[tuple[str, int], ...]:
    """`p+t2`: the perpetrator of the first happening and the target of the second."""
    return tuple((ROLE_LETTERS[part[0]], int(part[1:] or 1) - 1) for part in (text or "").split("+") if part)


@cache
def banks() -> dict[str, tuple[str | None, list[list[Node]]]]:
    """Every bank by its name: the kind of mention that its lines are, where they are one, and the lines."""
    found: dict[str, tuple[str | None, list[list[Node]]]] = {}
    for file in sorted(PATTERNS.glob("*.yml")):
        if file.stem in ("plans", "names", "verbs"):
            continue
        for key, lines in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            name, _, kind = key.partition(" ")
            if name in found:
                raise ValueError(f"{name} stands in two files")
            found[name] = (kind or None, [parse(line) for line in lines.splitlines() if line.strip()])
    return found


@cache
def listed(file: str) -> Any:
    return yaml.safe_load((PATTERNS / file).read_text(encoding="utf-8"))


@cache
def words(name: str) -> tuple[str, ...]:
    """A list of plain words, parted by |."""
    return tuple(word.strip() for word in listed("names.yml")[name].split("|"))


# --- names


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in a sentence; the article is no part of it."""

    text: str
    article: str = ""
    plural: bool = False
    kind: str = "group"


@dataclass(frozen=True, slots=True)
class Party:
    """One side, with as many ways to name it as any other side has."""

    own: str
    full: Name
    short: Name
    other: Name
    the: Name
    men: Name
    adjective: Name
    men_word: str
    office: Name

    @property
    def numbers(self) -> tuple[bool, ...]:
        """What the words around its names turn on."""
        names = (self.full, self.short, self.other, self.the, self.men, self.office)
        return (self.short.text.isupper(), *(name.plural for name in names))


HEADS = re.compile(
    r"\b(Forces?|Army|Fronts?|Brigades?|Movement|Party|Organi[sz]ation|Council|Union|Alliance|Units|Command|Corps|Legion|Group|group"
    r"|Guards?|Resistance|Coalition|Peshmerga|Taliban|Houthis|network|Companies|Military|military|army|navy|Navy|Police|police"
    r"|Committee|Service|Republic|Battalions?|Division|Movement/Front|Congress|Marines|Gendarmerie|Directorate|Ministry|Agency"
    r"|Observatory|Mission|Office|Centre|Center|Nations|Province|League|Cross|Crescent|Bank|Fund|Programme|Network|Society|forces"
    r"|Cartel|cartel|Authority|Commission|House|garrison|base|refinery|terminal|bridge|dam|crossing|camp|prison|field|Department|coalition|alliance|[Mm]ilitia|movement|Apparatus|Directorate|airbase|plant|Administration)$"
)
PLURAL = re.compile(
    r"(Forces|Brigades|Units|Houthis|troops|Guards|[Mm]ilitias|groups|separatists|Companies|Committees|Battalions|rebels|forces"
    r"|fighters|Marines|Volunteers|soldiers|Sailors|Lawyers)$"
)


THE_LANDS = re.compile(r"^(United|Netherlands|Philippines|Maldives|Bahamas|Gambia|Comoros|Seychelles)|Islands|Republic|Territor")


def named(text: str, kind: str = "group") -> Name:
    """With the article and the number that its head asks for."""
    head = re.split(r" (?:in|of|for|to|and) ", text)[0]
    plural = bool(PLURAL.search(head))
    return Name(text, "the " if plural or HEADS.search(head) else "", plural, kind)


def _plain(text: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z][A-Za-z' -]+", text)) and len(text) < 45


def short_of(text: str) -> str:
    """What a press would make of a long name."""
    parts = [part for part in re.split(r"[ -]", text) if part[:1].isupper()]
    return "".join(part[0] for part in parts) if len(parts) > 2 else text


def state_party(country: str, adjective: str, rng: random.Random) -> Party:
    army = rng.choice(("army", "military", "armed forces", "forces", "government forces", "air force"))
    land = Name(country, "the " if THE_LANDS.search(country) else "", kind="state")
    full = named(f"{adjective} {army}", "group") if rng.random() < 0.6 else land
    if army == "air force":
        full = Name(full.text, "the " if full is not land else land.article, False, full.kind)
    soldiers = rng.choice(("soldiers", "troops", "forces"))
    office = rng.choice(("Defence Ministry", "Defense Ministry", "military", "Ministry of Defence", "General Staff"))
    return Party(
        country,
        full,
        Name(f"{adjective} army", "the "),
        land,
        Name(rng.choice(("army", "military", "government")), "the "),
        Name(f"{adjective} {soldiers}", plural=True),
        Name(adjective, kind="state"),
        soldiers,
        Name(f"{adjective} {office}", "the ", False, "organisation"),
    )


def group_party(name: str, short: str, rng: random.Random) -> Party:
    full, shorter = named(name), named(short)
    if short.isupper() and (full.article or len(short) > 3):
        shorter = Name(short, "the ")
    soldiers = rng.choice(("fighters", "militants", "rebels", "gunmen", "forces", "combatants"))
    office = rng.choice(("{} media office", "{} military council", "{} political bureau", "{} command", "{} media wing"))
    stem = short if rng.random() < 0.5 else name
    return Party(
        name,
        full,
        shorter,
        full,
        Name(rng.choice(("group", "movement", "organisation", "faction", "militia")), "the "),
        Name(f"{stem.removesuffix(' Forces').removesuffix(' forces')} {soldiers}", plural=True),
        Name(re.sub(r"s$", "", short) if short == "Houthis" else short),
        soldiers,
        Name(office.format(stem), "the ", False, "organisation"),
    )


@cache
def registry() -> dict[str, list[tuple[str, ...]]]:
    """Names from the project's own tables: states, groups, forces of states, bodies that speak, and facilities."""
    actors = resources.table("actors.yml")["actors"]
    found: dict[str, list[tuple[str, ...]]] = {"groups": [], "forces": [], "bodies": [], "states": []}
    for actor in actors:
        aliases = [a.strip() for a in str(actor.get("aliases", "")).split("|") if _plain(a.strip())]
        if not _plain(actor["name"]):
            continue
        shorts = [a for a in aliases if a.isupper() and 2 <= len(a) <= 6]
        entry = (actor["name"], shorts[0] if shorts else (aliases[-1] if aliases else actor["name"]))
        if actor["kind"] in ("rebel group", "political militia", "identity militia"):
            found["groups"].append(entry)
        elif actor["kind"] in ("state forces", "external/other forces"):
            found["forces"].append(entry)
        elif actor["kind"] in ("organisation", "monitor"):
            found["bodies"].append(entry)
    for row in resources.rows("countries.csv"):
        if row["adjectives"] and _plain(row["name"]):
            found["states"].append((row["name"], row["adjectives"].split("|")[0]))
    found["facilities"] = [(row["name"],) for row in resources.rows("facilities.csv") if _plain(row["name"])]
    found["admin"] = [(row["name"],) for row in resources.rows("admin1.csv") if _plain(row["name"])]
    return found


@cache
def towns() -> list[str]:
    """Real towns of every land, a sample."""
    with sqlite3.connect(f"file:{resources.path('gazetteer.sqlite')}?mode=ro", uri=True) as base:
        rows = base.execute("SELECT name FROM place WHERE population > 3000 AND number % 5 = 0 ORDER BY number").fetchall()
    return [name for (name,) in rows if _plain(name) and len(name) < 22]


def invented(rng: random.Random) -> str:
    """A word that might be a town, of syllables."""
    word = "".join(rng.choice(words("syllables")) for _ in range(rng.choice((2, 2, 2, 3))))
    word = (word + rng.choice(words("endings"))).capitalize()
    pre = rng.random()
    if pre < 0.1:
        return rng.choice(words("town-heads")) + " " + word
    return f"{word} {rng.choice(words('town-tails'))}" if pre < 0.14 else word


def draw_party(rng: random.Random) -> Party:
    """Any side: there is one way to draw, whatever part the side will play."""
    pick = rng.random()
    if pick < 0.3:
        land, adjective = rng.choice(registry()["states"])
        return state_party(land, adjective, rng)
    if pick < 0.4:
        stem = invented(rng).split(" ")[-1].rstrip("aeiou")
        return state_party(stem + rng.choice(("ia", "a", "and", "istan")), stem + rng.choice(("ian", "i", "ese")), rng)
    if pick < 0.74:
        name, short = rng.choice(registry()["forces" if pick < 0.48 else "groups"])
        return group_party(name, short, rng)
    name = rng.choice(words("group-shapes")).replace("*", invented(rng).split(" ")[-1])
    return group_party(name, short_of(name), rng)


def draw_parties(rng: random.Random, alike: bool = False) -> tuple[Party, Party]:
    """Two sides with no word of their names in common; `alike` in number, so that they can stand in each other's place."""
    while True:
        first, second = draw_party(rng), draw_party(rng)
        shared = set(first.own.split()) & set(second.own.split()) or first.own[:5] == second.own[:5]
        if not shared and (not alike or first.numbers == second.numbers):
            return first, second


UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
    " nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


def in_words(number: int) -> str:
    if number < 20:
        return UNITS.split()[number]
    ten, unit = TENS.split()[number // 10 - 2], number % 10
    return f"{ten}-{UNITS.split()[unit]}" if unit else ten


# --- writing

VOWEL = re.compile(
    r"(?!U[SKN]|Uga|Ukr|Uru|[Uu]ni|[Uu]se|[Ee]u|[Oo]ne\b)[AEIOUaeiou]|[FHLMNRSX](?=[A-Z0-9-]{1,4}\b)|8|11\b|18\b|hour"
)
SPELLINGS = (
    ("vandalis", "vandaliz"), ("neutralis", "neutraliz"),
    ("mobilis", "mobiliz"), ("organis", "organiz"), ("recognis", "recogniz"),
    ("authoris", "authoriz"), ("defence", "defense"), ("Defence", "Defense"), ("centre", "center"), ("kilometre", "kilometer"),
    ("metres", "meters"), ("armour", "armor"), ("neighbour", "neighbor"), ("harbour", "harbor"), ("labour", "labor"),
    ("programme", "program"), ("manoeuvre", "maneuver"), ("travelling", "traveling"), ("honour", "honor"), ("theatre", "theater"),
)  # fmt: skip


@dataclass(slots=True, eq=False)
class Mark:
    """A stretch being written; it starts with its first letter, not with the space before."""

    start: int = -1
    end: int = -1

    @property
    def piece(self) -> tuple[int, int]:
        return (self.start, self.end)


class Pen:
    """Writes text and keeps spaces, capitals and a/an right, so that marks are exact as they are made."""

    def __init__(self, american: bool) -> None:
        self.parts: list[str] = []
        self.at = 0
        self.space = False
        self.capital = True
        self.open: list[Mark] = []
        self.american = american

    def literal(self, text: str) -> None:
        if self.american:
            for british, american in SPELLINGS:
                if british in text:
                    text = text.replace(british, american)
        if text.startswith("“") and self.parts and self.parts[-1].endswith(":"):
            self.capital = True
        self.put(text)
        if self.space and self.parts and self.parts[-1].rstrip("”").endswith((".", "!", "?")):
            self.capital = True

    def put(self, text: str) -> None:
        body = text.strip(" ")
        if body[:1] in (",", ".", ";", ":") and self.parts and self.parts[-1].endswith(","):
            # An apposition's closing comma gives way to the sign that follows.
            self.parts[-1] = self.parts[-1][:-1]
            self.at -= 1
        if text.startswith(" "):
            self.space = True
        if not body:
            return
        if body[0] not in ",.;:!?’”)\n" and not body.startswith("'s"):
            self._article(body)
            if self.space and self.at and not self.parts[-1].endswith("\n"):
                self._add(" ")
        self.space = False
        if self.capital:
            body = self._capital(body)
        for mark in self.open:
            if mark.start < 0:
                mark.start = self.at + (len(body) - len(body.lstrip("\n")))
        self._add(body)
        self.space = text.endswith(" ")

    def _capital(self, body: str) -> str:
        if not any(c.isalnum() for c in body):
            return body
        self.capital = False
        first = next((i for i, c in enumerate(body) if c.isalnum()), 0)
        return body[:first] + body[first].upper() + body[first + 1 :]

    def _article(self, body: str) -> None:
        """A vowel follows: "a" becomes "an", and the other way round."""
        last = self.parts[-1] if self.parts and self.space else ""
        word = re.search(r"(?:^|[ “\n])([Aa]n?)$", last)
        if word is not None:
            right = word[1][0] + ("n" if VOWEL.match(body) else "")
            self.parts[-1] = last[: word.start(1)] + right
            self.at += len(right) - len(word[1])

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.at += len(text)

    def begin(self) -> Mark:
        mark = Mark()
        self.open.append(mark)
        return mark

    def finish(self, mark: Mark) -> Mark:
        self.open.remove(mark)
        mark.end = self.at
        return mark


@dataclass(slots=True)
class Scope:
    """One clause: its happenings, what hangs on them, and its voices."""

    kind: str
    realis: str = "asserted"
    main: bool = False
    events: list[Event] = field(default_factory=list)
    arguments: list[tuple[str, int, Mark]] = field(default_factory=list)
    locals: dict[str, int] = field(default_factory=dict)
    voices: dict[str, dict[str, list[Mark]]] = field(default_factory=dict)
    fresh: bool = False
    """Of another happening than the report's: with places, figures and people of its own."""
    turned: bool = False
    """The parties play each other's part."""
    places: dict[str, Name] = field(default_factory=dict)


class Report:
    """One report being written."""

    def __init__(self, rng: random.Random, parties: tuple[Party, Party], third: Party) -> None:
        self.rng = rng
        self.pen = Pen(rng.random() < AMERICAN)
        self.parties = {"A": parties[0], "B": parties[1], "C": third}
        self.said: set[str] = set()
        self.plural: dict[str, bool] = {}
        self.kind = rng.choice(KINDS + GROUPS["hit"])
        self.main = Event(0, 0, self.kind, "asserted", chain=0)
        self.chains = 1
        self.mentions: list[tuple[Mark, str]] = []
        self.events: list[Event] = []
        self.attributions: list[Voiced] = []
        self.actors: dict[str, list[Mark]] = {"A": [], "B": [], "C": []}
        self.digits = rng.random() > WORD_NUMBERS
        self.people: list[Node] | None = None
        self.told: tuple[Any, ...] | None = None
        self.before, self.led = "", False
        self.day = rng.choice(words("days"))
        self.killed, self.injured = rng.choice((2, 2, 3, 3, 4, 5, 6, 7, 8, 9, 11, 12, 14, 17, 23, 38)), rng.randint(2, 60)
        self.country, self.admin = rng.choice(registry()["states"])[0], rng.choice(registry()["admin"])[0]
        self.date = self._date()
        self.met: set[str] = set()
        self.used: set[int] = set()
        """Lines of the plan's banks, which no report has twice."""
        self.places = [self._town() for _ in range(3)]
        self.facilities = [self._facility() for _ in range(2)]
        self.hedge = rng.choice(("", "", "at least ", "", "more than "))
        self.forms: dict[str, Callable[[Slot, Scope], None]] = {
            "K": lambda s, c: self.figure(self._count() if c.fresh else self.killed, self.hedge * (not c.fresh), s, c),
            "I": lambda s, c: self.figure(self._count() if c.fresh else self.injured, "", s, c),
            "N": lambda s, c: self.figure(self._count(), "", s, c),
            "CLAUSE": self.clause,
            "VOICED": self.voiced,
            "VP": self.verb,
        }

    # what is drawn

    def _date(self) -> str:
        month, day = self.rng.choice(words("months")), str(self.rng.randint(1, 28))
        year = f" {self.rng.randint(2009, 2025)}" if self.rng.random() < 0.3 else ""
        return f"{month} {day}{',' * bool(year)}{year}" if self.pen.american else f"{day} {month}{year}"

    def _town(self) -> str:
        return invented(self.rng) if self.rng.random() < 0.45 else self.rng.choice(towns())

    def _facility(self) -> Name:
        if self.rng.random() < 0.3:
            text = self.rng.choice(registry()["facilities"])[0]
            return Name(text, "the " if HEADS.search(text.lower().rsplit(" ", 1)[-1]) else "", False, "facility")
        tail = self.rng.choice(words("facility-tails"))
        if self.rng.random() < 0.5:
            return Name(tail, "a ", False, "facility")
        return Name(f"{self._town()} {tail}", "the ", False, "facility")

    def _count(self) -> int:
        return self.rng.choice((2, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 15, 16, 20, 21, 25, 30, 34, 40, 47, 60, 75, 110, 230))

    def _plain_slot(self, slot: Slot) -> Name | None:
        """Names that are no bank and no party."""
        rng, kind = self.rng, slot.name
        if kind in ("TOWN", "TOWN2", "TOWN3"):
            return Name(self.places[int(kind[4:] or 1) - 1], kind="place")
        if kind in ("FAC", "FAC2"):
            return self.facilities[int(kind[3:] or 1) - 1]
        if kind == "TOWNX":
            return Name(self._town(), kind="place")
        if kind == "FACX":
            return self._facility()
        if kind in ("COUNTRY", "ADMIN"):
            return Name(self.country if kind == "COUNTRY" else self.admin, kind="place")
        if kind == "STATE":
            state = rng.choice(registry()["states"])[0]
            return Name(state, "the " if THE_LANDS.search(state) else "", kind="state")
        if kind == "PERSON":
            return Name(f"{rng.choice(words('first'))} {rng.choice(words('last'))}", kind="person")
        if kind == "LAST":
            return Name(rng.choice(words("last")), kind="person")
        if kind == "BODY":
            entry = rng.choice(registry()["bodies"])
            return named(entry[0], "organisation")
        if kind == "OUTLET":
            return named(rng.choice(words("outlet-shapes")).replace("*", invented(rng).split(" ")[-1]), "organisation")
        return None

    def _raw(self, name: str) -> str | None:
        """Words that are part of a larger mention, or none."""
        rng = self.rng
        if name == "DAY":
            return self.day
        if name == "DATE":
            return self.date
        if name == "MONTH":
            return rng.choice(words("months"))
        if name == "YEAR":
            return str(rng.randint(1975, 2023))
        if name == "HOUR":
            return str(rng.randint(1, 12))
        if name == "CLOCK":
            return f"{rng.randint(0, 23):02d}:{rng.choice((0, 5, 10, 15, 20, 30, 40, 45, 50)):02d}"
        if name in ("NUM", "PERCENT"):
            return str(rng.randint(2, 48))
        if name == "SURNAME":
            return rng.choice(words("last"))
        if name == "WORD":
            return invented(rng).split(" ")[-1]
        return None

    # how it is written

    def render(self, nodes: list[Node], scope: Scope) -> None:
        for node in nodes:
            if isinstance(node, str):
                self.pen.literal(node)
            elif isinstance(node, Either):
                self.render(self.rng.choice(node.options), scope)
            elif isinstance(node, Span):
                self.span(node, scope)
            else:
                self.slot(node, scope)

    def span(self, node: Span, scope: Scope) -> None:
        """A bracketed stretch: a happening, a mention, or a part of an attribution."""
        number = self._start_event(node, scope) if not node.name or node.name in KINDS else None
        mark = self.pen.begin()
        self.render(node.inner, scope)
        self.pen.finish(mark)
        if mark.start < 0:
            return
        if number is not None:
            scope.events[number].start, scope.events[number].end = mark.piece
        elif node.name in MENTIONS:
            self.mentions.append((mark, node.name))
        else:
            scope.voices.setdefault(node.name[1:], {}).setdefault(node.name[0], []).append(mark)
        scope.arguments += [(role, which, mark) for role, which in node.roles]

    def _start_event(self, node: Span, scope: Scope) -> int:
        """The happening takes its number where its words begin."""
        kind = node.name or (self.main.kind if node.main else scope.kind)
        joined = node.main or (scope.main and kind == self.kind and all(e.chain != self.main.chain for e in scope.events))
        realis = node.realis or (self.main.realis if node.main and scope.realis == "asserted" else scope.realis)
        event = Event(-1, -1, kind, realis)
        if joined:
            event.chain = self.main.chain
            if not node.main:
                self.main.realis = realis
        elif node.local and node.local in scope.locals:
            event.chain = scope.locals[node.local]
        else:
            event.chain, self.chains = self.chains, self.chains + 1
        if node.local and event.chain is not None:
            scope.locals[node.local] = event.chain
        scope.events.append(event)
        return len(scope.events) - 1

    def slot(self, slot: Slot, scope: Scope) -> None:
        if slot.agree is not None:
            letter = {"A": "B", "B": "A"}.get(slot.name, slot.name) if scope.turned else slot.name
            self.pen.put(slot.agree[self.plural.get(letter, False)])
            return
        if slot.name in self.parties:
            self.party(slot, scope)
            return
        if slot.name in self.forms:
            self.forms[slot.name](slot, scope)
            return
        name = self._placed(slot, scope)
        raw = self._raw(slot.name) if name is None else None
        if name is not None and slot.form == "raw":
            self.pen.put(name.text)
        elif name is not None:
            self.name(name, slot, scope, bare=slot.form == "bare")
        elif raw is not None:
            self.pen.put(raw)
        else:
            self.bank(slot, scope)

    def _placed(self, slot: Slot, scope: Scope) -> Name | None:
        """As `_plain_slot`, with the places of a fresh clause its own, and the same throughout it."""
        if not scope.fresh or slot.name not in ("TOWN", "TOWN2", "FAC", "COUNTRY", "ADMIN"):
            return self._plain_slot(slot)
        if slot.name not in scope.places:
            table = {"COUNTRY": "states", "ADMIN": "admin"}.get(slot.name)
            if table:
                found: Name | None = Name(self.rng.choice(registry()[table])[0], kind="place")
            else:
                found = self._plain_slot(Slot("FACX" if slot.name == "FAC" else "TOWNX"))
            assert found is not None
            scope.places[slot.name] = found
        return scope.places[slot.name]

    def name(self, name: Name, slot: Slot, scope: Scope, bare: bool = False) -> Mark:
        if name.article and not bare:
            # What has been spoken of is no longer any one of its sort.
            self.pen.put("the " if name.text in self.met else name.article)
        if name.kind == "facility":
            self.met.add(name.text)
        mark = self.pen.begin()
        self.pen.put(name.text)
        self.pen.finish(mark)
        self.mentions.append((mark, name.kind))
        scope.arguments += [(role, which, mark) for role, which in slot.roles]
        if slot.form == "poss":
            self.pen.put("'" if name.text.endswith("s") else "'s")
        return mark

    def party(self, slot: Slot, scope: Scope) -> None:
        """A side, by the form asked for; in full when it is first named."""
        letter = slot.name
        if scope.turned:
            letter = {"A": "B", "B": "A"}.get(letter, letter)
        party = self.parties[letter]
        turn, first = self.rng.random(), False
        if slot.form in ("the", "men", "office"):
            name = {"the": party.the, "men": party.men, "office": party.office}[slot.form]
        elif slot.form == "adj":
            name = party.adjective
        elif slot.form == "our":
            name = Name(party.men_word, "our ", True)
        elif slot.form == "it":
            name = Name("they" if self.plural.get(letter, False) else "it", "", self.plural.get(letter, False))
        elif slot.form == "full" or letter not in self.said:
            name, first = party.full, letter not in self.said and slot.form != "poss"
        else:
            name = (party.full, party.short, party.short, party.other)[int(turn * 4)]
        if slot.form in ("", "full", "poss", "bare"):
            self.said.add(letter)
        mark = self.name(name, slot, scope, bare=slot.form in ("bare", "adj"))
        self.plural[letter] = name.plural
        if slot.form != "office":
            self.actors[letter].append(mark)
        if first and turn < 0.35 and party.short.text.isupper() and party.short.text != name.text:
            self.pen.put(" (")
            again = self.pen.begin()
            self.pen.put(party.short.text)
            self.pen.finish(again)
            self.pen.put(")")
            self.mentions.append((again, "group"))
            self.actors[letter].append(again)

    def bank(self, slot: Slot, scope: Scope) -> None:
        """A line drawn from a bank; one for the clause's kind where there is one."""
        name = slot.name
        if name == "WHEN" and scope.realis == "background":
            name = "WHENB"
        found = self._find(name, slot.form or scope.kind)
        kind, lines = found
        line = self.rng.choice(lines)
        if name == "PPL" and not scope.fresh:
            line = self.people = self.people or line
        if kind is None:
            self.render(line, scope)
            return
        if isinstance(line[0], str) and "~" in line[0]:
            article, _, rest = line[0].partition("~")
            self.pen.literal(article)
            line = [rest, *line[1:]]
        mark = self.pen.begin()
        self.render(line, scope)
        self.pen.finish(mark)
        self.mentions.append((mark, kind))
        scope.arguments += [(role, which, mark) for role, which in slot.roles]

    def _find(self, name: str, kind: str) -> tuple[str | None, list[list[Node]]]:
        """The bank for this kind of happening, else for kinds like it, else for all."""
        for key in (f"{name}-{kind}", f"{name}-{GROUP_OF.get(kind, '')}", name):
            if key in banks():
                return banks()[key]
        raise KeyError(f"no bank {name} for {kind}")

    def figure(self, number: int, hedge: str, slot: Slot, scope: Scope) -> None:
        mark = self.pen.begin()
        self.pen.put(hedge)
        style = number if number >= 100 or (number > 10 and self.digits) or (self.digits and not self.pen.capital) else None
        self.pen.put(f"{number:,}" if style is not None else in_words(number))
        self.pen.finish(mark)
        self.mentions.append((mark, "figure"))
        scope.arguments += [(role, which, mark) for role, which in slot.roles]

    def verb(self, slot: Slot, scope: Scope) -> None:
        """A verb phrase of the clause's kind, in the form asked for: `base`, `past`, `ing`."""
        forms, rest = self.rng.choice(verbs()[scope.kind])
        word = forms[("base", "past", "ing").index(slot.form)]
        before, scope.realis = scope.realis, slot.realis or scope.realis
        if "[" not in word:
            self.render([Span("", False, "", (), None, [word])], scope)
        else:
            self.pen.put(word.strip("[]"))
        self.pen.put(" ")
        self.render(rest, scope)
        scope.realis = before

    def clause(self, slot: Slot, scope: Scope) -> None:
        """A clause of its own: of the same kind, of another, or of the kind named."""
        kind = slot.form or scope.kind
        if kind == "other-kind":
            kind = self.rng.choice([k for k in KINDS if k not in ("harm", scope.kind)])
        main = scope.main and not slot.form and not scope.events
        fresh = scope.fresh or (not main and (bool(slot.form) or slot.realis is not None))
        turned = scope.turned != (fresh and not scope.fresh and self.rng.random() < 0.5)
        held = self.rng.getstate() if main and self.told else None
        if main:
            # Headline and lead tell of one happening, so they draw alike.
            self.rng.setstate(self.told or self.rng.getstate())
            self.told = self.rng.getstate()
        self.scoped("clause", Scope(kind, slot.realis or scope.realis, main, fresh=fresh, turned=turned))
        if held:
            self.rng.setstate(held)

    def voiced(self, slot: Slot, scope: Scope) -> None:
        main = scope.main and not scope.events
        self.scoped("voice", Scope(scope.kind, slot.realis or scope.realis, main, fresh=scope.fresh, turned=scope.turned))

    def scoped(self, bank: str, scope: Scope) -> None:
        """A line of a bank, with happenings and voices of its own."""
        _, lines = self._find(bank, scope.kind)
        if self.main.realis != "asserted" and not scope.main:
            # Of what did not happen there is no "the attack".
            lines = [line for line in lines if not refers(line)] or lines
        if bank not in ("clause", "voice"):
            lines = [line for line in lines if id(line) not in self.used] or lines
        line = self.rng.choice(lines)
        self.used.add(id(line))
        if bank == "clause" and scope.realis == "background" and not dated(line):
            # Nothing else would say that it is long past.
            self.render([Slot("WHENB"), ", "], scope)
        self.render(line, scope)
        for role, which, mark in scope.arguments:
            if not scope.events:
                # A sentence without a happening, in which a place or a time is a mention and no more.
                continue
            if which >= len(scope.events):
                raise IndexError(f"bank {bank}: no happening {which + 1} in {''.join(self.pen.parts[-24:])!r}")
            if mark.start >= 0:
                scope.events[which].roles.append(Argument(role, mark.start, mark.end))
        self.events += scope.events
        for voice in scope.voices.values():
            pieces = [[m.piece for m in voice.get(part, []) if m.start >= 0] for part in "scq"]
            self.attributions.append(Voiced(*pieces))

    def compose(self) -> None:
        """The sentences of one plan, in its order."""
        plans = listed("plans.yml")
        plan = self.rng.choices(plans, [p["weight"] for p in plans])[0]
        kinds = plan.get("kinds")
        if kinds:
            self.kind = self.main.kind = self.rng.choice(kinds)
        paragraph = self.rng.choice((" ", " ", "\n\n", "\n"))
        for item in plan["order"].split():
            name = item.rstrip("?*+")
            few, most = {"?": (0, 1), "*": (0, 2), "+": (1, 3)}.get(item[-1], (1, 1))
            for _ in range(self.rng.randint(few, most)):
                self._sentence(name, paragraph)

    def _sentence(self, name: str, paragraph: str) -> None:
        if self.pen.at:
            if name.startswith(("bullet", "tail")):
                self.pen.put("\n")
            elif not self.pen.parts[-1].endswith("\n"):
                self.pen.put(" " if self.before == "dateline" else paragraph)
        # A second lead tells of something else.
        main = name.startswith("headline") or (name.startswith("lead") and not self.led)
        self.led |= name.startswith("lead")
        self.pen.capital, self.before = True, name
        self.scoped(name, Scope(self.kind, main=main))
        if name.startswith("headline"):
            self.pen.put("\n\n")

    def labelled(self, name: str, upper: bool, curly: bool) -> Labelled:
        text = "".join(self.pen.parts).rstrip()
        if upper:
            # A letter that would become two keeps its place.
            text = "".join(c.upper() if len(c.upper()) == 1 else c for c in text)
        text = text.replace("'", "’") if curly else text.translate(STRAIGHT)
        mentions = sorted({(m.start, m.end, kind) for m, kind in self.mentions if m.start >= 0})
        chains = [sorted(m.piece for m in marks if m.start >= 0) for marks in self.actors.values()]
        return Labelled(
            id=name,
            corpus="generated",
            text=text,
            marks=list(MARKED),
            mentions=[Marked(*mention) for mention in mentions],
            events=sorted(self.events, key=lambda e: (e.start, e.end)),
            attributions=sorted((_bare(a, text) for a in self.attributions), key=lambda a: min(a.source + a.cue + a.content)),
            actor_chains=[chain for chain in chains if len(chain) > 1],
        )


def _bare(voice: Voiced, text: str) -> Voiced:
    """The source without the comma that closes its apposition; a cue without the one that closes it."""
    for part in (voice.source, voice.cue):
        part[:] = [(start, end - 1 if text[end - 1] in ",.;:" else end) for start, end in part]
    return voice


GROUPS = {
    "hit": ("air", "shelling", "ied", "suicide", "grenade", "chemical", "strike", "attack", "clash"),
    "hold": ("overtakes", "regains", "transfer", "headquarters"),
    "crowd": ("mob", "violent-demonstration", "protest", "protest-with-intervention", "force-against-protesters"),
    "talk": ("agreement", "change-to-group"),
    "crime": ("abduction", "sexual", "looting", "arrests", "disrupted-weapons-use"),
    "loose": ("harm", "other"),
}
GROUP_OF = {kind: group for group, kinds in GROUPS.items() for kind in kinds}
STRAIGHT = str.maketrans({"“": '"', "”": '"', "’": "'"})


def dated(nodes: list[Node]) -> bool:
    """Whether a line says when."""
    return any(
        (isinstance(node, Slot) and node.name == "WHEN") or (isinstance(node, Span) and dated(node.inner)) for node in nodes
    )


def refers(nodes: list[Node]) -> bool:
    """Whether a line speaks of the report's main happening."""
    for node in nodes:
        if isinstance(node, Span) and (node.main or refers(node.inner)):
            return True
        if isinstance(node, Either) and any(refers(option) for option in node.options):
            return True
    return False


@cache
def verbs() -> dict[str, list[tuple[list[str], list[Node]]]]:
    """Verb phrases by kind: three forms of the verb, and what follows. A verb in brackets is not itself the trigger."""
    found: dict[str, list[tuple[list[str], list[Node]]]] = {}
    for kind, lines in listed("verbs.yml").items():
        for line in lines.splitlines():
            forms, _, rest = line.partition(" :: ")
            found.setdefault(kind, []).append((forms.split(" / "), parse(rest)))
    return found


def report(seed: int, number: int, exchanged: bool | None = None) -> Labelled:
    """One report. `exchanged` is for pairs: None where the parties need not be able to stand in each other's place."""
    names = random.Random(f"{seed}:{number}:names")
    parties = draw_parties(names, alike=exchanged is not None)
    third = draw_party(names)
    while third.own in (parties[0].own, parties[1].own):
        third = draw_party(names)
    rng = random.Random(f"{seed}:{number}")
    upper, curly = rng.random() < UPPER_CASE, rng.random() < CURLY
    writing = Report(rng, (parties[1], parties[0]) if exchanged else parties, third)
    writing.compose()
    return writing.labelled(f"generated-{seed}-{number}", upper, curly)


def generate(seed: int, count: int) -> Iterator[Labelled]:
    """The same reports for the same seed."""
    for number in range(count):
        yield report(seed, number)


def swapped(seed: int, count: int) -> Iterator[tuple[Labelled, Labelled]]:
    """Reports, each with its twin in which the two parties have exchanged names and nothing else is changed."""
    for number in range(count):
        yield report(seed, number, exchanged=False), report(seed, number, exchanged=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write made-up reports with their labels, one to a line.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    print(write(given.out, generate(given.seed, given.count)), "reports")


if __name__ == "__main__":
    main()
