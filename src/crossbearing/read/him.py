"""Whom "he" means, where something befell him: "X Y sold bread at the gate. She was hit by a sniper".

The person is told by name: the first whom the same sentence names before the pronoun, else the first of the nearest of the
two sentences before that names one. Who did it and who speaks is not meant, and whom other words say it befell keeps his place.
What somebody does to "him" in a sentence of several persons leaves open to whom.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from crossbearing.model.mention import BEFALLEN, Happening, Mention, MentionKind, Role, RoleName
from crossbearing.model.text import Span

_HE_WAS = re.compile(
    r"\b(?P<he>he|she)(?: (?:later|then|also))? (?:was|had been|has been) (?:(?:\w+ly|later|then|also|first) )?(?:\w+ed and )?$",
    re.I,
)
_HIM = re.compile(
    r" (?P<he>him|her)\b(?=[^\w ]|$| (?:in|at|on|near|dead|to|with|from|outside|inside|and|by|before|as|while|when|several|"
    r"twice|down|away|after|last|this|yesterday|today|during|for|because|there|through)\b)"
)
_NAME = re.compile(r"(?:.* )?[^ ]*[A-Z][^ ]*$")
_BACK = 2
"""So many sentences back a person may be named."""


def with_person(
    text: str, happening: Happening, sentences: Sequence[Span], persons: Sequence[Span], speakers: Sequence[Span]
) -> Happening:
    """A happening that befell "him", with who that is. `persons`: all that are named, in order; `speakers`: who speaks."""
    he = None if any(r.name in BEFALLEN for r in happening.roles) else _pronoun(text, happening.trigger)
    if he is None:
        return happening
    not_he = [m.span for m in happening.role(RoleName.PERPETRATOR)] + list(speakers)
    at = bisect_right([s.start for s in sentences], he.start) - 1
    for sentence in reversed(sentences[max(0, at - _BACK) : at + 1]):
        named = [p for p in persons if sentence.holds(p) and p.end <= he.start]
        if not named:
            continue
        called = len(named) > 1 and named[1].start - named[0].end <= 2  # "the mayor, X Y"
        several = he.of(text) in ("him", "her") and sentence.holds(he) and len(named) > 1 + called
        who = named[called]
        if several or not _NAME.match(who.of(text)) or any(p.meets(span) for p in named[: 1 + called] for span in not_he):
            return happening
        role = Role(RoleName.TARGET, Mention(who, MentionKind.PERSON), 0.6)
        return replace(happening, roles=(*happening.roles, role))
    return happening


def _pronoun(text: str, trigger: Span) -> Span | None:
    """ "He", whom a word says something befell."""
    before = _HE_WAS.search(text, max(0, trigger.start - 40), trigger.start)
    match = before or _HIM.search(text, trigger.start, trigger.end) or _HIM.match(text, trigger.end)
    return Span(*match.span("he")) if match else None
