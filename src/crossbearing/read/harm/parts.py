"""Wholes and their parts: "six people, including two children", "three of them girls", "among the dead was a boy".

A part is told behind its whole, before it, or of a whole that an earlier sentence counted; a word of harm behind both counts the
whole.
"""

from __future__ import annotations

import re
from itertools import pairwise

from crossbearing.model.mention import Mention, MentionKind
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.harm.befallen import verb_at
from crossbearing.read.harm.headcount import (
    COUNTABLE,
    GENERIC,
    aboard,
    figure_of,
    is_age,
    is_of,
    is_single,
    of_one,
    opens_at,
    said_up_to,
    token_at,
)
from crossbearing.read.harm.words import DEAD, Casualty, names_whole

PART = frozenset(("including", "among", "included"))
_BETWEEN_PARTS = frozenset(("and", ",", "them", "whom", "these", "were", "are", "at", "least", "a", "an", "the", "as", "well"))
# How far behind a whole its parts may begin, in words.
_REACH = 8


def parts_of(sentence: Chunked, whole: Casualty, hurt: list[Casualty]) -> list[Casualty]:
    """ "Six civilians, including two children and a nurse": what is told as a part of a whole, up to the next other word."""
    at = next((c for c in reversed(sentence.chunks) if c.span.meets(whole.figure.span) or is_of(c, whole.figure)), None)
    if at is None:
        return []
    last = max((c.last for c in sentence.chunks if whole.people and c.span.meets(whole.people.span)), default=at.last)
    opening = next((k for k in range(last, min(len(sentence.tokens), last + _REACH)) if sentence.tokens[k].low in PART), None)
    if (
        opening is None
        or (opening == last and _among_whole(sentence, last))
        or any(t.text in ".;" for t in sentence.tokens[last:opening])
    ):
        return []
    if any(last <= k < opening for k in (token_at(sentence, h.figure.span) for h in hurt if h.figure is not whole.figure)):
        return []  # they are parts of the figure between
    found: list[Casualty] = []
    k = opening + 1
    told = {c.figure.span for c in hurt}
    opened = {opens_at(sentence, c): c for c in sentence.chunks if c.kind in ("number", "people", "group")}
    while k < len(sentence.tokens):
        chunk = opened.get(k)
        if chunk is None:
            if sentence.tokens[k].low not in _BETWEEN_PARTS:
                break
            k += 1
            continue
        if chunk.number is None and not is_single(sentence, chunk):
            break
        figure, people = figure_of(chunk)
        if figure.span not in told and not of_one(sentence, chunk):
            found.append(Casualty(whole.counted, figure, people, whole.cumulative, part_of=whole.figure.span))
        k = chunk.last
    return found


def _among_whole(sentence: Chunked, k: int) -> bool:
    """ "Eight children among 11 killed": the part stands before the word, the whole behind it."""
    return (
        sentence.tokens[k].low == "among"
        and sentence.tokens[k - 1].low.isalpha()
        and max(sentence.at[k + 1 : k + 2], default=-1) >= 0
    )


THEM = frozenset(("them", "whom", "these", "those"))


def parts_behind(sentence: Chunked, hurt: list[Casualty]) -> list[Casualty]:
    """Parts by other words than "including": "three of them girls", "two of the dead were women", "among the dead was a boy"."""
    found: list[Casualty] = []
    for number in (c for c in sentence.chunks if c.number is not None):
        whole = next((h for h in reversed(hurt) if h.figure.span.end <= number.span.start and h.figure.span != number.span), None)
        people = _of_them(sentence, number) if whole and not of_one(sentence, number) else None
        if whole and people:
            figure, who = figure_of(number)[0], Mention(people.span, MentionKind.PEOPLE)
            found.append(Casualty(whole.counted, figure, who, whole.cumulative, part_of=whole.figure.span))
    lows = [t.low for t in sentence.tokens]
    for i, span in ((i, span) for i in range(len(lows)) if (span := names_whole(sentence, i))):
        of = i > 1 and lows[i - 2] == "of"
        if of and not set(lows[i + 1 : i + 3]) & {"was", "were", "are"}:
            continue  # "three of the wounded died"
        for chunk in sentence.chunks:
            near = i - 6 <= chunk.first < i if of else 0 < chunk.first - i <= _REACH
            counts = chunk.kind in COUNTABLE and (chunk.number or is_single(sentence, chunk)) and not of_one(sentence, chunk)
            if near and counts:
                figure, said = figure_of(chunk)
                said = (
                    next((Mention(c.span, MentionKind.PEOPLE) for c in sentence.chunks if i < c.first <= i + 4), None)
                    if of
                    else said
                )
                if said or not of:
                    found.append(Casualty("killed" if lows[i] in DEAD else "injured", figure, said, False, part_of=span))
    return found


_WERE_AMONG = re.compile(r"\b(?:(?:was|were|is|are) (?:also )?)?among(?: (?:the|those|at least|about|some|more than))*$")


def parts_before(sentence: Chunked, hurt: list[Casualty]) -> list[Casualty]:
    """ "At least 30 children were among the 39 people killed", "two boys among nine dead": a part told before its whole."""
    found: list[Casualty] = []
    wholes = [(token_at(sentence, h.figure.span), h.counted, h.figure.span, h.cumulative) for h in hurt]
    for i, span in ((i, span) for i in range(len(sentence.tokens)) if (span := names_whole(sentence, i))):
        wholes.append((i, "killed" if sentence.tokens[i].low in DEAD else "injured", span, False))
    for at, counted, span, cumulative in wholes:
        first = max(0, at - 7)
        said = _WERE_AMONG.search(" ".join(t.low for t in sentence.tokens[first:at]))
        if said is None:
            continue
        verb = first + said.string[: said.start()].count(" ")
        part = next((c for c in sentence.chunks if c.last == verb and c.kind in COUNTABLE), None)
        if part is not None and (part.number or is_single(sentence, part)):
            found.append(Casualty(counted, *figure_of(part), cumulative, part_of=span))
    return found


def _of_them(sentence: Chunked, number: Chunk) -> Chunk | None:
    """The people of "three of them children", "of whom two were nurses"; None where the number is no part by such words."""
    lows, last, opens = [t.low for t in sentence.tokens], number.last, opens_at(sentence, number)
    behind = number.kind == "number" and lows[last : last + 1] == ["of"] and bool(THEM.intersection(lows[last + 1 : last + 2]))
    before = any(a == "of" and b in THEM for a, b in pairwise(lows[max(0, opens - 4) : opens]))
    if not behind and not before:
        return None
    if number.kind != "number":
        return number
    people = next((c for c in sentence.chunks if last <= c.first <= last + 4 and c is not number), None)
    parted = people is None or people.kind not in ("people", "group") or {".", ";", ","}.intersection(lows[last : people.first])
    return None if parted else people


def whole_of(sentence: Chunked, chunk: Chunk) -> Chunk:
    """ "Five civilians including three children were killed": the people that a part belongs to; else the chunk itself."""
    opens = opens_at(sentence, chunk)
    for k in range(opens - 1, max(-1, opens - 10), -1):
        token = sentence.tokens[k]
        if token.low in PART and not _among_whole(sentence, k):
            ends = (k, k - 1) if k and sentence.tokens[k - 1].text in ",-–—" else (k,)
            return next((c for c in sentence.chunks if c.last in ends and c.kind in ("number", "people", "group")), chunk)
        if sentence.at[k] < 0 and token.low not in _BETWEEN_PARTS and not token.low.isdigit():
            break
    return chunk


# What opens words between commas that say more of the people before them.
_APPOSED = frozenset(("including", "among", "mostly", "a", "an", "all", "most", "many", "some", "half", "aged", "who", "whose"))


def _ends(sentence: Chunked, people: Chunk) -> int:
    """Where the words for a whole end: of "a woman of 71", "six crew on board", "five Taliban"."""
    k = aboard(sentence, people)
    of = [t.low for t in sentence.tokens[k : k + 2]]
    if of[:1] == ["of"] and of[-1].isdigit():
        return k + 2
    return said_up_to(sentence, people) if k == people.last and people.kind == "number" else k


def before_parts(sentence: Chunked, i: int) -> list[Chunk]:
    """ "Nine people, including six children, died": the people that the parts between the commas belong to."""
    commas = [k for k in range(max(0, i - 24), i) if sentence.tokens[k].text == ","]
    people = [c for c in sentence.chunks if c.kind in COUNTABLE and not is_age(sentence, c) and not of_one(sentence, c)]
    wholes = {_ends(sentence, c): c for c in people}
    for k in (k for k in commas[:-1] if k in wholes):
        whole, behind = wholes[k], sentence.tokens[k + 1]
        of_all = whole.number is not None and whole.head in GENERIC
        named = is_single(sentence, whole) and behind.cap  # "the farmer, X Y, 47, was"
        if i - commas[-1] <= 4 and (of_all or named or behind.low in _APPOSED):
            return [whole]
        # "All five crew members, three Poles and two Latvians, were", "seven people, four of them children, are known to have"
        parted = behind.cap or behind.low in _APPOSED or any(c.number and k < c.first <= k + 2 for c in sentence.chunks)
        return [whole] if whole.number and parted and commas[-1] + 1 == verb_at(sentence, i) else []
    return []
