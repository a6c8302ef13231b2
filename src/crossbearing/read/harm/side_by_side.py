"""People counted side by side, whom one word of harm befell together: one figure over all of them.

"Eight militants and two soldiers were killed", "killing a man and his wife", "was killed together with two guards".
"""

from __future__ import annotations

import re
from itertools import pairwise

from crossbearing.model.mention import Mention, MentionKind
from crossbearing.model.text import Span
from crossbearing.read.beside import OUT, is_headline
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.harm.headcount import (
    ARTICLES,
    COUNTABLE,
    GENERIC,
    PLACING,
    counts_things,
    figure_of,
    is_age,
    is_full,
    is_single,
    is_whose,
    noun_phrase,
    opens_at,
    said_up_to,
)
from crossbearing.read.harm.words import HARM
from crossbearing.read.lexicon import lexicon

_AND = frozenset(("and", ",", "along", "with", "together", "as", "well"))


def summed(sentence: Chunked, chunk: Chunk, i: int) -> tuple[Mention, Mention | None] | None:
    """ "Eight militants and two soldiers were killed", "killing a man and his wife": one figure over all side by side."""
    run, at = [chunk], sentence.chunks.index(chunk)
    if chunk.first > i:
        for other in sentence.chunks[at + 1 :]:
            if is_age(sentence, other) or other.kind == "time" or other.first < said_up_to(sentence, run[-1]):
                continue
            if other.kind == "site" and any(c.first == other.last and is_single(sentence, c) for c in sentence.chunks):
                continue  # "an ambulance driver"
            if not _beside(sentence, run[-1], other) or has_harm(sentence, other):
                break
            run.append(other)
    else:
        for other in reversed(sentence.chunks[:at]):
            if is_age(sentence, other) or is_whose(sentence, other) or opens_at(sentence, run[0]) <= other.first:
                continue  # "their cook and her 15-year-old daughter"
            opens = opens_at(sentence, other)
            harmed = any(t.low in HARM for t in sentence.tokens[max(0, opens - 2) : opens])
            if not _beside(sentence, other, run[0]) or harmed or _of_a_whole(sentence, opens):
                break
            run.insert(0, other)
        run += _along(sentence, i)
    if _explains(sentence, run):
        return figure_of(run[0])
    joined = {t.low for a, b in pairwise(run) for t in sentence.tokens[a.last : opens_at(sentence, b)]}
    listed = "," in joined and is_headline(sentence)  # "2 rebels, 1 soldier killed"
    start = opens_at(sentence, run[0])
    one = noun_phrase(sentence, start - 2) if start > 2 and sentence.tokens[start - 1].low == "and" else None
    named = next((c for c in sentence.chunks if is_full(c) and c.last == start - 1), None)
    if start > 1 and [t.low for t in sentence.tokens[start - 2 : start]] in (["he", "and"], ["she", "and"]):
        start -= 2  # "he and two guards"
    elif named is not None and sentence.tokens[start - 1].low == "and" and not _is_object(sentence, named):
        start = named.first  # "X Y and three guards"
    elif one is not None and sentence.tokens[one - 1].low in ("a", "an") and sentence.tokens[one - 2].low not in PLACING:
        start = one - 1  # "a lieutenant and six men": one by a word that no table has
    elif len(run) == 1 or not (listed or joined & {"and", "along", "together", "well"}) or _is_whole(sentence, run):
        return None
    span = Span(sentence.tokens[start].start, run[-1].span.end)
    bare = sum(c.number is None and opens_at(sentence, c) == c.first for c in run) > (run[0].number is None)
    kind = MentionKind.PERSON if bare else MentionKind.FIGURE  # "five troops, civilian killed": as many as are told
    return Mention(span, kind), Mention(span, MentionKind.PEOPLE)


_BY_SEX = frozenset("men women children boys girls civilians soldiers villagers fighters".split())
"""Words by which people are listed beside others, and seldom told over again."""


def _explains(sentence: Chunked, run: list[Chunk]) -> bool:
    """ "Two crew members, a Briton and a Romanian": whether those behind the comma are whom the number before it counts."""
    first, *rest = run
    if not rest or first.number is None or sentence.tokens[first.last].text != "," or first.head in _BY_SEX:
        return False
    counts = [c.number.low if c.number else 1 for c in rest]
    return first.number.low == first.number.high == sum(n or 0 for n in counts)


def _of_a_whole(sentence: Chunked, opens: int) -> bool:
    """ "Including three children, and 110 others were wounded": the children are part of those told before."""
    return sentence.tokens[opens - 1].low in ("including", "them", "included") if opens else False


def _is_object(sentence: Chunked, named: Chunk) -> bool:
    """Whether a name hangs on a preposition or a verb: "shelling hit X Y and dozens were injured"."""
    before = sentence.tokens[named.first - 1].low if named.first else ""
    return before in OUT or (before in lexicon().verbs and before not in HARM)


def _beside(sentence: Chunked, a: Chunk, b: Chunk) -> bool:
    """Whether two countable stretches stand side by side with nothing but "and", a comma or an age between."""
    if any(c.kind not in COUNTABLE or c.head in HARM or not (c.number or is_single(sentence, c)) for c in (a, b)):
        return False
    if any(c.kind == "number" and (said_up_to(sentence, c) == c.last or counts_things(sentence, c)) for c in (a, b)):
        return False
    between = [t.low for t in sentence.tokens[said_up_to(sentence, a) : opens_at(sentence, b)] if not t.low.isdigit()]
    return bool(_AND.intersection(between)) and all(w in _AND or w in ARTICLES for w in between)


def has_harm(sentence: Chunked, chunk: Chunk) -> bool:
    """Whether a stretch has a word of harm of its own behind it: "killed two guards, and a driver was wounded"."""
    for token in sentence.tokens[chunk.last : chunk.last + 4]:
        if token.low in HARM:
            return True
        if token.low in ("and", "in", "at", "near", "from", "of") or not token.text[0].isalnum():
            return False
    return False


_BESIDE = re.compile(r"(?:(?:along|together) with|alongside|as well as|as (?:was|were|did)) (?:(?:at least|about|some) )?")


def with_them(sentence: Chunked, i: int, chunk: Chunk) -> tuple[Mention, Mention | None]:
    """Those told behind who is told before, all side by side: "with his wife and two daughters"."""
    return summed(sentence, chunk, i) or figure_of(chunk)


def companions(sentence: Chunked, i: int) -> Chunk | None:
    """ "Was killed together with two guards", "died with five of his men", "was shot dead, as was his driver": those told behind
    who is told before."""
    tokens = sentence.tokens
    for k in range(i + 1, min(len(tokens), i + 1 + _FAR)):
        said = _BESIDE.match(" ".join(t.low for t in tokens[k : k + 6]) + " ")
        opens = k + said.group().count(" ") if said else k + 1
        if said is None and (k > i + 1 or tokens[k].low != "with"):
            continue
        chunk = next((c for c in sentence.chunks if c.kind in COUNTABLE and opens_at(sentence, c) == opens), None)
        if chunk is None or has_harm(sentence, chunk) or counts_things(sentence, chunk):
            return None
        return chunk if chunk.number or is_single(sentence, chunk) else None
    return None


# So many words behind a word of harm those told beside may stand: "was shot dead in X on Monday, as were two of his men".
_FAR = 9


def _along(sentence: Chunked, i: int) -> list[Chunk]:
    """ "22 children were killed along with six teachers": who is counted behind the word."""
    lows = [t.low for t in sentence.tokens[i + 1 : i + 4]]
    behind = 3 if lows[:2] in (["along", "with"], ["together", "with"]) else 4 if lows == ["as", "well", "as"] else 0
    if not behind:
        return []
    return [
        c for c in sentence.chunks
        if opens_at(sentence, c) == i + behind and c.kind in ("people", "group") and (c.number or is_single(sentence, c))
    ]  # fmt: skip


def _is_whole(sentence: Chunked, run: list[Chunk]) -> bool:
    """Whether the first holds the others: "five people, two women and three children"."""
    first = run[0]
    opened = sentence.tokens[first.last].text == "," if first.last < len(sentence.tokens) else False
    if len(run) < 3 or not opened or first.number is None:
        return False
    return first.head in GENERIC
