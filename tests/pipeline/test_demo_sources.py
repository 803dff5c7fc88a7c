"""Every exported value of the demo is found in its cell by a reader that is not ours."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlrd
from odf import opendocument, table, teletype
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from etl.model.deliveries import all_deliveries
from etl.model.store import Store
from etl.model.tables import KINDS
from etl.pipeline.export import as_json, export_state
from tests.demo import DEMO, DEMO_DAY

Cells = Callable[[str, int, int], str]


@pytest.fixture(scope="module")
def exported(demo: Store) -> dict[str, Any]:
    return export_state(demo, today=DEMO_DAY)


def test_each_said_text_stands_in_the_cell_its_source_names(exported: dict[str, Any]) -> None:
    wrong, seen = [], 0
    for kind in KINDS:
        for record in exported[kind]:
            for field, cells in record.get("source", {}).items():
                said = record["said"][field]
                assert len(said) == len(cells), (record["key"], field)
                for text, cell in zip(said, cells, strict=True):
                    seen += 1
                    if cell["role"] != "colour" and _stands(cell["file"], cell["sheet"], cell["cell"]) != text:
                        wrong.append(
                            (record["key"], field, text, cell, _stands(cell["file"], cell["sheet"], cell["cell"]))
                        )
    assert seen > 4_000
    assert wrong == []


def test_every_field_but_a_senders_name_has_a_source(exported: dict[str, Any]) -> None:
    without = []
    own = {"key", "partner", "parent_key", "links", "said", "source", "qualifier", "kept", "contested", "rating"}
    for kind in KINDS:
        for record in exported[kind]:
            missing = record.keys() - own - record.get("source", {}).keys()
            missing = {name for name in missing if not name.endswith("_precision")}
            if missing and not (kind == "partner" and missing == {"name"}):
                without.append((record["key"], missing))
    assert without == []


def test_the_ledger_of_every_delivery_adds_up(demo: Store) -> None:
    with demo.reading() as connection:
        for delivery in all_deliveries(connection):
            for sheet in delivery.sheets:
                cells = sheet["cells"]
                parts = sum(cells[n] for n in ("headings", "loaded", "kept", "withheld", "reported"))
                assert cells["filled"] == parts + sum(cells["set_aside"].values()), (delivery.file, sheet["name"])


def test_the_same_state_exports_to_the_same_bytes(demo: Store) -> None:
    assert as_json(export_state(demo, today=DEMO_DAY)) == as_json(export_state(demo, today=DEMO_DAY))


def _stands(file: str, sheet: str, cell: str) -> str:
    letters, row = coordinate_from_string(cell)
    return _reader(file)(sheet, row, column_index_from_string(letters))


@cache
def _reader(file: str) -> Cells:
    path = next(p for p in DEMO.rglob("*") if p.name == file)
    return {".xlsx": _xlsx, ".xls": _xls, ".ods": _ods, ".csv": _csv}[path.suffix](path)


def _xlsx(path: Path) -> Cells:
    book = openpyxl.load_workbook(path, data_only=True)
    return lambda sheet, row, column: _text(book[sheet].cell(row, column).value)


def _xls(path: Path) -> Cells:
    book = xlrd.open_workbook(path)

    def cell(sheet: str, row: int, column: int) -> str:
        found = book.sheet_by_name(sheet).cell(row - 1, column - 1)
        if found.ctype == xlrd.XL_CELL_DATE:
            return _text(xlrd.xldate_as_datetime(found.value, book.datemode))
        return _text(found.value)

    return cell


def _ods(path: Path) -> Cells:
    document = opendocument.load(path)
    grids: dict[str, list[list[str]]] = {}
    for sheet in document.spreadsheet.getElementsByType(table.Table):
        rows = grids.setdefault(sheet.getAttribute("name"), [])
        for row in sheet.getElementsByType(table.TableRow):
            cells: list[str] = []
            for cell in row.childNodes:
                cells += [_ods_text(cell)] * min(int(cell.getAttribute("numbercolumnsrepeated") or 1), 100)
            rows += [cells] * min(int(row.getAttribute("numberrowsrepeated") or 1), 1000)
    return lambda sheet, row, column: grids[sheet][row - 1][column - 1]


def _ods_text(cell: Any) -> str:
    kind = cell.getAttribute("valuetype")
    if kind == "date":
        return _text(dt.datetime.fromisoformat(cell.getAttribute("datevalue")))
    if kind in {"float", "percentage", "currency"}:
        return _text(float(cell.getAttribute("value")))
    return teletype.extractText(cell)


def _csv(path: Path) -> Cells:
    content = path.read_bytes()
    text = content.decode("utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "cp1252")
    delimiter = ";" if ";" in text.splitlines()[0] else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    return lambda sheet, row, column: rows[row - 1][column - 1]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
