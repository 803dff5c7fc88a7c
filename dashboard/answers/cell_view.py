"""One cell of a waiting file: what stands there, how it was read, what it could say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.answers.column_view import value_cells
from dashboard.answers.order import alphabetical
from dashboard.answers.put_right import Word, position_in
from dashboard.answers.sheet_view import GridCell, Reading, cells_of, grid_cell, single
from dashboard.answers.uploads import Preview
from etl.issues import Issue
from etl.model.store import Store
from etl.pipeline.network import network_in
from etl.pipeline.understanding import SheetUnderstood
from etl.stages.readings.cells import Context, read_cell
from etl.stages.shapes import Column
from etl.vocabulary import Field, load_vocabulary


@dataclass(frozen=True, slots=True)
class ReadField:
    """A field that was read from the cell (its vocabulary name) and its value."""

    field: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell as it can be put right. ``cell`` is what the grid shows of it, ``said`` what was said about it.

    ``field`` is what its column is taken for. ``codes`` are the codes that may stand here, ``kind`` the kind of record
    that is named here (goal or partner); ``issues`` what is told about it.
    """

    sheet: str
    cell: GridCell
    heading: str | None
    field: Field | None
    read: tuple[ReadField, ...]
    said: str | None
    codes: tuple[str, ...]
    kind: str | None
    issues: tuple[Issue, ...]

    def says(self, text: str | None) -> Word:
        """``text``: what should stand there, "" for nothing, None for what does stand there."""
        return Word(cells=((self.sheet, self.cell.address, text),))


def cell_view(preview: Preview, sheet: str, cell: str) -> CellView | None:
    """The cell of this address; None where the sheet has no such cell."""
    understood = next((s for s in preview.understood.sheets if s.sheet.name == sheet), None)
    position = position_in(understood, cell) if understood else None
    if understood is None or position is None:
        return None
    column = _column_of(understood, position)
    field = load_vocabulary().fields.get(column.field) if column and column.field else None
    return CellView(
        sheet=sheet,
        cell=grid_cell(preview, understood, position),
        heading=column.heading if column else None,
        field=field,
        read=tuple(_read(preview, sheet, position)),
        said=preview.corrections.cells.get((sheet, cell)),
        codes=load_vocabulary().codes(field.values) if field and field.type in ("code", "codes") else (),
        kind=field.values if field and field.values in ("goal", "partner") else None,
        issues=tuple(i for i in single(preview.issues) if i.sheet == sheet and _names(i, position)),
    )


def _column_of(understood: SheetUnderstood, position: tuple[int, int]) -> Column | None:
    for table in understood.tables:
        if table.kind and table.first_row <= position[0] <= table.last_row:
            for column in table.columns:
                if position in value_cells(table, column):
                    return column
    return None


def _names(issue: Issue, position: tuple[int, int]) -> bool:
    return any(position in cells_of(text) for text in issue.cells)


def _read(preview: Preview, sheet: str, position: tuple[int, int]) -> Iterator[ReadField]:
    """What records took from the cell, each field once."""
    understood, seen = preview.understood, set()
    fields = {(f.kind, f.short): f for f in load_vocabulary().fields.values()}
    for number, draft in enumerate(understood.drafts):
        if understood.tables[understood.table_of[number]][0] != sheet:
            continue
        for name in draft.values.keys() | draft.qualifier.keys():
            found = fields.get((draft.kind, name))
            here = any((r, c) == position and role != "heading" for r, c, role in draft.cells.get(name, ()))
            if here and found and found.name not in seen:
                seen.add(found.name)
                reading = Reading(draft.values.get(name), found.type, found.values, draft.qualifier.get(name, {}))
                yield ReadField(found.name, reading)


def why_unreadable(view: CellView, text: str, day: dt.date) -> Issue | None:
    """Why ``text`` can't stand in the cell, where its column's field can't be read from it; None where it can."""
    if view.field is None:
        return None
    reading = read_cell(text, Context(view.field, load_vocabulary(), day))
    if reading.problem is None or not reading.gives_nothing:
        return None
    values = {"field": view.field.name}
    return Issue(reading.problem, None, (view.cell.address,), text, values, reading.proposal)


def known_names(store: Store, kind: str) -> tuple[str, ...]:
    """The names of the goals or partners the network knows, in alphabetical order."""
    with store.reading() as connection:
        names = network_in(connection).names.get(kind)
    return tuple(sorted({names.called(key) for key in names.texts}, key=alphabetical)) if names else ()
