"""People told side by side where one of them is no word of the tables: "Ali Omar, a guard, his wife and two neighbours".

A member is a name with what stands before it, a word for one person behind an article, or a number of people; between members
stand commas, "and" and ages. Whether an apposition says more of a member or is another is told by `words/listed.py`.
"""

from __future__ import annotations

from crossbearing.model.text import Span
from crossbearing.read.beside import OUT
from crossbearing.read.chunks import Chunked
from crossbearing.read.harm.words import LIVES, SLAYINGS
from crossbearing.read.lexicon import grammar
from crossbearing.words import listed

_ARTICLES = frozenset(("a", "an", "the", "his", "her", "their", "its", "another"))
_THEIRS = frozenset(("his", "her", "their", "its", "the"))
_PEOPLE = ("people", "group", "voice")
_FUNCTION = grammar("chunks.function") - {"deputy", "major", "people"}
_NO_ONE = grammar("casualties.not_one") | grammar("casualties.not_people") | _FUNCTION
_HARM = grammar("casualties.killed") | grammar("casualties.injured")
# So many words may stand between an article and the word for one person.
_BETWEEN = 3
# So far behind a word of harm the list of those whom it befell may end.
_REACH = 45
_VERBS = frozenset(("was", "were", "is", "are", "has", "have", "had", "gets", "get", "who", "whose", "'s", "’s"))


def before(sentence: Chunked, last: int) -> tuple[int, int] | None:
    """The first and last token of the people told side by side up to a token; None where fewer than two stand there."""
    tokens = sentence.tokens
    closed = last > 0 and tokens[last].text == ","
    if closed and (both := next((n for n in range(last - 1, max(0, last - _BETWEEN - 2), -1) if tokens[n].low == "both"), None)):
        last = both - 1  # "Ada Kone and Eva Diallo, both nurses, were killed"
    k = last - 1 if closed else last
    first, members, joined = None, 0, False
    while k >= 0:
        k = _before_age(sentence, k)
        start = _member(sentence, k)
        slain = start is not None and start > 1 and tokens[start - 1].low == "of" and tokens[start - 2].low in SLAYINGS | LIVES
        if start is None or (start and tokens[start - 1].low in OUT and not slain):
            break
        first, members = start, members + 1
        link = tokens[start - 1].low if start else ""
        if link not in ("and", ","):
            break
        joined = joined or link == "and"
        k = start - 2
        if link == "and" and k > 0 and tokens[k].text == ",":
            k -= 1
    if first is None or members < 2 or not joined or _of_a_whole(sentence, first):
        return None
    opened = next((c for c in sentence.chunks if c.number and first <= c.first <= first + _BETWEEN), None)
    if closed and opened is not None and tokens[opened.last].text == ",":
        return None  # "two brothers, Ali and Omar Saleh, were killed": the whole is told first
    words = " ".join(t.text for t in tokens[first : last + 1])
    return (first, last - (tokens[last].text == ",")) if len(listed.members(words)) > 1 else None


def behind(sentence: Chunked, first: int) -> tuple[int, int] | None:
    """The people told side by side from a token on, as far as they go."""
    tokens = sentence.tokens
    for end in range(min(len(tokens), first + _REACH) - 1, first + 1, -1):
        follows = tokens[end + 1] if end + 1 < len(tokens) else None
        if follows is not None and (follows.low in _VERBS or follows.cap or (follows.text.isalpha() and _noun(follows.low))):
            continue
        if (run := before(sentence, end)) and run[0] == first and tokens[end].text != ",":
            return run
    return None


def _of_a_whole(sentence: Chunked, first: int) -> bool:
    """ "Seven people, among them the village head and four guards": parts of those told before."""
    before = [t.low for t in sentence.tokens[max(0, first - 2) : first]]
    return before[-1:] in (["including"], ["included"]) or before in (["among", "them"], ["among", "whom"])


def is_named(sentence: Chunked, run: tuple[int, int]) -> bool:
    """Whether one of them is told by name."""
    return any(c.kind == "name" for c in sentence.chunks if run[0] <= c.first <= run[1])


def span(sentence: Chunked, run: tuple[int, int]) -> Span:
    return Span(sentence.tokens[run[0]].start, sentence.tokens[run[1]].end)


def _noun(low: str) -> bool:
    """Whether a word can go on with a name or a noun phrase: no word of the grammar."""
    return low not in _FUNCTION


def _before_age(sentence: Chunked, k: int) -> int:
    """The token before an age: ", 12" or "(12)"."""
    tokens = sentence.tokens
    if k > 1 and tokens[k].low.isdigit() and tokens[k - 1].text == ",":
        return k - 2
    if k > 2 and tokens[k].text == ")" and tokens[k - 1].low.isdigit() and tokens[k - 2].text == "(":
        return k - 3
    return k


def _member(sentence: Chunked, k: int) -> int | None:
    """Where the words for one member begin that end at a token."""
    at = sentence.at[k]
    chunk = sentence.chunks[at] if at >= 0 else None
    if chunk is not None and chunk.last - 1 != k:
        return None
    if chunk is not None and chunk.kind == "name":
        number = sentence.over(chunk.first - 1) if chunk.first else None
        if number is not None and number.kind == "number":
            return number.first  # "two Britons"
        return _titled(sentence, chunk.first)
    if chunk is not None and chunk.kind in _PEOPLE and chunk.number is not None:
        return next(n for n, t in enumerate(sentence.tokens) if t.end > chunk.number.span.start)
    if chunk is not None and chunk.kind not in _PEOPLE:
        return None
    return _phrase(sentence, k)


def _titled(sentence: Chunked, first: int) -> int:
    """Where the words before a name begin that say what its bearer is: "his cousin", "Corporal", "the village head"."""
    if (start := _phrase(sentence, first - 1)) is not None:
        return start
    beside = sentence.at[first - 1] if first else -1
    if beside < 0 and first > 1 and sentence.tokens[first - 2].text in (",", "and") and _noun(sentence.tokens[first - 1].low):
        return first - 1  # "conductor Ali Omar"
    if beside >= 0 and sentence.chunks[beside].kind in _PEOPLE and sentence.chunks[beside].number is None:
        return sentence.chunks[beside].first
    return first


def _phrase(sentence: Chunked, last: int) -> int | None:
    """Where "his co-pilot", "a retired judge" or "three of his guards" begins that ends at a token."""
    tokens = sentence.tokens
    if last < 1 or not tokens[last].low.replace("-", "").isalpha() or tokens[last].low in _NO_ONE | _HARM:
        return None
    for k in range(last - 1, max(-1, last - 2 - _BETWEEN), -1):
        low = tokens[k].low
        if low in _THEIRS and k > 1 and tokens[k - 1].low == "of" and sentence.at[k - 2] >= 0:
            number = sentence.chunks[sentence.at[k - 2]]
            return number.first if number.kind == "number" else None
        if low in _ARTICLES:
            return k
        inside = sentence.chunks[sentence.at[k]].kind if sentence.at[k] >= 0 else ""
        if low in ("'s", "’s"):
            continue
        if low in _VERBS:
            return None  # "the damage was extensive and several people were injured"
        if not low.replace("-", "").isalpha() or low in _HARM or inside not in ("", *_PEOPLE, "site", "adjective", "area"):
            return None
    return None
