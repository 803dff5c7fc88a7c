"""The goal catalogue: what its page finds, and what an indicator's target and definition were before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any, Protocol

from etl.rules.finding import Finding


@dataclass(frozen=True, slots=True)
class EarlierTarget:
    """A target that held until the instant ``until``; ``day`` is when it was to be reached."""

    value: Decimal
    day: dt.date | None
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class Redefined:
    """An indicator measures something else since ``known``: ``before`` was its definition."""

    before: str
    known: dt.datetime


class _Said(Protocol):
    @property
    def day(self) -> dt.date: ...
    @property
    def known_from(self) -> dt.datetime: ...


def earlier_targets(said: Iterable[tuple[_Said, Mapping[str, Any]]]) -> tuple[EarlierTarget, ...]:
    """Targets that held before the one that holds, oldest first; ``said``: statements about one indicator with their
    values. A target that nobody had known otherwise is no earlier one."""
    found = []
    for (_, before), (statement, _) in pairwise(list(held_over_time(said, ("target_value", "target_date")))):
        if before[0] is not None:
            day = dt.date.fromisoformat(str(before[1])[:10]) if before[1] else None
            found.append(EarlierTarget(Decimal(str(before[0])), day, statement.known_from))
    return tuple(found)


def redefinitions(said: Iterable[tuple[_Said, Mapping[str, Any]]]) -> tuple[Redefined, ...]:
    """How an indicator was defined before, oldest first."""
    steps = list(held_over_time(said, ("indicator_definition",)))
    return tuple(
        Redefined(str(before[0]), statement.known_from) for (_, before), (statement, _) in pairwise(steps) if before[0]
    )


def held_over_time(
    said: Iterable[tuple[_Said, Mapping[str, Any]]], names: Sequence[str]
) -> Iterator[tuple[_Said, tuple[Any, ...]]]:
    """What held for ``names`` as it became known, step by step: the statement that changed it, the values then."""
    held: dict[str, tuple[dt.date, Any]] = {}
    last: tuple[Any, ...] | None = None
    for statement, values in sorted(said, key=lambda s: s[0].known_from):
        for name in names:
            if name in values and (name not in held or statement.day >= held[name][0]):
                held[name] = statement.day, values[name]
        now = tuple(held[name][1] if name in held else None for name in names)
        if now != last and held:
            yield statement, now
            last = now


def catalogue_finding(goals: int, indicators: int, changes: int, *, released: bool) -> Finding:
    """How much the catalogue holds, and whether it is what a body released."""
    if not goals:
        return Finding("finding.catalogue.goals", {"n": 0})
    state = (
        Finding("finding.catalogue.changed", {"n": changes}) if released else Finding("finding.catalogue.unreleased")
    )
    return Finding(
        "finding.catalogue.goals", {"n": goals}, Finding("finding.catalogue.indicators", {"n": indicators}, state)
    )


def entry_finding(kind: str, parts: int) -> Finding:
    """How many indicators measure a goal, or how many measures answer a need."""
    return Finding(f"finding.catalogue.{kind}", {"n": parts})
