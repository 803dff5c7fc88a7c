"""What partners say about fragile spots of the network that concern them, before a body sees them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, String, Text, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant

CommentRow = Any


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
        return connection.execute(said.where(SpotComment.withdrawn_at.is_(None))).all()
    then = SpotComment.withdrawn_at.is_(None) | (SpotComment.withdrawn_at > known_on)
    return connection.execute(said.where(SpotComment.at <= known_on, then)).all()


def comment_of(connection: Connection, number: int) -> CommentRow | None:
    return connection.execute(select(SpotComment.__table__).where(SpotComment.id == number)).one_or_none()


def add_comment(connection: Connection, spot: str, partner: str | None, text: str, *, by: str, now: dt.datetime) -> int:
    row = {"spot": spot, "partner": partner, "text": text, "by": by, "at": now}
    return int(connection.execute(insert(SpotComment).values(row).returning(SpotComment.id)).scalar_one())


def withdraw_comment(connection: Connection, number: int, now: dt.datetime) -> None:
    connection.execute(update(SpotComment).where(SpotComment.id == number).values(withdrawn_at=now))
