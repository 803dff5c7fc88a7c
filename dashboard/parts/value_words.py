"""A stored value as people read it, and a cell's text as its reader saw it: for „woher?“."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from dashboard.answers.provenance import Meaning, Written
from etl.vocabulary import load_vocabulary
from etl.wording import formatted, has
from etl.wording.quantity import Quantity

Say = Callable[..., str]

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}([T ]00:00(:00)?)?")
_FORMS = {"month": "month", "quarter": "month"} | dict.fromkeys(("year", "half_year", "school_year", "season"), "year")


def as_written(cell: Written, language: str) -> str:
    """A date or number as the sheet's reader sees it, not as it is stored; texts stay as they are."""
    if _ISO_DATE.fullmatch(cell.text):
        return _date_words(cell.text, language, "short_date")
    return cell.text.replace(".", ",") if cell.number and language == "de" else cell.text


def field_words(kind: str, name: str, say: Say, language: str) -> str:
    """What a record's field is called."""
    for key in (f"field.{kind}.{name}", f"field.{_WORDED_AS.get(kind, kind)}.{name}", f"measure.field.{name}"):
        if has(language, key):
            return say(key)
    return name


#: Kinds whose fields the vocabulary names with another kind's.
_WORDED_AS = {"indicator": "goal", "observation": "goal", "contact": "partner"}


def value_words(value: Any, meaning: Meaning, say: Say, language: str) -> str:
    """A stored value as people read it."""
    if meaning.qualifier.get("open_end") and not value:
        return say("provenance.open_end")
    if isinstance(value, list):
        return ", ".join(value_words(one, meaning, say, language) for one in value) or "–"
    if isinstance(value, dict):
        return _range_words(value, say, language)
    text = _one_value(value, meaning, say, language)
    return f"{say('mark.approximate')}\u00a0{text}" if meaning.qualifier.get("approx") else text


def _one_value(value: Any, meaning: Meaning, say: Say, language: str) -> str:
    if isinstance(value, bool):
        return say("word.yes" if value else "word.no")
    if value is None or value == "":
        return "–"
    if meaning.type == "amount":
        return _money_words(str(value), meaning, say, language)
    if meaning.type in ("date", "date_end", "period") and isinstance(value, str):
        return _date_words(value, language, _FORMS.get(str(meaning.qualifier.get("precision")), "date"))
    if meaning.type == "percent" and isinstance(value, int | float):
        return formatted(language, Quantity(value, "%"), "quantity")
    if isinstance(value, int | float):
        return formatted(language, Quantity(value, meaning.unit), "quantity")
    return _code_words(str(value), meaning, say, language) if meaning.type in ("code", "codes") else str(value)


def _money_words(value: str, meaning: Meaning, say: Say, language: str) -> str:
    try:
        amount = formatted(language, Decimal(value), "money")
    except InvalidOperation:
        return value
    per = meaning.qualifier.get("per")
    return say(f"provenance.{per}", amount=amount) if per in ("year", "month") else amount


def _date_words(value: str, language: str, form: str = "date") -> str:
    try:
        return formatted(language, dt.date.fromisoformat(value[:10]), form)
    except ValueError:
        return value


def _range_words(value: dict[str, Any], say: Say, language: str) -> str:
    low, high = value.get("min"), value.get("max")
    if low is None or high is None:
        return "–" if low is None and high is None else formatted(language, low if low is not None else high)
    return say("provenance.range", low=formatted(language, low), high=formatted(language, high))


def _code_words(code: str, meaning: Meaning, say: Say, language: str) -> str:
    """The catalogue's word for a code, else the vocabulary's first word for it."""
    for key in (f"{meaning.domain}.{code}", f"{meaning.domain.rpartition('.')[2]}.{code}"):
        if has(language, key):
            return say(key)
    words = load_vocabulary().raw_words.get(meaning.domain, {})
    return next((word for word, meant in words.items() if meant == code), code)
