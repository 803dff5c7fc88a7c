"""Versions of the goal catalogue as rows: which body released it, on which day, and since when we know it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Date, String, Text, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant

ReleaseRow = Any


class Release(Base):
    """The goal catalogue as known at ``known_from`` is a version, ``name``, that ``body`` released on ``day``."""

    __tablename__ = "catalogue_release"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(String(200))
    day: Mapped[dt.date] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(String(120))
    known_from: Mapped[dt.datetime] = mapped_column(Instant)
    undone_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    undone_by: Mapped[str | None] = mapped_column(String(120))


def add_release(
    connection: Connection, name: str, body: str, day: dt.date, note: str, person: str, now: dt.datetime
) -> int:
    row = {"name": name, "body": body, "day": day, "note": note, "person": person, "known_from": now}
    key: Any = connection.execute(insert(Release).values(row)).inserted_primary_key
    return int(key[0])


def releases(connection: Connection, known_on: dt.datetime | None = None) -> list[ReleaseRow]:
    """Those that stand at ``known_on`` (None: now), oldest known first."""
    query = select(Release.__table__).order_by(Release.known_from, Release.id)
    if known_on is None:
        query = query.where(Release.undone_at.is_(None))
    else:
        query = query.where(
            Release.known_from <= known_on, Release.undone_at.is_(None) | (Release.undone_at > known_on)
        )
    return list(connection.execute(query))


def close_release(connection: Connection, number: int, person: str, now: dt.datetime) -> bool:
    """Take a version back; False where there is none or it was taken back before."""
    done = connection.execute(
        update(Release).where(Release.id == number, Release.undone_at.is_(None)).values(undone_at=now, undone_by=person)
    )
    return done.rowcount == 1
