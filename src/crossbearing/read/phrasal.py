"""Deeds that several words tell together: "came under fire", "stepped on a mine", "traded fire"."""

from __future__ import annotations

from crossbearing.read.beside import ARTICLES
from crossbearing.read.bounds import BOUNDARY, left_bound
from crossbearing.read.chunks import Chunked
from crossbearing.read.forms import BE, is_number
from crossbearing.read.lexicon import Trigger, grammar, lexicon

MINED = Trigger("weapon", "step on", "past")
"""What a mine did to those who came by."""


TOUCH = frozenset(("touch", "touches", "touched", "touching"))


def onto_mine(sentence: Chunked, i: int) -> bool:
    """ "The bus hit a roadside bomb": what lay there befell what came by."""
    verbs = lexicon().verbs
    if any(t.low in verbs and verbs[t.low].cls == "casualty" for t in sentence.tokens[:i]):
        return False  # "a farmer was killed when his tractor hit a mine": it befell the farmer
    return meets_mine(sentence, i)


def meets_mine(sentence: Chunked, i: int) -> bool:
    """Whether what a word says was hit was a mine or a bomb, so that it befell whoever hit it."""
    laid = next((c for c in sentence.chunks if i < c.first <= i + 4), None)
    was = i > 0 and sentence.tokens[i - 1].low in BE
    return laid is not None and lexicon().weapons.get(laid.head) == "ied" and not was


_COME = frozenset(("come", "comes", "came", "coming"))
_FIRE = frozenset(("fire", "gunfire"))


def comes_under_fire(sentence: Chunked, i: int) -> int:
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


_BETWEEN_NOT = BOUNDARY | {"the", "of", "in", "for", "from", "by", "to"}


def _armed_at(sentence: Chunked, k: int) -> bool:
    """Whether weapons stand on either side of an "and"."""
    beside = [sentence.at[n] for n in (k - 1, k + 1)]
    return all(n >= 0 and sentence.chunks[n].kind == "weapon" for n in beside)


def deed_of(sentence: Chunked, i: int, verb: Trigger) -> bool:
    """ "The hurling of a bomb", "the burning of two schools": a deed told by a verb's noun, done to something said to be one."""
    if verb.form != "ing" or verb.cls not in _OF_DEEDS or not 0 < i < len(sentence.tokens) - 2:
        return False
    before, of, whom = (sentence.tokens[k] for k in (i - 1, i + 1, i + 2))
    one = whom.low in ARTICLES or whom.text[0].isupper() or is_number(sentence, i + 2)
    return before.low in _THE and of.low == "of" and one


_OF_DEEDS = frozenset(
    ("bombed", "shelling", "air", "weapon", "attack", "ied", "looting", "burnt", "abduction", "sexual", "wreck", "foil")
)
_THE = frozenset(("the", "this", "that", "and", "'s", "’s"))


def in_two_words(sentence: Chunked, i: int) -> Trigger | None:
    """The verb of several words that begins at a token, its object standing between them: "took two priests hostage"."""
    behind = [_one(t.low) for t in sentence.tokens[i + 1 : i + _BETWEEN]]
    stop = next((k for k, low in enumerate(behind) if low in BOUNDARY - {"as"} or low in lexicon().speech), len(behind))
    for rest, trigger in lexicon().parted[sentence.tokens[i].low]:
        if any(tuple(behind[k : k + len(rest)]) == rest for k in range(1, stop)):
            return trigger
    return None


def _one(word: str) -> str:
    """A word as it stands in the table of verbs: "hostages" as "hostage"."""
    return word[:-1] if word in ("hostages", "captives", "prisoners") else word


_BETWEEN = 12


def by_armed(sentence: Chunked, i: int) -> bool:
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


def into_wild(sentence: Chunked, i: int) -> bool:
    """ "Took 12 passengers into the bush", "led them to an unknown place": where those are led whom armed men take."""
    behind = [t.low for t in sentence.tokens[i + 1 : i + _BETWEEN + 3]]
    stop = next((k for k, low in enumerate(behind) if low in BOUNDARY or low in (",", ".")), len(behind))
    led = zip(behind, behind[1:], behind[2:stop], strict=False)
    return any(to in ("into", "to") and the in ARTICLES and wild in _WILD for to, the, wild in led)


UPON = frozenset(("fell", "fallen", "set", "swooped", "descended", "pounced"))
"""What those do who fall upon somebody."""


def falls_upon(sentence: Chunked, i: int) -> bool:
    """ "Forty raiders fell on the camp": who comes over people is an armed party, and no shell."""
    if i + 2 >= len(sentence.tokens) or sentence.tokens[i + 1].low not in ("on", "upon"):
        return False
    lo = left_bound(sentence, i)
    who = next((c for c in sentence.chunks if lo <= c.first < i and c.kind not in ("number", "time", "adjective", "state")), None)
    whom = sentence.tokens[i + 2].low in ARTICLES or sentence.at[i + 2] >= 0
    return who is not None and who.kind in ("group", "actor") and whom and sentence.tokens[i + 2].low not in ("fire", "foot")


EXCHANGE = frozenset("exchange exchanges exchanged exchanging trade trades traded trading".split())
"""What two do with fire, and with other things."""
_HEAVY = frozenset(("artillery", "mortar", "rocket", "missile", "tank"))
_SORTS = _HEAVY | frozenset(
    "heavy light intense sporadic sustained intermittent more small arms small-arms machine gun and".split()
)
_LINES = frozenset(("border", "line", "river", "frontier", "boundary", "strait", "fence"))


def trade_fire(sentence: Chunked, i: int) -> tuple[int, Trigger] | None:
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


def mine_laid(sentence: Chunked, i: int) -> bool:
    """ "A bomb was laid at a school": somebody laid it, and not the foundation stone."""
    was = i > 0 and sentence.tokens[i - 1].low in ("was", "were", "been")
    return was and any(lexicon().weapons.get(c.head) == "ied" and i - 5 <= c.last < i for c in sentence.chunks)


LOSE = frozenset(("lost", "lose", "loses", "losing"))
"""What happens to limbs, and to other things."""
_LIMBS = grammar("limbs")


def limb_to_mine(sentence: Chunked, i: int) -> bool:
    """ "Lost a foot to a mine", "who lost both legs in the explosion of a mine"."""
    limb = next((k for k in range(i + 1, min(i + 4, len(sentence.tokens))) if sentence.tokens[k].low in _LIMBS), 0)
    return (
        limb > 0
        and all(t.low not in ("accident", "mishap") for t in sentence.tokens[limb:])
        and any(lexicon().weapons.get(c.head) == "ied" and limb < c.first <= limb + 7 for c in sentence.chunks)
    )


_CARE = frozenset(("hospital", "hospitals", "clinic", "ambulance", "morgue", "safety", "doctor"))
