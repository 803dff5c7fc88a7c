"""An answered form as a small workbook: a row for each measure that changed, sheets for what is new."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from etl.pipeline.form.questions import QUESTIONS
from etl.pipeline.form.short_answers import says_none
from etl.pipeline.template.layout import FIRST_ROW, HEADING_ROW, word
from etl.stages.corrections import Corrections
from etl.vocabulary import load_vocabulary
from etl.wording import say

#: The sheets are written for the importer and the office: in German, whatever language was answered in.
LANGUAGE = "de"
MEASURE_COLUMNS = ("title", *QUESTIONS)
NEED_COLUMNS = ("title", "location", "comment")
#: What an emptied text says. Other emptied answers say nothing: nobody knows less than before.
EMPTIED = frozenset({"obstacle", "next_steps"})
#: What the name of a file cannot hold everywhere, and how much of it a person's name may take.
_NOT_IN_NAMES, _LONGEST_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]'), 60
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """What is said of one record: field -> text (a code for the status). ``key`` "" is a new one."""

    told: Mapping[str, str]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answered form. ``way`` is link or phone; ``person`` answered (or said it on the phone), ``writer`` of the
    office wrote it down; ``rows`` are measures."""

    partner: str
    way: str
    person: str
    day: dt.date
    rows: Sequence[Row] = ()
    needs: Sequence[Row] = ()
    writer: str = ""

    @property
    def empty(self) -> bool:
        return not self.rows and not self.needs


@dataclass(frozen=True, slots=True)
class FormFile:
    """The workbook, its name, and how it is to be read. ``rows``: (sheet, row) -> what was to be said there."""

    content: bytes
    file: str
    corrections: Corrections
    rows: Mapping[tuple[str, int], Row] = field(default_factory=dict)


def form_file(answered: Answered, now: dt.datetime | None = None) -> FormFile:
    """The same answers on the same day give the same bytes; the name says who answered and, with ``now``, when."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": dt.datetime.combine(answered.day, dt.time())})
    placed: dict[tuple[str, int], Row] = {}
    asked = (("measure", MEASURE_COLUMNS, answered.rows), ("need", NEED_COLUMNS, answered.needs))
    for kind, columns, given in asked:
        rows = [Row(dict(_meant(row)), row.key) for row in given]
        if rows:
            name = say(LANGUAGE, f"link.sheet.{kind}")
            _write(book, book.add_worksheet(name), answered, name, kind, columns, rows)
            placed |= {(name, FIRST_ROW + number): row for number, row in enumerate(rows)}
    book.close()
    records = {place: row.key for place, row in placed.items() if row.key}
    file = _name(answered, now)
    return FormFile(out.getvalue(), file, Corrections(form=answered.way, records=records), placed)


def _name(answered: Answered, now: dt.datetime | None) -> str:
    at = say(LANGUAGE, "link.file.at", hour=f"{now:%H}", minute=f"{now:%M}") if now is not None else ""
    person = " ".join(_NOT_IN_NAMES.sub(" ", answered.person or answered.partner).split())[:_LONGEST_NAME]
    return say(LANGUAGE, f"link.file.{answered.way}", person=person, day=answered.day, at=at)


def _write(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    answered: Answered,
    name: str,
    kind: str,
    columns: Sequence[str],
    rows: Sequence[Row],
) -> None:
    plain, quoted = book.add_format({"text_wrap": True}), book.add_format({"text_wrap": True, "quote_prefix": True})
    bold = book.add_format({"bold": True})
    sheet.set_column(0, len(columns) - 1, 28)
    sheet.write_string(0, 0, say(LANGUAGE, "template.title", sheet=name, partner=answered.partner), bold)
    sheet.write_string(1, 0, _told_by(answered))
    for number, column in enumerate(columns):
        sheet.write_string(HEADING_ROW - 1, number, say(LANGUAGE, f"field.{kind}.{column}"), bold)
    for line, row in enumerate(rows, FIRST_ROW - 1):
        for number, column in enumerate(columns):
            text = _cell(column, row.told[column]) if column in row.told else ""
            if text:
                sheet.write_string(line, number, text, quoted if text.startswith(_FORMULA_STARTS) else plain)


def _meant(row: Row) -> Iterator[tuple[str, str]]:
    for name, text in row.told.items():
        yield name, "" if name in EMPTIED and says_none(text) else text


def _cell(column: str, text: str) -> str:
    if column == "status":
        return word("measure.status", text, LANGUAGE, load_vocabulary()) or text
    return text or (say(LANGUAGE, "link.nothing") if column in EMPTIED else "")


def _told_by(answered: Answered) -> str:
    values = {"day": answered.day, "person": answered.person or answered.partner, "writer": answered.writer}
    return say(LANGUAGE, f"link.told.{answered.way}", **values)
