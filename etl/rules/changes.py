"""What changed between two days, each change with its cause: ``changes_between``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from etl.rules.change import Cause, Change
from etl.rules.change_compared import Compared, Record, Reported, changed_fields
from etl.rules.facts import Agreement, Cooperation, Decision, Facts, Funding, Measure, Round
from etl.rules.funding_rules import ending_day
from etl.rules.goal_changes import YARDSTICKS, goal_changes
from etl.rules.measure_rules import DAY_PASSED, ENDED
from etl.rules.rating import Rating
from etl.rules.ratings import rate_measure
from etl.rules.thresholds import Thresholds

__all__ = ["Cause", "Change", "changes_between", "rating_changes"]

#: States that end a record of each kind.
ENDS: Mapping[str, tuple[str, ...]] = {
    "measure": ENDED,
    "cooperation": ("ended",),
    "funding": ("closed", "rejected", "withdrawn"),
    "decision": ("done", "rejected"),
    "agreement": ("kept", "dropped"),
}
_UNREPORTED = ("no_report_in_round", "report_too_old")
#: What a goal's rating rests on, or what stands beside it.
_RATED = (*YARDSTICKS, "indicator", "current_value", "current_date", "provisional", "human")


def changes_between(
    before: Facts,
    after: Facts,
    thresholds: Thresholds,
    old_thresholds: Thresholds | None = None,
    *,
    rated_before: Mapping[str, Rating] | None = None,
    rated_after: Mapping[str, Rating] | None = None,
) -> tuple[Change, ...]:
    """All changes from the earlier facts to the later ones; empty for the same facts.

    ``old_thresholds`` were in force for ``before`` (None: the same as now). A correction (same day, other value), a
    late report, an undone delivery and a new rule each show their own effect on the rating; none counts as progress.
    Ratings that the caller has are taken from it.
    """
    compared = Compared(before, after, old_thresholds or thresholds, thresholds, rated_before, rated_after)
    return (
        *_goals(compared),
        *_measures(compared),
        *_human(compared),
        *_reported("cooperation", before.cooperations, after.cooperations, compared),
        *_reported("funding", before.fundings, after.fundings, compared),
        *_ended_money(compared),
        *_agreed("decision", before.decisions, after.decisions, compared),
        *_agreed("agreement", before.agreements, after.agreements, compared),
        *_listed("need", before.needs, after.needs, compared),
        *_listed("idea", before.ideas, after.ideas, compared),
        *_listed("partner", before.partners, after.partners, compared),
        *_listed("meeting", before.meetings, after.meetings, compared),
        *_listed("field_of_action", before.fields_of_action, after.fields_of_action, compared),
        *_rounds(compared),
    )


def rating_changes(changes: Sequence[Change]) -> tuple[Change, ...]:
    """What a meeting looks at: changed ratings, corrections of what they rest on, and what a body decided."""
    return tuple(
        c
        for c in changes
        if c.rating_changed
        or (c.cause in ("correction", "decided_by_group") and (c.kind != "goal" or c.field in _RATED))
    )


def _goals(compared: Compared) -> Iterator[Change]:
    known = compared.before.goal_by_key
    for goal in compared.after.goals:
        if goal.key in known:
            yield from goal_changes(goal, compared)
        else:
            yield Change("goal", goal.key, "new", day=goal.reported_on, after=compared.later(goal))
    yield from _gone("goal", compared.before.goals, compared.after.goal_by_key, compared)


def _measures(compared: Compared) -> Iterator[Change]:
    old = compared.before.measure_by_key
    for measure in compared.after.measures:
        if measure.key in old:
            yield from _measure_changes(old[measure.key], measure, compared)
        else:
            yield Change("measure", measure.key, "new", day=measure.reported_on, after=compared.later(measure))
    yield from _gone("measure", compared.before.measures, compared.after.measure_by_key, compared)


def _measure_changes(old: Measure, new: Measure, compared: Compared) -> Iterator[Change]:
    """The chain: earlier rating -> new rule -> time and mere reporting -> what was said."""
    first, last = compared.earlier(old), compared.later(new)
    if compared.same_rules and first.code == last.code and next(changed_fields(old, new), None) is None:
        return
    ruled = first if compared.same_rules else rate_measure(old, compared.before, compared.thresholds)
    if first.code != ruled.code:
        yield Change("measure", new.key, "new_rule", before=first, after=ruled)
    reported = replace(old, reported_on=new.reported_on, reported_in_rounds=new.reported_in_rounds)
    timed = rate_measure(reported, compared.after, compared.thresholds)
    if ruled.code != timed.code:
        yield _time_change(old, new, compared, ruled, timed)
    yield from _field_changes("measure", old, new, compared, timed, last)


def _time_change(old: Measure, new: Measure, compared: Compared, ruled: Rating, timed: Rating) -> Change:
    """A rating that changed though the same was said: a day passed, or it was reported again, or no longer is."""
    said_again = old.reported_on != new.reported_on
    if said_again and timed.rule not in DAY_PASSED:
        cause = compared.cause(old, new)
        when = new.reported_on
        return Change("measure", new.key, cause, "reported_on", old.reported_on, when, when, ruled, timed)
    by_time: Cause = "too_old" if timed.rule in _UNREPORTED else "deadline_passed"
    return Change("measure", new.key, by_time, before=ruled, after=timed)


def _field_changes(
    kind: str, old: Reported, new: Reported, compared: Compared, before: Rating | None, after: Rating | None
) -> Iterator[Change]:
    for name, was, now in changed_fields(old, new):
        cause = compared.cause(old, new)
        if name == "status" and cause in ("new_value", "reported_late"):
            cause = "ended" if now in ENDS[kind] else "status_changed"
        yield Change(kind, new.key, cause, name, was, now, new.reported_on, before, after)


def _human(compared: Compared) -> Iterator[Change]:
    """What bodies said themselves: it stands beside, so the computed rating is the same before and after."""
    old, new = compared.before.human_rating_of, compared.after.human_rating_of
    for key in sorted(old.keys() | new.keys()):
        found = compared.after.goal_by_key.get(key) or compared.after.measure_by_key.get(key)
        if found is None:
            continue
        kind, rating = "goal" if key in compared.after.goal_by_key else "measure", compared.later(found)
        was, now = old.get(key), new.get(key)
        if was != now:
            day = now.day if now else None
            codes = (was.code if was else None, now.code if now else None)
            yield Change(kind, key, "decided_by_group", "human", *codes, day, rating, rating)
        elif now is not None and compared.passed(now.expires):
            yield Change(kind, key, "deadline_passed", "human", now.code, None, now.expires, rating, rating)


_P = TypeVar("_P", Cooperation, Funding)


def _reported(kind: str, before: tuple[_P, ...], after: tuple[_P, ...], compared: Compared) -> Iterator[Change]:
    """Records that partners report and that have no rating of their own."""
    old = {record.key: record for record in before}
    for record in after:
        if record.key in old:
            yield from _field_changes(kind, old[record.key], record, compared, None, None)
        else:
            yield Change(kind, record.key, "new", day=record.reported_on)
    yield from _gone(kind, before, {record.key for record in after}, compared)


def _gone(kind: str, before: Sequence[Record], still: Collection[str], compared: Compared) -> Iterator[Change]:
    """Records that are no longer there: their delivery was undone, or a person merged or removed them."""
    for record in before:
        if record.key not in still:
            yield Change(kind, record.key, "delivery_withdrawn" if compared.is_undone(record) else "ended")


def _ended_money(compared: Compared) -> Iterator[Change]:
    """Fundings whose last day passed between the two days, without anyone saying anything."""
    for funding in compared.after.fundings:
        ends = ending_day(funding)
        if ends and compared.passed(ends) and funding.key in compared.before.funding_by_key:
            yield Change("funding", funding.key, "deadline_passed", "end", ends, ends, ends)


_A = TypeVar("_A", Decision, Agreement)
#: States in which what was resolved or promised still has to be done.
OPEN = (None, "open", "in_progress", "to_decide", "decided", "ongoing", "overdue", "postponed")


def _agreed(kind: str, before: tuple[_A, ...], after: tuple[_A, ...], compared: Compared) -> Iterator[Change]:
    """What bodies resolved and people promised: a body's word, unless a list was corrected or taken back."""
    old = {record.key: record for record in before}
    for record in after:
        if record.key not in old:
            yield Change(kind, record.key, "new", day=record.reported_on)
            continue
        for name, was, now in changed_fields(old[record.key], record):
            news: Cause = "status_changed" if name == "status" else "decided_by_group"
            cause = compared.cause(old[record.key], record, news) if record.reported_on else news
            yield Change(kind, record.key, cause, name, was, now, record.reported_on)
        if record.status in OPEN and record.due and compared.passed(record.due):
            yield Change(kind, record.key, "deadline_passed", "due", record.due, record.due, record.due)
    yield from _gone(kind, before, {record.key for record in after}, compared)


def _listed(kind: str, before: Sequence[Any], after: Sequence[Any], compared: Compared) -> Iterator[Change]:
    """Records that are listed and have neither a rating nor a state."""
    old = {record.key: record for record in before}
    for record in after:
        day = getattr(record, "reported_on", None)
        if record.key not in old:
            yield Change(kind, record.key, "new", day=day)
            continue
        for name, was, now in changed_fields(old[record.key], record):
            yield Change(kind, record.key, compared.cause(old[record.key], record), name, was, now, day)
    yield from _gone(kind, before, {record.key for record in after}, compared)


def _rounds(compared: Compared) -> Iterator[Change]:
    """Rounds are set by the office."""
    old: dict[str, Round] = {r.name: r for r in compared.before.rounds}
    for this in compared.after.rounds:
        if this.name not in old:
            yield Change("round", this.name, "new", day=this.day)
            continue
        for name, was, now in changed_fields(old[this.name], this):
            yield Change("round", this.name, "decided_by_group", name, was, now, this.day)
    still = {r.name for r in compared.after.rounds}
    yield from (Change("round", name, "ended") for name in old if name not in still)
