"""Focus topics, their steps and the notes of who watches: rows outside the two clocks."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant


class TopicRow(Base):
    """See ``etl.rules.focus.Topic``."""

    __tablename__ = "focus_topic"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(400))
    why: Mapped[str] = mapped_column(Text)
    agreed_on: Mapped[dt.date] = mapped_column(Date)
    body: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    meeting: Mapped[str | None] = mapped_column(String(40))
    watched_by: Mapped[str | None] = mapped_column(String(40))
    sites: Mapped[list[str]] = mapped_column(JSON)
    goals: Mapped[list[str]] = mapped_column(JSON)
    ended_on: Mapped[dt.date | None] = mapped_column(Date)
    changed_by: Mapped[str] = mapped_column(String(120))
    changed_at: Mapped[dt.datetime] = mapped_column(Instant)


class StepRow(Base):
    """See ``etl.rules.focus.FocusStep``."""

    __tablename__ = "focus_step"
    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[int] = mapped_column(ForeignKey("focus_topic.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    responsible: Mapped[str | None] = mapped_column(String(40))
    due: Mapped[dt.date | None] = mapped_column(Date)
    done_on: Mapped[dt.date | None] = mapped_column(Date)
    changed_by: Mapped[str] = mapped_column(String(120))
    changed_at: Mapped[dt.datetime] = mapped_column(Instant)


class NoteRow(Base):
    """See ``etl.rules.focus.Note``."""

    __tablename__ = "watch_note"
    id: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[str] = mapped_column(String(40), index=True)
    day: Mapped[dt.date] = mapped_column(Date)
    text: Mapped[str] = mapped_column(Text)
    partner: Mapped[str | None] = mapped_column(String(40))
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[dt.datetime] = mapped_column(Instant)
    withdrawn_by: Mapped[str | None] = mapped_column(String(120))
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(Instant)
