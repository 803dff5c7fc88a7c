"""Measures that may do the same for the same people: a proposal to talk, seen first by the partners concerned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz, utils

from etl.rules.facts import Measure
from etl.rules.measure_rules import ENDED
from etl.rules.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two measures of different leads and what they share. ``similarity`` of the titles, 0 to 100; days inclusive."""

    one: str
    other: str
    target_group: tuple[str, ...]
    location: str | None
    similarity: int
    start: dt.date | None
    end: dt.date | None


def overlapping(measures: Iterable[Measure], thresholds: Thresholds) -> tuple[Overlap, ...]:
    """Pairs of measures of different leads with similar titles, the same people or place, at the same time.

    People and place must not contradict each other, and at least one of them must be stated by both and agree. Periods
    without start or end are open to that side. Ended measures are left out. Pairs come in the order of keys.
    """
    found = (_overlap(one, other, thresholds) for one, other in _candidates(measures))
    return tuple(sorted((o for o in found if o), key=lambda o: (o.one, o.other)))


def _candidates(measures: Iterable[Measure]) -> Iterator[tuple[Measure, Measure]]:
    """Pairs that share a target group or a place and contradict in neither, each once: most pairs are never looked at.

    A measure without target group (or place) fits all, so it is paired with each group (or place) of the other kind.
    """
    running = sorted((m for m in measures if m.status not in ENDED), key=lambda m: m.key)
    seen: set[tuple[str, str]] = set()
    for pairs in (_by_people(running), _by_place(running)):
        for one, other in pairs:
            if (one.key, other.key) not in seen:
                seen.add((one.key, other.key))
                yield one, other


def _by_people(running: list[Measure]) -> Iterator[tuple[Measure, Measure]]:
    groups: dict[str, dict[str, list[Measure]]] = {}
    for measure in running:
        for code in measure.target_group:
            groups.setdefault(code, {}).setdefault(_place(measure), []).append(measure)
    for places in groups.values():
        anywhere = places.pop("", [])
        yield from combinations(anywhere, 2)
        for group in places.values():
            yield from combinations(group, 2)
            yield from (_ordered(one, other) for one in group for other in anywhere)


def _by_place(running: list[Measure]) -> Iterator[tuple[Measure, Measure]]:
    """Only pairs of which one states no target group; the others are paired by people."""
    groups: dict[str, list[Measure]] = {}
    for measure in running:
        if measure.location:
            groups.setdefault(_place(measure), []).append(measure)
    for group in groups.values():
        yield from ((a, b) for a, b in combinations(group, 2) if not a.target_group or not b.target_group)


def _ordered(one: Measure, other: Measure) -> tuple[Measure, Measure]:
    return (one, other) if one.key < other.key else (other, one)


def _place(measure: Measure) -> str:
    return _plain(measure.location or "")


def _overlap(one: Measure, other: Measure, thresholds: Thresholds) -> Overlap | None:
    if not _different_leads(one, other):
        return None
    people = tuple(code for code in one.target_group if code in other.target_group)
    if one.target_group and other.target_group and not people:
        return None
    if one.location and other.location and _plain(one.location) != _plain(other.location):
        return None
    start, end = _shared_period(one, other)
    if start and end and start > end:
        return None
    similarity = fuzz.token_set_ratio(
        one.title, other.title, processor=utils.default_process, score_cutoff=thresholds.overlap_title_similarity
    )
    if not similarity:
        return None
    location = one.location if one.location and other.location else None
    return Overlap(one.key, other.key, people, location, round(similarity), start, end)


def _different_leads(one: Measure, other: Measure) -> bool:
    if _lead(one) == _lead(other):
        return False
    return one.lead_partner is None or one.lead_partner != other.lead_partner


def _lead(measure: Measure) -> str | None:
    """Who is accountable: the partner we know, else the name as stated, else who reports it."""
    return measure.lead_partner or (_plain(measure.lead) if measure.lead else measure.partner)


def _shared_period(one: Measure, other: Measure) -> tuple[dt.date | None, dt.date | None]:
    starts = [m.start for m in (one, other) if m.start]
    ends = [m.end for m in (one, other) if m.end and not m.open_end]
    return max(starts, default=None), min(ends, default=None)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
