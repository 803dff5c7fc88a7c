"""The last touch on a sheet before it leaves the child: whole numbers whole, no-numbers named, dates found."""

from __future__ import annotations

import contextlib
import datetime as dt
import math
from dataclasses import dataclass, field

from etl.stages.readers.cells import Digits, no_digits
from etl.stages.shapes import CellValue, Sheet

#: Whole numbers beyond this lose digits as a float.
EXACT = 2**53
#: Longer ones do not fit into 64 bits.
LONGEST = 18

Spots = list[tuple[int, list[int]]]


@dataclass(slots=True)
class Temporal:
    """Where dates and times stand: column index -> row indexes, both from 0, by kind."""

    dates: Spots = field(default_factory=list)
    datetimes: Spots = field(default_factory=list)
    times: Spots = field(default_factory=list)
    durations: Spots = field(default_factory=list)


KINDS: dict[type, str] = {dt.date: "dates", dt.datetime: "datetimes", dt.time: "times", dt.timedelta: "durations"}


def settle(sheet: Sheet, digits: Digits = no_digits) -> Temporal:
    """Make blank texts None, integral floats ints (by the digits as written, if a float can't hold them), NaN an error.

    Durations become seconds, which JSON can carry; returns where dates, times and durations stand.
    """
    found = Temporal()
    for index, column in enumerate(zip(*sheet.rows, strict=True)):
        types = set(map(type, column))
        if str in types:
            _settle_blanks(sheet.rows, index, column)
        if float in types:
            _settle_numbers(sheet, index, column, digits)
        for kind in KINDS.keys() & types:
            rows = [row for row, value in enumerate(column) if type(value) is kind]
            getattr(found, KINDS[kind]).append((index, rows))
            if kind is dt.timedelta:
                for row in rows:
                    sheet.rows[row][index] = column[row].total_seconds()
    return found


def _settle_blanks(rows: list[list[CellValue]], index: int, column: tuple[CellValue, ...]) -> None:
    row = -1
    with contextlib.suppress(ValueError):
        while True:
            row = column.index("", row + 1)
            rows[row][index] = None


def _settle_numbers(sheet: Sheet, index: int, column: tuple[CellValue, ...], digits: Digits) -> None:
    rows = sheet.rows
    for row, value in enumerate(column):
        if type(value) is float and value.is_integer():
            rows[row][index] = int(value)
    numbers = [value for value in column if type(value) is float]
    if not -EXACT < sum(map(abs, numbers)) < EXACT:
        _settle_extremes(sheet, index, column, digits)


def _settle_extremes(sheet: Sheet, index: int, column: tuple[CellValue, ...], digits: Digits) -> None:
    """A column that holds (or adds up to) more than a float can count, or no number at all."""
    for row, value in enumerate(column):
        if type(value) is not float:
            continue
        if not math.isfinite(value):
            sheet.rows[row][index] = None
            sheet.errors[row + 1, index + 1] = "NaN" if math.isnan(value) else "INF"
        elif abs(value) >= EXACT:
            written = digits(row + 1, index + 1)
            whole = written and written.lstrip("-").isdigit() and len(written) <= LONGEST
            sheet.rows[row][index] = int(written or 0) if whole else value
