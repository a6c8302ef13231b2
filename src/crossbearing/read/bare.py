"""A deed told by its weapon alone, without a verb: "Jasim: hand grenade at the mukhtar's gate overnight".

So channels, digests and notebooks write. What is asked for, since "missiles in Europe" tells no deed: a weapon that goes off, a
word for where right behind it, no verb up to the next stop, and a day, an hour or somebody hurt (or nobody) in the line.
"""

from __future__ import annotations

import re

from crossbearing.model.mention import Realis
from crossbearing.read.beside import OUT, before_of
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.lexicon import Trigger, grammar, lexicon
from crossbearing.read.triggers import Found
from crossbearing.words.time_forms import Length, Within

_GOES_OFF = frozenset(("shelling", "grenade", "ied", "air"))
_WHERE = grammar("bare.where")
_VERBS = grammar("bare.verbs")
_NO_SPOT = grammar("bare.no_spot")
_SHAPED = re.compile(r"[a-z]{3,}(?:ed|ing)")
_STOPS = frozenset(".,;!?–—")
_HARM = re.compile(r"\b(?:dead|killed|hurt|wounded|injured|casualt(?:y|ies)|deaths?|victims?|unhurt|nobody|damage)\b")
_RUBRIC = 6
"""A rubric before the weapon ("Tafas, western Daraa: ...") runs to so many words."""
_BEFORE = 3
"""So many words may stand before the weapon in its own phrase: "two heavy mortar shells"."""


def bare(sentence: Chunked) -> list[Found]:
    """The weapon that tells a deed in a line without a verb; nothing where the line has one, or tells no day and no harm."""
    if (left := _left_dead(sentence)) is not None:
        return [_told(left)]
    opening = _opening(sentence)
    weapon = next((c for c in sentence.chunks if c.kind == "weapon" and opening <= c.first <= opening + _BEFORE), None)
    if weapon is None or lexicon().weapons.get(weapon.head) not in _GOES_OFF or not _somewhere(sentence, weapon):
        return []
    times = [c.time.form for c in sentence.chunks if c.time is not None]
    dated = not all(isinstance(form, Length | Within) for form in times) and not _seen_there(sentence, weapon)
    if not dated and _HARM.search(sentence.words) is None:
        return []
    end = _end(sentence, weapon.last)
    if any(_is_verb(sentence, k) for k in range(opening, end)):
        return []
    return [_told(weapon)]


def _told(weapon: Chunk) -> Found:
    return Found(weapon.first, weapon.last, Trigger("open", "attack", "noun"), noun=True, passive=False, realis=Realis.ASSERTED)


def _left_dead(sentence: Chunked) -> Chunk | None:
    """ "A bomb left four people dead": the weapon before the verb, where harm stands close behind it."""
    for weapon in sentence.chunks:
        if weapon.kind != "weapon" or lexicon().weapons.get(weapon.head) not in _GOES_OFF or before_of(sentence, weapon) in OUT:
            continue
        behind = [t.low for t in sentence.tokens[weapon.last : weapon.last + _LEFT]]
        if behind[:1] in (["left"], ["leaves"], ["leave"]) and not _HARMED.isdisjoint(behind):
            return weapon
    return None


_LEFT = 10
_HARMED = frozenset(("dead", "injured", "wounded", "hurt", "maimed"))


def _opening(sentence: Chunked) -> int:
    """Where the line begins, behind its bullet and its rubric."""
    marks = (k for k, t in enumerate(sentence.tokens[: _RUBRIC + 1]) if t.text in ":•*–—-")
    return max(marks, default=-1) + 1


def _somewhere(sentence: Chunked, weapon: Chunk) -> bool:
    behind = [t.low for t in sentence.tokens[weapon.last : weapon.last + 4]]
    return bool(behind) and behind[0] in _WHERE and _NO_SPOT.isdisjoint(behind[1:])


def _seen_there(sentence: Chunked, weapon: Chunk) -> bool:
    """ "Drones near the airport": what flies may only have been seen."""
    return lexicon().weapons[weapon.head] == "air" and sentence.tokens[weapon.last].low in ("near", "in", "outside", "behind")


def _end(sentence: Chunked, k: int) -> int:
    return next((n for n in range(k, len(sentence.tokens)) if sentence.tokens[n].text in _STOPS), len(sentence.tokens))


def _is_verb(sentence: Chunked, k: int) -> bool:
    token = sentence.tokens[k]
    chunk = sentence.over(k)
    if chunk is not None and chunk.kind in ("name", "weapon", "actor", "time"):
        return False
    known = token.low in lexicon().verbs and token.low not in lexicon().nouns
    return (
        known
        or token.low in _VERBS
        or token.low in lexicon().speech
        or (not token.cap and _SHAPED.fullmatch(token.low) is not None)
    )
