"""A delivery of which no file is left, stored once more: what it said is copied, for nothing can be read again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from etl.model.deliveries import add_delivery, add_series
from etl.model.packing import Said, passages_again
from etl.model.partner_words import Word, add_words
from etl.model.records import give_keys
from etl.model.statements import statements, store_statements
from etl.model.store import Connection, Store, raise_version
from etl.model.tables import Delivery

_UNDONE = ("undone_at", "undone_by", "series")


def state_again(
    empty: Store, row: Any, content: bytes, said: Sequence[Said], fingerprint: str, words: dict[str, Word]
) -> None:
    """``row`` and ``content`` as stored, ``said`` its statements in their order."""
    with empty.writing() as connection:
        _give_keys(connection, said)
        columns = {c.name: getattr(row, c.name) for c in Delivery.__table__.columns if c.name not in _UNDONE}
        add_delivery(connection, content, series=add_series(connection, row.partner, fingerprint), **columns)
        store_statements(connection, passages_again(said), delivery=row.number)
        add_words(connection, row.number, row.day, words)
        raise_version(connection)


def _give_keys(connection: Connection, said: Sequence[Said]) -> None:
    """The keys that this delivery was the first to need are given again."""
    known = {one.record for one in statements(connection, with_undone=True)}
    new: dict[str, set[str]] = defaultdict(set)
    for one in said:
        if one.record not in known:
            new[one.kind].add(one.record)
    for kind, keys in new.items():
        given = give_keys(connection, [kind] * len(keys))
        assert given == sorted(keys), f"{sorted(keys)} were given as {given} in the rebuild"
