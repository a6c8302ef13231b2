"""Who stands beside a deed and did not do it: whose ship it was, who found the body, whom the victims fought, who set them free;
and whom it did not befall: who came to see what it did.

By the words before and behind a party's name alone, whoever it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from crossbearing.model.text import Span
from crossbearing.read.realis import BEHIND
from crossbearing.words.known import adjectives, known_names

_FLAGGED = re.compile(r"-(?:flagged|owned|registered|operated|managed|bound)$", re.I)
_INTO_AMBUSH = re.compile(
    r" (?:had )?(?:drove|driven|r[au]n|came|come|fell|fallen|walked|strayed|sailed) into an? (?:\w+ )?ambush"
)
_HELD_BY = re.compile(
    r"(?P<what>[\w-]+),? (?:which (?:is|are|was|were) |(?:is|are|was|were) )?(?:held|used|owned|run|operated|controlled|guarded|"
    r"manned|occupied|ruled|governed|protected|shared|frequented|inhabited|populated) by (?:the |an? )?(?:[\w-]+ ){0,2}$"
)
_BOMBED = re.compile(r"bomb(?:ed|s)\b", re.I)
_CRAFTS = re.compile(
    r"\b(?:(?:war)?planes?|jets?|aircraft|helicopters?|gunships?|drones?|air|aerial|bombers?|flew|sorties|barrel|from above)\b",
    re.I,
)
_FIRED_ON = re.compile(
    r" fired (?:on|upon|at)(?=\s*(?:$|[.,;\n]| (?:above|in|near|outside|inside|by|from|while|when|as|after|during)\b))"
)
_FOUND_THEM = re.compile(
    r"(?: \w+){0,2}? (?:found|discovered|recovered|retrieved)\b[^.;]{0,60}?\b(?:body|bodies|corpses?|remains)\b", re.I
)
AFTER = ("fighting", "battling", "pursuing", "chasing", "hunting", "tracking", "combating", "resisting")
"""What those do who are after somebody."""
_ENEMIES = re.compile(rf"\b(?P<deed>{'|'.join(AFTER)}) (?:for |down )?(?:the |suspected |alleged )*$", re.I)
_FREED = re.compile(r"\b(?:rescu(?:es?|ed)|freed|liberat(?:ed|es)) [^.;]*$", re.I)
_FORCES = re.compile(r"\b(?:forces|army|armies|military|troops|regime|government|junta|navy|state|coalition|soldiers)\b", re.I)
_WENT_OFF = re.compile(r"explo|blew|blow|detonat|went off|goes off|burst|caught fire", re.I)
_ASKED = re.compile(
    rf"\bwhether (?!or not\b)[^.;:]*? (?:is|are|was|were|be|been) (?:\w+ )?(?:{'|'.join(BEHIND)})\b",
    re.I,
)
_CAME = re.compile(
    r"(?:,[^,.;]*,)?(?: (?:has|had|have|was|were|is|are|been|later|also|then|yesterday|today|on \w+day))*"
    r" (?:visit|tour|inspect|survey|attend|guard|mourn|bur(?:y|ied)|meet|met|saw|see|enter|reach|pa(?:y|id)|condemn|denounc|"
    r"deplor|lament|repair|rebuil|search|examin|photograph|film|ordered|report)\w*\b"
)
_KIN = (
    r"(?:sons?|daughters?|brothers?|sisters?|wife|husband|widow|children|parents|family|relatives?|bodyguards?|guards|drivers?|"
    r"deputy|aides?|nephew|cousin|uncle)"
)
_THINGS = (
    r"(?:homes?|houses?|residences?|cars?|vehicles?|convoys?|motorcades?|boats?|bus(?:es)?|trucks?|offices?|farms?|shops?|"
    r"villages?)"
)
_OWNS = re.compile(rf"(?:['’]s|(?<=s)['’]) (?:\w+ ){{0,2}}?(?:{_KIN}|(?P<thing>{_THINGS}))\b")
_OWNER = re.compile(rf"\b{_KIN} of (?:the |an? |his |her |their )?(?:[\w-]+ ){{0,2}}?$")
_OF_ANOTHER = re.compile(r",? (?:which|that|who) (?:(?:was|were|had|has|have|been|is|are|being) )+(?:\w+ly |badly )?$")
_ABOARD = re.compile(r"\b(?:carrying|transporting|ferrying|belonging to|owned by|used by) (?:the |several |some )?$", re.I)


def is_no_doer(text: str, doer: Span, at: Span) -> bool:
    """Whether a party only stands beside a deed, told of at a trigger."""
    if _FLAGGED.search(doer.of(text)) or _INTO_AMBUSH.match(text, doer.end):
        return True
    went_off = doer.start < at.start and _WENT_OFF.match(text, at.start)
    if went_off and _ABOARD.search(text, max(0, doer.start - 30), doer.start):
        return True  # "a car carrying soldiers exploded"
    if doer.end <= at.start and _FIRED_ON.match(text, doer.end):
        return True  # "porters fired on above the town"
    if doer.end <= at.start and _FOUND_THEM.match(text, doer.end):
        return True  # "police recovered the bullet-riddled body of a man"
    asked = _ASKED.search(text, max(0, doer.start - 40), at.start)
    if asked is not None and asked.start() < doer.start < asked.end():
        return True  # "whether the group was behind the killing"
    fighting = _ENEMIES.search(text, max(0, doer.start - 40), doer.start)
    if fighting is not None and not at.meets(Span(*fighting.span("deed"))):
        return True  # "bombed a group of hunters fighting X": whom those who were hit were after
    # "troops rescued eight kidnapped students"
    return doer.end <= at.start and _FREED.search(text, doer.end, at.start) is not None


def belonging(text: str, whom: Span) -> Span | None:
    """ "Shells hit the ambassador's residence": who is named with what is theirs; None where no thing is told of behind them."""
    owns = _OWNS.match(text, whom.end)
    return Span(whom.start, owns.end()) if owns is not None and owns["thing"] else None


def is_spared(text: str, whom: Span, at: Span) -> bool:
    """ "The minister toured a school that was hit", "shot at the judge's car": whether people are told of who were not hit."""
    if _OWNS.match(text, whom.end) or _OWNER.search(text, max(0, whom.start - 50), whom.start):
        return True
    came = _CAME.match(text, whom.end) if whom.end <= at.start else None
    behind = _OF_ANOTHER.search(text, came.end(), at.start) if came is not None else None
    return behind is not None


def held_by(text: str, doer: Span, at: Span) -> Span | None:
    """What the words before a party say that it only held: "a base held by X"; None where they say nothing of it."""
    held = _HELD_BY.search(text, max(at.end, doer.start - 60), doer.start)
    return None if held is None else Span(*held.span("what"))


def bombed_by_others(text: str, trigger: Span, sentence: Span, doers: Iterable[Span]) -> bool:
    """ "The group bombed a pub": with no craft in the sentence, and by those who are no state's."""
    if not _BOMBED.match(text, trigger.start) or _CRAFTS.search(sentence.of(text)):
        return False
    return any(not _is_of_a_state(doer.of(text)) for doer in doers)


def _is_of_a_state(words: str) -> bool:
    """Whether words name a state, its forces, or forces of some state."""
    named = any(value.kind in ("state", "state forces") for f in known_names().find(words) for value in f.values)
    return named or _FORCES.search(words) is not None or any(adjectives().get(word) for word in words.split())
