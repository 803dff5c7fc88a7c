"""The numbers the rules turned on, since when: thresholds carry the known clock too.

They are a file of the installation; what it says is noted here whenever it says something else, so that a rating is
compared by the thresholds that were in force when it was shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import JSON, Connection, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant
from etl.model.store import raise_version


class ThresholdsRow(Base):
    """All thresholds, name -> text, from ``known_from`` on."""

    __tablename__ = "thresholds"
    id: Mapped[int] = mapped_column(primary_key=True)
    known_from: Mapped[dt.datetime] = mapped_column(Instant)
    numbers: Mapped[dict[str, str]] = mapped_column(JSON)


def noted_thresholds(connection: Connection, known_on: dt.datetime | None = None) -> dict[str, str] | None:
    """What was in force at ``known_on`` (None: now); before the first note, what that says. None: nothing is noted."""
    rows = connection.execute(
        select(ThresholdsRow.__table__).order_by(ThresholdsRow.known_from, ThresholdsRow.id)
    ).all()
    if not rows:
        return None
    then = [row for row in rows if known_on is None or row.known_from <= known_on]
    return dict((then[-1] if then else rows[0]).numbers)


def note_thresholds(connection: Connection, numbers: Mapping[str, str], now: dt.datetime) -> bool:
    """Note what is in force from now on; does nothing where that is noted already."""
    if noted_thresholds(connection) == dict(numbers):
        return False
    connection.execute(insert(ThresholdsRow).values(known_from=now, numbers=dict(numbers)))
    raise_version(connection)
    return True
