"""How values read in each language: money, shares, dates, counts, number words and lists.

A form is the part after the colon in a sentence: ``{amount:money}``. Without a form the value's type decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent

from etl.wording.catalogues import NO_BREAK_SPACE, message
from etl.wording.quantity import Quantity

Number = int | float | Decimal

_LOCALE = {"de": "de_DE", "en": "en_GB"}
_ZONE = ZoneInfo("Europe/Berlin")
_DATES: dict[str, dict[str, str]] = {
    "date": {"de": "d.'~'MMMM y", "en": "d'~'MMMM y"},
    "day_month": {"de": "d.'~'MMMM", "en": "d'~'MMMM"},
    "short_date": {"de": "dd.MM.y", "en": "dd/MM/y"},
    "weekday_date": {"de": "EEEE, d.'~'MMMM y", "en": "EEEE, d'~'MMMM y"},
    "month": {"de": "MMMM'~'y", "en": "MMMM'~'y"},
    "month_year": {"de": "MM/y", "en": "MM/y"},
    "year": {"de": "y", "en": "y"},
}
_QUOTES = {"de": "„{}“", "en": "“{}”"}


def _locale(language: str) -> str:
    return _LOCALE.get(language, language)


def formatted(language: str, value: object, form: str = "") -> str:
    """``value`` as people read it in ``language``; see README.md for the forms. Unknown forms are refused."""
    assert value is not None, "a value that is not there has no form: say so with a sentence of its own"
    name = form or _form_of(value)
    if name.lower().startswith("words"):
        return _words(language, value, name)
    if name in _DATES:
        return _date(language, value, name)
    assert name in _FORMS, f"unknown form {name!r}"
    return _FORMS[name](language, value)


def _form_of(value: object) -> str:
    if isinstance(value, dt.datetime):
        return "instant"
    if isinstance(value, dt.date):
        return "date"
    if isinstance(value, bool | str):
        return "plain"
    if isinstance(value, int):
        return "count"
    if isinstance(value, float | Decimal):
        return "number"
    if isinstance(value, Quantity):
        return "quantity"
    return "list" if isinstance(value, Iterable) else "plain"


def _plain(language: str, value: object) -> str:
    return str(value)


@lru_cache(maxsize=4096, typed=True)
def _digits(language: str, value: Number, pattern: str) -> str:
    return format_decimal(value, format=pattern, locale=_locale(language))


def _count(language: str, value: object) -> str:
    return _digits(language, _number(value), "#,##0")


def _decimal(language: str, value: object) -> str:
    return _digits(language, _number(value), "#,##0.##")


def _decimal1(language: str, value: object) -> str:
    return _digits(language, _number(value), "#,##0.0")


def _signed(language: str, value: object) -> str:
    sign = "+" if _number(value) > 0 else "−" if _number(value) < 0 else "±"
    return sign + _decimal(language, abs(_number(value)))


def _money(language: str, value: object) -> str:
    """Whole euros without cents, all others with two."""
    return _euros(language, value, 0 if _number(value) == int(_number(value)) else 2)


def _money2(language: str, value: object) -> str:
    return _euros(language, value, 2)


def _euros(language: str, value: object, decimals: int) -> str:
    return _currency(language, _number(value), decimals)


@lru_cache(maxsize=4096, typed=True)
def _currency(language: str, value: Number, decimals: int) -> str:
    places = "." + "0" * decimals if decimals else ""
    pattern = f"#,##0{places}{NO_BREAK_SPACE}¤" if language == "de" else f"¤#,##0{places}"
    return format_currency(value, "EUR", format=pattern, locale=_locale(language), currency_digits=False)


def _percent(decimals: int) -> Callable[[str, object], str]:
    places = "." + "0" * decimals if decimals else ""

    def percent(language: str, value: object) -> str:
        gap = NO_BREAK_SPACE if language == "de" else ""
        return format_percent(_number(value), format=f"#,##0{places}{gap}%", locale=_locale(language))

    return percent


def _date(language: str, value: object, name: str) -> str:
    if isinstance(value, dt.datetime):
        value = value.astimezone(_ZONE).date()
    assert isinstance(value, dt.date), f"{value!r} is no date"
    return _day(language, value, name)


@lru_cache(maxsize=4096)
def _day(language: str, value: dt.date, name: str) -> str:
    text = format_date(value, format=_DATES[name].get(language, _DATES[name]["en"]), locale=_locale(language))
    return text.replace("~", NO_BREAK_SPACE)


def _time(language: str, value: object) -> str:
    assert isinstance(value, dt.datetime | dt.time), f"{value!r} is no time"
    local = value.astimezone(_ZONE).time() if isinstance(value, dt.datetime) else value
    text = format_time(local, format="H:mm", locale=_locale(language))
    return f"{text}{NO_BREAK_SPACE}Uhr" if language == "de" else text


def _instant(language: str, value: object) -> str:
    return f"{_date(language, value, 'date')}, {_time(language, value)}"


def _list(style: str) -> Callable[[str, object], str]:
    def joined(language: str, value: object) -> str:
        assert isinstance(value, Iterable), f"{value!r} is no list"
        items = [item if isinstance(item, str) else formatted(language, item) for item in value]
        return format_list(items, style=style, locale=_locale(language))  # type: ignore[arg-type]

    return joined


def _quoted(language: str, value: object) -> str:
    return _QUOTES.get(language, _QUOTES["en"]).format(value)


def _quantity(language: str, value: object) -> str:
    """A measured value with its unit and how sure it is: „ca. 51,2 % (vorläufig)“."""
    assert isinstance(value, Quantity), f"{value!r} is no quantity"
    text = _with_unit(language, value)
    if value.approx:
        text = f"{message(language, 'mark.approximate', None)}{NO_BREAK_SPACE}{text}"
    return f"{text} ({message(language, 'mark.provisional', None)})" if value.provisional else text


def _with_unit(language: str, value: Quantity) -> str:
    number, unit = _decimal(language, value.number), value.unit
    if unit == "%" and value.difference:
        unit = message(language, "unit.points", 1 if value.number == 1 else 2)
    if not unit:
        return number
    return f"{number}%" if unit == "%" and language == "en" else f"{number}{NO_BREAK_SPACE}{unit}"


def _words(language: str, value: object, name: str) -> str:
    """``words`` to twelve, ``words20`` to twenty, digits above; a capital W starts a sentence."""
    assert isinstance(value, int), f"{value!r} is no whole number"
    base, _, inflection = name.lower().partition("_")
    if not 0 <= value <= (20 if base == "words20" else 12):
        return _count(language, value)
    key = f"number.{value}.{inflection}" if inflection and value < 2 else f"number.{value}"
    text = message(language, key, None)
    return text[0].upper() + text[1:] if name[0] == "W" else text


def _number(value: object) -> Number:
    assert isinstance(value, int | float | Decimal), f"{value!r} is no number"
    return value


_FORMS: dict[str, Callable[[str, object], str]] = {
    "plain": _plain,
    "count": _count,
    "number": _decimal,
    "number1": _decimal1,
    "signed": _signed,
    "money": _money,
    "money2": _money2,
    "percent": _percent(0),
    "percent0": _percent(0),
    "percent1": _percent(1),
    "time": _time,
    "instant": _instant,
    "list": _list("standard"),
    "list_or": _list("or"),
    "quoted": _quoted,
    "quantity": _quantity,
}
