"""Sums that are known only roughly, as the line of figures says them."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

import pytest

from dashboard.answers.overview import Figures
from dashboard.parts.overview_figures import figures_markup
from etl.rules.figures import Figure, MoneyFigure
from etl.rules.funding import Sum
from etl.wording import say


@pytest.mark.parametrize(
    ("low", "high", "approx", "words"),
    [
        (8343, 8344, True, "rund 8.340"),
        (8343, 8344, False, "rund 8.340"),
        (8343, 8343, True, "rund 8.340"),
        (8343, 8343, False, "8.343"),
        (8343, 8463, True, "8.343–8.463"),
        (12357, 12359, True, "rund 12.400"),
        (12, 13, True, "12–13"),
        (38, 38, True, "rund 38"),
    ],
)
def test_a_rough_sum_is_rounded_and_never_a_range_at_once(low: int, high: int, approx: bool, words: str) -> None:
    people = Figure(Decimal(low), 3, 4, Decimal(high), Decimal(9000), Decimal(9000), approx)
    none, nothing = Figure(None, 0, 4), MoneyFigure(Sum(), 0, 4)
    shown = str(figures_markup(Figures(people, none, none, nothing, nothing), partial(say, "de"), "de"))
    assert f">{words}<" in shown
    assert "ca." not in shown
