"""What people decided about pairs of measures and of goals: rows outside the two clocks, each with name and time."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant


class RelationRow(Base):
    """See ``etl.rules.relations.Relation``; ``kind``: measure or goal."""

    __tablename__ = "relation"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    one: Mapped[str] = mapped_column(String(40), index=True)
    other: Mapped[str] = mapped_column(String(40), index=True)
    verdict: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[dt.datetime] = mapped_column(Instant)
