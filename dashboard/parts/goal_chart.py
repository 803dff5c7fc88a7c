"""An indicator over time: where it started, where it is, where it should be (dotted), what is missing (red)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import altair as alt

from dashboard.answers.goal_page import IndicatorView
from dashboard.parts.charts import Palette, configured
from dashboard.parts.goal_axis import Axis, at, drawn_targets, months_between, numbers_of, span_of, value_axis
from dashboard.parts.quantities import mark_words, marked, quantity
from etl.rules.days import in_berlin

Say = Callable[..., str]
#: Altair's own types know less than its methods give.
_Layer = Any

HEIGHT = 380
#: Right of this share of the axis a label would leave the chart.
_LAST_PLACE_FOR_LABELS = 0.66
_WIDE = "width > 500"
#: Letters that fit beside the latest point on a phone.
_SHORT = 9
#: A value closer to its path than this share of the axis leaves no room for a label between them.
_NEAR = 0.12


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
        years = [dt.date(year, 1, 1) for year in range(self.first.year + 1, self.last.year + 1)]
        by_year = len(years) > 1
        axis = alt.Axis(
            values=[at(day) for day in (years if by_year else months_between(self.first, self.last))],
            format="%Y" if by_year else "%m/%Y",
            grid=False,
            tickColor=self.colours.ink,
            labelPadding=6,
            labelFontSize=alt.expr(f"{_WIDE} ? 18 : 14"),
        )
        return alt.X("day:T", axis=axis, scale=alt.Scale(domain=[at(self.first), at(self.last)], nice=False))

    def y(self) -> alt.Y:
        percent = self.words(Decimal(0)).lstrip("0") if self.view.indicator.unit == "%" else ""
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
    first, last = span_of(view)
    drawing = _Drawing(view, colours, language, say, first, last, value_axis(numbers_of(view)))
    layers = [_path(drawing), *_earlier(drawing), *_redefined(drawing), _line(drawing), _target(drawing)]
    layers.append(_baseline_label(drawing))
    if gap_counts:
        layers += _gap(drawing)
    layers.append(_latest_label(drawing))
    shown: _Layer = alt.layer(*(layer for layer in layers if layer is not None)).properties(height=HEIGHT)
    return configured(shown, language, colours)


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
    told += history_words(view, language, say)
    if latest:
        told.append(say("goals.chart.latest", value=_latest_words(view, language, say), day=latest.day))
    if view.expected is not None:
        told.append(say("goals.chart.expected", expected=quantity(language, view.expected, unit, computed=True)))
    return " ".join(told)


def history_words(view: IndicatorView, language: str, say: Say) -> list[str]:
    """What was to be reached, or measured, before: a sentence each, oldest first."""
    unit = view.indicator.unit
    told = [
        say(
            "goals.earlier_target" if target.day else "goals.earlier_target_undated",
            value=quantity(language, target.value, unit),
            day=target.day,
            until=in_berlin(target.until),
        )
        for target in view.earlier
    ]
    return told + [say("goals.redefined", text=one.before, until=in_berlin(one.known)) for one in view.redefined]


def _latest_words(view: IndicatorView, language: str, say: Say) -> str:
    assert view.latest is not None, "only a value that is there has words"
    return marked(say, quantity(language, view.latest.value, view.indicator.unit), view.marks)


def _points(view: IndicatorView) -> list[dict[str, Any]]:
    points = [{"day": at(o.day), "value": float(o.value), "sure": not o.provisional} for o in view.values]
    start, begun = view.indicator.baseline_day, view.indicator.baseline
    if start and begun is not None and not any(o.day <= start for o in view.values):
        points.insert(0, {"day": at(start), "value": float(begun), "sure": True})
    return points


def _data(*rows: dict[str, Any]) -> alt.InlineData:
    return alt.InlineData(values=list(rows))


def _path(drawing: _Drawing) -> _Layer | None:
    path = drawing.view.path
    if path is None:
        return None
    corners = ((path.baseline_day, path.baseline), (path.target_day, path.target))
    data = _data(*({"day": at(day), "value": float(value)} for day, value in corners))
    return (
        alt.Chart(data)
        .mark_line(strokeDash=[3, 6], strokeCap="round", strokeWidth=3, color=drawing.colours.muted)
        .encode(x=drawing.x(), y=drawing.y())
    )


def _line(drawing: _Drawing) -> _Layer | None:
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


def _target(drawing: _Drawing) -> _Layer | None:
    target, day = drawing.view.indicator.target, drawing.view.indicator.target_day
    if target is None or day is None:
        return None
    data = _data(
        {
            "day": at(day),
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


def _earlier(drawing: _Drawing) -> list[_Layer]:
    """A target that held before: a pale diamond, so that a moved goalpost is seen."""
    layers = []
    for target in drawn_targets(drawing.view):
        assert target.day is not None, "only a dated target is drawn"
        words = drawing.say("goals.chart.earlier", value=drawing.words(target.value), until=in_berlin(target.until))
        data = _data({"day": at(target.day), "value": float(target.value), "label": words})
        base = alt.Chart(data).encode(x=drawing.x(), y=drawing.y())
        mark = base.mark_point(
            shape="diamond",
            size=200,
            strokeWidth=2,
            filled=True,
            fill=drawing.colours.page,
            stroke=drawing.colours.muted,
        )
        # below the target that holds where that lies above, else above it; hidden on a phone, the words say it below
        now = drawing.view.indicator.target
        below = now is None or target.value <= now
        layers.append(mark)
        shown = base.transform_filter(_WIDE)
        layers.append(_label(shown, drawing.colours.muted, dy=26 if below else -24))
    return layers


def _redefined(drawing: _Drawing) -> list[_Layer]:
    """The day from which the indicator measures something else: values left and right of it are not the same thing."""
    layers = []
    for one in drawing.view.redefined[-1:]:
        day = in_berlin(one.known)
        if not drawing.first <= day <= drawing.last:
            continue
        top = drawing.axis.ticks[-1]
        row = {"day": at(day), "value": top, "label": drawing.say("goals.chart.redefined")}
        base = alt.Chart(_data(row))
        rule = base.mark_rule(strokeWidth=1.5, strokeDash=[2, 4], color=drawing.colours.muted)
        layers.append(rule.encode(x=drawing.x()))
        shown = base.transform_filter(_WIDE).encode(x=drawing.x(), y=drawing.y())
        right = _place(drawing, day) > _LAST_PLACE_FOR_LABELS
        layers.append(
            _label(shown, drawing.colours.muted, dx=-8 if right else 8, dy=10, align="right" if right else "left")
        )
    return layers


def _baseline_label(drawing: _Drawing) -> _Layer | None:
    value, day = drawing.view.indicator.baseline, drawing.view.indicator.baseline_day
    if value is None or day is None:
        return None
    data = _data(
        {
            "day": at(day),
            "value": float(value),
            "label": drawing.say("goals.chart.baseline", value=drawing.words(value)),
        }
    )
    base = alt.Chart(data).encode(x=drawing.x(), y=drawing.y())
    room_below = float(value) - drawing.axis.ticks[0] >= 0.5 * drawing.axis.step
    below = drawing.rises and room_below
    return _label(base, drawing.colours.ink, dy=36 if below else -26, align="left", dx=alt.expr(f"{_WIDE} ? -16 : 0"))


def _latest_label(drawing: _Drawing) -> _Layer | None:
    """Right of the point where there is room and no path; on a phone on short lines, the mark on its own."""
    latest = drawing.view.latest
    if latest is None:
        return None
    value = drawing.words(latest.value)
    short = [value] if len(value) <= _SHORT else value.split("\u00a0", 1)
    row = {
        "day": at(latest.day),
        "value": float(latest.value),
        "wide": drawing.say("goals.chart.now", value=_latest_words(drawing.view, drawing.language, drawing.say)),
        "short": "\n".join([*short, *(f"({mark})" for mark in mark_words(drawing.view.marks, drawing.say))]),
    }
    base = alt.Chart(_data(row)).transform_calculate(label=f"{_WIDE} ? datum.wide : datum.short")
    dx, dy, align = _beside_the_point(drawing, latest.day)
    return _label(
        base.encode(x=drawing.x(), y=drawing.y()), drawing.colours.accent, dx=dx, dy=dy, align=align, weight=600
    )


def _beside_the_point(drawing: _Drawing, day: dt.date) -> tuple[int, int, str]:
    """(dx, dy, align) of the latest value's label: where neither the path nor the own line runs."""
    view, away = drawing.view, _away(drawing)
    near = view.gap is not None and abs(float(view.gap)) < _NEAR * (drawing.axis.ticks[-1] - drawing.axis.ticks[0])
    ahead = view.gap is not None and view.gap <= 0
    if _place(drawing, day) > _LAST_PLACE_FOR_LABELS or (near and ahead):
        return 10, away * 28, "right"
    return (14, away * 22, "left") if near else (16, away * 8, "left")


def _gap(drawing: _Drawing) -> list[_Layer]:
    view, latest = drawing.view, drawing.view.latest
    if latest is None or view.expected is None or view.gap is None or view.gap <= 0:
        return []
    value, expected = float(latest.value), float(view.expected)
    key = "goals.chart.below" if value < expected else "goals.chart.above"
    words = drawing.say(key, value=drawing.words(view.gap, computed=True, difference=True))
    rule = alt.Chart(_data({"day": at(latest.day), "value": value, "until": expected}))
    drawn = rule.mark_rule(strokeWidth=4, color=drawing.colours.loss).encode(x=drawing.x(), y=drawing.y(), y2="until:Q")
    if abs(value - expected) < _NEAR * (drawing.axis.ticks[-1] - drawing.axis.ticks[0]):
        return [drawn]
    middle = _data({"day": at(latest.day), "value": (value + expected) / 2, "label": words})
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
    base: _Layer,
    colour: str,
    *,
    dy: float | alt.ExprRef = 0,
    dx: float | alt.ExprRef = 0,
    align: str = "center",
    weight: int = 400,
) -> _Layer:
    size = alt.expr(f"{_WIDE} ? 20 : 15")
    mark: _Layer = base.mark_text(
        color=colour, fontSize=size, fontWeight=weight, dx=dx, dy=dy, align=align, baseline="middle", lineBreak="\n"
    )
    return mark.encode(text="label:N")
