"""Who should sit at a table, and which houses were invited to a meeting beside its members."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from sqlalchemy import JSON, Connection, ForeignKey, String, Text, delete, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant
from etl.model.judgements import CountedAs, keys_counted_as, root_of
from etl.rules.composition import ReferenceSeat, Weight


class ReferenceSeatRow(Base):
    """See ``etl.rules.composition.ReferenceSeat``."""

    __tablename__ = "reference_seat"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    types: Mapped[list[str]] = mapped_column(JSON)
    words: Mapped[list[str]] = mapped_column(JSON)
    fields: Mapped[list[str]] = mapped_column(JSON)
    body_kinds: Mapped[list[str]] = mapped_column(JSON)
    weight: Mapped[str] = mapped_column(String(20))
    decides: Mapped[bool]
    source: Mapped[str] = mapped_column(Text)
    ended: Mapped[bool]
    changed_by: Mapped[str] = mapped_column(String(120))
    changed_at: Mapped[dt.datetime] = mapped_column(Instant)


class InvitedGuest(Base):
    """A house (partner's key) that was invited to a meeting beside the members; ``came``: None while nobody said."""

    __tablename__ = "invited_guest"
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting_plan.key"), primary_key=True)
    partner: Mapped[str] = mapped_column(String(40), primary_key=True)
    came: Mapped[bool | None]
    noted_by: Mapped[str] = mapped_column(String(120))
    noted_at: Mapped[dt.datetime] = mapped_column(Instant)


def reference_seats(connection: Connection) -> tuple[ReferenceSeat, ...]:
    """What the network says itself, ended ones too, in the order they were added; empty while it has said nothing."""
    query = select(ReferenceSeatRow.__table__).order_by(ReferenceSeatRow.id)
    return tuple(_seat(row) for row in connection.execute(query))


def save_seat(connection: Connection, seat: ReferenceSeat, *, by: str, now: dt.datetime) -> int:
    """Store a new seat (``id`` 0) or what is now said of one; returns its number."""
    values: dict[str, Any] = {
        "title": seat.title,
        "types": list(seat.types),
        "words": list(seat.words),
        "fields": list(seat.fields),
        "body_kinds": list(seat.body_kinds),
        "weight": seat.weight,
        "decides": seat.decides,
        "source": seat.source,
        "ended": seat.ended,
        "changed_by": by,
        "changed_at": now,
    }
    if seat.id:
        connection.execute(update(ReferenceSeatRow).where(ReferenceSeatRow.id == seat.id).values(values))
        return seat.id
    key: Any = connection.execute(insert(ReferenceSeatRow).values(values)).inserted_primary_key
    return int(key[0])


def guests(connection: Connection) -> dict[str, dict[str, bool | None]]:
    """Meeting -> houses (keys of the records they count as) invited beside the members -> whether they came (None:
    nobody said)."""
    counted = CountedAs(connection)
    found: dict[str, dict[str, bool | None]] = {}
    for row in connection.execute(select(InvitedGuest.__table__).order_by(InvitedGuest.partner)):
        here, house = found.setdefault(row.meeting, {}), counted(row.partner)
        came = {row.came, here.get(house)}
        here[house] = True if True in came else False if False in came else None
    return found


def note_guest(
    connection: Connection, meeting: str, partner: str, came: bool | None, *, by: str, now: dt.datetime
) -> None:  # fmt: skip
    """The house is invited, and whether it came."""
    forget_guest(connection, meeting, partner)
    partner = root_of(connection, partner)
    said = {"meeting": meeting, "partner": partner, "came": came, "noted_by": by, "noted_at": now}
    connection.execute(insert(InvitedGuest).values(said))


def forget_guest(connection: Connection, meeting: str, partner: str) -> None:
    """Also where it was invited under a record that counts as this one now."""
    same = keys_counted_as(connection, root_of(connection, partner))
    this = (InvitedGuest.meeting == meeting, InvitedGuest.partner.in_(same))
    connection.execute(delete(InvitedGuest).where(*this))


def _seat(row: Any) -> ReferenceSeat:
    return ReferenceSeat(
        id=row.id,
        title=row.title,
        types=tuple(row.types),
        words=tuple(row.words),
        fields=tuple(row.fields),
        body_kinds=tuple(row.body_kinds),
        weight=cast(Weight, row.weight),
        decides=row.decides,
        source=row.source,
        ended=row.ended,
    )
