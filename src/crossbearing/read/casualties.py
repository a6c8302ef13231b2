"""Figures of people hurt, and whether they are of one happening or of a whole war.

A figure is a number beside people and a word for what befell them, in any order: "killing five", "five were wounded",
"no casualties", "nobody was injured". It is cumulative where the words count over a period, a war or many attacks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crossbearing.model.mention import Mention, MentionKind
from crossbearing.model.text import Span
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.lexicon import grammar, lexicon

_KILLED = grammar("casualties.killed")
_INJURED = grammar("casualties.injured")
_BOTH = frozenset(["casualties", "casualty", "victims", "harm", "losses"])
_NO_ONE = re.compile(
    r"\b(?:no (?:loss of life|injuries|deaths|fatalities)|nobody|no one|no[- ]?one|none|without (?:reported |"
    r"any |causing )?(?:human )?(?:casualties|injuries|victims|losses)|no (?:reported |human |"
    r"immediate reports of )?(?:casualties|victims|losses))\b",
    re.I,
)
_UNKNOWN = re.compile(
    r"(?:not (?:yet )?(?:known|clear|reported|disclose\w*|say\w*|speak)|unclear|unknown|"
    r"nothing is (?:yet )?known|no (?:immediate )?(?:word|information|reports?|details)|without saying|"
    r"not immediately|"
    r"not reported at once|whether|waiting|await\w*|were not reported|are not reported|is not reported|"
    r"if there were|does not speak|did not say|"
    r"no casualties (?:were|have been|are) (?:yet )?(?:known|immediately|so far))",
    re.I,
)
_TOTAL = re.compile(
    r"\b(?:since|so far this|in total|a total of|overall|to date|during the war|in the war|the war (?:on|in|"
    r"has)|months of|years of|over the past|in the past|in recent (?:weeks|months|years)|"
    r"this year|last year|offensive|onslaught|genocid\w*|campaign|times or more|\d+ times|dozens of times|"
    r"war began|conflict began|death toll from the (?:war|conflict)|by .{0,30}\b(?:tally|count)|"
    r"health ministry in gaza|"
    r"daily toll|monthly|annual|cumulative|over \d+ (?:days|weeks|months)|more than \d+ (?:days|weeks|months))\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Casualty:
    """People hurt, as one sentence counts them."""

    counted: str
    figure: Mention
    people: Mention | None
    cumulative: bool


def casualties(text: str, sentence: Chunked) -> list[Casualty]:
    """The figures of people hurt in one sentence."""
    words = sentence.span.of(text)
    lows = {t.low for t in sentence.tokens}
    if not (lows & _KILLED or lows & _INJURED or lows & _BOTH or "life" in lows):
        return []
    if none := _none(words, sentence):
        return none
    total = bool(_TOTAL.search(words)) and not re.search(r"\b(?:deadliest|worst|first|largest|biggest)\b.{0,60}\bsince\b", words)
    hurt: list[Casualty] = [Casualty(*toll, None, total or _large(sentence, toll[1])) for toll in _toll(sentence)]
    for i, token in enumerate(sentence.tokens):
        counted = "killed" if token.low in _KILLED else "injured" if token.low in _INJURED else ""
        if not counted or _not_asserted(sentence, i):
            continue
        counted_by = _counted(sentence, i)
        if counted_by is None or _none_of_some(words, sentence, counted_by[0]):
            continue
        figure, people = counted_by
        hurt.append(Casualty(counted, figure, people, total or _large(sentence, figure)))
    return _once(hurt)


def _none(words: str, sentence: Chunked) -> list[Casualty]:
    """ "No casualties" is a figure of nought; "no word of casualties" is no figure."""
    match = _NO_ONE.search(words)
    if match is None or _OF_SOME.match(words, match.end()):
        return []
    if _UNKNOWN.search(words) and not re.search(
        r"no (?:casualties|injuries|deaths)|nobody (?:was|is|were)|without (?:any |reported )?casualties", words, re.I
    ):
        return []
    figure = Mention(Span(sentence.span.start + match.start(), sentence.span.start + match.end()), MentionKind.FIGURE)
    said = words[match.start() : match.start() + 40].lower()
    tail = words[match.end() : match.end() + 40].lower()
    # Nobody hurt is nobody killed; nobody killed may leave people hurt.
    hurt = "injur" in said or "hurt" in tail or "wound" in tail
    only_dead = not hurt and re.search(r"kill|dea|died|fatal|life", said)
    return [Casualty(counted, figure, None, False) for counted in (("killed",) if only_dead else ("killed", "injured"))]


def _not_asserted(sentence: Chunked, i: int) -> bool:
    window = {t.low for t in sentence.tokens[max(0, i - 4) : i]}
    return bool(window & {"would", "could", "might", "may", "will", "threatened", "vowed", "if"}) or (
        i > 0 and sentence.tokens[i - 1].low == "to"
    )


def _counted(sentence: Chunked, i: int) -> tuple[Mention, Mention | None] | None:
    """The number, or the people without one, that a word of harm counts: behind it where it acts, else before it."""
    inside = sentence.at[i]
    if inside >= 0 and sentence.chunks[inside].kind == "people" and sentence.chunks[inside].number:
        return _figure(sentence.chunks[inside])
    low = sentence.tokens[i].low
    acts = low in ("killing", "kill", "kills", "injuring", "injure", "injures", "wounding", "hurting", "wounds", "left", "hurts")
    passive = not acts and any(
        t.low in ("was", "were", "been", "being", "are", "is", "died", "dead") for t in sentence.tokens[max(0, i - 3) : i + 1]
    )
    if not passive and not acts and _has_object(sentence, i):
        return None  # "two men killed Judge X": the name is hurt
    before = _before_parts(sentence, i) or [
        c
        for c in sentence.chunks
        if c.last <= i and i - c.last <= 7 and c.kind in ("number", "people", "group") and _near(sentence, c.last, i)
    ]
    behind = [
        c
        for c in sentence.chunks
        if c.first > i
        and c.first - i <= 4
        and c.kind in ("number", "people", "group")
        and not any(t.text in ".;," for t in sentence.tokens[i + 1 : c.first])
    ]
    order = behind[:1] if acts or not (passive or before) else before[::-1][:2] + behind[:1]
    if (
        not passive
        and not acts
        and behind
        and behind[0].number
        and behind[0].first - i <= 4
        and low not in ("dead", "died", "die", "dies")
    ):
        order = [behind[0], *(c for c in order if c is not behind[0])]  # "two attackers killed 32": the object is counted
    for chunk in order:
        if chunk.number is not None and (whole := _summed(sentence, chunk, i)):
            return whole
        if (
            chunk.number is not None
            or _single(sentence, chunk)
            or (chunk.kind == "people" and chunk.head.endswith(("s", "people", "men", "women", "children")))
        ):
            return _figure(chunk)
    return None


def _has_object(sentence: Chunked, i: int) -> bool:
    """Whether a person by name or office stands right behind a word of harm."""
    k = i + 1
    while k < len(sentence.tokens) and sentence.tokens[k].low in ("the", "former", "a", "an"):
        k += 1
    if k >= len(sentence.tokens) or sentence.at[k] < 0:
        return False
    chunk = sentence.chunks[sentence.at[k]]
    behind = next((c for c in sentence.chunks if c.first == chunk.last), None)
    title = chunk.kind == "people" and chunk.number is None
    return chunk.kind == "name" or (title and behind is not None and behind.kind == "name")


_OF_SOME = re.compile(r"\s+of (?:its|their|his|her|the|them|those)\b", re.I)


def _none_of_some(words: str, sentence: Chunked, figure: Mention) -> bool:
    """ "None of its fighters": nought of some, and no word of the others."""
    at = figure.span.start - sentence.span.start
    return words[at : at + 4].lower() == "none" and _OF_SOME.match(words, at + 4) is not None


def _toll(sentence: Chunked) -> list[tuple[str, Mention]]:
    """ "The death toll of the strike has risen to 35", "put the number of wounded at 34"."""
    lows = [t.low for t in sentence.tokens]
    put = [k for k, low in enumerate(lows) if low in ("put", "puts")]
    for k, low in enumerate(lows):
        number_of = low == "number" and lows[k + 1 : k + 2] == ["of"]
        of = "killed" if low == "toll" else "".join(lows[k + 2 : k + 3]) if number_of else ""
        counted = "killed" if of in _KILLED else "injured" if of in _INJURED else ""
        if not counted:
            continue
        for c in sentence.chunks:
            before = lows[max(k, c.first - 3) : c.first + 1]
            if c.number is None or c.first <= k or not {"to", "at", "reached", "is", "was"} & set(before):
                continue
            if (put and put[0] < k) or _ROSE.intersection(lows[k + 1 : c.first]):
                return [(counted, Mention(c.number.span, MentionKind.FIGURE))]
    return []


_ROSE = frozenset(
    ("rose", "risen", "rises", "rising", "climbed", "climbs", "stands", "stood", "reached", "is", "was", "increased")
)


def _before_parts(sentence: Chunked, i: int) -> list[Chunk]:
    """ "Nine people, including six children, died": the people that the parts between the commas belong to."""
    commas = [k for k in range(max(0, i - 24), i) if sentence.tokens[k].text == ","]
    opening = next((k for k in commas if k + 1 < i and sentence.tokens[k + 1].low in ("including", "among", "mostly")), None)
    if opening is None or commas[-1] == opening or i - commas[-1] > 4:
        return []
    return [c for c in sentence.chunks if c.last == opening and c.kind in ("number", "people", "group")]


def _summed(sentence: Chunked, last: Chunk, i: int) -> tuple[Mention, Mention | None] | None:
    """ "Eight militants and two soldiers were killed": one figure over both, where they stand side by side before their word."""
    first = last
    at = sentence.chunks.index(last)
    for other in reversed(sentence.chunks[:at]):
        start = first.number.span.start if first.number else first.span.start
        between = [t.low for t in sentence.tokens[other.last : first.first] if t.start < start]
        if (
            last.last > i
            or other.number is None
            or other.kind == "time"
            or not between
            or any(w not in ("and", ",", "a", "an") for w in between)
        ):
            break
        first = other
    if first is last:
        return None
    start = min(first.number.span.start if first.number else first.span.start, first.span.start)
    span = Span(start, last.span.end)
    return Mention(span, MentionKind.FIGURE), Mention(span, MentionKind.PEOPLE)


_ONE = grammar("casualties.one")
_MORE_THAN_ONE = (
    "s",
    "people",
    "men",
    "women",
    "children",
    "police",
    "family",
    "crew",
    "staff",
    "dead",
    "wounded",
    "injured",
    "personnel",
)


def _single(sentence: Chunked, chunk: Chunk) -> bool:
    """ "The driver", "a soldier": one person without a number."""
    before = sentence.tokens[chunk.first - 1].low if chunk.first else ""
    one = chunk.head in lexicon().civil or chunk.head in _ONE
    return one and before in ("a", "an", "one", "the", "his", "her", "their", "its") and not chunk.head.endswith(_MORE_THAN_ONE)


def _near(sentence: Chunked, last: int, i: int) -> bool:
    """Whether nothing but auxiliaries, adverbs and "others" parts a number from its word of harm."""
    between = sentence.tokens[last:i]
    return (
        not any(t.text in ".;:" for t in between)
        and not any(t.low in ("and", "but", "while", "that", "who") and k == 0 for k, t in enumerate(between))
        and sum(t.text == "," for t in between) in (0, 2)
    )


def _figure(chunk: Chunk) -> tuple[Mention, Mention | None]:
    people = Mention(chunk.span, MentionKind.PEOPLE) if chunk.kind != "number" else None
    span = chunk.number.span if chunk.number else chunk.span
    return Mention(span, MentionKind.FIGURE), people


def _large(sentence: Chunked, figure: Mention) -> bool:
    """A toll in five digits is a war's, not a raid's: no single happening of the UCDP's record since 1989 but a few passes it."""
    number = next((c.number for c in sentence.chunks if c.number and c.number.span == figure.span), None)
    return bool(number and (number.low or number.high or 0) >= 10_000)


def _once(hurt: list[Casualty]) -> list[Casualty]:
    seen: set[tuple[str, Span]] = set()
    kept: list[Casualty] = []
    for casualty in hurt:
        key = (casualty.counted, casualty.figure.span)
        if key not in seen:
            seen.add(key)
            kept.append(casualty)
    return kept
