"""What partners say about fragile spots of the network that concern them, before a body sees them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, String, Text, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant
from etl.model.judgements import CountedAs


@dataclass(frozen=True, slots=True)
class CommentRow:
    """``partner``: the house that said it (None: the office), by the record it counts as."""

    id: int
    spot: str
    partner: str | None
    text: str
    by: str
    at: dt.datetime
    withdrawn_at: dt.datetime | None


class SpotComment(Base):
    """``spot`` names the finding by kind and keys ("single_contact:partner-12"); withdrawn, it stays as history."""

    __tablename__ = "spot_comment"
    id: Mapped[int] = mapped_column(primary_key=True)
    spot: Mapped[str] = mapped_column(String(200), index=True)
    partner: Mapped[str | None] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[dt.datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(Instant)


def spot_comments(connection: Connection, known_on: dt.datetime | None = None) -> Sequence[CommentRow]:
    """All comments that stand (as known at ``known_on``), the earliest first."""
    said = select(SpotComment.__table__).order_by(SpotComment.at, SpotComment.id)
    if known_on is None:
        said = said.where(SpotComment.withdrawn_at.is_(None))
    else:
        then = SpotComment.withdrawn_at.is_(None) | (SpotComment.withdrawn_at > known_on)
        said = said.where(SpotComment.at <= known_on, then)
    counted = CountedAs(connection, known_on)
    return [_comment(row, counted) for row in connection.execute(said)]


def comment_of(connection: Connection, number: int) -> CommentRow | None:
    row = connection.execute(select(SpotComment.__table__).where(SpotComment.id == number)).one_or_none()
    return _comment(row, CountedAs(connection)) if row is not None else None


def _comment(row: Any, counted: CountedAs) -> CommentRow:
    return CommentRow(row.id, row.spot, counted.maybe(row.partner), row.text, row.by, row.at, row.withdrawn_at)


def add_comment(connection: Connection, spot: str, partner: str | None, text: str, *, by: str, now: dt.datetime) -> int:
    row = {"spot": spot, "partner": partner, "text": text, "by": by, "at": now}
    return int(connection.execute(insert(SpotComment).values(row).returning(SpotComment.id)).scalar_one())


def withdraw_comment(connection: Connection, number: int, now: dt.datetime) -> None:
    connection.execute(update(SpotComment).where(SpotComment.id == number).values(withdrawn_at=now))
