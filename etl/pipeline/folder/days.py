"""The day a file's name speaks of. Never taken silently: a file is about its day of receipt unless somebody says so."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

_MONTHS = (
    ("jan",), ("feb",), ("mrz", "maerz", "mär", "märz", "mar"), ("apr",), ("mai", "may"), ("jun",), ("jul",),
    ("aug",), ("sep", "sept"), ("okt", "oct"), ("nov",), ("dez", "dec"),
)  # fmt: skip
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_BEFORE, _AFTER = r"(?<![0-9])", r"(?![0-9])"
_DATES = (
    re.compile(rf"{_BEFORE}(?P<y>20\d\d)[-_.]?(?P<m>0[1-9]|1[0-2])[-_.]?(?P<d>0[1-9]|[12]\d|3[01]){_AFTER}"),
    re.compile(rf"{_BEFORE}(?P<d>0?[1-9]|[12]\d|3[01])\.(?P<m>0?[1-9]|1[0-2])\.(?P<y>20\d\d|\d\d){_AFTER}"),
)
_YEAR_MONTH = re.compile(rf"{_BEFORE}(?P<y>20\d\d)[-_.](?P<m>0[1-9]|1[0-2]){_AFTER}")
_MONTH_YEAR = re.compile(rf"{_BEFORE}(?P<m>0[1-9]|1[0-2])[-_.](?P<y>20\d\d){_AFTER}")
_MONTH_NAME = re.compile(r"(?<![a-zäöü])(?P<name>[a-zäöü]{3,9})\.?[ _-]?(?P<y>20\d\d|\d\d)(?![0-9])", re.I)
_QUARTER = re.compile(rf"(?<![a-z0-9])q(?P<q>[1-4])[ _/-]?(?P<y>20\d\d|\d\d){_AFTER}", re.I)
_YEAR = re.compile(rf"{_BEFORE}20(\d\d)(?:[-_/](?:20)?(\d\d))?{_AFTER}")
#: A list may come so many days after the day, or the end of the month, that its name gives.
_SOON = 3


@dataclass(frozen=True, slots=True)
class NamedDay:
    """The last day of what a name speaks of (``date``, ``month``, ``quarter``, ``year``), not after the receipt."""

    day: dt.date
    how: str


def named_day(file: str, received: dt.date) -> NamedDay | None:
    """The day in a file's name, where it is another than the day of receipt; None where the name says none, or the
    receipt lies within what it says."""
    for read in (_date, _month, _quarter, _years):
        found = read(file)
        if found is not None:
            first, last, how = found
            if first > received or received <= last + dt.timedelta(days=_SOON):
                return None
            return NamedDay(last, how)
    return None


_Span = tuple[dt.date, dt.date, str]


def _date(file: str) -> _Span | None:
    for pattern in _DATES:
        for found in pattern.finditer(file):
            try:
                day = dt.date(_year(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                continue
            return day, day, "date"
    return None


def _month(file: str) -> _Span | None:
    found = _YEAR_MONTH.search(file) or _MONTH_YEAR.search(file)
    if found:
        return *_month_of(int(found["y"]), int(found["m"])), "month"
    for named in _MONTH_NAME.finditer(file):
        number = next((n for start, n in _MONTH_NUMBERS.items() if _is_month(named["name"].lower(), start)), None)
        if number:
            return *_month_of(_year(named["y"]), number), "month"
    return None


def _is_month(word: str, start: str) -> bool:
    """„Okt“, „Oktober“, but not „Juno“ or „Marburg“."""
    full = {
        "januar", "january", "februar", "february", "märz", "maerz", "march", "april", "juni", "june", "juli", "july",
        "august", "september", "oktober", "october", "november", "dezember", "december",
    }  # fmt: skip
    return word == start or (word in full and word.startswith(start))


def _month_of(year: int, month: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _quarter(file: str) -> _Span | None:
    found = _QUARTER.search(file)
    if not found:
        return None
    year, last = _year(found["y"]), 3 * int(found["q"])
    return dt.date(year, last - 2, 1), _month_of(year, last)[1], "quarter"


def _years(file: str) -> _Span | None:
    """A year, or several („2025-2028“, „25-26“ after a year)."""
    found = [2000 + int(year) for match in _YEAR.finditer(file) for year in match.groups() if year]
    if not found or max(found) > 2100:
        return None
    return dt.date(min(found), 1, 1), dt.date(max(found), 12, 31), "year"


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)
