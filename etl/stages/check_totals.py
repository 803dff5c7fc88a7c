"""Totals in a list, checked against the rows that were read: a difference is told ("Summe 411, gelesen 431")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from etl.issues import Issue
from etl.stages.readings.amounts import read_amount
from etl.stages.readings.counts import read_count
from etl.stages.shapes import Column, Draft, Sheet, Table, address
from etl.vocabulary import Vocabulary

#: Columns a total can be checked in; a total of indicator values or percentages means nothing.
SUMMED = frozenset({"amount", "count"})


def check_totals(table: Table, sheet: Sheet, drafts: Sequence[Draft], vocabulary: Vocabulary) -> list[Issue]:
    """Compare each total row with the rows above it, down to the total before; without ranges and monthly amounts."""
    issues: list[Issue] = []
    first = table.first_row
    for row in table.total_rows if table.orientation == "down" else ():
        for column in table.columns:
            type_ = vocabulary.fields[column.field].type if column.field else ""
            if column.field and type_ in SUMMED and sheet.filled(row, column.column):
                issues += _check(table, sheet, drafts, row, first, column, type_)
        first = row + 1
    return issues


def _check(
    table: Table, sheet: Sheet, drafts: Sequence[Draft], row: int, first: int, column: Column, type_: str
) -> Iterator[Issue]:
    value = sheet.value(row, column.column)
    reading = read_amount(value, column.unit) if type_ == "amount" else read_count(value)
    name = str(column.field).split(".", 1)[1]
    said = [
        d.values[name]
        for d in drafts
        if first <= d.row < row and name in d.values and d.cells.get(name) == [(d.row, column.column, "value")]
    ]
    if not isinstance(reading.value, str | int) or not said or not all(isinstance(v, str | int) for v in said):
        return
    read = sum((Decimal(str(v)) for v in said), Decimal(0))
    if abs(read - Decimal(str(reading.value))) > Decimal("0.01"):
        told = f"{read.normalize():f}" if type_ == "count" else f"{read:f}"
        yield Issue(
            "total_differs",
            sheet=table.sheet,
            cells=(address(row, column.column),),
            found=str(reading.value),
            values={"read": told, "heading": column.heading},
        )
