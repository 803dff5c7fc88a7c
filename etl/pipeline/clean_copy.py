"""A file without what its sender wants left out: written anew from what was read, so that nothing else of the old file
(strings no cell uses, caches, author, history) comes along."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from etl.issues import DeliveryRefused, Issue
from etl.pipeline.understanding import Understood
from etl.stages.read_workbook import read_workbook
from etl.stages.shapes import CellValue, Sheet, Workbook, is_filled
from etl.stages.withhold import withhold

_DAY = dt.datetime(2000, 1, 1)
_FORMATS: dict[type, str] = {
    dt.datetime: "dd.mm.yyyy hh:mm:ss",
    dt.date: "dd.mm.yyyy",
    dt.time: "hh:mm:ss",
    dt.timedelta: "[hh]:mm:ss",
}
#: Larger whole numbers lose digits in a workbook.
_EXACT = 10**15


@dataclass(frozen=True, slots=True)
class CleanCopy:
    """``withheld``: how many filled cells were left out, sheet by sheet, by ``parts``. ``rewritten``: the copy has
    another format."""

    content: bytes
    file: str
    parts: tuple[str, ...]
    withheld: tuple[int, ...]
    rewritten: bool

    def as_data(self) -> dict[str, Any]:
        """What the store keeps of a copy beside its bytes."""
        return {"parts": list(self.parts), "withheld": list(self.withheld), "rewritten": self.rewritten}

    @classmethod
    def from_data(cls, content: bytes, file: str, data: Mapping[str, Any]) -> CleanCopy:
        """The copy whose bytes were kept with what ``as_data`` gave."""
        return cls(content, file, tuple(data["parts"]), tuple(data["withheld"]), bool(data["rewritten"]))


def clean_copy(content: bytes, file: str, parts: Sequence[str]) -> CleanCopy:
    """``content`` without ``parts`` (as ``withhold`` takes them): delimited text stays so, all else becomes xlsx.

    The same file and parts give the same bytes. Raises ``DeliveryRefused`` where the file can't be read, a part can't
    be found, or the copy would not hold every other cell.
    """
    workbook = read_workbook(content, file)
    withheld = withhold(workbook, parts)
    text = workbook.format == "csv"
    try:
        copy = as_text(workbook) if text else as_xlsx(workbook)
    except XlsxWriterException as error:  # a sheet's name that a workbook can't have
        raise DeliveryRefused(Issue("withhold_failed", found=file)) from error
    _check(workbook, copy, file)
    name = file if text else str(PurePath(file).with_suffix(".xlsx"))
    return CleanCopy(copy, name, tuple(parts), tuple(withheld), not text and workbook.format != "xlsx")


def tell_withheld(understood: Understood, copy: CleanCopy) -> None:
    """Put what was left out into the ledgers of the copy's sheets, and say so first of all."""
    told = [Issue("copy_rewritten")] if copy.rewritten else []
    for sheet, count in zip(understood.sheets, copy.withheld, strict=True):
        if count:
            sheet.ledger.filled += count
            sheet.ledger.withheld += count
            told.append(
                Issue(
                    "cells_withheld", sheet.sheet.name, _of_sheet(copy.parts, sheet.sheet.name), values={"count": count}
                )
            )
    understood.issues[:0] = told


def _of_sheet(parts: Sequence[str], name: str) -> tuple[str, ...]:
    found = [part.rpartition("!") for part in parts]
    return tuple(rest for sheet, mark, rest in found if rest and (not mark or sheet.strip("'") == name))


def _check(workbook: Workbook, copy: bytes, file: str) -> None:
    """Every cell that was not left out stands in the copy, in its place."""
    if not any(sheet.count_filled() for sheet in workbook.sheets):
        raise DeliveryRefused(Issue("file_empty"))
    again = read_workbook(copy, file).sheets
    if [sheet.count_filled() for sheet in again] != [sheet.count_filled() for sheet in workbook.sheets]:
        raise DeliveryRefused(Issue("withhold_failed", found=file))


def as_text(workbook: Workbook) -> bytes:
    """Delimited text again, as it was read."""
    delimiter = workbook.delimiter or ";"
    rows = workbook.sheets[0].rows
    lines = [delimiter.join(_quoted(value, delimiter) for value in row) for row in rows]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def _quoted(value: CellValue, delimiter: str) -> str:
    text = "" if value is None else str(value)
    if any(sign in text for sign in (delimiter, '"', "\r", "\n")):
        return '"' + text.replace('"', '""') + '"'
    return text


def as_xlsx(workbook: Workbook) -> bytes:
    """What was read, as a workbook: the same workbook gives the same bytes."""
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": _DAY})
    writer = _Writer(book)
    for sheet in workbook.sheets:
        writer.write(sheet)
    book.close()
    return out.getvalue()


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.formats: dict[tuple[str | None, str | None, bool], Format] = {}

    def write(self, sheet: Sheet) -> None:
        """One sheet: values, formats that carry meaning, comments, merged ranges, what is hidden."""
        target = self.book.add_worksheet(sheet.name)
        for top, left, bottom, right in sheet.merged:
            target.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")
        for row, values in enumerate(sheet.rows, 1):
            for column, value in enumerate(values, 1):
                self._cell(target, sheet, row, column, value)
        for (row, column), text in sheet.comments.items():
            target.write_comment(row - 1, column - 1, text)
        for row in sheet.hidden_rows:
            target.set_row(row - 1, options={"hidden": True})
        for column in sheet.hidden_columns:
            target.set_column(column - 1, column - 1, options={"hidden": True})
        if sheet.hidden:
            target.hide()

    def _cell(self, target: Worksheet, sheet: Sheet, row: int, column: int, value: CellValue) -> None:
        at = row - 1, column - 1
        place = (row, column)
        style = self._format(sheet, place, value)
        if place in sheet.errors:
            target.write_formula(*at, "=NA()", style, sheet.errors[place])
        elif place in sheet.formulas_without_value:
            target.write_formula(*at, sheet.formulas_without_value[place] or "=NA()", style, "")
        elif isinstance(value, bool):
            target.write_boolean(*at, value, style)
        elif isinstance(value, (int, float)) and abs(value) < _EXACT:
            target.write_number(*at, value, style)
        elif type(value) in _FORMATS and not _too_early(value):
            target.write_datetime(*at, value, style)
        elif is_filled(value):
            target.write_string(*at, str(value), style)
        elif style is not None:
            target.write_blank(*at, None, style)

    def _format(self, sheet: Sheet, place: tuple[int, int], value: CellValue) -> Format | None:
        number = "0.0%" if place in sheet.percent else _FORMATS.get(type(value))
        key = (number, sheet.fills.get(place), place in sheet.struck)
        if key == (None, None, False):
            return None
        if key not in self.formats:
            self.formats[key] = self.book.add_format(_properties(*key))
        return self.formats[key]


def _properties(number: str | None, fill: str | None, struck: bool) -> dict[str, object]:
    found: dict[str, object] = {"num_format": number} if number else {}
    if fill:
        found["bg_color"] = f"#{fill}"
    return found | ({"font_strikeout": True} if struck else {})


def _too_early(value: CellValue) -> bool:
    """Before 1900 a workbook knows no days."""
    return isinstance(value, dt.date) and value.year < 1900
