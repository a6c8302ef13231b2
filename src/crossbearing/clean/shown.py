"""The dates that a line shows, read strictly: a form that can mean two days gives both, one that means none gives none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crossbearing.model.text import Span

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_FORMS = (
    re.compile(rf"(?<!\d){_YEAR}-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}[/.](?P<month>[01]?\d)[/.](?P<day>[0-3]?\d)(?!\d)"),
    re.compile(rf"\b{_MONTH}\s*{_DAY}\s*,?\s*{_YEAR}(?!\d)", re.I),
    re.compile(rf"(?<!\d){_DAY}(?:\s+of)?[\s.-]*{_MONTH}[\s,.-]*{_YEAR}(?!\d)", re.I),
    re.compile(rf"(?<![\d.])(?P<one>[0-3]?\d)(?P<sep>[./-])(?P<two>[0-3]?\d)(?P=sep){_YEAR}(?!\d)"),
)
_TO_MONTH = re.compile(rf"^\W*(?:\w+\W+){{0,3}}{_MONTH},?\s+{_YEAR}\W*$", re.I)
_AGE = re.compile(
    r"(?:(?<=[a-z_])|(?<![\w]))(?P<age>(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|few|several)\s?"
    r"(?:minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|wks?|w|months?|mos?|years?|yrs?|y)\s(?:and \d+ \w+ )?ago)\b|"
    r"\b(?P<day>yesterday|just now)\b",
    re.I,
)
_COPYRIGHT = re.compile(r"(?:©|&copy;|\(c\)|\bcopyright\b)\D{0,40}(?:(?:19|20)\d{2}\s?[-–—]\s?)?((?:19|20)\d{2})(?!\d)", re.I)
_URL = re.compile(
    r"(?<!\d)((?:19|20)\d{2})[/_-](0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:[/_-](0?[1-9]|[12]\d|3[01]))?(?=[/_.-]|$)|"
    r"(?<!\d)(20[0-4]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date as ISO 8601 to the day, the month or the year, and where it stands in the text that was looked at."""

    value: str
    span: Span


def dates(text: str) -> Iterator[Found]:
    """Every whole date in the text, in order of form; "03/04/2023" gives both of its days, under one span."""
    taken: list[Span] = []
    for form in _FORMS:
        for match in form.finditer(text):
            span = Span(*match.span())
            if any(span.meets(other) for other in taken):
                continue
            values = sorted({day.isoformat() for day in _days(match)})
            taken += [span] * bool(values)
            yield from (Found(value, span) for value in values)
    if not taken and (month := _TO_MONTH.match(text)):
        yield Found(f"{month['year']}-{_MONTHS[month['month'].lower()]:02}", Span(month.start("month"), month.end("year")))


def _days(match: re.Match[str]) -> Iterator[date]:
    groups = match.groupdict()
    year = int(groups["year"])
    if "one" in groups:
        one, two = int(groups["one"]), int(groups["two"])
        pairs = [(one, two)] if groups["sep"] == "." else [(one, two), (two, one)]
    else:
        month = groups["month"].lower()
        pairs = [(int(groups["day"]), int(month) if month.isdigit() else _MONTHS[month])]
    for day, month_number in pairs:
        try:
            yield date(year, month_number, day)
        except ValueError:
            continue


def ages(text: str) -> Iterator[Found]:
    """Every age relative to the moment of capture: "4 months ago", as its words."""
    for match in _AGE.finditer(text):
        yield Found(match.group().strip(), Span(*match.span()))


def copyright_years(text: str) -> Iterator[Found]:
    """The (last) year of each copyright notice."""
    for match in _COPYRIGHT.finditer(text):
        yield Found(match[1], Span(*match.span()))


def url_date(url: str) -> Found | None:
    """The date in an address: "/2024/01/10/", "/2024/jan/10/", "20240110", or to the month; None where there is none."""
    for match in _URL.finditer(url):
        year, month, day = match[1] or match[4], match[2] or match[5], match[3] or match[6]
        number = int(month) if month.isdigit() else _MONTHS[month.lower()]
        try:
            if day:
                return Found(date(int(year), number, int(day)).isoformat(), Span(*match.span()))
            if match.group().endswith(month) and url[match.end() : match.end() + 1] == "/" and "/" in match.group():
                return Found(f"{year}-{number:02}", Span(*match.span()))
        except ValueError:
            continue
    return None


_INSTANT = re.compile(
    r"^\s*((?:19|20)\d{2}-[01]\d-[0-3]\d)(?:[T ]([0-2]\d:[0-5]\d)(:[0-5]\d)?(?:\.\d+)?\s*(Z|[+-][0-2]\d:?[0-5]\d)?)?", re.I
)


def instant(text: str) -> str | None:
    """A machine's date as ISO 8601, with the time of day and zone where it gives them; None where it is none."""
    match = _INSTANT.match(text)
    if match:
        try:
            date.fromisoformat(match[1])
        except ValueError:
            return None
        zone = (match[4] or "").upper()
        if len(zone) == 5:
            zone = zone[:3] + ":" + zone[3:]
        return match[1] + (f"T{match[2]}{match[3] or ':00'}{zone}" if match[2] else "")
    found = {f.value for f in dates(text)}
    return found.pop() if len(found) == 1 else None
