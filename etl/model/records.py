"""The keys of records. A key is given once, never changes, is never reused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Connection

from etl.model.base import quickly


def give_keys(connection: Connection, kinds: Sequence[str]) -> list[str]:
    """One new key per entry of ``kinds``, in order: ``"measure-00042"``. Call it inside a writing transaction."""
    numbers = {}
    for kind, wanted in Counter(kinds).items():
        first = _reserve(connection, kind, wanted)
        numbers[kind] = iter(range(first, first + wanted))
    return [f"{kind}-{next(numbers[kind]):05d}" for kind in kinds]


def _reserve(connection: Connection, kind: str, count: int) -> int:
    """The first of ``count`` numbers that nobody else gets."""
    raised = quickly(
        connection,
        "INSERT INTO key_counter (kind, last) VALUES (?, ?) "
        "ON CONFLICT (kind) DO UPDATE SET last = key_counter.last + excluded.last RETURNING last",
        kind,
        count,
    )
    return int(raised.scalar_one()) - count + 1
