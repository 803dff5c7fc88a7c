"""The last touch on a sheet before it leaves the child: whole numbers whole, no-numbers named, dates found."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
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


def settle(sheet: Sheet, digits: Digits = no_digits) -> tuple[list[Sequence[CellValue]], Temporal]:
    """The sheet's columns: blank texts None, integral floats ints (by the digits as written, if a float can't hold
    them), NaN noted as an error, durations seconds, which JSON can carry.

    Tells too where dates, times and durations stand.
    """
    columns: list[Sequence[CellValue]] = []
    found = Temporal()
    for index, column in enumerate(zip(*sheet.rows, strict=True)):
        types = set(map(type, column))
        settled: Sequence[CellValue] = column
        if str in types and "" in column:
            settled = [None if value == "" else value for value in column]
        if float in types:
            settled = _settled_numbers(sheet, index, settled, digits)
        for kind in KINDS.keys() & types:
            rows = [row for row, value in enumerate(column) if type(value) is kind]
            getattr(found, KINDS[kind]).append((index, rows))
            if kind is dt.timedelta:
                settled = [v.total_seconds() if isinstance(v, dt.timedelta) else v for v in settled]
        columns.append(settled)
    return columns, found


def _settled_numbers(sheet: Sheet, index: int, column: Sequence[CellValue], digits: Digits) -> Sequence[CellValue]:
    numbers = [value for value in column if type(value) is float]
    if not -EXACT < sum(map(abs, numbers)) < EXACT:
        return [_settled_extreme(sheet, row, index, value, digits) for row, value in enumerate(column)]
    return [int(value) if type(value) is float and value.is_integer() else value for value in column]


def _settled_extreme(sheet: Sheet, row: int, index: int, value: CellValue, digits: Digits) -> CellValue:
    """A number of a column that holds (or adds up to) more than a float can count, or no number at all."""
    if type(value) is not float:
        return value
    if not math.isfinite(value):
        sheet.errors[row + 1, index + 1] = "NaN" if math.isnan(value) else "INF"
        return None
    if abs(value) >= EXACT:
        written = digits(row + 1, index + 1)
        whole = written and written.lstrip("-").isdigit() and len(written) <= LONGEST
        return int(written or 0) if whole else value
    return int(value) if value.is_integer() else value
