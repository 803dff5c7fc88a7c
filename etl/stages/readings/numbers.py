"""Numbers in German and English spelling, percentages, and the words around them (``ca.``, ``mind.``, ``vorl.``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from etl.stages.readings.reading import LONGEST_VALUE, Reading, failed, tidy
from etl.stages.shapes import CellValue, FieldValue

UNREADABLE = "number_unreadable"
INTERPRETED = "number_interpreted"
PROVISIONAL = "value_provisional"
_LARGEST = Decimal(10) ** 15

#: "240 1)": a mark that points to a note below the list.
_FOOTNOTE = re.compile(r"(?<=[\d%])(?:\s+\d\)|\s*[¹²³*]\)?)$")
_GROUPED = re.compile(r"\d{1,3}(?:[. ']\d{3})+(?:,\d+)?")
_ENGLISH_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}")
_PLAIN = re.compile(r"\d+(?:,\d+)?")
_POINT = re.compile(r"\d+\.\d+")
_ENGLISH_SIGNS = str.maketrans({",": None, " ": None, "'": None})
_GERMAN_SIGNS = str.maketrans({".": None, " ": None, "'": None, ",": "."})

#: What stands for a number in a text: the longest run of digits with separators between them.
NUMBER = r"\d+(?:[.,' ]\d+)*"
_LOOKS_LIKE_DIGITS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1"})


@dataclass(frozen=True, slots=True)
class Bounds:
    """A text without the words around its number."""

    text: str
    approx: bool = False
    bound: str | None = None
    provisional: bool = False
    so_far: bool = False

    def qualifier(self) -> dict[str, object]:
        said: dict[str, object] = {}
        for name in ("approx", "provisional", "so_far"):
            if getattr(self, name):
                said[name] = True
        if self.bound:
            said[self.bound] = True
        return said


_APPROX = re.compile(
    r"^(?:ca\.?|circa|etwa|rund|rd\.|ungefähr|geschätzt|schätzungsweise|knapp|gut|approx\.?|about|around|roughly|~|≈|\+/-|±)\s*"
    r"|\s*\(?(?:geschätzt|schätzung|gesch\.|estimated|estimate|ca\.|geplant|planned)\)?$",
    re.IGNORECASE,
)
_SO_FAR = re.compile(r"^(?:bisher|bislang|so far|to date)\s*", re.IGNORECASE)
_AT_LEAST = re.compile(
    r"^(?:mind(?:estens|\.)?|min\.?|mehr als|über|wenigstens|ab|at least|more than|over|>=?|≥)\s*", re.IGNORECASE
)
_AT_MOST = re.compile(
    r"^(?:max(?:imal|\.)?|höchstens|bis zu|bis|unter|weniger als|at most|up to|less than|under|<=?|≤)\s*", re.IGNORECASE
)
_PROVISIONAL = re.compile(
    r"\s*(?:\((?:vorl(?:\.|äufig)?|v|p|provisional|prov\.)\)|\b(?:vorl\.|vorläufig|provisional|prov\.))$", re.IGNORECASE
)


def bounds_of(text: str) -> Bounds:
    """Takes ``ca.``, ``mind.``, ``max.``, ``> ``, ``bisher``, ``(vorl.)``, ``(geschätzt)`` off a tidied text."""
    bare = _PROVISIONAL.sub("", text)
    provisional = bare != text
    so_far, bare = _taken(_SO_FAR, bare)
    approx, bare = _taken(_APPROX, bare)
    least, bare = _taken(_AT_LEAST, bare)
    most, bare = (False, bare) if least else _taken(_AT_MOST, bare)
    again, bare = _taken(_APPROX, bare)
    bound = "min" if least else "max" if most else None
    return Bounds(bare.strip(), approx or again, bound, provisional, so_far)


def _taken(pattern: re.Pattern[str], text: str) -> tuple[bool, str]:
    found = pattern.sub("", text)
    return found != text, found


def decimal_of(text: str) -> tuple[Decimal, bool] | None:
    """The number in German or English spelling, and whether the spelling leaves a doubt (``1.5``, ``12,500``).

    ``1.500`` and ``12 500,00`` are German thousands, ``12,500.00`` English ones. None where it is no number.
    """
    negative = text.startswith("-")
    text = text.removeprefix("-").removeprefix("+").strip()
    if len(text) > 25:
        return None
    if _ENGLISH_GROUPED.fullmatch(text):
        found = Decimal(text.translate(_ENGLISH_SIGNS)), False
    elif _GROUPED.fullmatch(text):
        found = Decimal(text.translate(_GERMAN_SIGNS)), False
    elif _PLAIN.fullmatch(text):
        whole, _, decimals = text.partition(",")
        found = Decimal(text.replace(",", ".")), len(decimals) == 3 and 0 < len(whole) <= 3 and whole != "0"
    elif _POINT.fullmatch(text):
        found = Decimal(text), True
    else:
        return None
    return (-found[0], found[1]) if negative else found


def exact(number: float) -> Decimal:
    """A stored number without binary noise: ``0.1 -> Decimal("0.1")``."""
    return Decimal(repr(number))


def json_number(number: Decimal) -> int | float:
    """``int`` where integral. Noise of a calculation in the sheet (beyond 12 places) is rounded away."""
    if number == number.to_integral_value():
        return int(number)
    return float(round(number, 12))


def is_number(value: CellValue) -> bool:
    """A usable stored number: no truth value, no infinity, nothing astronomically large."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < float(_LARGEST)


def meant_number(text: str) -> Decimal | None:
    """``"2O" -> 20``, ``"2O.000" -> 20000``: letters that look like digits, where nothing but a number would remain."""
    meant = text.translate(_LOOKS_LIKE_DIGITS)
    found = decimal_of(meant) if meant != text and any(c.isdigit() for c in text) else None
    return found[0] if found and not found[1] else None


_WITH_UNIT = re.compile(
    rf"([-+]? ?{NUMBER}) ?(%|prozent(?:punkte)?|v\.? ?h\.?|percent|[^\W\d_][^\d()]{{0,30}}|€|‰)?"
    r"(?: ?\(?(?:stand |bis |in |by |as of )?((?:19|20)\d\d)\)?)?",
    re.IGNORECASE,
)
_PERCENT_WORDS = ("%", "prozent", "v.h.", "vh", "v. h.", "percent", "v.h")


def read_number(value: CellValue, percent: bool, unit: str | None = None, fraction: bool = False) -> Reading:
    """A value of an indicator as a JSON number, with ``unit`` (``"%"``) where cell or column says so.

    ``percent``: the cell's format is a percentage, so that a stored 0.512 reads as 51.2. A year behind the value
    (``48,3 % (2025)``) is given as ``year``. ``fraction``: the column holds fractions (0.512) of its unit "%" without
    showing them so; they are multiplied and marked.
    """
    if is_number(value):
        assert isinstance(value, (int, float))
        number = exact(value) * 100 if percent or fraction else exact(value)
        mark = INTERPRETED if fraction and not percent else None
        return Reading(_with_unit(number, "%" if percent or fraction else unit, None), {}, mark)
    if not isinstance(value, str) or len(value) > LONGEST_VALUE:
        return failed(UNREADABLE)
    text = tidy(value)
    plain = _FOOTNOTE.sub("", text)
    if plain != text:
        reading = read_number(plain, percent, unit, fraction)
        return reading if reading.problem else replace(reading, mark=INTERPRETED)
    bounds = bounds_of(text)
    match = _WITH_UNIT.fullmatch(bounds.text)
    found = match and decimal_of(match[1].replace("- ", "-").replace("+ ", "+"))
    if not match or not found:
        meant = meant_number(text)
        return failed(UNREADABLE, None if meant is None else str(meant))
    said_unit = match[2].strip() if match[2] else None
    if said_unit and said_unit.casefold() in _PERCENT_WORDS:
        said_unit = "%"
    doubtful = bounds.approx or match[3] is not None or (found[1] and "," in match[1])
    mark = INTERPRETED if doubtful else PROVISIONAL if bounds.provisional else None
    qualifier: Mapping[str, Mapping[str, object]] = {"value": said} if (said := bounds.qualifier()) else {}
    return Reading(_with_unit(found[0], said_unit or unit, match[3]), qualifier, mark)


def _with_unit(number: Decimal, unit: str | None, year: str | None) -> dict[str, FieldValue]:
    fields: dict[str, FieldValue] = {"value": json_number(number)}
    if unit:
        fields["unit"] = unit
    if year:
        fields["year"] = int(year)
    return fields


def read_percent(value: CellValue, percent: bool, fraction: bool = False) -> Reading:
    """A percentage as a number of hundredths: 75 for ``75 %``, for 0.75 shown as a percentage, for ``75``."""
    reading = read_number(value, percent, None, fraction)
    if reading.problem:
        return reading
    if reading.fields.get("unit") not in (None, "%"):
        return failed(UNREADABLE)
    return Reading({"value": reading.fields["value"]}, reading.qualifier, reading.mark)
