"""The state once more, from nothing but the kept deliveries, entries and judgements: the proof that the store is what
was said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from etl.model.confirmations import all_confirmations, all_corrections
from etl.model.deliveries import all_deliveries, fingerprint_of, received_content
from etl.model.entries import all_entries
from etl.model.erasing import erased_files
from etl.model.human_ratings import RatingRow, add_human_rating, all_human_ratings, close_human_rating
from etl.model.judgements import (
    Assignment,
    Judgement,
    JudgementRow,
    Sameness,
    Settlement,
    add_assignment,
    add_sameness,
    add_settlement,
    close_judgement,
    judgements,
)
from etl.model.mappings import MappingRow, add_mapping, confirmed_mappings, end_mapping
from etl.model.packing import Said
from etl.model.partner_words import Word, words_of
from etl.model.statements import statements, statements_of
from etl.model.store import Store, raise_version
from etl.pipeline.accept import accept_delivery
from etl.pipeline.confirm import confirm
from etl.pipeline.correct import correct_again
from etl.pipeline.enter import enter, undo_entry
from etl.pipeline.preview import preview_delivery
from etl.pipeline.rebuild_withheld import state_again
from etl.pipeline.undo import undo_delivery
from etl.stages.corrections import Corrections

_UNDONE = ("undone_at", "undone_by")

#: What stores a judgement of each kind again.
_ADDED: dict[Judgement, Callable[..., int]] = {
    Settlement: add_settlement,
    Sameness: add_sameness,
    Assignment: add_assignment,
}

Event = tuple[dt.datetime, int, Callable[[], None]]


def rebuild_into(store: Store, empty: Store) -> None:
    """Replay every delivery, entry, confirmed mapping, judgement and human rating of ``store``, and every undo, in the
    order they became known, into an ``empty`` store.
    """
    with store.reading() as connection:
        deliveries = all_deliveries(connection, with_undone=True)
        content = {d.number: received_content(connection, d.number) for d in deliveries}
        entries = all_entries(connection)
        mappings = confirmed_mappings(connection, with_ended=True)
        judged = {table: judgements(connection, table, with_undone=True) for table in _ADDED}
        confirmed = {row.number: row for row in all_confirmations(connection, with_undone=True)}
        corrected = {row.number: row for row in all_corrections(connection, with_undone=True)}
        entered = {s.entry: s for s in statements(connection, with_undone=True) if s.entry is not None}
        rated = all_human_ratings(connection)
        words = {d.number: words_of(connection, d.number) for d in deliveries}
        gone = {row.delivery for row in erased_files(connection) if row.withheld}
        said = {number: statements_of(connection, number) for number in gone}
        fingerprints = {d.number: fingerprint_of(connection, d.series) for d in deliveries if d.number in gone}
    events: list[Event] = []
    for d in deliveries:
        if d.number in gone:
            told = (empty, d, content[d.number], said[d.number], fingerprints[d.number], words[d.number])
            events += _delivery_events(empty, d, partial(state_again, *told))
        else:
            events += _delivery_events(empty, d, partial(_accept_again, empty, d, content[d.number], words[d.number]))
    for number, row in entries.items():
        if number in confirmed:
            events += _entry_events(empty, row, partial(_confirm_again, empty, confirmed[number]))
        elif number in corrected:
            events += _entry_events(empty, row, partial(correct_again, empty, corrected[number], entered[number]))
        else:
            events += _entry_events(empty, row, partial(_enter_again, empty, row, entered[number]))
    events += [event for row in mappings for event in _mapping_events(empty, row)]
    events += [
        event for table, rows in judged.items() for row in rows for event in _judgement_events(empty, table, row)
    ]
    events += [event for row in rated for event in _rating_events(empty, row)]
    for _, _, replay in sorted(events, key=lambda event: event[:2]):
        replay()


def _delivery_events(empty: Store, row: Any, replay: Callable[[], None]) -> list[Event]:
    events: list[Event] = [(row.known_from, row.number, replay)]
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
        looked_at=True,
    )
    accepted = accept_delivery(empty, preview, now=row.known_from, words=words, again=True)
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


def _judgement_events(empty: Store, table: Judgement, row: JudgementRow) -> list[Event]:
    told = {name: value for name, value in row._mapping.items() if name not in ("id", "known_from", *_UNDONE)}
    given: list[int] = []

    def judge_again() -> None:
        with empty.writing() as connection:
            given.append(_ADDED[table](connection, **told, now=row.known_from))
            raise_version(connection)

    def take_back_again() -> None:
        with empty.writing() as connection:
            assert close_judgement(connection, table, given[0], row.undone_at, row.undone_by)
            raise_version(connection)

    events: list[Event] = [(row.known_from, row.id, judge_again)]
    return events if row.undone_at is None else [*events, (row.undone_at, row.id, take_back_again)]


def _rating_events(empty: Store, row: RatingRow) -> list[Event]:
    told = {name: getattr(row, name) for name in ("record", "code", "body", "reason", "day", "expires")}
    given: list[int] = []

    def rate_again() -> None:
        with empty.writing() as connection:
            given.append(add_human_rating(connection, **told, now=row.known_from))
            raise_version(connection)

    def take_back_again() -> None:
        with empty.writing() as connection:
            assert close_human_rating(connection, given[0], row.undone_at)
            raise_version(connection)

    events: list[Event] = [(row.known_from, row.id, rate_again)]
    return events if row.undone_at is None else [*events, (row.undone_at, row.id, take_back_again)]


def _entry_events(empty: Store, row: Any, replay: Callable[[], None]) -> list[Event]:
    events: list[Event] = [(row.known_from, row.number, replay)]
    if row.undone_at is not None:
        events.append((row.undone_at, row.number, lambda: undo_entry(empty, row.number, now=row.undone_at)))
    return events


def _confirm_again(empty: Store, row: Any) -> None:
    number = confirm(
        empty,
        row.partner,
        day=row.day,
        person=row.person,
        now=row.known_from,
        record=row.record,
        reason=row.reason,
        again=True,
    )
    assert number == row.number, f"confirmation {row.number} was numbered {number} in the rebuild"


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
        again=True,
    )
    assert entered.key == said.record, f"entry {row.number} got the key {entered.key} in the rebuild"
