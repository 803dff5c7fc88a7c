"""The value axis: round ticks that hold every value, from zero where that is honest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.parts.goal_axis import value_axis

NUMBERS = st.lists(st.floats(-1e6, 1e6, allow_nan=False).map(lambda n: round(n, 2)), min_size=1, max_size=8)


@given(NUMBERS)
def test_every_value_stands_between_the_first_and_the_last_tick(numbers: list[float]) -> None:
    ticks = value_axis(numbers).ticks
    assert ticks[0] <= min(numbers) + 1e-6 * abs(min(numbers))
    assert ticks[-1] >= max(numbers) - 1e-6 * abs(max(numbers))
    assert 3 <= len(ticks) <= 9
    assert list(ticks) == sorted(set(ticks))


@pytest.mark.parametrize(
    ("numbers", "first"),
    [([48, 65, 51.2], 40), ([0, 38], 0), ([9, 34, 28], 0), ([310, 450, 412], 250), ([0, 0], 0)],
)
def test_the_axis_begins_at_zero_unless_that_would_squeeze_the_line(numbers: list[float], first: float) -> None:
    axis = value_axis(numbers)
    assert axis.ticks[0] == first
    assert axis.cut == (first > 0)
