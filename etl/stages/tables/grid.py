"""A sheet seen as rows of filled cells: counts, blank rows and columns, merged ranges. Read once, asked often."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from etl.stages.shapes import CellValue, Sheet, is_filled

_LOW = 3
LONGEST_HEADING = 150


class Grid:
    """Counts are exact for sparse rows; in well filled rows cells of blanks alone may be counted as filled."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows = sheet.rows
        self.height = len(sheet.rows)
        self.width = len(sheet.rows[0]) if sheet.rows else 0
        self._extra: dict[int, list[int]] = defaultdict(list)
        for row, column in sheet.errors.keys() | sheet.formulas_without_value.keys():
            self._extra[row].append(column)
        self._filled: dict[int, list[int]] = {}
        self.counts = self._count()
        self._merged_rows: dict[int, list[tuple[int, int, int, int]]] | None = None

    def _count(self) -> list[int]:
        width = self.width
        counts = [width - row.count(None) - row.count("") for row in self.rows]
        for place, count in enumerate(counts):
            if count <= _LOW and (count or place + 1 in self._extra):
                counts[place] = len(self.filled(place + 1))
        for row in self._extra:
            if counts[row - 1] > _LOW:
                counts[row - 1] = len(self.filled(row))
        return counts

    def filled(self, row: int) -> list[int]:
        """The row's filled columns, in order."""
        found = self._filled.get(row)
        if found is None:
            cells = self.rows[row - 1]
            found = [place for place, value in enumerate(cells, 1) if value is not None and is_filled(value)]
            if row in self._extra:
                found = sorted({*found, *self._extra[row]})
            self._filled[row] = found
        return found

    def value(self, row: int, column: int) -> CellValue:
        return self.rows[row - 1][column - 1]

    def text(self, row: int, column: int) -> str | None:
        """The trimmed text of a cell, None where it holds no text."""
        value = self.rows[row - 1][column - 1]
        return value.strip() if isinstance(value, str) else None

    def count(self, row: int) -> int:
        return self.counts[row - 1]

    def blocks(self) -> list[tuple[int, int]]:
        """Runs of rows that are not blank, as first and last row."""
        found: list[tuple[int, int]] = []
        start = 0
        for row, count in enumerate(self.counts, 1):
            if count and not start:
                start = row
            elif not count and start:
                found.append((start, row - 1))
                start = 0
        if start:
            found.append((start, self.height))
        return found

    def merged_in(self, row: int) -> list[tuple[int, int, int, int]]:
        """Merged ranges that touch ``row``."""
        if self._merged_rows is None:
            self._merged_rows = defaultdict(list)
            for area in self.sheet.merged:
                for touched in range(area[0], min(area[2], area[0] + 3) + 1):
                    self._merged_rows[touched].append(area)
        return self._merged_rows.get(row, [])

    def merged_width(self, row: int, column: int) -> int:
        """How many columns the cell covers (1 where it is not merged)."""
        for first_row, first, _, last in self.merged_in(row):
            if first_row == row and first == column:
                return last - first + 1
        return 1


def could_be_heading(value: CellValue) -> bool:
    """A short text, or a year: what stands in heading rows. Dates, amounts and prose do not."""
    if isinstance(value, str):
        text = value.strip()
        return 0 < len(text) <= LONGEST_HEADING and not _only_digits(text)
    if isinstance(value, bool) or value is None or isinstance(value, (dt.date, dt.time, dt.timedelta)):
        return False
    return is_year(value)


def is_year(value: CellValue) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 1990 <= value <= 2100 and value % 1 == 0


def _only_digits(text: str) -> bool:
    """Numbers, dates and amounts written as text; a year alone may be a heading."""
    if len(text) == 4 and text.isdigit():
        return not 1990 <= int(text) <= 2100
    if text[0] in "+-€":
        return text[1:2].isdigit()
    return text[0].isdigit() and not any(char.isalpha() for char in text)
