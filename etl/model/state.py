"""The state: what holds on a day as known at an instant, folded from statements. Nothing is stored twice.

Rule (design, two clocks): per field, on day D as known at K, the statement with the latest day <= D holds among those
known and not undone by K; ties go to the later known. Statements arrive in that order, so the last one wins.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from etl.model.statements import Said, statements
from etl.model.tables import KINDS


@dataclass(slots=True)
class Known:
    """One record as it holds: ``values`` and, per field, the statement it comes from.

    ``contested`` lists, for a field that two sources state differently for the same day, all statements in question.
    ``said`` are all statements about it, oldest day first.
    """

    key: str
    kind: str
    partner: str | None
    parent: str | None
    values: dict[str, Any] = field(default_factory=dict)
    holds: dict[str, Said] = field(default_factory=dict)
    contested: dict[str, list[Said]] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)

    def value(self, name: str) -> Any:
        return self.values.get(name)

    def qualifier(self, name: str) -> dict[str, Any]:
        statement = self.holds.get(name)
        return statement.body.qualifier.get(name, {}) if statement else {}

    def mark(self, name: str) -> str | None:
        statement = self.holds.get(name)
        return statement.body.marks.get(name) if statement else None

    @property
    def last_day(self) -> dt.date:
        """The latest day any source spoke about it, confirming it or changing it."""
        return self.said[-1].day


@dataclass(slots=True)
class State:
    """All records that hold, by kind and key (in key order)."""

    day: dt.date | None
    known_on: dt.datetime | None
    records: dict[str, dict[str, Known]]

    def kind(self, kind: str) -> dict[str, Known]:
        return self.records.get(kind, {})

    def find(self, key: str) -> Known | None:
        return next((found[key] for found in self.records.values() if key in found), None)


def state_on(
    connection: Connection,
    day: dt.date | None = None,
    known_on: dt.datetime | None = None,
    *,
    partner: str | None = None,
    kinds: Iterable[str] = (),
) -> State:
    """The state on ``day`` (None: the latest of everything) as known at ``known_on`` (None: now)."""
    said = statements(connection, day=day, known_on=known_on, partner=partner, kinds=kinds)
    records: dict[str, dict[str, Known]] = {kind: {} for kind in KINDS}
    by_key: dict[str, Known] = {}
    for statement in said:
        known = by_key.get(statement.record)
        if known is None:
            known = Known(statement.record, statement.kind, statement.owner, statement.parent, {}, {}, {}, [])
            by_key[statement.record] = known
        known.said.append(statement)
    for key in sorted(by_key):
        known = by_key[key]
        _fold(known)
        records[known.kind][key] = known
    return State(day, known_on, records)


def _fold(known: Known) -> None:
    if len(known.said) == 1:
        known.values = dict(known.said[0].body.values)
        known.holds = dict.fromkeys(known.values, known.said[0])
        return
    values, holds = known.values, known.holds
    sources: set[tuple[int | None, int | None]] = set()
    repeated = False
    for statement in known.said:
        source = (statement.series, statement.entry)
        repeated = repeated or bool(sources)
        sources.add(source)
        confirms = statement.body.confirms
        for name, value in statement.body.values.items():
            if confirms and name in values and values[name] == value:
                continue  # its source stays where it was read
            values[name] = value
            holds[name] = statement
    if repeated:
        for name in values:
            _contest(known, name)


def _contest(known: Known, name: str) -> None:
    """Note a field that sources state differently for the day that holds; an entry after all of them settles it."""
    day = known.holds[name].day
    same_day = [s for s in known.said if s.day == day and name in s.body.values and not s.body.confirms]
    if len(same_day) < 2:
        return
    entries = [s for s in same_day if s.entry is not None]
    if entries:
        known.holds[name] = entries[-1]
        known.values[name] = entries[-1].body.values[name]
        settled_at = entries[-1].known_from
        same_day = [s for s in same_day if s.entry is None and s.known_from > settled_at]
        same_day.append(entries[-1])
    # a partner's later file about the same day corrects its earlier one; it does not contradict it
    newest = {s.partner: s.delivery for s in same_day if s.entry is None}
    standing = [s for s in same_day if s.entry is not None or newest[s.partner] == s.delivery]
    if len({_comparable(s.body.values[name]) for s in standing}) > 1:
        known.contested[name] = standing


def _comparable(value: Any) -> str:
    return repr(value)
