"""One measure's history: who said what when, the latest first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dashboard.answers.measure_history import Event, FieldChange
from dashboard.answers.measure_page import MeasurePage, Value
from dashboard.parts.blocks import ListRow, list_rows, section
from dashboard.parts.html import Content, Markup, joined, tag
from dashboard.parts.measure_values import field_name
from dashboard.parts.traced import asked, traced, value_target
from dashboard.parts.values import value_text
from etl.wording import formatted

Say = Callable[..., str]

#: Changes of one statement that stand in the history before it says how many more there are.
_CHANGES = 6
_LONGEST = 160


def history_markup(page: MeasurePage, say: Say, language: str) -> Markup:
    """Who said what when, the latest first."""
    rows = [
        ListRow(
            joined(
                [
                    asked(
                        tag("b", _event_title(event, say)),
                        value_target(page.measure.key, *(c.name for c in event.changes)),
                    ),
                    tag("span", _source(event, say), class_="rt-note"),
                ],
                " ",
            ),
            note=_event_text(event, page, say, language),
            lead=formatted(language, event.day, "short_date"),
        )
        for event in page.history
    ]
    return joined([section(say("measure.history"), say("measure.history_aside")), list_rows(rows)])


def _event_title(event: Event, say: Say) -> str:
    if event.first:
        return say("measure.event.first")
    if not event.changes:
        return say("measure.event.confirmed")
    if all(change.correction for change in event.changes):
        return say("measure.event.corrected")
    return say("measure.event.late") if event.late else say("measure.event.changed")


def _source(event: Event, say: Say) -> str:
    if event.file:
        return say("measure.event.file", who=event.who, file=event.file, day=event.known)
    if not event.reason and not event.changes:
        return say("measure.event.confirmed_by", who=event.who, day=event.known)
    return say("measure.event.entry", who=event.who, reason=event.reason or "", day=event.known)


def _event_text(event: Event, page: MeasurePage, say: Say, language: str) -> Content:
    if event.first:
        return say("measure.event.fields", n=len(event.changes))
    lines = [
        tag(
            "span",
            traced(_change(change, page, say, language), value_target(page.measure.key, change.name)),
            class_="rt-each",
        )
        for change in event.changes[:_CHANGES]
    ]
    if len(event.changes) > _CHANGES:
        lines.append(tag("span", say("measure.event.more", n=len(event.changes) - _CHANGES), class_="rt-each"))
    return joined(lines) if lines else None


def _change(change: FieldChange, page: MeasurePage, say: Say, language: str) -> str:
    how = {v.name: v for group in page.groups for v in group.values}.get(change.name)
    texts = [_shortened(_plain(value, how, say, language)) for value in (change.before, change.after)]
    key = "measure.event.correction" if change.correction else "measure.event.change"
    return say(key, field=field_name(change.name, say, language), before=texts[0], after=texts[1])


def _plain(value: Any, how: Value | None, say: Say, language: str) -> str:
    if value in (None, "", []):
        return say("word.unknown")
    return value_text(
        value, how.type if how else "text", how.domain if how else "", how.qualifier if how else {}, language
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
