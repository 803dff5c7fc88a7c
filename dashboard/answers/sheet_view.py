"""A partner's sheet as it looks, each filled cell with what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from etl.issues import Issue
from etl.pipeline.preview import Preview
from etl.pipeline.understanding import SheetUnderstood
from etl.stages.shapes import CellValue, Column, Draft, Sheet, Table, address, column_letters
from etl.vocabulary import load_vocabulary

#: Rows shown from the top before calm ones are folded; rows shown at most; columns shown at most.
FIRST_ROWS, MOST_ROWS, MOST_COLUMNS = 12, 300, 60
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
_MOST_CELLS_OF_A_RANGE = 4000

Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell was read as where that was not exact: a value with its field's type, domain and qualifiers."""

    value: Any
    type: str
    domain: str
    qualifier: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GridCell:
    """``outcome``: empty, heading, loaded, read (not exact), corrected, ask, kept or aside. ``reason`` is an issue code
    or why it was set aside. ``stored`` is an error or a formula without result. ``said`` is the text it is read as
    instead. ``span`` columns wide, ``repeated`` says that the cell at its left has the same outcome and reason."""

    address: str
    value: CellValue = None
    stored: str | None = None
    percent: bool = False
    outcome: str = "empty"
    reason: str | None = None
    reading: Reading | None = None
    span: int = 1
    repeated: bool = False
    taken_for: TakenFor | None = None
    said: str | None = None


@dataclass(frozen=True, slots=True)
class TakenFor:
    """What a column is taken for: a vocabulary field (None: kept), and how we know (``said``: for this file;
    ``displaced``: its meaning was said of another column).

    ``cell`` is its heading's, None where a column without heading can't be put right.
    """

    field: str | None
    how: str
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of the sheet. ``taken_for`` stands above it where a table begins: one entry a column, None beside it."""

    number: int
    cells: tuple[GridCell, ...]
    taken_for: tuple[TakenFor | None, ...] | None = None
    folded: bool = False


@dataclass(frozen=True, slots=True)
class SheetView:
    """One sheet. ``rows`` may be folded each; ``left_off`` filled rows come after the last one shown."""

    name: str
    hidden: bool
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    left_off: int
    columns_left_off: int
    cells: Mapping[str, int]
    aside: Mapping[str, int]

    @property
    def folded(self) -> int:
        return sum(row.folded for row in self.rows)


@dataclass(frozen=True, slots=True)
class SheetName:
    """A sheet to choose: its name and how many of its cells ask something."""

    name: str
    to_clarify: int


def sheet_names(preview: Preview) -> tuple[SheetName, ...]:
    """The sheets with anything in them, in the file's order."""
    return tuple(SheetName(s.sheet.name, s.ledger.reported) for s in preview.understood.sheets if s.ledger.filled)


def sheet_view(preview: Preview, name: str | None, here: str | None = None) -> SheetView:
    """The sheet of this name, else the first that asks something, else the first. ``here`` is never folded away."""
    filled = [s for s in preview.understood.sheets if s.ledger.filled]
    chosen = next((s for s in filled if s.sheet.name == name), None)
    chosen = chosen or next((s for s in filled if s.ledger.reported), filled[0])
    return _View(preview, chosen).built(here)


def grid_cell(preview: Preview, understood: SheetUnderstood, position: Position) -> GridCell:
    """One cell as the grid shows it."""
    return _View(preview, understood).cell(*position)


class _View:
    """Collects what is known about each cell of a sheet, then lays the rows out."""

    def __init__(self, preview: Preview, understood: SheetUnderstood) -> None:
        self.understood, self.sheet = understood, understood.sheet
        self.issues = dict(_cells_of_issues(i for i in single(preview.issues) if i.sheet == self.sheet.name))
        self.readings = dict(_readings(preview, self.sheet.name))
        self.said = {cell: text for (name, cell), text in preview.corrections.cells.items() if name == self.sheet.name}
        self.meanings = {h for name, h in preview.corrections.columns if name == self.sheet.name}
        here = (place for cell in self.said for place in cells_of(cell) if _in_sheet(self.sheet, place))
        positions = {*understood.outcomes, *here}
        self.width = max((c for _, c in positions), default=1)
        self.shown_width = min(self.width, MOST_COLUMNS)
        self.numbers = sorted({r for r, _ in positions})
        self.taken_at = {cell: self._taken(c) for table in understood.tables for cell, c in _taken_cells(table)}

    def built(self, here: str | None) -> SheetView:
        tables = {_top(t): t for t in self.understood.tables if t.kind and t.orientation == "down"}
        rows, ledger = [], self.understood.ledger
        for place, number in enumerate(self.numbers[:MOST_ROWS]):
            cells = tuple(self._cells(number))
            calm = place >= FIRST_ROWS and number not in tables and not any(_speaks(cell, here) for cell in cells)
            rows.append(GridRow(number, cells, self._taken_for(tables.get(number)), calm))
        return SheetView(
            name=self.sheet.name,
            hidden=self.sheet.hidden,
            columns=tuple(column_letters(c) for c in range(1, self.shown_width + 1)),
            rows=tuple(rows),
            left_off=max(0, len(self.numbers) - MOST_ROWS),
            columns_left_off=self.width - self.shown_width,
            cells={n: getattr(ledger, n) for n in ("filled", "headings", "loaded", "kept", "withheld", "reported")},
            aside=ledger.set_aside,
        )

    def _taken_for(self, table: Table | None) -> tuple[TakenFor | None, ...] | None:
        if table is None:
            return None
        columns = {column.column: self._taken(column) for column in table.columns}
        return tuple(columns.get(c) for c in range(1, self.shown_width + 1))

    def _taken(self, column: Column) -> TakenFor:
        """A correction is remembered for this file; ``said`` tells it from what was confirmed for the partner."""
        how = "said" if column.how == "remembered" and column.heading in self.meanings else column.how
        if column.field is None and column.heading in self.meanings:
            how = "said"
        displaced = any(
            issue is not None and issue.code == "heading_taken" for issue in map(self.issues.get, column.heading_cells)
        )
        if column.field is None and displaced:
            how = "displaced"
        cell = address(*column.heading_cells[0]) if column.heading and column.heading_cells else None
        return TakenFor(column.field, how, cell)

    def _cells(self, row: int) -> Iterator[GridCell]:
        column, before = 1, None
        while column <= self.shown_width:
            cell = self.cell(row, column)
            if before is not None and before.outcome == cell.outcome in ("aside", "ask"):
                cell = replace(cell, repeated=before.reason == cell.reason)
            yield cell
            column, before = column + cell.span, cell

    def cell(self, row: int, column: int) -> GridCell:
        at, said = (row, column), self.said.get(address(row, column))
        outcome = self.understood.outcomes.get(at)
        if outcome is None:
            return GridCell(address(row, column), outcome="corrected" if said else "empty", said=said or None)
        kind, reason, reading = self._became(at, outcome)
        if said and kind in ("loaded", "read", "kept"):
            kind = "corrected"
        return GridCell(
            address(row, column),
            value=self.sheet.value(row, column),
            stored=self.sheet.errors.get(at) or self.sheet.formulas_without_value.get(at),
            percent=at in self.sheet.percent,
            outcome=kind,
            reason=reason,
            reading=reading,
            span=self._span(row, column) if kind == "aside" else 1,
            taken_for=self.taken_at.get(at),
            said=said,
        )

    def _became(self, at: Position, outcome: str) -> tuple[str, str | None, Reading | None]:
        issue = self.issues.get(at)
        if outcome.startswith("set_aside:"):
            return "aside", outcome.removeprefix("set_aside:"), None
        if outcome == "reported":
            return "ask", issue.code if issue else None, None
        if outcome == "loaded" and (at in self.readings or (issue and issue.severity == "warning")):
            return "read", issue.code if issue else None, self.readings.get(at)
        return outcome, None, None

    def _span(self, row: int, column: int) -> int:
        """A text that was set aside runs over the empty cells at its right, as it does in a spreadsheet."""
        end = column
        while end < self.shown_width and (row, end + 1) not in self.understood.outcomes:
            end += 1
        return end - column + 1


def _in_sheet(sheet: Sheet, position: Position) -> bool:
    return position[0] <= len(sheet.rows) and position[1] <= len(sheet.rows[0])


def _speaks(cell: GridCell, here: str | None) -> bool:
    """Whether a row with this cell has to be shown."""
    quiet = cell.outcome == "aside" and cell.reason in ("ditto", "template_row")
    return cell.address == here or (cell.outcome in ("read", "corrected", "ask", "aside", "heading") and not quiet)


def _top(table: Table) -> int:
    """The first row of a table's heading."""
    return min((row for column in table.columns for row, _ in column.heading_cells), default=table.first_row)


def _taken_cells(table: Table) -> Iterator[tuple[Position, Column]]:
    """For forms and transposed tables: what stands beside each heading."""
    if table.kind and table.orientation != "down":
        for column in table.columns:
            for cell in column.heading_cells[-1:]:
                yield cell, column


def _readings(preview: Preview, sheet: str) -> Iterator[tuple[Position, Reading]]:
    """Cell -> what was read in it, for every field whose reading was marked as not exact."""
    types = {(f.kind, f.short): f for f in load_vocabulary().fields.values()}
    understood = preview.understood
    for number, draft in enumerate(understood.drafts):
        if draft.marks and understood.tables[understood.table_of[number]][0] == sheet:
            for name in draft.marks:
                found = types.get((draft.kind, name))
                for row, column, role in draft.cells.get(name, ()):
                    if role in ("value", "colour") and name in draft.values:
                        yield (row, column), _reading(draft, name, found)


def _reading(draft: Draft, name: str, found: Any) -> Reading:
    type_, domain = (found.type, found.values) if found else ("text", "")
    return Reading(draft.values[name], type_, domain, draft.qualifier.get(name, {}))


def single(issues: Iterable[Issue]) -> Iterator[Issue]:
    """The issues themselves, where they are told as groups."""
    for issue in issues:
        yield from issue.parts or (issue,)


def _cells_of_issues(issues: Iterable[Issue]) -> Iterator[tuple[Position, Issue]]:
    """Cell -> the weightiest issue that names it (later ones win in a dict)."""
    weight = {"note": 0, "warning": 1, "error": 2}
    for issue in sorted(issues, key=lambda i: weight[i.severity]):
        for text in issue.cells:
            for position in cells_of(text):
                yield position, issue


def cells_of(text: str) -> Iterator[Position]:
    """The positions of an address or a range (``"A3:F9"``); nothing for what is no address."""
    found = _RANGE.fullmatch(text)
    if found is None:
        return
    first, top = _number(found.group(1)), int(found.group(2))
    last, bottom = (_number(found.group(3)), int(found.group(4))) if found.group(3) else (first, top)
    if (last - first + 1) * (bottom - top + 1) <= _MOST_CELLS_OF_A_RANGE:
        yield from ((row, column) for row in range(top, bottom + 1) for column in range(first, last + 1))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
