"""Bodies and who sits in them: rows outside the two clocks, each change with its name and time."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from sqlalchemy import JSON, Connection, Date, ForeignKey, String, Text, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant
from etl.model.judgements import CountedAs
from etl.rules.meeting import Attends, Body, BodyKind, Member


class BodyRow(Base):
    """See ``etl.rules.meeting.Body``."""

    __tablename__ = "body"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    run_by: Mapped[str | None] = mapped_column(String(40), index=True)
    may_decide: Mapped[bool]
    fields: Mapped[list[str]] = mapped_column(JSON)
    purpose: Mapped[str] = mapped_column(Text)
    differs: Mapped[str] = mapped_column(Text)
    rhythm_months: Mapped[int | None]
    ended_on: Mapped[dt.date | None] = mapped_column(Date)
    changed_by: Mapped[str] = mapped_column(String(120))
    changed_at: Mapped[dt.datetime] = mapped_column(Instant)


class MemberRow(Base):
    """See ``etl.rules.meeting.Member``. ``erased_at``: since when the person's name is gone."""

    __tablename__ = "body_member"
    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    partner: Mapped[str | None] = mapped_column(String(40))
    function: Mapped[str] = mapped_column(String(200))
    decides: Mapped[bool]
    deputy_for: Mapped[int | None]
    attends: Mapped[str] = mapped_column(String(20))
    username: Mapped[str | None] = mapped_column(String(120), index=True)
    since: Mapped[dt.date | None] = mapped_column(Date)
    until: Mapped[dt.date | None] = mapped_column(Date)
    erased_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    changed_by: Mapped[str] = mapped_column(String(120))
    changed_at: Mapped[dt.datetime] = mapped_column(Instant)


def bodies(connection: Connection) -> tuple[Body, ...]:
    """All, those that ended too, by name. Here as below houses are named by the record they count as."""
    counted = CountedAs(connection)
    return tuple(_body(row, counted) for row in connection.execute(select(BodyRow.__table__).order_by(BodyRow.name)))


def body_of(connection: Connection, number: int) -> Body | None:
    row = connection.execute(select(BodyRow.__table__).where(BodyRow.id == number)).first()
    return _body(row, CountedAs(connection)) if row else None


def save_body(connection: Connection, body: Body, *, by: str, now: dt.datetime) -> Body:
    """Store a new body (``id`` 0) or what is now said about one. The name must not be another body's."""
    values: dict[str, Any] = {
        "name": body.name,
        "kind": body.kind,
        "run_by": body.run_by,
        "may_decide": body.may_decide,
        "fields": list(body.fields),
        "purpose": body.purpose,
        "differs": body.differs,
        "rhythm_months": body.rhythm_months,
        "ended_on": body.ended_on,
        "changed_by": by,
        "changed_at": now,
    }
    number = _saved(connection, BodyRow, body.id, values)
    return cast(Body, body_of(connection, number))


def members(connection: Connection, body: int | None = None) -> tuple[Member, ...]:
    """Of one body or of all, past and coming ones too, in the order they were added."""
    query = select(MemberRow.__table__).order_by(MemberRow.id)
    if body is not None:
        query = query.where(MemberRow.body == body)
    counted = CountedAs(connection)
    return tuple(_member(row, counted) for row in connection.execute(query))


def save_member(connection: Connection, member: Member, *, by: str, now: dt.datetime) -> int:
    """Store a new member (``id`` 0) or what is now said about one; returns the number."""
    values: dict[str, Any] = {
        "body": member.body,
        "name": member.name,
        "partner": member.partner,
        "function": member.function,
        "decides": member.decides,
        "deputy_for": member.deputy_for,
        "attends": member.attends,
        "username": member.username,
        "since": member.since,
        "until": member.until,
        "changed_by": by,
        "changed_at": now,
    }
    return _saved(connection, MemberRow, member.id, values | ({} if member.id else {"erased_at": None}))


def erase_member(connection: Connection, number: int, *, by: str, now: dt.datetime) -> bool:
    """Take the person out: the seat stays, with its partner; False where there is none."""
    gone = {"name": "", "username": None, "erased_at": now, "changed_by": by, "changed_at": now}
    return connection.execute(update(MemberRow).where(MemberRow.id == number).values(gone)).rowcount == 1


def _saved(connection: Connection, table: type[Base], number: int, values: dict[str, Any]) -> int:
    if not number:
        key: Any = connection.execute(insert(table).values(values)).inserted_primary_key
        return int(key[0])
    found = table.__table__.c.id
    connection.execute(update(table).where(found == number).values(values))
    return number


def _body(row: Any, counted: CountedAs) -> Body:
    return Body(
        id=row.id,
        name=row.name,
        kind=cast(BodyKind, row.kind),
        run_by=counted.maybe(row.run_by),
        may_decide=row.may_decide,
        fields=tuple(row.fields),
        purpose=row.purpose,
        differs=row.differs,
        rhythm_months=row.rhythm_months,
        ended_on=row.ended_on,
    )


def _member(row: Any, counted: CountedAs) -> Member:
    return Member(
        id=row.id,
        body=row.body,
        name=row.name,
        partner=counted.maybe(row.partner),
        function=row.function,
        decides=row.decides,
        deputy_for=row.deputy_for,
        attends=cast(Attends, row.attends),
        username=row.username,
        since=row.since,
        until=row.until,
    )
