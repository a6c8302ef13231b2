"""Words of harm, and whether they tell of harm that was done.

Someone is killed or hurt by a word of the tables ("killed", "wounded"), by what goes with one ("fatally shot") or by what a body
bore ("suffered burns"). No harm is told where the word is one for something else ("the death penalty"), where it is asked,
threatened or denied, or where it names those who were counted before ("among the dead").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from crossbearing.model.mention import Mention
from crossbearing.model.text import Span
from crossbearing.read.chunks import Chunked
from crossbearing.read.lexicon import grammar
from crossbearing.read.realis import asks_who, came_to

KILLED = grammar("casualties.killed")
INJURED = grammar("casualties.injured")
OTHERS = {name: grammar(f"casualties.{name}") for name in ("missing", "captured", "displaced")}
LOST = grammar("casualties.lost")
BODIES = frozenset(("body", "bodies", "corpse", "corpses", "remains"))
_BOTH = frozenset(["casualties", "casualty", "victims", "harm", "losses", "toll"])
HARMED = KILLED | INJURED | _BOTH | LOST


@dataclass(frozen=True, slots=True)
class Casualty:
    """People hurt, as one sentence counts them."""

    counted: str
    figure: Mention
    people: Mention | None
    cumulative: bool
    part_of: Span | None = None
    """The figure of which this is a part."""
    more: bool = False
    """Whether it is told on top of another."""


_FATAL = frozenset(("fatally", "mortally"))
_SUCCUMBED = frozenset(("succumbed", "succumbs"))
SLAYINGS = grammar("casualties.slayings")
LIVES = frozenset(("lives", "life"))
LIMBS = grammar("casualties.limbs")
_SURVIVED = frozenset(("survived", "survivors", "survivor", "survive"))
_WOUNDED_BY = grammar("casualties.wounded_by")
_TAKEN_IN = frozenset(
    ("treated", "treating", "burns", "condition", "hospital", "hospitals", "clinic", "clinics", "treatment", "attention")
)
_IN_IDIOMS = frozenset(("wiped", "grave", "hell", "alive", "pieces", "shreds", "bits", "shahadat", "shahada"))
HARMED_TOO = _TAKEN_IN | _IN_IDIOMS | _FATAL | _SUCCUMBED | SLAYINGS | LIMBS | _WOUNDED_BY | _SURVIVED


def fatally(sentence: Chunked, i: int) -> bool:
    """ "Was fatally shot", "was mortally wounded", "succumbed to his injuries": dead of it."""
    if sentence.tokens[i].low in _SUCCUMBED:
        return not INJURED.isdisjoint(t.low for t in sentence.tokens[i : i + 5])
    by = sentence.tokens[i].low in INJURED or sentence.tokens[i].low in ("shot", "stabbed", "struck", "beaten", "hit")
    return by and i > 0 and sentence.tokens[i - 1].low in _FATAL


def outlived(sentence: Chunked, i: int) -> bool:
    """ "A boy of nine did not survive": dead."""
    lows = [t.low for t in sentence.tokens[max(0, i - 2) : i + 1]]
    return lows in (["did", "not", "survive"], ["not", "to", "survive"]) or lows[1:] == ["didn't", "survive"]


def idiom_of_death(sentence: Chunked, i: int) -> bool:
    """ "Was wiped out", "were burnt alive", "embraced martyrdom", "was sent to hell": dead, by several words."""
    behind = _IDIOMS.get(sentence.tokens[i].low)
    return behind is not None and behind.match(" ".join(t.low for t in sentence.tokens[i + 1 : i + 7])) is not None


_MARTYRED = re.compile(r"(?:(?:the|a|syrup|cup|nectar|drink|rank|status|of|sweet) ){0,5}(?:martyrdom|shahadat|shahada)\b")
_ALIVE, _PIECES = re.compile(r"alive\b"), re.compile(r"to (?:pieces|shreds|bits)\b")
_IDIOMS = {
    "wiped": re.compile(r"out\b"),
    "sent": re.compile(r"to (?:hell|their graves?|his grave|the grave)\b"),
    "burnt": _ALIVE,
    "burned": _ALIVE,
    "buried": _ALIVE,
    "blown": _PIECES,
    "torn": _PIECES,
    **dict.fromkeys(("embraced", "attained", "drank", "achieved", "tasted"), _MARTYRED),
}


# What says only with other words that people died.
OTHERWISE = _FATAL | _SUCCUMBED | frozenset(_IDIOMS) | {"survive"}


def no_harm(sentence: Chunked, i: int) -> bool:
    """ "The death penalty", "an assassination attempt", "executed a warrant": a word of harm that tells of none."""
    behind = sentence.tokens[i + 1].low if i + 1 < len(sentence.tokens) else ""
    before = sentence.tokens[max(0, i - 1)].low
    if behind in _OF_NOBODY or before == "attempted" or (before == "for" and sentence.tokens[i].low == "dead"):
        return True  # "left for dead"
    if sentence.tokens[i].low == "loss":
        return behind != "of"
    if sentence.tokens[i].low in ("throat", "throats"):
        return _CUT.isdisjoint(t.low for t in sentence.tokens[max(0, i - 4) : i + 3])
    near = {t.low for t in sentence.tokens[max(0, i - 4) : i + 5]}
    return sentence.tokens[i].low.startswith("execut") and not near.isdisjoint(_CARRIED_OUT)


_CUT = frozenset(("slit", "cut", "slashed", "slitting", "cutting"))
_OF_NOBODY = grammar("casualties.of_nobody")
_CARRIED_OUT = grammar("casualties.carried_out")


def lives_lost(sentence: Chunked, i: int) -> bool:
    """Whether words around "lives" say that they were lost; of one only "the life of"."""
    if sentence.tokens[i].low == "life":
        around = [t.low for t in sentence.tokens[max(0, i - 2) : i + 2]]
        theirs = len(around) > 1 and around[1] in ("his", "her", "their") and around[0] in LOST
        return theirs or (around[1:] == ["the", "life", "of"] and around[0] in _LOSING)
    near = {t.low for t in sentence.tokens[max(0, i - 8) : i + 6]}
    return bool(near & _LOSING)


_LOSING = LOST | frozenset(
    "lost claimed claiming claims claim cost costing costs took taking take takes taken ended ending gave given loss".split()
)


def denies(sentence: Chunked, i: int) -> bool:
    """Whether one of the few words before a token denies it."""
    near = [t.low for t in sentence.tokens[max(0, i - 5) : i]]
    return any(low in ("not", "never", "nobody", "none", "without") or low.endswith("n't") for low in near)


def died_of(sentence: Chunked, i: int) -> bool:
    """ "Succumbed to their injuries", "died of wounds": who is dead of them is not counted among the injured."""
    if sentence.tokens[i].low not in ("injuries", "wounds", "injury"):
        return False
    before = takewhile(lambda t: t.text not in ".;,", reversed(sentence.tokens[max(0, i - 4) : i]))
    return any(t.low.startswith("succumb") or t.low in ("died", "dies", "die") for t in before)


DEAD = frozenset(("dead", "deceased", "killed", "fatalities", "deaths", "martyrs"))
HURT = frozenset(("wounded", "injured", "hurt"))
_INCLUDING = frozenset(("include", "includes", "included", "including"))


def names_whole(sentence: Chunked, i: int) -> Span | None:
    """ "Among the dead", "the dead included", "two of the dead": a whole told before is named, and nothing counted."""
    tokens = sentence.tokens
    if (tokens[i].low not in DEAD and tokens[i].low not in HURT) or i < 1 or tokens[i - 1].low not in ("the", "those"):
        return None
    behind = any(t.low in _INCLUDING for t in (*tokens[i + 1 : i + 3], *tokens[max(0, i - 2) : i - 1]))
    if behind or tokens[i - 1].low == "those" or (i > 1 and tokens[i - 2].low in ("among", "of")):
        return Span(sentence.tokens[i - 1].start, sentence.tokens[i].end)
    return None


def joint(sentence: Chunked, i: int) -> bool:
    """ "Killing and wounding dozens", "20 killed or injured": one number over both, which says neither how many died nor how many
    were hurt."""
    tokens = sentence.tokens
    for a, b in ((i, i + 2), (i - 2, i)):
        if a < 0 or b >= len(tokens) or tokens[a + 1].low not in ("and", "or"):
            continue
        both = {tokens[a].low, tokens[b].low}
        if both & KILLED and both & INJURED and not any(c.first <= b < c.last and c.number for c in sentence.chunks):
            return True
    return False


# "It was not clear how many people were killed".
_ASKED = re.compile(r"\b(?:how many|whether)\b[^.,;]*$|\bvow\w* to\b")


def not_asserted(sentence: Chunked, i: int) -> bool:
    window = {t.low for t in sentence.tokens[max(0, i - 4) : i] if t.text != "May"}
    clause = " ".join(t.low for t in sentence.tokens[max(0, i - 8) : i])
    return (
        (_ASKED.search(clause) is not None and not asks_who(sentence, i))
        or bool(window & {"would", "could", "might", "may", "will", "threatened", "vowed", "if"})
        or (i > 0 and sentence.tokens[i - 1].low == "to" and not came_to(sentence, i) and not to_death(sentence, i))
    )


def to_death(sentence: Chunked, i: int) -> bool:
    """ "Beat a man to death": done so, and not sentenced to it."""
    near = [t.low for t in sentence.tokens[max(0, i - 6) : i]]
    return sentence.tokens[i].low == "death" and not BY_HAND.isdisjoint(near)


BY_HAND = frozenset(
    "shot beat beaten hacked stabbed burned burnt clubbed stoned tortured bludgeoned bled crushed trampled starved choked "
    "strangled kicked knifed flogged".split()
)
ACTS = grammar("casualties.acts")
_BORE = frozenset(("suffered", "sustained", "received", "with"))


def is_burns(sentence: Chunked, i: int) -> bool:
    """ "Seven workers suffered burns"."""
    return sentence.tokens[i].low == "burns" and any(t.low in _BORE for t in sentence.tokens[max(0, i - 4) : i])


HARM = KILLED | INJURED | frozenset[str]().union(*OTHERS.values())
