"""A stored value as people read it, by the type of its field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from etl.rules.facts import Money
from etl.wording import formatted, has, say

_DATES = frozenset({"date", "date_end"})
_MONTH_ONLY = frozenset({"month", "quarter"})
_YEAR_ONLY = frozenset({"year", "half_year", "school_year", "season"})


def value_text(value: Any, type_: str, domain: str, qualifier: Mapping[str, Any], language: str) -> str:
    """The value in words. ``domain`` names the codes of a coded field; ``qualifier`` as the statement has it."""
    if isinstance(value, list):
        return formatted(language, [value_text(v, type_, domain, qualifier, language) for v in value], "list")
    if isinstance(value, dict):
        return range_text(value, language)
    if isinstance(value, bool):
        return say(language, "word.yes" if value else "word.no")
    if type_ in ("code", "codes"):
        return code_word(domain, str(value), language)
    if type_ in _DATES:
        return _date_text(str(value), qualifier, language)
    return _number_text(value, type_, qualifier, language)


def code_word(domain: str, code: str, language: str) -> str:
    """The word for a code; the code's own text where the catalogues have none (a status as it was written)."""
    key = f"status.{code}" if domain == "measure.status" else f"{domain}.{code}"
    return say(language, key) if has(language, key) else code


def range_text(value: Mapping[str, Any], language: str) -> str:
    """„20 bis 25“, „mindestens 20“, „höchstens 25“."""
    low, high = value.get("min"), value.get("max")
    if low is not None and high is not None:
        return say(language, "value.range", low=low, high=high)
    return say(language, "value.at_least", low=low) if low is not None else say(language, "value.at_most", high=high)


def money_text(money: Money, language: str) -> str:
    """An amount with its unit, always: „62.400 € im Jahr“, „5.200 € im Monat“, „62.400 € gesamt“."""
    words = say(language, f"money.per_{money.per or 'total'}", amount=money.amount)
    return say(language, "value.approx", value=words) if money.approx else words


def _date_text(value: str, qualifier: Mapping[str, Any], language: str) -> str:
    try:
        day = dt.date.fromisoformat(value[:10])
    except ValueError:
        return value
    precision = qualifier.get("precision")
    form = "month" if precision in _MONTH_ONLY else "year" if precision in _YEAR_ONLY else "date"
    return formatted(language, day, form)


def _number_text(value: Any, type_: str, qualifier: Mapping[str, Any], language: str) -> str:
    number = _number(value) if type_ in ("amount", "count", "number", "percent") else None
    if number is None:
        return str(value)
    approx = bool(qualifier.get("approx"))
    if type_ == "amount":
        per = qualifier.get("per")
        return money_text(Money(number, per if per in ("year", "month") else None, approx), language)
    words = (
        formatted(language, number / 100, "percent1") if type_ == "percent" else formatted(language, number, "number")
    )
    return say(language, "value.approx", value=words) if approx else words


def _number(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None
