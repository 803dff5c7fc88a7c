"""Idea workshops and what each person said alone: rows outside the two clocks. The ideas themselves are facts."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant


class WorkshopRow(Base):
    """See ``etl.rules.idea_workshop.Workshop``."""

    __tablename__ = "idea_workshop"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    day: Mapped[dt.date] = mapped_column(Date)
    body: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    meeting: Mapped[str | None] = mapped_column(String(40))
    ideas: Mapped[list[str]] = mapped_column(JSON)
    opened_by: Mapped[str] = mapped_column(String(120))
    opened_at: Mapped[dt.datetime] = mapped_column(Instant)
    closed_by: Mapped[str | None] = mapped_column(String(120))
    closed_at: Mapped[dt.datetime | None] = mapped_column(Instant)


class VoiceRow(Base):
    """See ``etl.rules.idea_workshop.Voice``: one per person, idea and workshop, so nobody counts twice."""

    __tablename__ = "idea_voice"
    workshop: Mapped[int] = mapped_column(ForeignKey("idea_workshop.id"), primary_key=True)
    idea: Mapped[str] = mapped_column(String(40), primary_key=True)
    username: Mapped[str] = mapped_column(String(120), primary_key=True)
    feasibility: Mapped[int | None]
    impact: Mapped[int | None]
    innovation: Mapped[int | None]
    noted_by: Mapped[str] = mapped_column(String(120))
    at: Mapped[dt.datetime] = mapped_column(Instant)


class DotsRow(Base):
    """See ``etl.rules.idea_workshop.Dots``."""

    __tablename__ = "idea_dots"
    workshop: Mapped[int] = mapped_column(ForeignKey("idea_workshop.id"), primary_key=True)
    idea: Mapped[str] = mapped_column(String(40), primary_key=True)
    count: Mapped[int]
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[dt.datetime] = mapped_column(Instant)
