"""Who should sit at a table, and which houses were invited to a meeting beside its members."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant


class ReferenceSeatRow(Base):
    """See ``etl.rules.composition.ReferenceSeat``."""

    __tablename__ = "reference_seat"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    types: Mapped[list[str]] = mapped_column(JSON)
    fields: Mapped[list[str]] = mapped_column(JSON)
    body_kinds: Mapped[list[str]] = mapped_column(JSON)
    weight: Mapped[str] = mapped_column(String(20))
    decides: Mapped[bool]
    source: Mapped[str] = mapped_column(Text)
    ended: Mapped[bool]
    changed_by: Mapped[str] = mapped_column(String(120))
    changed_at: Mapped[dt.datetime] = mapped_column(Instant)


class InvitedGuest(Base):
    """A house (partner's key) that was invited to a meeting beside the members; ``came``: None while nobody said."""

    __tablename__ = "invited_guest"
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting_plan.key"), primary_key=True)
    partner: Mapped[str] = mapped_column(String(40), primary_key=True)
    came: Mapped[bool | None]
    noted_by: Mapped[str] = mapped_column(String(120))
    noted_at: Mapped[dt.datetime] = mapped_column(Instant)
