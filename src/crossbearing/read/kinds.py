"""Kinds of happening that are told by who does what with whom, and not by a word alone: demonstrations, ground taken, arrests.

The kinds stand in a table that a coder reads and edits (`resources/kinds.yml`), each with its definition and the forms in which
news tell of it. Here the forms become patterns over the words of a sentence and what the words speak of (`chunks`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

from crossbearing import resources
from crossbearing.model.mention import Realis
from crossbearing.read.beside import OUT, before_of, seconds
from crossbearing.read.bounds import left_bound
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.forms import is_noun, is_passive
from crossbearing.read.lexicon import Trigger, grammar, spoken
from crossbearing.read.realis import realis_of
from crossbearing.read.triggers import Found
from crossbearing.words.known import sorts
from crossbearing.words.parties import ARMED_GROUPS


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of happening, as the table has it."""

    key: str
    """A key of `types` in `happenings.yml`."""
    rank: int
    """Its place in the table: of two kinds that a sentence tells of, the earlier counts."""
    over: frozenset[str]
    """What it takes the place of: `ground`, `raids`, `violence`."""
    incident: str
    """`always`, or only where it is `dated`, or of a `scene` told before, or `never`."""
    never: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a kind is told."""

    place: int
    """In the table, among all forms."""
    kind: Kind
    pattern: re.Pattern[str]
    verbs: Mapping[str, tuple[str, str]]
    """The trigger's words that are verbs, with lemma and form; all others are nouns."""
    needs: tuple[frozenset[str], ...]
    """Of each of these a sentence has a word or a tag, or else it has not the form: asked first, since that costs less."""


@dataclass(frozen=True, slots=True)
class Told:
    """A kind of happening that a sentence tells of."""

    kind: Kind
    found: Found


def told(cut: Chunked) -> Told | None:
    """The kind of happening that a sentence tells of: what is said to have happened first, then by the order of the table."""
    table = _table()
    forms_ = {form.place: form for t in cut.tokens for form in table.get(t.low, ())}
    if not forms_:
        return None
    tags = [_tags(cut, c) for c in cut.chunks]
    there = {t.low for t in cut.tokens}.union(*tags)
    # In the table's order, which decides between two forms of one kind for one word.
    likely = [form for _, form in sorted(forms_.items()) if not any(map(there.isdisjoint, form.needs))]
    if not likely:
        return None
    words, starts = _tagged(cut, tags)
    found = [one for form in likely for one in _matches(cut, form, words, starts)]
    return min(found, key=lambda t: (_ORDER.get(t.found.realis, 2), t.kind.rank, t.found.first), default=None)


def knows(words: Iterable[str]) -> bool:
    """Whether one of the words can tell of a kind that is no violence, so that the table has had its say on it."""
    return any("violence" not in form.kind.over for word in words for form in _table().get(word, ()))


def crowd(cut: Chunked) -> Chunk | None:
    """The first people of a sentence whose word says that they demonstrate."""
    return next((c for c in cut.chunks if c.kind == "people" and c.head in _crowd_words()), None)


@lru_cache(maxsize=1)
def ground() -> frozenset[str]:
    """The words for ground that can be taken."""
    return frozenset(resources.table("kinds.yml")["words"]["ground"])


@lru_cache(maxsize=1)
def public() -> frozenset[str]:
    """The words for people who gather, and bear no arms."""
    return frozenset(resources.table("kinds.yml")["words"]["public"])


@lru_cache(maxsize=1)
def _crowd_words() -> frozenset[str]:
    return frozenset(resources.table("kinds.yml")["words"]["crowd"])


_ORDER = {Realis.ASSERTED: 0, Realis.BACKGROUND: 1}
_NAMES = ("time", "name", "actor", "state", "adjective", "area", "site", "voice", "medium")
OF_THINGS = frozenset(("of", "with", "from", "between", "among", "beside", "past", "amid"))
_NOUN_BEFORE = frozenset(("the", "a", "an", "its", "their", "his", "this", "of"))
_COMPOUNDS = grammar("kinds.compounds")
_PASSING = grammar("kinds.passing")
_BEFORE = grammar("kinds.before")


def _matches(cut: Chunked, form: Form, words: str, starts: Mapping[int, int]) -> Iterator[Told]:
    """Where a sentence has a form, with the word that tells of it and whether that is said to have happened."""
    for match in form.pattern.finditer(words):
        if form.kind.never is not None and form.kind.never.search(cut.words):
            return
        said = re.sub(r"/\w*", "", match["trigger"]).strip()
        first = starts[match.start("trigger")]
        last = first + len(said.split())
        if cut.at[first] >= 0 and cut.chunks[cut.at[first]].kind in _NAMES:
            continue  # "March", "Attorney General Lynch"
        if first == 0 and said in form.verbs and [t.text for t in cut.tokens[last : last + 1]] == [":"]:
            continue  # "Lynch: no influence on the inquiry"
        lemma, shape = form.verbs.get(said, (said, "noun"))
        trigger = Trigger(form.kind.key, lemma, shape)
        rally = form.kind.key == "protest" and " rall" in f" {match.group()}" and _of_candidates(cut)
        if rally or (said in _RALLIES and _before_quote(cut, first) == "to"):
            continue  # "failed to “rally the world”", a candidate's rally
        if form.kind.key == "force-against-protesters" and lemma == "fire" and _of_gas(cut, last):
            continue  # "fired tear gas on Friday to disperse the marchers"
        noun = shape == "noun" or (shape != "ing" and is_noun(cut, first, trigger))
        if noun and (shape in ("past", "participle") or _in_passing(cut, first) or _of_another(cut, last)):
            continue  # "the liberated areas", "amid protests", "protest groups"
        if shape in ("past", "participle") and first and cut.tokens[first - 1].low in OF_THINGS:
            continue  # "a heap of burned trucks"
        if shape in ("base", "s") and first and cut.tokens[first - 1].low in _NOUN_BEFORE:
            continue  # "the fight against": no verb, and the form asks for one
        passive = not noun and is_passive(cut, first, last, trigger)
        if form.kind.key in _BY_SIDE and _BY_SIDE[form.kind.key] in (_who(cut, first), _taken_by(cut, last)):
            continue  # "the army that fights the rebels, who have seized two towns": of the rebels; "recaptured by the rebels"
        if form.kind.key in _BY_SIDE and any(t.low in _MOVING for t in cut.tokens[last : last + 3]):
            continue  # "seized a ship off X"
        realis = realis_of(cut, first, noun)
        if realis is Realis.ASSERTED and _recalled(cut, first):
            realis = Realis.BACKGROUND
        yield Told(form.kind, Found(first, last, trigger, noun, passive, realis))


def _of_gas(cut: Chunked, last: int) -> bool:
    """Whether what was fired is told right behind and is gas or water alone."""
    behind, whole = f" {' '.join(t.low for t in cut.tokens[last : last + _FIRED])} ", f" {cut.words} "
    lists = resources.table("kinds.yml")["words"]
    return any(f" {gas} " in behind for gas in lists["gas"]) and not any(f" {fire} " in whole for fire in lists["live fire"])


_FIRED = 5


def _before_quote(cut: Chunked, first: int) -> str:
    """The word before a token, or before the quotation mark that it stands behind."""
    k = first - 1 - (first > 1 and cut.tokens[first - 1].text in _QUOTES)
    return cut.tokens[k].low if k >= 0 else ""


_QUOTES = "\"“”'‘"
_FIGHTING = frozenset(("fighting", "battling", "defeating", "attacking", "ousting"))
_RALLIES = frozenset(("rally", "rallies"))
_CAMPAIGN, _CAUSES = grammar("kinds.campaign"), grammar("kinds.causes")


def _of_candidates(cut: Chunked) -> bool:
    """Whether a rally is told beside words of an election, and none says what it was against."""
    lows = {t.low for t in cut.tokens}
    return not lows.isdisjoint(_CAMPAIGN) and lows.isdisjoint(_CAUSES) and not any(low.startswith("anti-") for low in lows)


_BY_SIDE = {"regains": "R", "overtakes": "S"}
"""Whose deed a kind of taking ground is not."""


def _who(cut: Chunked, first: int) -> str:
    """The side of the armed party of whom a relative clause tells; or of whoever fights the other."""
    k = left_bound(cut, first) - 1
    armed = [c for c in cut.chunks if c.last <= first and c.kind in ("group", "actor")]
    if armed and before_of(cut, armed[-1]) in _FIGHTING:
        other = {"S": "R", "R": "S"}.get(side_of(cut, armed[-1]), "")
        return side_of(cut, armed[-2]) if len(armed) > 1 else other
    if k < 1 or cut.tokens[k].low not in ("who", "which", "that"):
        return ""
    k -= cut.tokens[k - 1].text == ","
    party = next((c for c in cut.chunks if c.last == k and c.kind in ("group", "actor")), None)
    return side_of(cut, party) if party is not None else ""


def _taken_by(cut: Chunked, last: int) -> str:
    """The side of the armed party behind "by", of a passive: "was overrun along with two others by the rebels"."""
    by = next((k for k in range(last, min(last + _BEHIND, len(cut.tokens))) if cut.tokens[k].low == "by" and cut.at[k] < 0), 0)
    party = next((c for c in cut.chunks if by and by < c.first <= by + 3), None)
    return side_of(cut, party) if party is not None and party.kind in ("group", "actor") else ""


_BEHIND = 14


def _recalled(cut: Chunked, first: int) -> bool:
    """ "Since the truce lapsed", "the war began with protests": what the words only count from, or what a war goes back to."""
    lo = left_bound(cut, first)
    return (lo > 0 and cut.tokens[lo - 1].low == "since") or _HISTORY.search(cut.words) is not None


_WAR = r"(?:war|conflict|crisis|uprising|insurgency|revolution|revolt|rebellion)"
_HISTORY = re.compile(
    rf"\b{_WAR}\b(?: \S+){{0,6}}? (?:began|begun|started|erupted|broke out|triggered|sparked|initiated|evolved)\b|"
    rf"\b(?:triggered|sparked|ignited|descended into|plunged into) (?:\S+ ){{0,4}}{_WAR}\b"
)


def _in_passing(cut: Chunked, first: int) -> bool:
    """ "Amid protests", "after the agreement of 2015": what a sentence about something else only touches on."""
    k = first - 1
    while k >= 0 and (cut.tokens[k].low in _BEFORE or cut.at[k] >= 0):
        k -= 1
    return k >= 0 and cut.tokens[k].low in _PASSING


def _of_another(cut: Chunked, last: int) -> bool:
    """ "Protest leaders", "the riots of 1992": a noun that says of what sort the next one is, or what a year is known for."""
    behind = [t.low for t in cut.tokens[last : last + 2]]
    return behind[:1] != [] and (behind[0] in _COMPOUNDS or _YEAR.match(" ".join(behind)) is not None)


_YEAR = re.compile(r"of (?:1\d{3}|20\d\d)$")


# ---------------------------------------------------------------- what the words of a sentence speak of

_TAGS = {"people": "P", "site": "L", "area": "L", "name": "L", "number": "N", "time": "T"}
_SLOTS = {"armed": "A", "state": "S", "group": "R", "people": "P", "place": "L", "number": "N"}


def _tagged(cut: Chunked, tags: Sequence[str]) -> tuple[str, Mapping[int, int]]:
    """The sentence as `word/tags ` after `word/tags `, and the token that begins at each place in it."""
    pieces, starts, at = [], {}, 0
    for i, token in enumerate(cut.tokens):
        starts[at] = i
        piece = f"{token.low}/{tags[cut.at[i]] if cut.at[i] >= 0 else ''} "
        pieces.append(piece)
        at += len(piece)
    return "".join(pieces), starts


def _tags(cut: Chunked, chunk: Chunk) -> str:
    """What a stretch speaks of, a letter each: armed (A), a state's (S), a group's (R), people (P), a place (L), a number (N)."""
    number = "N" if chunk.number is not None else ""
    if chunk.kind == "state":
        return "AS" if before_of(cut, chunk) not in OUT else "L"
    if chunk.kind in ("group", "actor"):
        return "A" + ("" if seconds(cut, chunk) else _side_beside(cut, chunk)) + number
    if is_craft(chunk):
        return number  # a ship is no place that is taken
    return _TAGS.get(chunk.kind, "") + (number if chunk.kind != "number" else "")


def is_craft(chunk: Chunk) -> bool:
    """Whether it moves: what is taken of such is no place."""
    return chunk.head.split(" ")[-1] in _MOVING


_MOVING = grammar("roles.craft") - {"position", "positions"}
_STATE = grammar("kinds.state")
_GROUP = grammar("kinds.group")


def _side_beside(cut: Chunked, chunk: Chunk) -> str:
    """The side of a party, or of the one that is named first: "M23 fighters and Rwandan troops" take ground as a group does."""
    side, at = side_of(cut, chunk), cut.at[chunk.first]
    first = cut.chunks[at - 1] if at > 0 else None
    if side != "S" or first is None or first.kind not in ("group", "actor") or seconds(cut, first):
        return side
    joined = [t.low for t in cut.tokens[first.last : chunk.first] if t.low not in ("the", ")", "(")] == ["and"]
    return "R" if joined and side_of(cut, first) == "R" else side


def side_of(cut: Chunked, chunk: Chunk) -> str:
    """Whether an armed party is a state's (S) or not (R), as far as its entry or its words say."""
    kind = sorts().get(chunk.known.id, "") if chunk.known else ""
    if kind in ("state forces", "external/other forces"):
        return "S"
    if kind in ARMED_GROUPS:
        return "R"
    words = [t.low for t in cut.tokens[chunk.first : chunk.last]]
    if any(w in _GROUP for w in words):
        return "R"
    return "S" if chunk.head in _STATE else ""


# ---------------------------------------------------------------- the table, compiled

_ITEM = re.compile(r"\[[^\]]*\]|(?:<[^>]*>|[^\s<])+")
_NEAR = "[,;:.]|and|by|in|at|near|outside|beside|alongside|for|against|during|when|while|after"
_GAPS = {
    ".": rf"(?:(?!(?:{_NEAR})/)\S+ ){{0,3}}?",
    "..": r"(?:(?![;:.]/)\S+ ){0,8}?",
    "...": r"(?:(?![;.]/)\S+ ){0,20}?",
}


@lru_cache(maxsize=1)
def _table() -> Mapping[str, tuple[Form, ...]]:
    """Every form by the longest words of its triggers: "the march" by "march", since most sentences have an article."""
    table, found, place = resources.table("kinds.yml"), defaultdict(list), count()
    for rank, row in enumerate(table["kinds"]):
        never = [_plain(phrase) for phrase in row.get("never", ())]
        kind = Kind(
            row["kind"], rank, frozenset(row.get("over", ())), row.get("incident", "always"),
            re.compile(r"\b(?:" + "|".join(never) + r")(?!\w)") if never else None,
        )  # fmt: skip
        for written in row["tells"]:
            form, words = _form(next(place), kind, written, table)
            for word in {max(w.split(), key=len) for w in words}:
                found[word].append(form)
    return {word: tuple(forms_) for word, forms_ in found.items()}


def _plain(phrase: str) -> str:
    return re.escape(phrase).replace(r"\ \.\.\ ", r" (?:\S+ ){0,6}?")


def _form(place: int, kind: Kind, written: str, table: Mapping[str, Mapping[str, list[str]]]) -> tuple[Form, list[str]]:
    """A form of the table as a pattern, and the words of its trigger."""
    pieces: list[str] = []
    verbs: dict[str, tuple[str, str]] = {}
    words: list[str] = []
    needs: list[frozenset[str]] = []
    for item in _ITEM.findall(written):
        if item in _GAPS:
            pieces.append(_GAPS[item])
        elif item.startswith("["):
            for word, verb in spoken(item[1:-1]):
                words.append(word)
                if verb is not None and verbs.get(word, ("", "base"))[1] == "base":  # "beat" is told of what was, in news
                    verbs[word] = verb
            pieces.append(f"(?P<trigger>{_any(words)})")
        else:
            optional = item.endswith("?")
            beside, needed = _alternatives(item.rstrip("?"), table)
            pieces.append(f"(?:{beside}){'?' if optional else ''}")
            needs += [] if optional else [needed]
    return Form(place, kind, re.compile("".join(pieces)), verbs, tuple(needs)), words


def _alternatives(item: str, table: Mapping[str, Mapping[str, list[str]]]) -> tuple[str, frozenset[str]]:
    """A piece of a form that stands beside its trigger (words, names of word lists, tags), and what it takes one of."""
    found: list[str] = []
    words: list[str] = []
    for name in re.findall(r"<[^>]+>|[^|]+", item):
        if (slot := name[1:-1]) in _SLOTS and name.startswith("<"):
            found.append(rf"(?<!\S)\S+/\w*{_SLOTS[slot]}\w* ")
            words.append(_SLOTS[slot])
        else:
            listed = table["words"][slot] if name.startswith("<") else [name.rstrip("?")]
            found.append(_any(listed))
            words += (phrase.split()[0] for phrase in listed)
    return "|".join(found), frozenset(words)


def _any(words: list[str]) -> str:
    """Any of some words or phrases, the longest first."""
    ordered = sorted(dict.fromkeys(words), key=lambda w: -len(w.split()))
    return r"(?<!\S)(?:" + "|".join(r"/\w* ".join(re.escape(w) for w in phrase.split()) for phrase in ordered) + r")/\w* "
