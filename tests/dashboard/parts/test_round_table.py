"""The drawing of the round table."""

from __future__ import annotations

import re
from itertools import pairwise

from dashboard.answers.cooperation_table import Line, RoundTable
from dashboard.answers.cooperations import Seat
from dashboard.parts.round_table import round_table_markup
from etl.wording import say


def words(key: str, **values: object) -> str:
    return say("de", key, **values)


def table(count: int, *lines: Line, chosen: int | None = None, name: str = "Partner {}") -> RoundTable:
    seats = tuple(Seat(f"p-{n}", name.format(n)) for n in range(count))
    return RoundTable(seats, lines, seats[chosen] if chosen is not None else None, ())


def heights(drawn: str) -> list[float]:
    return [float(y) for y in re.findall(r'<circle[^>]* cy="([\d.]+)"', drawn)]


def test_seats_run_clockwise_from_the_top_right() -> None:
    drawn = str(round_table_markup(table(6), words))
    middle = 660
    sides = [float(x) > middle for x in re.findall(r'<circle cx="([\d.]+)"', drawn)]
    assert sides == [True, True, True, False, False, False]
    right, left = heights(drawn)[:3], heights(drawn)[3:]
    assert right == sorted(right)
    assert left == sorted(left, reverse=True)


def test_lines_of_names_have_equal_distances_however_many_there_are() -> None:
    for count in (3, 26, 30, 41):
        right = heights(str(round_table_markup(table(count), words)))[: -(-count // 2)]
        steps = {round(below - above) for above, below in pairwise(right)}
        assert max(steps) - min(steps) <= 1


def test_every_seat_can_be_reached_and_pressed_by_keyboard() -> None:
    drawn = str(round_table_markup(table(4, chosen=1), words))
    assert drawn.count('tabindex="0" role="button"') == 4
    assert drawn.count('aria-pressed="true"') == 1


def test_the_chosen_partners_lines_are_strong_and_planned_ones_dotted() -> None:
    lines = (Line("p-0", "p-1", False), Line("p-0", "p-2", True), Line("p-1", "p-2", False))
    drawn = str(round_table_markup(table(3, *lines, chosen=0), words))
    assert drawn.count("rt-net-strong") == 2
    assert drawn.count("rt-net-strong rt-net-planned") == 1


def test_names_are_escaped_and_long_ones_take_two_lines() -> None:
    drawn = str(round_table_markup(table(1, name="Landkreis <Lindenmark> – Fachdienst Soziale Hilfen und Asyl"), words))
    assert "<Lindenmark>" not in drawn
    assert drawn.count("<tspan") == 2


def test_nobody_at_the_table_is_no_error() -> None:
    assert "svg" in str(round_table_markup(table(0), words))
