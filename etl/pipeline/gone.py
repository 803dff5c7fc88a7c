"""Records that a partner's lists no longer name: they stay until a person says what became of them.

Such a word is an entry like any other, with name, day and reason, and can be taken back. A record that ended shows how
it ended; one that was merged or removed is hidden from that day on, and keeps its history.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from etl.model.deliveries import all_deliveries
from etl.model.entries import all_entries
from etl.model.packing import Said
from etl.model.state import GONE, GONE_INTO, Known, State, fold, state_on
from etl.model.statements import keys_by_delivery, statements
from etl.model.store import Connection, Store
from etl.pipeline.authority import NotYours
from etl.pipeline.enter import Entered, EntryRefused, enter_in, undo_entry

#: Kinds of record that stand by themselves, and are asked about when nobody names them any more.
ASKED = ("goal", "indicator", "measure", "need", "partner", "contact", "cooperation", "interface", "funding", "idea")
#: What can be said of which kind besides ``merged`` and ``removed`` -> the life-cycle status that says so.
ENDINGS: dict[str, dict[str, str]] = {
    "measure": {"ended": "completed", "cancelled": "cancelled"},
    "cooperation": {"ended": "ended"},
    "funding": {"ended": "closed"},
}
#: A record that has ended is missed by nobody.
OVER = frozenset({"completed", "cancelled", "ended", "closed", "rejected", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Gone:
    """What a person said became of a record; ``entry`` takes it back. ``into`` is the record it was merged with."""

    entry: int
    record: Known
    how: str
    into: str | None
    day: dt.date
    person: str
    reason: str


def ways_of(kind: str) -> tuple[str, ...]:
    """What can be said of a record of this kind."""
    return (*ENDINGS.get(kind, {}), "merged", "removed")


def say_gone(
    store: Store,
    key: str,
    how: str,
    *,
    day: dt.date,
    person: str,
    reason: str,
    now: dt.datetime,
    into: str | None = None,
    for_partner: str | None = None,
) -> Entered:
    """State what became of record ``key``. Raises ``EntryRefused``, and ``NotYours`` where a partner's sign-in
    (``for_partner``) speaks of what belongs to the network or to another partner."""
    with store.writing() as connection:
        state = state_on(connection)
        known = state.find(key)
        if known is None:
            raise EntryRefused("not_there", key)
        if for_partner is not None and known.partner != for_partner:
            raise NotYours
        values = _values(state, known, how, into)
        return enter_in(connection, known.kind, values, day=day, person=person, reason=reason, now=now, key=key)


def _values(state: State, known: Known, how: str, into: str | None) -> dict[str, str]:
    if how not in ways_of(known.kind):
        raise EntryRefused("not_possible", how)
    if how == "merged":
        return {GONE: how, GONE_INTO: _other(state, known, into)}
    return {GONE: how} if how == "removed" else {GONE: how, "status": ENDINGS[known.kind][how]}


def _other(state: State, known: Known, into: str | None) -> str:
    """Another record of the same kind and partner."""
    other = state.kind(known.kind).get(into or "")
    if other is None or other.key == known.key or other.partner != known.partner:
        raise EntryRefused("not_possible", into or "")
    return other.key


def take_gone_back(store: Store, entry: int, *, now: dt.datetime, for_partner: str | None = None) -> None:
    """The record is there again as before. Raises ``EntryRefused`` (nothing_to_undo) and ``NotYours``."""
    with store.reading() as connection:
        told = next((gone for gone in gone_records(connection) if gone.entry == entry), None)
    if told is None:
        raise EntryRefused("nothing_to_undo", str(entry))
    if for_partner is not None and told.record.partner != for_partner:
        raise NotYours
    undo_entry(store, entry, now=now)


def gone_records(connection: Connection) -> tuple[Gone, ...]:
    """All that people said of records that are gone and was not taken back, the latest first."""
    by_key: dict[str, list[Said]] = defaultdict(list)
    for statement in statements(connection):
        by_key[statement.record].append(statement)
    entries = all_entries(connection)
    found = []
    for said in by_key.values():
        if any(GONE in statement.body.values for statement in said):
            known = fold(said)
            if known.gone is not None and known.gone.entry is not None:
                found.append(_gone(known, known.gone, entries[known.gone.entry]))
    return tuple(sorted(found, key=lambda gone: -gone.entry))


def _gone(known: Known, told: Said, entry: object) -> Gone:
    values = told.body.values
    person, reason = entry.person, entry.reason  # type: ignore[attr-defined]
    assert told.entry is not None, "only a person says that a record is gone"
    return Gone(told.entry, known, values[GONE], values.get(GONE_INTO), told.day, person, reason)


def no_longer_named(connection: Connection) -> dict[str, int]:
    """Records that the newest file of a series does not name and an earlier one did -> the number of that newest file.

    What another series still names, what ended, or was said to be gone, is not asked about; answered forms name only
    what changed.
    """
    series: dict[int, list[int]] = defaultdict(list)
    for row in all_deliveries(connection):
        if not row.corrections.get("form"):
            series[row.series].append(row.number)
    named = keys_by_delivery(connection)
    state = state_on(connection)
    found: dict[str, int] = {}
    now = {key for numbers in series.values() for key in named.get(numbers[-1], {})}
    for numbers in series.values():
        for number in numbers[:-1]:
            for key, kind in named.get(number, {}).items():
                if key not in now and kind in ASKED and _open(state.kind(kind).get(key)):
                    found[key] = numbers[-1]
    return found


def _open(known: Known | None) -> bool:
    return known is not None and known.gone is None and known.value("status") not in OVER
