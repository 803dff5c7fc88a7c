"""Which rounds are closed, since when and by whom; a closing is taken back, never deleted."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, insert, select, update

from etl.model.round_tables import RoundClosing

ClosingRow = Any


def closings(connection: Connection, known_on: dt.datetime | None = None) -> dict[str, ClosingRow]:
    """Name of a round -> the closing that holds at ``known_on`` (None: now); rounds that are open have none."""
    query = select(RoundClosing.__table__).order_by(RoundClosing.id)
    if known_on is None:
        query = query.where(RoundClosing.reopened_at.is_(None))
    else:
        still = RoundClosing.reopened_at.is_(None) | (RoundClosing.reopened_at > known_on)
        query = query.where(RoundClosing.closed_at <= known_on, still)
    return {row.round: row for row in connection.execute(query)}


def is_closed(connection: Connection, round_name: str) -> bool:
    return round_name in closings(connection)


def all_closings(connection: Connection, round_name: str) -> list[ClosingRow]:
    """Every closing of a round, those taken back too, oldest first."""
    query = select(RoundClosing.__table__).where(RoundClosing.round == round_name).order_by(RoundClosing.id)
    return list(connection.execute(query))


def add_closing(connection: Connection, round_name: str, now: dt.datetime, person: str) -> bool:
    """False where the round is closed already."""
    if is_closed(connection, round_name):
        return False
    connection.execute(insert(RoundClosing).values(round=round_name, closed_at=now, closed_by=person))
    return True


def end_closing(connection: Connection, round_name: str, now: dt.datetime, person: str) -> bool:
    """False where the round is open."""
    held = (RoundClosing.round == round_name, RoundClosing.reopened_at.is_(None))
    done = connection.execute(update(RoundClosing).where(*held).values(reopened_at=now, reopened_by=person))
    return done.rowcount >= 1
