"""Reports of one mass abduction, written by the templates of `tests/cases/chibok.yml` over the variation of real coverage."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

from crossbearing.model.text import Capture, Media

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parents[1] / "cases" / "chibok.yml").read_text(encoding="utf-8"))
NIGHT = date(2014, 4, 14)
REPORTS = 366
"""As many as one data set counted as kidnappings of their own."""
FIRST_WEEK = 6
"""Up to so many days after the night a weekday alone tells it."""


def reports() -> list[Capture]:
    """The reports of the one abduction, with ids that begin with `chibok`."""
    dice = Random(366)
    return [_capture(f"chibok-{number:03}", _report(dice, number)) for number in range(REPORTS)]


def others() -> list[Capture]:
    """The ten others, with ids that begin with `other`."""
    found = [{**other, "published": other["published"].isoformat()} for other in CASES["others"]]
    return [_capture(f"other-{number}", other) for number, other in enumerate(found)]


def _report(dice: Random, number: int) -> dict[str, str]:
    """One report: a lead, and some of what such reports say besides."""
    days = 1 + min(int(dice.expovariate(1 / 8)), 27) if number else 1
    words = _words(dice, days)
    lead = dice.choice(CASES["news"] if days <= FIRST_WEEK else CASES["after"])
    more = dice.sample(CASES["more"], dice.randint(2, 5))
    title = _filled(dice.choice(CASES["titles"]), words)
    text = " ".join(_filled(sentence, words) for sentence in (lead, *more))
    published = (NIGHT + timedelta(days=days)).isoformat()
    return {"outlet": dice.choice(CASES["outlets"]), "published": published, "title": title, "text": text}


def _words(dice: Random, days: int) -> dict[str, str]:
    """What fills the templates of a report so many days after the night."""
    counts = CASES["counts"][max(since for since in CASES["counts"] if since <= days)]
    nights = CASES["nights"] if days <= FIRST_WEEK else CASES["later"]
    words = {
        "actor": dice.choice(CASES["actors"]), "count": dice.choice(counts), "girls": dice.choice(CASES["girls"]),
        "place": dice.choice(CASES["places"]), "wide": dice.choice(CASES["wide"]), "night": dice.choice(nights),
        "official": dice.choice(CASES["officials"]), "day": f"{NIGHT + timedelta(days=days):%A}",
    }  # fmt: skip
    return words | {name.capitalize(): value[0].upper() + value[1:] for name, value in words.items()}


def _filled(template: str, words: dict[str, str]) -> str:
    return template.format_map(words).replace(",.", ".").replace(",,", ",")


def _capture(name: str, report: dict[str, str]) -> Capture:
    content = json.dumps({"id": name, **report}).encode()
    return Capture(content, hashlib.sha256(content).hexdigest(), f"{name}.jsonl#1", name, Media.REPORT)
