"""An indicator over time: where it started, where it is, where it should be (dotted), what is missing (red)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import altair as alt

from dashboard.answers.goal_page import IndicatorView
from dashboard.parts.charts import Palette, configured
from dashboard.parts.quantities import marked, quantity

Say = Callable[..., str]

HEIGHT = 380
_STEPS = (1, 2, 2.5, 5, 10)
#: Right of this share of the axis a label would leave the chart.
_LAST_PLACE_FOR_LABELS = 0.66
_WIDE = "width > 500"


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


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What all layers share."""

    view: IndicatorView
    colours: Palette
    language: str
    say: Say
    first: dt.date
    last: dt.date
    axis: Axis

    @property
    def rises(self) -> bool:
        return self.view.path is None or self.view.path.way > 0

    def words(self, value: Decimal, *, computed: bool = False, difference: bool = False) -> str:
        unit = self.view.indicator.unit
        return quantity(self.language, value, unit, computed=computed, difference=difference)

    def x(self) -> alt.X:
        years = [f"{year}-01-01T00:00:00" for year in range(self.first.year + 1, self.last.year + 1)]
        by_year = len(years) > 1
        axis = alt.Axis(
            format="%Y" if by_year else "%m/%Y",
            grid=False,
            tickColor=self.colours.ink,
            labelPadding=6,
            labelFontSize=alt.expr(f"{_WIDE} ? 18 : 14"),
            **({"values": years} if by_year else {"tickCount": 4}),
        )
        return alt.X("day:T", axis=axis, scale=alt.Scale(domain=[_at(self.first), _at(self.last)], nice=False))

    def y(self) -> alt.Y:
        percent = "\u00a0%" if self.view.indicator.unit == "%" else ""
        places = 0 if self.axis.step == int(self.axis.step) else 1
        axis = alt.Axis(
            values=list(self.axis.ticks),
            domain=False,
            ticks=False,
            labelPadding=8,
            labelExpr=f"format(datum.value, ',.{places}f') + '{percent}'",
            labelFontSize=alt.expr(f"{_WIDE} ? 18 : 14"),
        )
        return alt.Y("value:Q", axis=axis, scale=alt.Scale(domain=[self.axis.ticks[0], self.axis.ticks[-1]]))


def goal_chart(view: IndicatorView, language: str, colours: Palette, say: Say, *, gap_counts: bool) -> alt.LayerChart:
    """The chart of one indicator with at least one value or a path. ``gap_counts``: draw what is missing in red."""
    first, last = _span(view)
    drawing = _Drawing(view, colours, language, say, first, last, value_axis(_numbers(view)))
    layers = [_path(drawing), _line(drawing), _target(drawing), _baseline_label(drawing)]
    if gap_counts:
        layers += _gap(drawing)
    layers.append(_latest_label(drawing))
    shown = [layer for layer in layers if layer is not None]
    return configured(alt.layer(*shown).properties(height=HEIGHT), language, colours)


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
    numbers = _numbers(view)
    if not numbers:
        return None
    axis = value_axis(numbers)
    return Decimal(str(axis.ticks[0])) if axis.cut else None


def _step(rough: float) -> float:
    scale = 10.0 ** math.floor(math.log10(rough))
    return next(float(step * scale) for step in _STEPS if step * scale >= rough * (1 - 1e-9))


def alternative(view: IndicatorView, language: str, say: Say) -> str:
    """What the chart says, in words and with its numbers."""
    unit, latest, path = view.indicator.unit, view.latest, view.path
    told = [say("goals.chart.title", title=view.indicator.title)]
    if path:
        told.append(
            say(
                "goals.chart.path",
                baseline=quantity(language, path.baseline, unit),
                baseline_day=path.baseline_day,
                target=quantity(language, path.target, unit),
                target_day=path.target_day,
            )
        )
    if latest:
        told.append(say("goals.chart.latest", value=_latest_words(view, language, say), day=latest.day))
    if view.expected is not None:
        told.append(say("goals.chart.expected", expected=quantity(language, view.expected, unit, computed=True)))
    return " ".join(told)


def _latest_words(view: IndicatorView, language: str, say: Say) -> str:
    assert view.latest is not None, "only a value that is there has words"
    return marked(say, quantity(language, view.latest.value, view.indicator.unit), view.marks)


def _numbers(view: IndicatorView) -> list[float]:
    corners = (view.indicator.baseline, view.indicator.target)
    return [float(n) for n in (*(o.value for o in view.values), *corners) if n is not None]


def _span(view: IndicatorView) -> tuple[dt.date, dt.date]:
    """From a little before the first day to well behind the last, so that labels have room."""
    corners = (view.indicator.baseline_day, view.indicator.target_day)
    days = sorted([d for d in corners if d] + [o.day for o in view.values])
    length = max((days[-1] - days[0]).days, 180)
    return days[0] - dt.timedelta(days=length * 0.06), days[-1] + dt.timedelta(days=length * 0.2)


def _at(day: dt.date) -> str:
    """Local midnight: without a time the browser takes a date as UTC."""
    return f"{day.isoformat()}T00:00:00"


def _points(view: IndicatorView) -> list[dict[str, Any]]:
    points = [{"day": _at(o.day), "value": float(o.value), "sure": not o.provisional} for o in view.values]
    start, begun = view.indicator.baseline_day, view.indicator.baseline
    if start and begun is not None and not any(o.day <= start for o in view.values):
        points.insert(0, {"day": _at(start), "value": float(begun), "sure": True})
    return points


def _data(*rows: dict[str, Any]) -> alt.InlineData:
    return alt.InlineData(values=list(rows))


def _path(drawing: _Drawing) -> alt.Chart | None:
    path = drawing.view.path
    if path is None:
        return None
    corners = ((path.baseline_day, path.baseline), (path.target_day, path.target))
    data = _data(*({"day": _at(day), "value": float(value)} for day, value in corners))
    return (
        alt.Chart(data)
        .mark_line(strokeDash=[3, 6], strokeCap="round", strokeWidth=3, color=drawing.colours.muted)
        .encode(x=drawing.x(), y=drawing.y())
    )


def _line(drawing: _Drawing) -> alt.LayerChart | None:
    points = _points(drawing.view)
    if not points:
        return None
    base = alt.Chart(_data(*points)).encode(x=drawing.x(), y=drawing.y())
    colour = drawing.colours.accent
    fill = alt.condition("datum.sure", alt.value(colour), alt.value(drawing.colours.page))
    return alt.layer(
        base.mark_line(strokeWidth=4, color=colour),
        base.mark_point(size=150, filled=False, strokeWidth=3, color=colour, opacity=1).encode(fill=fill),
    )


def _target(drawing: _Drawing) -> alt.LayerChart | None:
    target, day = drawing.view.indicator.target, drawing.view.indicator.target_day
    if target is None or day is None:
        return None
    data = _data(
        {
            "day": _at(day),
            "value": float(target),
            "label": drawing.say("goals.chart.target", value=drawing.words(target)),
        }
    )
    base = alt.Chart(data).encode(x=drawing.x(), y=drawing.y())
    return alt.layer(
        base.mark_point(
            shape="diamond",
            size=320,
            strokeWidth=4,
            filled=True,
            fill=drawing.colours.page,
            stroke=drawing.colours.ink,
            opacity=1,
        ),
        _label(base, drawing.colours.ink, dy=-26 if drawing.rises else 28),
    )


def _baseline_label(drawing: _Drawing) -> alt.Chart | None:
    value, day = drawing.view.indicator.baseline, drawing.view.indicator.baseline_day
    if value is None or day is None:
        return None
    data = _data(
        {
            "day": _at(day),
            "value": float(value),
            "label": drawing.say("goals.chart.baseline", value=drawing.words(value)),
        }
    )
    base = alt.Chart(data).encode(x=drawing.x(), y=drawing.y())
    room_below = float(value) - drawing.axis.ticks[0] >= 0.5 * drawing.axis.step
    below = drawing.rises and room_below
    return _label(base, drawing.colours.ink, dy=36 if below else -26, align="left", dx=alt.expr(f"{_WIDE} ? -16 : 0"))


def _latest_label(drawing: _Drawing) -> alt.Chart | None:
    """Right of the point where there is room, else (and on a phone) beside it on the side away from the path."""
    latest = drawing.view.latest
    if latest is None:
        return None
    words = drawing.say("goals.chart.now", value=_latest_words(drawing.view, drawing.language, drawing.say))
    data = _data({"day": _at(latest.day), "value": float(latest.value), "label": words})
    base = alt.Chart(data).encode(x=drawing.x(), y=drawing.y())
    away = _away(drawing)
    if _place(drawing, latest.day) > _LAST_PLACE_FOR_LABELS:
        return _label(base, drawing.colours.accent, dx=10, dy=away * 28, align="right", weight=600)
    return _label(
        base,
        drawing.colours.accent,
        dx=alt.expr(f"{_WIDE} ? 16 : 14"),
        dy=alt.expr(f"{_WIDE} ? {away * 6} : {away * 26}"),
        align=alt.expr(f"{_WIDE} ? 'left' : 'right'"),
        weight=600,
    )


def _gap(drawing: _Drawing) -> list[alt.Chart]:
    view, latest = drawing.view, drawing.view.latest
    if latest is None or view.expected is None or view.gap is None or view.gap <= 0:
        return []
    value, expected = float(latest.value), float(view.expected)
    key = "goals.chart.below" if value < expected else "goals.chart.above"
    words = drawing.say(key, value=drawing.words(view.gap, computed=True, difference=True))
    rule = alt.Chart(_data({"day": _at(latest.day), "value": value, "until": expected}))
    drawn = rule.mark_rule(strokeWidth=4, color=drawing.colours.loss).encode(x=drawing.x(), y=drawing.y(), y2="until:Q")
    if abs(value - expected) < 0.12 * (drawing.axis.ticks[-1] - drawing.axis.ticks[0]):
        return [drawn]
    middle = _data({"day": _at(latest.day), "value": (value + expected) / 2, "label": words})
    base = alt.Chart(middle).transform_filter(_WIDE).encode(x=drawing.x(), y=drawing.y())
    right = _place(drawing, latest.day) <= _LAST_PLACE_FOR_LABELS
    return [
        drawn,
        _label(base, drawing.colours.loss, dx=16 if right else -16, align="left" if right else "right", weight=600),
    ]


def _place(drawing: _Drawing, day: dt.date) -> float:
    return (day - drawing.first).days / (drawing.last - drawing.first).days


def _away(drawing: _Drawing) -> int:
    """1: below the point, -1: above it; away from the path."""
    view = drawing.view
    if view.latest is None or view.expected is None:
        return -1
    return 1 if view.latest.value < view.expected else -1


def _label(
    base: alt.Chart,
    colour: str,
    *,
    dy: float | alt.ExprRef = 0,
    dx: float | alt.ExprRef = 0,
    align: str | alt.ExprRef = "center",
    weight: int = 400,
) -> alt.Chart:
    size = alt.expr(f"{_WIDE} ? 20 : 15")
    mark = base.mark_text(color=colour, fontSize=size, fontWeight=weight, dx=dx, dy=dy, align=align, baseline="middle")
    return mark.encode(text="label:N")
