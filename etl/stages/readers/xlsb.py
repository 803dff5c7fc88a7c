"""xlsb: values through calamine, error cells and merged ranges from the binary records."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator

from etl.stages.readers.calamine_cells import open_calamine, sheet_values, worksheets
from etl.stages.readers.cells import square
from etl.stages.readers.limits import Limits
from etl.stages.readers.xlsx_parts import comments, find_parts
from etl.stages.shapes import Sheet, Workbook

#: Record numbers of [MS-XLSB] 2.3: a row's start, error cells (plain and computed), merged ranges.
ROW, ERROR, FORMULA_ERROR, MERGED = 0, 3, 11, 176
#: [MS-XLSB] 2.5.97.2.
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A", 43: "#DATA!"}


def read_xlsb(content: bytes, package: zipfile.ZipFile, limits: Limits) -> Workbook:
    book = open_calamine(content, "xlsb")
    parts = find_parts(package, book.sheet_names)
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
            _add_records(sheet, parts.read(part))
            sheet.comments = comments(parts, part)
        area += square(sheet, limits, area)
        sheets.append(sheet)
    return Workbook("xlsb", sheets)


def _add_records(sheet: Sheet, stream: bytes) -> None:
    row = 0
    for kind, body in _records(stream):
        if kind == ROW and len(body) >= 4:
            row = struct.unpack_from("<I", body)[0] + 1
        elif kind in (ERROR, FORMULA_ERROR) and len(body) >= 9:
            sheet.errors[row, struct.unpack_from("<I", body)[0] + 1] = ERRORS.get(body[8], "#ERR!")
        elif kind == MERGED and len(body) >= 16:
            top, bottom, left, right = struct.unpack_from("<4I", body)
            sheet.merged.append((top + 1, left + 1, bottom + 1, right + 1))


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and body of each record; numbers take one or two bytes, lengths one to four of seven bits each."""
    at, end = 0, len(stream)
    while at < end:
        kind = stream[at]
        at += 1
        if kind & 0x80 and at < end:
            kind = (kind & 0x7F) | (stream[at] & 0x7F) << 7
            at += 1
        length, shift = 0, 0
        while at < end and shift < 28:
            byte = stream[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, stream[at : at + length]
        at += length
