"""Who did it does not change what is found: the two sides of a war trade places, and the reading stays as it is."""

from __future__ import annotations

import hashlib
import json
import re
from itertools import product

import pytest

from crossbearing.model.mention import RoleName
from crossbearing.model.text import Capture, Document, Media
from crossbearing.pipeline import default_parts, digest
from crossbearing.read import rules
from crossbearing.resolve.toll import figures

# Two sides of one war, in words that stand alike in a sentence.
PAIRS = [
    ("Russian forces", "Ukrainian forces"),
    ("Israeli forces", "Palestinian fighters"),
    ("the Israeli army", "Hezbollah"),
    ("Israeli troops", "Hamas fighters"),
    ("the Sudanese army", "the Rapid Support Forces"),
    ("the Houthis", "the Saudi-led coalition"),
    ("Saudi forces", "Houthi forces"),
    ("the Syrian army", "the Syrian Democratic Forces"),
    ("Turkish forces", "Kurdish fighters"),
    ("US forces", "Iranian forces"),
    ("the Myanmar military", "the Arakan Army"),
    ("Indian troops", "Pakistani troops"),
    ("Armenian forces", "Azerbaijani forces"),
    ("the Congolese army", "M23"),
    ("the Malian army", "JNIM"),
    ("Nigerian troops", "Boko Haram"),
    ("Colombian soldiers", "ELN guerrillas"),
    ("Ethiopian troops", "Fano militiamen"),
    ("the Somali army", "al-Shabaab"),
    ("the Philippine army", "Abu Sayyaf"),
]
SENTENCES = [
    "{A} shelled positions of {B} near the town of Harwan on Tuesday, killing three people.",
    "A missile fired by {A} hit a base of {B} in Harwan, wounding at least 12.",
    "{A} attacked {B} with drones early on Thursday.",
    "{A} ambushed {B} near Harwan, killing five.",
    "Two people died when {A} fired rockets at a base held by {B}, the mayor said.",
    "{A} denied that they had shelled {B} in Harwan.",
    "{A} said {B} shelled a hospital in Harwan on Monday.",
    "A drone of {B} was shot down by {A} over Harwan.",
    "{A} threatened to attack {B}.",
    "If {A} attack {B}, the truce would end, a diplomat said.",
    "{A} clashed with {B} in Harwan overnight, leaving nine dead.",
    "{A} claimed responsibility for the attack on {B} in Harwan.",
    "{A} shot dead a farmer in Harwan, {B} said.",
    "{A} repelled an attack by {B} on the town of Harwan.",
    "{A} abducted six villagers in Harwan on Sunday night.",
]


def document(text: str) -> Document:
    key = hashlib.sha256(text.encode()).hexdigest()
    return Document("d" + key[:16], key, "case", "case", text)


def filled(sentence: str, first: str, second: str) -> str:
    words = sentence.replace("{A}", first).replace("{B}", second)
    return re.sub(r"(^|[.] )(\w)", lambda m: m[1] + m[2].upper(), words)


def side(words: str, first: str, second: str) -> str:
    """Which slot of the sentence a mention's words came from; its own words where it is of neither side."""
    low = words.lower().removeprefix("the ")
    for slot, name in (("A", first), ("B", second)):
        bare = name.lower().removeprefix("the ")
        if low in bare or bare in low:
            return slot
    return words


def shape(sentence: str, first: str, second: str) -> list[object]:
    """All that is read, with the parties' names put back to their slots."""
    text = filled(sentence, first, second)
    page = document(text)
    reading = rules.read(page)
    found: list[object] = []
    for h in reading.happenings:
        roles = {
            (
                r.name.value if r.name is not RoleName.VICTIM else "target",
                side(r.mention.span.of(text), first, second),
                str(
                    f.value.low
                    if r.name in (RoleName.KILLED, RoleName.INJURED) and (f := figures.figure(page, r.mention, r.name.value))
                    else ""
                ),
            )
            for r in h.roles
        }
        found.append((h.trigger.of(text), h.event_type, h.sub_event_type, h.realis, h.generic, sorted(roles)))
    for a in reading.attributions:
        source = side(a.source.span.of(text), first, second) if a.source else None
        found.append((a.cue.of(text), a.stance, a.medium, source))
    return found


def swaps() -> list[object]:
    return [pytest.param(s, *p, id=f"{'/'.join(p)}-{i}") for (i, s), p in product(enumerate(SENTENCES), PAIRS)]


@pytest.mark.parametrize(("sentence", "first", "second"), swaps())
def test_trading_places_changes_nothing_else(sentence: str, first: str, second: str) -> None:
    """Trigger, kind, realis, roles, counts and voices of the swapped sentence are those of the sentence, side for side."""
    assert shape(sentence, first, second) == shape(sentence, second, first)


def test_the_swaps_are_many() -> None:
    """At least 200 sentences are swapped, and most of them tell of something."""
    assert len(SENTENCES) * len(PAIRS) >= 200
    told = [s for s in SENTENCES if rules.read(document(filled(s, *PAIRS[0]))).happenings]
    assert len(told) >= len(SENTENCES) - 1


# What a coder would note of the first sentences, so that no swap holds only because nothing was read.
@pytest.mark.parametrize("pair", PAIRS, ids="/".join)
def test_either_side_is_found_as_the_one_who_did_it(pair: tuple[str, str]) -> None:
    """In "A ambushed B" A is the perpetrator and B the target, whichever side A is."""
    for first, second in (pair, pair[::-1]):
        text = filled(SENTENCES[3], first, second)
        happening = rules.read(document(text)).happenings[0]
        doers = {side(m.span.of(text), first, second) for m in happening.role(RoleName.PERPETRATOR)}
        hit = {side(m.span.of(text), first, second) for m in (*happening.role(RoleName.TARGET), *happening.role(RoleName.VICTIM))}
        assert (doers, "B" in hit) == ({"A"}, True)


STORY = (
    "{A} fired rockets at a base of {B} near Erbil on Tuesday, killing two people, the governor said.\n"
    "{B} blamed {A} for the attack. {A} denied it.\n"
)


def stories() -> list[object]:
    return [pytest.param(p, id="/".join(p)) for p in PAIRS]


@pytest.mark.parametrize("pair", stories())
def test_a_story_makes_the_same_claims_whoever_fired(pair: tuple[str, str]) -> None:
    """Through the whole way, the claims differ in the parties' names alone."""

    def claims(first: str, second: str) -> list[object]:
        text = "\n".join(filled(line, first, second) for line in STORY.splitlines())
        data = json.dumps({"id": "r", "outlet": "Harbour Wire", "published": "2024-11-20", "text": text}).encode()
        outcome = digest(Capture(data, hashlib.sha256(data).hexdigest(), "case", "case", Media.REPORT), default_parts())
        return [
            (
                c.role,
                c.status,
                c.event_type,
                c.sub_event_type,
                c.stance,
                c.killed and (c.killed.value.low, c.killed.value.high),
                c.when and c.when.value,
                c.where and c.where.value.name,
                [side(a.value.written, first, second) for a in c.perpetrators],
                [side(a.value.written, first, second) for a in c.targets],
            )
            for c in outcome.claims
        ]

    found = claims(*pair)
    assert found
    assert found == claims(*pair[::-1])
