"""Cut a sentence into the stretches that speak of something: parties, people, places, weapons, times, numbers, voices.

There is no grammar here, only words that may stand together: modifiers and names before a head, a head, a feature noun
beside a name. What a stretch is to a happening is decided in `rules.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from crossbearing import resources
from crossbearing.model.text import Span
from crossbearing.read.lexicon import Lexicon, grammar, lexicon, telling
from crossbearing.words import numbers, times
from crossbearing.words.known import Known, adjectives, known_names
from crossbearing.words.names import Found, NameIndex
from crossbearing.words.numbers import NumberWords
from crossbearing.words.time_forms import TimeWords

# A possessive ending is a token of its own, so that "Iraq's" is the word "Iraq".
_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|\b(?:St|Ste|Ft|Mt)\.(?= [A-Z])|['’]s\b|"
    r"[^\W_]+(?:(?:[-‐‑.&]|['’`ʿ](?!s\b))[^\W_]+)*|[^\w\s]|_"
)
_ARAB = re.compile(r"(?:al|el|as|ash|ad|an|ar|at|az|ez|es|ed|ul|ol|de|del|la|abu|bin|ibn|umm|deir)[-‐‑]?$", re.I)
_WHERE = frozenset(("in", "near", "at", "outside", "around"))
_DETERMINERS = grammar("chunks.determiners")
# "Aircraft carrier", "missile defence", "bomb shelter": the word speaks of something else.
_NO_WEAPON = grammar("chunks.no_weapon")
_ARTICLES = frozenset(("the", "a", "an"))
_HARMED = frozenset(("injured", "wounded", "hurt"))
_AS_MANY = frozenset(("more", "nearly", "almost", "several", "many", "dozens", "scores"))
# What shows a party, and may be worn by others.
_DRESS = frozenset("uniform uniforms fatigues camouflage insignia clothes clothing dress garb attire outfits berets".split())
POSED = frozenset("dressed disguised posing posed masquerading clad".split())
"""Words behind which "as" says whom somebody looks like."""
# Where statements are posted is no place and no party.
_PLATFORMS = frozenset(("telegram", "facebook", "twitter", "whatsapp", "instagram", "tiktok", "youtube", "x"))
_BEFORE_NAMES = frozenset(("port", "camp", "fort", "mount", "lake", "cape", "point"))
_PARTY_SUFFIX = re.compile(
    r"[-‐‑](?:backed|led|aligned|linked|loyal|affiliated|allied|supported|run|held|controlled|occupied|funded|"
    r"based|owned|sponsored|trained|armed|language)$"
)
_OF_AGE = re.compile(r"(?:year|month|week|day)s?[-‐‑]olds?$")
_AGED = grammar("chunks.function") - frozenset(("local", "national", "special", "major", "senior", "deputy", "new", "own"))
_NUMBERED = re.compile(r"\d+(?:st|nd|rd|th)")
_INITIALS = re.compile(r"[A-Z]{2,4}")
_FORMATIONS = frozenset("battalion brigade division regiment corps army infantry squadron battalions brigades divisions".split())
_LAID = frozenset("buried hidden planted laid placed thrown hurled dropped strapped attached left packed concealed".split())
_PARTY_PREFIX = re.compile(r"^(?:pro|anti|non|ex|counter)[-‐‑]", re.I)


class Token(NamedTuple):
    """One word or mark of a sentence. A named tuple, since a page has a thousand of them."""

    start: int
    end: int
    text: str
    low: str
    cap: bool
    """Whether it can be part of a name: capitalised beyond what its place in the sentence asks, or an article of one (al-)."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of tokens [first, last) that speaks of one thing."""

    first: int
    last: int
    kind: str
    """actor, state, medium, group, people, voice, owner, site, area, name, weapon, time, number, adjective."""
    span: Span
    known: Known | None = None
    number: NumberWords | None = None
    time: TimeWords | None = None
    head: str = ""
    named: bool = True
    """False for a site or area that bears no name of its own: "a US base"."""


@dataclass(frozen=True, slots=True)
class Chunked:
    """A sentence, its tokens, and what they speak of, in order."""

    span: Span
    tokens: tuple[Token, ...]
    chunks: tuple[Chunk, ...]
    at: tuple[int, ...]
    """For each token the index of the chunk it belongs to, or -1."""
    words: str
    """The tokens in lower case with single blanks between: what patterns over a whole sentence look at."""

    def over(self, token: int) -> Chunk | None:
        """The chunk that a token belongs to, if any."""
        return self.chunks[self.at[token]] if self.at[token] >= 0 else None

    def part(self, kept: Sequence[int]) -> Chunked:
        """Some of the tokens, in their order, as a sentence of their own."""
        place = {k: n for n, k in enumerate(kept)}
        inside = [c for c in self.chunks if all(k in place for k in range(c.first, c.last))]
        chunks = tuple(replace(c, first=place[c.first], last=place[c.last - 1] + 1) for c in inside)
        tokens = tuple(self.tokens[k] for k in kept)
        start = tokens[0].start if 0 not in place else self.span.start
        end = tokens[-1].end if len(self.tokens) - 1 not in place else self.span.end
        return chunked(Span(start, end), tokens, chunks)


@lru_cache(maxsize=1)
def features() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    table = resources.table("features.yml")
    facility, area = frozenset(table["facility"]), frozenset(table["area"])
    return facility, area, frozenset(p.split()[0] for p in facility | area if " " in p)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """Lower-case words that begin sentences and are no names."""
    lex = lexicon()
    facility, area, _ = features()
    words = set(lex.verbs) | {n for n in lex.nouns if " " not in n} | lex.armed | lex.civil | lex.modifiers | set(lex.weapons)
    words |= lex.weapon_modifiers | set(lex.speech) | lex.claimants | lex.media | facility | area | lex.hypothetical | lex.negated
    words |= telling() | {phrase.split()[0] for phrase in area if " " in phrase}
    return frozenset(w for w in words if w.islower()) | _DETERMINERS | grammar("chunks.function")


@lru_cache(maxsize=1)
def _plain() -> frozenset[str]:
    """Every lower-case word that the scan has a rule for; all others are plain words to it."""
    lex = lexicon()
    facility, area, feature_firsts = features()
    words = (
        {n for n in lex.nouns if " " not in n} | lex.armed | lex.civil | lex.modifiers | set(lex.weapons) | lex.weapon_modifiers
    )
    words |= lex.claimants | lex.media | facility | area | feature_firsts | lex.first_words | _DETERMINERS | {"of"}
    return frozenset(words) | frozenset("\"“”‘’'[]()«»")


@dataclass(frozen=True, slots=True)
class Told:
    """What tables and grammars find in a whole run of text, by where it starts: one pass each, shared by its sentences."""

    times: dict[int, TimeWords]
    numbers: dict[int, NumberWords]
    known: dict[int, Found[Known]]
    starts: frozenset[int]
    """Of all of them."""


def told(text: str, run: Span) -> Told:
    """The time expressions, numbers, known names and adjectives of countries in a run of text."""
    when = {w.span.start: w for w in times.find(text, run.start, run.end)}
    many = {n.span.start: n for n in numbers.find(text, run.start, run.end)}
    known = {f.span.start: f for f in _names().find(text, run.start, run.end)}
    return Told(when, many, known, frozenset((*when, *many, *known)))


@lru_cache(maxsize=1)
def _names() -> NameIndex[Known]:
    """Known names and the adjectives of countries in one index, so that a text is looked through once."""
    adjectival = ((name, Known(f"adjective:{code}", "adjective")) for name, code in adjectives().items())
    return NameIndex((*known_names().items(), *adjectival))


def chunk(text: str, span: Span, titled: bool = False, run: Told | None = None) -> Chunked:
    """The sentence's tokens and chunks.

    `titled`: a headline, whose capitals say nothing. `run`: what was found in the run of text that holds it.
    """
    tokens = _tokens(text, span, titled)
    marks = _marked(text, run or told(text, span), tokens)
    found = sorted(_Scan(text, tokens, marks, lexicon()).run(), key=lambda c: c.first)
    chunks = [c for c in found if not _worn(tokens, c)]
    return chunked(span, tokens, tuple(_owners(tokens, chunks)))


def _owners(tokens: Sequence[Token], chunks: Sequence[Chunk]) -> Iterator[Chunk]:
    """The stretches, people who own what stands behind them as such: "the senator's son" is a son, and "a judge's car" a car."""
    owned = False
    kept: list[Chunk] = []
    for chunk, behind in zip(reversed(chunks), (None, *reversed(chunks)), strict=False):
        titled = chunk.kind in _PERSONS and owned and behind is not None and behind.first == chunk.last  # "Senator X's son"
        person = chunk.kind in _PERSONS or (chunk.kind == "name" and _is_of_a_person(chunks, chunk, behind))
        owned = titled or (person and behind is not None and _owns(tokens, chunk, behind))
        kept.append(replace(chunk, kind="owner") if owned else chunk)
    return reversed(kept)


_PERSONS = ("people", "voice")
_BELONGINGS = ("people", "site", "group", "name")
_NO_QUALITY = grammar("chunks.function") - frozenset(("young", "new", "old", "local", "senior", "second", "first", "third"))
_KIN = frozenset(
    "husband wife widow son daughter brother sister father mother parents family relatives bodyguard bodyguards guards driver "
    "nephew niece uncle aunt cousin aide aides lawyer lawyers deputy grandson granddaughter grandmother grandfather".split()
)


def _is_of_a_person(chunks: Sequence[Chunk], name: Chunk, behind: Chunk | None) -> bool:
    """Whether a name is a person's, and no town's: a title stands before it, or kin behind a name of two words."""
    titled = any(c.last == name.first and c.kind in _PERSONS for c in chunks)
    return titled or (behind is not None and behind.head in _KIN and name.last - name.first > 1)


def _owns(tokens: Sequence[Token], owner: Chunk, thing: Chunk) -> bool:
    """Whether a mark of the possessive stands between, and at most two plain words."""
    k = owner.last
    if thing.kind not in _BELONGINGS or not k < thing.first <= k + 3:
        return False
    plural = tokens[k].text in "'’" and tokens[k].start == tokens[k - 1].end and tokens[k - 1].low.endswith("s")
    if tokens[k].low not in ("'s", "’s") and not plural:
        return False
    between, tables = [t.low for t in tokens[k + 1 : thing.first]], lexicon()
    return all(w.isalpha() and w not in _NO_QUALITY and w not in tables.verbs and w not in tables.nouns for w in between)


def chunked(span: Span, tokens: tuple[Token, ...], chunks: tuple[Chunk, ...]) -> Chunked:
    """Tokens, and the stretches of them that speak of something, as a sentence."""
    at = [-1] * len(tokens)
    for index, piece in enumerate(chunks):
        at[piece.first : piece.last] = [index] * (piece.last - piece.first)
    return Chunked(span, tokens, chunks, tuple(at), " ".join([t.low for t in tokens]))


def _worn(tokens: tuple[Token, ...], piece: Chunk) -> bool:
    """ "Gunmen wearing army fatigues", "men dressed as soldiers": whoever looks like a party is not that party."""
    behind = tokens[piece.last].low if piece.last < len(tokens) else ""
    before = [t.low for t in tokens[max(0, piece.first - 3) : piece.first] if t.low not in _ARTICLES][-2:]
    posed = before[-1:] == ["impersonating"] or (before[-1:] == ["as"] and before[0] in POSED)
    return piece.kind in ("group", "actor", "state", "people", "name") and (behind in _DRESS or posed)


def _tokens(text: str, span: Span, titled: bool) -> tuple[Token, ...]:
    common = _common()
    found: list[Token] = []
    first = True
    for match in _TOKEN.finditer(text, span.start, span.end):
        word = match.group()
        low, cap, alone = _shape(word)
        if cap and (first or titled) and low in common:
            cap = False
        found.append(Token(*match.span(), word, low, cap))
        first = alone > 1 or (first and alone > 0)
    return tuple(found)


@lru_cache(maxsize=65536)
def _shape(word: str) -> tuple[str, bool, int]:
    """A token in lower case, whether it can be part of a name, and 1 for a mark (2 for one after which a sentence begins)."""
    low = word.lower()
    if not word[0].isalnum():
        return low, False, 2 if word in '“"‘:•–—-' else 1
    cap = word[0].isupper() or (word != low and word[0].islower() and bool(_ARAB.match(re.split(r"[-‐‑]", word)[0])))
    return low, cap and low not in _PLATFORMS, 0


@dataclass(slots=True)
class _Marks:
    """What tables say of the tokens: for the first token of each known stretch, where it ends and what it is."""

    times: dict[int, tuple[int, TimeWords]]
    numbers: dict[int, tuple[int, NumberWords]]
    known: dict[int, tuple[int, Known]]
    any: set[int]
    """The first tokens of all of them."""


def _marked(text: str, run: Told, tokens: tuple[Token, ...]) -> _Marks:
    marks = _Marks({}, {}, {}, set())
    owners: dict[int, TimeWords] = {}
    for i, token in enumerate(tokens):
        start = token.start
        if start not in run.starts and start not in owners:
            continue
        if words := run.times.get(start):
            last = _behind(tokens, i, words.span.end)
            if token.low == "from" and last < len(tokens) and tokens[last].low in ("'s", "’s"):
                # "The toll from Tuesday's raid": the raid's day, and no beginning.
                owners.update((w.span.start, w) for w in times.find(text, tokens[i + 1].start, words.span.end))
                continue
            marks.times[i] = (last, words)
        if words := owners.get(start):
            marks.times[i] = (_behind(tokens, i, words.span.end), words)
        if number := run.numbers.get(start):
            marks.numbers[i] = (_behind(tokens, i, number.span.end), number)
        # A name that ends within a word ("Iran-backed") is no name there.
        if (known := run.known.get(start)) and tokens[(last := _behind(tokens, i, known.span.end)) - 1].end == known.span.end:
            marks.known[i] = (last, known.values[0])
    marks.any.update(marks.times, marks.numbers, marks.known)
    return marks


def _behind(tokens: tuple[Token, ...], first: int, end: int) -> int:
    """The index behind the last token of a stretch that begins at `first` and ends at character `end`."""
    last = first + 1
    while last < len(tokens) and tokens[last].start < end:
        last += 1
    return last


_LIMBS = grammar("limbs")
_LAID_BEFORE = grammar("chunks.laid_before")
_LAID_BEHIND = grammar("chunks.laid_behind")
_PIT = frozenset(("in", "at", "of", "into", "inside", "outside", "near", "from", "to"))
"""Before a mine these make it a place."""
_BLOWN = frozenset(("exploded", "detonated"))
_ELSEWHERE = frozenset((".", ";", "where", "when", "after", "and", "in", "at"))
_CLAUSE = 14


class _Scan:
    """One walk over the tokens, gathering what may stand before a head until the head comes."""

    def __init__(self, text: str, tokens: tuple[Token, ...], marks: _Marks, lex: Lexicon) -> None:
        self.text, self.tokens, self.marks, self.lex = text, tokens, marks, lex
        self.facility, self.area, self.feature_firsts = features()
        self.chunks: list[Chunk] = []
        self.pending: list[tuple[int, int, str, Known | None]] = []  # first, last, what, known
        self.number: tuple[int, int, NumberWords] | None = None

    def run(self) -> list[Chunk]:
        i, plain, marked = 0, _plain(), self.marks.any
        while i < len(self.tokens):
            token = self.tokens[i]
            if (
                i not in marked
                and not token.cap
                and token.low not in plain
                and "-" not in token.low
                and not token.low[0].isdigit()
            ):
                # Most words are none of the tables': they only end what was gathered before them.
                if self.pending or self.number:
                    self.flush()
                i += 1
            else:
                i = self.step(i)
        self.flush()
        return self.chunks

    def step(self, i: int) -> int:
        token = self.tokens[i]
        if token.text[0].isdigit() and (last := self.unit(i)):
            return last
        if i in self.marks.times:
            last, words = self.marks.times[i]
            if self.ages_someone(i, last):
                self.people(i, last, "year-old" + "s" * self.tokens[last - 1].low.endswith("s"))
                return last
            self.flush()
            if not self.is_age(i, last):
                self.emit(i, last, "time", time=words)
            return last
        if i in self.marks.known:
            last, known = self.marks.known[i]
            if known.kind == "adjective":
                self.pending.append((i, last, "adjective", None))
                return last
            within = known.kind == "state" and last == i + 1 and bool(self.pending) and self.pending[-1][1:3] == (i, "cap")
            self.pending.append((i, last, "cap" if within else "known", None if within else known))  # "Puerto Jordan" is one name
            return last
        if i in self.marks.numbers:
            self.flush()
            last, number = self.marks.numbers[i]
            self.number = (i, last, number)
            return last
        return self.word(i, token)

    def unit(self, i: int) -> int:
        """ "The 94th Infantry Battalion", "the 11th IB": where a numbered unit by its initials ends; 0 where none begins."""
        behind = self.tokens[i + 1 : i + 2]
        if not _NUMBERED.fullmatch(self.tokens[i].low) or not behind or not behind[0].cap:
            return 0
        if _INITIALS.fullmatch(behind[0].text) and i + 1 not in self.marks.any:
            self.flush()
            self.emit(i, i + 2, "group", head="battalion")
            return i + 2
        named = takewhile(lambda t: t.cap or t.low in self.lex.modifiers, self.tokens[i + 1 : i + 5])
        if any(t.low in _FORMATIONS for t in named):
            self.flush()
            self.pending.append((i, i + 1, "cap", None))
            return i + 1
        return 0

    def stands_alone(self, i: int) -> bool:
        """ "An explosive went off": a noun by itself, and no "explosive growth"."""
        behind = self.tokens[i + 1 : i + 2]
        one = i > 0 and self.tokens[i - 1].low in (*_ARTICLES, "improvised", "homemade", "powerful", "another")
        apart = not behind or not behind[0].text.isalpha() or behind[0].low in _AGED or behind[0].low in self.lex.verbs
        return one and (apart or behind[0].low in _LAID)

    def ages_someone(self, i: int, last: int) -> bool:
        """ "A 17-year-old was hurt", "two 15-year-olds": an age that stands for who bears it, since no noun comes behind."""
        if not _OF_AGE.search(self.tokens[last - 1].low):
            return False
        behind = self.tokens[last] if last < len(self.tokens) else None
        return behind is None or not behind.text.isalpha() or behind.low in _AGED or behind.low in self.lex.verbs

    def is_age(self, i: int, last: int) -> bool:
        """ "A monk of 71 years", "a girl of about 15 years": how old somebody is, and no time."""
        if self.tokens[last - 1].low not in ("years", "months"):
            return False
        of = i - 1 - (i > 0 and self.tokens[i - 1].low in ("about", "around", "some"))
        who = self.chunks[-1] if self.chunks else None
        one = who is not None and who.kind == "people" and who.last == of and who.number is None
        return one and of > 0 and self.tokens[of].low == "of"

    def word(self, i: int, token: Token) -> int:
        low = token.low
        if self.begins_name(i):
            self.pending.append((i, i + 1, "cap", None))
            return i + 1
        for size, phrase in self.phrases(i):
            if phrase in self.lex.nouns:
                # A trigger noun takes what stands before it as separate stretches: "a US drone strike".
                self.flush()
                return i + size
            # Capitalised words may be part of a name: "Green Village", "Union III base".
            if phrase in self.area and (end := self.of_name(i, size)):
                self.emit_name(i, end, phrase)
                return end
            if phrase == "front" and self.is_called_front(i):
                if i + 1 < len(self.tokens) and self.tokens[i + 1].low in self.lex.armed:
                    self.pending.append((i, i + 1, "cap", None))
                else:
                    self.people(i, i + 1, phrase)
                return i + 1
            if phrase in self.facility or phrase in self.area:
                if phrase == "mine" and self.laid(i):
                    return self.weapon(i, i + size, phrase)
                if not self.verb_like(phrase):
                    self.feature(i, i + size, phrase)
                    return i + size
            elif phrase in self.lex.weapons and not (phrase == "explosive" and not self.stands_alone(i)):
                return self.weapon(i, i + size, phrase)
            elif self.is_no_party(i, i + size, phrase):
                continue
            elif phrase in self.lex.armed or phrase in self.lex.civil:
                if self.more_modifiers(i + size, phrase):
                    self.pending.append((i, i + size, "modifier", None))
                else:
                    self.people(i, i + size, phrase)
                return i + size
            elif phrase in self.lex.claimants or phrase in self.lex.media:
                if phrase in ("press", "times", "post", "news", "head", "office", "unit") and not (token.cap or self.pending):
                    continue
                self.voice(i, i + size, phrase)
                return i + size
        if low in ("unknown", "unidentified") and self.pending and self.pending[-1][2] == "cap":
            self.flush()  # "near Tokmak unknown persons ...": no name begins theirs
        if low in self.lex.weapon_modifiers or low in self.lex.modifiers or _PARTY_SUFFIX.search(low) or _PARTY_PREFIX.match(low):
            self.pending.append((i, i + 1, "modifier", None))
            return i + 1
        if self.begins_anew(i):
            self.flush()
            if low in _ARTICLES:
                return i + 1
        if token.cap:
            self.pending.append((i, i + 1, "cap", None))
            return i + 1
        if low in ("of", "the") and self.caps_around(i):
            self.pending.append((i, i + 1, "link", None))
            return i + 1
        if token.text in "\"“”‘’'[]()«»" and self.pending and i + 1 < len(self.tokens) and token.text not in ")]”»":
            return self.quoted(i)
        if token.text in '”"’' or low in _DETERMINERS:
            if low in _DETERMINERS:
                self.flush()
            return i + 1
        self.flush()
        return i + 1

    def begins_anew(self, i: int) -> bool:
        """Whether a headline without a stop ends here: at the town of a dateline, "Cities KABUL — ", or at a capital article."""
        token, k = self.tokens[i], i + 1
        town = len(token.text) > 3 and token.text.isupper() and k < len(self.tokens) and self.tokens[k].text in ("—", "–")
        initial = k < len(self.tokens) and self.tokens[k].text == "."
        return (town and bool(self.pending)) or (token.low in _ARTICLES and token.text[0].isupper() and not initial)

    def is_called_front(self, i: int) -> bool:
        """ "Azure Front": a party by its name; "the Eastern Front": where two fight."""
        behind_name = bool(self.pending) and self.pending[-1][1:3] in ((i, "cap"), (i, "adjective"))
        named = behind_name and self.tokens[i].text[0].isupper()
        return named and not self.tokens[i - 1].low.endswith(("ern", "east", "west", "north", "south", "home", "war"))

    def is_no_party(self, i: int, last: int, phrase: str) -> bool:
        """ "Killed two and injured 40": what somebody did; "a terrorist attack": what it is called; "met stiff resistance": a
        deed, where "the resistance" and "Azure Resistance" are parties."""
        behind = self.tokens[last].low if last < len(self.tokens) else ""
        if phrase in _HARMED:
            return last in self.marks.numbers or behind in _DETERMINERS or behind in _AS_MANY
        if phrase == "resistance":
            before = self.tokens[i - 1] if i else None
            return before is None or not (self.tokens[i].text[0].isupper() or before.cap or before.low in ("the", "of"))
        return phrase == "terrorist" and behind in self.lex.nouns

    def quoted(self, i: int) -> int:
        """A quotation mark or bracket within a name's words does not end them; before a new name it does."""
        if self.tokens[i + 1].cap and self.pending[-1][2] in ("cap", "known"):
            self.flush()
        return i + 1

    def caps_around(self, i: int) -> bool:
        return (
            bool(self.pending)
            and self.pending[-1][2] == "cap"
            and i + 1 < len(self.tokens)
            and self.tokens[i + 1].cap
            and self.tokens[i].low == "of"
            and i + 1 not in self.marks.known
        )

    def begins_name(self, i: int) -> bool:
        """ "Port Sudan", "Camp Taji": a capitalised feature word before a name belongs to it."""
        if self.tokens[i].low not in _BEFORE_NAMES or not self.tokens[i].text[0].isupper() or i + 1 >= len(self.tokens):
            return False
        after = self.tokens[i + 1]
        return (
            after.text[0].isupper()
            and after.low not in self.facility
            and after.low not in self.area
            and after.low not in self.lex.claimants
        )

    def of_name(self, i: int, size: int) -> int:
        """Where the name ends that a capitalised area noun begins ("Gulf of Aden"); 0 where it begins none."""
        k = i + size
        if (
            not self.tokens[i].text[0].isupper()
            or k + 1 >= len(self.tokens)
            or self.tokens[k].low != "of"
            or not self.tokens[k + 1].cap
        ):
            return 0
        k += 1
        while k < len(self.tokens) and self.tokens[k].cap:
            k += 1
        return k

    def emit_name(self, i: int, last: int, phrase: str) -> None:
        """A name that an area noun begins."""
        self.flush()
        self.emit(i, last, "area", head=phrase)

    def phrases(self, i: int) -> list[tuple[int, str]]:
        """The phrases that start at a token, longest first, the word alone last."""
        low = self.tokens[i].low
        if low not in self.lex.first_words and low not in self.feature_firsts:
            return [(1, low)]
        found = [(1, low)]
        phrase = low
        for size in range(2, 5):
            if i + size > len(self.tokens):
                break
            phrase += " " + self.tokens[i + size - 1].low
            found.append((size, phrase))
        return found[::-1]

    def verb_like(self, phrase: str) -> bool:
        """Whether a feature noun is used as something else: "state media", "field commander", "front of"."""
        return phrase in (
            "state",
            "post",
            "field",
            "front",
            "mine",
            "pass",
            "site",
            "area",
            "zone",
            "plant",
            "division",
            "capital",
            "department",
            "road",
            "community",
        ) and not (self.pending and self.pending[-1][2] in ("cap", "known", "adjective", "modifier"))

    def laid(self, i: int) -> bool:
        """Whether a mine is one that was laid, and none to work in: "hits mine", "a mine exploded", "stepped on a mine"."""
        near = [t.low for t in self.tokens[max(0, i - 2) : i]]
        before = near[-1] if near else ""
        behind = self.tokens[i + 1].low if i + 1 < len(self.tokens) else ""
        if before in _LAID_BEFORE or behind in _LAID_BEHIND:
            return True
        if before not in ("a", "the", "another", "old"):
            return False
        if len(near) == 2 and (near[0] in ("on", "onto", "over", "by", "off") or near[0] in self.lex.verbs):
            return True
        if near[0] == "to" and not _LIMBS.isdisjoint(t.low for t in self.tokens[max(0, i - 6) : i]):
            return True  # "lost a foot to a mine"
        return not (near and near[0] in _PIT) and self.blows_up(i)

    def blows_up(self, i: int) -> bool:
        """ "A mine left from the war went off": what the clause says of it further on."""
        behind = [t.low for t in self.tokens[i + 1 : i + _CLAUSE]]
        stop = next((k for k, low in enumerate(behind) if low in _ELSEWHERE), len(behind))
        return any(low in _BLOWN or behind[k : k + 2] in (["went", "off"], ["blew", "up"]) for k, low in enumerate(behind[:stop]))

    def more_modifiers(self, i: int, phrase: str) -> bool:
        """Whether a word that can be a head only stands before one here: "military base", "police officers"."""
        if phrase not in self.lex.modifiers and phrase not in (
            "group",
            "army",
            "force",
            "forces",
            "military",
            "militia",
            "resistance",
            "rebel",
            "people",
            "military",
        ):
            return False
        if i >= len(self.tokens) or i in self.marks.times:
            return False
        low = self.tokens[i].low
        return (
            low in self.lex.armed
            or low in self.lex.civil
            or low in self.lex.claimants
            or low in self.facility
            or low in self.lex.modifiers
        )

    def take(self, what: tuple[str, ...]) -> tuple[int, Known | None] | None:
        """Where the run of pending stretches of these sorts begins that ends here, and the known name in it."""
        first: int | None = None
        known: Known | None = None
        for start, _, sort, name in reversed(self.pending):
            if sort not in what:
                break
            first = start
            known = name or known
        return None if first is None else (first, known)

    def people(self, i: int, last: int, phrase: str) -> None:
        before = self.take(("known", "adjective", "modifier", "cap", "link"))
        first, known = before if before else (i, None)
        kind = "group" if phrase in self.lex.armed or phrase == "front" else "people"
        if before and self.frames(first, last):
            first, known = next((p[0] for p in self.pending if p[0] >= first and p[2] == "modifier"), i), None
        self.keep_earlier(first)
        self.emit(first, last, kind, known=known, number=self.near_number(first), head=phrase)
        self.clear()

    def frames(self, first: int, last: int) -> bool:
        """ "In Veracruz gunmen killed a judge": whether the name before those who act says where, and not whose they are."""
        opens = first == 1 or (first > 1 and self.tokens[first - 2].low in (",", ";", "and", "but", "while"))
        at = first > 0 and self.tokens[first - 1].low in _WHERE
        names = [p for p in self.pending if p[0] >= first and p[2] != "modifier"]
        placed = all(sort == "cap" or (known is not None and known.kind in ("state", "place")) for _, _, sort, known in names)
        verb = self.lex.verbs.get(self.tokens[last].low) if last < len(self.tokens) else None
        return opens and at and bool(names) and placed and verb is not None and verb.form in ("past", "participle")

    def voice(self, i: int, last: int, phrase: str) -> None:
        before = self.take(("known", "adjective", "modifier", "cap", "link", "voice"))
        first, known = before if before else (i, None)
        self.keep_earlier(first)
        while last < len(self.tokens) and (
            self.tokens[last].low in self.lex.claimants or self.tokens[last].low in self.lex.media
        ):
            phrase, last = self.tokens[last].low, last + 1
        kind = "group" if phrase in self.lex.armed else "voice"
        self.emit(first, last, kind, known=known, number=self.near_number(first), head=phrase)
        self.clear()

    def weapon(self, i: int, last: int, phrase: str) -> int:
        """Emit a weapon, or keep its words for the next; where it ends."""
        before = self.take(("modifier",))
        first = i
        if before and all(
            self.tokens[k].low in self.lex.weapon_modifiers or self.tokens[k].low in self.lex.weapons for k in range(before[0], i)
        ):
            first = before[0]
        self.keep_earlier(first)
        if last < len(self.tokens) and self.tokens[last].low in _NO_WEAPON:
            self.clear()
            return last
        if last < len(self.tokens) and self.tokens[last].low in self.lex.weapons:
            self.pending.append((first, last, "modifier", None))  # "rocket launcher", "mortar shells": one weapon
            return last
        typed = any(ch.isdigit() for ch in phrase)
        if typed and last < len(self.tokens) and self.tokens[last].cap and last not in self.marks.any:
            last += 1  # "AC-130J Ghostrider": a type and its name
        self.emit(first, last, "weapon", number=self.near_number(first), head=phrase)
        self.clear()
        return last

    def feature(self, i: int, last: int, phrase: str) -> None:
        """A feature noun: with the name before it, one place; without, a site with no name of its own."""
        kind = "site" if phrase in self.facility else "area"
        names = self.take(("cap", "link"))
        if names is None and phrase in ("embassy", "consulate"):
            names = self.take(("known", "adjective", "cap", "modifier"))
        if (
            names is None
            and self.pending
            and self.pending[-1][2] == "known"
            and (known := self.pending[-1][3])
            and known.kind == "place"
        ):
            names = (self.pending[-1][0], None)
        first = names[0] if names else i
        self.keep_earlier(first)
        self.emit(first, last, kind, number=self.near_number(first), head=phrase, named=names is not None or self.tokens[i].cap)
        self.clear()

    def near_number(self, first: int) -> NumberWords | None:
        if self.number and self.number[1] <= first <= self.number[1] + 3:
            return self.number[2]
        return None

    def keep_earlier(self, first: int) -> None:
        """Emit what was pending before the stretch that is about to be emitted."""
        self.pending = [p for p in self.pending if p[1] <= first]
        number, self.number = self.number, None
        self.flush()
        self.number = number

    def clear(self) -> None:
        self.pending, self.number = [], None

    def flush(self) -> None:
        """Emit pending names that found no head."""
        i = 0
        while i < len(self.pending):
            first, last, sort, known = self.pending[i]
            if sort == "known" and known:
                self.emit(
                    first, last, {"state": "state", "medium": "medium", "place": "name"}.get(known.kind, "actor"), known=known
                )
            elif sort == "adjective":
                self.emit(first, last, "adjective")
            elif sort == "cap":
                while i + 1 < len(self.pending) and self.pending[i + 1][2] in ("cap", "link") and self.pending[i + 1][0] == last:
                    i += 1
                    last = self.pending[i][1]
                if last > first + 1 or self.tokens[first].low not in _DETERMINERS:  # "LAGOS - A man": an article is no name
                    self.emit(first, last, "name")
            i += 1
        if self.number:
            first, last, number = self.number
            self.chunks.append(
                Chunk(first, last, "number", Span(self.tokens[first].start, self.tokens[last - 1].end), number=number)
            )
        self.clear()

    def emit(
        self,
        first: int,
        last: int,
        kind: str,
        known: Known | None = None,
        number: NumberWords | None = None,
        time: TimeWords | None = None,
        head: str = "",
        named: bool = True,
    ) -> None:
        span = Span(self.tokens[first].start, self.tokens[last - 1].end)
        self.chunks.append(Chunk(first, last, kind, span, known, number, time, head, named))
