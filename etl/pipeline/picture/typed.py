"""A record's stored values as the types the rules take. Not stated is None, never 0 or an empty text."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from etl.model.state import Known
from etl.rules.records import Count, Marks, Money


def text(known: Known, name: str) -> str | None:
    value = known.value(name)
    if value is None or value == "":
        return known.holds[name].body.unread.get(name) if name in known.holds else None
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def texts(known: Known, name: str) -> tuple[str, ...]:
    value = known.value(name)
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def day(known: Known, name: str) -> dt.date | None:
    value = known.value(name)
    return dt.date.fromisoformat(value[:10]) if isinstance(value, str) and value else None


def number(known: Known, name: str) -> Decimal | None:
    value = known.value(name)
    return Decimal(str(value)) if isinstance(value, int | float | str) and not isinstance(value, bool) else None


def truth(known: Known, name: str) -> bool | None:
    value = known.value(name)
    return value if isinstance(value, bool) else None


def count(known: Known, name: str) -> Count | None:
    """A count or a range; an open side of a range ("max. 20") counts as the other side."""
    value = known.value(name)
    approx = bool(known.qualifier(name).get("approx"))
    if isinstance(value, dict):
        low, high = value.get("min"), value.get("max")
        either = low if low is not None else high
        return (
            None
            if either is None
            else Count(int(low if low is not None else either), int(high if high is not None else either), True)
        )
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Count(int(value), int(value), approx)
    return None


def money(known: Known, name: str) -> Money | None:
    value = known.value(name)
    if not isinstance(value, str):
        return None
    qualifier: dict[str, Any] = known.qualifier(name)
    per = qualifier.get("per")
    return Money(Decimal(value), per if per in {"year", "month"} else None, bool(qualifier.get("approx")))


def marks(known: Known) -> Marks:
    """(field, issue code) of every value that holds and was not read exactly."""
    found = ((name, known.mark(name)) for name in known.values)
    return tuple((name, code) for name, code in found if code)


def open_end(known: Known) -> bool:
    return bool(known.qualifier("end").get("open_end") or known.qualifier("period").get("open_end"))
