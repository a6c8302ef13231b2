"""People told by name. The rules know no name of a person: to them it may be a place's, and it counts nobody.

The network knows persons from places. Who it takes for a person was not where something happened; and where the words say that
a person, or several one by one, were killed, they are as many dead as they are named: "gunmen killed Ali Karim and Omar Nasser".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from crossbearing.model.mention import BEFALLEN, Happening, Mention, MentionKind, Realis, Role, RoleName
from crossbearing.model.text import Span

Label = Callable[[Span], str | None]
"""What the network takes a stretch of words for."""
_PERSON = ("person", "people")
_THERE = re.compile(r"\b(?:in|at|near|inside|outside|around|into|over|off|across|throughout) (?:the )?$", re.I)
_DONE = (
    r"killed|murdered|assassinated|gunned down|shot (?:dead|and killed|to death)|"
    r"fatally (?:shot|stabbed|wounded|injured)|mortally wounded|beheaded|executed|lynched|slain|hanged|"
    r"strangled|(?:stabbed|beaten|hacked|burn(?:ed|t)|tortured|stoned|knifed|bludgeoned) to death"
)
_KILLING = re.compile(
    rf"\b(?:{_DONE}|kills?|murders?|assassinates?|killing|murdering|assassinating|guns? down|executing|beheading|"
    r"(?:murder|killing|assassination|slaying|beheading|lynching|execution|shooting death) of)"
    r" (?:(?:the|an?|his|her|its|their|former|local|and) )?(?:[\w’'-]+,? ){0,5}$",
    re.I,
)
"""What stands before a person whom the words say somebody killed."""
_KILLED = re.compile(
    rf"(?:, [^,.;]{{1,60}},|,)? (?:(?:(?:an?|the) [^,.;]{{1,50}} )?who )?"
    rf"(?:was|were|is|are|(?:had|has|have) been|got) (?:\w+ly )?(?:{_DONE})\b"
    r"|,? (?:who )?(?:died|lost (?:his|her|their) li(?:fe|ves)) in (?:an?|the) (?:[\w-]+ ){0,3}"
    r"(?:attack|shooting|bombing|blast|explosion|massacre|raid|strike|ambush)\b"
    r"|['’]s? (?:\w+ )?(?:murder|killing|assassination|slaying|beheading|lynching|execution)\b",
    re.I,
)
"""What stands behind one."""
_OTHERWISE = re.compile(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores|hundreds|several|many|including|"
    r"not|never|nobody|none|by|when|while|as|after|before|who|whose|which|that|in|at|near|wound\w*|injur\w*|attempt\w*|"
    r"try\w*|tried|plot\w*|plan\w*|threat\w*|accus\w*|brothers?|sons?|daughters?|wife|husband|mother|father|relatives?|family|"
    r"aides?|bodyguards?|members?|supporters?|loyal\w*|was|were|includ\w+)\b",
    re.I,
)
"""Words between that make somebody else the one who was killed, or nobody."""
_NAME = re.compile(r"[A-Z][\w’'-]*[a-z](?: (?:[A-Z][\w.’'-]*|al|bin|ibn|de|la|van|von))* [A-Z][\w’'-]*[a-z]")
_ONE = re.compile(r"\b(?:an?|his|her) (?:[a-z]+ )?$", re.I)
_LISTED = re.compile(r"(?:,| and|, and) $")
_BESIDE = re.compile(r"(?:, \d{1,2})?(?:,|,? and)(?: (?!who|whom|whose|that|when|while|as|by|in|at)[\w-]+(?<!ed)(?<!ing)){0,4} ")
"""What stands between the persons of a list: ages, and words for what each is."""


def retold(text: str, happening: Happening, label: Label) -> Happening:
    """A happening with its persons told from its places, and those whom its words say were killed counted."""
    roles = tuple(one for role in happening.roles if (one := _person(text, role, label)) is not None)
    told = replace(happening, roles=roles)
    if told.realis not in (Realis.ASSERTED, Realis.BACKGROUND) or told.role(RoleName.KILLED) or told.generic:
        return told
    dead = _dead(text, told)
    return replace(told, roles=(*roles, Role(RoleName.KILLED, dead))) if dead else told


def _person(text: str, role: Role, label: Label) -> Role | None:
    """A part whose words the rules took for a place's name: a person's, or none where a person would be the place."""
    mention = role.mention
    named = mention.kind is MentionKind.PLACE or (mention.kind is MentionKind.PEOPLE and _NAME.fullmatch(mention.span.of(text)))
    if not named or mention.known or label(mention.span) not in _PERSON:
        return role
    person = replace(role, mention=Mention(mention.span, MentionKind.PERSON))
    if role.name is not RoleName.PLACE:
        return person
    if _THERE.search(text, max(0, mention.span.start - 16), mention.span.start):
        return role
    # "The body of Luis Mora, who was shot dead": whom it befell.
    return replace(person, name=RoleName.TARGET) if _KILLED.match(text, mention.span.end) else None


def _dead(text: str, happening: Happening) -> Mention | None:
    """The persons whom a happening's words say were killed, from the first name to the last of a list."""
    sentence = happening.sentence
    struck = [m for name in BEFALLEN for m in happening.role(name) if sentence.holds(m.span)]
    befallen = {m for m in struck if m.kind is MentionKind.PERSON or _is_one(text, m)}
    named = sorted(befallen, key=lambda m: m.span)
    for n, first in enumerate(named):
        whole = Span(first.span.start, _last_listed(text, named[n:]).span.end)
        if _is_dead(text, sentence, whole):
            return Mention(whole, MentionKind.PERSON)
    return None


def _last_listed(text: str, named: Sequence[Mention]) -> Mention:
    """The last of the persons whom a list names, from its first on."""
    return next((a for a, b in pairwise(named) if not _BESIDE.fullmatch(text, a.span.end, b.span.start)), named[-1])


def _is_one(text: str, mention: Mention) -> bool:
    """ "A unionist who was murdered": one of a kind, and no more."""
    one = mention.kind is MentionKind.PEOPLE and _ONE.search(text, max(0, mention.span.start - 16), mention.span.start)
    return bool(one) and _KILLED.match(text, mention.span.end) is not None


def _is_dead(text: str, sentence: Span, whole: Span) -> bool:
    """Whether the words before or behind a person's name say that that person was killed."""
    if _KILLED.match(text, whole.end, sentence.end):
        return not _LISTED.search(text, max(sentence.start, whole.start - 5), whole.start)
    before = _KILLING.search(text, max(sentence.start, whole.start - 90), whole.start)
    return before is not None and not _OTHERWISE.search(before.group())
