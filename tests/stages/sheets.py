"""Sheets built in tests, and the proof that every filled cell has exactly one place."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from etl.issues import Issue
from etl.stages.find_tables import find_tables
from etl.stages.name_columns import name_columns
from etl.stages.read_workbook import read_workbook
from etl.stages.shapes import CellValue, Sheet, Table
from etl.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"


def sheet(*rows: list[CellValue], name: str = "Blatt", merged: list[tuple[int, int, int, int]] | None = None) -> Sheet:
    """A sheet of ``rows``; short rows are filled up with blanks."""
    width = max(len(row) for row in rows)
    return Sheet(name, rows=[[*row, *[None] * (width - len(row))] for row in rows], merged=merged or [])


def real_sheet(file: str, name: str | None = None) -> Sheet:
    """A sheet of a real workbook beside the project; skips where that is absent."""
    path = CORPORA / "real" / file
    if not path.exists():
        pytest.skip(f"{path} is not here")
    sheets = read_workbook(path.read_bytes(), path.name).sheets
    return sheets[0] if name is None else next(found for found in sheets if found.name == name)


def understood(of: Sheet) -> tuple[list[Table], list[Issue]]:
    """The sheet's tables with columns named, and what was said about them; proves the sum of cells on the way."""
    tables, aside, issues = find_tables(of, VOCABULARY)
    assert_every_cell_has_one_place(of, tables, aside)
    named = [name_columns(table, of, VOCABULARY) for table in tables]
    return [table for table, _ in named], issues + [issue for _, found in named for issue in found]


def only_table(of: Sheet) -> Table:
    tables, _ = understood(of)
    assert len(tables) == 1, [(table.header_rows, table.kind) for table in tables]
    return tables[0]


def fields(table: Table) -> dict[str, str | None]:
    return {column.heading: column.field for column in table.columns}


def reasons(of: Sheet) -> dict[str, int]:
    _, aside, _ = find_tables(of, VOCABULARY)
    return dict(Counter(aside.values()))


def _data_cells(table: Table) -> list[tuple[int, int]]:
    if table.orientation == "form":
        return [cell for column in table.columns for cell in column.value_cells]
    cells = [(row, column.column) for row in table.data_rows for column in table.columns]
    return cells if table.orientation == "down" else [(column, row) for row, column in cells]


def assert_every_cell_has_one_place(of: Sheet, tables: list[Table], aside: dict[tuple[int, int], str]) -> None:
    headings = {cell for table in tables for column in table.columns for cell in column.heading_cells}
    data = Counter(cell for table in tables for cell in _data_cells(table))
    twice = [cell for cell, times in data.items() if times > 1]
    assert not twice, f"cells in two tables: {twice[:5]}"
    for row in range(1, len(of.rows) + 1):
        for column in range(1, len(of.rows[0]) + 1):
            if of.filled(row, column):
                cell = (row, column)
                places = [cell in headings, cell in data, cell in aside]
                assert sum(places) == 1, f"{cell} {of.value(row, column)!r} is heading, data, set aside: {places}"
