"""Idea workshops and what each person said alone: rows outside the two clocks. The ideas themselves are facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import JSON, Connection, Date, ForeignKey, String, delete, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant
from etl.rules.idea_workshop import Dots, Voice, Workshop


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
    """See ``etl.rules.idea_workshop.Voice``: one per person, idea and workshop, so nobody counts twice. ``username`` is
    ``member-<number>`` for a member without sign-in, whose paper ``noted_by`` (the office) copied."""

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


def workshops(connection: Connection) -> tuple[Workshop, ...]:
    """All, the latest first."""
    query = select(WorkshopRow.__table__).order_by(WorkshopRow.day.desc(), WorkshopRow.id.desc())
    return tuple(_workshop(row) for row in connection.execute(query))


def workshop_of(connection: Connection, number: int) -> Workshop | None:
    row = connection.execute(select(WorkshopRow.__table__).where(WorkshopRow.id == number)).first()
    return _workshop(row) if row else None


def add_workshop(connection: Connection, workshop: Workshop, *, by: str, now: dt.datetime) -> int:
    values = {
        "title": workshop.title,
        "day": workshop.day,
        "body": workshop.body,
        "meeting": workshop.meeting,
        "ideas": list(workshop.ideas),
        "opened_by": by,
        "opened_at": now,
    }
    key: Any = connection.execute(insert(WorkshopRow).values(**values)).inserted_primary_key
    return int(key[0])


def end_workshop(connection: Connection, number: int, *, by: str | None, now: dt.datetime | None) -> None:
    """Close it, or with None open it again."""
    query = update(WorkshopRow).where(WorkshopRow.id == number)
    connection.execute(query.values(closed_by=by, closed_at=now))


def voices(connection: Connection, workshop: int, username: str | None = None) -> tuple[Voice, ...]:
    """Of everybody or of one person."""
    query = select(VoiceRow.__table__).where(VoiceRow.workshop == workshop)
    if username is not None:
        query = query.where(VoiceRow.username == username)
    rows = connection.execute(query.order_by(VoiceRow.idea, VoiceRow.username))
    return tuple(Voice(workshop, r.idea, r.username, r.feasibility, r.impact, r.innovation) for r in rows)


def save_voices(connection: Connection, given: Sequence[Voice], *, by: str, now: dt.datetime) -> None:
    """What one person says about an idea replaces what they said about it before; nothing at all takes it back."""
    for voice in given:
        about = (
            VoiceRow.workshop == voice.workshop,
            VoiceRow.idea == voice.idea,
            VoiceRow.username == voice.username,
        )
        connection.execute(delete(VoiceRow).where(*about))
    said = [v for v in given if (v.feasibility, v.impact, v.innovation) != (None, None, None)]
    if said:
        connection.execute(insert(VoiceRow), [asdict(voice) | {"noted_by": by, "at": now} for voice in said])


def dots(connection: Connection, workshop: int) -> tuple[Dots, ...]:
    rows = connection.execute(select(DotsRow.__table__).where(DotsRow.workshop == workshop).order_by(DotsRow.idea))
    return tuple(Dots(workshop, row.idea, row._mapping["count"]) for row in rows)


def save_dots(connection: Connection, workshop: int, counts: Mapping[str, int], *, by: str, now: dt.datetime) -> None:
    """As counted now; 0 takes an idea's dots away."""
    about = DotsRow.workshop == workshop, DotsRow.idea.in_(list(counts))
    connection.execute(delete(DotsRow).where(*about))
    rows = [{"workshop": workshop, "idea": key, "count": n, "by": by, "at": now} for key, n in counts.items() if n]
    if rows:
        connection.execute(insert(DotsRow), rows)


def _workshop(row: Any) -> Workshop:
    return Workshop(
        id=row.id,
        title=row.title,
        day=row.day,
        body=row.body,
        meeting=row.meeting,
        ideas=tuple(row.ideas),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
    )
