"""Entries as rows: what a signed-in person stated by hand, with date and reason."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, insert, select, update

from etl.model.tables import Entry

EntryRow = Any


def add_entry(connection: Connection, person: str, reason: str, now: dt.datetime) -> int:
    """Store an entry; its statements carry the number returned."""
    key: Any = connection.execute(
        insert(Entry).values(person=person, reason=reason, known_from=now)
    ).inserted_primary_key
    return int(key[0])


def all_entries(connection: Connection) -> dict[int, EntryRow]:
    """Number -> entry, those taken back too, oldest first."""
    return {row.number: row for row in connection.execute(select(Entry).order_by(Entry.number))}


def close_entry(connection: Connection, number: int, now: dt.datetime) -> bool:
    """Take an entry back; False where there is none or it was taken back before."""
    done = connection.execute(
        update(Entry).where(Entry.number == number, Entry.undone_at.is_(None)).values(undone_at=now)
    )
    return done.rowcount == 1
