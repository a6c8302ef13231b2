"""Errors in a cumulative series: totals that fall, and totals with two digits changed round.

A total of the dead only grows, unless somebody corrects it. The checker keeps the longest run of totals that never fall; what
does not fit between its neighbours in that run is doubted. A doubted total that fits once two neighbouring digits are changed
round is told as such. Where the day's own number is published too, the step from one total to the next has to be that number:
that finds the errors which hide inside a day's growth. Nothing is corrected: a doubt says what was given and what would fit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median
from typing import Literal


@dataclass(frozen=True, slots=True)
class Total:
    """What was published on one day: the total up to then, and, where it was given, the day's own number."""

    day: date
    value: int
    new: int | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A total that does not fit its series."""

    day: date
    value: int
    kind: Literal["fall", "transposed", "step"]
    """`fall`: out of the order of the others; `transposed`: two digits changed round; `step`: not the day's number more."""
    instead: int | None
    """The total that would fit, where one does."""
    says: str


def doubts(totals: Sequence[Total]) -> list[Doubt]:
    """The totals that cannot all be right, in the order of their days. `totals` are in the order of theirs."""
    # The day's own number is the surest word: what it mends is no longer in the way of the rest.
    found = {doubt.day: doubt for doubt in _of_steps(totals)}
    sound = [replace(t, value=found[t.day].instead or t.value) if t.day in found else t for t in totals]
    for doubt in (*_out_of_order(sound), *_of_jumps(sound)):
        found.setdefault(doubt.day, doubt)
    return [found[day] for day in sorted(found)]


def swaps(value: int) -> Iterator[int]:
    """The numbers that two neighbouring digits changed round would have made of this one."""
    digits = str(value) if value >= 0 else ""
    for at in range(len(digits) - 1):
        if digits[at] != digits[at + 1] and not (at == 0 and digits[1] == "0"):
            yield int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])


def _longest(values: Sequence[int]) -> set[int]:
    """The places of the longest run that never falls (patience sorting, O(n log n))."""
    ends: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for at, value in enumerate(values):
        pile = bisect_right(ends, value)
        ends[pile : pile + 1] = [value]
        before.append(places[pile - 1] if pile else -1)
        places[pile : pile + 1] = [at]
    kept: set[int] = set()
    at = places[-1] if places else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    return kept


def _out_of_order(totals: Sequence[Total]) -> Iterator[Doubt]:
    """Totals outside of the longest run; with each the one of the run that might as well be wrong in its place."""
    values = [total.value for total in totals]
    run = sorted(_longest(values))
    for at in sorted(set(range(len(values))) - set(run)):
        right = bisect_right(run, at)
        yield _doubted(totals[at], *_limits(values, run, right - 1, right))
        for place in (right - 1, right):
            if 0 <= place < len(run):
                low, high = _limits(values, run, place - 1, place + 1)
                wrong = values[run[place]] > values[at] if run[place] < at else values[run[place]] < values[at]
                if wrong and low <= values[at] and (high is None or values[at] <= high):
                    # The run would be as long with the other of the two: either is the wrong one.
                    bound = (low, values[at]) if run[place] < at else (values[at], high)
                    yield _doubted(totals[run[place]], *bound)


def _limits(values: Sequence[int], run: Sequence[int], before: int, after: int) -> tuple[int, int | None]:
    """What stands in the run on both sides of a gap."""
    return values[run[before]] if before >= 0 else 0, values[run[after]] if after < len(run) else None


def _doubted(total: Total, low: int, high: int | None) -> Doubt:
    # With nothing behind it a total may still grow, but not by half.
    most = low + max(low // 2, 10) if high is None else high
    fits = [swap for swap in swaps(total.value) if low <= swap <= most]
    between = f"between {low:,} and {high:,}" if high is not None else f"behind {low:,}"
    if fits:
        best = min(fits, key=lambda swap: abs(swap - low))
        says = f"{total.value:,} on {total.day} does not fit {between}; with two digits changed round, {best:,}, it does"
        return Doubt(total.day, total.value, "transposed", best, says)
    return Doubt(total.day, total.value, "fall", None, f"{total.value:,} on {total.day} does not fit {between}")


def _of_steps(totals: Sequence[Total]) -> Iterator[Doubt]:
    """Totals that are not the day's number more than the last, while the total behind them is right again."""
    for at in range(1, len(totals)):
        before, here = totals[at - 1], totals[at]
        if here.new is None or here.value - before.value == here.new:
            continue
        behind = totals[at + 1] if at + 1 < len(totals) else None
        wanted = before.value + here.new
        if behind is not None and (behind.new is None or wanted + behind.new != behind.value):
            continue  # the day's number itself may be wrong, or people of other days were added
        transposed = wanted in set(swaps(here.value))
        says = f"{here.value:,} on {here.day} is not {here.new:,} more than {before.value:,}; {wanted:,} would be"
        yield Doubt(here.day, here.value, "transposed" if transposed else "step", wanted, says)


# A step is told by the steps around it: so many on each side.
_AROUND = 5


def _of_jumps(totals: Sequence[Total]) -> Iterator[Doubt]:
    """Totals in order whose steps are like no others around, while a swap of digits makes both usual."""
    values = [total.value for total in totals]
    for at in range(1, len(values) - 1):
        up, on = values[at] - values[at - 1], values[at + 1] - values[at]
        near = [values[k + 1] - values[k] for k in range(max(0, at - _AROUND - 1), min(len(values) - 1, at + _AROUND + 1))]
        usual = [step for k, step in enumerate(near) if k + max(0, at - _AROUND - 1) not in (at - 1, at)]
        if len(usual) < _AROUND or min(up, on) < 0:
            continue
        middle = median(usual)
        spread = max(median(abs(step - middle) for step in usual), middle / 4, 1)
        if max(abs(up - middle), abs(on - middle)) < 8 * spread or min(up, on) > middle / 2:
            continue
        fits = [
            swap
            for swap in swaps(values[at])
            if max(abs(swap - values[at - 1] - middle), abs(values[at + 1] - swap - middle)) <= 2 * spread
        ]
        if fits:
            total = totals[at]
            says = f"{total.value:,} on {total.day} is a step of {up:,} and then one of {on:,}; {fits[0]:,} makes both usual"
            yield Doubt(total.day, total.value, "transposed", fits[0], says)
