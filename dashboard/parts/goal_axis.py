"""The scales of a goal's chart: round ticks for values, days from before the first to behind the last."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from decimal import Decimal

from dashboard.answers.goal_page import IndicatorView
from etl.rules.catalogue import EarlierTarget

_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Axis:
    """Ticks of the value axis, from ``ticks[0]`` to ``ticks[-1]``."""

    ticks: tuple[float, ...]

    @property
    def cut(self) -> bool:
        """Whether the axis leaves out zero, which the chart must say."""
        return self.ticks[0] > 0

    @property
    def step(self) -> float:
        return self.ticks[1] - self.ticks[0]


def value_axis(numbers: list[float]) -> Axis:
    """Three to six round ticks around the numbers; from zero unless that would squeeze them into less than half."""
    low, high = min(numbers), max(numbers)
    spread = (high - low) or abs(high) or 1.0
    if 0 <= low <= 1.1 * spread:
        low = 0.0
    step = _step((high - low or spread) / 4)
    start, end = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if end * step - high < 0.1 * step:
        end += 1
    if low > 0 and low - start * step < 0.65 * step and start > 0:
        start -= 1
    return Axis(tuple(round(n * step, 10) for n in range(start, max(end, start + 2) + 1)))


def value_axis_start(view: IndicatorView) -> Decimal | None:
    """The first number of the value axis where it leaves out zero: the page must say so."""
    numbers = numbers_of(view)
    if not numbers:
        return None
    axis = value_axis(numbers)
    return Decimal(str(axis.ticks[0])) if axis.cut else None


def _step(rough: float) -> float:
    scale = 10.0 ** math.floor(math.log10(rough))
    return next(float(step * scale) for step in _STEPS if step * scale >= rough * (1 - 1e-9))


def numbers_of(view: IndicatorView) -> list[float]:
    corners = (view.indicator.baseline, view.indicator.target, *(target.value for target in drawn_targets(view)))
    return [float(n) for n in (*(o.value for o in view.values), *corners) if n is not None]


def drawn_targets(view: IndicatorView) -> tuple[EarlierTarget, ...]:
    """Earlier targets with a place on the chart; of several, the last: the others stand in the words below."""
    return tuple(target for target in view.earlier if target.day is not None)[-1:]


def span_of(view: IndicatorView) -> tuple[dt.date, dt.date]:
    """From a little before the first day to well behind the last, so that labels have room."""
    corners = (view.indicator.baseline_day, view.indicator.target_day, *(target.day for target in drawn_targets(view)))
    days = sorted([d for d in corners if d] + [o.day for o in view.values])
    length = max((days[-1] - days[0]).days, 365)
    return days[0] - dt.timedelta(days=length * 0.06), days[-1] + dt.timedelta(days=length * 0.2)


def months_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """First days of months between the two, at most six of them."""
    start = first.year * 12 + first.month
    months = range(start, last.year * 12 + last.month)
    return [dt.date(month // 12, month % 12 + 1, 1) for month in months[:: -(-len(months) // 6) or 1]]


def at(day: dt.date) -> str:
    """Local midnight: without a time the browser takes a date as UTC."""
    return f"{day.isoformat()}T00:00:00"
