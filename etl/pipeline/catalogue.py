"""The goal catalogue by hand: goals, indicators, values and needs entered or changed with a reason; its versions.

A changed target or definition is no news about the world: it is stated for the day the earlier one was stated for, so
that it is a correction on the known clock, and what it was until then stays known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from etl.model.deliveries import later_than_all
from etl.model.releases import add_release, close_release, releases
from etl.model.state import Known, state_on
from etl.model.store import Store, raise_version
from etl.pipeline.correct import read_given
from etl.pipeline.enter import Entered, EntryRefused, enter_in, refuse_client
from etl.vocabulary import Field, load_vocabulary

#: Kind -> the fields a person enters, in the order of a form; the first names the record and must be given.
FORMS: dict[str, tuple[str, ...]] = {
    "goal": (
        "title", "id", "short_title", "level", "field_of_action", "parent", "responsible", "status", "comment",
    ),
    "indicator": (
        "indicator", "indicator_definition", "unit", "direction", "baseline_value", "baseline_date", "target_value",
        "target_date", "data_source", "collection",
    ),
    "observation": ("current_value", "current_date"),
    "need": ("title", "target_group", "location", "field_of_action", "goal_ref", "evidence", "noticed_on", "comment"),
    "field_of_action": ("title",),
}  # fmt: skip
#: The kind each kind is part of.
PARENTS = {"indicator": "goal", "observation": "indicator"}
#: What must be given beside the name.
_ALSO = {"observation": ("current_date",)}

Given = Mapping[str, str | list[str]]


def catalogue_field(kind: str, name: str) -> Field:
    """The field ``name`` of a kind that can be entered."""
    return next(f for f in load_vocabulary().fields.values() if f.kind == kind and f.short == name)


def add_record(
    store: Store,
    kind: str,
    given: Given,
    *,
    day: dt.date,
    person: str,
    reason: str,
    now: dt.datetime,
    parent: str | None = None,
) -> Entered:
    """A new goal, indicator, value, need or field of action, as of ``day``; ``given`` as typed, blank where nothing is.

    Raises ``EntryRefused``: without_reason, without_name (what a record can't be without), not_read, not_there (its
    parent), taken (its id or, within its parent, its name).
    """
    with store.writing() as connection:
        state = state_on(connection, day)
        if kind in PARENTS and parent not in state.kind(PARENTS[kind]):
            raise EntryRefused("not_there", parent or "")
        for name in (FORMS[kind][0], *_ALSO.get(kind, ())):
            if not _filled(given.get(name)):
                raise EntryRefused("without_name", f"{kind}.{name}")
        values = _read(kind, given, day)
        beside = [k for k in state.kind(kind).values() if k.parent == parent]
        _check_free(kind, values, beside)
        about = dt.date.fromisoformat(values["current_date"]) if kind == "observation" else day
        return enter_in(
            connection, kind, values, day=about, person=person, reason=reason, now=now, parent=parent
        )  # fmt: skip


def change_record(
    store: Store,
    record: str,
    given: Given,
    *,
    day: dt.date,
    person: str,
    reason: str,
    now: dt.datetime,
    seen: Mapping[str, Any],
) -> tuple[int, ...]:
    """State what differs from what the person saw (``seen``: field -> value that held); the numbers of the entries.

    Each field for the day it was last stated for, a field never stated for the day the record was first spoken of.
    Raises ``EntryRefused``: without_reason, nothing_to_correct (no such record), not_read, without_name, same_value
    (nothing differs), changed_since (what held when the person looked holds no longer), taken.
    """
    if not reason.strip():
        raise EntryRefused("without_reason")
    with store.writing() as connection:
        state = state_on(connection, day)
        known = state.find(record)
        if known is None or known.kind not in FORMS:
            raise EntryRefused("nothing_to_correct", record)
        if any(known.value(name) != seen.get(name) for name in given):
            raise EntryRefused("changed_since")
        values = _differing(known, given, day)
        beside = [k for k in state.kind(known.kind).values() if k.parent == known.parent and k.key != known.key]
        _check_free(known.kind, values, beside)
        by_day = _by_day(known, values)
        entered = [
            enter_in(connection, known.kind, said, day=about, person=person, reason=reason, now=now, key=known.key)
            for about, said in sorted(by_day.items())
        ]
        return tuple(one.number for one in entered)


def release(
    store: Store, name: str, *, body: str, day: dt.date, note: str, person: str, now: dt.datetime
) -> int:  # fmt: skip
    """The catalogue as it stands is a version that ``body`` released on ``day``. Raises ``EntryRefused`` (without_name,
    without_body, taken, single_client)."""
    if not name.strip():
        raise EntryRefused("without_name")
    if not body.strip():
        raise EntryRefused("without_body")
    refuse_client([name, body, note])
    with store.writing() as connection:
        if any(row.name == name.strip() for row in releases(connection)):
            raise EntryRefused("taken", name.strip())
        number = add_release(
            connection, name.strip(), body.strip(), day, note.strip(), person, later_than_all(connection, now)
        )
        raise_version(connection)
    return number


def take_back_release(store: Store, number: int, *, person: str, now: dt.datetime) -> None:
    """Raises ``EntryRefused`` (nothing_to_undo)."""
    with store.writing() as connection:
        if not close_release(connection, number, person, later_than_all(connection, now)):
            raise EntryRefused("nothing_to_undo", str(number))
        raise_version(connection)


def _filled(given: str | list[str] | None) -> bool:
    return bool(given.strip() if isinstance(given, str) else given)


def _read(kind: str, given: Given, day: dt.date) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, words in given.items():
        if name not in FORMS[kind]:
            raise EntryRefused("unknown_field", name)
        if _filled(words):
            values |= _one(kind, name, words, day)
    return values


def _one(kind: str, name: str, words: str | list[str], day: dt.date) -> dict[str, Any]:
    field = catalogue_field(kind, name)
    if field.type == "text" or field.type in ("id", "reference"):
        return {name: words.strip() if isinstance(words, str) else ", ".join(words)}
    if field.type == "references":
        return {name: list(words) if isinstance(words, list) else [words.strip()]}
    try:
        values, qualifier = read_given(field, words, day)
    except EntryRefused as refused:
        raise EntryRefused(refused.code, f"{field.name}={refused.found}") from None
    if qualifier or values.get(name) is None:
        said = words if isinstance(words, str) else ", ".join(words)
        raise EntryRefused("not_read", f"{field.name}={said}")  # „ca. 60“ is no target
    return values


def _differing(known: Known, given: Given, day: dt.date) -> dict[str, Any]:
    """The fields whose value would be another; None for one that was emptied."""
    values: dict[str, Any] = {}
    for name, words in given.items():
        if name not in FORMS[known.kind]:
            raise EntryRefused("unknown_field", name)
        if not _filled(words):
            if name == FORMS[known.kind][0]:
                raise EntryRefused("without_name", f"{known.kind}.{name}")
            read: dict[str, Any] = {name: None}
        else:
            read = _one(known.kind, name, words, day)
        if read[name] != known.value(name):
            values |= read
    if not values:
        raise EntryRefused("same_value")
    return values


def _check_free(kind: str, values: Mapping[str, Any], beside: Sequence[Known]) -> None:
    """A goal's id names one goal, an indicator's title one of its goal's; a value has its day for itself."""
    names = {"goal": ("id",), "indicator": ("indicator",), "observation": ("current_date",)}.get(kind, ("title",))
    for name in names:
        value = values.get(name)
        if value is not None and any(str(k.value(name)).casefold() == str(value).casefold() for k in beside):
            raise EntryRefused("taken", str(value))


def _by_day(known: Known, values: Mapping[str, Any]) -> dict[dt.date, dict[str, Any]]:
    first = known.said[0].day
    grouped: dict[dt.date, dict[str, Any]] = {}
    for name, value in values.items():
        stated = known.holds.get(name) or known.holds.get(name.removesuffix("_precision"))
        grouped.setdefault(stated.day if stated else first, {})[name] = value
    return grouped
