"""What has to be told of a file as a whole: it is not what its name says, or its text was broken before it came."""

from __future__ import annotations

from pathlib import PurePath

from etl.issues import Issue
from etl.stages.readers.text import GARBLED
from etl.stages.shapes import Workbook, address

#: What an ending promises; endings that promise nothing of a spreadsheet are no lie.
PROMISED = {
    "xlsx": ("xlsx",),
    "xlsm": ("xlsm", "xlsx"),
    "xlsb": ("xlsb",),
    "xls": ("xls",),
    "ods": ("ods", "fods"),
    "fods": ("fods",),
    "csv": ("csv",),
    "tsv": ("csv",),
}
MOST_CELLS = 40


def tell_file(workbook: Workbook, file: str) -> list[Issue]:
    """``file`` is the name it came with."""
    ending = PurePath(file).suffix.lower().removeprefix(".")
    issues = []
    if ending in PROMISED and workbook.format not in PROMISED[ending]:
        issues.append(Issue("format_differs", values={"ending": f".{ending}", "format": workbook.format}))
    return issues + (_garbled(workbook) if workbook.garbled else [])


def _garbled(workbook: Workbook) -> list[Issue]:
    found = [
        (address(row, column), value)
        for sheet in workbook.sheets
        for row, line in enumerate(sheet.rows, 1)
        for column, value in enumerate(line, 1)
        if isinstance(value, str) and GARBLED.search(value)
    ]
    if not found:
        return []
    cells = tuple(place for place, _ in found[:MOST_CELLS])
    return [Issue("text_garbled", workbook.sheets[0].name, cells, found[0][1][:80])]
