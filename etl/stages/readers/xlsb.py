"""xlsb: values through calamine, all that stands beside them from the binary records."""

from __future__ import annotations

import posixpath
import struct
import zipfile

from etl.stages.readers.calamine_cells import open_calamine, sheet_values, worksheets
from etl.stages.readers.cells import Position, square
from etl.stages.readers.limits import Limits
from etl.stages.readers.xlsb_records import records, wide_text
from etl.stages.readers.xlsb_styles import read_binary_styles
from etl.stages.readers.xlsx_parts import Parts, find_parts, relations
from etl.stages.readers.xlsx_styles import PLAIN, Styles
from etl.stages.shapes import Sheet, Workbook, address

#: Record numbers of [MS-XLSB] 2.3: a row's start, error cells (plain and computed), and what stands around cells.
ROW, ERROR, FORMULA_ERROR, COLUMNS, MERGED, CONDITIONAL = 0, 3, 11, 60, 176, 461
#: The first and last record that is a cell, and the rich text that lies apart.
FIRST_CELL, LAST_CELL, RICH_TEXT = 1, 11, 62
COMMENT, COMMENT_TEXT = 635, 637
#: [MS-XLSB] 2.5.97.2.
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A", 43: "#DATA!"}
ROW_HIDDEN, COLUMN_HIDDEN, WIDEST = 0x10, 0x1, 16_384


def read_xlsb(content: bytes, package: zipfile.ZipFile, limits: Limits) -> Workbook:
    book = open_calamine(content, "xlsb")
    parts = find_parts(package, book.sheet_names)
    styles = read_binary_styles(parts.beside_workbook("styles.bin"), parts.beside_workbook("theme/theme1.xml"))
    in_order = sorted(
        (name for name in parts.names if name.startswith("xl/worksheets/sheet") and name.endswith(".bin")),
        key=lambda name: (len(name), name),
    )
    sheets, area = [], 0
    for place, (number, about, hidden) in enumerate(worksheets(book)):
        sheet = Sheet(about.name, hidden)
        sheet.rows, _ = sheet_values(book, number, "xlsb", limits, area)
        part = parts.sheets.get(sheet.name) or (in_order[place] if place < len(in_order) else None)
        if part:
            _add_records(sheet, parts.read(part), styles)
            sheet.comments = _comments(parts, part)
        area += square(sheet, limits, area)
        sheets.append(sheet)
    return Workbook("xlsb", sheets)


def _add_records(sheet: Sheet, stream: bytes, styles: Styles) -> None:
    row = 0
    for kind, body in records(stream):
        if kind == ROW and len(body) >= 4:
            row = struct.unpack_from("<I", body)[0] + 1
            if len(body) >= 12 and body[11] & ROW_HIDDEN:
                sheet.hidden_rows.add(row)
        elif (FIRST_CELL <= kind <= LAST_CELL or kind == RICH_TEXT) and len(body) >= 8:
            _add_cell(sheet, row, kind, body, styles)
        elif kind == COLUMNS and len(body) >= 18 and body[16] & COLUMN_HIDDEN:
            first, last = struct.unpack_from("<2I", body)
            sheet.hidden_columns.update(range(first + 1, min(last + 1, WIDEST) + 1))
        elif kind == MERGED and len(body) >= 16:
            top, bottom, left, right = struct.unpack_from("<4I", body)
            sheet.merged.append((top + 1, left + 1, bottom + 1, right + 1))
        elif kind == CONDITIONAL and len(body) >= 28:
            top, bottom, left, right = struct.unpack_from("<4I", body, 12)
            sheet.conditional.append(f"{address(top + 1, left + 1)}:{address(bottom + 1, right + 1)}")


def _add_cell(sheet: Sheet, row: int, kind: int, body: bytes, styles: Styles) -> None:
    column, style_number = struct.unpack_from("<2I", body)
    place = (row, column + 1)
    if kind in (ERROR, FORMULA_ERROR) and len(body) >= 9:
        sheet.errors[place] = ERRORS.get(body[8], "#ERR!")
    style = styles.get(style_number & 0xFFFFFF, PLAIN)
    if style.percent:
        sheet.percent.add(place)
    if style.fill:
        sheet.fills[place] = style.fill
    if style.struck:
        sheet.struck.add(place)


def _comments(parts: Parts, part: str) -> dict[Position, str]:
    found: dict[Position, str] = {}
    for target, kind in relations(parts, part).values():
        if kind == "comments" and posixpath.splitext(target)[1] == ".bin":
            place: Position | None = None
            for number, body in records(parts.read(target)):
                if number == COMMENT and len(body) >= 20:
                    row, _, column, _ = struct.unpack_from("<4I", body, 4)
                    place = (row + 1, column + 1)
                elif number == COMMENT_TEXT and place:
                    found[place] = wide_text(body, 1).strip()
    return found
