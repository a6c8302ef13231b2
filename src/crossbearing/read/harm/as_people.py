"""Who is counted among the hurt though the stretch is elsewhere no word for people: officials, and those called by their land.

"Two officials" speak in most sentences, and "an Indian" is in most the adjective of what follows; where they are numbered, or
stand right behind a word that kills or wounds, they are those whom it befell.
"""

from __future__ import annotations

from dataclasses import replace

from crossbearing.read.chunks import Chunk, Chunked, chunked
from crossbearing.read.harm.headcount import FUNCTION
from crossbearing.read.harm.words import HARM
from crossbearing.read.lexicon import lexicon
from crossbearing.words.known import adjectives

_MANY = (
    "mercenaries",
    "fighters",
    "soldiers",
    "troops",
    "militants",
    "rebels",
    "members",
    "men",
    "forces",
    "guards",
    "militiamen",
)
_ONE = frozenset(("a", "an", "another"))
_PEOPLES = frozenset(
    "briton spaniard dane swede finn turk kurd serb croat scot pole frenchman dutchman irishman englishman filipino".split()
)
"""One of a land by a word that is no adjective."""
_GOES_ON = FUNCTION | HARM
"""Words behind one who is called by a land, where no noun follows that is the land's."""
_OF_A_LAND = {False: "citizen", True: "citizens"}
"""The word that stands for one, and for several, who are called by their land."""


def with_people(sentence: Chunked) -> Chunked:
    """The sentence with its officials and those called by their land as people, where it counts them."""
    if not any(c.kind in ("voice", "adjective", "name", "actor") for c in sentence.chunks):
        return sentence
    made: list[Chunk] = []
    for chunk in sentence.chunks:
        number = made[-1] if made and made[-1].kind == "number" and made[-1].last == chunk.first else None
        if chunk.kind == "voice" and _is_counted(sentence, chunk):
            chunk = replace(chunk, kind="people")
        elif chunk.kind == "actor" and number is not None and sentence.tokens[chunk.last - 1].low.endswith(_MANY):
            chunk = replace(chunk, kind="group", head=sentence.tokens[chunk.last - 1].low, number=number.number)
            made = made[:-1]
        elif chunk.kind in ("adjective", "name") and (head := _of_a_land(sentence, chunk, number)):
            chunk = replace(chunk, kind="people", head=head, number=number.number if number else None)
            made = made[:-1] if number else made
        made.append(chunk)
    return chunked(sentence.span, sentence.tokens, tuple(made)) if tuple(made) != sentence.chunks else sentence


def _is_counted(sentence: Chunked, chunk: Chunk) -> bool:
    """Whether a word for who speaks is for who was hurt: "killed two officials", "killed a chief"; not "two officials said"."""
    behind = [t.low for t in sentence.tokens[chunk.last : chunk.last + 2]]
    if not lexicon().speech.keys().isdisjoint(behind):
        return False
    first = chunk.first - (chunk.number is not None) - 1
    before = [t.low for t in sentence.tokens[max(0, first - 1) : first + 1]]
    # "Killing a leader kills a movement" tells of nobody.
    done = len(before) == 2 and before[0] in HARM and not before[0].endswith("ing") and before[1] in ("a", "an")
    return chunk.number is not None or done


def _of_a_land(sentence: Chunked, chunk: Chunk, number: Chunk | None) -> str:
    """What stands for those called by their land: "a Pakistani was killed", "two Indians"; empty where a noun follows."""
    if chunk.last - chunk.first != 1:
        return ""
    low, behind = sentence.tokens[chunk.first].low, sentence.tokens[chunk.last : chunk.last + 1]
    if behind and behind[0].text[0].isalnum() and behind[0].low not in _GOES_ON:
        return ""
    many = low.endswith("s") and (low[:-1] in _PEOPLES or bool(adjectives().get(low[:-1])))
    if number is not None and number.number is not None:
        return _OF_A_LAND[True] if many else ""
    one = chunk.first > 0 and sentence.tokens[chunk.first - 1].low in _ONE
    return _OF_A_LAND[False] if one and (low in _PEOPLES or adjectives().get(low)) else ""
