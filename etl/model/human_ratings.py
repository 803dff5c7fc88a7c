"""Ratings that a body gave, beside the computed ones."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from sqlalchemy import Connection, insert, select, update

from etl.model.tables import Rating
from etl.rules.facts import HumanRating, RatingCode

RatingRow = Any


def add_human_rating(connection: Connection, *, now: dt.datetime, **columns: Any) -> int:
    """Store a rating; ``columns`` are record, code, body, reason, day and expires."""
    key: Any = connection.execute(insert(Rating).values(**columns, known_from=now)).inserted_primary_key
    return int(key[0])


def close_human_rating(connection: Connection, number: int, now: dt.datetime) -> bool:
    """Take a rating back; False where there is none or it was taken back before."""
    open_one = (Rating.id == number, Rating.undone_at.is_(None))
    return connection.execute(update(Rating).where(*open_one).values(undone_at=now)).rowcount == 1


def all_human_ratings(connection: Connection) -> list[RatingRow]:
    """Every rating, those taken back too, oldest first."""
    return list(connection.execute(select(Rating.__table__).order_by(Rating.id)))


def human_ratings(connection: Connection, known_on: dt.datetime | None = None) -> tuple[HumanRating, ...]:
    """All that were not taken back, as known at ``known_on`` (None: now), oldest known first."""
    query = select(Rating).order_by(Rating.known_from)
    if known_on is None:
        query = query.where(Rating.undone_at.is_(None))
    else:
        query = query.where(Rating.known_from <= known_on, Rating.undone_at.is_(None) | (Rating.undone_at > known_on))
    return tuple(
        HumanRating(
            record=row.record,
            code=cast(RatingCode, row.code),
            body=row.body,
            reason=row.reason,
            day=row.day,
            expires=row.expires,
        )
        for row in connection.execute(query)
    )
