"""A goal's way in one small drawing: reported values, dotted path, red gap, ◇ target. Attributes only: no style."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from markupsafe import Markup, escape

from dashboard.answers.goal_page import IndicatorView
from dashboard.parts.quantities import quantity
from etl.wording import formatted, say

#: Small, so that its letters (30 of these units) are 24 px and more also where the wall gives it little room.
_WIDE, _HIGH = 500, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 20, 120, 40, 44
#: Two labels nearer than this would touch.
_APART = 32


def chart(view: IndicatorView, language: str) -> Markup:
    """The drawing with its alternative; nothing where there is no path or no value."""
    path, latest = view.path, view.latest
    if path is None or latest is None:
        return Markup("")
    drawn = _Plane(view)
    points = " ".join(f"{drawn.x(o.day):.0f},{drawn.y(o.value):.0f}" for o in view.values)
    start, goal = (path.baseline_day, path.baseline), (path.target_day, path.target)
    at, value = drawn.x(latest.day), drawn.y(latest.value)
    parts = [_line(drawn, start, goal, "path")]
    expected = view.expected
    behind = expected is not None and view.gap is not None and view.gap > 0
    if behind and expected is not None:
        parts.append(f'<line class="gap" x1="{at:.0f}" y1="{drawn.y(expected):.0f}" x2="{at:.0f}" y2="{value:.0f}"/>')
    parts.append(f'<polyline class="reported" points="{points}"/>')
    parts += [f'<circle r="7" cx="{drawn.x(o.day):.0f}" cy="{drawn.y(o.value):.0f}"/>' for o in view.values]
    x, y = drawn.x(path.target_day), drawn.y(path.target)
    parts.append(f'<path class="target" d="M{x:.0f} {y - 13:.0f}l13 13l-13 13l-13-13z"/>')
    parts += _labels(view, language, drawn)
    alternative = say(
        language,
        "room.chart",
        title=view.indicator.title,
        value=_words(language, latest.value, view),
        target=_words(language, path.target, view),
        day=path.target_day,
    )
    return Markup(
        f'<svg viewBox="0 0 {_WIDE} {_HIGH}" role="img" aria-label="{escape(alternative)}">{"".join(parts)}</svg>'
    )


class _Plane:
    """Days and values as places in the drawing."""

    def __init__(self, view: IndicatorView) -> None:
        path = view.path
        assert path is not None
        days = [path.baseline_day, path.target_day, *(o.day for o in view.values)]
        values = [path.baseline, path.target, *(o.value for o in view.values)]
        self.first, self.last = min(days), max(days)
        self.low, self.high = min(values), max(values)

    def x(self, day: dt.date) -> float:
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return _LEFT + share * (_WIDE - _LEFT - _RIGHT)

    def y(self, value: Decimal) -> float:
        share = float((value - self.low) / (self.high - self.low)) if self.high != self.low else 0.5
        return _HIGH - _BOTTOM - share * (_HIGH - _TOP - _BOTTOM)


def _line(drawn: _Plane, start: tuple[dt.date, Decimal], end: tuple[dt.date, Decimal], look: str) -> str:
    (a, v), (b, w) = start, end
    return (
        f'<line class="{look}" x1="{drawn.x(a):.0f}" y1="{drawn.y(v):.0f}" '
        f'x2="{drawn.x(b):.0f}" y2="{drawn.y(w):.0f}"/>'
    )


def _labels(view: IndicatorView, language: str, drawn: _Plane) -> list[str]:
    path, latest = view.path, view.latest
    assert path is not None
    assert latest is not None
    x, y = drawn.x(path.target_day), drawn.y(path.target)
    at, value = drawn.x(latest.day), drawn.y(latest.value)
    under = view.expected is None or drawn.y(view.expected) <= value
    told = value + 36 if under else value - 16
    found = [_text(x + 22, y + 9, _words(language, path.target, view), "target")]
    if abs(told - y) > _APART or abs(at - x) > 120:
        found.append(_text(at, min(told, _HIGH - 36), _words(language, latest.value, view), "now", "middle"))
    days = [(path.baseline_day, "start"), (path.target_day, "middle")]
    found += [_text(drawn.x(day), _HIGH - 6, formatted(language, day, "year"), "day", anchor) for day, anchor in days]
    return found


def _words(language: str, value: Decimal, view: IndicatorView) -> str:
    unit = view.indicator.unit
    return quantity(language, value, unit if unit == "%" else None)


def _text(x: float, y: float, text: str, look: str, anchor: str = "start") -> str:
    return f'<text class="{look}" x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{escape(text)}</text>'
