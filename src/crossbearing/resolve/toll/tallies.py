"""What words that count happenings mean: a range, and the days over which it runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crossbearing.model.claim import Figure, FigureScope
from crossbearing.model.mention import CountWords
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Document, Span
from crossbearing.model.when import Interval
from crossbearing.model.where import COARSE, Place, Precision
from crossbearing.resolve.day.counted import begun
from crossbearing.words import numbers, ordinals
from crossbearing.words.time_forms import Beginning, Bound, Length, TimeWords, Within

STEP = "resolve.tallies/2"


def figure(document: Document, words: CountWords) -> Stated[Figure] | None:
    """The number that is stated of so many happenings; None where the words give none.

    "The second" is two and no more; "twice" is two; else the range that `words/numbers.py` gives.
    """
    text, span = document.text, words.number
    often = (words.part_of or span).of(text).lower().endswith(("times", "time", "twice"))
    what = " ".join(words.counted.of(text).split())
    made = Figure(None, None, f"times {what}" if often else what, scope=FigureScope.PERIOD)
    if words.ordinal:
        place = next((o.place for o in ordinals.find(text, span.start, span.end)), None)
        if place is None:
            return None
        made = replace(made, low=place, high=place)
    elif span.of(text).lower().endswith("twice"):
        made = replace(made, low=2, high=2)
    else:
        number = next(numbers.find(text, span.start, min(len(text), span.end + 20)), None)
        if number is None:
            return None
        made = replace(made, low=number.low, high=number.high, qualifier=number.qualifier)
    return Stated(made, (span, words.counted), STEP)


def counted_back(time: TimeWords, words: CountWords, text: str) -> TimeWords:
    """The time words of a count as it means them: up to the day on which it was said.

    "In 24 hours" is the last 24; "since the ceasefire ended in March" begins in March.
    """
    form = time.form
    if words.lasting and isinstance(form, Length):
        return replace(time, form=Within(form.unit, form.low, max(form.high, 1)))
    since = words.time is not None and words.time.span.of(text).lower().startswith("since")
    return replace(time, bound=Bound.SINCE) if since and time.bound is Bound.NONE else time


def period(text: str, words: TimeWords, found: Interval | None, said: Interval) -> Interval | None:
    """The days of a count, from what its time words give: up to the day of the page, and from a known beginning.

    `found` is what the words mean against the page's date. None where they mean no day.
    """
    if found is None:
        return None
    first = begun(text, words.span) if isinstance(words.form, Beginning) else None
    if first and (found.latest is None or first <= found.latest):
        found = replace(found, earliest=first)
    return found.narrowed(Interval(None, said.latest)) or found


def finest(places: Sequence[Stated[Place]]) -> tuple[Stated[Place], ...]:
    """The places of a count, each once; one that only says where another lies left out ("Hasakah in Syria")."""
    distinct = list({p.value.id: p for p in places}.values())
    return tuple(p for p in distinct if not any(q is not p and _frames(p.value, q.value) for q in distinct))


def _frames(wide: Place, fine: Place) -> bool:
    if wide.precision not in COARSE or fine.precision is Precision.COUNTRY or wide.country != fine.country:
        return False
    if wide.precision is Precision.COUNTRY:
        return True
    away = wide.km(fine)
    return (fine.radius_km or 0.0) < (wide.radius_km or 0.0) and away is not None and away <= (wide.radius_km or 0.0)


def points_back(text: str, site: Span) -> bool:
    """Whether the words before a site without a name say that it was told of: "the base", "the same bridge"."""
    before = re.search(r"(?:\b(the|that|this|same)\s+)$", text[max(0, site.start - 8) : site.start], re.I)
    return before is not None and site.of(text).islower()
