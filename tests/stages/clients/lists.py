"""Lists that are about single clients, and lists that only look like it, as real files. Everyone in them is invented.

The text files hold one list after another: ``### harmful | xlsx | what it is``, ``== sheet``, then a row a line.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import xlwt
from odf import table as odf_table
from odf import text as odf_text
from odf.opendocument import OpenDocumentSpreadsheet

from etl.issues import DeliveryRefused, Issue
from etl.pipeline.understanding import understand
from etl.vocabulary import load_vocabulary

FOLDER = Path(__file__).parent
DAY = dt.date(2026, 11, 10)
Value = str | int | float | dt.date | None
Sheets = dict[str, list[list[Value]]]


@dataclass
class Example:
    """One list of a set. ``about_clients`` is what a person says about it."""

    about_clients: bool
    format: str
    title: str
    sheets: Sheets = field(default_factory=dict)

    def content(self) -> bytes:
        return _WRITERS[self.format](self.sheets)


def examples(file: str) -> list[Example]:
    """The lists of one text file."""
    found: list[Example] = []
    for line in (FOLDER / file).read_text("utf-8").splitlines():
        if line.startswith("### "):
            label, format, title = line[4:].split(" | ")
            found.append(Example(label == "harmful", format, title))
        elif line.startswith("=="):
            sheet = found[-1].sheets.setdefault(line[2:].strip(), [])
        elif line.strip():
            typed = found[-1].format != "csv"
            sheet.append([_value(text.strip(), typed) for text in line.split("|")])
    return found


def _value(text: str, typed: bool) -> Value:
    if not typed or not text:
        return text or None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return dt.date.fromisoformat(text)
    if re.fullmatch(r"[1-9]\d{0,7}|0\.\d+", text):
        return float(text) if "." in text else int(text)
    return text


def refusal(example: Example) -> Issue | None:
    """The issue that stops the list as one about single clients; None where it is let in (or stopped for another
    reason, as a file without any table is)."""
    try:
        understand(example.content(), f"liste.{example.format}", load_vocabulary(), DAY)
    except DeliveryRefused as refused:
        return refused.issue if refused.issue.code.startswith("file_single_clients") else None
    return None


@dataclass
class Score:
    """How well lists about clients are told from others. ``missed`` and ``wronged`` are titles."""

    stopped: int
    missed: list[str]
    wronged: list[str]

    @property
    def recall(self) -> float:
        return self.stopped / (self.stopped + len(self.missed))

    @property
    def precision(self) -> float:
        return self.stopped / max(1, self.stopped + len(self.wronged))


def score(lists: Sequence[Example]) -> Score:
    stopped = {example.title: refusal(example) is not None for example in lists}
    return Score(
        sum(stopped[e.title] for e in lists if e.about_clients),
        [e.title for e in lists if e.about_clients and not stopped[e.title]],
        [e.title for e in lists if not e.about_clients and stopped[e.title]],
    )


def write_xlsx(sheets: Sheets) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_xls(sheets: Sheets) -> bytes:
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is not None:
                    sheet.write(r, c, value, day if isinstance(value, dt.date) else xlwt.Style.default_style)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_ods(sheets: Sheets) -> bytes:
    document = OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        table = odf_table.Table(name=name)
        for row in rows:
            line = odf_table.TableRow()
            for value in row:
                line.addElement(_ods_cell(value))
            table.addElement(line)
        document.spreadsheet.addElement(table)
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def _ods_cell(value: Value) -> odf_table.TableCell:
    if value is None:
        return odf_table.TableCell()
    if isinstance(value, dt.date):
        cell = odf_table.TableCell(valuetype="date", datevalue=value.isoformat())
    elif isinstance(value, str):
        cell = odf_table.TableCell(valuetype="string")
    else:
        cell = odf_table.TableCell(valuetype="float", value=value)
    cell.addElement(odf_text.P(text=str(value)))
    return cell


def write_csv(sheets: Sheets) -> bytes:
    (rows,) = sheets.values()
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue().encode("cp1252")


_WRITERS: dict[str, Callable[[Sheets], bytes]] = {
    "xlsx": write_xlsx,
    "xls": write_xls,
    "ods": write_ods,
    "csv": write_csv,
}
