"""What the sender wants left out of a file: parts of sheets are named, blanked and counted before anything else looks.

``TN!B:D`` are columns, ``TN!5:9`` rows, ``TN!B4:C9`` cells, ``TN!`` a whole sheet; several are joined by commas. In a
file with one sheet its name may be missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from etl.issues import DeliveryRefused, Issue
from etl.stages.readers.cells import column_number
from etl.stages.shapes import Sheet, Workbook

_AREA = re.compile(r"\$?([A-Za-z]{1,3})?\$?(\d{1,7})?(?::\$?([A-Za-z]{1,3})?\$?(\d{1,7})?)?")
_END = 10_000_000
Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Area:
    """Cells of a sheet, all bounds inclusive."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int

    def cells(self, sheet: Sheet) -> Iterator[Position]:
        width = len(sheet.rows[0]) if sheet.rows else 0
        for row in range(self.first_row, min(self.last_row, len(sheet.rows)) + 1):
            for column in range(self.first_column, min(self.last_column, width) + 1):
                yield row, column


def withhold(workbook: Workbook, parts: Iterable[str]) -> list[int]:
    """Blank the named ``parts`` of ``workbook``; how many filled cells that were, sheet by sheet.

    Raises ``DeliveryRefused`` (withhold_unclear) where a part can't be found in the file.
    """
    counts = [0] * len(workbook.sheets)
    for part in parts:
        number, areas = _found(workbook, part)
        counts[number] += _blank(workbook.sheets[number], areas)
    return counts


def _found(workbook: Workbook, part: str) -> tuple[int, list[Area]]:
    name, mark, rest = part.rpartition("!")
    names = [sheet.name for sheet in workbook.sheets]
    if mark and name.strip("'") in names:
        number = names.index(name.strip("'"))
    elif not mark and len(names) == 1:
        number = 0
    else:
        raise _unclear(part)
    return number, _areas(part, rest)


def _areas(part: str, text: str) -> list[Area]:
    if not text.strip():
        return [Area(1, _END, 1, _END)]
    return [_area(part, piece.strip()) for piece in text.split(",")]


def _area(part: str, text: str) -> Area:
    found = _AREA.fullmatch(text)
    if not text or not found:
        raise _unclear(part)
    column, row, last_column, last_row = found.groups()
    if ":" not in text:
        last_column, last_row = column, row
    rows = _bounds(int(row) if row else None, int(last_row) if last_row else None)
    columns = _bounds(_number(column), _number(last_column))
    if rows is None or columns is None:
        raise _unclear(part)
    return Area(*rows, *columns)


def _number(letters: str | None) -> int | None:
    return column_number(letters.upper().encode()) if letters else None


def _bounds(first: int | None, last: int | None) -> tuple[int, int] | None:
    """All of them where nothing is said; None where only one end is."""
    if first is None and last is None:
        return 1, _END
    return (min(first, last), max(first, last)) if first and last else None


def _unclear(part: str) -> DeliveryRefused:
    return DeliveryRefused(Issue("withhold_unclear", found=part))


def _blank(sheet: Sheet, areas: Sequence[Area]) -> int:
    cells = {cell for area in areas for cell in area.cells(sheet)}
    filled = sum(sheet.filled(*cell) for cell in cells)
    for row, column in cells:
        sheet.rows[row - 1][column - 1] = None
    for beside in (sheet.errors, sheet.formulas_without_value, sheet.fills, sheet.comments):
        for cell in cells & beside.keys():
            del beside[cell]
    for marked in (sheet.percent, sheet.struck, sheet.struck_parts, sheet.external):
        marked -= cells
    return filled
