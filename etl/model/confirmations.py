"""Confirmations and corrections as rows: what an entry was made for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, insert, select, update

from etl.model.round_tables import Confirmation, Correction
from etl.model.tables import Entry

EntryFor = Any

_ENTRY = (Entry.number, Entry.person, Entry.reason, Entry.known_from, Entry.undone_at)


def add_confirmation(connection: Connection, entry: int, partner: str, record: str | None, day: dt.date) -> None:
    connection.execute(insert(Confirmation).values(entry=entry, partner=partner, record=record, day=day))


def all_confirmations(
    connection: Connection, known_on: dt.datetime | None = None, *, with_undone: bool = False
) -> list[EntryFor]:
    """Those that stand at ``known_on`` (None: now) with ``person``, ``reason`` and both clocks, oldest first."""
    query = select(*_ENTRY, Confirmation.partner, Confirmation.record, Confirmation.day).join(
        Confirmation, Confirmation.entry == Entry.number
    )
    return _standing(connection, query, known_on, with_undone=with_undone)


def add_correction(
    connection: Connection, entry: int, record: str, field: str, partner: str | None, *, own: bool = False
) -> None:
    about = {"entry": entry, "record": record, "field": field, "partner": partner, "own": own}
    connection.execute(insert(Correction).values(**about))


def all_corrections(
    connection: Connection, known_on: dt.datetime | None = None, *, with_undone: bool = False
) -> list[EntryFor]:
    """As ``all_confirmations``, with ``record``, ``field``, ``partner``, ``own``, ``told_on`` and ``told_by``."""
    told = (Correction.told_on, Correction.told_by)
    columns = (Correction.record, Correction.field, Correction.partner, Correction.own, *told)
    query = select(*_ENTRY, *columns).join(Correction, Correction.entry == Entry.number)
    return _standing(connection, query, known_on, with_undone=with_undone)


def note_own(connection: Connection, entry: int, day: dt.date, person: str) -> None:
    """A correction that the partner made itself: it need not be told."""
    mine = update(Correction).where(Correction.entry == entry)
    connection.execute(mine.values(own=True, told_on=day, told_by=person))


def note_told(connection: Connection, entry: int, told_on: dt.date | None, person: str | None) -> bool:
    """Note when the partner was told; False where there is no such correction."""
    done = connection.execute(
        update(Correction).where(Correction.entry == entry).values(told_on=told_on, told_by=person)
    )
    return done.rowcount == 1


def _standing(connection: Connection, query: Any, known_on: dt.datetime | None, *, with_undone: bool) -> list[EntryFor]:
    if known_on is not None:
        query = query.where(Entry.known_from <= known_on, Entry.undone_at.is_(None) | (Entry.undone_at > known_on))
    elif not with_undone:
        query = query.where(Entry.undone_at.is_(None))
    return list(connection.execute(query.order_by(Entry.number)))
