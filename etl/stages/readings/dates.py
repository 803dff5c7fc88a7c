"""Dates and periods as partners write them. Ambiguous readings are marked, never silently decided."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace

from etl.stages.readings.reading import LONGEST_VALUE, Reading, failed
from etl.stages.readings.spans import Span, day_of, is_year_shown_as_date, span_of
from etl.stages.readings.stretches import YEARS, Stretch
from etl.stages.readings.yearless import span_near
from etl.stages.shapes import CellValue, FieldValue
from etl.vocabulary import Vocabulary

UNREADABLE = "date_unreadable"
INTERPRETED = "date_interpreted"


def read_date(value: CellValue, end: bool, day: dt.date, vocabulary: Vocabulary | None = None) -> Reading:
    """One date: the first day of what is written, with ``end`` the last; ``precision`` unless it is ``day``."""
    if isinstance(value, dt.date) and not is_year_shown_as_date(value):
        return Reading({"value": day_of(value).isoformat()})
    span = span_of(value, vocabulary) or _in_a_sentence(value, vocabulary) or span_near(value, day, vocabulary)
    if span is None:
        return failed(UNREADABLE, _proposal(value))
    if span.reason:
        return Reading(reason=span.reason)
    if span.at_once:
        return _at_once("value", "precision", day)
    stretch_ = span.end if end else span.start
    other = span.start if end else span.end
    if stretch_ is None and other is not None:
        return failed(UNREADABLE, (other.first if end else other.last).isoformat())
    if stretch_ is None:
        return Reading({"precision": "none"}, {"value": _without_date(span)})
    return _one_date(span, stretch_, end)


def _one_date(span: Span, found: Stretch, end: bool) -> Reading:
    date = found.last if end else found.first
    fields: dict[str, FieldValue] = {"value": date.isoformat()}
    if found.precision != "day":
        fields["precision"] = found.precision
    qualifier: dict[str, Mapping[str, object]] = {}
    if found.approx:
        qualifier["value"] = {"approx": True}
    if span.open_end:
        qualifier["end"] = {"open_end": True}
    ranged = span.start is not None and span.end is not None and span.start != span.end
    return Reading(fields, qualifier, INTERPRETED if span.interpreted or ranged else None)


def _at_once(name: str, precision: str, day: dt.date) -> Reading:
    return Reading({name: day.isoformat(), precision: "none"}, {name: {"approx": True}}, INTERPRETED)


def _without_date(span: Span) -> Mapping[str, object]:
    return {"open_end": True} if span.open_end else span.more


def read_period(value: CellValue, day: dt.date, vocabulary: Vocabulary | None = None) -> Reading:
    """``start`` and ``end`` with their precision; either is absent where nothing is said about it."""
    span = span_of(value, vocabulary) or span_near(value, day, vocabulary)
    if span is None:
        return failed(UNREADABLE, _proposal(value))
    if span.reason:
        return Reading(reason=span.reason)
    if span.at_once:
        return _at_once("start", "start_precision", day)
    fields: dict[str, FieldValue] = {}
    qualifier: dict[str, Mapping[str, object]] = {}
    for name, found in (("start", span.start), ("end", span.end)):
        if found is not None:
            fields[name] = (found.first if name == "start" else found.last).isoformat()
            fields[f"{name}_precision"] = found.precision
            if found.approx:
                qualifier[name] = {"approx": True}
    if span.open_end:
        fields["end_precision"] = "none"
        qualifier["end"] = {"open_end": True}
    elif not fields:
        name = "end" if "duration_months" in span.more else "start"
        fields[f"{name}_precision"] = "none"
        qualifier[name] = span.more
    return Reading(fields, qualifier, INTERPRETED if span.interpreted else None)


#: What a date stands behind in a sentence, the last of them: "Bericht bis 31.03.2027", "Das war im September 2021".
_BEFORE_DATE = re.compile(
    r"([^\d;]*[^\W\d_]),? (?:(?P<until>bis(?: spätestens)?(?: zum)?|until|by|vor dem|before)|"
    r"(?P<since>ab|seit|from|since)(?: dem)?|am|im|in|zum|on) (?P<date>\S.*?)[.!]?",
    re.IGNORECASE,
)
#: "nicht vor 2028", "abgesagt am 5.11.": the date is not when it is, or is due.
_DENIED = re.compile(
    r"\b(?:nicht|nie|kein\w*|frühestens|abgesagt|verschoben|entfallen|statt|not|no|earliest|cancelled|postponed)\b",
    re.IGNORECASE,
)


def _in_a_sentence(value: CellValue, vocabulary: Vocabulary | None) -> Span | None:
    """The only date of a short sentence, where a word leads to it and nothing stands behind it; always marked."""
    match = _BEFORE_DATE.fullmatch(value.strip()) if isinstance(value, str) and len(value) <= LONGEST_VALUE else None
    if not match or _DENIED.search(match[1]):
        return None
    span = span_of(match["date"], vocabulary)
    if span is None or span.reason or span.at_once or span.start is None or span.start != span.end:
        return None
    start = None if match["until"] else span.start
    return replace(span, start=start, end=None if match["since"] else span.end, doubtful=True)


def _proposal(value: CellValue) -> str | None:
    """What was probably meant where it can't be read: a lone date in a text, the 30th of June for the 31st."""
    if isinstance(value, dt.date):
        serial = (day_of(value) - dt.date(1899, 12, 30)).days
        return str(serial) if serial in YEARS else None
    if not isinstance(value, str) or len(value) > 10 * LONGEST_VALUE:
        return None
    found = re.findall(r"(?<!\d)(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})(?!\d)", value)
    if not found:
        found = re.findall(r"^(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})$", value.strip())
    if len(found) != 1:
        return None
    day, month, year = (int(part) for part in found[0])
    year += 2000 if year < 100 else 0
    if not 1 <= month <= 12 or year not in YEARS or not 1 <= day <= 31:
        return None
    return dt.date(year, month, min(day, monthrange(year, month)[1])).isoformat()
