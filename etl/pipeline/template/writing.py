"""A stored value as the content of a cell: what reads back as exactly this value comes first, then what was said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from etl.model.state import Known
from etl.pipeline.template.layout import word
from etl.vocabulary import Field, Vocabulary

Content = str | float | int | dt.date | None


def ways_to_write(field: Field, known: Known, language: str, vocabulary: Vocabulary) -> list[Content]:
    """Contents that may say the value of ``field``, best first; whether one does is found out by reading it."""
    value = known.value(field.short)
    ways = [*_exact(field, value, known, language, vocabulary), *_as_said(field, known)]
    return [way for number, way in enumerate(ways) if way is not None and way not in ways[:number]]


def _exact(field: Field, value: Any, known: Known, language: str, vocabulary: Vocabulary) -> Iterator[Content]:
    if field.type in {"code", "codes", "bool"}:
        yield _coded(field, value, language, vocabulary)
    elif field.type in {"date", "date_end"}:
        yield from _day(field, value, known)
    elif isinstance(value, dict):
        yield from _range(value)
    elif isinstance(value, list):
        yield "; ".join(map(str, value))
    elif field.type == "amount":
        yield from _amount(field, value, known)
    elif field.type == "percent":
        yield f"{value} %"
    else:
        yield value


def _range(value: dict[str, Any]) -> Iterator[str]:
    lowest, highest = value.get("min"), value.get("max")
    if lowest is None:
        yield from (f"max. {highest}", f"bis zu {highest}")
    elif highest is None:
        yield from (f"mind. {lowest}", f"ab {lowest}")
    else:
        yield f"{lowest}-{highest}"


def _coded(field: Field, value: Any, language: str, vocabulary: Vocabulary) -> str | None:
    domain = "boolean" if field.type == "bool" else field.values
    codes = value if isinstance(value, list) else [str(value).lower() if field.type == "bool" else str(value)]
    found = [word(domain, code, language, vocabulary) for code in codes]
    return "; ".join(filter(None, found)) if all(found) else None


def _day(field: Field, value: str, known: Known) -> Iterator[Content]:
    day = dt.date.fromisoformat(value)
    precision = known.value(f"{field.short}_precision")
    half, quarter = (day.month + 5) // 6, (day.month + 2) // 3
    if precision == "month":
        yield f"{day.month:02d}/{day.year}"
    elif precision == "quarter":
        yield f"{quarter}. Quartal {day.year}"
    elif precision == "half_year":
        yield f"{half}. Halbjahr {day.year}"
    elif precision == "year":
        yield str(day.year)
    elif precision in {None, "day"}:
        yield day


def _amount(field: Field, value: str, known: Known) -> Iterator[Content]:
    """An amount per month or year is no plain number."""
    amount = Decimal(value)
    if not known.qualifier(field.short):
        yield int(amount) if amount == int(amount) else float(amount)


def said_of_field(known: Known, name: str) -> list[str]:
    """The texts that stood in a field's cells, where they are kept apart from the value."""
    statement = known.holds.get(name)
    return statement.body.said.get(name, []) if statement else []


def _as_said(field: Field, known: Known) -> Iterator[Content]:
    said = said_of_field(known, field.short)
    if len(said) == 1 and said[0].strip():
        yield said[0]
