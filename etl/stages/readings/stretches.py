"""One written point or stretch of the calendar: a day, a month, "3. Quartal 2026", "Herbst 2026", "Mitte 2027"."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace

from etl.stages.readings.feasts import FEASTS, day_of_feast

#: Excel serial numbers (1900 system) that can only be meant as dates (rule ``excel_serial``): 1954 to 2119.
SERIALS = range(20_000, 80_001)
YEARS = range(1900, 2120)
_SERIAL_ZERO = dt.date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From ``first`` to ``last``; ``approx``: the text itself is vague; ``doubtful``: it could be read otherwise."""

    first: dt.date
    last: dt.date
    precision: str
    approx: bool = False
    doubtful: bool = False


_MONTH_NAMES = (
    "januar jan jänner january",
    "februar feb febr feber february",
    "märz mär mrz maerz march mar",
    "april apr",
    "mai may",
    "juni jun june",
    "juli jul july",
    "august aug",
    "september sept sep",
    "oktober okt october oct",
    "november nov",
    "dezember dez december dec",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
#: Meteorological seasons by their first month (``domain.md``: a proposal, therefore always approximate).
_SEASONS = {
    "frühjahr": 3, "frühling": 3, "spring": 3, "sommer": 6, "summer": 6,
    "herbst": 9, "autumn": 9, "fall": 9, "winter": 12,
}  # fmt: skip
_COUNTED = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "erstes": 1, "zweites": 2, "drittes": 3, "viertes": 4,
    "first": 1, "second": 2, "third": 3, "fourth": 4,
}  # fmt: skip
_PARTS = {
    "anfang": 0, "beginn": 0, "early": 0, "beginning": 0, "start of": 0,
    "mitte": 1, "mid": 1, "middle": 1, "ende": 2, "late": 2, "end": 2,
}  # fmt: skip

_VAGUE = re.compile(
    r"^(?:ca\.?|etwa|circa|ungefähr|gegen|vorauss(?:ichtlich|\.)?|vsl\.?|geplant:?|approx\.?|about|around|"
    r"expected|planned|~)\s*|\s*(?:\(?(?:geplant|voraussichtlich|vorauss\.|vsl\.|vorl\.|tbc|planned|expected)\)?|\?)$"
)
_FILLING = re.compile(
    r"^(?:(?:am|vom|im|in|den|der|zum|on|the|stand:?|(?:kalender|haushalts)?jahr(?:es)?|hhj\.?|year|monat|"
    r"(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday)[.,]*)\s+)+"
)
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
_YEAR = r"'?(\d{4}|\d{2})"
_BETWEEN = r"(?: of| des jahres| im jahr)?[ /.,-]*"
_NUMBER = r"([1-4]|i{1,3}|iv|first|second|third|fourth|erstes|zweites|drittes|viertes)"


def year_of(text: str) -> int:
    """``"26" -> 2026``, ``"98" -> 1998``."""
    number = int(text)
    return number if len(text) > 2 else number + (2000 if number < 70 else 1900)


def from_serial(number: float) -> dt.date:
    return _SERIAL_ZERO + dt.timedelta(days=int(number))


def a_day(year: int, month: int, day: int, doubtful: bool = False) -> Stretch:
    date = dt.date(year, month, day)
    return Stretch(date, date, "day", doubtful=doubtful)


def months(year: int, month: int, count: int, precision: str) -> Stretch:
    """``count`` whole months from ``month`` of ``year``."""
    whole, last = divmod(month + count - 2, 12)
    end = dt.date(year + whole, last + 1, monthrange(year + whole, last + 1)[1])
    return Stretch(dt.date(year, month, 1), end, precision)


def a_year(year: int) -> Stretch:
    return months(year, 1, 12, "year")


def stretch(text: str) -> Stretch | None:
    """``text``: tidied, casefolded. None where it is no single point or stretch, or where it would be a guess."""
    plain = _FILLING.sub("", text)
    found = _plain_stretch(plain)
    if found is not None:
        return found
    certain = without_vagueness(plain)
    if certain == plain or not certain:
        return None
    found = _plain_stretch(_FILLING.sub("", certain))
    return found and replace(found, approx=True)


def without_vagueness(text: str) -> str:
    """Without a leading "ca.", "voraussichtlich" and a trailing "(geplant)", "?"."""
    return _VAGUE.sub("", _VAGUE.sub("", text)).strip()


def _plain_stretch(text: str) -> Stretch | None:
    if not text or not (text[-1].isdigit() or "." in text or " " in text):
        return None
    text = _ORDINAL.sub(r"\1.", text) if text[0].isdigit() or " " in text else text
    for pattern, build in _PATTERNS:
        match = pattern.fullmatch(text)
        if match:
            try:
                found = build(match)
            except ValueError:  # no such day, month or week
                continue
            if found is not None and found.first.year in YEARS and found.last.year in YEARS:
                return found
    return None


def _iso(match: re.Match[str]) -> Stretch:
    return a_day(int(match[1]), int(match[2]), int(match[3]))


def _german_day(match: re.Match[str]) -> Stretch:
    return a_day(year_of(match[3]), int(match[2]), int(match[1]))


def _signed_day(match: re.Match[str]) -> Stretch:
    """``01/09/2026``: day first as in Germany, but months and days up to twelve can be swapped."""
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    if second > 12:
        return a_day(year, first, second, doubtful=True)
    return a_day(year, second, first, doubtful=first <= 12 and first != second)


def _named_day(match: re.Match[str]) -> Stretch | None:
    month = _MONTHS.get(match[2])
    return a_day(year_of(match[3]), month, int(match[1])) if month else None


def _english_day(match: re.Match[str]) -> Stretch | None:
    month = _MONTHS.get(match[1])
    return a_day(year_of(match[3]), month, int(match[2])) if month else None


def _named_month(match: re.Match[str]) -> Stretch | None:
    """``Sep 26`` is mostly September 2026 (Excel writes it so), but could be a day."""
    month = _MONTHS.get(match[1])
    if month is None:
        return None
    return replace(months(year_of(match[2]), month, 1, "month"), doubtful=len(match[2]) == 2)


def _numbered_month(match: re.Match[str]) -> Stretch:
    return months(int(match[2]), int(match[1]), 1, "month")


def _short_month(match: re.Match[str]) -> Stretch | None:
    """``5/26`` is May 2026 (and said to be doubtful); ``5/12`` could as well be a day without a year."""
    if int(match[2]) <= 12:
        return None
    return replace(months(year_of(match[2]), int(match[1]), 1, "month"), doubtful=True)


def _year_then_month(match: re.Match[str]) -> Stretch | None:
    """``2026-09`` and ``2026/09`` are months; ``2010/11`` could be two years and stays unread."""
    year, month = int(match[1]), int(match[3])
    if match[2] == "/" and month == (year + 1) % 100:
        return None
    return months(year, month, 1, "month")


def _two_years(match: re.Match[str]) -> Stretch | None:
    """``2026/27``: school year, budget year or two years. Read as both years, and asked."""
    first = int(match[1])
    last = int(match[2]) if len(match[2]) == 4 else first // 100 * 100 + int(match[2])
    if not 0 < last - first <= 10 or (len(match[2]) == 2 and int(match[2]) <= 12):
        return None
    return Stretch(dt.date(first, 1, 1), dt.date(last, 12, 31), "year", approx=True, doubtful=True)


def _counted(text: str) -> int:
    return _COUNTED.get(text) or int(text)


def _quarter(match: re.Match[str]) -> Stretch:
    return months(year_of(match[2]), _counted(match[1]) * 3 - 2, 3, "quarter")


def _half(match: re.Match[str]) -> Stretch | None:
    half = _counted(match[1])
    return months(year_of(match[2]), half * 6 - 5, 6, "half_year") if half <= 2 else None


def _week(match: re.Match[str]) -> Stretch:
    monday = dt.date.fromisocalendar(year_of(match[2]), int(match[1]), 1)
    return Stretch(monday, monday + dt.timedelta(days=6), "week")


def _season(match: re.Match[str]) -> Stretch | None:
    first, year = _SEASONS[match[1]], year_of(match[2])
    if match[3] and (first != 12 or year_of(match[3]) != year + 1):
        return None
    found = months(year, first, 3, "season")
    return replace(found, approx=True, doubtful=first == 12 and not match[3])


def _school_year(match: re.Match[str]) -> Stretch | None:
    first, last = year_of(match[1]), year_of(match[2])
    return months(first, 8, 12, "school_year") if last == first + 1 else None


def _part(match: re.Match[str]) -> Stretch | None:
    """``Anfang 2027`` January to March, ``Mitte 2027`` June and July, ``Ende 2027`` October to December."""
    text = _FILLING.sub("", match[2])
    whole = a_year(year_of(text)) if len(text) == 2 and text.isdigit() else _plain_stretch(text)
    part = _PARTS[match[1]]
    if whole is None or whole.precision in ("day", "approx"):
        return None
    if whole.precision == "year" and whole.first.year == whole.last.year:
        first, count = ((1, 3), (6, 2), (10, 3))[part]
        return replace(months(whole.first.year, first, count, "approx"), approx=True)
    third = dt.timedelta(days=((whole.last - whole.first).days + 1) // 3)
    begins = (whole.first, whole.first + third, whole.first + 2 * third)[part]
    ends = (whole.first + third, whole.first + 2 * third, whole.last + dt.timedelta(days=1))[part]
    return Stretch(begins, ends - dt.timedelta(days=1), "approx", approx=True)


def _feast(match: re.Match[str]) -> Stretch:
    """``Ostern 27``, ``Advent 2026``: the day it falls on, or begins with; always approximate."""
    date = day_of_feast(match[1], year_of(match[2]))
    return Stretch(date, date, "approx", approx=True)


def _serial(match: re.Match[str]) -> Stretch | None:
    number = int(match[0])
    date = from_serial(number)
    return Stretch(date, date, "day", doubtful=True) if number in SERIALS else None


_QUARTER_WORD = r"(?:quartal|quarter|qu\.?|qtr\.?|q\.?)"
_HALF_WORD = r"(?:halbjahr|hj\.?|jahreshälfte|half|hälfte)"
_WEEK_WORD = r"(?:kw|cw|kalenderwoche|calendar week|week|woche)"
_SCHOOL_WORD = r"(?:schuljahr|sj\.?|kindergartenjahr|kita-?jahr|school year)"


def _swapped(match: re.Match[str]) -> Stretch:
    return months(int(match[1]), int(match[2]) * 3 - 2, 3, "quarter")


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Stretch | None]], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})", _german_day),
        (r"(\d{4})", lambda match: a_year(int(match[1]))),
        (r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?z?)?", _iso),
        (r"(\d{1,2})/(\d{1,2})/(\d{4})", _signed_day),
        (r"(\d{1,2})-(\d{1,2})-(\d{4})", _signed_day),
        (r"(\d{1,2})\.? ?-?([a-zä]{3,9})[.,]*[ -]*" + _YEAR, _named_day),
        (r"([a-zä]{3,9})\.? (\d{1,2})\.?,? (\d{4})", _english_day),
        (r"([a-zä]{3,9})[.,]*[ /-]*" + _YEAR, _named_month),
        (r"(\d{1,2}) ?[./-] ?(\d{4})", _numbered_month),
        (r"(\d{1,2})/'?(\d{2})", _short_month),
        (r"(\d{4})([-/.])(\d{2})", _year_then_month),
        (r"(\d{4}) ?/ ?(\d{4}|\d{2})", _two_years),
        (_NUMBER + r"\.? ?" + _QUARTER_WORD + _BETWEEN + _YEAR, _quarter),
        (_QUARTER_WORD + r" ?([1-4]|i{1,3}|iv)" + _BETWEEN + _YEAR, _quarter),
        (r"(i{1,3}|iv)\.? ?[/ ] ?(\d{4})", _quarter),
        (r"(\d{4})[ /-]*q([1-4])", _swapped),
        (_NUMBER + r"\.? ?" + _HALF_WORD + _BETWEEN + _YEAR, _half),
        (r"(?:h|hj\.? ?|halbjahr )([12]|i{1,2})" + _BETWEEN + _YEAR, _half),
        (_WEEK_WORD + r"\.? ?(\d{1,2})" + _BETWEEN + _YEAR, _week),
        (r"(\d{1,2})\.? ?" + _WEEK_WORD + _BETWEEN + _YEAR, _week),
        (r"(" + "|".join(_SEASONS) + r")[ ']*(\d{4}|\d{2})(?:[/-](\d{4}|\d{2}))?", _season),
        (r"(" + "|".join(FEASTS) + r")[ ']*(\d{4}|\d{2})", _feast),
        (_SCHOOL_WORD + r" ?(\d{4}|\d{2}) ?[/-] ?(\d{4}|\d{2})", _school_year),
        (r"(" + "|".join(_PARTS) + r")(?: of| des| der| von)?[ -]+(.+)", _part),
        (r"jahres(anfang|beginn|mitte|ende) (\d{4})", _part),
        (r"\d{5}", _serial),
    )
)
