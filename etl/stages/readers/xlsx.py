"""xlsx and xlsm: values through calamine, everything calamine can't see from the package's own XML."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from etl.stages.readers.calamine_cells import open_calamine, sheet_values, worksheets
from etl.stages.readers.cells import Digits, check_area, square, stretch
from etl.stages.readers.limits import Limits
from etl.stages.readers.package import read_part
from etl.stages.readers.refusal import Refusal
from etl.stages.readers.xlsx_marks import StruckTexts, add_marks, struck_texts
from etl.stages.readers.xlsx_parts import Parts, comments, find_parts
from etl.stages.readers.xlsx_quick import read_quickly
from etl.stages.readers.xlsx_scan import SheetFacts, is_usual, scan
from etl.stages.readers.xlsx_styles import Styles, read_styles
from etl.stages.readers.xlsx_walk import walk
from etl.stages.shapes import CellValue, Sheet, Workbook

#: From this size on a sheet's XML is not kept beside its values.
LARGE_PART = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Source:
    """A sheet before its values are read; ``values`` takes the cells already read from other sheets."""

    name: str
    hidden: bool
    values: Callable[[int], list[list[CellValue]]]


def read_xlsx(
    content: bytes, package: zipfile.ZipFile, kind: Literal["xlsx", "xlsm"], limits: Limits
) -> tuple[Workbook, list[Digits]]:
    """The workbook, and for each sheet a way to its numbers as written."""
    return read_quickly(package, kind, limits) or read_completely(content, package, kind, limits)


def read_completely(
    content: bytes, package: zipfile.ZipFile, kind: Literal["xlsx", "xlsm"], limits: Limits
) -> tuple[Workbook, list[Digits]]:
    """The same for any workbook, in about twice the time."""
    sources = _sources(content, package, kind, limits)
    parts = find_parts(package, [source.name for source in sources])
    styles = read_styles(parts.beside_workbook("styles.xml"), lambda: parts.beside_workbook("theme/theme1.xml"))
    struck = struck_texts(parts.beside_workbook("sharedStrings.xml"))
    sheets: list[Sheet] = []
    digits: list[Digits] = []
    area = 0
    for source in sources:
        sheet, written = _read_sheet(source, parts, styles, struck, limits, area)
        area += square(sheet, limits, area)
        sheets.append(sheet)
        digits.append(written)
    return Workbook(kind, sheets), digits


def _sources(content: bytes, package: zipfile.ZipFile, kind: str, limits: Limits) -> list[_Source]:
    try:
        book = open_calamine(content, kind)
    except Refusal as refusal:
        if refusal.code != "file_damaged":
            raise
        _refuse_entities(package)
        return _sources_by_openpyxl(content, limits)

    def values(number: int) -> Callable[[int], list[list[CellValue]]]:
        return lambda already: sheet_values(book, number, kind, limits, already)[0]

    return [_Source(about.name, hidden, values(number)) for number, about, hidden in worksheets(book)]


def _refuse_entities(package: zipfile.ZipFile) -> None:
    """Reading a part refuses one that declares entities: calamine only stumbles over them, openpyxl may not."""
    for name in package.namelist():
        if name.endswith((".xml", ".rels")):
            read_part(package, name)


def _sources_by_openpyxl(content: bytes, limits: Limits) -> list[_Source]:
    from etl.stages.readers.xlsx_openpyxl import openpyxl_sheets

    def values(rows: list[list[CellValue]]) -> Callable[[int], list[list[CellValue]]]:
        return lambda already: rows

    return [_Source(name, hidden, values(rows)) for name, hidden, rows in openpyxl_sheets(content, limits)]


def _read_sheet(
    source: _Source, parts: Parts, styles: Styles, struck: StruckTexts, limits: Limits, already: int
) -> tuple[Sheet, Digits]:
    sheet = Sheet(source.name, source.hidden)
    part = parts.sheets.get(sheet.name)
    xml = parts.read(part) if part else b""
    facts = _facts(xml, styles)
    check_area(facts.last_row, facts.last_column, limits, sheet.name, already)
    sheet.struck = facts.struck
    add_marks(sheet, xml, struck)
    if part and len(xml) > LARGE_PART:  # make room for the values; who wants the digits of a number reads it again
        facts.digits = _digits_later(parts, part, styles)
    lost, xml = not xml, b""
    sheet.rows = source.values(already)
    if sheet.rows and lost:  # without its XML its error cells and formulas would be lost without a word
        raise Refusal("file_damaged", kind="xlsx", sheet=sheet.name, why="part")
    _add(sheet, facts)
    if part:
        sheet.comments = comments(parts, part)
    return sheet, facts.digits


def _digits_later(parts: Parts, part: str, styles: Styles) -> Digits:
    read: list[Digits] = []

    def digits(row: int, column: int) -> str | None:
        if not read:
            read.append(_facts(parts.read(part), styles).digits)
        return read[0](row, column)

    return digits


def _facts(xml: bytes, styles: Styles) -> SheetFacts:
    if not xml:
        return SheetFacts()
    return scan(xml, styles) if is_usual(xml) else walk(xml, styles)


def _add(sheet: Sheet, facts: SheetFacts) -> None:
    sheet.errors = facts.errors
    sheet.formulas_without_value = facts.formulas_without_value
    sheet.percent, sheet.fills = facts.percent, facts.fills
    sheet.merged, sheet.hidden_rows, sheet.hidden_columns = facts.merged, facts.hidden_rows, facts.hidden_columns
    for (row, column), text in facts.texts.items():
        stretch(sheet.rows, row, column)
        sheet.rows[row - 1][column - 1] = text
    height, width = len(sheet.rows), len(sheet.rows[0]) if sheet.rows else 0
    for row, column in (*facts.errors, *(facts.formulas_without_value.keys() - facts.blank_results)):
        if row <= height and column <= width:
            sheet.rows[row - 1][column - 1] = None
