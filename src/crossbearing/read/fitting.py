"""Whether words can be who did it, or whom it befell, and where they end.

Rules and network mark stretches by what stands near a deed. What is given of them is a phrase that can be a party, cut to its
right edges: "last year government troops" are government troops, "shot a boy dead" is said of a boy, "the bus bombing" befell
a bus, and who watches and counts has done nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from crossbearing.model.mention import BEFALLEN, DEMONSTRATIONS, PARTIES, MentionKind, Role, RoleName
from crossbearing.model.text import Span
from crossbearing.read.chunks import features
from crossbearing.read.glued import headline
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.words.known import above, sorts

_WORD = re.compile(r"[^\W_](?:[\w'’.-]*\w)?")
_OPENS = grammar("fitting.opens")
_ENDS = grammar("fitting.ends")
_NONE = grammar("fitting.none")
_WATCH = grammar("fitting.watch")
_OF_DEEDS = grammar("fitting.of_deeds")
_BODIES = grammar("fitting.bodies")
_CRAFT = grammar("roles.craft")
_POLICE = grammar("fitting.police")
_BOMBS = ("Remote explosive/landmine/IED", "Suicide bomb")
_WORLD = "united-nations"


def fitted(text: str, role: Role, sentence: Span, deed: Span, kind: tuple[str, str]) -> Role | None:
    """A party's role with its words cut to their edges; None where they name nobody who can have this part. Any other role is
    itself. `kind` is the event and sub-event type."""
    if role.name not in PARTIES:
        return role
    if role.mention.known is None:
        span = _cut(text, role, headline(text, sentence), deed)
        if span is None:
            return None
        role = role if span == role.mention.span else replace(role, mention=replace(role.mention, span=span))
    if role.name in BEFALLEN:
        return role
    if role.mention.known is None and _before(text, role.mention.span, deed):
        if _is_thing(text, role):
            return replace(role, name=RoleName.TARGET)
        if role.mention.kind is MentionKind.PLACE:
            return None  # "the Bakhmut strike"
    if kind[1] in _BOMBS and _came_later(text, role):
        return None
    return None if kind[0] not in DEMONSTRATIONS and _watches(text, role) else role


def _cut(text: str, role: Role, head: int, deed: Span) -> Span | None:
    """A party's words without those that belong to what stands before and behind; None where nothing is left."""
    span = role.mention.span
    if text[max(0, span.start - 1) : span.start] in ("-", "‐"):
        return None  # "an explosives-laden car"
    words = list(_WORD.finditer(text, span.start, span.end))
    last = sum(not span.start < head <= w.start() for w in words)
    if _tells(words[:last]):
        return None
    opens = _OPENS | _OF_DEEDS if role.name is RoleName.PERPETRATOR and _before(text, span, deed) else _OPENS
    first = 0
    while first < last and words[first].group().lower() in opens:
        first += 1
    while first < last - 1 and words[last - 1].group().lower() in _ENDS:
        last -= 1
    if first == last or all(w.group().lower() in _NONE for w in words[first:last]):
        return None
    return span if (first, last) == (0, len(words)) else Span(words[first].start(), words[last - 1].end())


def _tells(words: list[re.Match[str]]) -> bool:
    """ "Blast Targets Army Patrol": a headline's words, which tell of a deed, and no name; "Storm Brigade" is one."""
    if len(words) < 3 or not all(w.group()[0].isupper() for w in words[:-1]) or words[-1].group().lower() in _BODIES:
        return False
    known = (lexicon().verbs.get(w.group().lower()) for w in words[:-1])
    return any(verb is not None and verb.form != "base" for verb in known)


def _before(text: str, span: Span, deed: Span) -> bool:
    """Whether a party stands right before a noun for its deed."""
    return text[span.end : deed.start].isspace() and deed.of(text).lower().split()[-1] in lexicon().nouns


def _is_thing(text: str, role: Role) -> bool:
    """ "The convoy attack", "a bus bombing": something that cannot do it."""
    head = _WORD.findall(role.mention.span.of(text).lower())[-1:]
    return bool(head) and (head[0] in features()[0] or head[0] in _CRAFT)


def _came_later(text: str, role: Role) -> bool:
    """ "Police set off a second device", "after a bomb ..., police": who comes to a bomb did not lay it, unless that is said."""
    words = {w.lower() for w in _WORD.findall(role.mention.span.of(text))}
    return not words.isdisjoint(_POLICE) and not text[: role.mention.span.start].rstrip().endswith((" by", " by the"))


def _watches(text: str, role: Role) -> bool:
    """Whether a doer is one who only watches, helps or tells: a monitor, an agency, rescuers."""
    if known := role.mention.known:
        sort = sorts().get(known, "")
        return (
            known.startswith("outlet:") or sort == "monitor" or (sort == "organisation" and _WORLD in above().get(known[6:], ()))
        )
    words = [w.lower() for w in _WORD.findall(role.mention.span.of(text))]
    return bool(words) and (words[-1] in _WATCH or words[0] in _WATCH)
