"""What differs between two facts, record by record: ``differences`` finds it, ``applied`` makes the later ones of it.

The exact counterpart of ``changes_between``, which says why: every difference here is told there by a change with its
cause, or is of a field in ``SILENT``.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from etl.rules.facts import Facts

#: Why a kind, or a field of any kind, is not told as a change of its own.
SILENT: dict[str, str] = {
    "interfaces": "the interface paper says itself what holds since when, and what its houses confirmed",
    "contacts": "contact data go to those they are shared with, not to what a body compares",
    "delivered": "what a delivery said is told record by record",
    "confirmed": "it says that nothing changed",
    "assigned": "what was assigned is told where it counts: goals of a measure, measures of a funding",
    "said_beside": "a partner's own sentence stands beside the rating it is about",
    "key": "never changes",
    "marks": "how sure a reading is travels with the value",
    "delivery": "who said it last is the source of a value, not a change of it",
    "reported_on": "told where a rating turned on it",
    "reported_in_rounds": "told where a rating turned on it",
    "confirmed_on": "it says that nothing changed",
    "received": "when a value came is a part of its source",
    "known": "since when we know a value is a part of its source",
}

#: Kinds whose records have no key of their own: all of a record tells it apart.
_WITHOUT_KEY = ("human_ratings", "said_beside")
_MAPPINGS = ("delivered", "confirmed", "assigned")
_CLOCKS = ("day", "known_on")
#: All kinds of records in facts, by their name there.
KINDS: tuple[str, ...] = tuple(f.name for f in fields(Facts) if f.name not in _CLOCKS)


@dataclass(frozen=True, slots=True)
class Difference:
    """One record that was added (``before`` None), removed (``after`` None), or whose ``fields`` changed (field ->
    earlier and later value)."""

    kind: str
    key: Hashable
    before: Any = None
    after: Any = None
    fields: Mapping[str, tuple[Any, Any]] | None = None


@dataclass(frozen=True, slots=True)
class Differences:
    """All of them, and the later clocks. ``order``: kind -> keys in their later order, where it is not the earlier one
    with the new ones behind."""

    day: dt.date
    known_on: dt.datetime | None
    found: tuple[Difference, ...]
    order: Mapping[str, tuple[Hashable, ...]]


def differences(before: Facts, after: Facts) -> Differences:
    """What ``applied`` needs to make ``after`` of ``before``, and nothing else."""
    found: list[Difference] = []
    order: dict[str, tuple[Hashable, ...]] = {}
    for kind in KINDS:
        old, new = _records(before, kind), _records(after, kind)
        here = [*_removed(kind, old, new), *_added_or_changed(kind, old, new)]
        found += here
        if list(_changed(old, here)) != list(new):
            order[kind] = tuple(new)
    return Differences(after.day, after.known_on, tuple(found), order)


def applied(before: Facts, changed: Differences) -> Facts:
    """The later facts: the earlier ones with every difference applied."""
    by_kind: dict[str, list[Difference]] = {}
    for difference in changed.found:
        by_kind.setdefault(difference.kind, []).append(difference)
    values: dict[str, Any] = {}
    for kind in {*by_kind, *changed.order}:
        records = _changed(_records(before, kind), by_kind.get(kind, ()))
        if kind in changed.order:
            records = {key: records[key] for key in changed.order[kind]}
        values[kind] = records if kind in _MAPPINGS else tuple(records.values())
    return replace(before, day=changed.day, known_on=changed.known_on, **values)


def _removed(kind: str, old: Mapping[Hashable, Any], new: Mapping[Hashable, Any]) -> Iterable[Difference]:
    return (Difference(kind, key, before=record) for key, record in old.items() if key not in new)


def _added_or_changed(kind: str, old: Mapping[Hashable, Any], new: Mapping[Hashable, Any]) -> Iterable[Difference]:
    for key, record in new.items():
        if key not in old:
            yield Difference(kind, key, after=record)
        elif (changed := old[key]) is not record and changed != record:
            yield Difference(kind, key, fields=_fields(changed, record))


def _fields(old: Any, new: Any) -> dict[str, tuple[Any, Any]]:
    """Of a mapping's value there are no fields: the whole of it is one."""
    if isinstance(old, tuple):
        return {"": (old, new)}
    pairs = ((f.name, (getattr(old, f.name), getattr(new, f.name))) for f in fields(old))
    return {name: pair for name, pair in pairs if pair[0] != pair[1]}


def _changed(records: Mapping[Hashable, Any], changed: Iterable[Difference]) -> dict[Hashable, Any]:
    found = dict(records)
    for difference in changed:
        if difference.fields is not None:
            found[difference.key] = _with(found[difference.key], difference.fields)
        elif difference.after is None:
            del found[difference.key]
        else:
            found[difference.key] = difference.after
    return found


def _with(record: Any, changed: Mapping[str, tuple[Any, Any]]) -> Any:
    later = {name: after for name, (_, after) in changed.items()}
    return later[""] if "" in later else replace(record, **later)


def _records(facts: Facts, kind: str) -> dict[Hashable, Any]:
    """The records of a kind by what tells them apart."""
    records = getattr(facts, kind)
    if kind in _MAPPINGS:
        return dict(records)
    if kind in _WITHOUT_KEY:
        return _numbered(records)
    name = "name" if kind == "rounds" else "key"
    return {getattr(record, name): record for record in records}


def _numbered(records: Iterable[Any]) -> dict[Hashable, Any]:
    """Each by its whole content and how often it stood before: the same may be said twice."""
    seen: Counter[Any] = Counter()
    found: dict[Hashable, Any] = {}
    for record in records:
        found[record, seen[record]] = record
        seen[record] += 1
    return found
