"""A received file without a person: their cells emptied, their name in other cells taken out, all else as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from xlsxwriter.exceptions import XlsxWriterException

from etl.issues import DeliveryRefused
from etl.pipeline.clean_copy import as_text, as_xlsx
from etl.rules.persons import NOBODY, Persons
from etl.stages.read_workbook import read_workbook
from etl.stages.shapes import CellValue, Sheet, rendered

#: (sheet, row, column) -> what stands there instead; None: nothing.
Cells = Mapping[tuple[str, int, int], str | None]


@dataclass(frozen=True, slots=True)
class Redacted:
    """``emptied``: how many cells of each sheet are empty now; ``changed``: how many cells were touched at all."""

    content: bytes
    file: str
    format: str
    emptied: tuple[int, ...]
    changed: int


class CannotRedact(Exception):
    """No copy of the file can be made without the person."""


def redacted(content: bytes, file: str, cells: Cells, persons: Persons) -> Redacted | None:
    """A copy without ``cells`` and without anybody of ``persons``; None where the file names nobody of them.

    Delimited text stays so, all else becomes xlsx. The same file gives the same bytes. Raises ``CannotRedact``.
    """
    try:
        workbook = read_workbook(content, file)
    except DeliveryRefused as error:
        raise CannotRedact from error
    if any(persons.named_in(sheet.name) for sheet in workbook.sheets):
        raise CannotRedact
    emptied, changed = [], 0
    for sheet in workbook.sheets:
        own = {(row, column): text for (name, row, column), text in cells.items() if name == sheet.name}
        filled = sheet.count_filled()
        changed += _redact(sheet, own, persons)
        emptied.append(filled - sheet.count_filled())
    name = persons.taken_out(file)
    if not changed and name == file:
        return None
    text = workbook.format == "csv"
    try:
        copy = as_text(workbook) if text else as_xlsx(workbook)
    except XlsxWriterException as error:
        raise CannotRedact from error
    name = name if text else str(PurePath(name).with_suffix(".xlsx"))
    return Redacted(copy, name, "csv" if text else "xlsx", tuple(emptied), changed)


def _redact(sheet: Sheet, own: Mapping[tuple[int, int], str | None], persons: Persons) -> int:
    changed = 0
    for row, column in [*sheet.filled_cells()]:
        stood = _shown(sheet.value(row, column))
        left = own[row, column] if (row, column) in own else left_of(stood, persons)
        if (row, column) in own or left != stood:
            _put(sheet, row, column, left)
            changed += 1
    for place, text in [*sheet.comments.items()]:
        left = None if place in own else left_of(text, persons)
        if left != text:
            changed += 1
            if left is None:
                del sheet.comments[place]
            else:
                sheet.comments[place] = left
    return changed


def _shown(value: CellValue) -> str | None:
    """Days and times name nobody."""
    return rendered(value) if isinstance(value, str | int | float) else None


def left_of(text: str | None, persons: Persons) -> str | None:
    """A cell's text without anybody of ``persons``: nothing where it was nothing but them."""
    if text is None or not persons.named_in(text):
        return text
    left = persons.taken_out(text)
    return None if not left.replace(NOBODY, "").strip(" ,;/|()-–:\n\t.") else left


def _put(sheet: Sheet, row: int, column: int, text: str | None) -> None:
    sheet.rows[row - 1][column - 1] = text
    for beside in (sheet.errors, sheet.formulas_without_value):
        beside.pop((row, column), None)
