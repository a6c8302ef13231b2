"""Sentences of many wars, read by rules, against what a careful coder notes of them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
import yaml

from crossbearing.model.mention import Happening, Mention, Reading, Realis, RoleName
from crossbearing.model.text import Document
from crossbearing.read import rules
from crossbearing.resolve.toll import figures

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent.parent / "cases" / "read.yml").read_text(encoding="utf-8"))
# ACLED's event type of each sub-event type, with the two that the project adds or leaves open.
EVENT_OF = {
    sub: event
    for event, subs in {
        "Explosions/Remote violence": (
            "Air/drone strike|Shelling/artillery/missile attack|Remote explosive/landmine/IED|Suicide bomb|Grenade|"
            "Chemical weapon|Strike, means unknown"
        ),
        "Battles": "Armed clash|Non-state actor overtakes territory|Government regains territory",
        "Violence against civilians": "Attack|Abduction/forced disappearance|Sexual violence",
        "Strategic developments": "Looting/property destruction",
        "Riots": "Mob violence|Violent demonstration",
        "Protests": "Peaceful protest",
    }.items()
    for sub in subs.split("|")
}
TOLD = (Realis.ASSERTED, Realis.FOILED)


def document(text: str) -> Document:
    key = hashlib.sha256(text.encode()).hexdigest()
    return Document("d" + key[:16], key, "case", "case", text)


def marked(case: dict[str, Any]) -> object:
    marks = [pytest.mark.xfail(reason=case["known_failure"], strict=True)] if "known_failure" in case else []
    return pytest.param(case, id=case["text"][:60], marks=marks)


def meets(one: str, other: str) -> bool:
    """Whether one's words stand within the other's."""
    one, other = one.lower(), other.lower()
    return one in other or other in one


def range_of(written: str) -> tuple[int | None, int | None]:
    """A range as the cases write it: `5`, `5..9`, `5..` or `..9`."""
    low, dots, high = written.partition("..")
    return int(low) if low else None, (int(high) if high else None) if dots else int(low)


def chosen(case: dict[str, Any], reading: Reading, text: str) -> Happening:
    """The happening whose trigger the case names; one that is an incident before one that is not."""
    words = case["trigger"].split("|")
    fits = [h for h in reading.happenings if any(meets(h.trigger.of(text), w) for w in words)]
    assert fits, f"no happening at {case['trigger']!r} in {[h.trigger.of(text) for h in reading.happenings]}"
    return min(fits, key=lambda h: (h.generic, -h.score))


def counted(text: str, happening: Happening, name: RoleName) -> list[tuple[int | None, int | None]]:
    found = [figures.figure(document(text), m, name.value) for m in happening.role(name)]
    return [(f.value.low, f.value.high) for f in found if f]


def differences(case: dict[str, Any]) -> list[str]:
    """What the reader makes of a sentence otherwise than its case, one line each."""
    text = case["text"]
    reading = rules.read(document(text))
    if case.get("none"):
        told = [h for h in reading.happenings if h.realis in TOLD and not h.generic]
        return [f"tells {h.trigger.of(text)!r} as {h.realis}" for h in told]
    try:
        happening = chosen(case, reading, text)
    except AssertionError as missing:
        return [f"trigger: {missing}"]

    def words(*names: RoleName) -> list[str]:
        mentions: list[Mention] = [m for n in names for m in happening.role(n)]
        return [m.span.of(text) for m in mentions]

    wrong = []
    sub = case.get("sub")
    if sub and (happening.event_type, happening.sub_event_type) != (EVENT_OF[sub], sub):
        wrong.append(f"type: {happening.sub_event_type}, not {sub}")
    if happening.realis is not Realis(case.get("realis", "asserted")):
        wrong.append(f"realis: {happening.realis}")
    if happening.generic is not case.get("generic", False):
        wrong.append(f"generic: {happening.generic}")
    for key, names in _ROLES.items():
        found = words(*names)
        missing = [w for w in case.get(key, ()) if not any(meets(w, f) for f in found)]
        extra = [f for f in found if key == "by" and key in case and not any(meets(w, f) for w in case["by"])]
        if missing or extra:
            wrong.append(f"{key}: found {found}, wanted {case[key]}")
    for name in (RoleName.KILLED, RoleName.INJURED):
        ranges = counted(text, happening, name)
        if ranges[:1] != ([range_of(case[name.value])] if name.value in case else []):
            wrong.append(f"{name.value}: {ranges}, not {case.get(name.value)}")
    return wrong


_ROLES: dict[str, tuple[RoleName, ...]] = {
    "by": (RoleName.PERPETRATOR,),
    "to": (RoleName.TARGET, RoleName.VICTIM),
    "at": (RoleName.PLACE,),
    "when": (RoleName.TIME,),
    "with": (RoleName.MEANS,),
}


@pytest.mark.parametrize("case", [marked(c) for c in CASES])
def test_a_sentence_is_read_as_its_coder_read_it(case: dict[str, Any]) -> None:
    """The happening's word, kind and realis, its parties, place, time and means, and its dead and wounded are the coder's."""
    assert differences(case) == []


def test_the_cases_are_many_and_told_apart() -> None:
    """There are at least 120 sentences, none twice, from many wars."""
    texts = [c["text"] for c in CASES]
    assert len(texts) == len(set(texts)) >= 120


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:60])
def test_a_reading_points_into_its_text(case: dict[str, Any]) -> None:
    """Every span of a reading lies in the text, triggers lie in their sentences, and indices point at what is there."""
    text = case["text"]
    reading = rules.read(document(text))
    for happening in reading.happenings:
        assert happening.sentence.holds(happening.trigger)
        assert happening.sentence.end <= len(text)
        assert all(len(r.mention.span) > 0 and r.mention.span.end <= len(text) for r in happening.roles)
        assert all(0 <= i < len(reading.attributions) for i in happening.attributions)
    for i, attribution in enumerate(reading.attributions):
        assert attribution.cue.end <= len(text)
        assert attribution.within is None or 0 <= attribution.within < i
    assert all(f.happening is None or 0 <= f.happening < len(reading.happenings) for f in reading.figures)


def test_the_same_text_reads_the_same() -> None:
    """A reading is a function of its document."""
    whole = document("\n".join(c["text"] for c in CASES))
    assert rules.read(whole) == rules.read(whole)


def test_an_empty_document_holds_nothing() -> None:
    """A document without words gives a reading without happenings, not an error."""
    for text in ("", " \n\n ", "…", "“”"):
        assert rules.read(document(text)).happenings == ()
