"""Whether a word for violence is meant: an election is "captured", a rival "attacked", a record "targeted", a chord "struck".

Reports of a war say such words all along; others say them now and then. A logistic regression weighs the word, what the network
makes of it, the parts that the reading hangs on it, and how much of the text around speaks of arms and harm
(`resources/literal.yml`, learned by `evals/fit_literal.py` from 1,400 such words that people judged, and from reports of
wars). It knows no names. A line or two is left alone: nothing stands around it.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from crossbearing.model.mention import DEMONSTRATIONS, Happening
from crossbearing.model.text import Span
from crossbearing.read.decode import Word
from crossbearing.resources import table

_HARM = re.compile(
    r"\b(?:kill(?:ed|ing|s)?|dead|deaths?|died|wounded|injured|injuries|bomb\w*|explo\w+|blast|gunm[ae]n|gunfire|soldiers?|troops|"
    r"militants?|rebels?|fighters?|insurgents?|shooting|shelling|missiles?|rockets?|air ?strikes?|drones?|hostages?|kidnap\w*|"
    r"abduct\w*|massacre\w*|murder\w*|assassinat\w*|armed|weapons?|guerrillas?|terrorists?|attackers?|suicide|clashes)\b",
    re.I,
)
"""Words for arms and harm that figures of speech seldom use."""
_SHORT = 80
"""What lies around is counted for every 400 words, of at least so many."""
_THROUGHOUT = 24
"""A text with so many to 400 words speaks of arms and harm throughout, and its words are believed."""
_LEAST = 60
"""So many words a text has at least, or nothing is said of it."""


@dataclass(frozen=True, slots=True)
class Around:
    """How many words for arms and harm a text has, sentence by sentence."""

    starts: Sequence[int]
    harm: Sequence[int]
    total: int
    words: int

    @property
    def often(self) -> float:
        """How many of them there are to 400 words."""
        return 400 * self.total / max(_SHORT, self.words)


def around(text: str, sentences: Sequence[Span]) -> Around:
    """A text's words for arms and harm, counted."""
    harm = [sum(1 for _ in _HARM.finditer(text, s.start, s.end)) for s in sentences]
    return Around([s.start for s in sentences], harm, sum(harm), sum(text.count(" ", s.start, s.end) + 1 for s in sentences))


def features(text: str, happening: Happening, word: Word, near: Around) -> list[str]:
    """What speaks for or against a happening's word being meant, each by name."""
    here = near.harm[max(0, bisect_right(near.starts, happening.trigger.start) - 1)]
    often = math.log2(1 + near.often - 400 * here / max(_SHORT, near.words))
    share = min(max(word.happening, 1e-5), 1 - 1e-5)
    return [
        f"word {happening.trigger.of(text).lower()}",
        f"kind {happening.sub_event_type}",
        f"network {round(math.log(share / (1 - share)) / 1.5)}",
        f"network nothing {round(5 * word.kinds.get('-', 0.0))}",
        f"network kind {max(word.kinds.items(), key=itemgetter(1))[0]}",
        f"harm around {min(6, round(often))}",
        f"harm beside {min(3, here)}",
        *sorted({f"part {role.name}" for role in happening.roles}),
    ]


def is_meant(text: str, happening: Happening, word: Word | None, near: Around) -> bool:
    """Whether a happening's word is more than a figure of speech. `word`: what the network says of it."""
    if word is None or near.words < _LEAST or near.often >= _THROUGHOUT:
        return True
    if happening.event_type in DEMONSTRATIONS:
        return True  # told by forms of their own, not by a word alone, and without words for harm
    known = table("literal.yml")
    return bool(
        known["start"] + sum(known["weights"].get(one, 0.0) for one in features(text, happening, word, near)) > known["least"]
    )
