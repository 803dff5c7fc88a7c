"""What the values beside a label look like: names, initials, dates of birth, numbers, residence permits."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence

from etl.stages.clients.words import first_names
from etl.stages.shapes import CellValue

#: So much of a column must look alike.
_MOST = 0.6
_WORD = r"(?:[A-ZÄÖÜÀ-Þ][a-zäöüßà-ÿ'’]+|[A-ZÄÖÜÀ-Þ]{2,}|[A-ZÄÖÜ]\.|al|El|von|van|de|und|&)(?:-[A-ZÄÖÜÀ-Þ]\w+)?"
_NAMES = re.compile(rf"{_WORD}(?:,? {_WORD}){{1,4}},?")
_TITLED = re.compile(r"(?:Familie|Fam\.|Family|Frau|Fr\.|Herrn?|Hr\.|Mr\.?|Mrs\.?|Ms\.?) [A-ZÄÖÜÀ-Þ][\wÀ-ÿ'’ .-]*")
_FAMILY = re.compile(r"(?:Familie|Fam\.|Family) ")
_NAME = re.compile(r"(?:[A-ZÄÖÜÀ-Þ][a-zäöüßà-ÿ'’]+|[A-ZÄÖÜÀ-Þ]{2,})(?:-[A-ZÄÖÜÀ-Þ]\w+)?")
_INITIALS = re.compile(r"[A-ZÄÖÜ]{1,2}\.? ?,?-?[A-ZÄÖÜ]{1,2}\.?\d{0,2}")
_WORDS = re.compile(r"[^\W\d_]+")
_ABBREVIATED = re.compile(rf"{_NAME.pattern} [A-ZÄÖÜ]\.")
_PEOPLE = re.compile(rf"{_NAME.pattern} [A-ZÄÖÜ]\.(?:\s*(?:[,;/\n]|und|and)\s*{_NAME.pattern} [A-ZÄÖÜ]\.)+")
_DAY = re.compile(r"\d{1,2}[./]\s?\d{1,2}[./]\s?(\d{4}|\d{2})|(\d{4})-\d\d-\d\d")
_RESIDENCE = re.compile(
    r"§ ?\d+|\b(?:Duldung|Gestattung|geduldet|Aufenthaltserlaubnis|Niederlassungserlaubnis|NE|AE|BÜMA|subsidiär\w*"
    r"|Fiktionsbescheinigung|asylum seeker|subsidiary protection|refugee status|tolerated)\b"
)
#: Nobody in a list was born outside these years.
_BORN = range(1915, 2031)
_AGES = range(0, 105)


def mostly(values: Sequence[CellValue], fits: Callable[[CellValue], bool]) -> bool:
    may_miss = int((1 - _MOST) * len(values))
    for value in values:
        if not fits(value):
            if not may_miss:
                return False
            may_miss -= 1
    return bool(values)


def several_names(value: CellValue) -> bool:
    """First and last name, name and initial, or a form of address: ``Haddad, Samira``, ``Yasin H.``, ``Fam. Kaya``."""
    return isinstance(value, str) and bool(_NAMES.fullmatch(value.strip()) or _TITLED.fullmatch(value.strip()))


def titled_name(value: CellValue) -> bool:
    return isinstance(value, str) and bool(_TITLED.fullmatch(value.strip()))


def family(value: CellValue) -> bool:
    return isinstance(value, str) and bool(_FAMILY.match(value))


def several_words(value: CellValue) -> bool:
    return isinstance(value, str) and len(value.split()) > 1


def one_name(value: CellValue) -> bool:
    return isinstance(value, str) and bool(_NAME.fullmatch(value.strip()))


def any_name(value: CellValue) -> bool:
    return several_names(value) or one_name(value)


def known_first_name(value: CellValue) -> bool:
    """One of its words is a given name that is common here."""
    return isinstance(value, str) and any(word.casefold() in first_names() for word in _WORDS.findall(value))


def abbreviated(value: CellValue) -> bool:
    """``Yasin H.``: colleagues are rarely written so."""
    return isinstance(value, str) and bool(_ABBREVIATED.fullmatch(value.strip()))


def list_of_people(value: CellValue) -> bool:
    """``Samira H., Olena K.``: where a number of participants was asked for, someone wrote who they are."""
    return isinstance(value, str) and bool(_PEOPLE.fullmatch(value.strip()))


def initials(value: CellValue) -> bool:
    return isinstance(value, str) and bool(_INITIALS.fullmatch(value.strip()))


def year_of_day(value: CellValue) -> int | None:
    """The year of a date or of a text that is one; two digits stay two digits."""
    if isinstance(value, (dt.date, dt.datetime)):
        return value.year
    found = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    return int(found[1] or found[2]) if found else None


def birthday(value: CellValue) -> bool:
    year = year_of_day(value)
    return year is not None and (year < 100 or year in _BORN)


def year_or_age(value: CellValue) -> bool:
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value)
    return isinstance(value, (int, float)) and int(value) == value and (int(value) in _BORN or int(value) in _AGES)


def long_number(value: CellValue) -> bool:
    """At least six digits, whatever letters and signs stand between."""
    text = str(int(value)) if isinstance(value, float) else str(value)
    return not isinstance(value, (dt.date, dt.time)) and sum(map(str.isdecimal, text)) >= 6


def short_number(value: CellValue) -> bool:
    return isinstance(value, (str, int, float)) and sum(map(str.isdecimal, str(value))) >= 3


def residence(value: CellValue) -> bool:
    return isinstance(value, str) and bool(_RESIDENCE.search(value))


def short_text(value: CellValue) -> bool:
    return isinstance(value, (dt.date, dt.datetime)) or (isinstance(value, str) and len(value) <= 60)
