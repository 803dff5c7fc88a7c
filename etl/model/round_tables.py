"""The tables of a round: what was confirmed, corrected, chased. The facts among them hang on an entry and its clock."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, Date, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant


class Confirmation(Base):
    """An entry that says: unchanged. ``record`` null: everything ``partner`` has reported; ``day`` is the day it is
    about."""

    __tablename__ = "confirmation"
    entry: Mapped[int] = mapped_column(ForeignKey("entry.number"), primary_key=True, autoincrement=False)
    partner: Mapped[str] = mapped_column(String(40), index=True)
    record: Mapped[str | None] = mapped_column(String(40))
    day: Mapped[dt.date] = mapped_column(Date)


class Correction(Base):
    """An entry by which the office put one value of a partner's record right, and the day the partner was told.

    ``partner`` is who stated the value that stood there; ``own``: the partner put it right itself.
    """

    __tablename__ = "correction"
    entry: Mapped[int] = mapped_column(ForeignKey("entry.number"), primary_key=True, autoincrement=False)
    record: Mapped[str] = mapped_column(String(40), index=True)
    field: Mapped[str] = mapped_column(String(80))
    partner: Mapped[str | None] = mapped_column(String(40), index=True)
    told_on: Mapped[dt.date | None] = mapped_column(Date)
    told_by: Mapped[str | None] = mapped_column(String(120))
    own: Mapped[bool] = mapped_column(default=False, server_default=false())


class ReminderSetting(Base):
    """What the office changed about a reminder: its days, or a text (``subject.de``, ``text.en`` …)."""

    __tablename__ = "reminder_setting"
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(String(120))
    changed_at: Mapped[dt.datetime] = mapped_column(Instant)


class Reminder(Base):
    """One reminder to one person: one a round, kind and address. ``sent_at`` null: prepared only."""

    __tablename__ = "reminder"
    id: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[str] = mapped_column(ForeignKey("round.name"))
    code: Mapped[str] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(320))
    name: Mapped[str] = mapped_column(String(200))
    partners: Mapped[list[str]] = mapped_column(JSON)
    subject: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    prepared_by: Mapped[str] = mapped_column(String(120))
    prepared_at: Mapped[dt.datetime] = mapped_column(Instant)
    sent_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    sent_by: Mapped[str | None] = mapped_column(String(120))

    __table_args__ = (UniqueConstraint("round", "code", "address", name="uq_reminder_round"),)


class Unreachable(Base):
    """A contact the office could not reach, and why; ``ended_at`` once it was reached again."""

    __tablename__ = "unreachable_contact"
    id: Mapped[int] = mapped_column(primary_key=True)
    contact: Mapped[str] = mapped_column(String(40), index=True)
    reason: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(String(120))
    known_from: Mapped[dt.datetime] = mapped_column(Instant)
    ended_at: Mapped[dt.datetime | None] = mapped_column(Instant)


class RoundClosing(Base):
    """A round was closed; ``reopened_at`` once it was opened again. At most one of a round holds at a time."""

    __tablename__ = "round_closing"
    id: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[str] = mapped_column(ForeignKey("round.name"), index=True)
    closed_at: Mapped[dt.datetime] = mapped_column(Instant)
    closed_by: Mapped[str] = mapped_column(String(120))
    reopened_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    reopened_by: Mapped[str | None] = mapped_column(String(120))
