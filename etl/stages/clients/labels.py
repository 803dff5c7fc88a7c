"""Labels of a sheet (headings of a table, labels of a form) that speak of people, and the values that go with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise

from etl.stages.clients.words import roles_of
from etl.stages.shapes import CellValue, Sheet, Table, is_filled

Position = tuple[int, int]
#: Headings stand at the top, labels of forms and transposed tables on the left.
_TOP_ROWS, _LEFT_COLUMNS, _FORM_ROWS, _FORM_COLUMNS = 8, 4, 40, 6
#: So many values say what a column holds.
_SAMPLE = 12


@dataclass(frozen=True, eq=False)
class Label:
    """``roles`` is what its text speaks of; its values are looked at only where they matter."""

    sheet: Sheet
    row: int
    column: int
    text: str
    roles: frozenset[str]
    #: The values stand below it, up to this row (exclusive); None: they stand at its right.
    end: int | None

    @cached_property
    def values(self) -> tuple[CellValue, ...]:
        """Filled cells that belong to it, as many as tell."""
        rows = self.sheet.rows
        if self.end is None:
            return tuple(islice(filter(is_filled, rows[self.row - 1][self.column :]), _SAMPLE))
        below = (rows[number][self.column - 1] for number in range(self.row, self.end - 1))
        return tuple(islice(filter(is_filled, below), _SAMPLE))


def groups_of_labels(sheet: Sheet, tables: Sequence[Table]) -> Iterator[tuple[str, list[Label]]]:
    """("rows" or "columns" where the records' own facts stand in columns or rows, labels): one group for each row
    with a label that speaks of people, and one for all labels that have their value at the right."""
    found = _labels_in(sheet, tables)
    by_row: dict[int, set[int]] = defaultdict(set)
    for row, column in found:
        by_row[row].add(column)
    end = len(sheet.rows) + 1
    headings = {row for table in tables for row in table.header_rows} | _first_wide_row(sheet)
    rows = [
        row
        for row in sorted(by_row)
        if row in headings or (_mostly_labels(sheet, row, len(by_row[row])) and not _is_title(sheet, row))
    ]
    for row, after in pairwise([*rows, end]):
        yield "columns", _heading_row(sheet, row, after if len(by_row.get(after, ())) > 1 else end)
    beside = [_beside(sheet, *place) for place in found if _labels_a_line(sheet, place)]
    yield "rows", [label for label in beside if label.values]


def _first_wide_row(sheet: Sheet) -> set[int]:
    """The first row with more than a title in it."""
    wide = (number for number, row in enumerate(sheet.rows[:_TOP_ROWS], 1) if sum(map(is_filled, row)) > 1)
    return set(islice(wide, 1))


def _labels_a_line(sheet: Sheet, place: Position) -> bool:
    """It may have its value at the right: no other label does, and forms are narrow."""
    row, column = place
    return column <= _FORM_COLUMNS and not _label_at(sheet, row, column + 1)


def _is_title(sheet: Sheet, row: int) -> bool:
    """Alone in its row above wider ones: "Flüchtlingshilfe Neustadt – 2025" heads no column."""
    below = next((found for found in sheet.rows[row:] if any(map(is_filled, found))), [])
    return sum(map(is_filled, sheet.rows[row - 1])) == 1 and sum(map(is_filled, below)) > 1


def _mostly_labels(sheet: Sheet, row: int, labels: int) -> bool:
    cells = sheet.rows[row - 1]
    return 2 * labels >= len(cells) - cells.count(None)


def _labels_in(sheet: Sheet, tables: Sequence[Table]) -> list[Position]:
    """Where labels stand that speak of people, row by row: at the top, on the left, in the headings of tables."""
    found = {cell for table in tables for column in table.columns for cell in column.heading_cells}
    found = {cell for cell in found if _label_at(sheet, *cell)}
    for row, cells in enumerate(sheet.rows[:_FORM_ROWS], 1):
        for column, value in enumerate(cells if row <= _TOP_ROWS else cells[:_LEFT_COLUMNS], 1):
            if value.__class__ is str and roles_of(value):  # type: ignore[arg-type]
                found.add((row, column))
    return sorted(found)


def _label_at(sheet: Sheet, row: int, column: int) -> bool:
    if not (row <= len(sheet.rows) and column <= len(sheet.rows[0])):
        return False
    value = sheet.rows[row - 1][column - 1]
    return value.__class__ is str and bool(roles_of(value))  # type: ignore[arg-type]


def _heading_row(sheet: Sheet, row: int, end: int) -> list[Label]:
    """Every cell of a heading row, with what stands below it."""
    texts = [value if isinstance(value, str) else "" for value in sheet.rows[row - 1]]
    return [Label(sheet, row, column, text, roles_of(text), end) for column, text in enumerate(texts, 1)]


def _beside(sheet: Sheet, row: int, column: int) -> Label:
    text = str(sheet.value(row, column))
    return Label(sheet, row, column, text, roles_of(text), None)
