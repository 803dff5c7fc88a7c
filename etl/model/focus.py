"""Focus topics, their steps and the notes of who watches: rows outside the two clocks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Connection, Date, ForeignKey, String, Text, func, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant
from etl.model.judgements import CountedAs
from etl.rules.focus import FocusStep, Note, Topic


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


def topics(connection: Connection) -> tuple[Topic, ...]:
    """All with their steps, those that ended too, the latest agreed first. Houses and goals are named by the record
    they count as."""
    counted = CountedAs(connection)
    steps: dict[int, list[FocusStep]] = {}
    for row in connection.execute(select(StepRow.__table__).order_by(StepRow.id)):
        steps.setdefault(row.topic, []).append(_step(row, counted))
    query = select(TopicRow.__table__).order_by(TopicRow.agreed_on.desc(), TopicRow.id)
    return tuple(_topic(row, steps.get(row.id, []), counted) for row in connection.execute(query))


def topic_of(connection: Connection, number: int) -> Topic | None:
    return next((topic for topic in topics(connection) if topic.id == number), None)


def save_topic(connection: Connection, topic: Topic, *, by: str, now: dt.datetime) -> int:
    """Store a new topic (``id`` 0) or what is now said of one, without its steps; returns its number."""
    names = ("title", "why", "agreed_on", "body", "meeting", "watched_by", "ended_on")
    values: dict[str, Any] = {name: getattr(topic, name) for name in names}
    values |= {"sites": list(topic.sites), "goals": list(topic.goals), "changed_by": by, "changed_at": now}
    return _saved(connection, TopicRow, topic.id, values)


def save_step(connection: Connection, step: FocusStep, *, by: str, now: dt.datetime) -> int:
    """Store a new step (``id`` 0) or what is now said of one; returns its number."""
    values: dict[str, Any] = {name: getattr(step, name) for name in ("topic", "text", "responsible", "due", "done_on")}
    return _saved(connection, StepRow, step.id, values | {"changed_by": by, "changed_at": now})


def notes(connection: Connection, about: str | None = None) -> tuple[Note, ...]:
    """About one topic or goal, or all; those taken back too, the latest day first."""
    counted = CountedAs(connection)
    query = select(NoteRow.__table__).order_by(NoteRow.day.desc(), NoteRow.id.desc())
    told = (_note(row, counted) for row in connection.execute(query))
    return tuple(note for note in told if about is None or note.about == about)


#: Asked on every run, so put together once.
_STAND = select(
    *(
        select(found).scalar_subquery()
        for column in (TopicRow.changed_at, StepRow.changed_at, NoteRow.at, NoteRow.withdrawn_at)
        for found in (func.count(column), func.max(column))
    )
)


def stand_of_focus(connection: Connection) -> str:
    """Changes with whatever is said about topics, their steps and notes."""
    return "|".join(map(str, connection.execute(_STAND).one()))


def add_note(connection: Connection, note: Note, now: dt.datetime) -> int:
    values = {name: getattr(note, name) for name in ("about", "day", "text", "partner", "by")}
    key: Any = connection.execute(insert(NoteRow).values(**values, at=now)).inserted_primary_key
    return int(key[0])


def withdraw_note(connection: Connection, number: int, *, by: str, now: dt.datetime) -> None:
    gone = {"withdrawn_by": by, "withdrawn_at": now}
    connection.execute(update(NoteRow).where(NoteRow.id == number).values(gone))


def _saved(connection: Connection, table: type[Base], number: int, values: dict[str, Any]) -> int:
    if number:
        connection.execute(update(table).where(table.__table__.c.id == number).values(values))
        return number
    key: Any = connection.execute(insert(table).values(values)).inserted_primary_key
    return int(key[0])


def _topic(row: Any, steps: list[FocusStep], counted: CountedAs) -> Topic:
    return Topic(
        id=row.id,
        title=row.title,
        agreed_on=row.agreed_on,
        why=row.why,
        body=row.body,
        meeting=row.meeting,
        watched_by=counted.maybe(row.watched_by),
        sites=counted.each(row.sites),
        goals=counted.each(row.goals),
        steps=tuple(steps),
        ended_on=row.ended_on,
    )


def _step(row: Any, counted: CountedAs) -> FocusStep:
    return FocusStep(row.id, row.topic, row.text, counted.maybe(row.responsible), row.due, row.done_on)


def _note(row: Any, counted: CountedAs) -> Note:
    partner = counted.maybe(row.partner)
    return Note(row.id, counted(row.about), row.day, row.text, row.by, partner, row.withdrawn_at)
