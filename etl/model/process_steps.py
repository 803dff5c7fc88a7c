"""The network's own list of process steps, and what houses said about single lines of the interface paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import JSON, Connection, Date, String, Text, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant
from etl.model.judgements import CountedAs
from etl.rules.steps import LineWord, ProcessStep


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
    """See ``etl.rules.steps.LineWord``. ``withdrawn_at``: taken back since then, and kept as history."""

    __tablename__ = "line_confirmed"
    id: Mapped[int] = mapped_column(primary_key=True)
    record: Mapped[str] = mapped_column(String(40), index=True)
    partner: Mapped[str] = mapped_column(String(40))
    day: Mapped[dt.date] = mapped_column(Date)
    holds: Mapped[bool]
    note: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[dt.datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(Instant)


def stored_steps(connection: Connection) -> tuple[ProcessStep, ...]:
    """The network's own list in its order, ended ones too; empty while nobody changed the proposed one."""
    rows = connection.execute(select(ProcessStepRow.__table__).order_by(ProcessStepRow.place, ProcessStepRow.id))
    return tuple(ProcessStep(r.id, r.code, r.title, r.place, tuple(r.words), r.ended) for r in rows)


def store_steps(connection: Connection, steps: Iterable[ProcessStep], *, by: str, now: dt.datetime) -> None:
    """New steps (``id`` 0) are added, all others said anew."""
    for step in steps:
        told = {
            "code": step.code,
            "title": step.title,
            "place": step.place,
            "words": list(step.words),
            "ended": step.ended,
            "changed_by": by,
            "changed_at": now,
        }
        if step.id:
            connection.execute(update(ProcessStepRow).where(ProcessStepRow.id == step.id).values(**told))
        else:
            connection.execute(insert(ProcessStepRow).values(**told))


def line_words(connection: Connection, known_on: dt.datetime | None = None) -> tuple[LineWord, ...]:
    """All that stood at ``known_on`` (None: now), in the order they were said; houses by the record they count as."""
    query = select(LineConfirmed.__table__).order_by(LineConfirmed.at, LineConfirmed.id)
    if known_on is None:
        query = query.where(LineConfirmed.withdrawn_at.is_(None))
    else:
        later = LineConfirmed.withdrawn_at.is_(None) | (LineConfirmed.withdrawn_at > known_on)
        query = query.where(LineConfirmed.at <= known_on, later)
    rows, counted = connection.execute(query), CountedAs(connection, known_on)
    return tuple(LineWord(r.id, r.record, counted(r.partner), r.day, r.holds, r.note, r.by, r.at) for r in rows)


def add_line_word(connection: Connection, word: LineWord) -> None:
    """Its ``id`` is given here."""
    told = {n: getattr(word, n) for n in ("record", "partner", "day", "holds", "note", "by", "at")}
    connection.execute(insert(LineConfirmed).values(**told))


def withdraw_line_word(connection: Connection, number: int, now: dt.datetime) -> None:
    query = update(LineConfirmed).where(LineConfirmed.id == number, LineConfirmed.withdrawn_at.is_(None))
    connection.execute(query.values(withdrawn_at=now))
