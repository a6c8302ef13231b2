"""Words of attack that speak of something else: storms, strikes for pay, price wars, goals, films, trials.

The phrases stand in a table that a person edits. A sentence that tells of people killed by weapons is never taken for a
figure of speech; a storm or a bus crash is no attack whoever dies in it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from crossbearing import resources
from crossbearing.read.chunks import Chunked

# Means that show the word to be meant as it stands, whatever else the sentence speaks of.
_ARMS = re.compile(
    r"\b(?:gunm[ae]n|militants?|rebels?|insurgents?|soldiers?|troops|rockets?|missiles?|drones?|shelling|mortars?|shells?|bombs?|suicide|bombers?|ied|"
    r"warplanes?|air ?strikes?|artillery|gunfire)\b"
)


# People hurt are no figure of speech either.
_HARM = re.compile(r"\b(?:killed|killing|wounded|wounding|injured|injuring|dead|died|deaths)\b")


@lru_cache(maxsize=None)
def _phrases(key: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(resources.table("figurative.yml")[key]) + r")\b")


def is_no_attack(sentence: Chunked) -> bool:
    """Whether a storm or an accident acts, the words are a figure of speech, or a match is told; and no armed hand stands by."""
    words = sentence.words
    if _ARMS.search(words):
        return False
    if _phrases("nature").search(words):
        return True
    return not _HARM.search(words) and any(_phrases(key).search(words) for key in ("speech", "sport"))


def is_union(sentence: Chunked) -> bool:
    """Whether "strike" is one for pay or rights."""
    return "str" in sentence.words and not _ARMS.search(sentence.words) and bool(_phrases("union").search(sentence.words))


def is_staged(sentence: Chunked) -> bool:
    """Whether the sentence speaks of what is played, rehearsed, imagined or remembered."""
    return bool(_phrases("staged").search(sentence.words))


def is_recalled(sentence: Chunked) -> bool:
    """Whether the sentence speaks of a trial or of history: the deed was, but not now."""
    return bool(_phrases("recalled").search(sentence.words))
