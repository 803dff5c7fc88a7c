"""What sources said, read from the store and written into it (packed as ``packing`` says)."""

from __future__ import annotations

import datetime as dt
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, repeat
from typing import Any

import orjson
from sqlalchemy import Connection

from etl.model.judgements import keys_counted_as
from etl.model.packing import Body, Passage, Said, parts_of, unpacked_bodies

_COLUMNS = (
    "SELECT s.id, s.kind, s.owner, s.delivery, s.entry, s.table_no, s.day, "
    "COALESCE(d.known_from, e.known_from) AS known, d.partner, d.series, "
    "CASE WHEN COALESCE(d.undone_at, e.undone_at) IS NULL THEN 0 ELSE 1 END, s.records, s.body "
    "FROM statement s LEFT JOIN delivery d ON d.number = s.delivery LEFT JOIN entry e ON e.number = s.entry"
)
_ORDER = " ORDER BY s.day, known, s.id"


def statements(
    connection: Connection,
    *,
    day: dt.date | None = None,
    known_on: dt.datetime | None = None,
    partner: str | None = None,
    kinds: Iterable[str] = (),
    with_undone: bool = False,
    after: int = 0,
) -> list[Said]:
    """All statements about days up to ``day`` known at ``known_on`` (default: all days, now), the holding one last.

    ``partner`` limits to records of that partner and of those that count as it, ``kinds`` to kinds (both given: either
    one); ``with_undone`` also yields what was taken back (for identity only), ``after`` only what was stored later.
    """
    conditions: list[str] = []
    values: dict[str, Any] = {}
    if day is not None:
        conditions.append("s.day <= {day}")
        values["day"] = day.isoformat() if connection.dialect.name == "sqlite" else day
    if known_on is not None:
        naive = known_on.astimezone(dt.UTC).replace(tzinfo=None)
        values["known"] = (
            naive.isoformat(sep=" ", timespec="microseconds") if connection.dialect.name == "sqlite" else naive
        )
        conditions.append("COALESCE(d.known_from, e.known_from) <= {known}")
        conditions.append(
            "(COALESCE(d.undone_at, e.undone_at) IS NULL OR COALESCE(d.undone_at, e.undone_at) > {known})"
        )
    elif not with_undone:
        conditions.append("COALESCE(d.undone_at, e.undone_at) IS NULL")
    if after:
        conditions.append("s.id > {after}")
        values["after"] = after
    wanted = list(kinds)
    scope = []
    if partner is not None:
        counted = keys_counted_as(connection, partner)
        scope.append("s.owner IN (" + ", ".join(f"{{partner{i}}}" for i in range(len(counted))) + ")")
        values |= {f"partner{i}": key for i, key in enumerate(counted)}
    if wanted:
        scope.append("s.kind IN (" + ", ".join(f"{{kind{i}}}" for i in range(len(wanted))) + ")")
        values |= {f"kind{i}": kind for i, kind in enumerate(wanted)}
    if scope:
        conditions.append("(" + " OR ".join(scope) + ")")
    where = " WHERE " + " AND ".join(conditions) if conditions else ""
    rows = _execute(connection, _COLUMNS + where + _ORDER, values)
    return list(chain.from_iterable(map(_unpacked, rows)))


def extent_of(connection: Connection, known_on: dt.datetime) -> tuple[int, int]:
    """How much had been said by ``known_on`` and not been taken back: it changes with everything that changes that."""
    naive = known_on.astimezone(dt.UTC).replace(tzinfo=None)
    sqlite = connection.dialect.name == "sqlite"
    sql = (
        "SELECT COUNT(*), COALESCE(SUM(LENGTH(s.body)), 0) "
        "FROM statement s LEFT JOIN delivery d ON d.number = s.delivery LEFT JOIN entry e ON e.number = s.entry "
        "WHERE COALESCE(d.known_from, e.known_from) <= {known} "
        "AND (COALESCE(d.undone_at, e.undone_at) IS NULL OR COALESCE(d.undone_at, e.undone_at) > {known})"
    )
    known = naive.isoformat(sep=" ", timespec="microseconds") if sqlite else naive
    ((number, length),) = _execute(connection, sql, {"known": known})
    return int(number), int(length)


def statements_of(connection: Connection, delivery: int) -> list[Said]:
    """What one delivery said, in the order of its file, also where it was taken back."""
    sql = _COLUMNS + " WHERE s.delivery = {delivery} ORDER BY s.id"
    return list(chain.from_iterable(map(_unpacked, _execute(connection, sql, {"delivery": delivery}))))


def rewrite_statements(
    connection: Connection, change: Callable[[Said], Body], *, delivery: int | None = None, entered: bool = False
) -> int:
    """Replace what is said by what ``change`` makes of it; how many rows of the store changed. Of one ``delivery``, or
    of all that was ``entered`` by hand. For erasing alone: nothing else rewrites a statement."""
    assert (delivery is None) == entered, "either one delivery or the entries"
    where = " WHERE s.entry IS NOT NULL" if entered else " WHERE s.delivery = {delivery}"
    changed = 0
    for row in list(_execute(connection, _COLUMNS + where + " ORDER BY s.id", {"delivery": delivery or 0})):
        said = list(_unpacked(row))
        bodies = [change(one) for one in said]
        if all(body is one.body for body, one in zip(bodies, said, strict=True)):
            continue
        first = said[0]
        records, parents, rows = ([getattr(s, name) for s in said] for name in ("record", "parent", "row"))
        told = parts_of(bodies)
        anew = Passage(
            first.kind, first.owner, first.table_no, first.day, records, rows, parents, told, first.body.confirms
        )
        [(_, count, packed)] = anew.pieces()
        assert count == len(said), "a row of the store stays one"
        _execute(connection, "UPDATE statement SET body = {body} WHERE id = {id}", {"body": packed, "id": row[0]})
        changed += 1
    return changed


def _execute(connection: Connection, sql: str, values: Mapping[str, Any]) -> Iterable[Any]:
    """Raw rows, on both engines: ``{day}`` becomes the placeholder of SQLite or of psycopg."""
    mark = ":{}" if connection.dialect.name == "sqlite" else "%({})s"
    return connection.exec_driver_sql(sql.format(**{name: mark.format(name) for name in values}), dict(values))


def _unpacked(row: Any) -> Iterator[Said]:
    """The statements in one row of the store."""
    number, kind, owner, delivery, entry, table_no, day, known, partner, series, undone, records, body = row
    if isinstance(day, str):
        day = _day(day)
    known = _instant(known) if isinstance(known, str) else known.replace(tzinfo=dt.UTC)
    packed, keys = orjson.loads(zlib.decompress(body)), orjson.loads(records)
    parents = packed.get("parent") or repeat(None)
    lines = enumerate(zip(keys, parents, packed["row"], unpacked_bodies(packed, len(keys)), strict=False))
    for place, (key, parent, line, told) in lines:
        about = ((number, place), key, kind, owner, parent, delivery, entry, table_no, line)
        yield Said(*about, day, known, partner, series, bool(undone), told)


@lru_cache(maxsize=1_000)
def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@lru_cache(maxsize=1_000)
def _instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def kind_owner_parent(connection: Connection, record: str) -> tuple[str, str | None, str | None]:
    """What a record is, as its first statement says."""
    sql = "SELECT kind, owner, records, body FROM statement WHERE records LIKE {record} ORDER BY id LIMIT 1"
    for kind, owner, records, body in _execute(connection, sql, {"record": f'%"{record}"%'}):
        parents = orjson.loads(zlib.decompress(body)).get("parent")
        return kind, owner, parents[orjson.loads(records).index(record)] if parents else None
    raise KeyError(record)


def keys_of_deliveries(connection: Connection, numbers: Sequence[int]) -> dict[str, str]:
    """Records that rows of these deliveries spoke about: key -> kind."""
    found: dict[str, str] = {}
    if not numbers:
        return found
    wanted = ", ".join(str(int(number)) for number in numbers)
    sql = f"SELECT kind, records FROM statement WHERE table_no IS NOT NULL AND delivery IN ({wanted}) ORDER BY id"
    for kind, records in _execute(connection, sql, {}):
        found.update(dict.fromkeys(orjson.loads(records), kind))
    return found


def keys_by_delivery(connection: Connection) -> dict[int, dict[str, str]]:
    """Accepted, not undone delivery -> records that its rows spoke about: key -> kind."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    sql = (
        "SELECT s.delivery, s.kind, s.records FROM statement s JOIN delivery d ON d.number = s.delivery "
        "WHERE s.table_no IS NOT NULL AND d.undone_at IS NULL ORDER BY s.id"
    )
    for delivery, kind, records in _execute(connection, sql, {}):
        found[delivery].update(dict.fromkeys(orjson.loads(records), kind))
    return found


def store_statements(
    connection: Connection, new: Iterable[Passage], *, delivery: int | None = None, entry: int | None = None
) -> None:
    """Write what one delivery or entry says, in one statement to the database."""
    sqlite = connection.dialect.name == "sqlite"
    rows = [
        (delivery, entry, p.table_no, p.kind, p.owner, p.day.isoformat() if sqlite else p.day, *piece)
        for p in new
        for piece in p.pieces()
    ]
    if not rows:
        return
    names = "delivery, entry, table_no, kind, owner, day, records, count, body"
    placeholders = ", ".join(["?" if sqlite else "%s"] * 9)
    connection.exec_driver_sql(f"INSERT INTO statement ({names}) VALUES ({placeholders})", rows)
