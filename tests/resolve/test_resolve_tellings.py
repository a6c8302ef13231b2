"""Reports of many wars that tell of several happenings, or of one in several sentences, against what a careful reader finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_resolve_claims import _page, resolved

from crossbearing.model.claim import Claim, ClaimRole
from crossbearing.pipeline import default_parts

CASES, WARS = (
    yaml.safe_load((Path(__file__).parent.parent / "cases" / name).read_text(encoding="utf-8"))
    for name in ("tellings.yml", "wars.yml")
)


def marked(case: dict[str, Any]) -> object:
    marks = [pytest.mark.xfail(reason=case["known_failure"], strict=True)] if "known_failure" in case else []
    return pytest.param(case, id=case["says"], marks=marks)


def ranges(claims: list[Claim], name: str) -> set[str]:
    """What the claims count, as the cases write it."""
    figures = [figure.value for claim in claims if (figure := getattr(claim, name))]
    return {f"{f.low}" if f.low == f.high else f"{f.low}..{'' if f.high is None else f.high}" for f in figures}


def finest(claims: list[Claim]) -> str:
    """The finest time that the claims give, as the cases write it."""
    times = (claim.when.value for claim in claims if claim.when and claim.when.value.days)
    best = min(times, key=lambda t: (t.days or 0, t.clock is None), default=None)
    if best is None:
        return ""
    return f"{best} {best.clock.earliest:%H:%M}-{best.clock.latest:%H:%M}" if best.clock else f"{best}"


def differences(wanted: dict[str, Any], claims: list[Claim]) -> list[str]:
    """In what the claims of one happening differ from what a case wants of it, one line each."""
    wrong = []
    places = {claim.where.value.name for claim in claims if claim.where}
    if not any(wanted["at"].lower() in name.lower() for name in places):
        wrong.append(f"at {places}")
    lands = {claim.where.value.country or "none" for claim in claims if claim.where}
    if "land" in wanted and lands != {wanted["land"]}:
        wrong.append(f"land {lands}")
    kinds = {claim.sub_event_type for claim in claims}
    if "kind" in wanted and kinds != {wanted["kind"]}:
        wrong.append(f"kind {kinds}")
    named = {
        "by": {actor.value.name for claim in claims for actor in claim.perpetrators},
        "to": {target.value.name for claim in claims for target in claim.targets},
        "claimed": {actor.value.name for claim in claims for actor in claim.claimed_by},
        "voices": {voice.value.name for claim in claims for voice in claim.chain if voice.value.kind != "outlet"},
    }
    wrong += [f"{key} {found}" for key, found in named.items() if key in wanted and found != set(wanted[key])]
    if "when" in wanted and finest(claims) != wanted["when"]:
        wrong.append(f"when {finest(claims)}")
    statuses = [claim.status.value for claim in claims]
    if "status" in wanted and max(statuses, key=statuses.count) != wanted["status"]:
        wrong.append(f"status {statuses}")
    counted = {key: ranges(claims, key) for key in ("killed", "injured")}
    wrong += [f"{key} {found}" for key, found in counted.items() if key in wanted and found != {wanted[key]}]
    return wrong


@pytest.mark.parametrize("case", [marked(c) for c in CASES])
def test_a_report_tells_of_its_happenings_one_by_one(case: dict[str, Any]) -> None:
    """Each happening has its own place, parties, figures and voices, and none is told twice."""
    check(case, resolved(case["text"]).claims)


@pytest.mark.parametrize("case", [marked(c) for c in WARS])
def test_a_short_report_of_any_war_is_told_as_its_coder_tells_it(case: dict[str, Any]) -> None:
    """The same, by both readers together, which is how reports are read."""
    page, parts = _page(case["text"], "2024-11-20"), default_parts("network")
    check(case, parts.resolve(page, parts.read(page)).claims)


def check(case: dict[str, Any], claims: Sequence[Claim]) -> None:
    told: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.role is ClaimRole.MAIN:
            told[claim.happening].append(claim)
    found = list(told.values())
    shown = [(c.where and c.where.value.name, c.status.value, c.quote) for group in found for c in group[:1]]
    assert len(found) == len(case["told"]), shown
    assert [differences(w, group) for w, group in zip(case["told"], found, strict=True)] == [[]] * len(found)
