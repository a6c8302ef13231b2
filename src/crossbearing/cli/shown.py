"""How a value reads on the screen, in as few characters as say it without rounding it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crossbearing.model.claim import Figure, number
from crossbearing.model.when import Clock, ClockKind, Interval
from crossbearing.model.where import Place

NOTHING = "-"

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What a page's words could do to a terminal: control characters, and marks that turn the direction of the text."""


def counted(number: int, noun: str) -> str:
    """A number of things: `1 claim`, `2 claims`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def plain(text: str) -> str:
    """Words of a page, on one line, that cannot steer the terminal."""
    return _CONTROL.sub("", " ".join(text.split()))


def interval(earliest: Any, latest: Any) -> str:
    """Days, as `2031-03-04`, `2031-03-04 to 03-06`, `from ...`, `until ...`."""
    if earliest is None and latest is None:
        return NOTHING
    if earliest == latest:
        return str(earliest)
    if earliest is None or latest is None:
        return f"until {latest}" if earliest is None else f"from {earliest}"
    first, last = str(earliest), str(latest)
    return f"{first} to {last[5:] if first[:4] == last[:4] else last}"


def days(value: Interval) -> str:
    """An interval with its stretch of the clock."""
    return interval(value.earliest, value.latest) + (f", {clock(value.clock)}" if value.clock else "")


def clock(value: Clock) -> str:
    """A stretch of the clock: `04:15`, `around 10:25`, `02:00 to 04:00`."""
    first, last = f"{value.earliest:%H:%M}", f"{value.latest:%H:%M}"
    zone = f" {value.zone}" if value.zone else ""
    if value.kind is ClockKind.APPROXIMATE:
        return f"around {first if first == last else f'{first} to {last}'}{zone}"
    return (first if first == last else f"{first} to {last}") + zone


def figure(low: int | None, high: int | None, most: int | None = None) -> str:
    """A range: `12`, `9-12`, `12+` (at least), `0-12` (at most); `20-1400+` where it is open, and some claim names `most`."""
    if low is None and high is None:
        return NOTHING
    return f"{number(low, most)}+" if high is None and most is not None and most != low else number(low, high)


def toll(value: Mapping[str, Any] | None) -> str:
    """The figure of an incident's record."""
    return figure(value["low"], value["high"], value.get("most")) if value else NOTHING


def count(value: Figure) -> str:
    """A figure with whom it counts, where the words say so."""
    return figure(value.low, value.high) + (f" {plain(value.who)}" if value.who else "")


def befell(value: Figure) -> str:
    """A figure with what befell whom: `killed: 2 children, of these`."""
    return f"{value.counted}: {count(value)}" + (", of these" if value.part else "")


def place(value: Place) -> str:
    """A place with its division, country, precision and radius."""
    parts = dict.fromkeys(part for part in (value.name, value.admin1, value.country) if part)
    radius = f", within {value.radius_km:g} km" if value.radius_km else ""
    return f"{', '.join(parts)} ({value.precision.value}{radius})"
