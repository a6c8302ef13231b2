"""The words of mentions of events: what their forms share, which is the head, their particles, and what they tell of."""

from __future__ import annotations

import re

_WORDS_OF_KIND = {
    "firing": "shooting shot gunshot gunfire fire shooter gunman shootout discharge go pull trigger open round accidental"
    " attack attacker strike bomb bombing blast explode explosion raid assault ambush",
    "hitting": "shoot hit bullet accidentally",
    "death": "kill killing killer die death dead fatal fatally deadly murder murderer homicide slay slaying manslaughter body"
    " corpse deceased autopsy lifeless suicide funeral",
    "harm": "injure injury wound hurt critical stable condition treat treatment surgery hospitalize recover",
    "whole": "incident accident case tragedy crime it this that",
}
_IRREGULAR: dict[str, str] = {
    form: lemma
    for lemma, forms in {
        "shoot": "shot", "die": "dying", "strike": "struck", "slay": "slain slew", "find": "found",
        "say": "said", "go": "went gone", "take": "took taken", "hold": "held", "leave": "left", "flee": "fled",
        "fall": "fell fallen", "win": "won", "buy": "bought", "make": "made", "lose": "lost", "fight": "fought",
        "bring": "brought", "lead": "led", "run": "ran", "drive": "drove driven", "sink": "sank sunk", "break": "broke broken",
        "give": "gave given", "see": "saw seen", "tell": "told", "become": "became", "begin": "began begun",
        "gunman": "gunmen", "shake": "shook shaken", "steal": "stole stolen", "speak": "spoke spoken", "sell": "sold",
        "come": "came", "get": "got gotten", "pay": "paid", "send": "sent", "stand": "stood", "beat": "beaten", "meet": "met",
        "be": "is was were are been being", "have": "has had", "choose": "chose chosen",
    }.items()
    for form in forms.split()
}  # fmt: skip
_SMALL = frozenset("of in on at by for to with from into under over off up down out away the a an his her their its no".split())
_NOUNS = frozenset(
    "shooting killing bombing stabbing beating hearing meeting ruling filing warning wedding sighting slaying".split()
)


def lemma(word: str) -> str:
    """What the forms of a word share, the noun in -ing apart: "fire", "fires" and "fired"; "shoot" and "shot"; "shootings"."""
    low = re.sub(r"['’]s?$", "", word.lower().strip('"”“‘.,;:#®'))
    if low in _IRREGULAR:
        low = _IRREGULAR[low]
    elif low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 3:
        low = low[:-1]
    if low not in _NOUNS and (verb := re.fullmatch(r"(.*[aeiouy].*?)(?:ing|(?<!e)ed)", low)):
        low = verb[1]
    low = re.sub(r"y$", "i", low.removesuffix("e"))
    return re.sub(r"([^aeiou])\1$", r"\1", low)


KINDS: dict[str, str] = {lemma(word): kind for kind, words in _WORDS_OF_KIND.items() for word in words.split()}
"""The kinds of events that are told apart within one incident, by lemma: counted on the training part of the Gun Violence Corpus,
where "shooting" and "gunfire" share a chain more often than not, and "shooting" and "shot" once in nine."""


TELLING = frozenset(
    lemma(word)
    for word in (
        "say said tell told report announce confirm according statement claim state declare reveal add note explain describe warn"
        " insist ask cite quote mention speak talk disclose comment write inform"
    ).split()
)
"""Words, by lemma, for telling: of which one is meant is said by who tells, and hardly by what stands around."""
_PARTICLES = frozenset("in into out off up down on over away back through along apart around".split())


def particles(words: str, after: str) -> frozenset[str]:
    """What parts "check into" from "check out": the particles behind a mention's first word, or else the one right after it."""
    held = _PARTICLES & set(words.lower().split()[1:]) or _PARTICLES & {after.lower()}
    return frozenset("in" if word == "into" else word for word in held)


def head(words: str) -> str:
    """The head's lemma: of several words the last before a preposition or particle."""
    parts = words.split()
    while len(parts) > 1 and parts[0].lower() in _SMALL:
        parts = parts[1:]
    stop = next((n for n, word in enumerate(parts) if n and word.lower() in _SMALL), len(parts))
    return lemma(parts[stop - 1]) if parts else ""
