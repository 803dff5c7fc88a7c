"""What people decided about pairs of measures and of goals: rows outside the two clocks, each with name and time."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import String, Text, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant
from etl.model.meetings import ItemRow
from etl.model.store import Connection, raise_version
from etl.rules.relations import PairKind, Relation


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


def relations(connection: Connection, kind: PairKind, known_on: dt.datetime | None = None) -> tuple[Relation, ...]:
    """All that was decided by ``known_on`` (None: until now), the latest last."""
    query = select(RelationRow.__table__).where(RelationRow.kind == kind)
    if known_on is not None:
        query = query.where(RelationRow.at <= known_on)
    rows = connection.execute(query.order_by(RelationRow.at, RelationRow.id))
    return tuple(Relation(r.id, r.one, r.other, r.verdict, r.reason, r.by, r.at) for r in rows)


def add_relation(connection: Connection, kind: PairKind, said: Relation) -> int:
    """Its number; ``said.id`` is not looked at. What was decided before about the pair stays."""
    told = {"one": said.one, "other": said.other, "verdict": said.verdict, "reason": said.reason}
    result = connection.execute(insert(RelationRow).values(kind=kind, by=said.by, at=said.at, **told))
    raise_version(connection)
    return int(result.inserted_primary_key[0])  # type: ignore[index]


def spoken_of_together(connection: Connection) -> tuple[frozenset[str], ...]:
    """The records of each item of any agenda that speaks of two or more and was not taken off."""
    rows = connection.execute(select(ItemRow.records).where(ItemRow.dropped.is_(False)))
    return tuple(frozenset(records) for (records,) in rows if len(records) > 1)
