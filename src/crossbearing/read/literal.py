"""Whether a word for violence is meant: an election is "captured", a rival "attacked", a record "targeted", a chord "struck".

Reports of a war say such words all along; others say them now and then. A logistic regression weighs the word and those beside
it, what the network makes of it, the parts that the reading hangs on it, and how much of the text around speaks of arms and harm,
of sport, money, machines, health, the stage, votes or courts (`resources/literal.yml`, learned by `evals/fit_literal.py` from
1,700 such words that people judged, and from reports of wars). It knows no names. A line or two is left alone: nothing stands
around it.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import itemgetter

from crossbearing.model.mention import DEMONSTRATIONS, Happening
from crossbearing.model.text import Span
from crossbearing.read.network.decode import Word
from crossbearing.resources import table

_HARM = re.compile(
    r"\b(?:kill(?:ed|ing|s)?|dead|deaths?|died|wounded|injured|injuries|bomb\w*|explo\w+|blast|gunm[ae]n|gunfire|soldiers?|troops|"
    r"militants?|rebels?|fighters?|insurgents?|shooting|shelling|missiles?|rockets?|air ?strikes?|drones?|hostages?|kidnap\w*|"
    r"abduct\w*|massacre\w*|murder\w*|assassinat\w*|armed|weapons?|guerrillas?|terrorists?|attackers?|suicide|clashes)\b",
    re.I,
)
"""Words for arms and harm that figures of speech seldom use."""
_TOPICS = {
    "sport": r"games?|seasons?|teams?|coach\w*|leagues?|goals?|players?|match(?:es)?|tournament|cup|scor(?:e[ds]?|ing)|innings?|"
    r"playoffs?|rebounds?|striker|midfield\w*|championships?|club|golf|tennis|football|baseball|hockey|basketball",
    "money": r"shares?|profits?|sales|investors?|markets?|prices?|stocks?|revenues?|compan(?:y|ies)|earnings|billion|consumers?|"
    r"customers?|economy|jobs|tax(?:es)?|quarter|budget",
    "machines": r"software|web|servers?|users?|malware|virus(?:es)?|computers?|internet|online|apps?|websites?|google|data|"
    r"phones?|devices?|graphics|vulnerabilit\w+",
    "health": r"patients?|diseases?|drugs?|cancer|health|study|studies|symptoms?|outbreak|infect\w*|researchers?|weight|diet|"
    r"treatment|surgery|medical",
    "stage": r"films?|movies?|albums?|songs?|bands?|actors?|actress|directors?|novels?|books?|music|show|theat(?:er|re)|fans?|"
    r"audiences?|celebrit\w+|stars?|characters?|scenes?|plot",
    "votes": r"campaigns?|candidates?|elections?|voters?|votes?|senators?|republicans?|democrats?|nominee|primary|debates?|"
    r"polls?|congress\w*|presidential",
    "courts": r"judge|jury|jurors?|trial|court|charged|convicted|sentenced?|lawyers?|attorneys?|prosecutors?|guilty|verdict",
}
_TOPIC = re.compile("|".join(rf"(?P<{name}>{words})" for name, words in _TOPICS.items()))
_TWO_WORDS = re.compile(r"\bsecurity hole\b", re.I)
"""Of machines."""
_WORD = re.compile(r"\w+")
_NEXT = 24
"""The word next to one, with its sign, lies within so many characters."""
_BEFORE = re.compile(r"[\w-]+\W{0,2}$")
_AFTER = re.compile(r"\W{0,2}[\w-]+|\W+")
_SHORT = 80
"""What lies around is counted for every 400 words, of at least so many."""
_THROUGHOUT = 24
"""A text with so many to 400 words speaks of arms and harm throughout, and its words are believed."""
_LEAST = 60
"""So many words a text has at least, or nothing is said of it."""


@dataclass(frozen=True)
class Around:
    """How many words for arms and harm a text has, sentence by sentence."""

    text: str
    starts: Sequence[int]
    harm: Sequence[int]
    total: int
    words: int

    @cached_property
    def topics(self) -> Mapping[str, int]:
        """How many words of each other topic it has; asked of few texts."""
        words = Counter(map(str.lower, _WORD.findall(self.text)))
        told: Counter[str] = Counter(machines=len(_TWO_WORDS.findall(self.text)))
        for word, many in words.items():
            if name := _topic(word):
                told[name] += many
        return +told

    @property
    def often(self) -> float:
        """How many words for arms and harm there are to 400 words."""
        return self.rate(self.total)

    def rate(self, count: int) -> float:
        """So many words in the text are how many to 400."""
        return 400 * count / max(_SHORT, self.words)


@lru_cache(maxsize=16384)
def _topic(word: str) -> str | None:
    """The topic that a word, in small letters, is of."""
    found = _TOPIC.fullmatch(word)
    return found.lastgroup if found else None


def around(text: str, sentences: Sequence[Span]) -> Around:
    """A text's words for arms and harm, counted."""
    harm = [sum(1 for _ in _HARM.finditer(text, s.start, s.end)) for s in sentences]
    words = sum(text.count(" ", s.start, s.end) + 1 for s in sentences)
    return Around(text, [s.start for s in sentences], harm, sum(harm), words)


def features(text: str, happening: Happening, word: Word, near: Around) -> list[str]:
    """What speaks for or against a happening's word being meant, each by name."""
    start, end = happening.trigger.start, happening.trigger.end
    here = near.harm[max(0, bisect_right(near.starts, start) - 1)]
    often = math.log2(1 + near.rate(near.total - here))
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
        f"before {_beside(_BEFORE.search(text, max(0, start - _NEXT), start))}",
        f"after {_beside(_AFTER.match(text, end, end + _NEXT))}",
        *(f"topic {name} {min(4, round(math.log2(1 + near.rate(n))))}" for name, n in near.topics.items()),
    ]


def _beside(found: re.Match[str] | None) -> str:
    return found[0].strip().lower() if found else ""


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
