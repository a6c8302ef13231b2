"""Which words of a sentence speak of a happening, and whether it is said to have happened.

A word that is both noun and verb ("attack", "strike") is told by what stands beside it. What the words do not assert is
told by what governs them: a modal, a threat, a negation, an attempt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from crossbearing.model.mention import Realis
from crossbearing.read.beside import ARTICLES
from crossbearing.read.chunks import Chunked
from crossbearing.read.forms import BE, NO_OBJECT, NOUN_BEFORE, counts, flies, is_noun, is_passive, particle_at
from crossbearing.read.lexicon import Trigger, grammar, lexicon
from crossbearing.read.phrasal import (
    EXCHANGE,
    LOSE,
    MINED,
    TOUCH,
    UPON,
    by_armed,
    comes_under_fire,
    deed_of,
    falls_upon,
    in_two_words,
    into_wild,
    limb_to_mine,
    mine_laid,
    onto_mine,
    trade_fire,
)
from crossbearing.read.realis import realis_of


@dataclass(frozen=True, slots=True)
class Found:
    """A trigger at tokens [first, last) of its sentence."""

    first: int
    last: int
    trigger: Trigger
    noun: bool
    passive: bool
    realis: Realis


def triggers(sentence: Chunked) -> list[Found]:
    """The words of the sentence that speak of happenings, in order."""
    found: list[Found] = []
    i = 0
    known = _trigger_words()
    while i < len(sentence.tokens):
        if sentence.tokens[i].low not in known:
            i += 1
            continue
        size, trigger, noun = _at(sentence, i)
        if trigger is None:
            i += 1
            continue
        passive = not noun and is_passive(sentence, i, i + size, trigger)
        found.append(Found(i, i + size, trigger, noun, passive, realis_of(sentence, i, noun, size)))
        i += size
    return found


_LATEST = re.compile(
    r"(?:(?:the|its|their) (?:(?:very )?(?:latest|newest|last|most recent|first)(?: \w+)?|other \w+)|"
    r"(?:one|two|three|four) of (?:them|these))"
    r"(?: ,[^;:]*?,)? (?:was|were|came|happened|occurred|took place) (?:on|at|against|in|near) "
)


FIRST_AND_SECOND = re.compile(
    r"(?:the|its|their) first (?:\w+ )?(?:came|happened|occurred|took place|hit|struck|was (?:at|on|in|around|shortly))\b"
    r"(?:(?! minutes?\b| seconds?\b| moments?\b| first\b).)*?(?P<turn> the (?:second|other)\b)"
    r"(?!.*\b(?:minutes?|seconds?|moments?) (?:later|after))"
)
"""The first of two and the second, told in one sentence, and not within one hour."""


def elliptic(sentence: Chunked) -> list[Found]:
    """ "The latest three were on X and on Y": one of the attacks counted before, its noun left out. The caller knows of those."""
    both = FIRST_AND_SECOND.match(sentence.words)
    if both is None and _LATEST.match(sentence.words) is None:
        return []
    ends = (k for k in range(1, len(sentence.tokens)) if sentence.tokens[k].text == "," or sentence.tokens[k].low in _CAME)
    stop = next(ends, 2)
    form = "noun" if both else "plural"
    return [Found(0, stop, Trigger("open", "attack", form), noun=True, passive=False, realis=Realis.ASSERTED)]


_CAME = frozenset(("was", "were", "came", "happened", "occurred", "took"))


@lru_cache(maxsize=1)
def _trigger_words() -> frozenset[str]:
    """The words that a trigger can begin with."""
    lex = lexicon()
    told = frozenset(lex.nouns) | frozenset(lex.verbs) | lex.first_words | frozenset(lex.parted)
    return told | _BRING | UPON | LOSE | EXCHANGE | TOUCH | {"laid"}


def _at(sentence: Chunked, i: int) -> tuple[int, Trigger | None, bool]:
    lex, tokens = lexicon(), sentence.tokens
    low = tokens[i].low
    inside = sentence.at[i]
    told = inside < 0 or sentence.chunks[inside].kind == "number" or _befell(sentence, i)
    if not told and not (low in _THINGS and sentence.chunks[inside].kind == "weapon" and _acts(sentence, i)):
        return 1, None, False
    if under_fire := comes_under_fire(sentence, i):
        return under_fire - i, lex.verbs[f"{low} under fire"], False
    if low in lex.first_words:
        phrase = low
        best: tuple[int, Trigger] | None = None
        for size in (2, 3):
            if i + size > len(tokens):
                break
            phrase += " " + tokens[i + size - 1].low
            if phrase in lex.verbs:
                return size, lex.verbs[phrase], False
            if phrase in lex.nouns:
                best = (size, lex.nouns[phrase])
        if best:
            return best[0], best[1], True
        if (aimed := lex.verbs.get(f"{low} for")) and _behind_time(sentence, i + 1, "for"):
            return 1, aimed, False
    noun, verb = lex.nouns.get(low), lex.verbs.get(low)
    if low in _BRING and (down := particle_at(sentence, i, "down")):
        thing = _brought(sentence, i, down)
        return 1 + (down == i + 1), lex.verbs["downed" if thing == "weapon" else "toppled"] if thing else None, False
    if low in lex.parted and (parted := in_two_words(sentence, i)) is not None:
        return 1, parted, False
    if low == "taken" and by_armed(sentence, i):
        return 1, lex.verbs["abducted"], False
    if (led := lex.verbs.get(f"{low} away")) and into_wild(sentence, i):
        return 1, led, False
    if low in EXCHANGE and (traded := trade_fire(sentence, i)) is not None:
        return traded[0], traded[1], False
    if low == "laid" and mine_laid(sentence, i):
        return 1, lex.verbs["planted"], False
    if low in UPON and falls_upon(sentence, i):
        return 2, lex.verbs["attacked"], False
    if low in LOSE and limb_to_mine(sentence, i):
        return 1, MINED, False
    if low in TOUCH and onto_mine(sentence, i):
        return 1, MINED, False
    if noun is None and verb is None:
        return 1, None, False
    if not _usable(sentence, i):
        return 1, None, False
    if verb and low in ("shot", "shoot", "shooting", "shoots") and (down := particle_at(sentence, i, "down")):
        return 1 + (down == i + 1), lex.verbs["downed"], False
    if noun and (verb is None or is_noun(sentence, i, verb)):
        return 1, noun, True
    if verb and noun is None and deed_of(sentence, i, verb):
        return 1, Trigger(verb.cls, verb.lemma, "noun"), True
    if verb is None or (noun is None and is_noun(sentence, i, verb) and not _tells(sentence, i, verb)):
        return 1, None, False
    return 1, MINED if verb.lemma in ("hit", "strike") and onto_mine(sentence, i) else verb, False


def _tells(sentence: Chunked, i: int, verb: Trigger) -> bool:
    """Whether a form of the present that no noun has tells a headline's news: "Group executes 8 in X", "Men kill and rob 4"."""
    before, after = sentence.tokens[max(0, i - 1) : i], sentence.tokens[i + 1 : i + 2]
    if verb.lemma in _FALLS and _acts(sentence, i):
        return True
    if verb.form not in ("base", "s") or not before or not after or before[0].low in NOUN_BEFORE or before[0].low in _BESIDE:
        return False
    if after[0].low in _OBJECT or after[0].low in ("and", ",") or sentence.at[i + 1] >= 0:
        return True
    who = sentence.chunks[sentence.at[i - 1]].kind if sentence.at[i - 1] >= 0 else ""
    return who in ("group", "actor", "people") and after[0].low in ("with", "in", "at", "near", "outside")


def _acts(sentence: Chunked, i: int) -> bool:
    """ "Warplanes target the town", "X targets an airbase": who or what strikes right before, and what is struck right behind."""
    k = i - 1
    while k > 0 and sentence.tokens[k].text in '"”’':
        k -= 1
    prior = sentence.over(k) if k >= 0 else None
    armed = (prior is not None and prior.kind in ("group", "actor", "state", "weapon")) or sentence.tokens[k].low in _FLYING
    if not armed or k < 0 or i + 1 == len(sentence.tokens):
        return False
    behind = sentence.tokens[i + 1].low
    if sentence.tokens[i].low in _FALLS and prior is not None and prior.kind == "weapon" and behind in _ONTO:
        return True  # "shells rain down on X"
    if behind in ("and", ","):  # "an IED targets and kills a farmer"
        return i + 2 < len(sentence.tokens) and sentence.tokens[i + 2].low in lexicon().verbs
    struck = next((c for c in sentence.chunks if i < c.first <= i + 3), None)  # "hits cargo ship"
    near = struck is not None and not any(t.low in NO_OBJECT or t.text in ".,;:" for t in sentence.tokens[i + 1 : struck.first])
    return sentence.at[i + 1] >= 0 or behind in _OBJECT or near


_FALLS = frozenset(("rain", "rains", "land", "lands", "fall", "impact", "impacts", "drop", "drops"))
_ONTO = frozenset(("on", "in", "at", "near", "down", "into", "outside", "inside"))
_FLYING = grammar("roles.flown") - {"air", "aerial"}
_OBJECT = frozenset(("the", "a", "an", "its", "their", "at", "more", "about", "some", "several", "dozens", "scores"))
_BESIDE = frozenset(("and", "or", ",", "in", "on", "for", "with", "that", "which", "you", "i", "please", "if", "when", "let"))


_BRING = frozenset(("bring", "brings", "brought", "bringing"))


def _befell(sentence: Chunked, i: int) -> bool:
    """ "Girl wounded by gunfire", "four injured in a raid": what stands for people elsewhere says here what befell them."""
    tokens, here = sentence.tokens, sentence.chunks[sentence.at[i]]
    if tokens[i].low not in ("wounded", "injured") or not i or here.first != i:
        return False
    k = i - 4 if i > 3 and tokens[i - 1].text == ")" and tokens[i - 3].text == "(" else i - 1  # "boy (12) injured"
    before = sentence.chunks[sentence.at[k]].kind if sentence.at[k] >= 0 else ""
    behind = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if before in ("weapon", "group", "actor") and (behind in ARTICLES or counts(sentence, i + 1)):
        return True  # "a mine wounded a soldier"
    told = here.number is not None or before in ("people", "group") or tokens[i - 1].low in BE
    return told and behind in NO_OBJECT


_UNITS = grammar("triggers.units")


# Verbs of which these forms are sooner nouns: "the plant", "its shells", "two hits".
_THINGS = grammar("triggers.things")


def _usable(sentence: Chunked, i: int) -> bool:
    """Whether the word is no part of a compound that speaks of something else: "attack drone", "hunger strike"."""
    lex, tokens = lexicon(), sentence.tokens
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    before = tokens[i - 1].low if i else ""
    low = tokens[i].low
    if low in _THINGS and _acts(sentence, i):
        return True
    if after in OF_MANY or (low == "shot" and after in ("shell", "shells")):
        return False  # "the murder rate", "beheading videos"
    if low == "blast" and before.endswith("s") and before not in ("'s", "’s") and after and tokens[i + 1].text[0].isupper():
        return False  # "Unions blast Minister X"
    if low in _EXECUTES and any(t.low in _PAPERS for t in tokens[i + 1 : i + 5]):
        return False  # "executed a search warrant"
    if i + 1 < len(tokens) and tokens[i + 1].text in _UNITS and low in lex.nouns:
        return False  # "Strike Force Nine", "assault ship": a unit or a thing
    if low in _THINGS:
        return low == lex.verbs[low].lemma and before == "to"
    return (
        not (
            after in lex.never_before
            and lex.verbs.get(low, None) is not None
            and low in ("attack", "strike", "raid", "assault")
            and sentence.at[min(i + 1, len(tokens) - 1)] >= 0
        )
        and before not in lex.never_after
    )


OF_MANY = frozenset(("rate", "rates", "statistics", "video", "videos", "footage"))
_EXECUTES = frozenset(("execute", "executes", "executed", "executing"))
_PAPERS = frozenset(("warrant", "warrants", "order", "orders", "contract", "contracts", "plan", "plans", "agreement", "searches"))


def _behind_time(sentence: Chunked, k: int, particle: str) -> bool:
    """Whether a particle stands behind a time that its verb takes in between: "went on Tuesday for"."""
    k += [t.low for t in sentence.tokens[k : k + 1]] in (["on"], ["at"], ["in"])
    time = next((c for c in sentence.chunks if c.first == k and c.kind == "time"), None)
    return time is not None and [t.low for t in sentence.tokens[time.last : time.last + 1]] == [particle]


def _brought(sentence: Chunked, i: int, down: int) -> str:
    """Of what kind that is which somebody brings down, or which was brought down; empty where no table knows it."""
    near = {t.low for t in sentence.tokens[max(0, i - 2) : down]}
    if not near.isdisjoint(("it", "they", "them", "both")):
        return "weapon"  # told of before
    if i and sentence.tokens[i - 1].low in BE:
        return next((flies(c) for c in reversed(sentence.chunks) if c.last <= i and c.kind in ("weapon", "site")), "")
    stop = down + 6 if down == i + 1 else down
    return next((flies(c) for c in sentence.chunks if i < c.first <= stop and c.kind in ("weapon", "site")), "")
