"""Tables that do not run down, laid out as tables that do: what reads a list then reads cards and forms as well.

A table ``across`` (one record a column) is its sheet turned by a quarter. A ``form`` (one record, labels beside or
above the values) becomes two rows, labels over values. What was read is told in the sheet's own cells again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from etl.issues import Issue
from etl.stages.outcomes import Outcomes
from etl.stages.readers.cells import position_of
from etl.stages.shapes import CellValue, Column, Draft, Sheet, Table, address, said_of

Position = tuple[int, int]


@dataclass(slots=True)
class Upright:
    """``sheet`` and ``table`` are the laid-out copies; ``real`` gives the sheet's own cells for one of the copy."""

    sheet: Sheet
    table: Table
    real: Callable[[Position], tuple[Position, ...]]
    _original: Table

    def table_back(self, named: Table) -> Table:
        """The original with what was found out about the copy: kind, columns, sections."""
        pairs = zip(named.columns, self._original.columns, strict=True)
        columns = [
            replace(new, column=old.column, heading_cells=old.heading_cells, value_cells=old.value_cells)
            for new, old in pairs
        ]
        sections = [
            replace(s, row=self.real((s.row, s.column))[0][0], column=self.real((s.row, s.column))[0][1])
            for s in named.sections
        ]
        return replace(self._original, kind=named.kind, columns=columns, sections=sections)

    def issues_back(self, issues: Sequence[Issue]) -> list[Issue]:
        return [
            replace(issue, cells=self._cells_back(issue.cells), values=self._values_back(issue)) for issue in issues
        ]

    def _cells_back(self, cells: Sequence[str]) -> tuple[str, ...]:
        found: list[str] = []
        for cell in cells:
            found += self._corners_back(cell) if ":" in cell else [address(*p) for p in self.real(position_of(cell))]
        return tuple(found)

    def _corners_back(self, area: str) -> list[str]:
        first, last = (self.real(position_of(corner)) for corner in area.split(":"))
        corners = [*first, *last]
        top, left = min(p[0] for p in corners), min(p[1] for p in corners)
        bottom, right = max(p[0] for p in corners), max(p[1] for p in corners)
        return [f"{address(top, left)}:{address(bottom, right)}"]

    def _values_back(self, issue: Issue) -> dict[str, object]:
        """A column of the copy is called by its heading's row or cell."""
        if "column" not in issue.values:
            return issue.values
        row, column = self.real((1, position_of(f"{issue.values['column']}1")[1]))[0]
        place = str(row) if self._original.orientation == "across" else address(row, column)
        return {**issue.values, "column": place}

    def drafts_back(self, drafts: Sequence[Draft]) -> list[Draft]:
        for draft in drafts:
            for name, cells in list(draft.cells.items()):
                self._draft_cells_back(draft, name, cells)
            draft.cells = dict(draft.cells)
            draft.kept_cells = {heading: self.real(cell)[0] for heading, cell in draft.kept_cells.items()}
            if self._original.orientation == "form":
                draft.row = self._original.first_row
        return list(drafts)

    def _draft_cells_back(self, draft: Draft, name: str, cells: Sequence[tuple[int, int, str]]) -> None:
        real = [(*position, role) for row, column, role in cells for position in self.real((row, column))]
        if len(real) != len(cells):
            texts = draft.said.get(name) or [said_of(self.sheet.value(*cells[0][:2]))]
            draft.said[name] = _one_each(texts, cells, real)
        draft.cells[name] = real

    def outcomes_back(self, outcomes: Outcomes, sheet: Sheet) -> Outcomes:
        found = Outcomes.of(sheet)
        for position, outcome in outcomes.items():
            for cell in self.real(position):
                if sheet.filled(*cell) or outcome not in ("heading",):
                    found[cell] = outcome
        return found


def upright(table: Table, sheet: Sheet) -> Upright:
    """The copy of a table ``across`` or ``form`` that runs down."""
    if table.orientation == "across":
        return Upright(turned(sheet), turned_table(table), lambda cell: ((cell[1], cell[0]),), table)
    return _form_upright(table, sheet)


def turned(sheet: Sheet) -> Sheet:
    """The sheet with rows and columns exchanged."""
    return replace(
        sheet,
        rows=[list(column) for column in zip(*sheet.rows, strict=True)],
        errors={(c, r): text for (r, c), text in sheet.errors.items()},
        formulas_without_value={(c, r): text for (r, c), text in sheet.formulas_without_value.items()},
        percent={(c, r) for r, c in sheet.percent},
        fills={(c, r): colour for (r, c), colour in sheet.fills.items()},
        struck={(c, r) for r, c in sheet.struck},
        comments={(c, r): text for (r, c), text in sheet.comments.items()},
        merged=[(left, top, right, bottom) for top, left, bottom, right in sheet.merged],
        hidden_rows=sheet.hidden_columns,
        hidden_columns=sheet.hidden_rows,
    )


def turned_table(table: Table) -> Table:
    """``across`` as ``down`` and the other way round; the numbers of columns and records stay what they are."""
    across = table.orientation == "down"
    return replace(
        table,
        orientation="across" if across else "down",
        header_rows=() if across else table.header_rows,
        first_row=table.first_column,
        last_row=table.last_column,
        first_column=table.first_row,
        last_column=table.last_row,
        columns=[replace(c, heading_cells=tuple((b, a) for a, b in c.heading_cells)) for c in table.columns],
        sections=[replace(s, row=s.column, column=s.row) for s in table.sections],
        as_of=(table.as_of[1], table.as_of[0]) if table.as_of else None,
    )


def _form_upright(table: Table, sheet: Sheet) -> Upright:
    real: dict[Position, tuple[Position, ...]] = {}
    columns: list[Column] = []
    copy = Sheet(sheet.name, sheet.hidden, [[], []])
    for place, column in enumerate(table.columns, 1):
        real[1, place], real[2, place] = column.heading_cells, column.value_cells
        copy.rows[0].append(column.heading)
        copy.rows[1].append(_joined(sheet, column.value_cells))
        for cell in column.value_cells:
            _carry_over(sheet, cell, copy, (2, place))
        columns.append(replace(column, column=place, heading_cells=((1, place),), value_cells=()))
    laid = replace(
        table,
        orientation="down",
        header_rows=(1,),
        first_row=1,
        last_row=2,
        first_column=1,
        last_column=len(columns),
        columns=columns,
        data_rows=[2],
        sections=[],
        total_rows=[],
        as_of=None,
    )
    return Upright(copy, laid, lambda cell: real.get(cell, ()), table)


def _carry_over(sheet: Sheet, cell: Position, copy: Sheet, place: Position) -> None:
    if cell in sheet.errors:
        copy.errors[place] = sheet.errors[cell]
    if cell in sheet.formulas_without_value:
        copy.formulas_without_value[place] = sheet.formulas_without_value[cell]
    if cell in sheet.percent:
        copy.percent.add(place)
    if cell in sheet.fills:
        copy.fills[place] = sheet.fills[cell]


def _joined(sheet: Sheet, cells: Sequence[Position]) -> CellValue:
    """The value of a label; several cells that belong to one label are the lines of one text."""
    filled = [cell for cell in cells if sheet.filled(*cell)]
    if len(filled) <= 1:
        return sheet.value(*filled[0]) if filled else None
    return "\n".join(said_of(sheet.value(*cell)).strip() for cell in filled)


def _one_each(texts: Sequence[str], cells: Sequence[tuple[int, int, str]], real: Sequence[object]) -> list[str]:
    """A text that was joined from the lines of several cells, a line for each of them."""
    lines = [line for text in texts for line in (text.split("\n") if len(real) > len(cells) else [text])]
    return [*lines, *[""] * len(real)][: len(real)]
