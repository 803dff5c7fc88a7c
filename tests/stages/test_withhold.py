"""Parts of a file that its sender wants left out."""

from __future__ import annotations

import pytest

from etl.issues import DeliveryRefused
from etl.stages.shapes import Sheet, Workbook
from etl.stages.withhold import withhold


def book(*names: str) -> Workbook:
    return Workbook("xlsx", [Sheet(name, rows=[[f"{c}{r}" for c in "ABCD"] for r in range(1, 5)]) for name in names])


@pytest.mark.parametrize(
    ("part", "left"),
    [
        ("TN!B:C", ["A1", "D1", "A2", "D2", "A3", "D3", "A4", "D4"]),
        ("TN!A:C,4", ["D1", "D2", "D3"]),
        ("TN!2:4", ["A1", "B1", "C1", "D1"]),
        ("TN!A1:D3", ["A4", "B4", "C4", "D4"]),
        ("'TN'!$A$1:$C$4", ["D1", "D2", "D3", "D4"]),
        ("TN!a:c, D2:D4", ["D1"]),
        ("TN!", []),
        ("B:Z", ["A1", "A2", "A3", "A4"]),
    ],
)
def test_columns_rows_cells_and_sheets_are_left_out(part: str, left: list[str]) -> None:
    workbook = book("TN")
    counts = withhold(workbook, [part])
    assert [value for row in workbook.sheets[0].rows for value in row if value] == left
    assert counts == [16 - len(left)]


def test_what_lies_beside_a_value_goes_with_it() -> None:
    sheet = Sheet("TN", rows=[[None, None], ["x", None]])
    sheet.errors[1, 1] = "#REF!"
    sheet.comments[2, 1] = sheet.comments[2, 2] = "Frau K."
    sheet.struck.add((2, 1))
    assert withhold(Workbook("xlsx", [sheet]), ["A"]) == [2]
    assert (sheet.errors, sheet.comments, sheet.struck) == ({}, {(2, 2): "Frau K."}, set())


@pytest.mark.parametrize("part", ["B:D", "Nein!B:D", "TN!B:", "TN!B:4", "TN!B2:D", "TN!Spalte", "TN!,"])
def test_a_part_that_is_not_there_is_refused(part: str) -> None:
    with pytest.raises(DeliveryRefused) as refused:
        withhold(book("TN", "Maßnahmen"), [part])
    assert refused.value.issue.code == "withhold_unclear"
