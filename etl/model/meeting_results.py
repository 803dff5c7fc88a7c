"""What was written down in a meeting: every version of every result, so that no word is lost when two type at once.

An agreement, a decision or a rating is a fact as well; its result carries the key of that record.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Date,
    ForeignKey,
    Select,
    String,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant
from etl.model.meetings import Attendance

ResultRow = Any
VersionRow = Any
TemperatureRow = Any


class MeetingResult(Base):
    """One result of ``kind`` (``etl.rules.meeting.ResultKind``). ``item``: under which item of the agenda; ``record``:
    key of the agreement, decision, goal or measure it stands for among the facts; ``supplement``: written down after
    the meeting was closed and opened again. ``name``: what the browser calls it, so that sending it twice is one."""

    __tablename__ = "meeting_result"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting_plan.key"), index=True)
    item: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    kind: Mapped[str] = mapped_column(String(20))
    record: Mapped[str | None] = mapped_column(String(40), index=True)
    name: Mapped[str] = mapped_column(String(64))
    supplement: Mapped[bool]
    created_by: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    withdrawn_by: Mapped[str | None] = mapped_column(String(120))

    __table_args__ = (UniqueConstraint("meeting", "name", name="uq_meeting_result_name"),)


class ResultVersion(Base):
    """What a result said at one time. ``said``: see ``etl.rules.results.ResultSaid``. ``based_on``: the version its
    author had seen; ``beside``: another one was saved meanwhile, so both stand there until somebody settles it.
    ``entry``: the entry by which it became a fact; of a human rating, the number of that."""

    __tablename__ = "meeting_result_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    result: Mapped[int] = mapped_column(ForeignKey("meeting_result.id"), index=True)
    number: Mapped[int]
    based_on: Mapped[int]
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    beside: Mapped[bool]
    entry: Mapped[int | None]
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[dt.datetime] = mapped_column(Instant)

    __table_args__ = (UniqueConstraint("result", "number", name="uq_meeting_result_version_number"),)


class Noting(Base):
    """A body took note of an agreement or decision that is done: from then on it is off the list."""

    __tablename__ = "noting"
    record: Mapped[str] = mapped_column(String(40), primary_key=True)
    meeting: Mapped[str] = mapped_column(String(40), primary_key=True)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[dt.datetime] = mapped_column(Instant)


class Temperature(Base):
    """How a body feels about a goal or measure, beside the computed rating: counts alone, never who.

    ``way``: devices or hands. ``computed``: the rating's code when it was asked. ``secret`` signs what a device said,
    so that it can change its mind; it is forgotten when the question is closed. ``voices``: how many there were; the
    counts of too few are forgotten with the secret.
    """

    __tablename__ = "temperature"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting_plan.key"), index=True)
    item: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"))
    record: Mapped[str | None] = mapped_column(String(40), index=True)
    computed: Mapped[str | None] = mapped_column(String(40))
    way: Mapped[str] = mapped_column(String(10))
    on_track: Mapped[int]
    at_risk: Mapped[int]
    off_track: Mapped[int]
    voices: Mapped[int]
    secret: Mapped[str | None] = mapped_column(String(64))
    day: Mapped[dt.date] = mapped_column(Date)
    opened_by: Mapped[str] = mapped_column(String(120))
    opened_at: Mapped[dt.datetime] = mapped_column(Instant)
    closed_at: Mapped[dt.datetime | None] = mapped_column(Instant)


class TemperatureVoice(Base):
    """That a device has spoken and how often (``turn``), not what it said; gone when the question is closed."""

    __tablename__ = "temperature_voice"
    temperature: Mapped[int] = mapped_column(ForeignKey("temperature.id"), primary_key=True)
    device_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    turn: Mapped[int]


def add_result(connection: Connection, **columns: Any) -> int:
    """Store a result; ``columns`` are those of ``MeetingResult``. Its versions carry the number returned."""
    return _inserted(connection, MeetingResult, columns)


def results_of(connection: Connection, meeting: str, *, with_withdrawn: bool = True) -> list[ResultRow]:
    """The results of a meeting in the order they were written down."""
    query = select(MeetingResult.__table__).where(MeetingResult.meeting == meeting).order_by(MeetingResult.id)
    return list(connection.execute(query if with_withdrawn else query.where(MeetingResult.withdrawn_at.is_(None))))


def result_of(connection: Connection, number: int) -> ResultRow | None:
    return connection.execute(select(MeetingResult.__table__).where(MeetingResult.id == number)).first()


def result_named(connection: Connection, meeting: str, name: str) -> ResultRow | None:
    """The result that a browser calls ``name``."""
    query = select(MeetingResult.__table__).where(MeetingResult.meeting == meeting, MeetingResult.name == name)
    return connection.execute(query).first()


def results_about(connection: Connection, record: str) -> list[ResultRow]:
    """The results, not withdrawn, that stand for a record (agreement, decision, what was rated), oldest first."""
    query = select(MeetingResult.__table__).where(MeetingResult.record == record, MeetingResult.withdrawn_at.is_(None))
    return list(connection.execute(query.order_by(MeetingResult.id)))


def change_result(connection: Connection, number: int, **columns: Any) -> None:
    connection.execute(update(MeetingResult).where(MeetingResult.id == number).values(**columns))


def add_version(connection: Connection, **columns: Any) -> int:
    """Store a version; ``columns`` are those of ``ResultVersion``."""
    return _inserted(connection, ResultVersion, columns)


def versions_of(connection: Connection, results: Iterable[int]) -> dict[int, list[VersionRow]]:
    """Number of a result -> all its versions, oldest first."""
    found: dict[int, list[VersionRow]] = defaultdict(list)
    query = select(ResultVersion.__table__).where(ResultVersion.result.in_(list(results)))
    for row in connection.execute(query.order_by(ResultVersion.result, ResultVersion.number)):
        found[row.result].append(row)
    return dict(found)


def stand_of_results(connection: Connection, meeting: str) -> str:
    """Changes with every version, withdrawal, member noted as present, and temperature of a meeting."""
    version, temperature = ResultVersion.__table__, Temperature.__table__
    counted = (
        select(func.count(), func.max(version.c.id)).join(MeetingResult, MeetingResult.id == version.c.result)
    ).where(MeetingResult.meeting == meeting)
    withdrawn = select(func.count()).where(MeetingResult.meeting == meeting, MeetingResult.withdrawn_at.is_not(None))
    there = select(func.count(), func.max(Attendance.noted_at)).where(Attendance.meeting == meeting)
    asked = select(func.count(), func.max(temperature.c.id), func.sum(temperature.c.voices))
    asked = asked.where(temperature.c.meeting == meeting)
    closed = select(func.count()).where(temperature.c.meeting == meeting, temperature.c.closed_at.is_not(None))
    parts = [value for query in (counted, withdrawn, there, asked, closed) for value in connection.execute(query).one()]
    return ".".join(str(part or 0) for part in parts)


def open_temperature(connection: Connection, **columns: Any) -> int:
    """Ask for a temperature; ``columns`` are those of ``Temperature``."""
    return _inserted(connection, Temperature, columns)


def temperature_of(connection: Connection, number: int) -> TemperatureRow | None:
    return connection.execute(select(Temperature.__table__).where(Temperature.id == number)).first()


def temperatures_of(connection: Connection, meeting: str) -> list[TemperatureRow]:
    """Every temperature asked for in a meeting, oldest first."""
    return _temperatures(connection, select(Temperature.__table__).where(Temperature.meeting == meeting))


def temperatures_about(connection: Connection, records: Iterable[str]) -> list[TemperatureRow]:
    """Every closed temperature about one of the records, oldest first."""
    asked = select(Temperature.__table__).where(Temperature.record.in_(list(records)))
    return _temperatures(connection, asked.where(Temperature.closed_at.is_not(None)))


def _temperatures(connection: Connection, query: Select[Any]) -> list[TemperatureRow]:
    return list(connection.execute(query.order_by(Temperature.id)))


def count_voice(connection: Connection, number: int, choice: str, *, instead_of: str | None, new: bool) -> None:
    """Count one voice for ``choice``; ``instead_of``: what the same voice said before."""
    table = Temperature.__table__
    changed: dict[str, Any] = {}
    if choice != instead_of:
        changed[choice] = table.c[choice] + 1
        if instead_of is not None:
            changed[instead_of] = table.c[instead_of] - 1
    if new:
        changed["voices"] = table.c.voices + 1
    if changed:
        connection.execute(update(Temperature).where(Temperature.id == number).values(changed))


def turn_of(connection: Connection, number: int, device_hash: str) -> int:
    """How often a device has spoken."""
    this = (TemperatureVoice.temperature == number, TemperatureVoice.device_hash == device_hash)
    return int(connection.execute(select(TemperatureVoice.turn).where(*this)).scalar() or 0)


def note_turn(connection: Connection, number: int, device_hash: str, turn: int) -> None:
    """A device has spoken for the ``turn``-th time."""
    this = (TemperatureVoice.temperature == number, TemperatureVoice.device_hash == device_hash)
    if turn > 1:
        connection.execute(update(TemperatureVoice).where(*this).values(turn=turn))
    else:
        voice = {"temperature": number, "device_hash": device_hash, "turn": turn}
        connection.execute(insert(TemperatureVoice).values(**voice))


def voices_heard(connection: Connection, number: int) -> int:
    """How many devices have spoken while the question is open."""
    heard = select(func.count()).where(TemperatureVoice.temperature == number)
    return int(connection.execute(heard).scalar_one())


def close_temperature(connection: Connection, number: int, now: dt.datetime, **counts: int) -> None:
    """Close the question and forget who could have said what; ``counts``: what is kept where it is not all."""
    closed = {"closed_at": now, "secret": None, **counts}
    connection.execute(update(Temperature).where(Temperature.id == number).values(closed))
    connection.execute(delete(TemperatureVoice).where(TemperatureVoice.temperature == number))


def drop_temperature(connection: Connection, number: int) -> None:
    """Forget a question asked by mistake, with everything that was said."""
    connection.execute(delete(TemperatureVoice).where(TemperatureVoice.temperature == number))
    connection.execute(delete(Temperature).where(Temperature.id == number))


def _inserted(connection: Connection, table: type[Base], columns: dict[str, Any]) -> int:
    key: Any = connection.execute(insert(table).values(**columns)).inserted_primary_key
    return int(key[0])
