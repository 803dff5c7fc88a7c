"""The network's own list of process steps, and confirmations of single lines of the interface paper."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant


class ProcessStepRow(Base):
    """See ``etl.rules.steps.ProcessStep``."""

    __tablename__ = "process_step"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    place: Mapped[int]
    words: Mapped[list[str]] = mapped_column(JSON)
    ended: Mapped[bool]
    changed_by: Mapped[str] = mapped_column(String(120))
    changed_at: Mapped[dt.datetime] = mapped_column(Instant)


class LineConfirmed(Base):
    """A house said on ``day`` that its line (an interface's key) still holds."""

    __tablename__ = "line_confirmed"
    id: Mapped[int] = mapped_column(primary_key=True)
    record: Mapped[str] = mapped_column(String(40), index=True)
    partner: Mapped[str] = mapped_column(String(40))
    day: Mapped[dt.date] = mapped_column(Date)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[dt.datetime] = mapped_column(Instant)
