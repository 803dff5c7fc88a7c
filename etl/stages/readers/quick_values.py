"""Values of a usual xlsx as its cells write them, by column; what calamine might see otherwise is ``Unusual``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from etl.stages.readers.quick_texts import Unusual
from etl.stages.shapes import CellValue

#: Numbers of up to so many digits are exact as a float, so that calamine and we see the same.
EXACT_DIGITS = 15
#: The first day after Excel's 29 February 1900, the last day it knows, and what makes a day Python's.
FIRST_DAY, LAST_DAY, DAYS_BEFORE = 61, 2_958_465, 693_594
NUMBER_TEXT = rb"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,3})?"
NUMBERS = re.compile(NUMBER_TEXT + rb"(?: " + NUMBER_TEXT + rb")*")
Values = Sequence[bytes]
Convert = Callable[[Values], Sequence[CellValue]]


def numbers(values: Values) -> Sequence[CellValue]:
    if b"".join(values).isdigit() and len(max(values, key=len)) <= EXACT_DIGITS:
        try:
            return list(map(int, values))
        except ValueError:
            raise Unusual from None
    if not NUMBERS.fullmatch(b" ".join(values)):
        raise Unusual
    found = list(map(float, values))
    if max(map(abs, found)) >= 10**EXACT_DIGITS:
        raise Unusual
    return [int(number) if number.is_integer() else number for number in found]


def dates(values: Values) -> Sequence[CellValue]:
    if not b"".join(values).isdigit():
        raise Unusual
    return list(map(_day, values))


@lru_cache(maxsize=4_000)
def _day(value: bytes) -> dt.date:
    if not value or not FIRST_DAY <= int(value) <= LAST_DAY:
        raise Unusual
    return dt.date.fromordinal(int(value) + DAYS_BEFORE)


def truths(values: Values) -> Sequence[CellValue]:
    if not {b"0", b"1"}.issuperset(values):
        raise Unusual
    return [value == b"1" for value in values]


def errors(values: Values) -> Sequence[CellValue]:
    """What stood there is told by ``scan``."""
    return [None] * len(values)
