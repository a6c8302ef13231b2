"""Tolls that are told over as they change, and counts that come on top of others.

"The death toll has risen to 35", "put the number of wounded at 34", "21, up from 14", "another five", "24 bodies by the evening
and 31 on Sunday".
"""

from __future__ import annotations

import re
from itertools import pairwise

from crossbearing.model.mention import Mention, MentionKind
from crossbearing.model.text import Span
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.harm.befallen import ORDINALS
from crossbearing.read.harm.headcount import COUNTABLE, counts_things, figure_of, is_of, token_at
from crossbearing.read.harm.words import DEAD, HARM, HURT, INJURED, KILLED
from crossbearing.read.lexicon import grammar

_FURTHER = frozenset(("another", "further", "additional"))
_WITH_HIM = (["with", "him"], ["with", "her"], ["alongside", "him"], ["alongside", "her"], ["beside", "him"], ["beside", "her"])


def is_more(sentence: Chunked, figure: Mention, i: int) -> bool:
    """Whether a figure is told on top of another: "another five", "two more people", "two also died", "two died with him"."""
    at = token_at(sentence, figure.span)
    end = next((k for k, t in enumerate(sentence.tokens) if t.start >= figure.span.end), len(sentence.tokens))
    if any(t.low == "also" for t in sentence.tokens[max(0, i - 2) : i]):
        return True
    lows = [t.low for t in sentence.tokens[max(0, at - 2) : end]]
    if any(a == "a" and b in ORDINALS for a, b in pairwise(lows)):
        return True  # "and a third died", "a fourth policeman died"
    if at < i and [t.low for t in sentence.tokens[i + 1 : i + 3]] in _WITH_HIM:
        return True
    around = {t.low for t in sentence.tokens[max(0, at - 1) : end + 1]}
    return bool(around & _FURTHER) or "more" in {t.low for t in sentence.tokens[end - 1 : end + 1]}


def later_count(sentence: Chunked, figure: Mention) -> Mention | None:
    """ "24 bodies by the evening and 31 on Sunday": the count of the later day."""
    first = next((n for n, c in enumerate(sentence.chunks) if is_of(c, figure)), None)
    if first is None:
        return None
    for a, b, c in zip(sentence.chunks[first + 1 :], sentence.chunks[first + 2 :], sentence.chunks[first + 3 :], strict=False):
        dated = a.kind == c.kind == "time" and b.kind == "number" and c.first <= b.last + 1
        if dated and sentence.tokens[b.first - 1].low in ("and", ",") and b.number:
            return Mention(b.number.span, MentionKind.FIGURE)
    return None


def fatal_for(sentence: Chunked, i: int) -> Mention | None:
    """ "Four people were shot, one of them fatally": how many of those hurt died of it."""
    if sentence.tokens[i].low not in ("fatally", "mortally"):
        return None
    k = i - 2 if [t.low for t in sentence.tokens[max(0, i - 2) : i]] in (["of", "them"], ["of", "whom"]) else i
    number = next((c.number for c in sentence.chunks if c.last == k and c.number), None)
    return Mention(number.span, MentionKind.FIGURE) if number else None


_SUPERSEDED = re.compile(
    r"\b(?:(?:up|down) from|(?:earlier|previous|initial|first) (?:\w+ )?(?:toll|count|figure|report)s? (?:of|was)|"
    r"(?:earlier|previously|initially|first) put (?:the|its|their) (?:death )?(?:toll|number) at) $|"
    r"\b(?:deadliest|worst|bloodiest|largest|biggest|first|second)\b[^.;]* since (?:an?|the)\b"
    r"[^,.;]*(?:, (?:in |during )?(?:which|that|when)\b[^,.;]*)? $|"
    r"\b(?:revenge|retaliation|response|reprisal|reply|avenge|avenging)\b[^,;:]{0,55}$"
)


def superseded(sentence: Chunked, figure: Mention) -> bool:
    """Whether a figure is told as the one that held before ("21, up from 14"), or of what was avenged."""
    before = " ".join(t.low for t in sentence.tokens if figure.span.start - 160 < t.start < figure.span.start) + " "
    return bool(_SUPERSEDED.search(before))


def toll_told(sentence: Chunked) -> list[tuple[str, Mention, int]]:
    """ "The death toll has risen to 35", "put the number of wounded at 34", "the number of people killed rose to 12": what is
    counted, the figure, and the token of the word that says what."""
    lows = [t.low for t in sentence.tokens]
    for k in (k for k, low in enumerate(lows) if low in _TOLLED):
        put = not _PUT.isdisjoint(lows[:k])
        said = tolled(sentence, k, put)
        if said is None or {"earlier", "previous", "previously", "initially"} & set(lows[max(0, k - 4) : k + 4]):
            continue
        toll, counted = lows[k] in _SUMS, "injured" if lows[said] in INJURED else "killed"
        if put and (at := next((c for c in sentence.chunks if _put_at(lows, c) and c.last <= k), None)):
            return [(counted, figure_of(at)[0], said)]  # "put at 79 the number of people killed"
        for c in sentence.chunks:
            if toll and c.number and lows[k + 1 : k + 2] == ["of"] and c.first == k + 2:
                return [(counted, Mention(c.number.span, MentionKind.FIGURE), said)]
            before = {*lows[max(k, c.first - 3) : c.first], *lows[c.first : c.last]}  # "from 14 to 21" may be one stretch
            if (
                c.number is None
                or c.first <= k
                or counts_things(sentence, c)
                or (lows[k] == "losses" and c.kind not in ("people", "group"))
                or not {"to", "at", "reached", "is", "was", "now"} & before
            ):
                continue
            if put or _ROSE.intersection(lows[k + 1 : c.first]):
                later = next((x for x in sentence.chunks if x.number and lows[x.first - 2 : x.first] == ["risen", "to"]), c)
                return [(counted, Mention(_risen(sentence, later), MentionKind.FIGURE), said)]
    return []


def _put_at(lows: list[str], chunk: Chunk) -> bool:
    """Whether a number is what a toll behind it is put at."""
    before = lows[max(0, chunk.first - 2) : chunk.first]
    return chunk.number is not None and before[-1:] in (["at"], ["to"]) and not _PUT.isdisjoint(before)


def tolled_people(sentence: Chunked, figure: Mention, said: int) -> Mention | None:
    """ "The number of civilians killed", "the toll rose to 8 civilians": the people right before the word that says what befell
    them, or of the number."""
    peoples = [c for c in sentence.chunks if c.kind in ("people", "group") and c.head not in HARM]
    people = next((c for c in peoples if c.last == said or is_of(c, figure)), None)
    return Mention(people.span, MentionKind.PEOPLE) if people else None


_SUMS = frozenset(("toll", "total", "losses"))
_TOLLED = _SUMS | DEAD | HURT | {"number"}


def tolled(sentence: Chunked, k: int, put: bool) -> int | None:
    """The word that says what a toll at a token counts: "toll" itself, "the dead", "the number of people killed"; None where
    there is none. `put`: whether somebody puts it at a number."""
    lows = [t.low for t in sentence.tokens]
    if lows[k] in _SUMS:
        return k if (lows[k] in ("toll", "losses") or put) and lows[k - 1 : k] != ["injury"] else None
    if lows[k] in DEAD | HURT:
        return k if put and lows[k - 1 : k] == ["the"] else None
    if lows[k] != "number" or lows[k - 1 : k] == ["a"]:  # "a number of people killed" is some people
        return None
    if put and lows[k + 1 : k + 2] == ["at"]:  # "the Red Cross puts the number at 15"
        return next((at for at in range(k - 1, -1, -1) if lows[at] in KILLED | INJURED), None)
    for at in range(k + 1, min(k + 7, len(lows))):
        if lows[at] in KILLED | INJURED:
            return at
        of_people = sentence.at[at] >= 0 and sentence.chunks[sentence.at[at]].kind in (*COUNTABLE, "adjective", "state")
        if lows[at] not in _OF_PEOPLE and not of_people:
            return None
    return None


_OF_PEOPLE = frozenset(("of", "the", "those", "who", "were", "have", "had", "been", "confirmed", "known", "reported"))
_PUT = grammar("casualties.put")
_ROSE = frozenset(
    ("rose", "risen", "rises", "rising", "climbed", "climbs", "stands", "stood", "reached", "is", "was", "increased", "revised",
     "lowered", "raised", "fell", "dropped", "jumped", "grew", "soared", "updated", "now", "amounted", "totalled", "came")
)  # fmt: skip


def _risen(sentence: Chunked, chunk: Chunk) -> Span:
    """The number itself; of "rose from 14 to 21", which reads as a range, the second."""
    span = chunk.number.span if chunk.number else chunk.span
    last = next((k for k in range(chunk.first, chunk.last) if sentence.tokens[k].low == "to"), None)
    if last is None or not chunk.first or sentence.tokens[chunk.first - 1].low != "from":
        return span
    return Span(sentence.tokens[last + 1].start, span.end)
