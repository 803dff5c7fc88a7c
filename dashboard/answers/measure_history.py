"""Who said what about a record when: every statement with what it changed, corrections marked as such."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from dashboard.answers.picture import Picture
from etl.model.packing import Said
from etl.model.state import GONE, GONE_INTO, Known

#: Companions of another field: they change with it and say nothing alone.
_SILENT = ("start_precision", "end_precision", GONE, GONE_INTO)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field before and after a statement; ``before`` None: first stated. ``correction``: same day, other value."""

    name: str
    before: Any
    after: Any
    correction: bool


@dataclass(frozen=True, slots=True)
class Event:
    """One statement. ``who`` is the partner's name, or the person who entered it with ``reason``; ``known`` the instant
    since when we know it. No ``changes``: it confirmed what was known. ``late``: about an earlier day than was known.
    """

    day: dt.date
    known: dt.datetime
    who: str
    file: str | None
    reason: str | None
    first: bool
    late: bool
    changes: tuple[FieldChange, ...]


def history_of(known: Known, picture: Picture, hidden: Collection[str] = ()) -> tuple[Event, ...]:
    """All statements that count, the latest day first; ``hidden`` fields are left out."""
    events: list[Event] = []
    stated: dict[str, tuple[dt.date, Any]] = {}
    latest_known: dt.datetime | None = None
    for said in known.said:
        changes = _changes(said, stated, hidden)
        late = latest_known is not None and said.known_from < latest_known
        latest_known = max(latest_known, said.known_from) if latest_known else said.known_from
        events.append(_event(said, picture, changes, first=not events, late=late))
    return tuple(reversed(events))


def _changes(said: Said, stated: dict[str, tuple[dt.date, Any]], hidden: Collection[str]) -> tuple[FieldChange, ...]:
    """What differs from what was said last; notes this statement in ``stated``."""
    changes = []
    for name, value in said.body.values.items():
        day, before = stated.get(name, (None, None))
        stated[name] = (said.day, value)
        if value != before and name not in hidden and name not in _SILENT:
            changes.append(FieldChange(name, before, value, correction=day == said.day))
    return tuple(changes)


def _event(said: Said, picture: Picture, changes: tuple[FieldChange, ...], *, first: bool, late: bool) -> Event:
    delivery = picture.provenance.deliveries.get(said.delivery) if said.delivery is not None else None
    entry = picture.provenance.entries.get(said.entry) if said.entry is not None else None
    sender = picture.facts.partner_by_key.get(said.partner or "") if delivery else None
    who = (sender.short_name or sender.name) if sender else entry.person if entry else ""
    return Event(
        day=said.day,
        known=said.known_from,
        who=who,
        file=delivery.file if delivery else None,
        reason=entry.reason if entry else None,
        first=first,
        late=late,
        changes=changes,
    )
