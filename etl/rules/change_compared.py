"""Two facts to be compared: their ratings, what we know now about the earlier day, and why something else is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from operator import attrgetter
from typing import Any, Protocol

from etl.rules.change import Cause, withdrawn_deliveries
from etl.rules.differences import SILENT
from etl.rules.facts import Facts, Goal, Measure
from etl.rules.rating import Rating
from etl.rules.ratings import rate_goal, rate_measure
from etl.rules.thresholds import Thresholds


class Record(Protocol):
    @property
    def key(self) -> str: ...


class Reported(Record, Protocol):
    @property
    def delivery(self) -> int | None: ...
    @property
    def reported_on(self) -> dt.date | None: ...


@dataclass(frozen=True)
class Compared:
    """Two days and the thresholds in force on each; what the comparisons of all kinds need.

    ``rated_before`` and ``rated_after``: record key -> rating, where the caller has them (None: rated here).
    """

    before: Facts
    after: Facts
    old_thresholds: Thresholds
    thresholds: Thresholds
    rated_before: Mapping[str, Rating] | None = None
    rated_after: Mapping[str, Rating] | None = None

    @cached_property
    def same_rules(self) -> bool:
        return self.thresholds == self.old_thresholds

    @cached_property
    def withdrawn(self) -> frozenset[int]:
        return withdrawn_deliveries(self.before.delivered, self.after.delivered, self.after.day)

    @cached_property
    def restated(self) -> Facts:
        """The earlier day with its values and indicators as we know them now."""
        known_now = tuple(o for o in self.after.observations if o.day <= self.before.day)
        return replace(self.before, observations=known_now, indicators=self.after.indicators)

    def earlier(self, record: Goal | Measure) -> Rating:
        if self.rated_before is not None and record.key in self.rated_before:
            return self.rated_before[record.key]
        return _rated(record, self.before, self.old_thresholds)

    def later(self, record: Goal | Measure) -> Rating:
        if self.rated_after is not None and record.key in self.rated_after:
            return self.rated_after[record.key]
        return _rated(record, self.after, self.thresholds)

    def passed(self, day: dt.date | None) -> bool:
        """Whether a last day has passed between the two days."""
        return day is not None and self.before.day <= day < self.after.day

    def is_undone(self, record: Any) -> bool:
        """Whether the source of the earlier record no longer holds."""
        return getattr(record, "delivery", None) in self.withdrawn

    def cause(self, old: Any, new: Any, news: Cause = "new_value") -> Cause:
        """Why something else is said now: by the two clocks, a later day is ``news``, the same day a correction."""
        if self.is_undone(old):
            return "delivery_withdrawn"
        was, now = (getattr(record, "reported_on", None) for record in (old, new))
        if now is None or now == was:
            return "correction"
        return "reported_late" if now <= self.before.day else news


def _rated(record: Goal | Measure, facts: Facts, thresholds: Thresholds) -> Rating:
    if isinstance(record, Goal):
        return rate_goal(record, facts, thresholds)
    return rate_measure(record, facts, thresholds)


def changed_fields(old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    """(field, earlier value, later value) of what is told about two records of one kind."""
    assert type(old) is type(new), "only records of one kind can be compared"
    names, values = _told_of(type(old))
    before, after = values(old), values(new)
    if before == after:
        return
    for name, was, now in zip(names, before, after, strict=True):
        if was != now:
            yield name, was, now


def _told_of(kind: type[Any]) -> tuple[tuple[str, ...], Callable[[object], tuple[Any, ...]]]:
    """The fields that are told of a kind of record, and what reads them all at once: most records have not changed."""
    if kind not in _READERS:
        names = tuple(f.name for f in fields(kind) if f.name not in SILENT)
        _READERS[kind] = names, attrgetter(*names) if len(names) > 1 else _alone(names[0])
    return _READERS[kind]


def _alone(name: str) -> Callable[[object], tuple[Any, ...]]:
    return lambda record: (getattr(record, name),)


_READERS: dict[type[Any], tuple[tuple[str, ...], Callable[[object], tuple[Any, ...]]]] = {}
