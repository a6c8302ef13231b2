"""A figure of nought: "no casualties", "nobody was injured", "everyone is alive"; "no word of casualties" is none."""

from __future__ import annotations

import re

from crossbearing.model.mention import Mention, MentionKind
from crossbearing.model.text import Span
from crossbearing.read.chunks import Chunked
from crossbearing.read.harm.words import Casualty
from crossbearing.words.spared import is_spared, spared

_NO_ONE = re.compile(
    r"\b(?:no (?:loss of life|injuries|deaths|fatalities|harm(?= (?:or|nor|and) damage| was (?:done|caused)))|"
    r"(?:nobody|no[- ]?one|none)(?! else| (?:of (?:them|whom|these|those) )?(?:in a )?(?:\w+ly|grave|critical)\b)"
    r"(?=(?: (?!who|that|when|after|while|as|but|will|would|claimed|kn[eo]w)[\w’'-]+,?){0,7} "
    r"(?:killed|dead|died|hurt|harm(?:ed)?|injured|wounded|casualt\w+|hit|missing|trapped)\b)|"
    r"(?:(?<=killed )|(?<=killing )|(?<=injured )|(?<=injuring )|(?<=hurt )|(?<=hurting )|(?<=wounded )|(?<=wounding )|"
    r"(?<=harmed )|(?<=harming ))(?:nobody|no[- ]?one)(?! else)|"
    r"without (?:reported |any |causing )?(?:human (?:or material )?)?(?:casualties|injuries|victims|losses)|"
    r"no (?:reported |human (?:or material )?|"
    r"immediate reports of )?(?:casualties|victims|losses)|"
    r"no (?:\w+ )?(?:civilians|people|residents|soldiers|troops|personnel|staff|guests|passengers|patients|children)"
    r"(?= (?:was|were|are|have been|had been) (?:reported )?(?:killed|hurt|harmed|injured|wounded)))\b",
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
OF_A_KIND = re.compile(
    r"no (?:\w+ )?(?:civilians|residents|soldiers|troops|personnel|staff|guests|passengers|patients|children)\b", re.I
)
AMONG = re.compile(r" (?:among|amongst|in the ranks of|to|on) (?:the|our|its|their|his|any|[a-z]+ )", re.I)
"""What stands behind a nought that is of one side alone."""
_NOUGHT = re.compile(r"(?:no|none|nobody|without)\b", re.I)


def is_nobody(words: str) -> bool:
    """Whether the words of a figure say that it is nought: "no casualties", "nobody"."""
    return _NOUGHT.match(words) is not None or is_spared(words)


def all_well(words: str, sentence: Chunked) -> list[Casualty]:
    """ "Everyone is alive": nobody was killed; "the crew are safe": nor hurt."""
    match = spared(words)
    if match is None:
        return []
    figure = _figure(sentence, match)
    alive = match["how"].lower() in ("alive", "survived")
    return [Casualty(counted, figure, None, False) for counted in (("killed",) if alive else ("killed", "injured"))]


def _figure(sentence: Chunked, match: re.Match[str]) -> Mention:
    start = sentence.span.start
    return Mention(Span(start + match.start(), start + match.end()), MentionKind.FIGURE)


# "No loss of life or property": neither people nor things came to harm.
_NO_LOSS = re.compile(r"no loss of life,? (?:or|nor|and) (?:no |any |of )?(?:\w+ )?(?:property|damage)")


def nobody_hurt(words: str, sentence: Chunked) -> list[Casualty]:
    """ "No casualties" is a figure of nought; "no word of casualties" is no figure."""
    match = _NO_ONE.search(words)
    if match is None or _OF_SOME.match(words, match.end()):
        return []
    if _UNKNOWN.search(words) and not re.search(
        r"no (?:casualties|injuries|deaths)|nobody (?:was|is|were)|without (?:any |reported )?casualties", words, re.I
    ):
        return []
    figure = _figure(sentence, match)
    said = words[match.start() : match.start() + 40].lower()
    tail = words[match.end() : match.end() + 40].lower()
    # Nobody hurt is nobody killed; nobody killed may leave people hurt, unless things were spared too.
    hurt = "injur" in said or any(word in tail for word in ("hurt", "wound", "harm", "injur")) or bool(_NO_LOSS.match(said))
    only_dead = not hurt and re.search(r"kill|dea|died|fatal|life", said)
    return [Casualty(counted, figure, None, False) for counted in (("killed",) if only_dead else ("killed", "injured"))]


_OF_SOME = re.compile(r"\s+of (?:its|their|his|her|the|them|those)\b", re.I)


def none_of_some(words: str, sentence: Chunked, figure: Mention) -> bool:
    """ "None of its fighters": nought of some, and no word of the others."""
    at = figure.span.start - sentence.span.start
    return words[at : at + 4].lower() == "none" and _OF_SOME.match(words, at + 4) is not None
