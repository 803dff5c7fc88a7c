"""What is on the wall of a meeting right now: one row that everyone who follows asks for."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, ForeignKey, String, update
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant


class Presentation(Base):
    """What is on the wall: the one row all followers ask for. ``revision`` rises with every step and every result.

    ``item`` None and ``target`` None: the opening screen; ``target``: a goal or measure (key) looked at in between.
    ``code`` lets own devices follow until the end of ``code_until``; ``moderator_hash``: a moderator from outside who
    may present.
    """

    __tablename__ = "presentation"
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting_plan.key"), primary_key=True)
    item: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    target: Mapped[str | None] = mapped_column(String(80))
    revision: Mapped[int]
    code: Mapped[str] = mapped_column(String(20), index=True)
    code_until: Mapped[dt.datetime] = mapped_column(Instant)
    moderator_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    moderator_name: Mapped[str] = mapped_column(String(200))
    presented_by: Mapped[str] = mapped_column(String(120))
    seen_at: Mapped[dt.datetime] = mapped_column(Instant)
    began_at: Mapped[dt.datetime] = mapped_column(Instant)
    ended_at: Mapped[dt.datetime | None] = mapped_column(Instant)


def raise_revision(connection: Connection, meeting: str) -> None:
    """Something changed that everybody in the room should see now."""
    raised = {"revision": Presentation.revision + 1}
    connection.execute(update(Presentation).where(Presentation.meeting == meeting).values(raised))
