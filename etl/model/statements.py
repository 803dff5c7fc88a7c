"""One statement: what a source said about one record, packed into a lean JSON body and unpacked again.

Lean, because provenance for every value must cost almost nothing: a cell is stored only where it is not (the
record's row,
the field's column), a said text only where it differs from what the value itself renders.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection

#: The latest instant, for "as we know it now".
Cell = tuple[int, int, str]


@dataclass(slots=True)
class Body:
    """What stands in ``statement.body``. ``values``: field -> JSON value (money as decimal text, dates ISO).

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

    def packed(self) -> str:
        parts: dict[str, Any] = {"v": self.values} if self.values else {}
        for name, part in (
            ("s", self.said),
            ("c", self.cells),
            ("q", self.qualifier),
            ("m", self.marks),
            ("k", self.kept),
            ("kc", self.kept_cells),
            ("u", self.unread),
            ("r", self.references),
        ):
            if part:
                parts[name] = part
        if self.confirms:
            parts["f"] = True
        return orjson.dumps(parts).decode()

    @classmethod
    def unpacked(cls, text: str) -> Body:
        parts = orjson.loads(text)
        get = parts.get
        return cls(
            get("v") or {},
            get("s") or {},
            get("c") or {},
            get("q") or {},
            get("m") or {},
            get("k") or {},
            get("kc") or {},
            get("u") or {},
            get("r") or {},
            bool(get("f")),
        )


class Said(NamedTuple):
    """A statement as read from the store: the record it is about (``owner``: its partner), who said it and since
    when we know it.
    """

    id: int
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


class NewStatement(NamedTuple):
    """A statement about to be stored."""

    record: str
    table_no: int | None
    row: int | None
    day: dt.date
    body: Body


_COLUMNS = (
    "SELECT s.id, s.record, r.kind, r.partner, r.parent, s.delivery, s.entry, s.table_no, s.row, s.day, "
    "COALESCE(d.known_from, e.known_from) AS known, d.partner, d.series, "
    "CASE WHEN COALESCE(d.undone_at, e.undone_at) IS NULL THEN 0 ELSE 1 END, s.body "
    "FROM statement s JOIN record r ON r.key = s.record LEFT JOIN delivery d ON d.number = s.delivery "
    "LEFT JOIN entry e ON e.number = s.entry"
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
) -> list[Said]:
    """All statements about days up to ``day`` known at ``known_on`` (default: all days, now), the holding one last.

    ``partner`` limits to records of that partner, ``kinds`` to kinds (both given: either one); ``with_undone`` also
    yields what was taken back (for identity only).
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
    wanted = list(kinds)
    scope = []
    if partner is not None:
        scope.append("r.partner = {partner}")
        values["partner"] = partner
    if wanted:
        scope.append("r.kind IN (" + ", ".join(f"{{kind{i}}}" for i in range(len(wanted))) + ")")
        values |= {f"kind{i}": kind for i, kind in enumerate(wanted)}
    if scope:
        conditions.append("(" + " OR ".join(scope) + ")")
    where = " WHERE " + " AND ".join(conditions) if conditions else ""
    return [_said(row) for row in _execute(connection, _COLUMNS + where + _ORDER, values)]


def _execute(connection: Connection, sql: str, values: Mapping[str, Any]) -> Iterable[Any]:
    """Raw rows, on both engines: ``{day}`` becomes the placeholder of SQLite or of psycopg."""
    mark = ":{}" if connection.dialect.name == "sqlite" else "%({})s"
    return connection.exec_driver_sql(sql.format(**{name: mark.format(name) for name in values}), dict(values))


def _said(row: Any) -> Said:
    day, known, partner, series, undone, body = row[9:]
    if isinstance(day, str):
        day = _day(day)
    known = _instant(known) if isinstance(known, str) else known.replace(tzinfo=dt.UTC)
    return Said._make((*row[:9], day, known, partner, series, bool(undone), Body.unpacked(body)))


@lru_cache(maxsize=1_000)
def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@lru_cache(maxsize=1_000)
def _instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def store_statements(
    connection: Connection, new: Sequence[NewStatement], *, delivery: int | None = None, entry: int | None = None
) -> None:
    """Write statements of one delivery or entry, in one statement to the database."""
    sqlite = connection.dialect.name == "sqlite"
    days = {statement.day: statement.day.isoformat() if sqlite else statement.day for statement in new}
    rows = [(record, delivery, entry, table, row, days[day], body.packed()) for record, table, row, day, body in new]
    if not rows:
        return
    placeholders = ", ".join(["?" if sqlite else "%s"] * 7)
    connection.exec_driver_sql(
        f"INSERT INTO statement (record, delivery, entry, table_no, row, day, body) VALUES ({placeholders})", rows
    )
