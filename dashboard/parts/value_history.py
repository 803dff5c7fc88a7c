"""The history of one value: who said what when, since when we know it, what was a correction, what was taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.answers.value_history import Told
from dashboard.parts.html import Content, Markup, tag
from dashboard.parts.value_words import value_words
from etl.rules.days import in_berlin
from etl.wording import formatted

Say = Callable[..., str]


def history_markup(history: Sequence[Told], say: Say, language: str) -> Markup | None:
    """Folded, as the source comes first; nothing where only one thing was ever said."""
    if len(history) < 2:
        return None
    summary = tag("summary", say("provenance.history", n=len(history)))
    note = tag("p", say("provenance.history.clocks"), class_="rt-note")
    rows = tag("ol", (_told(told, say, language) for told in history), class_="rt-list rt-told-list")
    return tag("details", summary, note, rows, class_="rt-more")


def _told(told: Told, say: Say, language: str) -> Markup:
    day = tag("span", formatted(language, told.origin.day, "short_date"), class_="rt-lead")
    words = [tag("span", _value(told, say, language), " ", tag("span", _step(told, say), class_="rt-note"))]
    words += [tag("small", line) for line in _who(told, say)]
    return tag("li", day, tag("div", words), class_="rt-undone" if told.undone else None)


def _value(told: Told, say: Say, language: str) -> Content:
    if told.withheld:
        return say("provenance.history.withheld")
    value = value_words(told.origin.value, told.origin.meaning, say, language)
    value = told.origin.unread or value if value == "–" else value
    return tag("s", value) if told.undone else tag("b" if told.holds else "span", value)


def _step(told: Told, say: Say) -> str:
    step = say(f"provenance.step.{told.step}")
    return say("provenance.history.holds", step=step) if told.holds else step


def _who(told: Told, say: Say) -> list[str]:
    origin = told.origin
    known = in_berlin(origin.known)
    if origin.entered_by:
        confirmed = not origin.reason and not told.withheld  # nothing else is entered without a reason
        step = "confirmed" if confirmed else "entered"
        values = {"person": origin.entered_by, "reason": origin.reason or "–", "day": known}
        lines = [say(f"provenance.history.{step}", **values)]
    elif origin.file:
        cells = [cell.cell for cell in origin.cells] or ["–"]
        lines = [
            say("provenance.history.sent", partner=origin.partner or "–", file=origin.file, cells=cells, day=known)
        ]
    else:
        lines = [say("provenance.history.sent_only", partner=origin.partner or "–", day=known)]
    return [*lines, say("provenance.history.undone", day=in_berlin(told.undone))] if told.undone else lines
