"""Where a measure's run lies in a window of years, in percent of the window: what a bar in a table row needs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from etl.rules.facts import Measure, Milestone

Look = Literal["planned", "running", "done"]

_YEARS_BEFORE, _YEARS_AFTER = 2, 2
#: How far a bar without a stated end fades out after today, in percent of the window.
_FADE = 9.0
_LOOKS: dict[str | None, Look] = {
    "proposed": "planned",
    "planned": "planned",
    "completed": "done",
    "cancelled": "done",
}


@dataclass(frozen=True, slots=True)
class Window:
    """Whole calendar years, both included."""

    first_year: int
    last_year: int

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(range(self.first_year, self.last_year + 1))

    def place(self, day: dt.date) -> float:
        """The day's place in percent; below 0 before the window, above 100 after it."""
        start = dt.date(self.first_year, 1, 1)
        length = (dt.date(self.last_year, 12, 31) - start).days + 1
        return round((day - start).days / length * 100, 2)


@dataclass(frozen=True, slots=True)
class Tick:
    """A milestone on the bar."""

    place: float
    text: str
    day: dt.date
    done: bool | None


@dataclass(frozen=True, slots=True)
class Bar:
    """``earlier`` and ``later``: the run began before or goes on after the window. ``fades``: no end was stated."""

    left: float
    width: float
    look: Look
    earlier: bool
    later: bool
    fades: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A row of the timeline. ``bar`` is None where the run lies outside the window or nobody stated a day."""

    bar: Bar | None
    ticks: tuple[Tick, ...]


def window_around(day: dt.date) -> Window:
    """Two years before the day's year to two years after it: what a steering group can look back on and plan."""
    return Window(day.year - _YEARS_BEFORE, day.year + _YEARS_AFTER)


def run_of(measure: Measure, window: Window, today: dt.date) -> Run:
    """A measure's bar and milestones in the window."""
    ticks = tuple(tick for m in measure.milestones if (tick := _tick(m, window)) is not None)
    return Run(_bar(measure, window, today), ticks)


def _tick(milestone: Milestone, window: Window) -> Tick | None:
    if milestone.day is None:
        return None
    place = window.place(milestone.day)
    return Tick(place, milestone.text, milestone.day, milestone.done) if 0 <= place <= 100 else None


def _bar(measure: Measure, window: Window, today: dt.date) -> Bar | None:
    endless = measure.open_end or measure.end is None or (measure.status == "permanent" and measure.end is None)
    if measure.start is None and measure.end is None and measure.status not in ("running", "permanent"):
        return None
    begin = window.place(measure.start) if measure.start else 0.0
    finish = _end_place(measure, window, today) if endless else window.place(_after(measure.end))
    left, right = max(begin, 0.0), min(finish, 100.0)
    if right <= left:
        return None
    look = _LOOKS.get(measure.status, "running")
    fades = endless and look != "done"
    return Bar(left, round(right - left, 2), look, begin < 0 or measure.start is None, finish > 100, fades)


def _end_place(measure: Measure, window: Window, today: dt.date) -> float:
    """Permanent work fills the window; where nobody said when it ends, the bar fades out after today or its start."""
    if measure.open_end or measure.status == "permanent":
        return 100.0
    reached = max(today, measure.start or today)
    return window.place(reached) + _FADE


def _after(day: dt.date | None) -> dt.date:
    assert day is not None, "a bar with an end"
    return day + dt.timedelta(days=1)
