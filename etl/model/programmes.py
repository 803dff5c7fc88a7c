"""The list of funding programmes a network maintains: rows outside the two clocks."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import JSON, Date, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant


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
    longest_months: Mapped[int | None]
    lead_months: Mapped[int | None]
    deadline: Mapped[dt.date | None] = mapped_column(Date)
    yearly: Mapped[bool]
    note: Mapped[str] = mapped_column(Text)
    seen_on: Mapped[dt.date | None] = mapped_column(Date)
    ended: Mapped[bool]
    changed_by: Mapped[str] = mapped_column(String(120))
    changed_at: Mapped[dt.datetime] = mapped_column(Instant)
