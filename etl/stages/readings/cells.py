"""Reads one cell as its column's field asks for; knows the words that say on purpose that there is no value."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from etl.stages.readings.amounts import read_amount
from etl.stages.readings.contacts import clean_email, read_address, read_contact
from etl.stages.readings.counts import read_count
from etl.stages.readings.dates import read_date, read_period
from etl.stages.readings.numbers import exact, json_number, read_number, read_percent
from etl.stages.readings.reading import BLANKS, Reading, stripped, value_of
from etl.stages.readings.references import split_names
from etl.stages.readings.words import exact_code, read_bool, read_code, read_codes
from etl.stages.shapes import CellValue, FieldValue, said_of, shortest_decimal
from etl.vocabulary import Field, Vocabulary, normalise

#: Reason given by a cell that repeats the one above (``"``, ``s.o.``); only some columns take that up.
DITTO = "ditto"
VACANT = "to_be_named"
_SUPPRESSED = "suppressed"
LONGEST_TOKEN = 24
LONGEST_REMEMBERED = 60
MOST_REMEMBERED = 2_000
PLAIN_TYPES = frozenset({"text", "id", "reference"})
#: What may stand behind the number of a count; persons where nothing else is said.
_COUNTED = {"volunteer_hours": "hours", "votes": "points"}
#: ``"HF 2: Bildung"`` and ``"Handlungsfeld 2 - Bildung"`` name the field "Bildung".
_FIELD_LABEL = re.compile(
    r"^(?:HF|Handlungsfeld|Themenfeld|Themenbereich|Bereich|Säule|Field)\s*(?:\d{1,2}(?:\.\d{1,2})*|[A-Z]|[IVX]{1,4})?\s*"
    r"(?::|\s[-–—])\s*(?=\S)|^(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}|[A-Z])[.)]\s+(?=\S)"
)
_POSTCODE_AND_TOWN = re.compile(r"(\d{5}),?\s+([^\W\d_][^\d,;\n]*)")
_NAMES_A_PERSON = frozenset({"contact_name", "contact_last_name", "contact_combined", "contact", "deputy"})


@dataclass(frozen=True, slots=True)
class Context:
    """What a column tells about all of its cells. ``fraction``: its percentages are stored as 0.75 without a format;
    ``signs``: it uses signs (``+``, ``o``, ``-``) as words, so that ``-`` is one of them and not "nothing"; numbers of
    a priority are such signs too."""

    field: Field
    vocabulary: Vocabulary
    day: dt.date
    unit: str | None = None
    per: str | None = None
    fraction: bool = False
    signs: bool = False


_tokens: dict[str, dict[str, str]] = {}


def tokens_of(vocabulary: Vocabulary) -> Mapping[str, str]:
    """Casefolded words for "no value" and "as above" with their reason, with and without inner blanks."""
    known = _tokens.get(vocabulary.version)
    if known is None:
        known = {}
        for word, code in vocabulary.raw_words["null_tokens"].items():
            known.update({word.casefold(): code, word.casefold().replace(" ", ""): code})
        for word in vocabulary.raw_words["ditto"]:
            known.update({word.casefold(): DITTO, word.casefold().replace(" ", ""): DITTO})
        _tokens[vocabulary.version] = known
    return known


def text_tokens_of(vocabulary: Vocabulary) -> Mapping[str, str]:
    """As ``tokens_of``, for free text: there ``x`` and ``.`` hide no number."""
    key = vocabulary.version + " text"
    if key not in _tokens:
        _tokens[key] = {word: code for word, code in tokens_of(vocabulary).items() if code != _SUPPRESSED}
    return _tokens[key]


def reason_for_nothing(value: CellValue, context: Context) -> str | None:
    """Why a cell gives no value on purpose (a code of ``null_tokens``, or ``ditto``); None for every other cell."""
    if not isinstance(value, str) or len(value) > LONGEST_TOKEN + 4:
        return None
    text = value.strip(BLANKS)
    free = context.field.type in PLAIN_TYPES or context.field.type in ("references", "contact", "milestone", "postcode")
    tokens = text_tokens_of(context.vocabulary) if free else tokens_of(context.vocabulary)
    reason = tokens.get(text.casefold()) or tokens.get("".join(text.casefold().split()))
    if reason is None and context.field.type in ("reference", "references", "contact"):
        code = context.vocabulary.words["amount_words"].get(normalise(text))
        reason = code if code == "unknown" else None
    if reason is None and context.field.type in ("count", "number", "percent"):
        code = context.vocabulary.words["amount_words"].get(normalise(text))
        reason = code if code == "unknown" else None
    return reason


def read_cell(value: CellValue, context: Context, percent: bool = False) -> Reading:
    """The reading of a filled cell that holds no error. ``percent``: its number format is a percentage."""
    if isinstance(value, str) and len(value) <= LONGEST_REMEMBERED:
        known = _remembered_in(context, percent)
        reading = known.get(value)
        if reading is None:
            if len(known) >= MOST_REMEMBERED:
                known.clear()
            reading = known[value] = _read(value, context, percent)
        return reading
    return _read(value, context, percent)


@lru_cache(maxsize=200)
def _remembered_in(context: Context, percent: bool) -> dict[str, Reading]:
    """What was read in such a column before: the same few words stand in it in list after list."""
    return {}


def _read(value: CellValue, context: Context, percent: bool) -> Reading:
    worded = context.field.type in ("code", "codes", "bool")
    if not worded:
        reason = reason_for_nothing(value, context)
        if reason == VACANT and context.field.short in _NAMES_A_PERSON:
            return _vacant(context)
        if reason is not None:
            return Reading(reason=reason)
    return _READERS[context.field.type](value, context, percent)


def _vacant(context: Context) -> Reading:
    if context.field.kind == "contact":
        return Reading({"vacant": True})
    return Reading({}, {"value": {"vacant": True}})


def _text(value: CellValue, context: Context, percent: bool) -> Reading:
    text = stripped(said_of(value))
    if context.field.short == "email":
        text = clean_email(text) or text
    if context.field.short == "street" and (address := read_address(text)):
        return Reading({"value": address["street"], "postcode": address["postcode"], "city": address["city"]})
    if context.field.short == "field_of_action":
        text = _FIELD_LABEL.sub("", text, count=1) or text
    return value_of(text)


def _postcode(value: CellValue, context: Context, percent: bool) -> Reading:
    """Five digits as text; a number has lost its leading zero; the town may stand behind it."""
    text = stripped(said_of(value)).removeprefix("D-").removeprefix("D ")
    town = _POSTCODE_AND_TOWN.fullmatch(text)
    if town:
        return Reading({"value": town[1], "city": town[2]})
    return value_of(text.zfill(5) if text.isdecimal() and len(text) == 4 else text)


def _word(value: CellValue, percent: bool) -> str:
    if percent and isinstance(value, (int, float)):
        return f"{shortest_decimal(round(value * 100, 10))} %"
    return stripped(said_of(value))


def _code(value: CellValue, context: Context, percent: bool) -> Reading:
    text = _word(value, percent)
    reason = reason_for_nothing(text, context)
    signs_only_together = context.field.values in ("traffic_light", "priority") and not context.signs
    bare_sign = signs_only_together and (reason or text.isdigit())
    if not bare_sign:
        code = exact_code(text, context.field.values, context.vocabulary)
        if code is not None:
            return value_of(code)
    if reason is not None:
        return Reading(reason=reason)
    if bare_sign:
        return Reading(problem="word_unknown", unread=text)
    return read_code(text, context.field.values, context.vocabulary, context.day)


def _codes(value: CellValue, context: Context, percent: bool) -> Reading:
    text = _word(value, percent)
    reason = reason_for_nothing(text, context)
    return Reading(reason=reason) if reason else read_codes(text, context.field.values, context.vocabulary)


def _bool(value: CellValue, context: Context, percent: bool) -> Reading:
    if isinstance(value, bool):
        return value_of(value)
    text = said_of(value)
    reading = read_bool(text, context.vocabulary)
    reason = reason_for_nothing(text, context) if reading.problem else None
    return Reading(reason=reason) if reason else reading


def _names(value: CellValue, context: Context, percent: bool) -> Reading:
    known = context.vocabulary.raw_words["organisation.type"]
    names: FieldValue = list(split_names(said_of(value), context.field.values, known))
    return value_of(names or stripped(said_of(value)))


def _contact(value: CellValue, context: Context, percent: bool) -> Reading:
    """A contact's own cell is taken apart; the contact of a measure or a funding stays as it was written."""
    text = stripped(said_of(value))
    if context.field.kind != "contact":
        return value_of(text)
    reading = read_contact(text)
    fields = dict(reading.fields)
    for name in ("title", "first_name", "last_name"):
        fields.pop(name, None)
    second = fields.pop("phone2", None)
    if second:
        fields["phone"] = f"{fields['phone']}; {second}" if "phone" in fields else second
    if "organisation" in fields:
        fields["unit"] = fields.pop("organisation")
    if reading.unread or not fields:
        fields["contact_combined"] = text
    return Reading(fields)


def _number(value: CellValue, context: Context, percent: bool) -> Reading:
    """Values of indicators keep their unit; elsewhere a number counts posts or points, and "50 %" is half of one."""
    if context.field.kind in ("indicator", "observation"):
        return read_number(value, percent, context.unit, context.fraction)
    reading = read_number(value, False)
    number, unit = reading.value, reading.fields.get("unit")
    if reading.problem or unit is None or not isinstance(number, (int, float)):
        return reading
    if unit == "%":
        return Reading({"value": json_number(exact(number) / 100)}, reading.qualifier, "number_interpreted")
    counted = context.vocabulary.words["count_units"].get(normalise(str(unit)))
    if counted not in ("posts", "points"):
        return Reading(problem="number_unreadable")
    return Reading({"value": number}, reading.qualifier, reading.mark)


_READERS: Mapping[str, Callable[[CellValue, Context, bool], Reading]] = {
    "text": _text,
    "id": _text,
    "reference": _text,
    "milestone": _text,
    "postcode": _postcode,
    "references": _names,
    "contact": _contact,
    "code": _code,
    "codes": _codes,
    "bool": _bool,
    "date": lambda value, context, _: read_date(value, False, context.day, context.vocabulary),
    "date_end": lambda value, context, _: read_date(value, True, context.day, context.vocabulary),
    "period": lambda value, context, _: read_period(value, context.day, context.vocabulary),
    "amount": lambda value, context, percent: (
        Reading(problem="amount_unreadable")
        if percent
        else read_amount(value, context.unit, context.per, context.vocabulary)
    ),
    "count": lambda value, context, percent: (
        Reading(problem="count_unreadable")
        if percent
        else read_count(value, _COUNTED.get(context.field.short, "persons"), context.vocabulary)
    ),
    "number": _number,
    "percent": lambda value, context, percent: read_percent(value, percent, context.fraction),
}
