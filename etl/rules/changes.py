"""What changed between two days, each change with its cause: ``changes_between``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields, replace
from typing import Protocol, TypeVar

from etl.rules.change import Cause, Change
from etl.rules.facts import Agreement, Cooperation, Decision, Facts, Funding, Idea, Measure, Need
from etl.rules.funding_rules import ending_day
from etl.rules.goal_changes import Compared, goal_changes, human_changes
from etl.rules.measure_rules import ENDED
from etl.rules.rating import Rating
from etl.rules.ratings import rate_goal, rate_measure
from etl.rules.thresholds import Thresholds

__all__ = ["Cause", "Change", "changes_between", "rating_changes"]

#: What is said about a record, not by it.
_ABOUT = ("key", "marks", "delivery", "reported_on", "reported_in_rounds", "confirmed_on")
#: States that end a record of each kind.
_ENDS = {"measure": ENDED, "cooperation": ("ended",), "funding": ("closed", "rejected", "withdrawn")}
_UNREPORTED = ("no_report_in_round", "report_too_old")


class _Record(Protocol):
    @property
    def key(self) -> str: ...


class _Reported(_Record, Protocol):
    @property
    def status(self) -> str | None: ...
    @property
    def delivery(self) -> int | None: ...
    @property
    def reported_on(self) -> dt.date | None: ...


_P = TypeVar("_P", Cooperation, Funding)


def changes_between(
    before: Facts, after: Facts, thresholds: Thresholds, old_thresholds: Thresholds | None = None
) -> tuple[Change, ...]:
    """All changes from the earlier facts to the later ones; empty for the same facts.

    ``old_thresholds`` were in force for ``before`` (None: the same as now). A correction (same day, other value), a
    late report, an undone delivery and a new rule each show their own effect on the rating; none counts as progress.
    """
    compared = Compared(before, after, old_thresholds or thresholds, thresholds)
    return (
        *_goals(compared),
        *_measures(compared),
        *_reported("cooperation", before.cooperations, after.cooperations, compared),
        *_reported("funding", before.fundings, after.fundings, compared),
        *_ended_money(compared),
        *_agreed("decision", before.decisions, after.decisions, compared),
        *_agreed("agreement", before.agreements, after.agreements, compared),
        *_mentioned("need", before.needs, after.needs, compared),
        *_mentioned("idea", before.ideas, after.ideas, compared),
    )


def rating_changes(changes: Sequence[Change]) -> tuple[Change, ...]:
    """What a meeting looks at: changed ratings, corrections of values, and what a body decided."""
    return tuple(c for c in changes if c.rating_changed or c.cause in ("correction", "decided_by_group"))


def _goals(compared: Compared) -> Iterator[Change]:
    known = compared.before.goal_by_key
    for goal in compared.after.goals:
        if goal.key in known:
            yield from goal_changes(goal, compared)
        else:
            yield Change("goal", goal.key, "new", after=rate_goal(goal, compared.after, compared.thresholds))
    for goal in compared.before.goals:
        if goal.key not in compared.after.goal_by_key:
            yield Change("goal", goal.key, "delivery_withdrawn" if compared.withdrawn else "ended")


def _measures(compared: Compared) -> Iterator[Change]:
    old = compared.before.measure_by_key
    for measure in compared.after.measures:
        if measure.key in old:
            yield from _measure_changes(old[measure.key], measure, compared)
        else:
            rating = rate_measure(measure, compared.after, compared.thresholds)
            yield Change("measure", measure.key, "new", day=measure.reported_on, after=rating)
    yield from _gone("measure", compared.before.measures, compared.after.measure_by_key, compared)


def _measure_changes(old: Measure, new: Measure, compared: Compared) -> Iterator[Change]:
    """The chain: earlier rating -> new rule -> time and mere reporting -> what was said."""
    first = rate_measure(old, compared.before, compared.old_thresholds)
    same_rules = compared.thresholds == compared.old_thresholds
    ruled = first if same_rules else rate_measure(old, compared.before, compared.thresholds)
    if first.code != ruled.code:
        yield Change("measure", new.key, "new_rule", before=first, after=ruled)
    reported = replace(old, reported_on=new.reported_on, reported_in_rounds=new.reported_in_rounds)
    timed = rate_measure(reported, compared.after, compared.thresholds)
    if ruled.code != timed.code:
        yield _time_change(old, new, compared, ruled, timed)
    last = rate_measure(new, compared.after, compared.thresholds)
    yield from _field_changes("measure", old, new, compared, timed, last)
    yield from human_changes("measure", new.key, compared, last)


def _time_change(old: Measure, new: Measure, compared: Compared, ruled: Rating, timed: Rating) -> Change:
    """A rating that changed though the same was said: a day passed, or it was reported again, or no longer is."""
    said_again = old.reported_on != new.reported_on
    if said_again and not timed.rule.endswith("_passed"):
        cause = _cause_of_statement(old, new, compared)
        when = new.reported_on
        return Change("measure", new.key, cause, "reported_on", old.reported_on, when, when, ruled, timed)
    by_time: Cause = "too_old" if timed.rule in _UNREPORTED else "deadline_passed"
    return Change("measure", new.key, by_time, before=ruled, after=timed)


def _cause_of_statement(old: _Reported, new: _Reported, compared: Compared) -> Cause:
    """Why something else is said now: by the two clocks, a later day is news, the same day a correction."""
    if old.delivery is not None and old.delivery in compared.withdrawn:
        return "delivery_withdrawn"
    if new.reported_on is None or new.reported_on == old.reported_on:
        return "correction"
    return "reported_late" if new.reported_on <= compared.before.day else "new_value"


def _field_changes(
    kind: str, old: _Reported, new: _Reported, compared: Compared, before: Rating | None, after: Rating | None
) -> Iterator[Change]:
    said = _cause_of_statement(old, new, compared)
    for name, was, now in _differences(old, new):
        cause = said
        if name == "status" and said in ("new_value", "reported_late"):
            cause = "ended" if now in _ENDS[kind] else "status_changed"
        yield Change(kind, new.key, cause, name, was, now, new.reported_on, before, after)


def _differences(old: object, new: object) -> Iterator[tuple[str, object, object]]:
    assert type(old) is type(new), "only records of one kind can be compared"
    for name in (f.name for f in fields(old) if f.name not in _ABOUT):  # type: ignore[arg-type]
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield name, was, now


def _reported(kind: str, before: tuple[_P, ...], after: tuple[_P, ...], compared: Compared) -> Iterator[Change]:
    """Records that partners report and that have no rating of their own."""
    old = {record.key: record for record in before}
    for record in after:
        if record.key in old:
            yield from _field_changes(kind, old[record.key], record, compared, None, None)
        else:
            yield Change(kind, record.key, "new", day=record.reported_on)
    yield from _gone(kind, before, {record.key for record in after}, compared)


def _gone(kind: str, before: Sequence[_Reported], still: Collection[str], compared: Compared) -> Iterator[Change]:
    """Records that are no longer there: their delivery was undone, or a person merged or removed them."""
    for record in before:
        if record.key not in still:
            undone = record.delivery is not None and record.delivery in compared.withdrawn
            yield Change(kind, record.key, "delivery_withdrawn" if undone else "ended")


def _ended_money(compared: Compared) -> Iterator[Change]:
    """Fundings whose last day passed between the two days, without anyone saying anything."""
    for funding in compared.after.fundings:
        ends = ending_day(funding)
        if ends and compared.before.day <= ends < compared.after.day and funding.key in compared.before.funding_by_key:
            yield Change("funding", funding.key, "deadline_passed", "end", ends, ends, ends)


_A = TypeVar("_A", Decision, Agreement)
_OPEN = (None, "open", "in_progress", "to_decide", "decided", "ongoing")


def _agreed(kind: str, before: tuple[_A, ...], after: tuple[_A, ...], compared: Compared) -> Iterator[Change]:
    """What bodies resolved and people promised: entered by persons, so a change is a body's word."""
    old = {record.key: record for record in before}
    for record in after:
        if record.key not in old:
            yield Change(kind, record.key, "new")
            continue
        for name, was, now in _differences(old[record.key], record):
            cause: Cause = "status_changed" if name == "status" else "decided_by_group"
            yield Change(kind, record.key, cause, name, was, now)
        if record.status in _OPEN and record.due and compared.before.day <= record.due < compared.after.day:
            yield Change(kind, record.key, "deadline_passed", "due", record.due, record.due, record.due)
    for record in before:
        if record.key not in {r.key for r in after}:
            yield Change(kind, record.key, "delivery_withdrawn")


_N = TypeVar("_N", Need, Idea)


def _mentioned(kind: str, before: tuple[_N, ...], after: tuple[_N, ...], compared: Compared) -> Iterator[Change]:
    old, new = {record.key for record in before}, {record.key for record in after}
    for record in after:
        if record.key not in old:
            yield Change(kind, record.key, "new")
    for record in before:
        if record.key not in new:
            yield Change(kind, record.key, "delivery_withdrawn" if compared.withdrawn else "ended")
