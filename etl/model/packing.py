"""What sources said, packed: all that one source says about records of one kind for one day stands in one row.

Lean, because provenance for every value must cost almost nothing: fields are packed column by column, a cell is stored
only where it is not (the record's row, the field's column), a said text only where it differs from what the value
itself renders.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any, NamedTuple

import orjson

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
            parts_of([s.body for s in told]), confirms,
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
            parts_of([s.body for s in told]), confirms,
        )
        for (kind, owner, table_no, day, confirms), told in found.items()
    ]  # fmt: skip


def parts_of(bodies: Sequence[Body]) -> dict[str, Sequence[Mapping[str, Any]]]:
    """``Passage.told``."""
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


def unpacked_bodies(packed: Mapping[str, Any], count: int) -> Iterator[Body]:
    """What ``Passage.pieces`` packed about ``count`` records."""
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
