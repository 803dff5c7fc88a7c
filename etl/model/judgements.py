"""What the office judged about its sources, as rows on the known clock: contradictions settled, records that are one,
what a record belongs to that does not say so itself.

A judgement changes no statement: reading folds it in (``etl.model.judged``), taking it back closes its row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, Connection, String, Text, insert, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant

JudgementRow = Any


class Settlement(Base):
    """What holds where sources state ``field`` of ``record`` differently.

    ``heard`` are the voices that were weighed: ``{"partner", "delivery", "entry", "day", "value"}``; ``holds`` is the
    index of the one that holds among them (null: each is right in its way, ``reason`` says how).
    """

    __tablename__ = "settlement"
    id: Mapped[int] = mapped_column(primary_key=True)
    record: Mapped[str] = mapped_column(String(40), index=True)
    field: Mapped[str] = mapped_column(String(80))
    heard: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    holds: Mapped[int | None]
    person: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text)
    known_from: Mapped[dt.datetime] = mapped_column(Instant)
    undone_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    undone_by: Mapped[str | None] = mapped_column(String(120))


class Sameness(Base):
    """Whether two records are one: ``same`` counts what was said about ``other`` to ``kept``, else they stay apart.

    ``evidence`` are the codes of what spoke for it when it was judged.
    """

    __tablename__ = "sameness"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    kept: Mapped[str] = mapped_column(String(40), index=True)
    other: Mapped[str] = mapped_column(String(40), index=True)
    same: Mapped[bool]
    evidence: Mapped[list[str]] = mapped_column(JSON)
    person: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text)
    known_from: Mapped[dt.datetime] = mapped_column(Instant)
    undone_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    undone_by: Mapped[str | None] = mapped_column(String(120))


class Assignment(Base):
    """What ``record`` belongs to where no source says so: ``field`` names the link (goal_ref, lead_org, measure_ref).

    ``targets`` are keys; none: it belongs to nothing of that kind. ``evidence`` is what spoke for it as it was shown.
    """

    __tablename__ = "assignment"
    id: Mapped[int] = mapped_column(primary_key=True)
    record: Mapped[str] = mapped_column(String(40), index=True)
    field: Mapped[str] = mapped_column(String(80))
    targets: Mapped[list[str]] = mapped_column(JSON)
    evidence: Mapped[list[str]] = mapped_column(JSON)
    person: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text)
    known_from: Mapped[dt.datetime] = mapped_column(Instant)
    undone_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    undone_by: Mapped[str | None] = mapped_column(String(120))


Judgement = type[Settlement] | type[Sameness] | type[Assignment]


def judgements(
    connection: Connection, table: Judgement, known_on: dt.datetime | None = None, *, with_undone: bool = False
) -> list[JudgementRow]:
    """The judgements in force (at ``known_on``, default now), the latest last."""
    if connection.exec_driver_sql(f"SELECT 1 FROM {table.__tablename__} LIMIT 1").first() is None:
        return []  # every import asks, and most networks have judged little
    query = select(table.__table__).order_by(table.known_from, table.id)
    if known_on is not None:
        query = query.where(table.known_from <= known_on, or_(table.undone_at.is_(None), table.undone_at > known_on))
    elif not with_undone:
        query = query.where(table.undone_at.is_(None))
    return list(connection.execute(query))


def add_settlement(
    connection: Connection,
    *,
    record: str,
    field: str,
    heard: Sequence[Mapping[str, Any]],
    holds: int | None,
    person: str,
    reason: str,
    now: dt.datetime,
) -> int:
    """Store what ``person`` decided; the number returned takes it back."""
    values = {"record": record, "field": field, "heard": list(heard), "holds": holds}
    return _added(connection, Settlement, values | {"person": person, "reason": reason, "known_from": now})


def add_sameness(
    connection: Connection,
    *,
    kind: str,
    kept: str,
    other: str,
    same: bool,
    evidence: Sequence[str],
    person: str,
    reason: str,
    now: dt.datetime,
) -> int:
    """Store what ``person`` decided; the number returned takes it back."""
    values = {"kind": kind, "kept": kept, "other": other, "same": same, "evidence": list(evidence)}
    return _added(connection, Sameness, values | {"person": person, "reason": reason, "known_from": now})


def add_assignment(
    connection: Connection,
    *,
    record: str,
    field: str,
    targets: Sequence[str],
    evidence: Sequence[str],
    person: str,
    reason: str,
    now: dt.datetime,
) -> int:
    """Store what ``person`` assigned; the number returned takes it back."""
    values = {"record": record, "field": field, "targets": list(targets), "evidence": list(evidence)}
    return _added(connection, Assignment, values | {"person": person, "reason": reason, "known_from": now})


def _added(connection: Connection, table: Judgement, values: dict[str, Any]) -> int:
    key: Any = connection.execute(insert(table).values(values)).inserted_primary_key
    return int(key[0])


def close_judgement(
    connection: Connection, table: Judgement, number: int, now: dt.datetime, person: str | None
) -> bool:
    """Take a judgement back; False where there is none or it was taken back before."""
    done = connection.execute(
        update(table).where(table.id == number, table.undone_at.is_(None)).values(undone_at=now, undone_by=person)
    )
    return done.rowcount == 1


def roots_of(samenesses: Sequence[JudgementRow]) -> dict[str, str]:
    """Key of every record that counts as another one -> the key it counts as, followed to its end."""
    into = {row.other: row.kept for row in samenesses if row.same}
    roots = {}
    for key in into:
        root, seen = into[key], {key}
        while root in into and root not in seen:
            seen.add(root)
            root = into[root]
        roots[key] = root
    return roots


class CountedAs:
    """What rows outside the two clocks name a record by -> the record it counts as (at ``known_on``, default now)."""

    def __init__(self, connection: Connection, known_on: dt.datetime | None = None) -> None:
        self._roots = roots_of(judgements(connection, Sameness, known_on))

    def __call__(self, key: str) -> str:
        return self._roots.get(key, key)

    def maybe(self, key: str | None) -> str | None:
        return key and self(key)

    def each(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Each once, in their order."""
        return tuple(dict.fromkeys(self(key) for key in keys))


def root_of(connection: Connection, key: str) -> str:
    """The key a record counts as now: its own where nothing was merged."""
    return roots_of(judgements(connection, Sameness)).get(key, key)


def keys_counted_as(connection: Connection, key: str) -> list[str]:
    """A record's own key and those of all that were merged into it."""
    roots = roots_of(judgements(connection, Sameness))
    return [key, *sorted(other for other, root in roots.items() if root == key)]
