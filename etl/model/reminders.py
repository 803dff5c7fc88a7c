"""Reminders, what the office changed about them, and contacts it could not reach: rows outside the two clocks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from etl.model.round_tables import Reminder, ReminderSetting, Unreachable

ReminderRow = Any
UnreachableRow = Any


def reminder_settings(connection: Connection) -> dict[tuple[str, str], str]:
    """(code, name) -> what the office set."""
    return {(row.code, row.name): row.value for row in connection.execute(select(ReminderSetting.__table__))}


def set_reminder(connection: Connection, code: str, name: str, value: str, person: str, now: dt.datetime) -> None:
    connection.execute(delete(ReminderSetting).where(ReminderSetting.code == code, ReminderSetting.name == name))
    connection.execute(insert(ReminderSetting).values(code=code, name=name, value=value, person=person, changed_at=now))


def reminders_of(connection: Connection, round_name: str) -> list[ReminderRow]:
    """All reminders of a round, oldest first."""
    query = select(Reminder.__table__).where(Reminder.round == round_name).order_by(Reminder.id)
    return list(connection.execute(query))


def find_reminder(connection: Connection, number: int) -> ReminderRow | None:
    return connection.execute(select(Reminder.__table__).where(Reminder.id == number)).first()


def add_reminder(connection: Connection, **columns: Any) -> int:
    """``columns`` are those of ``Reminder``."""
    key: Any = connection.execute(insert(Reminder).values(**columns)).inserted_primary_key
    return int(key[0])


def note_sent(connection: Connection, number: int, now: dt.datetime, person: str) -> bool:
    """False where it was sent before: nobody gets it twice."""
    done = connection.execute(
        update(Reminder).where(Reminder.id == number, Reminder.sent_at.is_(None)).values(sent_at=now, sent_by=person)
    )
    return done.rowcount == 1


def note_not_sent(connection: Connection, number: int) -> None:
    connection.execute(update(Reminder).where(Reminder.id == number).values(sent_at=None, sent_by=None))


def unreachable_contacts(connection: Connection) -> dict[str, UnreachableRow]:
    """Key of a contact -> since when, why and by whom it is marked."""
    query = select(Unreachable.__table__).where(Unreachable.ended_at.is_(None)).order_by(Unreachable.id)
    return {row.contact: row for row in connection.execute(query)}


def reached_again(connection: Connection) -> dict[str, dt.datetime]:
    """Key of a contact -> when it was last noted as reached again."""
    query = select(Unreachable.contact, Unreachable.ended_at).where(Unreachable.ended_at.is_not(None))
    return {row.contact: row.ended_at for row in connection.execute(query.order_by(Unreachable.ended_at))}


def add_unreachable(connection: Connection, contact: str, reason: str, person: str, now: dt.datetime) -> None:
    connection.execute(insert(Unreachable).values(contact=contact, reason=reason, person=person, known_from=now))


def end_unreachable(connection: Connection, contact: str, now: dt.datetime) -> bool:
    """False where the contact is not marked."""
    done = connection.execute(
        update(Unreachable).where(Unreachable.contact == contact, Unreachable.ended_at.is_(None)).values(ended_at=now)
    )
    return done.rowcount >= 1
