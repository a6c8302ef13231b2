"""Which words of a sentence speak of a happening, and whether it is said to have happened.

A word that is both noun and verb ("attack", "strike") is told by what stands beside it. What the words do not assert is
told by what governs them: a modal, a threat, a negation, an attempt.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache

from crossbearing.model.mention import Realis
from crossbearing.read.beside import ARTICLES, OUT, before_of
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.lexicon import Trigger, grammar, lexicon

DIES = frozenset(("die", "perish", "lose life", "lose lives"))
"""Verbs that are said of the one whom it befell."""
UNCHANGING = frozenset(("hit", "hurt", "set", "put", "cut", "slit", "beat"))
"""Verbs whose past reads as their present does."""
UNDER_FIRE = "come under fire"
"""The one verb whose subject it befalls in the active."""
_BE = grammar("triggers.be")
_SKIP = grammar("triggers.skip")
_NOUN_BEFORE = grammar("triggers.noun_before")
_NOUN_AFTER = grammar("triggers.noun_after")
_BOUNDARY = frozenset(
    [
        ";",
        "after",
        "before",
        "while",
        "when",
        "where",
        "which",
        "who",
        "whom",
        "that",
        "but",
        "although",
        "because",
        "since",
        "as",
        "if",
        "unless",
        "whether",
        "following",
        "amid",
        "though",
        "until",
    ]
) | {":"}
_RESPONSE = grammar("triggers.response")


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
    return told | _BRING | _UPON | _LOSE | _EXCHANGE | {"laid"}


def _at(sentence: Chunked, i: int) -> tuple[int, Trigger | None, bool]:
    lex, tokens = lexicon(), sentence.tokens
    low = tokens[i].low
    inside = sentence.at[i]
    told = inside < 0 or sentence.chunks[inside].kind == "number" or _befell(sentence, i)
    if not told and not (low in _THINGS and sentence.chunks[inside].kind == "weapon" and _acts(sentence, i)):
        return 1, None, False
    if under_fire := _under_fire(sentence, i):
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
    if low in _BRING and (down := _particle_at(sentence, i, "down")):
        thing = _brought(sentence, i, down)
        return 1 + (down == i + 1), lex.verbs["downed" if thing == "weapon" else "toppled"] if thing else None, False
    if low in lex.parted and (parted := _parted(sentence, i)) is not None:
        return 1, parted, False
    if low == "taken" and _by_armed(sentence, i):
        return 1, lex.verbs["abducted"], False
    if (led := lex.verbs.get(f"{low} away")) and _into_wild(sentence, i):
        return 1, led, False
    if low in _EXCHANGE and (traded := _trade_fire(sentence, i)) is not None:
        return traded[0], traded[1], False
    if low == "laid" and _mine_laid(sentence, i):
        return 1, lex.verbs["planted"], False
    if low in _UPON and _falls_upon(sentence, i):
        return 2, lex.verbs["attacked"], False
    if low in _LOSE and _limb_to_mine(sentence, i):
        return 1, _MINED, False
    if noun is None and verb is None:
        return 1, None, False
    if not _usable(sentence, i):
        return 1, None, False
    if verb and low in ("shot", "shoot", "shooting", "shoots") and (down := _particle_at(sentence, i, "down")):
        return 1 + (down == i + 1), lex.verbs["downed"], False
    if noun and (verb is None or is_noun(sentence, i, verb)):
        return 1, noun, True
    if verb and noun is None and _deed_of(sentence, i, verb):
        return 1, Trigger(verb.cls, verb.lemma, "noun"), True
    if verb is None or (noun is None and is_noun(sentence, i, verb) and not _tells(sentence, i, verb)):
        return 1, None, False
    return 1, _MINED if verb.lemma in ("hit", "strike") and _onto_mine(sentence, i) else verb, False


_MINED = Trigger("weapon", "step on", "past")


def _onto_mine(sentence: Chunked, i: int) -> bool:
    """ "The bus hit a roadside bomb": what lay there befell what came by."""
    laid = next((c for c in sentence.chunks if i < c.first <= i + 4), None)
    verbs = lexicon().verbs
    if any(t.low in verbs and verbs[t.low].cls == "casualty" for t in sentence.tokens[:i]):
        return False  # "a farmer was killed when his tractor hit a mine": it befell the farmer
    was = i > 0 and sentence.tokens[i - 1].low in _BE
    return laid is not None and lexicon().weapons.get(laid.head) == "ied" and not was


_COME = frozenset(("come", "comes", "came", "coming"))
_FIRE = frozenset(("fire", "gunfire"))


def _under_fire(sentence: Chunked, i: int) -> int:
    """Behind which token "came under heavy fire", "under a hail of bullets" ends; 0 where no such words begin at a token, or they
    name what was fired: "under mortar fire"."""
    tokens = sentence.tokens
    if tokens[i].low not in _COME or [t.low for t in tokens[i + 1 : i + 2]] != ["under"]:
        return 0
    lows = [t.low for t in tokens[i + 2 : i + 7]]
    if lows[:4] == ["a", "hail", "of", "bullets"]:
        return i + 6
    at = next((k for k, low in enumerate(lows[:5]) if low in _FIRE), -1)
    if at < 0 or any(low in _BETWEEN_NOT or not low[0].isalnum() for low in lows[:at]):
        return 0
    if "and" in lows[:at] and not _armed_at(sentence, i + 2 + lows.index("and")):
        return 0  # "came under attack and returned fire"
    return 0 if " ".join(lows[max(0, at - 1) : at + 1]) in lexicon().nouns else i + at + 3


_BETWEEN_NOT = _BOUNDARY | {"the", "of", "in", "for", "from", "by", "to"}


def _armed_at(sentence: Chunked, k: int) -> bool:
    """Whether weapons stand on either side of an "and"."""
    beside = [sentence.at[n] for n in (k - 1, k + 1)]
    return all(n >= 0 and sentence.chunks[n].kind == "weapon" for n in beside)


def _deed_of(sentence: Chunked, i: int, verb: Trigger) -> bool:
    """ "The hurling of a bomb", "the burning of two schools": a deed told by a verb's noun, done to something said to be one."""
    if verb.form != "ing" or verb.cls not in _OF_DEEDS or not 0 < i < len(sentence.tokens) - 2:
        return False
    before, of, whom = (sentence.tokens[k] for k in (i - 1, i + 1, i + 2))
    one = whom.low in ARTICLES or whom.text[0].isupper() or _is_number(sentence, i + 2)
    return before.low in _THE and of.low == "of" and one


_OF_DEEDS = frozenset(
    ("bombed", "shelling", "air", "weapon", "attack", "ied", "looting", "burnt", "abduction", "sexual", "wreck", "foil")
)
_THE = frozenset(("the", "this", "that", "and", "'s", "’s"))


def _parted(sentence: Chunked, i: int) -> Trigger | None:
    """The verb of several words that begins at a token, its object standing between them: "took two priests hostage"."""
    behind = [_one(t.low) for t in sentence.tokens[i + 1 : i + _BETWEEN]]
    stop = next((k for k, low in enumerate(behind) if low in _BOUNDARY - {"as"} or low in lexicon().speech), len(behind))
    for rest, trigger in lexicon().parted[sentence.tokens[i].low]:
        if any(tuple(behind[k : k + len(rest)]) == rest for k in range(1, stop)):
            return trigger
    return None


def _one(word: str) -> str:
    """A word as it stands in the table of verbs: "hostages" as "hostage"."""
    return word[:-1] if word in ("hostages", "captives", "prisoners") else word


_BETWEEN = 12


def _by_armed(sentence: Chunked, i: int) -> bool:
    """ "The driver was taken by gunmen": armed men take people. The ground that they take is told by forms of its own."""
    tokens, was = sentence.tokens, i - 1
    if _taken_from(sentence, i):
        return True
    if was < 1 or tokens[was].low not in ("was", "were", "been"):
        return False
    k = was - 1 if tokens[was - 1].low not in ("has", "have", "had") else was - 2
    whom = sentence.over(k) if k >= 0 else None
    if whom is None and tokens[k].text == ",":  # "two engineers, both foreigners, were taken"
        whom = next((c for c in sentence.chunks if c.kind != "number" and c.last < k), None)
    if whom is None and k >= 0 and tokens[k].low == "who":  # "three farmers from X, who were taken"
        whom = next((c for c in reversed(sentence.chunks) if c.kind == "people" and k - _BETWEEN < c.last <= k), None)
    by = next((n for n in range(i + 1, min(i + _BETWEEN, len(tokens))) if tokens[n].low == "by" or tokens[n].text in ".;,"), i)
    armed = any(c.kind in ("group", "weapon") and by < c.first <= by + 4 for c in sentence.chunks)  # "by men with rifles"
    armed = armed or any(t.low == "armed" for t in tokens[by : by + 3])
    behind = [t.low for t in tokens[i:by]]
    helped = any(low in _CARE and "to" in behind[max(0, k - 3) : k] for k, low in enumerate(behind))
    somebody = whom is not None and (whom.kind == "people" or (whom.kind in ("name", "voice") and behind[1:2] == ["from"]))
    return somebody and tokens[by].low == "by" and armed and not helped


def _taken_from(sentence: Chunked, i: int) -> bool:
    """ "Four men taken by gunmen from a lorry": a headline's passive, right behind people and right before who took them."""
    whom = sentence.over(i - 1) if i else None
    if whom is None or whom.kind != "people":
        return False
    behind = [t.low for t in sentence.tokens[i + 1 : i + 3]]
    by = behind[:1] == ["by"] and any(c.kind == "group" and i + 1 < c.first <= i + 4 for c in sentence.chunks)
    return by or behind == ["at", "gunpoint"]


_WILD = frozenset(("bush", "forest", "forests", "woods", "jungle", "hills", "mountains", "desert", "unknown"))


def _into_wild(sentence: Chunked, i: int) -> bool:
    """ "Took 12 passengers into the bush", "led them to an unknown place": where those are led whom armed men take."""
    behind = [t.low for t in sentence.tokens[i + 1 : i + _BETWEEN + 3]]
    stop = next((k for k, low in enumerate(behind) if low in _BOUNDARY or low in (",", ".")), len(behind))
    led = zip(behind, behind[1:], behind[2:stop], strict=False)
    return any(to in ("into", "to") and the in ARTICLES and wild in _WILD for to, the, wild in led)


_UPON = frozenset(("fell", "fallen", "set", "swooped", "descended", "pounced"))


def _falls_upon(sentence: Chunked, i: int) -> bool:
    """ "Forty raiders fell on the camp": who comes over people is an armed party, and no shell."""
    if i + 2 >= len(sentence.tokens) or sentence.tokens[i + 1].low not in ("on", "upon"):
        return False
    lo = left_bound(sentence, i)
    who = next((c for c in sentence.chunks if lo <= c.first < i and c.kind not in ("number", "time", "adjective", "state")), None)
    whom = sentence.tokens[i + 2].low in ARTICLES or sentence.at[i + 2] >= 0
    return who is not None and who.kind in ("group", "actor") and whom and sentence.tokens[i + 2].low not in ("fire", "foot")


_EXCHANGE = frozenset("exchange exchanges exchanged exchanging trade trades traded trading".split())
_HEAVY = frozenset(("artillery", "mortar", "rocket", "missile", "tank"))
_SORTS = _HEAVY | frozenset(
    "heavy light intense sporadic sustained intermittent more small arms small-arms machine gun and".split()
)
_LINES = frozenset(("border", "line", "river", "frontier", "boundary", "strait", "fence"))


def _trade_fire(sentence: Chunked, i: int) -> tuple[int, Trigger] | None:
    """ "Troops traded fire", "exchanged heavy gunfire", "are trading artillery and small arms fire": how many tokens say it, and
    what. Of whom no arms are told, "traded fire" may be words."""
    k = i + 1
    while k < len(sentence.tokens) and sentence.tokens[k].low in _SORTS:
        k += 1
    shot = sentence.tokens[k].low if k < len(sentence.tokens) else ""
    between = {t.low for t in sentence.tokens[i + 1 : k]}
    armed = any(c.kind in ("group", "actor", "state") for c in sentence.chunks)
    if shot not in ("fire", "gunfire", "shots") or not (armed or between or shot == "gunfire"):
        return None
    behind = [t.low for t in sentence.tokens[k + 1 : k + 5]]
    if behind[:1] == ["over"] and _LINES.isdisjoint(behind):
        return None  # "over tariffs"
    form = "ing" if sentence.tokens[i].low.endswith("ing") else "past" if sentence.tokens[i].low.endswith("d") else "base"
    return k + 1 - i, Trigger("clash" if between.isdisjoint(_HEAVY) else "shelling", "exchange fire", form)


def _mine_laid(sentence: Chunked, i: int) -> bool:
    """ "A bomb was laid at a school": somebody laid it, and not the foundation stone."""
    was = i > 0 and sentence.tokens[i - 1].low in ("was", "were", "been")
    return was and any(lexicon().weapons.get(c.head) == "ied" and i - 5 <= c.last < i for c in sentence.chunks)


_LOSE = frozenset(("lost", "lose", "loses", "losing"))
_LIMBS = grammar("limbs")


def _limb_to_mine(sentence: Chunked, i: int) -> bool:
    """ "Lost a foot to a mine", "who lost both legs in the explosion of a mine"."""
    limb = next((k for k in range(i + 1, min(i + 4, len(sentence.tokens))) if sentence.tokens[k].low in _LIMBS), 0)
    return limb > 0 and any(lexicon().weapons.get(c.head) == "ied" and limb < c.first <= limb + 7 for c in sentence.chunks)


_CARE = frozenset(("hospital", "hospitals", "clinic", "ambulance", "morgue", "safety", "doctor"))


def _tells(sentence: Chunked, i: int, verb: Trigger) -> bool:
    """Whether a form of the present that no noun has tells a headline's news: "Group executes 8 in X", "Men kill and rob 4"."""
    before, after = sentence.tokens[max(0, i - 1) : i], sentence.tokens[i + 1 : i + 2]
    if verb.lemma in _FALLS and _acts(sentence, i):
        return True
    if verb.form not in ("base", "s") or not before or not after or before[0].low in _NOUN_BEFORE or before[0].low in _BESIDE:
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
    near = struck is not None and not any(t.low in _NO_OBJECT or t.text in ".,;:" for t in sentence.tokens[i + 1 : struck.first])
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
    if before in ("weapon", "group", "actor") and (behind in ARTICLES or _counts(sentence, i + 1)):
        return True  # "a mine wounded a soldier"
    told = here.number is not None or before in ("people", "group") or tokens[i - 1].low in _BE
    return told and behind in _NO_OBJECT


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
    if after in _OF_MANY or (low == "shot" and after in ("shell", "shells")):
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


_OF_MANY = frozenset(("rate", "rates", "statistics", "video", "videos", "footage"))
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
    if i and sentence.tokens[i - 1].low in _BE:
        return next((_flies(c) for c in reversed(sentence.chunks) if c.last <= i and c.kind in ("weapon", "site")), "")
    stop = down + 6 if down == i + 1 else down
    return next((_flies(c) for c in sentence.chunks if i < c.first <= stop and c.kind in ("weapon", "site")), "")


def _flies(chunk: Chunk) -> str:
    return "weapon" if is_manned(chunk) else chunk.kind


def is_manned(chunk: Chunk) -> bool:
    """Whether a craft has people in it."""
    return chunk.head.split(" ")[-1] in _MANNED


_MANNED = grammar("roles.manned")


def _particle_at(sentence: Chunked, i: int, particle: str) -> int:
    """Where a verb's particle stands, shortly behind it; 0 where none does."""
    return next((k for k in range(i + 1, min(i + 7, len(sentence.tokens))) if sentence.tokens[k].low == particle), 0)


# "X bombing kills nine": what a headline says that came of a deed.
_COMES_OF_IT = frozenset(
    ("kills", "leaves", "injures", "wounds", "claims", "hits", "targets", "rocks", "kill", "leave", "injure", "wound")
)


def is_noun(sentence: Chunked, i: int, verb: Trigger) -> bool:
    """Whether a word with a verb's form is a noun (or an adjective) here."""
    tokens = sentence.tokens
    before = tokens[i - 1].low if i else ""
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if verb.lemma in ("hit", "hurt"):
        return before in ("direct", "a", "the", "of", "big", "hard", "hardest", "be", "first", "many")
    if verb.form in ("past", "participle"):
        adjectival = (
            before in ("the", "a", "an", "direct")
            and verb.lemma not in ("hurt",)
            and (after not in ("by", "in", "at", "on") or verb.lemma == "hit")
        )
        return adjectival or (verb.lemma == "hit" and before in ("direct", "a", "be"))
    if verb.form == "ing":
        return (
            before in _NOUN_BEFORE - {"after", "by", "since", "following", "in", "from", "for"}
            or after == "of"
            or (before in ("'s", "’s") and _is_time(sentence, i - 2))  # "Tuesday's bombing"
            or (
                i > 0
                and sentence.at[i - 1] >= 0
                and sentence.chunks[sentence.at[i - 1]].kind in ("adjective", "state", "actor", "site", "area", "name")
                and (after in _NOUN_AFTER or after in _COMES_OF_IT or i + 1 == len(tokens))
            )
        )
    if before in (
        "to",
        "not",
        "n't",
        "they",
        "who",
        "it",
        "we",
        "would",
        "could",
        "will",
        "may",
        "might",
        "can",
        "should",
        "did",
        "does",
        "do",
    ):
        return False
    prior = sentence.over(i - 1) if i else None
    if prior and prior.kind in ("group", "people", "weapon", "actor") and _counts(sentence, i + 1):
        return tokens[i].low in lexicon().nouns  # "gunmen kill 10 villagers", against "the rebel attack 10 miles away"
    if prior and prior.kind in ("actor", "group", "people", "weapon", "state", "voice", "name") and after not in _NOUN_AFTER:
        return not (
            prior.kind in ("group", "people", "weapon", "actor", "state")
            and i + 1 < len(tokens)
            and (sentence.at[i + 1] >= 0 or after in ("the", "a", "an", "its", "their"))
        )
    return True


def is_passive(sentence: Chunked, i: int, end: int, trigger: Trigger) -> bool:
    """Whether a participle at tokens [i, end) is governed by a form of "be", or has nobody behind it to whom it is done."""
    if trigger.lemma == UNDER_FIRE:
        return True
    if trigger.form not in ("past", "participle") and trigger.lemma.split()[0] not in UNCHANGING:
        return False
    k = i - 1
    while k >= 0 and (
        sentence.tokens[k].low in _SKIP
        or sentence.tokens[k].text in '"“”'
        or (sentence.at[k] >= 0 and sentence.chunks[sentence.at[k]].kind == "number")
    ):
        k -= 1
    if k >= 0 and sentence.tokens[k].low in _BE:
        return True
    after = sentence.tokens[end].low if end < len(sentence.tokens) else ""
    return (after == "by" and trigger.lemma not in DIES) or _without_object(sentence, i, end, trigger)


def _without_object(sentence: Chunked, i: int, end: int, trigger: Trigger) -> bool:
    """ "Three shot dead in X", "clinic hit in a raid": a headline's passive, which leaves out the word for "was"."""
    before = sentence.over(i - 1) if i else None
    if trigger.lemma not in _TRANSITIVE:
        thing = before if before is not None and before.kind in ("site", "area") else None
        if thing is None or trigger.cls not in _ON_THINGS or (i > 1 and _hangs(sentence, thing)):
            return False
    if sentence.tokens[i - 1].low in ("someone", "somebody"):
        return False
    if trigger.lemma == "shoot" and (_AT_NOBODY & {t.low for t in sentence.tokens[end : end + 3]} or _shot_at(sentence, end)):
        return False
    k = end
    while k < len(sentence.tokens) and (sentence.tokens[k].low in _SKIP | _STILL or _harmed_too(sentence, k)):
        k += 1
    if k >= len(sentence.tokens):
        return before is not None or i == 0
    if k + 1 < len(sentence.tokens) and sentence.tokens[k].low in ("on", "in", "at") and _is_time(sentence, k + 1):
        k += 1
    token = sentence.tokens[k]
    if _is_time(sentence, k):  # "kidnapped on Monday two priests" has its object behind the day
        last = sentence.chunks[sentence.at[k]].last
        return last >= len(sentence.tokens) or not _opens_people(sentence, last)
    counted = sentence.tokens[k + 1].low if k + 1 < len(sentence.tokens) else ""
    if counted in ("least", "most", "many", "few") or _is_number(sentence, k):
        return False  # "killed at least 20 villagers", "abducted as many as 80 girls"
    return token.low in _NO_OBJECT or token.text in ".,;:)"


def _is_time(sentence: Chunked, k: int) -> bool:
    return sentence.at[k] >= 0 and sentence.chunks[sentence.at[k]].kind == "time"


def _shot_at(sentence: Chunked, k: int) -> bool:
    """ "Shot at officers", against "four shot at a bar"."""
    if k >= len(sentence.tokens) or sentence.tokens[k].low != "at":
        return False
    behind = next((c for c in sentence.chunks if k < c.first <= k + 5 and c.kind != "number"), None)
    person = behind is not None and sentence.tokens[behind.first].low.rstrip(".") in ("mr", "mrs", "ms", "miss", "dr")
    return behind is None or person or behind.kind not in ("site", "area", "name", "time")


def _opens_people(sentence: Chunked, k: int) -> bool:
    """Whether people, their number or their article stand at a token."""
    people = sentence.at[k] >= 0 and sentence.chunks[sentence.at[k]].kind != "name"
    return people or _is_number(sentence, k) or sentence.tokens[k].low in ARTICLES


def _is_number(sentence: Chunked, k: int) -> bool:
    """Whether a number begins at a token, be it a stretch of its own or one of the people that it counts."""
    return any(c.number is not None and c.number.span.start == sentence.tokens[k].start for c in sentence.chunks)


def _counts(sentence: Chunked, k: int) -> bool:
    """Whether a number begins at a token, or "at least" before one."""
    low = [token.low for token in sentence.tokens[k : k + 2]]
    return low in (["at", "least"], ["at", "most"]) or (bool(low) and _is_number(sentence, k))


def _hangs(sentence: Chunked, chunk: Chunk) -> bool:
    """Whether a stretch hangs on a preposition: "troops in the village attacked" leaves the village unharmed."""
    return before_of(sentence, chunk) in OUT


def _harmed_too(sentence: Chunked, k: int) -> bool:
    """ "Shot and wounded in ...": a second word for what befell the same people."""
    low = sentence.tokens[k].low
    if low == "and":
        return k + 1 < len(sentence.tokens) and sentence.tokens[k + 1].low in _HARMED
    return low in _HARMED


_TRANSITIVE = grammar("triggers.transitive")
_NO_OBJECT = grammar("triggers.no_object")
_ON_THINGS = ("open", "shelling", "bombed", "casualty", "burnt", "looting")
_AT_NOBODY = frozenset(("air", "sky", "into", "back", "towards", "toward"))
_HARMED = frozenset(("wounded", "injured", "killed", "hurt"))
_STILL = frozenset(("dead", "down", "to", "death", "multiple", "several", "times", "alive", "unharmed"))


def left_bound(sentence: Chunked, i: int) -> int:
    """The first token of the clause that token i stands in."""
    for k in range(i - 1, -1, -1):
        token = sentence.tokens[k]
        if token.low in _BOUNDARY and not (sentence.at[k] >= 0):
            return k + 1
    return 0


def right_bound(sentence: Chunked, i: int) -> int:
    """The token behind the clause that token i stands in."""
    for k in range(i + 1, len(sentence.tokens)):
        token = sentence.tokens[k]
        if token.low in _BOUNDARY and sentence.at[k] < 0:
            return k
        if (
            token.low == "in"
            and k + 2 < len(sentence.tokens)
            and (sentence.tokens[k + 1].low in _RESPONSE or sentence.tokens[k + 2].low in _RESPONSE)
        ):
            return k
    return len(sentence.tokens)


def a_day_after(sentence: Chunked, k: int) -> bool:
    """ "Struck X two days after Y was hit": whether a time ends here behind which another deed is told."""
    if sentence.tokens[k].low not in ("after", "before") or sentence.at[k] < 0:
        return False
    time = sentence.chunks[sentence.at[k]]
    return time.kind == "time" and time.last == k + 1 > time.first + 1


_CAME_TO = re.compile(r"\b(?:manag(?:ed|es|ing)|succeed(?:ed|s)|(?:was|were) able) to$")


def came_to(sentence: Chunked, i: int) -> bool:
    """ "Managed to kill", "were able to seize": whether the words before a verb say that what it tells came to pass."""
    return _CAME_TO.search(" ".join(t.low for t in sentence.tokens[max(0, i - 3) : i])) is not None


def realis_of(sentence: Chunked, i: int, noun: bool, size: int = 1) -> Realis:
    """What governs the word, of so many tokens: nothing, a modal, a threat, a negation, an attempt."""
    lex, tokens = lexicon(), sentence.tokens
    lo = left_bound(sentence, i)
    # "In May, a bomb killed two": a month, and no modal.
    window = _own(["" if t.text == "May" else t.low for t in tokens[max(lo, i - (6 if noun else 5)) : i]], noun)
    window = _undenied(window)
    if lo and tokens[lo - 1].low in ("if", "unless", "whether"):
        return Realis.HYPOTHETICAL
    if i > 1 and tokens[i - 1].low == "in" and tokens[i - 2].low in ("interest", "interested"):
        return Realis.HYPOTHETICAL
    if lo > 1 and tokens[lo - 1].low == "that" and tokens[lo - 2].low in _RUMOURS:
        return Realis.HYPOTHETICAL  # "the rumour that ...", "the risk that ..."
    if (not noun or (i and tokens[i - 1].low in ("and", "or"))) and _let(sentence, i):
        return Realis.HYPOTHETICAL
    if noun:
        if _would(sentence, i + size - 1):
            return Realis.HYPOTHETICAL
        if _awaited(sentence, i):
            return Realis.PLANNED
        if "wound" in tokens[min(i + 1, len(tokens) - 1)].low and _no_one(sentence, i, lo):
            return Realis.DENIED
        return _readied(sentence, i, lo) or _realis_of_noun(window, tokens[i - 1].low if i else "")
    window = _ungoverned(window, tokens[i].low)
    direct = tokens[i - 1].low if i else ""
    if direct == "for" and (wanted := _readied(sentence, i, lo)):
        return wanted  # "called for stabbing ..."
    if direct == "for" and any(w.startswith(_FOR_DEEDS) for w in window):
        return Realis.ASSERTED  # "would not apologise for downing the jet"
    if i == lo and tokens[i].low.endswith("ing") and _would(sentence, i):
        return Realis.HYPOTHETICAL  # "capturing the city would be a victory"
    if direct in _ENDS and "to" in window[-3:-1] and tokens[i].low.endswith("ing"):
        return Realis.HYPOTHETICAL  # "urged the army to stop shelling the town"
    if direct == "to" and len(window) > 1:
        if came_to(sentence, i) or (window[-2] in ("due", "owing") and tokens[i].low.endswith("ing")):
            return Realis.ASSERTED  # "wounded due to shelling by the army"
        governor = next((w for w in reversed(window[:-1]) if w in lex.managed or w in lex.planned or w in lex.attempted), "")
        if governor in lex.managed:  # "will be used to retake X" is planned yet
            return Realis.PLANNED if {"will", "would", "shall"} & set(window) else Realis.ASSERTED
        if governor in lex.attempted:
            return Realis.FOILED
        whoever = [t.low for t in tokens[i + 1 : i + 2]] in (["any"], ["anyone"], ["anybody"])  # "threatened to attack any ship"
        return Realis.PLANNED if governor in lex.planned and not whoever else Realis.HYPOTHETICAL
    if direct == "be" and window[-2:-1] == ["to"] and any(w.startswith(_WISHES) for w in window[-4:-2]):
        return Realis.HYPOTHETICAL  # "no one likes to be hit"
    if _no_one(sentence, i, lo) or (i + 1 < len(tokens) and tokens[i + 1].low == "nothing"):
        return Realis.DENIED
    near = window[-4:]
    if "would" in near and lo and tokens[lo - 1].low == "who" and near[0] == "would":
        return Realis.HYPOTHETICAL  # "a man who would attack any problem"
    if any(w in ("would", "will", "shall") for w in near):
        return Realis.PLANNED
    if any(w in ("could", "may", "might", "can", "cannot", "should", "must") for w in near):
        return Realis.HYPOTHETICAL
    if negated(window) or _less(window):
        return Realis.DENIED
    if any(w.startswith(("deny", "denied", "denies", "denying")) for w in window):
        return Realis.DENIED
    return Realis.ASSERTED


def _undenied(window: list[str]) -> list[str]:
    """ "Did not deny", "neither confirmed nor denied": what is not denied is left open."""
    at = next((k for k, w in enumerate(window) if w.startswith(("deny", "denied", "denies"))), 0)
    return window[at + 1 :] if at and negated(window[max(0, at - 3) : at]) else window


def negated(lows: list[str]) -> bool:
    """Whether a word that denies stands among these."""
    return any(w in _NOT or w.endswith(("n't", "n’t")) for w in lows)


def _own(window: list[str], noun: bool) -> list[str]:
    """ "A man who could not flee was shot", "when they could not flee, they shot": what governs the verb before is none of this
    one's."""
    if not noun and "," in window[:-1] and window[window.index(",") + 1] in _SUBJECTS:
        window = window[window.index(",") + 1 :]
    at = next((k for k in range(len(window) - 1, 0, -1) if window[k] in ("was", "were")), 0)
    held = (a in _OF_VERBS and b not in _OF_NOUNS for a, b in itertools.pairwise(window[:at]))
    return window[at:] if not noun and at > 1 and window[at - 1].isalpha() and any(held) else window


def _ungoverned(window: list[str], word: str) -> list[str]:
    """ "A man who could not run burnt to death": a past form that no "be" or "have" stands before is governed by no modal."""
    at = max((k for k, w in enumerate(window) if w in _MODALS), default=-1)
    behind = [w for w in window[at + 1 :] if w not in ("not", "n't")]
    known = lexicon().verbs.get(word)
    past = word.endswith("ed") or (known is not None and known.form == "past" and known.lemma not in UNCHANGING)
    return window[-1:] if at >= 0 and past and behind and behind[0].isalpha() and _HELPS.isdisjoint(behind) else window


_MODALS = frozenset(("could", "would", "can", "might", "cannot"))
_HELPS = frozenset(("be", "been", "being", "have", "has", "had", "get", "gets", "got", "and", "or", "to", "that", "was", "were"))
_SUBJECTS = frozenset(("he", "she", "it", "they", "we", "i"))
_OF_VERBS = frozenset(("not", "n't", "could", "would", "can", "will", "might", "did"))
_OF_NOUNS = ARTICLES | {"one", "single", "all", "any", "every", "many", "much", "far"}


_NOT = frozenset(("not", "n't", "never", "no", "neither", "nor", "without", "nobody", "nothing", "none", "nowhere"))


_RUMOURS = grammar("triggers.rumours")


def _no_one(sentence: Chunked, i: int, lo: int) -> bool:
    """ "None of the villages in X was shelled", "neither the bank nor the school was raided": nobody, from further off."""
    for k in range(i - 1, lo - 1, -1):
        low = sentence.tokens[k].low
        if low in ("none", "neither", "nobody", "nothing"):
            return True
        if low in (";", "and", "but", "said", "says", "denied", "deny", "denies") or (
            low == "," and k + 1 < i and sentence.tokens[k + 1].low in ("and", "but")
        ):
            return False
    return False


def _let(sentence: Chunked, i: int) -> bool:
    """ "Let nobody leave this tent and attack a house", "do not burn the shops": what is asked, or forbidden."""
    k = next((k for k in range(i - 1, -1, -1) if sentence.tokens[k].text in '.;:"“' or k == i - 12), -1) + 1
    opens = [t.low for t in sentence.tokens[k : k + 3]]
    verb = lexicon().verbs.get(sentence.tokens[i].low)
    asked = opens[:1] == ["let"] or opens[:2] in (["do", "not"], ["do", "n't"]) or opens[:1] == ["never"]
    return asked and verb is not None and verb.form == "base"


_AWAITED = frozenset(("expected", "scheduled", "due", "slated", "feared", "anticipated", "looming", "imminent"))
_AHEAD = _AWAITED | {"planned", "likely", "set"}


def _awaited(sentence: Chunked, i: int) -> bool:
    """ "More strikes are expected", "a march is planned for Friday"; but "the attack was planned abroad" took place."""
    near = [t.low for t in sentence.tokens[i + 1 : i + 5]]
    for k, low in enumerate(near[:-1]):
        if low in ("is", "are", "was", "were"):
            words = near[k + 1 : k + 3]
            return bool((_AHEAD if low in ("is", "are") else _AWAITED) & set(words)) and "by" not in near[k + 1 :]
    return False


def _would(sentence: Chunked, i: int) -> bool:
    """ "A direct hit on the silo would release ammonia": what would come of it, were it to happen."""
    verbs, tokens = lexicon().verbs, sentence.tokens
    for k in range(i + 1, min(i + 10, len(tokens))):
        low = tokens[k].low
        if low in ("would", "could", "might"):
            return True
        if sentence.at[k] < 0 and (low in verbs or low in _BE or low in _BOUNDARY or low in (",", "and", "has", "had", "have")):
            return False
    return False


def _less(window: list[str]) -> bool:
    """ "Still less", "let alone": what was denied before is denied of this too."""
    pairs = list(itertools.pairwise(window))
    return any(pair in pairs for pair in (("still", "less"), ("much", "less"), ("let", "alone")))


def _readied(sentence: Chunked, i: int, lo: int) -> Realis | None:
    """ "Readying missiles for a second salvo", "called for attacks": a noun that "for" hangs on what is wanted or made ready."""
    lows = [t.low for t in sentence.tokens[lo:i]]
    if "for" not in lows[-5:]:
        return None
    at = len(lows) - 1 - lows[::-1].index("for")
    if any(w in _TURNS for w in lows[at + 1 :]):
        return None
    wanted = any(w in _CALLS for w in lows[max(0, at - 1) : at]) or any(w in _READY for w in lows[max(0, at - 8) : at])
    return Realis.PLANNED if wanted else None


_TURNS = frozenset(("of", "into", "after", "on", "in", "over", "about", "to", "from", "at", "against"))
_ENDS = frozenset(("stop", "cease", "halt", "quit", "end"))
_ABOUT = frozenset(("about", "poised", "wanted", "hoped", "hoping", "hopes", "wants"))
_WISHES = ("like", "want", "deserv", "hope", "wish", "prefer", "ought", "fear", "hate")
_FOR_DEEDS = ("apolog", "prais", "thank", "condemn", "criticis", "criticiz", "blam", "forgiv", "punish", "sentence", "convict")
"""How the words begin whose "for" says what was done."""
_CALLS = grammar("triggers.calls")
_READY = grammar("triggers.ready")
_INTENT = grammar("triggers.intent")
_UNREAL = grammar("triggers.unreal")
_STOPPED = grammar("triggers.stopped")


def _realis_of_noun(window: list[str], direct: str) -> Realis:
    """What governs a noun: the few words before it."""
    near = window[-5:]
    told_of = any(w.isdigit() and len(w) == 4 for w in near) or (direct == "planned" and {"was", "were"} & set(near))
    if any(w in _INTENT for w in near) and not told_of:  # "accused of plotting the 2005 assassination", "it was a planned attack"
        return Realis.PLANNED
    if any(a.startswith("warn") and b == "of" for a, b in itertools.pairwise(near)):
        return Realis.HYPOTHETICAL
    if direct in ("no", "without", "not") or near[-2:-1] in (["no"], ["not"], ["without"]):
        return Realis.DENIED
    if any(b == "to" and a in _ABOUT for a, b in itertools.pairwise(near)):
        return Realis.PLANNED  # "was about to carry out an attack"
    if any(a == "to" and b in _ENDS for a, b in itertools.pairwise(near)):
        return Realis.HYPOTHETICAL  # "how to stop their advance"
    if any(pair in (("ahead", "of"), ("called", "off")) for pair in itertools.pairwise(near)):
        return Realis.PLANNED
    if "than" in near and any(w in ("would", "could", "might") for w in window):
        return Realis.HYPOTHETICAL
    told = near[-3:]
    if {"the", "this", "his", "her", "their", "'s", "’s"} & set(told):
        told = [w for w in told if not w.startswith("condemn")]  # "condemned the murder of X": there was one
    if direct in ("any", "further", "possible", "potential", "against") or any(w in _UNREAL for w in told):
        return Realis.HYPOTHETICAL
    if any(w in ("denied", "denies", "deny", "denying") for w in near):
        return Realis.DENIED
    return Realis.FOILED if any(w in _STOPPED for w in near) else Realis.ASSERTED
