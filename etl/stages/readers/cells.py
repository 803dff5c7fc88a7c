"""Small tools of the grid: references and the shape of rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import lru_cache
from operator import itemgetter

from etl.stages.readers.limits import Limits
from etl.stages.readers.refusal import Refusal
from etl.stages.shapes import CellValue, Sheet

Position = tuple[int, int]
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
ROW: Callable[[Position], int] = itemgetter(0)
COLUMN: Callable[[Position], int] = itemgetter(1)
#: Gives the number in (row, column) as the file writes it, or None.
Digits = Callable[[int, int], str | None]
#: So many ranges coloured by rules are remembered of a sheet.
MOST_RANGES = 50
#: So few merged ranges cost little even where they overlap.
FEW_RANGES = 500


def no_digits(row: int, column: int) -> str | None:
    return None


@lru_cache(maxsize=20_000)
def column_number(letters: bytes) -> int:
    """``b"A" -> 1``, ``b"AB" -> 28``."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def check_area(rows: int, columns: int, limits: Limits, sheet: str, already: int = 0) -> int:
    """The cells of a used range; refuses a workbook with more than ``limits.cells`` of them together."""
    area = rows * columns
    if area + already > limits.cells:
        raise Refusal("file_too_large", what="cells", sheet=sheet, limit=limits.cells, found=area + already)
    return area


def stretch(rows: list[list[CellValue]], row: int, column: int) -> None:
    """Make room so that (row, column), counted from 1, is inside."""
    width = max(len(rows[0]) if rows else 0, column)
    if rows and len(rows[0]) < width:
        for line in rows:
            line.extend([None] * (width - len(line)))
    while len(rows) < row:
        rows.append([None] * width)


def cut(rows: list[list[CellValue]]) -> None:
    """Drop trailing rows and columns in which nothing at all is stored."""
    while rows and not any(value is not None and value != "" for value in rows[-1]):
        rows.pop()
    width = len(rows[0]) if rows else 0
    while width and all(row[width - 1] is None or row[width - 1] == "" for row in rows):
        width -= 1
    if rows and width < len(rows[0]):
        for row in rows:
            del row[width:]


def square(sheet: Sheet, limits: Limits, already: int = 0) -> int:
    """Cut and stretch a sheet to what it holds; facts about cells outside are dropped. Returns the area."""
    cut(sheet.rows)
    outlying = [*sheet.errors, *sheet.formulas_without_value]
    height, width = len(sheet.rows), len(sheet.rows[0]) if sheet.rows else 0
    if outlying:
        height = max(height, max(row for row, _ in outlying))
        width = max(width, max(column for _, column in outlying))
    area = check_area(height, width, limits, sheet.name, already)
    if outlying:
        stretch(sheet.rows, height, width)
    _check_merged(sheet, height, width)
    _drop_outside(sheet, height, width)
    return area


def _check_merged(sheet: Sheet, height: int, width: int) -> None:
    """Merged ranges never overlap; a sheet made of many that do would cost a look at each cell of each of them."""
    if len(sheet.merged) > FEW_RANGES:
        covered = sum(
            max(min(bottom, height) - top + 1, 0) * max(min(right, width) - left + 1, 0)
            for top, left, bottom, right in sheet.merged
        )
        if covered > 2 * height * width:
            raise Refusal("file_damaged", sheet=sheet.name, why="merged")


def _drop_outside(sheet: Sheet, height: int, width: int) -> None:
    if _reaches_outside(sheet.fills, height, width):
        sheet.fills = {at: fill for at, fill in sheet.fills.items() if at[0] <= height and at[1] <= width}
    for positions in (sheet.percent, sheet.struck, sheet.struck_parts, sheet.external):
        if _reaches_outside(positions, height, width):
            positions -= {at for at in positions if at[0] > height or at[1] > width}
    del sheet.conditional[MOST_RANGES:]
    sheet.hidden_rows = {row for row in sheet.hidden_rows if row <= height}
    sheet.hidden_columns = {column for column in sheet.hidden_columns if column <= width}


def _reaches_outside(positions: Collection[Position], height: int, width: int) -> bool:
    return bool(positions) and (max(map(ROW, positions)) > height or max(map(COLUMN, positions)) > width)


def position_of(cell: str) -> Position:
    """``"D17" -> (17, 4)``. Raises ``ValueError``."""
    match = _CELL.fullmatch(cell)
    if not match:
        raise ValueError(f"{cell!r} is no cell")
    return int(match[2]), column_number(match[1].encode())
