"""The list of funding programmes a network maintains: rows outside the two clocks."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, fields
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Connection, Date, Numeric, String, Text, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant
from etl.rules.days import in_berlin
from etl.rules.programmes import Programme


class ProgrammeRow(Base):
    """See ``etl.rules.programmes.Programme``."""

    __tablename__ = "programme"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(400))
    funder: Mapped[str] = mapped_column(String(400))
    level: Mapped[str | None] = mapped_column(String(40))
    applicants: Mapped[list[str]] = mapped_column(JSON)
    fields: Mapped[list[str]] = mapped_column(JSON)
    own_share: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    most_per_year: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    least_per_year: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    longest_months: Mapped[int | None]
    lead_months: Mapped[int | None]
    deadline: Mapped[dt.date | None] = mapped_column(Date)
    yearly: Mapped[bool]
    note: Mapped[str] = mapped_column(Text)
    seen_on: Mapped[dt.date | None] = mapped_column(Date)
    ended: Mapped[bool]
    changed_by: Mapped[str] = mapped_column(String(120))
    changed_at: Mapped[dt.datetime] = mapped_column(Instant)


def programmes(connection: Connection) -> tuple[Programme, ...]:
    """All, ended ones too, in the order they were added."""
    return tuple(
        _programme(row) for row in connection.execute(select(ProgrammeRow.__table__).order_by(ProgrammeRow.id))
    )


def save_programme(connection: Connection, programme: Programme, *, by: str, now: dt.datetime) -> int:
    """Store a new programme (``id`` 0) or what is now said about one; returns the number."""
    values: dict[str, Any] = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(programme).items()
        if name not in ("id", "changed_by", "changed_on")
    }
    values |= {"changed_by": by, "changed_at": now}
    if not programme.id:
        key: Any = connection.execute(insert(ProgrammeRow).values(values)).inserted_primary_key
        return int(key[0])
    connection.execute(update(ProgrammeRow).where(ProgrammeRow.id == programme.id).values(values))
    return programme.id


def _programme(row: Any) -> Programme:
    said = {f.name: getattr(row, f.name) for f in fields(Programme) if f.name != "changed_on"}
    lists = {name: tuple(said[name]) for name in ("applicants", "fields")}
    return Programme(**said | lists, changed_on=in_berlin(row.changed_at))
