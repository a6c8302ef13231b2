"""Words of attack that speak of something else: storms, strikes for pay, price wars, goals, films, trials, denials.

The phrases stand in a table that a person edits. A sentence that tells of people killed by weapons is never taken for a
figure of speech; a storm or a bus crash is no attack whoever dies in it. Some phrases tell from the sentence that follows.
"""

from __future__ import annotations

import re
from functools import lru_cache

from crossbearing import resources
from crossbearing.model.text import Span
from crossbearing.read.chunks import Chunked
from crossbearing.words.patterns import any_pattern

# Hands and means that show the word to be meant as it stands, whatever else the sentence speaks of.
_HANDS = r"soldiers?|troops|warplanes?|bombers?"
_MEANS = (
    r"gunm[ae]n|militants?|rebels?|insurgents?|rockets?|missiles?|drones?|shelling|mortars?|shells?|bombs?|suicide|ied|"
    r"air ?strikes?|artillery|gunfire|dynamit\w+|explosives?|detonated|shot at|opened fire|"
    r"bl(?:ow|ew|owing|own) up (?:the|an?|two|three|four|five|several)"
)
_ARMS = re.compile(rf"\b(?:{_HANDS}|{_MEANS})\b")
_WEAPONS = re.compile(rf"\b(?:{_MEANS})\b")


# People hurt are no figure of speech either.
_HARM = re.compile(r"\b(?:killed|killing|wounded|wounding|injured|injuring|dead|died|deaths)\b")
_KILLED_BY = re.compile(
    r"\b(?:killed|wounded|injured|died) (?:[\w-]+ ){0,3}?(?:in|by|when) (?:[\w-]+ ){0,3}?strikes?\b(?! (?:over|for)\b)"
)
# What shows, in a sentence or beside it, that people did not come to harm by chance.
_REACH = 400
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[^\w\s]")
# A stage that is itself struck: what is told there is no play.
_HALL = r"(?:theat(?:re|er)|museum|exhibition (?:hall|cent(?:re|er)))s?\b(?! ?['’]s?\b)"
_DONE = (
    r"(?:bomb|shell|attack|storm|raid|damag|destroy|burn|torch|ransack|explod|explosion|blast|detonat|dynamit)\w*|hits?|struck|"
    r"strikes?|fire[ds]?|fell|landed|bl[eo]wn? up"
)
_STRUCK = re.compile(
    rf"\b(?:{_DONE}) (?:[\w-]+ ){{0,4}}?(?:a|an|the|its|their|one|two|three|several) (?:[\w-]+ ){{0,3}}?{_HALL}|"
    rf"{_HALL} (?:[\w-]+ ){{0,4}}?(?:was|were) (?:\w+ )?(?:{_DONE})\b|"
    # "Killed 84 at a ceremony to commemorate X": what those who were killed had come for.
    r"\b(?:killed|wounded|injured) [^.;]{0,80}? (?:at|during|outside|near) (?:an?|the|their|his|her) (?:[\w-]+ ){0,2}"
    r"(?:ceremony|gathering|rally|procession|event|march|parade|service)\b[^.;]{0,40}"
)
# A deed that is taken to have been: "rejected claims that the attack was staged".
_DEFINITE = re.compile(r"\b(?:the|this|these|those|last|recent|['’]s) (?:[\w-]+ )?$")
_STOP = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘'(A-Z0-9])|\n")


@lru_cache(maxsize=None)
def _phrases(key: str) -> re.Pattern[str]:
    return re.compile(rf"\b{any_pattern(resources.table('figurative.yml')[key])}(?!\w)")


@lru_cache(maxsize=256)
def _holds(key: str, words: str) -> bool:
    """Whether words hold one of a list's phrases; a sentence is asked again for each of its happenings."""
    return bool(words) and _phrases(key).search(words) is not None


def following(text: str, span: Span) -> str:
    """The sentence behind one, of the same paragraph, in lower case with its words parted by single blanks."""
    start = span.end
    while start < len(text) and text[start] in " \"”’')":
        start += 1
    match = _STOP.search(text, start, start + _REACH)
    return " ".join(_WORD.findall(text[start : match.start() + 1 if match else start + _REACH].lower()))


def is_no_attack(sentence: Chunked, after: str = "") -> bool:
    """Whether a storm or an accident acts, the words are a figure of speech, or a match is told; and no armed hand stands by."""
    words = sentence.words
    if _holds("always", words):
        return True
    if not _WEAPONS.search(words) and _holds("accident", words):
        return True
    if _ARMS.search(words):
        return False
    if _holds("nature", words) or _holds("accident after", after):
        return True
    return not _HARM.search(words) and any(_holds(key, words) for key in ("speech", "sport"))


def is_violent(text: str, sentence: Chunked) -> bool:
    """Whether a word of violence stands in a sentence or near it, so that people who died there were killed."""
    found = _phrases("violence")
    if found.search(sentence.words):
        return True
    span = sentence.span
    before, after = text[max(0, span.start - _REACH) : span.start].lower(), following(text, span)
    if _holds("nature", f"{before} {sentence.words} {after}") and not _ARMS.search(f"{before} {after}"):
        return False  # the dead of an earthquake, told beside "the authorities struck back"
    return bool(found.search(before) or found.search(after))


def is_hurtful(sentence: Chunked) -> bool:
    """Whether arms or people hurt stand in a sentence."""
    return bool(_ARMS.search(sentence.words) or _HARM.search(sentence.words))


def is_union(sentence: Chunked) -> bool:
    """Whether "strike" is one for pay or rights, and not what people were killed by: "two nurses died in a strike on X"."""
    words = sentence.words
    told = ("str" in words or "walkout" in words) and not _ARMS.search(words) and _holds("union", words)
    return told and _KILLED_BY.search(words) is None


def is_match(sentence: Chunked) -> bool:
    """Whether a game is told of."""
    return _holds("sport", sentence.words) and not _HARM.search(sentence.words)


def is_about(sentence: Chunked) -> bool:
    """Whether a headline announces talk of happenings, or sums them up, and tells none: "Why the strikes matter"."""
    return _holds("about", sentence.words)


def is_staged(sentence: Chunked, after: str = "") -> bool:
    """Whether the sentence speaks of what is played, rehearsed, imagined or remembered."""
    return _holds("staged", _STRUCK.sub(" ", sentence.words)) or _holds("staged after", after)


def is_recalled(sentence: Chunked, after: str = "") -> bool:
    """Whether the sentence speaks of a trial or of history: the deed was, but not now."""
    return _holds("recalled", sentence.words) or _holds("recalled after", after)


def is_retracted(sentence: Chunked, after: str = "") -> bool:
    """Whether what is told is said to be untrue, or is taken back."""
    return _holds("retracted", sentence.words) or _holds("retracted after", after)


def is_rejected(words: str) -> bool:
    """Whether words before a happening reject who tells it: "dismissed as invented a report that it had"; not "that the"."""
    return _DEFINITE.search(words + " ") is None and _holds("rejected", words)


def is_supposed(words: str) -> bool:
    """Whether words before a happening only suppose it: "in the event of a raid", "suppose a shell fell"."""
    return _holds("supposed", words)
