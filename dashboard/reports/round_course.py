"""How the reports of a round came in, drawn: a line that rises, the deadline and the meeting as marks."""

from __future__ import annotations

import datetime as dt
from html import escape

from dashboard.answers.round_timeline import Event, RoundTimeline
from etl.wording import formatted, say

_INK, _MUTED, _RULE, _LINE = "#171a2b", "#51577a", "#c3c8d8", "#1c3a8a"
#: The drawing's own units; below and above the course stand words.
_WIDTH, _TOP, _BOTTOM, _LEFT, _RIGHT = 660, 44, 190, 34, 650
_HEIGHT = 218


def course_svg(timeline: RoundTimeline, language: str) -> str:
    """How many had reported on each day, up to the day of the page; what lies ahead of it is empty."""
    days = [event.day for event in timeline.events] + [timeline.day]
    course = _Course(min(days), max(days), max(1, timeline.expected))
    parts = [*_scale(course, language), *_steps(course, timeline)]
    marked = [event for event in timeline.events if event.what in ("deadline", "meeting", "closed")]
    parts += [part for row, event in enumerate(marked[:3]) for part in _mark(course, event, row, language)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="Fira Sans" '
        f'font-size="11">{"".join(parts)}</svg>'
    )


class _Course:
    """Where a day and a count stand in the drawing."""

    def __init__(self, first: dt.date, last: dt.date, most: int) -> None:
        self.first, self.last, self.most = first, last, most

    def x(self, day: dt.date) -> float:
        whole = max(1, (self.last - self.first).days)
        return round(_LEFT + (_RIGHT - _LEFT) * (day - self.first).days / whole, 1)

    def y(self, count: int) -> float:
        return round(_BOTTOM - (_BOTTOM - _TOP) * count / self.most, 1)


def _scale(course: _Course, language: str) -> list[str]:
    """Nobody at the bottom, all who are expected at the top; first and last day below."""
    parts = []
    for count in (0, course.most):
        y = course.y(count)
        parts.append(_stroke(_LEFT, y, _RIGHT, y, _RULE))
        parts.append(_words(_LEFT - 8, y + 4, formatted(language, count, "count"), "end", _MUTED))
    for day, anchor in ((course.first, "start"), (course.last, "end")):
        parts.append(_words(course.x(day), _BOTTOM + 18, formatted(language, day, "date"), anchor, _MUTED))
    return parts


def _steps(course: _Course, timeline: RoundTimeline) -> list[str]:
    """One step a day on which reports came, the last one drawn on to the day of the page."""
    x, y = course.x(course.first), course.y(0)
    path = [f"M{x} {y}"]
    for event in timeline.events:
        if event.what == "reports":
            x, y = course.x(event.day), course.y(event.so_far)
            path.append(f"H{x}V{y}")
    path.append(f"H{max(x, course.x(timeline.day))}")
    return [f'<path d="{"".join(path)}" fill="none" stroke="{_LINE}" stroke-width="2.5"/>']


def _mark(course: _Course, event: Event, row: int, language: str) -> list[str]:
    """A dashed line with its word above, each in a row of its own: two may be close together."""
    x, y = course.x(event.day), 10 + 12 * row
    left = x > (_LEFT + _RIGHT) / 2
    word = say(language, f"timeline.what.{event.what}")
    words = _words(x + (-4 if left else 4), y, word, "end" if left else "start", _INK)
    return [_stroke(x, y - 8, x, _BOTTOM, _INK, ' stroke-dasharray="3 3"'), words]


def _stroke(x1: float, y1: float, x2: float, y2: float, colour: str, more: str = "") -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}" stroke-width="1"{more}/>'


def _words(x: float, y: float, text: str, anchor: str, colour: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'
