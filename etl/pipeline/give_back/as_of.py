"""The „Stand“ of a sheet: what is known now is of today, so a prefilled sheet says so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from etl.pipeline.give_back.wishes import Reading, Where
from etl.pipeline.template.writing import Content
from etl.stages.shapes import CellValue
from etl.wording import LANGUAGES, formatted

_PATTERNS = (
    (re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}"), "%d.%m.%Y"),
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d{2}(?!\d)"), "%d.%m.%y"),
    (re.compile(r"\d{4}-\d{2}-\d{2}"), "%Y-%m-%d"),
    (re.compile(r"\d{1,2}/\d{4}"), "%m/%Y"),
)
_LONG_DAY = re.compile(r"\d{1,2}\.?\s+[^\W\d_]{3,}\.?\s+\d{4}")
_MONTH = re.compile(r"[^\W\d_]{3,}\.?\s+\d{4}")


def days_of_sheets(reading: Reading, today: dt.date) -> dict[Where, list[Content]]:
    """Cells that give an earlier day for their sheet -> ways to write ``today``, the cell's own first."""
    found: dict[Where, list[Content]] = {}
    for number, (name, table) in enumerate(reading.preview.understood.tables):
        if table.as_of is not None and _is_older(reading, number, today):
            where = name, table.as_of
            if where not in reading.read_at:  # what is read from it too is not ours to change
                found[where] = list(_ways(reading.sheets[name].value(*table.as_of), today))
    return found


def _is_older(reading: Reading, table: int, today: dt.date) -> bool:
    understood = reading.preview.understood
    days = [day for day, of in zip(understood.days, understood.table_of, strict=True) if of == table and day]
    return any(day < today for day in days)


def says_today(reading: Reading, where: Where, today: dt.date) -> bool:
    """Whether every table that takes its day from the cell is of today now."""
    understood = reading.preview.understood
    for number, draft in enumerate(reading.drafts):
        sheet, table = reading.table_of(number)
        if (sheet.name, table.as_of) == where and draft.day is None and understood.days[number] != today:
            return False
    return True


def _ways(value: CellValue, today: dt.date) -> Iterator[Content]:
    if isinstance(value, dt.date):
        yield today
    if not isinstance(value, str):
        return
    for pattern, form in _PATTERNS:
        yield from _last_replaced(pattern, value, f"{today:{form}}")
    for language in LANGUAGES:
        yield from _last_replaced(_LONG_DAY, value, formatted(language, today, "date").replace("\u00a0", " "))
        yield from _last_replaced(_MONTH, value, formatted(language, today, "month").replace("\u00a0", " "))


def _last_replaced(pattern: re.Pattern[str], text: str, by: str) -> Iterator[str]:
    found = list(pattern.finditer(text))
    if found:
        yield text[: found[-1].start()] + by + text[found[-1].end() :]
