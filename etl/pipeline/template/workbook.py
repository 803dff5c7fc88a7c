"""A template as a workbook: protected headings, drop-downs, hints, print setup. No text of it is ever a formula."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from etl.pipeline.template.known import Rows, TemplateRow
from etl.pipeline.template.layout import FIRST_ROW, HEADING_ROW, TemplateColumn, template_columns
from etl.pipeline.template.writing import Content
from etl.wording import say

#: Rows with drop-downs and hints below the known records.
_FREE_ROWS = 200
#: Paragraphs of the instructions.
_ABOUT_LINES = 6
#: What a workbook allows for a hint beside a cell.
_LONGEST_TITLE, _LONGEST_HINT = 32, 255
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = {"amount": "#,##0.00", "count": "0", "date": "dd.mm.yyyy", "date_end": "dd.mm.yyyy"}
_DARK, _LIGHT, _RULE = "#171A2B", "#E7EAF3", "#8A93AD"
_PAPER_A4 = 9
_ALLOWED = {"format_columns": True, "format_rows": True, "insert_rows": True, "select_locked_cells": True}


@dataclass(frozen=True, slots=True)
class Filling:
    """What a template is filled with: rows by entity, the words of its drop-downs by domain, and how many known records
    it had to leave out."""

    partner: str
    language: str
    rows: Rows
    lists: Mapping[str, Sequence[str]]
    left_out: int = 0


def template_workbook(filling: Filling, made_on: dt.date) -> bytes:
    """The same filling and day give the same bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {"created": dt.datetime.combine(made_on, dt.time()), "title": say(filling.language, "template.mark")}
    )
    _Book(book, filling).write()
    book.close()
    return out.getvalue()


class _Book:
    def __init__(self, book: xlsxwriter.Workbook, filling: Filling) -> None:
        self.book, self.filling, self.language = book, filling, filling.language
        self.formats: dict[tuple[str, str | None, bool], Format] = {}
        self.ranges: dict[str, str] = {}
        self.heading = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "vcenter",
                "bg_color": _LIGHT,
                "bottom": 1,
                "bottom_color": _RULE,
            }
        )
        self.title = book.add_format({"bold": True, "font_size": 14, "font_color": _DARK})
        self.plain = book.add_format()
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.bold = book.add_format({"bold": True, "valign": "top"})

    def write(self) -> None:
        self._place_lists()
        self._about()
        for entity, columns in template_columns().items():
            self._sheet(entity, columns, self.filling.rows.get(entity, ()))
        self._lists()

    def _sheet(self, entity: str, columns: Sequence[TemplateColumn], rows: Sequence[TemplateRow]) -> None:
        name = say(self.language, f"template.sheet.{entity}")
        sheet = self._added(name)
        sheet.write_string(1, 0, say(self.language, "template.hint", row=FIRST_ROW))
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width, self._open(column))
            sheet.write_string(HEADING_ROW - 1, number, column.heading(self.language), self.heading)
        sheet.set_row(HEADING_ROW - 1, 32, self.plain)
        for line, row in enumerate(rows, FIRST_ROW - 1):
            for number, cell in row.cells.items():
                self._content(sheet, line, number, cell.content, columns[number])
        for number, column in enumerate(columns):
            self._hints(sheet, number, column, rows)
        sheet.freeze_panes(HEADING_ROW, 1)
        sheet.repeat_rows(HEADING_ROW - 1)
        sheet.protect("", _ALLOWED)

    def _added(self, name: str) -> Worksheet:
        """A sheet with its title, ready to print."""
        sheet = self.book.add_worksheet(name)
        for row in range(HEADING_ROW):
            sheet.set_row(row, None, self.plain)
        title = say(self.language, "template.title", sheet=name, partner=self.filling.partner)
        sheet.write_string(0, 0, title, self.title)
        sheet.set_landscape()
        sheet.set_paper(_PAPER_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{name}&R{say(self.language, 'template.page')}")
        return sheet

    def _open(self, column: TemplateColumn, quoted: bool = False) -> Format:
        """The format of cells that may be filled in. ``quoted``: what stands there looks like a formula and is none."""
        key = ("open", _NUMBER.get(column.field.type), quoted)
        if key not in self.formats:
            found: dict[str, Any] = {"locked": False, "text_wrap": True, "valign": "top", "quote_prefix": quoted}
            if key[1]:
                found["num_format"] = key[1]
            self.formats[key] = self.book.add_format(found)
        return self.formats[key]

    def _content(self, sheet: Worksheet, row: int, number: int, content: Content, column: TemplateColumn) -> None:
        if isinstance(content, str):
            sheet.write_string(row, number, content, self._open(column, content.startswith(_FORMULA_STARTS)))
        elif isinstance(content, dt.date):
            sheet.write_datetime(row, number, dt.datetime.combine(content, dt.time()), self._open(column))
        elif content is not None:
            sheet.write_number(row, number, content, self._open(column))

    def _hints(self, sheet: Worksheet, number: int, column: TemplateColumn, rows: Sequence[TemplateRow]) -> None:
        """The column's drop-down and hint; a hint of its own where something is known that no content says exactly."""
        last = FIRST_ROW - 1 + len(rows) + _FREE_ROWS
        apart = {}
        for line, row in enumerate(rows, FIRST_ROW - 1):
            cell = row.cells.get(number)
            if cell is not None and cell.withdrawn:
                apart[line] = say(self.language, "template.known", text=cell.said)
        spans = _spans(FIRST_ROW - 1, last, sorted(apart))
        first, *others = [[top, number, bottom, number] for top, bottom in spans]
        sheet.data_validation(*first, self._validation(column, column.about(self.language)) | {"other_cells": others})
        for line, text in apart.items():
            sheet.data_validation(line, number, line, number, self._validation(column, text))

    def _validation(self, column: TemplateColumn, text: str) -> dict[str, Any]:
        found: dict[str, Any] = {
            "input_title": column.heading(self.language)[:_LONGEST_TITLE],
            "input_message": text if len(text) <= _LONGEST_HINT else text[: _LONGEST_HINT - 1] + "…",
            "show_error": False,
        }
        source = self.ranges.get(column.domain or "")
        if source is None:
            return found | {"validate": "any"}
        return found | {"validate": "list", "source": source}

    def _place_lists(self) -> None:
        """Where each drop-down's words will stand, one list below the other: side by side they would be a table. The
        sheet itself comes last."""
        sheet, row = say(self.language, "template.sheet.lists"), FIRST_ROW
        for domain, entries in self.filling.lists.items():
            if entries:
                self.ranges[domain] = f"='{sheet}'!$B${row}:$B${row + len(entries) - 1}"
                row += len(entries)

    def _lists(self) -> None:
        sheet = self._added(say(self.language, "template.sheet.lists"))
        sheet.write_string(1, 0, say(self.language, "template.lists"))
        sheet.set_column(0, 1, 44, self.text)
        row = FIRST_ROW - 1
        for domain, entries in self.filling.lists.items():
            label = say(self.language, "template.list", field=_label(domain, self.language))
            for entry in entries:
                sheet.write_string(row, 0, label, self.text)
                sheet.write_string(row, 1, entry, self.text)
                row += 1
        sheet.protect("", _ALLOWED)

    def _about(self) -> None:
        sheet = self._added(say(self.language, "template.sheet.about"))
        sheet.set_column(0, 0, 18, self.text)
        sheet.set_column(1, 1, 26, self.text)
        sheet.set_column(2, 2, 90, self.text)
        sheet.write_string(1, 0, say(self.language, "template.about.head", partner=self.filling.partner), self.bold)
        line = HEADING_ROW
        texts = [say(self.language, f"template.about.{number}") for number in range(1, _ABOUT_LINES + 1)]
        if self.filling.left_out:
            texts.append(say(self.language, "template.about.left_out", n=self.filling.left_out))
        for text in texts:
            sheet.merge_range(line, 0, line, 2, text, self.text)
            sheet.set_row(line, 32)
            line += 1
        line += 1
        for number, key in enumerate(("sheet", "column", "text")):
            sheet.write_string(line, number, say(self.language, f"template.about.{key}"), self.heading)
        for entity, columns in template_columns().items():
            for column in columns:
                line += 1
                sheet.write_string(line, 0, say(self.language, f"template.sheet.{entity}"), self.text)
                sheet.write_string(line, 1, column.heading(self.language), self.bold)
                sheet.write_string(line, 2, column.about(self.language), self.text)
        sheet.protect("", _ALLOWED)


def _label(domain: str, language: str) -> str:
    """What a drop-down is for: the heading of the first column it serves."""
    columns = (column for found in template_columns().values() for column in found)
    return next(column.heading(language) for column in columns if column.domain == domain)


def _spans(first: int, last: int, without: Sequence[int]) -> list[tuple[int, int]]:
    """The rows from ``first`` to ``last`` in pieces that leave out some."""
    spans, start = [], first
    for row in without:
        if row > start:
            spans.append((start, row - 1))
        start = row + 1
    return [*spans, (start, last)]
