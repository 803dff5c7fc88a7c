"""What sources said, packed: all that one source says about records of one kind for one day stands in one row.

Lean, because provenance for every value must cost almost nothing: fields are packed column by column, a cell is stored
only where it is not (the record's row, the field's column), a said text only where it differs from what the value
itself renders.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, repeat
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection

from etl.model.judgements import keys_counted_as

Cell = tuple[int, int, str]
#: Records in one row of the store; longer tables take several, so that none has to be unpacked in one piece.
MOST_RECORDS = 500


@dataclass(slots=True)
class Body:
    """What is said about one record. ``values``: field -> JSON value (money as decimal text, dates ISO).

    ``cells``: field -> [(row, column, role)] where it deviates from the default cell; ``said``: field -> texts where
    they
    differ from the value; ``references``: field -> texts to resolve; ``unread``: field -> text that could not be coded.
    ``confirms``: a person said that ``values`` are unchanged; where they still hold, their earlier source stays theirs.
    """

    values: dict[str, Any] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)
    cells: dict[str, list[Cell]] = field(default_factory=dict)
    qualifier: dict[str, dict[str, Any]] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    kept_cells: dict[str, tuple[int, int]] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    references: dict[str, list[str]] = field(default_factory=dict)
    confirms: bool = False


#: The parts of a ``Body`` and their keys in a packed one.
_KEYS = {
    "values": "v", "said": "s", "cells": "c", "qualifier": "q", "marks": "m",
    "kept": "k", "kept_cells": "kc", "unread": "u", "references": "r",
}  # fmt: skip
#: Beside them, the fields of which an entry says that they have no value.
_NOTHING = "nothing"
_PACKED_AS = _KEYS | {_NOTHING: "n"}


class Said(NamedTuple):
    """A statement as read from the store: the record it is about (``owner``: its partner), who said it and since
    when we know it.
    """

    id: tuple[int, int]
    record: str
    kind: str
    owner: str | None
    parent: str | None
    delivery: int | None
    entry: int | None
    table_no: int | None
    row: int | None
    day: dt.date
    known_from: dt.datetime
    partner: str | None
    series: int | None
    undone: bool
    body: Body


@dataclass(slots=True)
class Passage:
    """Statements about to be stored, of one source about records of one kind and owner for one day.

    ``rows`` and ``parents`` (the key of the record each is part of) run along ``records``, and so does each list in
    ``told``, which maps a part of ``Body`` to what it holds for each record; parts nobody filled may be absent.
    """

    kind: str
    owner: str | None
    table_no: int | None
    day: dt.date
    records: Sequence[str]
    rows: Sequence[int | None]
    parents: Sequence[str | None]
    told: Mapping[str, Sequence[Mapping[str, Any]]]
    confirms: bool = False

    def pieces(self) -> Iterator[tuple[str, int, bytes]]:
        """The packed rows: keys of the records, how many, and the body."""
        for start in range(0, len(self.records), MOST_RECORDS):
            span = slice(start, start + MOST_RECORDS)
            records = self.records[span]
            packed: dict[str, Any] = {"row": self.rows[span]}
            if any(self.parents[span]):
                packed["parent"] = self.parents[span]
            if self.confirms:
                packed["f"] = True
            for part, lines in self.told.items():
                if any(lines[span]):
                    packed[_PACKED_AS[part]] = _columns(lines[span])
            yield orjson.dumps(records).decode(), len(records), zlib.compress(orjson.dumps(packed), 1)


@dataclass(frozen=True, slots=True)
class Entered:
    """What an entry states about one record. A value that is None says that there is none ("without end")."""

    record: str
    kind: str
    owner: str | None
    parent: str | None
    day: dt.date
    body: Body


def passages_of(entered: Iterable[Entered]) -> list[Passage]:
    """Statements of an entry, those of one kind, owner and day together."""
    found: dict[tuple[Any, ...], list[Entered]] = defaultdict(list)
    for said in entered:
        found[said.kind, said.owner, said.day, said.body.confirms].append(said)
    return [
        Passage(
            kind, owner, None, day, [s.record for s in told], [None] * len(told), [s.parent for s in told],
            _parts_of([s.body for s in told]), confirms,
        )
        for (kind, owner, day, confirms), told in found.items()
    ]  # fmt: skip


def passages_again(said: Iterable[Said]) -> list[Passage]:
    """Statements of one delivery as they were stored, to be stored once more."""
    found: dict[tuple[Any, ...], list[Said]] = defaultdict(list)
    for one in said:
        found[one.kind, one.owner, one.table_no, one.day, one.body.confirms].append(one)
    return [
        Passage(
            kind, owner, table_no, day, [s.record for s in told], [s.row for s in told], [s.parent for s in told],
            _parts_of([s.body for s in told]), confirms,
        )
        for (kind, owner, table_no, day, confirms), told in found.items()
    ]  # fmt: skip


def _parts_of(bodies: Sequence[Body]) -> dict[str, Sequence[Mapping[str, Any]]]:
    parts: dict[str, Sequence[Mapping[str, Any]]] = {part: [getattr(body, part) for body in bodies] for part in _KEYS}
    parts["values"] = [{name: value for name, value in body.values.items() if value is not None} for body in bodies]
    parts[_NOTHING] = [{name: True for name, value in body.values.items() if value is None} for body in bodies]
    return parts


def _columns(lines: Sequence[Mapping[str, Any]]) -> dict[str, Sequence[Any]]:
    """Field -> its value in each line, None where a line has none."""
    shapes = set(map(tuple, lines))
    if len(shapes) == 1:
        return dict(zip(shapes.pop(), zip(*[line.values() for line in lines], strict=True), strict=True))
    return {name: [line.get(name) for line in lines] for name in dict.fromkeys(chain.from_iterable(shapes))}


def _lines(columns: Mapping[str, list[Any]]) -> list[dict[str, Any]]:
    names = list(columns)
    return [
        {name: value for name, value in zip(names, line, strict=True) if value is not None}
        for line in zip(*columns.values(), strict=True)
    ]


def _bodies(packed: Mapping[str, Any], count: int) -> Iterator[Body]:
    parts: list[Iterable[dict[str, Any]]] = []
    for key in _KEYS.values():
        columns = packed.get(key)
        parts.append(_lines(columns) if columns else [{} for _ in range(count)])
    bodies = map(Body, *parts)
    return _entered(bodies, packed) if "f" in packed or "n" in packed else bodies


def _entered(bodies: Iterable[Body], packed: Mapping[str, Any]) -> Iterator[Body]:
    nothing = _lines(packed["n"]) if "n" in packed else repeat({})
    for body, names in zip(bodies, nothing, strict=False):
        body.values |= dict.fromkeys(names)
        body.confirms = bool(packed.get("f"))
        yield body


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
        told = _parts_of(bodies)
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
    lines = enumerate(zip(keys, parents, packed["row"], _bodies(packed, len(keys)), strict=False))
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
