"""How well the whole way from text to claims fills MUC-4's templates: five string roles, template level.

    python evals/muc.py [--corpora DIR] [--reader NAME] [--split dev|train] [--limit N] [--errors N] [--raw] [--claims-alone]
                         [--json]

Each report of muc4 is a document of its text and date; it is read and resolved as any other, and its claims are laid into
templates by the rules below. The claims say which templates there are and of which type; which mentions of the reading fill
their slots is weighed (`_muc_slots.py`, fitted on the train split), as MUC-4 asks for every string and a claim for one of each
part. With `--claims-alone` the slots hold the claims' own words and nothing else is looked up. The corpora's own scorer
(`score_templates.py`, which needs scipy and numpy) then compares. The reports are in capitals throughout: they are measured as
they are and in a restored case (`truecase`), which keeps every offset; `measured` takes the second. Strings are the text's own.

The rules, after MUC-4's guidelines ("template-doc" parts 1 and 2); where those leave room they were chosen on the train split:

- One template for the claims that share a `happening`, all voices of it together; what is denied is left out. What is planned
  or threatened has a template, as there (its stage).
- Happenings of one type that the claims tell apart by no day, place or known perpetrator are one template (part 1, 5.0).
- Only what happened up to two months before the report, dated or not (1.0, 6).
- That place or party be of the nine countries (1.0, 4) is not asked: all the reports speak of them, and a place that we get
  wrong would count twice.
- No clashes: where everyone hit is armed, it is guerrilla warfare and left out; one civilian or thing beside them
  brings it in, with all its targets (1.0, 1).
- Bombing is what explodes unless it came through the air; abductions are kidnappings; burning is arson, taking is robbery;
  all else that hurts, and what destroys otherwise, is an attack (7.5). Claims that differ are of the type that most of them are.
- Organisations and forces are PerpOrg, people PerpInd; people hit are Victim, things Target; kidnappings have no Target and no
  Weapon, arson has no Weapon (7.7 to 7.19).
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import io
import json
import re
import runpy
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from _corpora import corpora
from _muc_slots import LEAST, LEAST_HEARD, Report, again, likeliest
from _muc_strings import (
    BARE,
    HARMED,
    NOT_ARMED,
    TITLES,
    full_names,
    fullest,
    group,
    head,
    is_place,
    is_thing,
    organisation,
    people_of,
    persons,
    stripped,
    things,
    untitled,
    words_of,
)  # fmt: skip
from _readers import document

from crossbearing import resources
from crossbearing.model.claim import Actor, Claim, Status
from crossbearing.model.mention import Reading
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Document, Span
from crossbearing.pipeline import READERS, default_parts
from crossbearing.read.lexicon import lexicon
from crossbearing.resolve.place.gazetteer import Kind, open_gazetteer
from crossbearing.stages import Parts
from crossbearing.words.known import adjectives, countries, known_names, parts
from crossbearing.words.names import WORD, NameIndex, fold

CORPUS = "muc4"
SCORER = "score_templates.py"
SPLITS = {"dev": ("dev_tst1", "dev_tst2"), "train": ("train",)}
ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
RECENT = timedelta(days=61)
Record = dict[str, Any]


@dataclass(slots=True)
class Template:
    """One incident as MUC-4 writes it: a type, and under each role the strings that name its entities."""

    incident_type: str
    roles: dict[str, list[str]] = field(default_factory=lambda: {role: [] for role in ROLES})

    def add(self, role: str, string: str) -> None:
        """One entity more, unless a string of the same words stands there or holds it."""
        words = string.lower().split()
        if words and not any(words == other.lower().split() for other in self.roles[role]):
            self.roles[role].append(string)

    def record(self) -> Record:
        """As the scorer reads it: an entity is a list of its mentions, here of one."""
        return {"incident_type": self.incident_type, **{role: [[s] for s in found] for role, found in self.roles.items()}}


# ---------------------------------------------------------------- from a report to claims


def reports(folder: Path, split: str) -> Iterator[Record]:
    """The reports of a split, in the order of its files."""
    for part in SPLITS[split]:
        with gzip.open(folder / f"{part}.jsonl.gz", "rt", encoding="utf-8") as file:
            yield from map(json.loads, file)


def document_of(report: Record, cased: bool = True) -> Document:
    """A report as a document: its text, and its date as one that a page shows of itself."""
    return document(report["id"], truecase(report["text"]) if cased else report["text"], day=report.get("date"))


def read(document: Document, stages: Parts) -> tuple[Reading, tuple[Claim, ...]]:
    """What the pipeline reads in a document, and states of it."""
    reading = stages.read(document)
    return reading, stages.resolve(document, reading).claims


# ---------------------------------------------------------------- from claims to templates


def templates(
    claims: Iterable[Claim], text: str, day: date | None, cased: str = "", reading: Reading | None = None
) -> list[Template]:
    """The templates of one report's claims. `text` is what the spans point into; its letters are taken as they are.

    With the same text in a restored case, a person named in short is written as the report names that person in full (7.8).
    With the reading, what fills the slots is chosen by weights (`_muc_slots`); without it, it is what the claims say.
    """
    kept = told_apart(claims, day)
    names = full_names(cased) if cased else []
    if reading is not None:
        return weighed(kept, Report(text, reading, kept, names, [warfare(told, text) for _, told in kept]))
    made = [filled(kind, told, text) for kind, told in kept if not warfare(told, text)]
    for template in made if names else ():
        for role in ("PerpInd", "Victim"):
            strings, template.roles[role] = template.roles[role], []
            for string in strings:
                template.add(role, fullest(string, names))
    return [template for template in made if any(template.roles.values())]


def told_apart(claims: Iterable[Claim], day: date | None) -> list[tuple[str, list[Claim]]]:
    """The claims of each template, under its type."""
    happenings: dict[int, list[Claim]] = {}
    for claim in claims:
        if claim.status in (Status.HAPPENED, Status.FOILED, Status.PLANNED):
            happenings.setdefault(claim.happening, []).append(claim)
    kept: list[tuple[str, list[Claim]]] = []
    for told in happenings.values():
        kind = incident_type(told)
        if kind is None or not recent(told, day):
            continue
        same = next((other for name, other in kept if name == kind and not apart(other, told)), None)
        if same is None:
            kept.append((kind, told))
        else:
            same.extend(told)
    return kept


def weighed(kept: Sequence[tuple[str, list[Claim]]], report: Report, least: float | None = None) -> list[Template]:
    """The templates with the strings that are likely enough to fill their slots, each thing once, where anything was hit.

    Who did one thing is taken to have done what nobody else is named for.
    """
    least = least or (LEAST if report.reading.parts is None else LEAST_HEARD)
    made = [Template(kind) for kind, _ in kept]
    doers: dict[str, list[str]] = {"PerpInd": [], "PerpOrg": []}
    for one, share in likeliest(report.candidates()):
        template = made[one.template]
        held = template.roles[one.slot]
        if share >= least and one.slot not in _NEVER.get(template.incident_type, ()) and not again(one.string, held):
            held.append(one.string)
            doers.get(one.slot, []).append(one.string)
    hit = [t for t in made if t.roles["Target"] or t.roles["Victim"]]
    for template in hit:
        for role, strings in doers.items():
            template.roles[role] = template.roles[role] or strings[:1]
    return hit


_NEVER = {"kidnapping": ("Target", "Weapon"), "arson": ("Weapon",)}
_EXPLOSIVE = frozenset(("Remote explosive/landmine/IED", "Suicide bomb"))
_ATTACK = frozenset(
    (
        "Attack", "Armed clash", "Sexual violence", "Mob violence", "Air/drone strike", "Shelling/artillery/missile attack",
        "Grenade", "Chemical weapon", "Strike, means unknown", "Excessive force against protesters",
        "Non-state actor overtakes territory", "Looting/property destruction",
    )
)  # fmt: skip
_STRUCK = frozenset(("Air/drone strike", "Strike, means unknown", "Looting/property destruction"))
_BLAST = re.compile(
    r"\b(?:bomb(?:s|ed|ings?)?|explo(?:sions?|sives?|ded|des?)|dynamit\w+|detonat\w+|bl(?:ew|own) up|blast)\b", re.I
)
_FLOWN = re.compile(r"\b(?:air ?(?:strikes?|raids?|force|planes?|craft)|planes?|helicopters?|jets?|drones?|aerial)\b", re.I)
_BURNT = re.compile(r"\b(?:burn\w*|fire to|on fire|ablaze|arson\w*|torch\w*|set fire)\b", re.I)
_TAKEN = re.compile(
    r"\b(?:rob(?:s|bed|bing|bery|beries)?|st(?:ole|eal)\w*|loot\w*|thefts?|sack(?:ed|ing)|plunder\w*|pillag\w*|took|taken|"
    r"hijack\w*|hold-?ups?)\b",
    re.I,
)


def incident_type(told: Sequence[Claim]) -> str | None:
    """MUC-4's incident type of a happening: what most of its claims are, of two as many what all of them together are.

    None for what is no act of violence.
    """
    times = Counter(kind for claim in told if (kind := _type_of([claim])))
    most = [kind for kind, n in times.items() if n == max(times.values())]
    return most[0] if len(most) == 1 else _type_of(told)


def _type_of(told: Sequence[Claim]) -> str | None:
    """The type of claims by their sub-event types and words, whatever speaks for the rarer one first."""
    types = {claim.sub_event_type for claim in told}
    words = " ".join(claim.quote for claim in told)
    if "Abduction/forced disappearance" in types:
        return "kidnapping"
    if "Looting/property destruction" in types and (_BURNT.search(words) or _TAKEN.search(words)):
        return "arson" if _BURNT.search(words) else "robbery"
    if types & _EXPLOSIVE:
        return "bombing"
    if types & _STRUCK and _BLAST.search(words) and not _FLOWN.search(words):
        return "bombing"
    return "attack" if types & _ATTACK else None


def recent(told: Sequence[Claim], day: date | None) -> bool:
    """Whether a happening lies no further back than two months, or nothing says that it does."""
    latest = [claim.when.value.latest for claim in told if claim.when and claim.when.value.latest]
    return day is None or not latest or max(latest) >= day - RECENT


def apart(one: Sequence[Claim], other: Sequence[Claim]) -> bool:
    """Whether the claims of two happenings tell them apart by day, place or known perpetrators."""
    for a in one:
        for b in other:
            if a.when and b.when and a.when.value.gap(b.when.value) > 0:
                return True
            if a.where and b.where and a.where.value.id != b.where.value.id:
                return True
    doers = [{a.value.id for c in told for a in c.perpetrators if a.value.id} for told in (one, other)]
    return bool(doers[0] and doers[1] and not doers[0] & doers[1])


def warfare(told: Sequence[Claim], text: str) -> bool:
    """Whether all that is hit is armed; where nobody hit is told, whether it is a battle or the deed of a state's forces."""
    hit = [string for claim in told for string in (*(words_of(t, text) for t in claim.targets), *counted(claim))]
    if not hit:
        forces = any(doer.value.kind == "state forces" for claim in told for doer in claim.perpetrators)
        return forces or all(claim.event_type == "Battles" for claim in told)
    return all(head(string) in lexicon().armed - NOT_ARMED for string in hit)


def filled(kind: str, told: Sequence[Claim], text: str) -> Template:
    """One template of the claims of a happening."""
    template = Template(kind)
    for claim in told:
        for doer in claim.perpetrators:
            add_perpetrator(template, doer, text)
        for target in claim.targets:
            add_target(template, target, text)
        for who in counted(claim):
            add_victim(template, who)
        for weapon in claim.weapons if "Weapon" not in _NEVER.get(kind, ()) else ():
            string = stripped(words_of(weapon, text))
            if lexicon().weapons.get(head(string)) != "air":  # what flies carries the instrument, and is none
                template.add("Weapon", string)
    return template


def add_perpetrator(template: Template, doer: Stated[Actor], text: str) -> None:
    """An organisation's name where the words hold one, and the people where the words speak of people."""
    written = stripped(words_of(doer, text))
    if doer.value.kind == "state" or fold(written) in BARE or adjectives().get(written):
        return  # a country; "the group"; "terrorist" of "a terrorist attack"
    known = group(written)
    if not known and doer.value.id and len(doer.evidence) > 1 and isinstance(doer.evidence[1], Span):
        known = doer.evidence[1].of(text)  # "the guerrillas", known by a name that stands before
    name = organisation(known)
    template.add("PerpOrg", name)
    if head(written) in persons():
        template.add("PerpInd", people_of(written, known))
    elif not name:
        template.add("PerpOrg" if doer.value.kind or head(written) in lexicon().armed else "PerpInd", written)


def add_target(template: Template, target: Stated[Actor], text: str) -> None:
    """A thing as Target, a person as Victim; a town, a country and an armed group are neither."""
    string = stripped(words_of(target, text))
    if target.value.kind in ("state", "rebel group", "political militia") or is_place(string):
        return
    if not is_thing(string, target.value, template.incident_type):
        add_victim(template, string)
    elif "Target" not in _NEVER.get(template.incident_type, ()) and fold(string) not in BARE:
        template.add("Target", string)


def add_victim(template: Template, words: str) -> None:
    """People who are hit, without the words that only say that they were, and a person without a title."""
    string = untitled(stripped(words))
    if fold(string) not in BARE | HARMED and not adjectives().get(string):
        template.add("Victim", string)


# "Eight soldiers and two drivers": one figure to us, two fillers to MUC.
_SIDE_BY_SIDE = re.compile(r",\s*(?:AND\s+)?|\s+(?:AND|ALONG WITH|AS WELL AS|TOGETHER WITH)\s+")


def counted(claim: Claim) -> list[str]:
    """The people that a claim counts as killed or injured, in capitals as the text has them."""
    told = [f.value.who.upper() for f in (claim.killed, claim.injured) if f and f.value.who]
    return [people for who in told for people in _SIDE_BY_SIDE.split(who) if people]


# ---------------------------------------------------------------- case


_CALENDAR = re.compile(
    r"\b(?:JAN(?:UARY)?|FEB(?:RUARY)?|APR(?:IL)?|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?|"
    r"(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY|(?<=\d\s)(?:MARCH|MAR|MAY)|(?:MARCH|MAR|MAY)(?=\s\d))\b"
)
_SENTENCE = re.compile(r"(?:\A|(?<!\.[A-Z])[.!?][\"')\]]*\s|\n[ \t]*\n|--\s+(?:\[[^\]]{2,60}\]\s+)*|[\"\[(])[\s\"'(\[]*([A-Z])")
_SHORT_NAME = re.compile(r"(?<=[A-Z])\s+[\[(]\s*([A-Z][A-Z0-9-]{1,6})\s*[\])]")
_SPELLED = re.compile(r"\b(?:(?:[A-Z]\.){2,}|[A-Z]+-?\d[\w-]*|[BCDFGHJKLMNPQRSTVWXZ]{2,}\b)")
_CAPITALISED = re.compile(r"[A-Z]+")
_SPANISH = re.compile(r"\b(?:SAN|SANTA|SANTO|EL|LA|LOS|LAS)\s[A-Z]+(?:\sDE(?:L|\sLA|\sLOS|\sLAS)?\s[A-Z]+)?")
_SMALL = frozenset("the of a an by in and to from with for that on at or as is was".split())
_PLACED = frozenset("in near from at of to".split())
_LONGEST = 5
_PEOPLED = 15_000
Words = list[tuple[int, int, str]]
Runs = Iterator[tuple[int, int]]


def truecase(text: str) -> str:
    """A text in capitals in the case that prose has, letter for letter, so that every offset stays.

    Capitalised are the starts of sentences, the calendar's names, names that the tables know, towns of the countries that the
    text speaks of, what follows a title, Spanish names with their article, and the words beside a short form in brackets; short
    forms stay as they are. A person's name found once is one throughout. A text that has small letters is given back.
    """
    if any(c.islower() for c in text):
        return text
    words = [(m.start(), m.end(), fold(m.group())) for m in WORD.finditer(text)]
    upper = [m.span() for m in _SPELLED.finditer(text)] + _everywhere(text, {m.group(1) for m in _SHORT_NAME.finditer(text)})
    names = [(words[i][0], words[j - 1][1]) for i, j in (*_after_titles(text, words), *_before_short_names(text, words))]
    names += [(words[i][0], words[j - 1][1]) for i, j in _towns(text, words)]
    names += _again(words, names)
    names += [m.span() for m in _SPANISH.finditer(text)]
    names += [m.span() for m in _CALENDAR.finditer(text)]
    for a, b in names:
        upper += [(m.start(), m.start() + 1) for m in _CAPITALISED.finditer(text, a, b)]
    letters = [c.lower() if len(c.lower()) == 1 else c for c in text]
    for a, b in (*upper, *((m.start(1), m.end(1)) for m in _SENTENCE.finditer(text))):
        letters[a:b] = text[a:b]
    for a, written in _known(text):
        letters[a : a + len(written)] = written
    return "".join(letters)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """Words that the tables know and that are no names."""
    lex, grammar = lexicon(), resources.table("grammar.yml")
    listed = {w for group in grammar.values() if isinstance(group, list) for w in group}
    deeds = (lex.verbs, lex.nouns, lex.support, lex.weapons, lex.speech)
    kinds = (lex.armed, lex.civil, lex.modifiers, lex.claimants, lex.media, things())
    not_places = resources.table("not_places.yml")["words"].split()
    return frozenset(str(w).lower() for group in (*deeds, *kinds, listed, not_places) for w in group)


def _known(text: str) -> Iterator[tuple[int, str]]:
    """Known names and adjectives in a text in capitals, each with the letters that its table gives it."""
    for index, listed in ((adjectives(), {}), (known_names(), _as_listed())):
        for found in index.find(text):
            written = found.span.of(text)
            if fold(written) in _common() or fold(written) in ("us", "it", "who"):
                continue
            name = listed.get(fold(written), "")
            name = name if len(name) == len(written) else written.title()
            yield found.span.start, "".join(n if n.lower() == w.lower() else w for n, w in zip(name, written, strict=True))


@lru_cache(maxsize=1)
def _as_listed() -> dict[str, str]:
    return {fold(name): name for name, _ in known_names().items()}


@lru_cache(maxsize=1)
def _capitals() -> NameIndex[str]:
    """Seats of government, to the ISO 3166-1 alpha-2 of their country."""
    return NameIndex((name, row["iso2"]) for row in countries() for name in parts(row["capital"]))


def _everywhere(text: str, names: set[str]) -> list[tuple[int, int]]:
    """Every place where one of some words stands."""
    rare = sorted(name for name in names if fold(name) not in _common())
    return [m.span() for name in rare for m in re.finditer(rf"\b{re.escape(name)}\b", text)]


def _after_titles(text: str, words: Words) -> Runs:
    """The words behind a title up to the first that is no name's."""
    for i, (_, end, word) in enumerate(words):
        j = i + 1
        while word in TITLES and j < len(words) and j <= i + 4 and _may_name(words[j][2]) and _beside(text, end, words[j][0]):
            end, j = words[j][1], j + 1
        if j > i + 1:
            yield i + 1, j


def _before_short_names(text: str, words: Words) -> Runs:
    """The words before a short form in brackets, back to the first small word."""
    starts = {a: i for i, (a, _, _) in enumerate(words)}
    for match in _SHORT_NAME.finditer(text):
        last = starts.get(match.start(1), 0)
        first = last
        while first and last - first < _LONGEST and words[first - 1][2] not in _SMALL:
            first -= 1
        if first < last:
            yield first, last


def _beside(text: str, end: int, start: int) -> bool:
    """Whether nothing but a blank, an initial's stop or one line's end stands between."""
    return not text[end:start].strip(" .\n") and text[end:start].count("\n") < 2


def _may_name(word: str) -> bool:
    """Whether a word can be a person's name: in no table, and without a verb's or an adverb's ending."""
    known = word in _common() or word in TITLES or word in _SMALL or _CALENDAR.fullmatch(word.upper())
    return not known and not re.search(r"(?:ed|ing|ly|tion)$|\d", word)


def _again(words: Words, names: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The words of names wherever else they stand."""
    held = {word for a, b, word in words if len(word) > 3 and any(s <= a and b <= e for s, e in names) and _may_name(word)}
    return [(a, b) for a, b, word in words if word in held]


def _towns(text: str, words: Words) -> Runs:
    """Names of places in the countries that the text speaks of, the longest first."""
    said = {f.values[0].id[6:] for f in known_names().find(text) if f.values[0].id.startswith("state:")}
    said |= {code for index in (adjectives(), _capitals()) for f in index.find(text) for code in f.values}
    i = 0
    while i < len(words):
        sizes, before = range(min(_LONGEST, len(words) - i), 0, -1), words[i - 1][2] if i else ""
        size = next((n for n in sizes if _is_town(text, words[i : i + n], said, before)), 0)
        if size:
            yield i, i + size
        i += size or 1


def _is_town(text: str, name: Words, said: set[str], before: str) -> bool:
    """Whether words are a place's name there; a word alone only behind "in" or the like, and of some size."""
    first, alone = name[0][2], len(name) == 1
    if first in _common() or first in _SMALL or name[-1][2] in _SMALL or "\n\n" in text[name[0][0] : name[-1][1]]:
        return False
    if alone and (before not in _PLACED or len(first) < 4 or not _may_name(first)):
        return False
    found = open_gazetteer().candidates(" ".join(w for _, _, w in name))
    there = [c for c in found if c.exact and said & set(c.countries)]
    return any(not alone or c.population >= _PEOPLED or c.kind is not Kind.CITY for c in there)


# ---------------------------------------------------------------- the score


class Read(NamedTuple):
    """A report as the pipeline read it; nothing where a stage failed."""

    row: Record
    cased: str
    """Its text in a restored case."""
    reading: Reading | None
    claims: tuple[Claim, ...]

    def templates(self, weigh: bool) -> Record:
        """Its templates as the scorer reads them; what fills the slots weighed, or just what the claims say."""
        day = date.fromisoformat(self.row["date"]) if self.row.get("date") else None
        made = templates(self.claims, self.row["text"], day, self.cased, self.reading if weigh else None)
        return {"doc": self.row["id"], "templates": [t.record() for t in made]}


def read_all(rows: Iterable[Record], reader: str | None = None, cased: bool = True) -> Iterator[Read]:
    """Each report, read."""
    stages = default_parts(reader or "rules")
    for row in rows:
        document = document_of(row, cased)
        restored = document if cased else document_of(row)
        try:
            yield Read(row, restored.text, *read(document, stages))
        except (ValueError, LookupError, TypeError) as error:  # a fault of a stage costs its report, not the trial
            print(f"{row['id']}: no claims, the pipeline failed: {type(error).__name__}: {error}", file=sys.stderr)
            yield Read(row, restored.text, None, ())


def predicted(rows: Iterable[Record], reader: str | None = None, cased: bool = True, weigh: bool = True) -> Iterator[Record]:
    """Each report's templates as the scorer reads them."""
    return (one.templates(weigh) for one in read_all(rows, reader, cased))


def scored(root: Path, said: Sequence[Record], rows: Sequence[Record]) -> str | None:
    """The line that the corpora's scorer prints; None where it or what it needs is not there."""
    scorer = root.parent / "evals" / SCORER
    if not scorer.is_file():
        return None
    with tempfile.TemporaryDirectory() as place:
        files = [Path(place) / name for name in ("predicted.jsonl", "gold.jsonl")]
        for file, lines in zip(files, (said, rows), strict=True):
            file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        printed = io.StringIO()
        before, sys.argv = sys.argv, [SCORER, *map(str, files)]
        try:
            with contextlib.redirect_stdout(printed), contextlib.suppress(SystemExit):
                runpy.run_path(str(scorer), run_name="__main__")
        except ImportError as error:
            print(f"{SCORER} needs scipy and numpy to align templates: pip install scipy ({error}).", file=sys.stderr)
            return None
        finally:
            sys.argv = before
    return printed.getvalue()


def figures(line: str) -> dict[str, float]:
    """The figures of the scorer's line by name, as shares of 1."""
    found = [float(number) / 100 for number in re.findall(r"\b[PRF] (\d+\.\d)", line)]
    if len(found) != 7:
        raise ValueError(f"not a line of {SCORER}: {line!r}")
    p, r, f, phi3, _, _, ree = found
    return {"p": p, "r": r, "ceaf_rme_subset_f": f, "ceaf_rme_phi3_f": phi3, "ree_f": ree}


def measured(corpora_root: Path, reader: str | None = None) -> dict[str, dict[str, float]]:
    """The figures of the dev split in restored case, under the corpus's name; empty where corpus, scorer or scipy is missing.

    `claims_alone_f` is the first figure with nothing weighed: the slots hold what the claims say.
    """
    if not (corpora_root / CORPUS).is_dir():
        return {}
    found = list(read_all(reports(corpora_root / CORPUS, "dev"), reader))
    rows = [one.row for one in found]
    line, alone = (scored(corpora_root, [one.templates(weigh) for one in found], rows) for weigh in (True, False))
    if not line or not alone:
        return {}
    made = {**figures(line), "claims_alone_f": figures(alone)["ceaf_rme_subset_f"]}
    return {CORPUS: {name: round(value, 4) for name, value in made.items()}}


def gold(event: Record) -> Record:
    """An annotated template in the scorer's form, for printing beside ours."""
    slots = event["template"]["slots"]
    names = ("perp_individual_id", "perp_org_id", "phys_tgt_id", "hum_tgt_name", "hum_tgt_description", "instrument_id")
    kind = slots["incident_type"][0]["alts"][0]["fill"].lower()
    fills = {name: [[a["fill"] for a in f["alts"]] for f in slots.get(name) or []] for name in names}
    return {"incident_type": kind, **{name: found for name, found in fills.items() if found}}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=corpora())
    parser.add_argument("--reader", choices=sorted(READERS), default="rules")
    parser.add_argument("--split", choices=sorted(SPLITS), default="dev")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N reports")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print templates of the first N reports")
    parser.add_argument("--raw", action="store_true", help="only the text as it is, in capitals")
    parser.add_argument("--claims-alone", action="store_true", help="fill the slots with what the claims say, nothing weighed")
    parser.add_argument("--json", action="store_true", help="print what `measured` gives, and nothing else")
    options = parser.parse_args()
    folder = options.corpora / CORPUS
    if not folder.is_dir():
        print(f"Not measured: no {folder}.", file=sys.stderr)
        return 0
    if options.json:
        print(json.dumps(measured(options.corpora, options.reader)))
        return 0
    rows = list(islice(reports(folder, options.split), options.limit))
    for cased in (False,) if options.raw else (False, True):
        said = list(predicted(rows, options.reader, cased, not options.claims_alone))
        print(f"{CORPUS} {options.split}, {options.reader}, {'restored case' if cased else 'as it is'}:")
        print(scored(options.corpora, said, rows) or f"Not measured: {SCORER} could not be run.\n", end="")
    for ours, row in islice(zip(said, rows, strict=True), options.errors):
        print(f"\n{row['id']}")
        for name, found in (("annotated", map(gold, row["events"])), ("ours", ours["templates"])):
            for template in found:
                print(f"  {name:9} " + " ".join(f"{role}={value}" for role, value in template.items() if value))
    return 0


if __name__ == "__main__":
    sys.exit(main())
