"""The checker of cumulative series: what falls is named, what only grows is left alone, and digits changed round are put back."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crossbearing.resolve.page.checks import Total, doubts, swaps

STEPS = st.lists(st.integers(0, 40), min_size=3, max_size=40)


def series(values: list[int], new: list[int | None] | None = None) -> list[Total]:
    return [Total(date(2024, 1, 1) + timedelta(days=at), value, new[at] if new else None) for at, value in enumerate(values)]


def summed(steps: list[int], start: int = 1000) -> list[int]:
    values = [start]
    for step in steps:
        values.append(values[-1] + step)
    return values


@given(st.integers(0, 10**9))
def test_a_swap_is_undone_by_a_swap(value: int) -> None:
    """Every number made by changing two digits round can be changed back, is another one, and has as many digits."""
    for swap in swaps(value):
        assert value in set(swaps(swap))
        assert swap != value
        assert len(str(swap)) == len(str(value))


def test_swaps_of_one_number() -> None:
    """1024 can be misread from three numbers at most, and none begins with a nought."""
    assert list(swaps(1024)) == [1204, 1042]
    assert list(swaps(7)) == []
    assert list(swaps(555)) == []


@given(st.integers(1, 30), st.integers(3, 40), st.integers(0, 10**6))
def test_a_series_that_grows_evenly_is_not_doubted(step: int, length: int, start: int) -> None:
    """Totals that grow by about the same each day are all believed."""
    assert doubts(series([start + step * n for n in range(length)])) == []


@given(STEPS)
def test_a_series_with_its_own_days_is_not_doubted(steps: list[int]) -> None:
    """Totals that are each the day's number more than the last are all believed, however small the steps."""
    values = summed(steps)
    assert [d for d in doubts(series(values, [None, *steps])) if d.kind != "transposed"] == []


@given(STEPS, st.data())
def test_a_fall_is_always_named(steps: list[int], data: st.DataObject) -> None:
    """A total below the one before is doubted, wherever in the series it stands."""
    values = summed([step + 1 for step in steps])
    at = data.draw(st.integers(1, len(values) - 1))
    values[at] = data.draw(st.integers(0, values[at - 1] - 1))
    found = doubts(series(values))
    assert series(values)[at].day in {doubt.day for doubt in found}


@given(STEPS, st.data())
def test_a_wrong_step_is_named_and_righted(steps: list[int], data: st.DataObject) -> None:
    """A total that is not the day's number more, between totals that are right, is doubted, and told what would be right."""
    values = summed(steps)
    at = data.draw(st.integers(1, len(values) - 2))
    right = values[at]
    values[at] = right + data.draw(st.integers(1, 500))
    doubt = next(d for d in doubts(series(values, [None, *steps])) if d.day == series(values)[at].day)
    assert doubt.value == values[at]
    assert doubt.instead is None or doubt.kind in ("transposed", "step")
    assert doubt.kind != "step" or doubt.instead == right


@given(st.lists(st.integers(0, 10**6), max_size=30))
def test_any_series_is_read_and_its_doubts_are_of_it(values: list[int]) -> None:
    """Whatever the totals are, the doubts are of their days, in order, one a day, with a sentence that names the total."""
    totals = series(values)
    found = doubts(totals)
    assert [doubt.day for doubt in found] == sorted({doubt.day for doubt in found})
    for doubt in found:
        assert Total(doubt.day, doubt.value) in totals
        assert f"{doubt.value:,}" in doubt.says
        assert doubt.instead is None or doubt.instead != doubt.value


@given(st.lists(st.integers(0, 10**5), max_size=30))
def test_what_is_doubted_leaves_a_series_in_order(values: list[int]) -> None:
    """Without the totals that are doubted for their order, what is left never falls."""
    totals = series(values)
    doubted = {doubt.day for doubt in doubts(totals)}
    left = [total.value for total in totals if total.day not in doubted]
    assert left == sorted(left)


def test_digits_changed_round_are_found_and_put_back() -> None:
    """214 for 124 goes beyond the totals behind it, and the swap is told."""
    found = doubts(series([100, 120, 214, 130, 140]))
    assert [(d.value, d.kind, d.instead) for d in found] == [(214, "transposed", 124)]


def test_digits_changed_round_within_a_long_step_are_found() -> None:
    """A total in order whose steps are like no others is doubted where a swap makes both usual."""
    values = [10_000 + 20 * n for n in range(14)]
    assert values[7] == 10_140
    values[7] = 10_410
    found = doubts(series(values))
    assert [(d.value, d.kind, d.instead) for d in found] == [(10_410, "transposed", 10_140)]


def test_short_series_have_nothing_to_doubt() -> None:
    """No total, or one, is never doubted."""
    assert doubts([]) == []
    assert doubts(series([5])) == []


def test_of_two_that_cannot_both_be_right_both_are_named() -> None:
    """Where either of two neighbours may be the wrong one, each is doubted."""
    assert [d.value for d in doubts(series([10, 20, 30, 25, 40, 50]))] == [30, 25]
