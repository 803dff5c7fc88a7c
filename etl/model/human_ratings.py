"""Ratings that a body gave, beside the computed ones."""

from __future__ import annotations

import datetime as dt
from typing import cast

from sqlalchemy import Connection, select

from etl.model.tables import Rating
from etl.rules.facts import HumanRating, RatingCode


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
