"""What was written down in a meeting: every version of every result, so that no word is lost when two type at once.

An agreement, a decision or a rating is a fact as well; its result carries the key of that record.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant

ResultRow = Any
VersionRow = Any


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
    """What a result said at one time. ``said``: text, who (partner key -> stance), due (ISO), goals, measures, views,
    addressed_to, reason, code, expires, expects … as its kind needs. ``based_on``: the version its author had seen;
    ``beside``: another one was saved meanwhile, so both stand there until somebody settles it. ``entry``: the entry by
    which it became a fact."""

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
    so that it can change its mind; it is forgotten when the question is closed.
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
    secret: Mapped[str | None] = mapped_column(String(64))
    day: Mapped[dt.date] = mapped_column(Date)
    opened_by: Mapped[str] = mapped_column(String(120))
    opened_at: Mapped[dt.datetime] = mapped_column(Instant)
    closed_at: Mapped[dt.datetime | None] = mapped_column(Instant)


class TemperatureVoice(Base):
    """That a device has spoken, not what it said; gone when the question is closed."""

    __tablename__ = "temperature_voice"
    temperature: Mapped[int] = mapped_column(ForeignKey("temperature.id"), primary_key=True)
    device_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
