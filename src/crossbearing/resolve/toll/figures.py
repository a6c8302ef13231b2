"""What a number of people means: a range, of whom, of this happening or of a whole war.

The algebra is small. A part stays beside its whole and is never added to it. A figure told on top of another ("another five")
is added to the largest one told before it in the same voice, and stands on the words of both. Of one number told twice, the
looser telling holds ("40" in a headline, "at least 40" below it).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache, reduce

from crossbearing import resources
from crossbearing.model.claim import Figure, FigureScope, PeopleStatus
from crossbearing.model.mention import Mention, MentionKind, StatedFigure
from crossbearing.model.provenance import Stated, Step
from crossbearing.model.text import Document, Span
from crossbearing.words import listed, numbers
from crossbearing.words.spared import is_spared

STEP = Step("resolve.figures", "12")

# A plain plural is at least two; the casualty coders' convention, as for the vague words in `words/numbers.py`.
PLURAL = (2, None)
_NO_ONE = re.compile(r"^(?:no|nobody|none|no[- ]?one|without)\b(?! (?:fewer|less|more) than)", re.I)
# The article of one person among others; behind it a word of its own, no number ("her three children"); not "two of the army".
_ONE = re.compile(
    r"(?:(?<!\bof )\b(?:an?|the|his|her|its|their|another)(?!\s+[\w-]+['’]s\b)|['’]s)\s+(?!in )(?=[a-z]|\d+-\w+-old)", re.I
)
_THEY = re.compile(r"(?:them\b|(?:they|both|all|none|neither|their)\s+\w|no\s+survivors\b)", re.I)
_CASUALTIES = re.compile(r"(?: [a-z-]+){0,2} casualt(?:y|ies)\b")
_PLURAL = re.compile(r"(?:s|men|women|people|children|personnel|police|troops)$", re.I)
_COUPLE = re.compile(r"(?:couple|pair)$", re.I)
_PAIR = re.compile(r"(?:an?|the|another) (?:[\w-]+ ){0,2}(?:couple|pair)\b", re.I)
# One by name, before those counted beside.
_NAMED = re.compile(r"(?:[\w’'.-]+ ){1,8}and (?:at least )?$")
# What a total runs over, by the words of its sentence; the first that fits.
_SCOPES = (
    (FigureScope.DAY, r"(?:past|last|previous) (?:24|48|72|twenty-four) hours|in (?:a|one) (?:single )?day|daily toll"),
    (FigureScope.WAR, r"war(?!-| crimes?| monitor| ministry)|conflict|invasion|offensive|onslaught|genocid\w*|aggression|"
                      r"uprising|insurgency|hostilities"),
    (FigureScope.PERIOD, r"since|so far|this year|last year|past|months|years|weeks|to date|monthly|annual"),
    (FigureScope.AREA, r"across|throughout|nationwide|countrywide"),
)  # fmt: skip
# "Another five" adds to what was told up to so many characters before it: in its sentence, or the one before.
_TOP = 200
# So many characters behind a number its range may run on.
_BEHIND = 40
_SCOPED = tuple((scope, re.compile(rf"\b(?:{words})\b", re.I)) for scope, words in _SCOPES)


def figure(document: Document, mention: Mention, counted: str, people: Mention | None = None) -> Stated[Figure]:
    """The range that a figure's words give."""
    words = document.quote(mention.span)
    if _NO_ONE.match(words) or is_spared(words):
        return Stated(Figure(0, 0, counted), (mention.span,), STEP.id)
    if mention.kind is MentionKind.PERSON:  # by name: as many as are named
        named = reduce(_sum, map(_member, listed.members(words)))
        return Stated(replace(named, counted=counted, who=words), (mention.span,), STEP.id)
    evidence = (mention.span,) if people is None or people.span == mention.span else (mention.span, people.span)
    who = document.quote(people.span) if people else None
    they = people is not None and _THEY.match(words)  # "they died": as many as were told before
    pieces = _pieces(document, people.span if people and they else mention.span)
    made = reduce(_sum, pieces)
    if made.high and _CASUALTIES.match(document.text, mention.span.end):
        made = replace(made, low=0)  # killed and hurt together: of either so many at most
    if len(pieces) == 1 and who:
        made = replace(made, status=status(who), group=group(who))
    return Stated(replace(made, counted=counted, who=who), evidence, STEP.id)


def total(document: Document, stated: StatedFigure, since: date | None = None) -> Stated[Figure]:
    """A figure over more than one happening."""
    one = figure(document, stated.mention, stated.counted, stated.people)
    over = document.quote(stated.since.span) if stated.since else None
    evidence = one.evidence + ((stated.since.span,) if stated.since else ())
    scope = scope_of(document, stated.mention.span)
    return Stated(replace(one.value, scope=scope, since=since, over=over), evidence, STEP.id)


def scope_of(document: Document, span: Span) -> FigureScope:
    """Over what a total runs, by the words of its sentence; a period where they do not say."""
    text = document.text
    start = max(text.rfind(". ", 0, span.start), text.rfind("\n", 0, span.start)) + 1
    ends = [at for mark in (". ", "\n") if (at := text.find(mark, span.end)) >= 0]
    words = text[start : min(ends, default=len(text))]
    return next((scope for scope, pattern in _SCOPED if pattern.search(words)), FigureScope.PERIOD)


def whole(found: Sequence[tuple[Stated[Figure], bool]]) -> Stated[Figure] | None:
    """One voice's figure from all that it tells of one happening, each with whether it is told on top of another.

    Of several the largest floor, since parts are told beside their whole. None where nothing is told.
    """
    plain = [f for f, more in found if not more]
    best = max((f for f, _ in found), key=lambda f: (f.value.low or 0, f.value.high or 0), default=None)
    if best is None:
        return None
    best = next((f for f in plain if f.value.low == best.value.low and f.value.high is None), best)
    sides = _of_both_sides(plain)
    best = sides if sides is not None and (sides.value.low or 0) > (best.value.low or 0) else best
    for added in (f for f, more in found if more):
        # On top of the one told last before it; where that is only a part of a whole told elsewhere, the whole holds both.
        before = max((f for f in plain if 0 < _at(added) - _at(f) < _TOP), key=_at, default=None)
        if before is not None and ((both := _plus(before, added)).value.low or 0) > (best.value.low or 0):
            best = both
    return best


def _of_both_sides(plain: Sequence[Stated[Figure]]) -> Stated[Figure] | None:
    """The dead of each side together, where they are told apart: "two soldiers were killed; the troops killed nine rebels"."""
    sides: dict[str, Stated[Figure]] = {}
    for one in plain:
        of = side(one.value.who) if one.value.who else None
        if of and (of not in sides or (one.value.low or 0) > (sides[of].value.low or 0)):
            sides[of] = one
    return reduce(_plus, sides.values()) if len(sides) > 1 else None


def _plus(a: Stated[Figure], b: Stated[Figure]) -> Stated[Figure]:
    """Both together, on the words of both."""
    return Stated(_sum(a.value, b.value), (*a.evidence, *b.evidence), a.step, min(a.score, b.score))


def _at(one: Stated[Figure]) -> int:
    return one.words.start if one.words else 0


# ---------------------------------------------------------------- who is counted


@lru_cache(maxsize=1)
def _heads() -> tuple[tuple[PeopleStatus, re.Pattern[str]], ...]:
    """Words for people by what they say of them; those that say nothing ("people", "men", "victims") are left out."""
    table = resources.table("people.yml")
    silent = frozenset(table["silent"])

    def pattern(words: Sequence[str]) -> re.Pattern[str]:
        told = sorted((re.escape(w) for w in words if w not in silent), key=len, reverse=True)
        return re.compile(rf"\b(?:{'|'.join(told)})\b", re.I)

    return (PeopleStatus.COMBATANT, pattern(table["armed"])), (PeopleStatus.CIVILIAN, pattern(table["civil"]))


@lru_cache(maxsize=4096)
def status(words: str) -> PeopleStatus:
    """What words for people say they are: civilians, combatants, or neither or both."""
    found = {kind for kind, pattern in _heads() if pattern.search(words)}
    return found.pop() if len(found) == 1 else PeopleStatus.UNKNOWN


@lru_cache(maxsize=4096)
def group(words: str) -> str | None:
    """The one group of record that words for people name; None where they name none, or several."""
    found = [name for name, heads in resources.table("people.yml")["groups"].items() if _named(heads).search(words)]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=4096)
def side(words: str) -> str | None:
    """On which side those are of whom words speak: the forces, or those who fight them; None where they say neither or both."""
    found = [str(name) for name, heads in resources.table("people.yml")["sides"].items() if _named(tuple(heads)).search(words)]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=16)
def _pattern(heads: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, heads))})\b", re.I)


def _named(heads: Sequence[str]) -> re.Pattern[str]:
    return _pattern(tuple(heads))


# ---------------------------------------------------------------- the range


def _pieces(document: Document, span: Span) -> list[Figure]:
    """What a mention counts, one by one: the reader gives figures told side by side as one ("two guards and a driver").

    Each piece runs from its number, or from the article of one person, to the next; ages between commas are no pieces.
    """
    text, words = document.text, document.quote(span)
    # The words behind the mention may qualify its number: "three rockets or more", "12 to 15 soldiers".
    behind = min(len(text), span.end + _BEHIND)
    told = [
        n for n in numbers.find(text, span.start, behind)
        if n.span.start < span.end and (n.span.start == span.start or not _is_age(text, n.span))
    ]  # fmt: skip
    ones = [
        Span(span.start + m.start(), span.start + m.end())
        for m in _ONE.finditer(words)
        if not any(n.span.start <= span.start + m.end() and span.start + m.start() < n.span.end for n in told)
    ]
    starts = sorted([(n.span.start, n.low, n.high, n.qualifier) for n in told] + [(s.start, 1, 1, None) for s in ones])
    if not starts:
        low, high = PLURAL if _PLURAL.search(words) else (2, 2) if _COUPLE.search(words) else (1, 1)
        starts = [(span.start, low, high, None)]
    elif _NAMED.match(text, span.start, starts[0][0]):
        starts.insert(0, (span.start, 1, 1, None))  # "Colonel X Y and two of his guards"
    ends = [start for start, *_ in starts[1:]] + [span.end]
    return [_piece(text[start:end], low, high, doubt) for (start, low, high, doubt), end in zip(starts, ends, strict=True)]


def _member(words: str) -> Figure:
    """How many one member of a list is: "two of his guards", "a couple", "Ali Omar"."""
    number = next(numbers.find(words), None)
    low, high = (number.low, number.high) if number else (2, 2) if _COUPLE.search(words) else (1, 1)
    return Figure(low, high, "")


def _piece(words: str, low: int | None, high: int | None, qualifier: str | None) -> Figure:
    if low == high == 1 and _PAIR.match(words):
        low = high = 2  # "a retired couple and their son"
    return Figure(low, high, "", qualifier=qualifier, status=status(words), group=group(words))


def _is_age(text: str, span: Span) -> bool:
    """ "A woman, 45, and her son", "three (03) men": a number alone between commas, or told again in brackets."""
    if text[span.start - 1 : span.start] == "(" and text[span.end : span.end + 1] == ")":
        return True
    return text[max(0, span.start - 2) : span.start] == ", " and text[span.end : span.end + 1] in (",", ".")


def _sum(a: Figure, b: Figure) -> Figure:
    """Both together; an open end stays open, and a status or group holds of both only where each has it."""
    low = None if a.low is None or b.low is None else a.low + b.low
    high = None if a.high is None or b.high is None else a.high + b.high
    kind = a.status if a.status is b.status else PeopleStatus.UNKNOWN
    return replace(a, low=low, high=high, who=None, status=kind, group=a.group if a.group == b.group else None)
