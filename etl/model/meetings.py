"""Planned meetings, their agenda, who has a part in them, who came, and what is kept of them once they are closed.

The meeting itself (title, day, body) is a record of the facts; these rows carry its key and lie outside the two clocks.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from sqlalchemy import (
    JSON,
    Connection,
    Date,
    ForeignKey,
    LargeBinary,
    String,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant
from etl.rules.meeting import Item, ItemOrigin, MeetingState, Plan

ClosingRow = Any
PaperRow = Any


class PlanRow(Base):
    """See ``etl.rules.meeting.Plan``."""

    __tablename__ = "meeting_plan"
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    body: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    day: Mapped[dt.date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(20))
    starts_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    minutes: Mapped[int]
    place: Mapped[str] = mapped_column(String(400))
    editorial_deadline: Mapped[dt.date | None] = mapped_column(Date)
    shown_to_leadership: Mapped[dt.datetime | None] = mapped_column(Instant)
    invited_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    invited_by: Mapped[str | None] = mapped_column(String(120))
    guests: Mapped[int | None]
    own_words: Mapped[str] = mapped_column(Text)
    changed_by: Mapped[str] = mapped_column(String(120))
    changed_at: Mapped[dt.datetime] = mapped_column(Instant)


class ItemRow(Base):
    """See ``etl.rules.meeting.Item``. ``began_at``: since when it is being spoken about (null: it is not)."""

    __tablename__ = "agenda_item"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting_plan.key"), index=True)
    place: Mapped[int]
    origin: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(Text)
    records: Mapped[list[str]] = mapped_column(JSON)
    proposal: Mapped[str] = mapped_column(Text)
    consequence: Mapped[str] = mapped_column(Text)
    reports: Mapped[list[str]] = mapped_column(JSON)
    minutes: Mapped[int]
    temperature: Mapped[bool]
    dropped: Mapped[bool]
    seconds: Mapped[int]
    began_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    changed_by: Mapped[str] = mapped_column(String(120))
    changed_at: Mapped[dt.datetime] = mapped_column(Instant)


class MeetingRole(Base):
    """A signed-in person's part in one meeting beside the office's: presenter or recorder."""

    __tablename__ = "meeting_role"
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting_plan.key"), primary_key=True)
    username: Mapped[str] = mapped_column(String(120), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)


class Attendance(Base):
    """A member (number) who was there."""

    __tablename__ = "attendance"
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting_plan.key"), primary_key=True)
    member: Mapped[int] = mapped_column(ForeignKey("body_member.id"), primary_key=True)
    noted_by: Mapped[str] = mapped_column(String(120))
    noted_at: Mapped[dt.datetime] = mapped_column(Instant)


class MeetingClosing(Base):
    """A meeting was closed: what was shown is kept under ``sha256`` (over all its papers). Opened again later, it is
    closed again as a ``supplement``; the first closing stays as it was."""

    __tablename__ = "meeting_closing"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting_plan.key"), index=True)
    closed_at: Mapped[dt.datetime] = mapped_column(Instant)
    closed_by: Mapped[str] = mapped_column(String(120))
    supplement: Mapped[bool]
    sha256: Mapped[str] = mapped_column(String(64))
    reopened_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    reopened_by: Mapped[str | None] = mapped_column(String(120))
    reason: Mapped[str | None] = mapped_column(Text)


class KeptPaper(Base):
    """A paper of a closed meeting, as it was then: no contact data inside."""

    __tablename__ = "kept_paper"
    id: Mapped[int] = mapped_column(primary_key=True)
    closing: Mapped[int] = mapped_column(ForeignKey("meeting_closing.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(120))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))


def plans(connection: Connection, since: dt.date | None = None) -> dict[str, Plan]:
    """Key of the meeting -> what is planned (for ``since`` or later), the earliest day first."""
    query = select(PlanRow.__table__).order_by(PlanRow.day, PlanRow.key)
    if since is not None:
        query = query.where(PlanRow.day >= since)
    return {row.key: _plan(row) for row in connection.execute(query)}


def plan_of(connection: Connection, meeting: str) -> Plan | None:
    row = connection.execute(select(PlanRow.__table__).where(PlanRow.key == meeting)).first()
    return _plan(row) if row else None


def save_plan(connection: Connection, plan: Plan, *, by: str, now: dt.datetime) -> None:
    """Store a new plan, or what is now planned."""
    values: dict[str, Any] = {name: getattr(plan, name) for name in _PLAN} | {"changed_by": by, "changed_at": now}
    done = connection.execute(update(PlanRow).where(PlanRow.key == plan.key).values(values))
    if not done.rowcount:
        connection.execute(insert(PlanRow).values(key=plan.key, **values))


_PLAN = (
    "body",
    "day",
    "state",
    "starts_at",
    "minutes",
    "place",
    "editorial_deadline",
    "shown_to_leadership",
    "invited_at",
    "invited_by",
    "guests",
    "own_words",
)


def agenda(connection: Connection, meeting: str, *, with_dropped: bool = False) -> tuple[Item, ...]:
    """The items in their order."""
    query = select(ItemRow.__table__).where(ItemRow.meeting == meeting).order_by(ItemRow.place, ItemRow.id)
    if not with_dropped:
        query = query.where(ItemRow.dropped.is_(False))
    return tuple(_item(row) for row in connection.execute(query))


def item_of(connection: Connection, number: int) -> Item | None:
    row = connection.execute(select(ItemRow.__table__).where(ItemRow.id == number)).first()
    return _item(row) if row else None


def save_item(connection: Connection, item: Item, *, by: str, now: dt.datetime) -> int:
    """Store a new item (``id`` 0; ``place`` 0: at the end) or what is now said of one; returns its number."""
    values: dict[str, Any] = {
        "meeting": item.meeting,
        "place": item.place or _last_place(connection, item.meeting) + 1,
        "origin": item.origin,
        "title": item.title,
        "records": list(item.records),
        "proposal": item.proposal,
        "consequence": item.consequence,
        "reports": list(item.reports),
        "minutes": item.minutes,
        "temperature": item.temperature,
        "dropped": item.dropped,
        "changed_by": by,
        "changed_at": now,
    }
    if item.id:
        connection.execute(update(ItemRow).where(ItemRow.id == item.id).values(values))
        return item.id
    key: Any = connection.execute(insert(ItemRow).values(**values, seconds=0, began_at=None)).inserted_primary_key
    return int(key[0])


def order_agenda(connection: Connection, meeting: str, numbers: list[int]) -> None:
    """Give the items the places of their numbers in the list; items not named keep theirs behind them."""
    for place, number in enumerate(numbers, 1):
        connection.execute(update(ItemRow).where(ItemRow.meeting == meeting, ItemRow.id == number).values(place=place))


def _last_place(connection: Connection, meeting: str) -> int:
    last = select(func.max(ItemRow.place)).where(ItemRow.meeting == meeting)
    return int(connection.execute(last).scalar() or 0)


def begin_item(connection: Connection, meeting: str, number: int | None, now: dt.datetime) -> None:
    """From now on ``number`` is spoken about (None: nothing is); the time of the one before is added up.

    Instants, not times of day: an hour that the clock is set forward or back does not count. What was begun has taken
    at least a second: so it is known to have been spoken about.
    """
    running = select(ItemRow.__table__).where(ItemRow.meeting == meeting, ItemRow.began_at.is_not(None))
    for row in connection.execute(running).all():
        if row.id == number:
            continue
        taken = max(1, int((_instant(now) - row.began_at).total_seconds()))
        ended = {"seconds": row.seconds + taken, "began_at": None}
        connection.execute(update(ItemRow).where(ItemRow.id == row.id).values(ended))
    begun = (ItemRow.id == number, ItemRow.meeting == meeting, ItemRow.began_at.is_(None))
    if number is not None:
        connection.execute(update(ItemRow).where(*begun).values(began_at=now))


def _instant(now: dt.datetime) -> dt.datetime:
    """Differences of two times in one zone are those of the clock on the wall: in UTC they are those that passed."""
    return now.astimezone(dt.UTC)


def began_at(connection: Connection, number: int) -> dt.datetime | None:
    """Since when an item is being spoken about; None where it is not."""
    return connection.execute(select(ItemRow.began_at).where(ItemRow.id == number)).scalar()


def meeting_roles(connection: Connection, meeting: str) -> dict[str, frozenset[str]]:
    """User name -> the parts it has in the meeting (presenter, recorder)."""
    found: dict[str, frozenset[str]] = {}
    for row in connection.execute(select(MeetingRole.__table__).where(MeetingRole.meeting == meeting)):
        found[row.username] = found.get(row.username, frozenset()) | {row.role}
    return found


def every_meeting_role(connection: Connection) -> dict[str, dict[str, frozenset[str]]]:
    """Key of a meeting -> as ``meeting_roles``, for all that have any."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for row in connection.execute(select(MeetingRole.__table__)):
        named = found.setdefault(row.meeting, {})
        named[row.username] = named.get(row.username, frozenset()) | {row.role}
    return found


def set_meeting_role(connection: Connection, meeting: str, username: str, role: str, *, holds: bool) -> None:
    this = (MeetingRole.meeting == meeting, MeetingRole.username == username, MeetingRole.role == role)
    connection.execute(delete(MeetingRole).where(*this))
    if holds:
        connection.execute(insert(MeetingRole).values(meeting=meeting, username=username, role=role))


def present(connection: Connection, meeting: str) -> frozenset[int]:
    """Numbers of the members who were there."""
    return frozenset(connection.execute(select(Attendance.member).where(Attendance.meeting == meeting)).scalars())


def note_present(connection: Connection, meeting: str, member: int, *, there: bool, by: str, now: dt.datetime) -> None:
    connection.execute(delete(Attendance).where(Attendance.meeting == meeting, Attendance.member == member))
    if there:
        connection.execute(insert(Attendance).values(meeting=meeting, member=member, noted_by=by, noted_at=now))


def meeting_closings(connection: Connection, meeting: str) -> list[ClosingRow]:
    """Every closing, oldest first; the last one holds unless it was opened again."""
    query = select(MeetingClosing.__table__).where(MeetingClosing.meeting == meeting).order_by(MeetingClosing.id)
    return list(connection.execute(query))


def kept_papers(connection: Connection, closing: int) -> list[PaperRow]:
    """The papers of a closing, by name."""
    query = select(KeptPaper.__table__).where(KeptPaper.closing == closing).order_by(KeptPaper.name)
    return list(connection.execute(query))


def _plan(row: Any) -> Plan:
    values = {name: getattr(row, name) for name in _PLAN if name != "state"}
    return Plan(key=row.key, state=cast(MeetingState, row.state), **values)


def _item(row: Any) -> Item:
    return Item(
        id=row.id,
        meeting=row.meeting,
        place=row.place,
        origin=cast(ItemOrigin, row.origin),
        title=row.title,
        records=tuple(row.records),
        proposal=row.proposal,
        consequence=row.consequence,
        reports=tuple(row.reports),
        minutes=row.minutes,
        temperature=row.temperature,
        dropped=row.dropped,
        seconds=row.seconds,
    )
