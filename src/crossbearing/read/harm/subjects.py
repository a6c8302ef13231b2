"""Whom a word of harm is told of where words say more of them between, or where a note leaves out what joins them.

"Three women from the village of X, west of Y, were killed", "3 officers of the Rapid Unit killed, 4 wounded", "policeman shot
dead outside a bar", "trader, 33, dead".
"""

from __future__ import annotations

from crossbearing.model.mention import Mention
from crossbearing.read.beside import OUT
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.harm.befallen import one_person, verb_at
from crossbearing.read.harm.headcount import (
    ARTICLES,
    COUNTABLE,
    FUNCTION,
    counts_things,
    figure_of,
    is_doer,
    is_one_of_people,
    is_single,
    of_one,
    opens_at,
)
from crossbearing.read.harm.words import HARM, to_death
from crossbearing.read.lexicon import grammar, lexicon

# So far before its verb a subject may stand; so many words may stand before one for a person.
_REACH, _WORDS = 24, 4
_BORNE = frozenset("dead died hurt slain gunned deceased death".split())
_STOPS = frozenset(":;.•*–—-")
_OPENS = _STOPS | frozenset((",", "and", "but", "while", "when", "after", "as", "that", "where", "left", "leaving", "with"))
# Behind a word of harm these are no one whom somebody harms.
_BEHIND = grammar("triggers.no_object") | frozenset("and or of to down along alongside together including inside".split())
_PLACING = OUT | {"aboard", "at", "on", "in", "of", "from", "with", "near", "south", "north", "east", "west"}
_CLAUSES = frozenset(
    "was were is are be been being has have had do does did will would could may might can who whose which that said says what "
    "it he she they we i not when after before while because if but".split()
)


def told_of(sentence: Chunked, i: int) -> tuple[Mention, Mention | None] | None:
    """The number of people, or the one person, that a word of harm is told of from further off."""
    tokens = sentence.tokens
    i -= tokens[i].low == "down"  # "gunned down"
    if not _is_borne(sentence, i):
        return None
    verb = verb_at(sentence, i - 2 if to_death(sentence, i) else i)
    for c in reversed(sentence.chunks):
        if c.last > verb or c.kind not in COUNTABLE:
            continue
        opens = opens_at(sentence, c)
        if verb - opens > _REACH or any(t.text in ";:" for t in tokens[opens:verb]):
            break
        counted = c.number is not None and not of_one(sentence, c) and not counts_things(sentence, c)
        if (counted or is_single(sentence, c)) and _begins(sentence, opens) and _says_more(sentence, c.last, verb):
            return figure_of(c)
    return _noted(sentence, verb, i)


def _is_borne(sentence: Chunked, i: int) -> bool:
    """Whether a word of harm says what befell those before it, and not whom they harmed."""
    low = sentence.tokens[i].low
    if low not in _BORNE and not low.endswith("ed"):
        return False
    k = i + 1 + (low == "gunned")
    if low == "died" or k >= len(sentence.tokens):
        return True
    token = sentence.tokens[k]
    dated = sentence.at[k] >= 0 and sentence.chunks[sentence.at[k]].kind == "time"
    return dated or not token.text[0].isalnum() or token.low in _BEHIND or token.low.endswith("ly")


def _begins(sentence: Chunked, k: int) -> bool:
    """Whether a clause can begin at a token: behind a stop, a joining word, a time or a place."""
    if k == 0 or sentence.tokens[k - 1].low in _OPENS or not sentence.tokens[k - 1].text[0].isalnum():
        return True
    beside = sentence.chunks[sentence.at[k - 1]].kind if sentence.at[k - 1] >= 0 else ""
    return beside in ("time", "name", "state", "actor") or sentence.tokens[k - 1].low in lexicon().nouns


def _says_more(sentence: Chunked, first: int, verb: int) -> bool:
    """Whether all words up to the verb say more of those before them: where they are from, what they belong to, how old."""
    tokens, k, hangs = sentence.tokens, first, False
    while k < verb:
        token = tokens[k]
        chunk = sentence.over(k)
        if token.low in _PLACING or token.text in ",()":
            hangs = True
        elif chunk is not None and chunk.kind == "time":
            k = chunk.last - 1
        elif token.low in _CLAUSES | HARM or (token.low in ("and", "or") and not tokens[k + 1].text[0].isupper()):
            return False
        elif chunk is not None and chunk.kind == "name" and k == first:
            k = chunk.last - 1
        elif not hangs or (_acts(sentence, k) if chunk is None else _is_another(sentence, chunk)):
            return False
        k += 1
    return True


def _is_another(sentence: Chunked, chunk: Chunk) -> bool:
    """ "The father of a pupil killed at the school", "two men in X, three in Y": others, who may be those told of."""
    if chunk.number is None:
        return is_one_of_people(chunk)
    return not of_one(sentence, chunk) and sentence.tokens[chunk.first - 1].low not in _PLACING


def _acts(sentence: Chunked, k: int) -> bool:
    """Whether a word can be a verb of its own: "two men in a car fired at X and were killed"."""
    low = sentence.tokens[k].low
    described = sentence.tokens[k - 1].low in ARTICLES
    return not described and (low.endswith("ed") or low in lexicon().verbs or low in lexicon().speech)


def _noted(sentence: Chunked, verb: int, i: int) -> tuple[Mention, Mention] | None:
    """ "Driver's mate dead", "teacher gunned down", "taxi driver, 45, killed": one person without an article, at the front."""
    aged = sentence.over(verb)
    opens = opens_at(sentence, aged) if aged is not None and aged.number is not None else verb  # "boy of nine wounded"
    tokens, last = sentence.tokens, opens - 1
    if last < 0:
        return None
    while last > 0 and (tokens[last].text in ",()" or _is_age(sentence, last)):
        last -= 1
    first = last
    while first > 0 and last - first < _WORDS and tokens[first - 1].low not in _OPENS:
        first -= 1
    words = [t.low for t in tokens[first : last + 1]]
    opened = not first or tokens[first - 1].low in _OPENS
    plain = all(w.replace("-", "").isalpha() or w in ("'s", "’s") for w in words)
    if not opened or not plain or not _is_person(sentence, last) or not (FUNCTION | HARM).isdisjoint(words):
        return None
    return one_person(sentence, (verb, i), (first, last))


def _is_age(sentence: Chunked, k: int) -> bool:
    """Whether a token is of how old somebody is: "45", "aged 61", "of nine"."""
    chunk = sentence.over(k)
    if chunk is None:
        return sentence.tokens[k].low in ("of", "aged")
    if chunk.kind == "time":
        return sentence.tokens[chunk.first].low == "aged"
    return chunk.kind == "number" and of_one(sentence, chunk)


def _is_person(sentence: Chunked, last: int) -> bool:
    """Whether a word stands for one person: one of the tables, or one that ends as words for those who do something."""
    chunk = sentence.over(last)
    if chunk is not None:
        return chunk.last == last + 1 and chunk.number is None and (chunk.kind == "voice" or is_one_of_people(chunk))
    return is_doer(sentence.tokens[last].low)
