"""The state once more, from nothing but the kept deliveries and entries: the proof that the store is what was said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from etl.model.deliveries import all_deliveries, received_content
from etl.model.entries import all_entries
from etl.model.mappings import MappingRow, add_mapping, confirmed_mappings, end_mapping
from etl.model.partner_words import Word, words_of
from etl.model.statements import Said, statements
from etl.model.store import Store, raise_version
from etl.pipeline.accept import accept_delivery
from etl.pipeline.enter import enter, undo_entry
from etl.pipeline.preview import preview_delivery
from etl.pipeline.undo import undo_delivery
from etl.stages.corrections import Corrections

Event = tuple[dt.datetime, int, Callable[[], None]]


def rebuild_into(store: Store, empty: Store) -> None:
    """Replay every delivery, entry and confirmed mapping of ``store``, and every undo, in the order they became known,
    into an ``empty`` store.
    """
    with store.reading() as connection:
        deliveries = all_deliveries(connection, with_undone=True)
        content = {d.number: received_content(connection, d.number) for d in deliveries}
        entries = all_entries(connection)
        mappings = confirmed_mappings(connection, with_ended=True)
        entered = {s.entry: s for s in statements(connection, with_undone=True) if s.entry is not None}
        words = {d.number: words_of(connection, d.number) for d in deliveries}
    events = [event for d in deliveries for event in _delivery_events(empty, d, content[d.number], words[d.number])]
    events += [event for number, row in entries.items() for event in _entry_events(empty, row, entered[number])]
    events += [event for row in mappings for event in _mapping_events(empty, row)]
    for _, _, replay in sorted(events, key=lambda event: event[:2]):
        replay()


def _delivery_events(empty: Store, row: Any, content: bytes, words: dict[str, Word]) -> list[Event]:
    events: list[Event] = [(row.known_from, row.number, lambda: _accept_again(empty, row, content, words))]
    if row.undone_at is not None:
        events.append((row.undone_at, row.number, lambda: undo_delivery(empty, row.number, now=row.undone_at)))
    return events


def _accept_again(empty: Store, row: Any, content: bytes, words: dict[str, Word]) -> None:
    preview = preview_delivery(
        empty,
        content,
        row.file,
        partner=row.sender,
        day=row.given_day,
        now=row.known_from,
        received_at=row.received_at,
        corrections=Corrections.from_data(row.corrections),
    )
    accepted = accept_delivery(empty, preview, now=row.known_from, words=words)
    assert accepted.number == row.number, f"delivery {row.number} was numbered {accepted.number} in the rebuild"


def _mapping_events(empty: Store, row: MappingRow) -> list[Event]:
    def confirm_again() -> None:
        columns = ("partner", "kind", "heading", "field", "headings", "person")
        with empty.writing() as connection:
            add_mapping(connection, **{name: getattr(row, name) for name in columns}, now=row.known_from)
            raise_version(connection)

    def end_again() -> None:
        with empty.writing() as connection:
            assert end_mapping(connection, row.id, row.ended_at), f"mapping {row.id} is not in the rebuild"
            raise_version(connection)

    events: list[Event] = [(row.known_from, row.id, confirm_again)]
    return events if row.ended_at is None else [*events, (row.ended_at, row.id, end_again)]


def _entry_events(empty: Store, row: Any, said: Said) -> list[Event]:
    events: list[Event] = [(row.known_from, row.number, lambda: _enter_again(empty, row, said))]
    if row.undone_at is not None:
        events.append((row.undone_at, row.number, lambda: undo_entry(empty, row.number, now=row.undone_at)))
    return events


def _enter_again(empty: Store, row: Any, said: Said) -> None:
    with empty.reading() as connection:
        there = any(s.record == said.record for s in statements(connection, kinds=[said.kind], with_undone=True))
    entered = enter(
        empty,
        said.kind,
        said.body.values,
        day=said.day,
        person=row.person,
        reason=row.reason,
        now=row.known_from,
        key=said.record if there else None,
        partner=said.owner,
        parent=said.parent,
    )
    assert entered.key == said.record, f"entry {row.number} got the key {entered.key} in the rebuild"
