"""One column of a waiting file: what it is taken for, what it could be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dashboard.answers.put_right import Word, position_in
from dashboard.answers.sheet_view import single
from dashboard.answers.uploads import Preview
from etl.pipeline.understanding import SheetUnderstood
from etl.stages.columns.anchors import ANCHORS, kind_of
from etl.stages.likely_fields import likely_fields
from etl.stages.shapes import CellValue, Column, Table, address
from etl.vocabulary import load_vocabulary

_SAMPLES = 4


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column as it can be put right. ``field`` None: kept. ``said``: what was said about it ("" to keep it), None
    where nobody did. ``samples``: different things that stand in it. ``likely`` and ``fields`` are vocabulary fields
    of this kind of list: the likeliest first, and all of them. ``elsewhere`` are those other columns are taken for,
    with their headings. ``how`` is ``displaced`` where what the heading means was said of another column. ``kind`` is
    the kind of list its table is read as.
    """

    sheet: str
    cell: str
    heading: str
    field: str | None
    how: str
    said: str | None
    samples: tuple[CellValue, ...]
    likely: tuple[str, ...]
    fields: tuple[str, ...]
    elsewhere: Mapping[str, str]
    kind: str

    def means(self, meaning: str | None) -> Word:
        """``meaning``: a field, "" to keep the column, None as proposed."""
        return Word(columns=((self.sheet, self.heading, meaning),))

    def unnames(self, meaning: str | None) -> bool:
        """Whether the list's rows have nothing to be called by any more with this ``meaning`` ("" to keep the column),
        so that the list would be read as another kind, or as none."""
        anchors, others = ANCHORS.get(self.kind, ()), frozenset(self.elsewhere)
        named = any(fields <= others | {self.field} for fields in anchors)
        return meaning is not None and named and not any(fields <= others | {meaning} for fields in anchors)


def column_at(understood: SheetUnderstood, cell: str) -> tuple[Table, Column] | None:
    """The recognised table and column whose heading stands in this cell."""
    position = position_in(understood, cell)
    for table in understood.tables:
        for column in table.columns if table.kind else ():
            if position in column.heading_cells and column.heading:
                return table, column
    return None


def column_view(preview: Preview, sheet: str, cell: str) -> ColumnView | None:
    """The column whose heading stands in ``cell``; None where there is none."""
    understood = next((s for s in preview.understood.sheets if s.sheet.name == sheet), None)
    found = column_at(understood, cell) if understood else None
    if understood is None or found is None:
        return None
    table, column = found
    elsewhere = {c.field: c.heading for c in table.columns if c.field and c is not column}
    fields = tuple(name for name in load_vocabulary().fields if kind_of(name) == table.kind)
    likely = likely_fields(table, column, understood.sheet, load_vocabulary())
    return ColumnView(
        sheet=sheet,
        cell=address(*column.heading_cells[0]),
        heading=column.heading,
        field=column.field,
        how="displaced" if column.field is None and (sheet, cell) in displaced(preview) else column.how,
        said=preview.corrections.columns.get((sheet, column.heading)),
        samples=tuple(dict.fromkeys(_values(understood, table, column)))[:_SAMPLES],
        likely=tuple(sorted((n for n in likely if n != column.field), key=lambda n: n in elsewhere)),
        fields=fields,
        elsewhere=elsewhere,
        kind=table.kind or "",
    )


def displaced(preview: Preview) -> frozenset[tuple[str, str]]:
    """Sheet and heading cell of the columns whose own meaning was said of another one."""
    taken = (issue for issue in single(preview.issues) if issue.code == "heading_taken")
    return frozenset((issue.sheet or "", cell) for issue in taken for cell in issue.cells)


def _values(understood: SheetUnderstood, table: Table, column: Column) -> Iterator[CellValue]:
    for position in value_cells(table, column):
        if understood.sheet.filled(*position) and understood.sheet.value(*position) is not None:
            yield understood.sheet.value(*position)


def value_cells(table: Table, column: Column) -> list[tuple[int, int]]:
    """Where the values of a column stand, whichever way the table lies."""
    if table.orientation == "down":
        return [(row, column.column) for row in table.data_rows]
    if table.orientation == "across":
        return [(column.column, place) for place in table.data_rows]
    return list(column.value_cells)
