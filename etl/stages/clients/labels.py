"""Labels of a sheet (headings of a table, labels of a form) that speak of people, and the values that belong to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from etl.stages.clients.words import roles_of
from etl.stages.shapes import CellValue, Sheet, Table, is_filled

Position = tuple[int, int]
#: Headings stand at the top, labels of forms and transposed tables on the left.
_TOP_ROWS, _LEFT_COLUMNS, _FORM_ROWS = 8, 4, 60
#: So many values say what a column holds.
_SAMPLE = 60


@dataclass(frozen=True, slots=True)
class Label:
    """``roles`` is what its text speaks of; ``values`` are filled cells that belong to it, as many as tell."""

    row: int
    column: int
    text: str
    roles: frozenset[str]
    values: tuple[CellValue, ...]


def groups_of_labels(sheet: Sheet, tables: Sequence[Table]) -> Iterator[tuple[str, list[Label]]]:
    """("rows" or "columns" where the records' own facts stand in columns or rows, labels): one group for each row
    with a label that speaks of people, and one for all labels that have their value at the right."""
    found = _speaking(sheet, tables)
    by_row: dict[int, set[int]] = defaultdict(set)
    for row, column in found:
        by_row[row].add(column)
    end = len(sheet.rows) + 1
    headings = {row for table in tables for row in table.header_rows} | _first_wide_row(sheet)
    rows = [row for row in sorted(by_row) if row in headings or _mostly_labels(sheet, row, len(by_row[row]))]
    for row, after in pairwise([*rows, end]):
        yield "columns", _heading_row(sheet, row, after if len(by_row.get(after, ())) > 1 else end)
    beside = [_beside(sheet, *place) for place in found if not _label_at(sheet, place[0], place[1] + 1)]
    yield "rows", [label for label in beside if label.values]


def _first_wide_row(sheet: Sheet) -> set[int]:
    """The first row with more than a title in it."""
    wide = (number for number, row in enumerate(sheet.rows[:_TOP_ROWS], 1) if sum(map(is_filled, row)) > 1)
    return set(islice(wide, 1))


def _mostly_labels(sheet: Sheet, row: int, labels: int) -> bool:
    return 2 * labels >= sum(map(is_filled, sheet.rows[row - 1]))


def _speaking(sheet: Sheet, tables: Sequence[Table]) -> list[Position]:
    return sorted({place for place in _places(sheet, tables) if _label_at(sheet, *place)})


def _places(sheet: Sheet, tables: Sequence[Table]) -> Iterator[Position]:
    width = len(sheet.rows[0]) if sheet.rows else 0
    for row in range(1, min(len(sheet.rows), _FORM_ROWS) + 1):
        last = width if row <= _TOP_ROWS else min(width, _LEFT_COLUMNS)
        yield from ((row, column) for column in range(1, last + 1))
    for table in tables:
        for column in table.columns:
            yield from column.heading_cells


def _label_at(sheet: Sheet, row: int, column: int) -> bool:
    if not (row <= len(sheet.rows) and column <= len(sheet.rows[0])):
        return False
    value = sheet.value(row, column)
    return isinstance(value, str) and bool(roles_of(value))


def _heading_row(sheet: Sheet, row: int, end: int) -> list[Label]:
    """Every cell of a heading row, with what stands below it."""
    labels = []
    for column, value in enumerate(sheet.rows[row - 1], 1):
        text = value if isinstance(value, str) else ""
        below = (line[column - 1] for line in sheet.rows[row : end - 1])
        labels.append(Label(row, column, text, roles_of(text), _filled(below)))
    return labels


def _beside(sheet: Sheet, row: int, column: int) -> Label:
    text = str(sheet.value(row, column))
    return Label(row, column, text, roles_of(text), _filled(sheet.rows[row - 1][column:]))


def _filled(values: Iterable[CellValue]) -> tuple[CellValue, ...]:
    found = []
    for value in values:
        if is_filled(value):
            found.append(value)
            if len(found) == _SAMPLE:
                break
    return tuple(found)
