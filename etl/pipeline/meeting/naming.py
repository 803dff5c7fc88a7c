"""What records are called in what a meeting leaves behind, and by which name a fact can be found again."""

from __future__ import annotations

from collections.abc import Iterable

from etl.model.state import Known, State
from etl.model.tables import KINDS

#: Fields that name a record, the first stated one holds.
_NAMES: dict[str, tuple[str, ...]] = {
    "goal": ("short_title", "title"),
    "partner": ("short_name", "name"),
    "decision": ("text",),
    "indicator": ("indicator",),
    "contact": (),
}


def kinds_of(keys: Iterable[str]) -> frozenset[str]:
    """The kinds of record that keys are of: all that has to be read to name them."""
    return frozenset(key.rpartition("-")[0] for key in keys) & frozenset(KINDS)


def name_of(state: State, key: str) -> str | None:
    """What a record is called; None where it is not there (any more), or names a person."""
    known = state.find(key)
    return _named(known) if known is not None else None


def _named(known: Known) -> str | None:
    for field in _NAMES.get(known.kind, ("title", "id")):
        value = known.value(field)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None


def reference_of(state: State, key: str) -> str:
    """How a fact refers to a goal or measure: by its own number or its title where no other has it, else by its key."""
    known = state.find(key)
    if known is None:
        return key
    for field in ("id", "title"):
        value = known.value(field)
        if isinstance(value, str) and value.strip():
            same = [k for k in state.kind(known.kind).values() if k.value(field) == value]
            if len(same) == 1:
                return value.strip()
    return known.key
