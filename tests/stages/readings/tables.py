"""Small tables built by hand, for tests of what is read out of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.issues import Issue
from etl.stages.read_values import read_values
from etl.stages.shapes import CellValue, Column, Draft, Section, Sheet, Table, said_of, said_texts
from etl.vocabulary import load_vocabulary

DAY = dt.date(2026, 11, 20)
VOCABULARY = load_vocabulary()


@dataclass
class Outcome:
    sheet: Sheet
    drafts: list[Draft]
    outcomes: dict[tuple[int, int], str]
    issues: list[Issue]

    def of(self, kind: str) -> list[Draft]:
        return [draft for draft in self.drafts if draft.kind == kind]

    def only(self, kind: str) -> Draft:
        (draft,) = self.of(kind)
        return draft

    def codes(self) -> list[str]:
        return [issue.code for issue in self.issues]


def sheet_of(headings: Sequence[str], rows: Sequence[Sequence[CellValue]], **facts: object) -> Sheet:
    sheet = Sheet("Liste", rows=[list(headings), *(list(row) for row in rows)])
    return replace(sheet, **facts)  # type: ignore[arg-type]


def read(
    kind: str,
    fields: Sequence[str | Column | None],
    *rows: Sequence[CellValue],
    sections: Sequence[Section] = (),
    skip: Sequence[int] = (),
    day: dt.date = DAY,
    **facts: object,
) -> Outcome:
    """Reads rows below one row of headings; ``fields`` are names after the kind, whole names, None or columns."""
    columns = [_column(kind, place, field) for place, field in enumerate(fields, 1)]
    sheet = sheet_of([column.heading for column in columns], rows, **facts)
    data = [row for row in range(2, len(rows) + 2) if row not in skip]
    table = Table("Liste", kind, (1,), 1, len(rows) + 1, 1, len(columns), columns=columns, data_rows=data)
    table.sections = list(sections)
    drafts, outcomes, issues = read_values(table, sheet, VOCABULARY, day)
    found = Outcome(sheet, drafts, outcomes, issues)
    prove(found, table)
    return found


def _column(kind: str, place: int, field: str | Column | None) -> Column:
    if isinstance(field, Column):
        return replace(field, column=place, heading_cells=field.heading_cells or ((1, place),))
    name = field if field is None or "." in field else f"{kind}.{field}"
    return Column(place, f"Spalte {place}" if name is None else name, name, heading_cells=((1, place),))


def prove(found: Outcome, table: Table) -> None:
    """Every filled cell has one outcome, no other cell has any, and ``said`` is what stands in the cells."""
    filled = {(r, c) for r in table.data_rows for c in range(1, table.last_column + 1) if found.sheet.filled(r, c)}
    filled |= {(s.row, s.column) for s in table.sections}
    assert filled == set(found.outcomes)
    sources: set[tuple[int, int]] = set()
    for draft in found.drafts:
        for name, cells in draft.cells.items():
            sources |= {(row, column) for row, column, _ in cells}
            expected = ["" if role == "colour" else said_of(found.sheet.value(r, c)) for r, c, role in cells]
            assert said_texts(draft, name) == expected, name
        assert draft.parent is None or draft.parent < found.drafts.index(draft)
    loaded = {position for position, outcome in found.outcomes.items() if outcome == "loaded"}
    assert loaded <= sources
    stored = {cell for draft in found.drafts for cell in draft.kept_cells.values()} | sources
    assert {position for position, outcome in found.outcomes.items() if outcome == "kept"} <= stored
    assert all(draft.kept.keys() == draft.kept_cells.keys() for draft in found.drafts)
    named = {cell for issue in found.issues for cell in issue.cells}
    for (row, column), outcome in found.outcomes.items():
        if outcome == "reported":
            assert f"{chr(64 + column)}{row}" in named
