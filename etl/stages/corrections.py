"""What a person put right about one file before accepting it: what a column means, what a cell should have said, which
part of a sheet counts. The file itself stays as it was sent; it is read otherwise, and the reading says so. Of an
answered form it is known beforehand which record each row is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from etl.issues import Issue
from etl.stages.readers.cells import position_of
from etl.stages.shapes import CellValue, Draft, Sheet, address, said_of
from etl.vocabulary import normalise

Position = tuple[int, int]
_Key = TypeVar("_Key")
MARK = "cell_corrected"


@dataclass(frozen=True, slots=True)
class Corrections:
    """``columns``: (sheet, heading) -> field ("" keeps the column). ``cells``: (sheet, address) -> what should have
    stood there ("" for nothing). ``areas``: sheet -> the range that holds its table, headings first ("A4:H20").
    ``form``: the file is an answered form, given by "link" or by "phone" ("" for a list); ``records``: (sheet, row) ->
    key of the record that a row of it was asked about."""

    columns: Mapping[tuple[str, str], str] = field(default_factory=dict)
    cells: Mapping[tuple[str, str], str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    form: str = ""
    records: Mapping[tuple[str, int], str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.columns or self.cells or self.areas or self.form or self.records)

    def with_column(self, sheet: str, heading: str, meaning: str | None) -> Corrections:
        """``meaning``: a field, "" to keep the column, None to leave it to the importer again."""
        return replace(self, columns=_changed(self.columns, (sheet, heading), meaning))

    def with_cell(self, sheet: str, cell: str, text: str | None) -> Corrections:
        """``text``: what should have stood there, "" for nothing, None for what does stand there."""
        position_of(cell)
        return replace(self, cells=_changed(self.cells, (sheet, cell), text))

    def with_area(self, sheet: str, area: str | None) -> Corrections:
        """``area``: the only part of the sheet that counts, None for the whole."""
        if area is not None:
            corners_of(area)
        return replace(self, areas=_changed(self.areas, sheet, area))

    def as_data(self) -> dict[str, Any]:
        """Plain data, as the store keeps it; nothing where nothing was corrected."""
        found: dict[str, Any] = {
            "columns": [[*key, meaning] for key, meaning in sorted(self.columns.items())],
            "cells": [[*key, text] for key, text in sorted(self.cells.items())],
            "areas": [[sheet, area] for sheet, area in sorted(self.areas.items())],
            "form": self.form,
            "records": [[*place, key] for place, key in sorted(self.records.items())],
        }
        return {name: items for name, items in found.items() if items}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Corrections:
        return cls(
            {(sheet, heading): meaning for sheet, heading, meaning in data.get("columns", ())},
            {(sheet, cell): text for sheet, cell, text in data.get("cells", ())},
            dict(data.get("areas", ())),
            str(data.get("form", "")),
            {(sheet, row): key for sheet, row, key in data.get("records", ())},
        )


def _changed(known: Mapping[_Key, str], key: _Key, value: str | None) -> dict[_Key, str]:
    rest = {k: v for k, v in known.items() if k != key}
    return rest if value is None else rest | {key: value}


def corners_of(area: str) -> tuple[Position, Position]:
    """``"H20:A4" -> ((4, 1), (20, 8))``. Raises ``ValueError``."""
    corners = [position_of(corner) for corner in area.replace("$", "").upper().split(":")]
    if len(corners) != 2:
        raise ValueError(f"{area!r} is no range of cells")
    (top, left), (bottom, right) = corners
    return (min(top, bottom), min(left, right)), (max(top, bottom), max(left, right))


@dataclass(frozen=True, slots=True)
class Corrected:
    """``sheet`` is read instead of the sheet as sent (the very same where nothing was corrected). ``texts`` are the
    corrected cells, ``set_aside`` those that say nothing now, with the reason."""

    sheet: Sheet
    texts: Mapping[Position, str]
    set_aside: Mapping[Position, str]


def corrected(sheet: Sheet, corrections: Corrections) -> Corrected:
    """A copy of ``sheet`` as it should have been. Corrections of cells the sheet does not have are left out."""
    height, width = len(sheet.rows), len(sheet.rows[0]) if sheet.rows else 0
    told = ((position_of(cell), text) for (name, cell), text in corrections.cells.items() if name == sheet.name)
    texts = {(row, column): text for (row, column), text in told if row <= height and column <= width}
    area = corrections.areas.get(sheet.name)
    if not texts and area is None:
        return Corrected(sheet, {}, {})
    outside = {p for p in sheet.filled_cells() if not _within(p, area)} if area else set()
    aside = dict.fromkeys(outside, "outside_area")
    aside |= {p: "emptied" for p, text in texts.items() if not text.strip() and sheet.filled(*p) and p not in outside}
    return Corrected(_rewritten(sheet, dict.fromkeys(outside) | texts), texts, aside)


def _within(position: Position, area: str) -> bool:
    (top, left), (bottom, right) = corners_of(area)
    return top <= position[0] <= bottom and left <= position[1] <= right


def _rewritten(sheet: Sheet, values: Mapping[Position, CellValue]) -> Sheet:
    rows = list(sheet.rows)
    for number in {row for row, _ in values}:
        rows[number - 1] = list(rows[number - 1])
    for (row, column), value in values.items():
        rows[row - 1][column - 1] = value or None
    return replace(
        sheet,
        rows=rows,
        errors=_without(sheet.errors, values),
        formulas_without_value=_without(sheet.formulas_without_value, values),
        fills=_without(sheet.fills, values),
        percent=sheet.percent - values.keys(),
        struck=sheet.struck - values.keys(),
        struck_parts=sheet.struck_parts - values.keys(),
    )


def _without(known: Mapping[Position, str], positions: Mapping[Position, CellValue]) -> dict[Position, str]:
    return {position: text for position, text in known.items() if position not in positions}


def meanings_on(sheet: str, corrections: Corrections) -> dict[str, str]:
    """Normalised heading -> field, for naming the columns of this sheet."""
    return {normalise(heading): field for (name, heading), field in corrections.columns.items() if name == sheet}


def tell_corrected(sheet: Sheet, texts: Mapping[Position, str], drafts: Iterable[Draft]) -> list[Issue]:
    """Mark what was read from corrected cells, give it back what really stood there, and tell each correction."""
    for draft in drafts:
        for name, cells in draft.cells.items():
            if any((row, column) in texts for row, column, _ in cells):
                draft.said[name] = [_stood(sheet, (row, column)) for row, column, _ in cells]
                draft.marks[name] = MARK
        for heading, cell in draft.kept_cells.items():
            if cell in texts:
                draft.kept[heading] = _stood(sheet, cell)
    return [_told(sheet, cell, text) for cell, text in sorted(texts.items())]


def _stood(sheet: Sheet, cell: Position) -> str:
    return sheet.errors.get(cell) or said_of(sheet.value(*cell))


def _told(sheet: Sheet, cell: Position, text: str) -> Issue:
    code = MARK if text.strip() else "cell_emptied"
    return Issue(code, sheet.name, (address(*cell),), _stood(sheet, cell), {"text": text})


def replaced_name(text: str, old: str, new: str) -> str:
    """``"Caritas; AWO"`` with ``new`` for one of the names in it, the others as they stand."""
    return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: new, text, count=1)
