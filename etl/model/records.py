"""Records and their keys. A key is given once, never changes, is never reused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from etl.model.tables import KeyCounter


def give_keys(connection: Connection, kinds: Sequence[str]) -> list[str]:
    """One new key per entry of ``kinds``, in order: ``"measure-00042"``. Call it inside a writing transaction."""
    wanted: dict[str, int] = defaultdict(int)
    for kind in kinds:
        wanted[kind] += 1
    next_number = {kind: _reserve(connection, kind, count) for kind, count in wanted.items()}
    keys = []
    for kind in kinds:
        keys.append(f"{kind}-{next_number[kind]:05d}")
        next_number[kind] += 1
    return keys


def _reserve(connection: Connection, kind: str, count: int) -> int:
    """The first of ``count`` numbers that nobody else gets."""
    counting = _COUNTING[connection.dialect.name]
    last: int = connection.execute(counting, {"kind": kind, "last": count}).scalar_one()
    return last - count + 1


def _counting(insert: Any) -> Executable:
    """Raises a kind's counter (starting it where there is none) and gives where it then stands."""
    new = insert(KeyCounter)
    raised = {"last": KeyCounter.last + new.excluded.last}
    counting: Executable = new.on_conflict_do_update(index_elements=["kind"], set_=raised).returning(KeyCounter.last)
    return counting


_COUNTING = {"postgresql": _counting(postgresql_insert), "sqlite": _counting(sqlite_insert)}


def add_records(connection: Connection, records: Iterable[tuple[str, str, str | None, str | None]]) -> None:
    """Store (key, kind, partner, parent) rows."""
    rows = list(records)
    if rows:
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        connection.exec_driver_sql(
            f"INSERT INTO record (key, kind, partner, parent) VALUES ({', '.join([mark] * 4)})", rows
        )
