"""What the words of the clock mean: hours, parts of the day, and the zones they are told in."""

from __future__ import annotations

import re
from datetime import time

from crossbearing.model.when import Clock, ClockKind
from crossbearing.words.time_forms import Bare, Made, Night, Repeated, Unit
from crossbearing.words.time_letters import Groups, Token

# The stretches of the clock that words for parts of the day allow; wide on purpose, as outlets use them.
_PARTS: dict[str, tuple[int, int]] = {
    "morning": (300, 1159), "afternoon": (1200, 1759), "evening": (1700, 2259), "night": (2000, 559), "dawn": (330, 700),
    "daybreak": (330, 700), "sunrise": (330, 730), "dusk": (1630, 2030), "sunset": (1630, 2030), "noon": (1130, 1230),
    "midday": (1100, 1330), "midnight": (2300, 100), "predawn": (0, 530), "nightfall": (1700, 2130), "early": (0, 859),
    "late": (1800, 2359), "hours": (0, 559), "overnight": (2000, 559), "early morning": (0, 859), "late morning": (1000, 1159),
    "early evening": (1600, 1959), "late evening": (2000, 2359), "late night": (2100, 300), "early afternoon": (1200, 1459),
    "late afternoon": (1500, 1829),
}  # fmt: skip
GREENWICH = frozenset(["GMT", "UTC"])


def day_part(g: Groups) -> Made | None:
    early = g["early"][0].word if "early" in g else ""
    part = g["part"][0].word if "part" in g else ""
    if "hours" in g:
        if g["hours"][0].word not in ("hour", "hours"):
            return None  # "the early days"
        return Made(Bare(), part_of_day("hours" if early == "early" else "late"))
    if "pre" in g:
        return Made(Bare(), part_of_day("predawn"))
    if "after" in g and part == "midnight":
        return Made(Bare(), _clock(0, 200, ClockKind.PART))  # "shortly after midnight on Sunday": Sunday's first hours
    if "before" in g:
        before = {"dawn": (0, 530), "sunrise": (0, 600), "midnight": (2000, 2359), "noon": (600, 1159)}.get(part)
        if before is None:
            return None
        return Made(Bare(), _clock(*before, ClockKind.PART))
    if early == "mid":
        early = ""
    if not early and not part:
        return None  # "mid Monday"
    if part.endswith("s"):
        return Made(Repeated(Unit.DAY))  # "in the mornings"
    name = f"{early} {part}".strip() if f"{early} {part}".strip() in _PARTS else part or early
    night: Night = "night" if part == "night" else "overnight" if part in ("overnight", "midnight") else ""
    return Made(Bare(), part_of_day(name), night)


def by_part(g: Groups) -> Made | None:
    """ "By nightfall they held the town"; "by night" is no one night."""
    return day_part(g) if g["by"][0].word == "by" and g["part"][0].word not in ("night", "nights") else None


def part_of_day(name: str) -> Clock:
    return _clock(*(_PARTS.get(name) or _PARTS[name.removesuffix("s")]), ClockKind.PART)


def _clock(earliest: int, latest: int, kind: ClockKind, zone: str | None = None) -> Clock:
    return Clock(time(*divmod(earliest, 100)), time(*divmod(latest, 100)), kind, zone)


def _hour(token: Token, meridiem: list[Token] | None) -> time | None:
    word = re.sub(r"(?<=\d{4})h", "", token.word)
    if "," in word:
        return None  # "5,000 GMT"
    hour, minute = (int(n) for n in re.split(r"[:.h]", word)[:2]) if re.search(r"[:.h]", word) else divmod(int(word), 100)
    if word.isdecimal() and len(word) <= 2:
        hour, minute = int(word), 0
    if meridiem and hour <= 12:
        hour = hour % 12 + (12 if meridiem[0].word.startswith("p") else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def clock_time(g: Groups) -> Made | None:
    """ "At around 10:25 am", "0130 GMT", "between 2 and 4 am"."""
    latest = _hour(g["till"][0], g.get("meridiem")) if "till" in g else None
    earliest = _hour(g["clock"][0], g.get("first") or g.get("meridiem"))
    if earliest is None or ("till" in g and latest is None):
        return None
    approximate = "about" in g and any(t.word in ("around", "about", "approximately", "roughly", "circa") for t in g["about"])
    kind = ClockKind.WINDOW if latest else ClockKind.APPROXIMATE if approximate else ClockKind.EXACT
    zone = " ".join(t.word for t in g["zone"] if t.word.isalpha()) if "zone" in g else None
    return Made(Bare(), Clock(earliest, latest or earliest, kind, zone.upper() if zone and zone != "local time" else zone))


def four_digits(number: int) -> Clock | None:
    """The hour that four digits can be: 1530."""
    hour, minute = divmod(number, 100)
    return _clock(number, number, ClockKind.EXACT) if hour < 24 and minute < 60 else None


def in_hours(g: Groups) -> Made | None:
    """ "0540 hrs", "1900 hours"."""
    four, hours = len(g["clock"][0].word) == 4, g["hours"][0].word in ("hrs", "hours")
    return clock_time(g) if four and hours else None
