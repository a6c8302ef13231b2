"""Whether words speak of one happening or of many at once: counts, habits, periods, bare plurals."""

from __future__ import annotations

import re

from crossbearing.model.mention import Realis
from crossbearing.read.beside import PARTY, SPOT, opens_period, subject_of
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.figurative import is_staged
from crossbearing.read.forms import UNCHANGING
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.read.triggers import Found
from crossbearing.words.patterns import any_pattern
from crossbearing.words.time_forms import Bound, Calendar, Length, Range, Shift, Unit, Weekday, Within

_SAID_OF_MANY = (
    r"dozens|scores|hundreds|thousands|series|string|spate|wave of|run of|jump in|spike in|uptick in|"
    r"flurry of|barrage of attacks|repeated|numerous|many|most|various|such|similar|any|more|further|all|"
    r"recent|previous|past|other|almost daily|daily|regular(?:ly)?|often|usually|"
    r"in recent (?:days|weeks|months)|in the past|over the past|times|times or more|stepped up|step up|"
    r"intensified|increased|risen|rise|surge|escalat\w+|have (?:repeatedly|often|regularly)|more and more|"
    r"since"
)
_MANY = re.compile(rf"\b{any_pattern((_SAID_OF_MANY,))}\b", re.I)


_TIMES = re.compile(
    r"\b\d+ times (?:or more )?(?:since|in|over|between|from)\b|\b\d+ times or more\b|\b(?:dozens|"
    r"scores) of times\b|\b(?:several|many|\d+|two|three|four|five|six) times\b"
)


_HABIT = re.compile(
    r"\b(?:often|usually|regularly|(?<!the )only|repeatedly|frequently|routinely|in past years|almost daily|"
    r"(?:every|each) (?:day|night|week|month|year)|more and more)\b"
)


# "Whoever attacks", "after each shooting", "kidnapping is an industry": of a kind of deed, not of one.
_KINDLY = re.compile(
    r"\b(?:whoever|whenever|wherever|anyone who|every time|each time|after each|after every)\b|"
    r"\b(?:of|in) every (?:ten|twenty|hundred|thousand|\d+)\b|"
    r"^when (?:\w+ ){1,3}(?:hit|strike|fall|kill|bomb|shell|attack)\b[^,]*, (?:each|every|everyone|nobody|people|we|you)\b|"
    r"^\w+ing (?:\S+ ){0,5}(?:is|are) (?:an?|the|now|still|big|never)\b|\bnumbered\b|"
    r"\b(?:have|has|had) (?:again )?(?:become|grown) (?:\w+ ){0,2}(?:common|commonplace|frequent|routine|rarer?|usual|normal|"
    r"regular|a (?:\w+ )?(?:habit|pattern|threat))\b"
)


_AT_ONCE = frozenset(("shoot", "stab", "fire"))
"""What is done several times at once."""


_PERFECT = re.compile(
    r"\b(?:have|has|had) (?:\w+ )?(?:been )?(?:\w+ly )?(?:answered|carried|conducted|launched|claimed|stepped|"
    r"attacked|targeted|fired|made|hit|struck|staged|"
    r"seen|faced|killed|mounted|recorded|intensified|increased|used|assaulted|come under)"
)


_YEARS = re.compile(
    r"\bin (?:the )?(?:past |last )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several) (?:years|months)\b"
)
_A_SUM = 20
"""So many of what is told as done over months or years are no one happening's."""
_PERIODS = re.compile(
    r"\bsince\b|\bin recent\b|\bthis year\b|\bover the past\b|\bin the past\b|\bso far\b|\blately\b|"
    r"\bnow\b.{0,20}\b(?:dozens|scores)\b"
)


_SPAN = re.compile(
    r"\b(?:over|during|in|within) (?:an?|the) [\w-]+?[- ](?:years?|months?|weeks?|decades?)(?:-long)? (?:period|span|stretch)\b|"
    r"\b(?:attacks|strikes|killings|bombings|shootings|raids|clashes|deaths) (?:have |had )?"
    r"(?:peaked|averaged|totall?ed|numbered|rose|fell|declined|doubled|tripled)\b|"
    r"\bthe (?:deadliest|worst|bloodiest) (?:month|year|week)\b"
)
"""Words for a stretch of time over which deeds are counted, or for how often they are done."""
_COUNTED = re.compile(
    r"\band (?:\d{2,}|[\d,]{4,}) (?:[\w-]+ ){0,2}?(?:air ?strikes|strikes|attacks|shellings|sorties|raids|bombings)\b"
)
_BEGUN = frozenset("began begun begin begins started resumed kept keep keeps continued continues back".split())


_HURT = grammar("casualties.killed") | grammar("casualties.injured")


def _dated(whens: list[Chunk]) -> bool:
    """Whether time words name the day of the happening itself, and not since or after when."""
    return any(c.time is not None and c.time.has_day and c.time.bound is Bound.NONE and not opens_period(c) for c in whens)


def _names_day(chunk: Chunk) -> bool:
    """Whether a time is a day or a night by itself: no month, no week."""
    words = chunk.time
    if words is None or words.bound is not Bound.NONE:
        return False
    form = words.form
    ends = (form.first, form.last) if isinstance(form, Range) else (form,)
    return all(
        isinstance(f, Weekday) or (isinstance(f, Calendar) and f.day is not None) or (isinstance(f, Shift) and f.unit is Unit.DAY)
        for f in ends
    )


def counted_from(cut: Chunked, found: Found, before: str) -> bool:
    """ "A year has gone by since the church was attacked on 18 November 2025": what is counted from, with its own date.

    `before`: the word before the clause.
    """
    if before != "since" or found.noun:
        return False
    dates = (c.time.form for c in cut.chunks if c.time is not None and found.last <= c.first <= found.last + _DATED_BEHIND)
    return any(isinstance(form, Calendar) and form.year is not None for form in dates)


_DATED_BEHIND = 8


def _size(chunk: Chunk) -> int:
    return chunk.number.low or 0 if chunk.number else 0


# A full sentence in the present tells of a habit ("they attack bases"); a headline, which no stop ends, tells of news.
_FURTHER = re.compile(r"\b(?:more|other|further)\b")  # "other shells hit the quarters of ..."
_PRESENT = re.compile(r"\.[\"”’')]*$")


def _has(cut: Chunked, found: Found) -> bool:
    """Whether a verb stands in the present perfect."""
    return any(t.low in ("has", "have") for t in cut.tokens[max(0, found.first - 4) : found.first])


def _counts(cut: Chunked) -> bool:
    """Whether a sentence has a number of anything."""
    return any(c.number is not None for c in cut.chunks)


_OF_ONE = frozenset(
    "deadliest worst bloodiest biggest largest first when attack bombing massacre explosion shooting crash".split()
)
"""Words by which a sum over a year is of one deed after all."""


def sums_up(cut: Chunked) -> bool:
    """Whether a sentence counts over a stretch of years, or people in a year or from one month to another without naming a spot:
    "ten soldiers were killed in Iraq in 2018". What it counts is no one happening's."""
    if _SPAN.search(cut.words):
        return True
    if not any(c.number is not None and (c.number.low or c.number.high or 0) >= _FEW for c in cut.chunks):
        return False
    forms = [c.time.form for c in cut.chunks if c.time is not None]
    wide = [f for f in forms if isinstance(f, Range) or (isinstance(f, Calendar) and f.day is None and f.weekday is None)]
    years = any(isinstance(f, Calendar) and f.month is None and (f.year or f.which) for f in wide)
    between = bool(wide) and "between" in [t.low for t in cut.tokens[:4]]
    if not (years or between) or len(wide) < len(forms):
        return False
    placed = any(c.kind in ("site", "area") or (c.kind == "name" and _there(cut, c)) for c in cut.chunks)
    return not placed and _OF_ONE.isdisjoint(t.low for t in cut.tokens)


_FEW = 3


def _there(cut: Chunked, chunk: Chunk) -> bool:
    """Whether a preposition makes a name that of the place where something was."""
    return chunk.first > 0 and cut.tokens[chunk.first - 1].low in ("in", "at", "near", "around", "outside")


def generic(
    cut: Chunked,
    found: Found,
    lo: int,
    hi: int,
    whens: list[Chunk],
    spots: list[Chunk],
    tolled: bool = False,
    headline: bool = False,
) -> bool:
    """Whether the words speak of many happenings or of a habit, so that no single one can be drawn from them.

    `tolled`: whether they bear a place or a day and the number of those hurt: then a plain plural ("air strikes") is one.
    `headline`: whether they are all of a report of a line or two, and say what was hit or where: then it is too, if no stop
    ends it.
    """
    words = cut.words
    headline = headline and not _PRESENT.search(words)
    window = " ".join(t.low for t in cut.tokens[max(lo, found.first - 9) : min(hi, found.last + 8)])
    told_times = "times" in words and found.trigger.lemma not in _AT_ONCE and _TIMES.search(words)
    if _HABIT.search(window) or (told_times and "first" not in window and "second time" not in window):
        return True
    perfect = _PERFECT.search(window) or (
        not found.noun
        and found.trigger.form in ("past", "participle", "base")
        and any(t.low in ("have", "has") for t in cut.tokens[max(0, found.first - 3) : found.first])
    )
    if found.realis is Realis.DENIED and any(t.low in ("has", "have") for t in cut.tokens[max(0, found.first - 5) : found.first]):
        return True  # "has denied targeting civilians": of no one happening
    if perfect and not found.noun and _has(cut, found) and not (whens or any(c.named for c in spots) or _counts(cut)):
        return True  # "has targeted and killed members of the sect"
    begun = not found.noun and _BEGUN & {t.low for t in cut.tokens[max(0, found.first - 2) : found.first]}
    if begun and not (tolled or headline) and not _dated(whens):
        return True  # "began attacking", "has gone back to attacking"
    if is_staged(cut) or _KINDLY.search(words) or sums_up(cut):
        return True
    if not found.noun and _YEARS.search(words) and any(_size(c) >= _A_SUM for c in cut.chunks if c.last <= found.first):
        return True  # "more than 1,200 schools attacked in four years"
    if found.passive and cut.tokens[max(0, found.first - 1)].low == "are" and cut.tokens[max(0, found.first - 2)].low in _WHICH:
        return True  # "the word for fighters who are killed"
    if found.noun and found.first and cut.tokens[found.first - 1].low in ("each", "every", "either", "neither"):
        return True
    if found.noun and not (tolled or headline) and _COUNTED.search(words):
        return True  # "one missile strike and 97 air strikes"
    one, plural = tolled or headline, found.noun and found.trigger.form == "plural"
    period = (plural or perfect) and (
        any(opens_period(c) and not _of_few_days(c) for c in whens) or _PERIODS.search(words) is not None
    )
    if plural and _many(cut, found, lo, whens, spots, bool(perfect), bool(period), one):
        return True
    numbers = [c for c in cut.chunks if c.number is not None]
    listed = not found.noun and any(c.last == found.first for c in numbers if c.kind == "number")
    if listed and max(map(_size, numbers)) >= 1000 and found.trigger.cls not in _OF_CROWDS:
        return True  # "1,494 kidnapped, 315 lynched": no one deed takes so many, nor what is listed beside them
    if perfect and period:
        return not re.search(r"\b(?:first|second|third|latest)\b", window)
    if found.realis is Realis.PLANNED:
        return False
    if (
        not tolled
        and _PRESENT.search(words)
        and found.trigger.form in ("base", "s")
        and not found.noun
        and found.trigger.lemma.split()[0] not in UNCHANGING
        and cut.tokens[found.first - 1].low not in ("to", "has", "have", "had")  # "had come under fire" is no present
        and not _as_noun(cut, found.first)
    ):
        return True
    if one or found.noun or found.passive or found.trigger.form not in ("base", "s"):
        return False  # "more shells hit the market and killed two" is one
    if found.trigger.lemma.split()[0] in UNCHANGING:
        window = _FURTHER.sub("", window)
    return bool(_MANY.search(window)) and "more than" not in window


_STOPPED = frozenset(("repelled", "repulsed", "repels", "repulses", "thwarted", "foiled"))
_OF_CROWDS = ("protest", "violent-demonstration")
_WHICH = frozenset(("who", "that", "which"))


def _as_noun(cut: Chunked, i: int) -> bool:
    """ "By a powerful bomb", "machine-gun fire": a word that is a verb elsewhere, in a noun's place."""
    before = cut.over(i - 1) if i else None
    if before is None or cut.tokens[i - 1].low.endswith("s"):
        return False  # "rebels shell the town"
    return before.kind == "weapon" or before is cut.over(i)


def _of_few_days(chunk: Chunk) -> bool:
    """ "Killed 70 in two days": one fight, however long it took."""
    form = chunk.time.form if chunk.time else None
    if not isinstance(form, Length) or form.age:
        return False
    return form.high <= _FEW_DAYS.get(form.unit, 0)


def over_a_period(cut: Chunked) -> bool:
    """ "Killed 14 rebels in the past ten days": whether a sentence looks back over more than a few days."""
    forms = (c.time.form for c in cut.chunks if c.time is not None)
    return any(isinstance(f, Within) and not f.ahead and f.high > _FEW_DAYS.get(f.unit, 0) for f in forms)


_FEW_DAYS = {Unit.MINUTE: 4320, Unit.HOUR: 72, Unit.DAY: 3}


def _many(
    cut: Chunked, found: Found, lo: int, whens: list[Chunk], spots: list[Chunk], perfect: bool, period: bool, tolled: bool
) -> bool:
    """Whether a plural noun speaks of more happenings than the sentence tells apart."""
    near = " ".join(t.low for t in cut.tokens[max(lo, found.first - 6) : found.first])
    if re.search(r"\b(?:series|string|spate|wave|waves) of\b", near):
        return period or perfect or not (any(map(_names_day, whens)) and any(c.named for c in spots))  # one night's, on one port
    if re.search(r"\brounds? of\b", near):  # of fire: with one toll at one place they are one
        return not tolled or period
    counted = next((c.number for c in cut.chunks if c.kind == "number" and c.last <= found.first <= c.last + 3), None)
    stopped = any(t.low in _STOPPED for t in cut.tokens[max(0, found.first - 4) : found.first])
    if counted and stopped and (counted.low or 0) < _A_SUM and any(map(_names_day, whens)) and any(c.named for c in spots):
        return False  # "repelled six attacks near X on Friday": a day's fighting
    if counted:
        dated = tolled and any(map(_names_day, whens))  # "said it had killed 29 in two strikes near X on Wednesday"
        return ((counted.low or 0) >= 5 and not tolled) or ((perfect or period) and not dated)
    if tolled and not period:
        return False
    # "Many more were wounded in the strikes": many people, and no word of how many strikes.
    hurt = max((k + 1 for k in range(lo, found.first) if cut.tokens[k].low in _HURT), default=lo)
    start = max(lo, found.first - 6, _maker(cut, found, lo), hurt)
    if period or _MANY.search(" ".join(t.low for t in cut.tokens[start : found.first])):
        return True
    before = cut.tokens[found.first - 1].low if found.first else ""
    return before in ("past", "earlier", "against", "from", "into") or not _pinned(cut, found, lo, whens, spots)


def _maker(cut: Chunked, found: Found, lo: int) -> int:
    """Where the party begins that is said to make the happenings: "As attacks mounted X made two strikes"; 0 where none is."""
    near = range(max(lo, found.first - 6), found.first)
    made = next((k for k in near if cut.tokens[k].low in lexicon().support and cut.at[k] < 0), None)
    subject = subject_of(cut, made, lo) if made is not None else None
    return subject.first if subject is not None and subject.kind in PARTY else 0


def _pinned(cut: Chunked, found: Found, lo: int, whens: list[Chunk], spots: list[Chunk]) -> bool:
    """Whether a plural is held to one place or day: a named spot in its clause, "the attacks", a day of its own."""
    before = [t.low for t in cut.tokens[max(lo, found.first - 4) : found.first]]
    if any(w in ("the", "these", "those", "both") for w in before[-2:]):
        return True
    counted = any(
        c.kind in ("number", "site") and 0 <= c.first - found.last <= 3 and (c.number and (c.number.high or 9) <= 4)
        for c in cut.chunks
    )
    # Where people are counted any name will do: "75 died from barrel bomb attacks carried out by X".
    near = [c for c in cut.chunks if c.first >= lo] if _counts(cut) else spots
    named = counted or any(c.kind in SPOT and c.named for c in near)
    return named or any(c.time is not None and c.time.has_day and not opens_period(c) for c in whens)
