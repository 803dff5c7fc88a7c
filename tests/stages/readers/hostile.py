"""Files made to do harm: bombs, absurd references, endless nesting, broken bytes."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator

import xlwt

from tests.pipeline.workbooks import LERNPATEN, SPRACHCAFE, WOHNLOTSEN, measures
from tests.stages.readers.packages import MAIN, ods, record, sheet_xml, xlsb, xlsx, zipped

ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


def ods_table(rows: str) -> bytes:
    return ods(f'<table:table table:name="Liste">{rows}</table:table>')


def ods_row(cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{cells}</table:table-row>"


def texts_of(size: int, cells: int) -> bytes:
    """Few bytes that name one long text again and again."""
    rows = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{letter}{row}" t="s"><v>0</v></c>' for letter in "ABCDEFGHIJ") + "</row>"
        for row in range(1, cells // 10 + 1)
    )
    return xlsx(
        sheet_xml(rows), more={"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>{"x" * size}</t></si></sst>'}
    )


def nested_zip() -> bytes:
    inner = zipped({"0": b"\0" * 5_000_000})
    return zipped({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": inner * 100})


#: What each does, and the codes that may refuse it.
BOMBS: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "a sheet that unpacks to 150 MB": (lambda: xlsx(sheet_xml(" " * 150_000_000)), {"file_too_large"}),
    "shared texts that unpack to 150 MB": (
        lambda: xlsx(sheet_xml(ONE), more={"xl/sharedStrings.xml": b" " * 150_000_000}),
        {"file_too_large"},
    ),
    "a text of 100 kB in 100,000 cells": (lambda: texts_of(100_000, 100_000), {"file_too_large"}),
    "a zip in a zip": (nested_zip, {"file_damaged", "file_too_large"}),
    "a cell at the end of the sheet": (
        lambda: xlsx(sheet_xml(ONE + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
        {"file_too_large"},
    ),
    "a cell no row announces": (
        lambda: xlsx(sheet_xml(ONE + '<row r="3"><c r="XFD1048576"><v>1</v></c></row>')),
        {"file_too_large", "file_damaged"},
    ),
    "ten million repeated ods cells": (
        lambda: ods_table(
            ods_row(
                '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="1000"/>',
                ' table:number-rows-repeated="10000"',
            )
        ),
        {"file_too_large"},
    ),
    "a billion repeated ods rows": (
        lambda: ods_table(
            ods_row(
                "<table:table-cell><text:p>x</text:p></table:table-cell>", ' table:number-rows-repeated="999999999"'
            )
        ),
        {"file_too_large"},
    ),
    "more repeated ods rows than a number can count": (
        lambda: ods_table(
            ods_row(
                '<table:table-cell table:number-columns-repeated="99999999999999999999">'
                "<text:p>x</text:p></table:table-cell>",
                ' table:number-rows-repeated="99999999999999999999"',
            )
        ),
        {"file_too_large"},
    ),
    "an ods paragraph nested a hundred thousand times": (
        lambda: ods_table(
            ods_row(
                "<table:table-cell><text:p>"
                + "<text:span>" * 100_000
                + "x"
                + "</text:span>" * 100_000
                + "</text:p></table:table-cell>"
            )
        ),
        {"file_damaged", "file_too_large"},
    ),
    "an ods of endless nesting": (lambda: ods("<table:table>" * 300_000), {"file_damaged", "file_too_large"}),
    "a sheet of endless nesting in an odd namespace": (
        lambda: xlsx(f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>' + "<x:row>" * 300_000),
        {"file_damaged", "file_too_large", "file_empty"},
    ),
    "styles of endless nesting": (
        lambda: xlsx(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'), more={"xl/styles.xml": "<a>" * 300_000}),
        {"file_damaged", "file_too_large"},
    ),
    "two million delimiters": (lambda: b"a;b\n" + b";" * 2_000_000 + b"x\n", {"file_too_large"}),
    "delimiters and nothing else": (lambda: (b";" * 1000 + b"\n") * 500, {"file_empty"}),
    "an xlsb row beyond the end of the sheet": (
        lambda: xlsb(record(145) + record(0, b"\xff" * 17) + record(7, b"\xff" * 12) + record(146)),
        {"file_damaged", "file_too_large", "file_empty"},
    ),
    "a compound file of nothing": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, {"file_damaged"}),
    "a compound file that says Workbook": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") * 200,
        {"file_damaged"},
    ),
    "only zeros": (lambda: b"\0" * 100_000, {"file_empty"}),
}


def sound() -> dict[str, bytes]:
    """The same small list in every format that can be written here."""
    rows = (SPRACHCAFE, WOHNLOTSEN, LERNPATEN)
    cells = "".join(
        ods_row("".join(f"<table:table-cell><text:p>{value}</text:p></table:table-cell>" for value in row))
        for row in (("Nr.", "Maßnahme", "Träger"), *(row[:3] for row in rows))
    )
    return {"xlsx": measures(*rows), "xls": old_excel(rows), "ods": ods_table(cells)}


def old_excel(rows: tuple[tuple[object, ...], ...]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Liste")
    for number, row in enumerate((("Nr.", "Maßnahme", "Träger"), *(row[:3] for row in rows))):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def flipped(content: bytes, seed: int) -> bytes:
    """Up to fifty bytes changed, in the file or, for packages, in one of its parts."""
    chance = random.Random(seed)
    if content.startswith(b"PK") and chance.random() < 0.7:
        return zipped(dict(_one_part_flipped(content, chance)))
    return _flipped(content, chance)


def _one_part_flipped(content: bytes, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    package = zipfile.ZipFile(io.BytesIO(content))
    target = chance.choice(package.namelist())
    for name in package.namelist():
        part = package.read(name)
        yield name, _flipped(part, chance) if name == target and part else part


def _flipped(content: bytes, chance: random.Random) -> bytes:
    broken = bytearray(content)
    for _ in range(chance.choice((1, 3, 10, 50))):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken)


def large_list() -> bytes:
    """Takes a reader a while: 20,000 rows of twenty numbers."""
    rows = (
        f'<row r="{row}">'
        + "".join(f'<c r="{letter}{row}"><v>{row}.5</v></c>' for letter in "ABCDEFGHIJKLMNOPQRST")
        + "</row>"
        for row in range(1, 20_001)
    )
    return xlsx(sheet_xml("".join(rows)))
