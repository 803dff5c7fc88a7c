"""A run as a bar in its row of a table: cells and head of the timeline column."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.answers.timeline import Bar, Run, Tick, Window
from dashboard.parts.html import Markup, joined, tag

Say = Callable[..., str]

_LOOKS = {"planned": "rt-bar rt-planned", "running": "rt-bar", "done": "rt-bar rt-ended"}


def timeline_head(window: Window, today: float, say: Say) -> Markup:
    """The years over their places, „heute“ above its line."""
    width = 100 / len(window.years)
    years = (
        tag("span", str(year), class_="rt-year", style=f"left:{index * width:.2f}%;width:{width:.2f}%")
        for index, year in enumerate(window.years)
    )
    mark = tag("span", say("timeline.today"), class_="rt-now", style=f"left:{today:.2f}%")
    return tag("th", mark, years, scope="col", class_="rt-time")


def timeline_cell(run: Run, today: float, say: Say, target: str | None = None) -> Markup:
    """Bar, milestones and the line of today. What the bar says stands in words in the columns beside it.

    ``target``: what a click on a milestone reports, inside ``clickable``.
    """
    line = tag("span", class_="rt-today", style=f"left:{today:.2f}%")
    bar = _bar(run.bar) if run.bar else None
    return tag("td", bar, line, joined(_milestone(tick, say, target) for tick in run.ticks), class_="rt-time")


def _bar(bar: Bar) -> Markup:
    classes = [_LOOKS[bar.look]]
    classes += ["rt-open"] if bar.fades else []
    classes += ["rt-earlier"] if bar.earlier else []
    return tag("span", class_=" ".join(classes), style=f"left:{bar.left:.2f}%;width:{max(bar.width, 0.6):.2f}%")


def _milestone(tick: Tick, say: Say, target: str | None) -> Markup:
    words = say("timeline.milestone", text=tick.text or say("kind.milestone"), day=tick.day)
    return tag(
        "span",
        "◆",
        class_="rt-milestone rt-from" if target else "rt-milestone",
        style=f"left:{tick.place:.2f}%",
        title=words,
        role="img",
        aria_label=words,
        data_go=target,
    )
