"""The keys of records. A key is given once, never changes, is never reused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from etl.model.tables import KeyCounter


def give_keys(connection: Connection, kinds: Sequence[str]) -> list[str]:
    """One new key per entry of ``kinds``, in order: ``"measure-00042"``. Call it inside a writing transaction."""
    numbers = {}
    for kind, wanted in Counter(kinds).items():
        first = _reserve(connection, kind, wanted)
        numbers[kind] = iter(range(first, first + wanted))
    return [f"{kind}-{next(numbers[kind]):05d}" for kind in kinds]


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
