"""Facts of any content, for properties: few keys, so that records of two such facts meet."""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from etl.rules import facts as kinds
from etl.rules.facts import Facts

DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31))
KNOWN = st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2027, 1, 1), timezones=st.just(dt.UTC))
_KEYS = {"goal": "S", "indicator": "I", "parent": "S", "record": "S", "partner": "P", "measure": "M"}
_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.sampled_from(["", "a", "b"]),
    bool: st.booleans(),
    int: st.integers(0, 3),
    dt.date: DAYS,
    dt.datetime: KNOWN,
    Decimal: st.integers(-5, 200).map(Decimal),
}
_PREFIX = {
    kinds.Goal: "S",
    kinds.Indicator: "I",
    kinds.Observation: "O",
    kinds.Measure: "M",
    kinds.Partner: "P",
    kinds.Cooperation: "K",
    kinds.Funding: "F",
}


def _keys(prefix: str) -> st.SearchStrategy[str]:
    return st.sampled_from([f"{prefix}{number}" for number in range(1, 4)])


@cache
def a_record(kind: type) -> st.SearchStrategy[Any]:
    """Any record of a kind; its references lead to keys that may be there."""
    hints = typing.get_type_hints(kind)
    values = {f.name: _field(kind, f.name, hints[f.name]) for f in dataclasses.fields(kind)}
    return st.builds(kind, **values)


def _field(kind: type, name: str, hint: Any) -> st.SearchStrategy[Any]:
    if name == "key":
        return _keys(_PREFIX.get(kind, kind.__name__))
    if name in _KEYS:
        found: st.SearchStrategy[Any] = _keys(_KEYS[name])
        return found if hint is str else st.none() | found
    if name in ("goals", "measures") and hint == tuple[str, ...]:
        return st.lists(_keys(_KEYS[name[:-1]]), max_size=2, unique=True).map(tuple)
    if name == "status":
        return st.sampled_from([None, "running", "delayed", "completed", "planned", "granted", "open", "kept"])
    return _value(hint)


def _value(hint: Any) -> st.SearchStrategy[Any]:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if hint is type(None):
        return st.none()
    if origin in (types.UnionType, typing.Union):
        return st.one_of(*map(_value, inner))
    if origin is typing.Literal:
        return st.sampled_from(inner)
    if origin is tuple and len(inner) == 2 and inner[1] is Ellipsis:
        return st.lists(_value(inner[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(_value, inner))
    if dataclasses.is_dataclass(hint):
        return a_record(hint)  # type: ignore[arg-type]
    raise AssertionError(f"no values of {hint}")


_NAMED = {"rounds": "name"}
_COUNTED = ("human_ratings", "said_beside")


@st.composite
def any_facts(draw: st.DrawFn, day: dt.date | None = None) -> Facts:
    """Facts with up to three records of every kind there is."""
    hints, values = typing.get_type_hints(Facts), {}
    for field in dataclasses.fields(Facts):
        hint = hints[field.name]
        if field.name in ("day", "known_on"):
            continue
        if typing.get_origin(hint) is Mapping:
            values[field.name] = draw(_mapping(field.name, hint))
            continue
        records = a_record(typing.get_args(hint)[0])
        if field.name in _COUNTED:
            values[field.name] = draw(st.lists(records, max_size=2).map(tuple))
        else:
            name = _NAMED.get(field.name, "key")
            unique = st.lists(records, max_size=2, unique_by=lambda record, name=name: getattr(record, name))
            values[field.name] = draw(unique.map(tuple))
    on = day or draw(DAYS)
    values["observations"] = tuple(o for o in values["observations"] if o.day <= on)
    return Facts(day=on, known_on=draw(st.none() | KNOWN), **values)


def _mapping(name: str, hint: Any) -> st.SearchStrategy[Any]:
    _, value = typing.get_args(hint)
    keys = st.tuples(_keys("M"), st.just("goal_ref")) if name == "assigned" else _keys("P")
    return st.dictionaries(keys, _value(value), max_size=2)
