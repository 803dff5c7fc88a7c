"""The lines of „Seit dem letzten Mal“, section by section: each a rule of its own about two facts and their changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from etl.rules.change import Cause, Change
from etl.rules.changes import OPEN
from etl.rules.days import add_months
from etl.rules.facts import Agreement, Decision, Facts, Funding
from etl.rules.funding import Ending, funding_ending_within
from etl.rules.funding_rules import is_granted
from etl.rules.gaps import fundings_without_measure, not_reported_since
from etl.rules.measure_rules import DAY_PASSED, ENDED
from etl.rules.rating import BAD_TO_GOOD, Rating, is_worse
from etl.rules.thresholds import Thresholds

Section = Literal[
    "goals",
    "measures",
    "measures_new",
    "measures_finished",
    "measures_cancelled",
    "deadlines",
    "money_won",
    "money_ended",
    "money_ending",
    "money_unallocated",
    "partners_new",
    "partners_gone",
    "partners_silent",
    "kept",
    "broken",
    "learnt",
    "removed",
]
SECTIONS: tuple[Section, ...] = get_args(Section)
#: Causes that speak about the time before, not of what has happened since.
LEARNT: tuple[Cause, ...] = ("reported_late", "correction", "delivery_withdrawn")
#: Causes by how much they explain, where one record has several changes of the same weight.
_EXPLAINS: tuple[Cause, ...] = (
    "new_value",
    "status_changed",
    "deadline_passed",
    "too_old",
    "reported_late",
    "delivery_withdrawn",
    "new_rule",
    "correction",
    "decided_by_group",
)
#: Rule that decided a measure's rating -> fields that it turned on.
_TURNED_ON: Mapping[str, tuple[str, ...]] = {
    "said_delayed": ("status",),
    "said_at_risk": ("traffic_light",),
    "said_red_without_next_step": ("traffic_light", "next_step"),
    "people_below_plan": ("participants_reached", "participants_planned"),
    "end_passed": ("end",),
    "end_long_passed": ("end",),
    "milestone_passed": ("milestones",),
    "milestone_long_passed": ("milestones",),
    "start_passed": ("start",),
    "paused": ("status",),
    "proposed": ("status",),
    "status_unknown": ("status",),
}
#: Kinds of which single values are reported late or put right.
_CORRECTED = ("goal", "measure", "funding", "cooperation")
_Promise = Agreement | Decision
_DONE = {"decision": ("done",), "agreement": ("kept",)}
_DROPPED = {"decision": ("rejected",), "agreement": ("dropped",)}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the opening screen. ``change`` is what tells its cause (None: it shows at the later day by itself);
    ``before`` and ``after`` are ratings where the line is about one; ``day``: the day it is about; ``fields``: keys of
    the fields of action it belongs to; ``body``: name of the one that resolved it, or before which it was promised."""

    section: Section
    kind: str
    key: str
    change: Change | None = None
    before: Rating | None = None
    after: Rating | None = None
    day: dt.date | None = None
    fields: frozenset[str] = frozenset()
    body: str | None = None

    @property
    def is_unrated(self) -> bool:
        """Whether what could be rated can't be any more."""
        codes = [rating.code if rating else None for rating in (self.before, self.after)]
        return codes[0] in BAD_TO_GOOD and codes[1] == "cannot_be_rated"

    @property
    def direction(self) -> int:
        """Worse 0, no longer rated or newly 1, better 2, the same 3: the order in which they are told."""
        codes = [rating.code if rating else None for rating in (self.before, self.after)]
        if codes[0] == codes[1]:
            return 3
        if codes[0] not in BAD_TO_GOOD or codes[1] not in BAD_TO_GOOD:
            return 1
        return 0 if is_worse(codes[1], codes[0]) else 2


def lines_of(before: Facts, after: Facts, changes: Sequence[Change], thresholds: Thresholds) -> Iterator[Line]:
    """All lines between two facts, without their fields and in no order; see ``etl.rules.since.lines_since``."""
    rated = tuple(_ratings(changes))
    yield from rated
    yield from _measures(changes)
    late = {line.key for line in rated if line.after and line.after.rule in DAY_PASSED}
    yield from _deadlines(before, after, late)
    yield from _money(before, after, changes, thresholds)
    yield from _partners(before, after, changes)
    yield from _promises(before, after, changes)
    yield from _learnt(changes, {(line.kind, line.key) for line in rated})
    yield from _removed(changes)


def _ratings(changes: Sequence[Change]) -> Iterator[Line]:
    """One line a goal or measure whose rating is another, with the change that explains it best; and what a body said
    of a goal itself."""
    chains: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        if change.before is not None and change.after is not None:
            chains.setdefault((change.kind, change.key), []).append(change)
    for (kind, key), chain in chains.items():
        before, after = chain[0].before, chain[-1].after
        assert before is not None, "only changes with both ratings are chained"
        assert after is not None, "only changes with both ratings are chained"
        stayed = before.code == after.code
        told = [c for c in chain if c.field == "human"] if stayed else chain
        if not told or (kind == "measure" and (stayed or after.code is None)):
            continue
        telling = min(told, key=lambda c: (not c.rating_changed, *_explains(c, after)))
        yield Line("goals" if kind == "goal" else "measures", kind, key, telling, before, after, telling.day)


def _explains(change: Change, after: Rating) -> tuple[bool, int]:
    """What the later rating turned on comes first, then the cause that explains most."""
    about = change.field in _TURNED_ON.get(after.rule, ())
    about = about or (change.indicator is not None and change.indicator == after.inputs.get("indicator"))
    cause: Cause = "new_value" if change.cause == "new" else change.cause
    return not about, _EXPLAINS.index(cause) if cause in _EXPLAINS else len(_EXPLAINS)


def _measures(changes: Sequence[Change]) -> Iterator[Line]:
    for change in changes:
        if change.kind != "measure":
            continue
        if change.cause == "new":
            yield Line("measures_new", "measure", change.key, change, after=change.after, day=change.day)
        elif change.field == "status" and change.new in ENDED and change.old not in ENDED:
            section: Section = "measures_finished" if change.new == "completed" else "measures_cancelled"
            yield Line(section, "measure", change.key, change, day=change.day)


def _deadlines(before: Facts, after: Facts, told: set[str]) -> Iterator[Line]:
    """Measures whose end or milestone has passed, but for those of which a changed rating tells it."""
    for measure in after.measures:
        if measure.status in ENDED or measure.key in told:
            continue
        days = [m.day for m in measure.milestones if m.day and m.done is False]
        days += [measure.end] if measure.end and not measure.open_end else []
        passed = [day for day in days if before.day <= day < after.day]
        if passed:
            yield Line("deadlines", "measure", measure.key, day=min(passed))


def _money(before: Facts, after: Facts, changes: Sequence[Change], thresholds: Thresholds) -> Iterator[Line]:
    by_key: dict[str, Change] = {}
    for change in changes:
        if change.kind == "funding" and (change.cause == "new" or change.field in ("status", "granted")):
            by_key.setdefault(change.key, change)
    for funding in after.fundings:
        old = before.funding_by_key.get(funding.key)
        if _is_won(funding) and not (old and _is_won(old)) and funding.key in by_key:
            yield Line("money_won", "funding", funding.key, by_key[funding.key], day=funding.reported_on)
    for change in changes:
        if change.kind == "funding" and change.cause == "deadline_passed":
            yield Line("money_ended", "funding", change.key, change, day=change.day)
    ending = {e.funding.key for e in _endings(before, thresholds)}
    for found in _endings(after, thresholds):
        if found.funding.key not in ending:
            yield Line("money_ending", "funding", found.funding.key, day=found.day)
    idle = {f.key for f in fundings_without_measure(before)}
    for funding in fundings_without_measure(after):
        if funding.key not in idle and is_granted(funding):
            yield Line("money_unallocated", "funding", funding.key, day=funding.reported_on)


def _is_won(funding: Funding) -> bool:
    return is_granted(funding) and funding.status != "closed"


def _endings(facts: Facts, thresholds: Thresholds) -> tuple[Ending, ...]:
    days = (add_months(facts.day, thresholds.funding_warning_months) - facts.day).days
    return funding_ending_within(facts, days, without_follow_up=True)


def _partners(before: Facts, after: Facts, changes: Sequence[Change]) -> Iterator[Line]:
    for change in changes:
        if change.kind == "partner" and change.cause == "new":
            yield Line("partners_new", "partner", change.key, change, day=change.day)
        elif change.kind == "partner" and change.field is None:
            yield Line("partners_gone", "partner", change.key, change)
    if after.day > before.day:
        for partner in not_reported_since(after, before.day):
            if partner.key in before.partner_by_key:
                yield Line("partners_silent", "partner", partner.key)


def _promises(before: Facts, after: Facts, changes: Sequence[Change]) -> Iterator[Line]:
    """Agreements and decisions that were kept, dropped, or whose day has passed."""
    of: dict[tuple[str, str], Change] = {}
    for change in changes:
        if change.kind in _DONE and change.field in (None, "status", "due"):
            of.setdefault((change.kind, change.key), change)
    met: dict[dt.date | None, str] = {m.day: m.body for m in after.meetings if m.day and m.body}
    earlier: tuple[_Promise, ...] = (*before.agreements, *before.decisions)
    old = {record.key: record for record in earlier}
    kinds: tuple[tuple[str, Sequence[_Promise]], ...] = (("agreement", after.agreements), ("decision", after.decisions))
    for kind, records in kinds:
        for record in records:
            was, told = old.get(record.key), of.get((kind, record.key))
            body = record.body if isinstance(record, Decision) else met.get(record.meeting_day)
            if record.status in _DONE[kind] and (was is None or was.status not in _DONE[kind]) and told:
                yield Line("kept", kind, record.key, told, day=record.due, body=body)
            elif _is_broken(kind, was, record, before, after):
                yield Line("broken", kind, record.key, told, day=record.due, body=body)


def _is_broken(kind: str, was: _Promise | None, record: _Promise, before: Facts, after: Facts) -> bool:
    """Dropped since, or its day has passed while it was open."""
    if record.status in _DROPPED[kind]:
        return was is not None and was.status not in _DROPPED[kind]
    return record.status in OPEN and record.due is not None and before.day <= record.due < after.day


def _learnt(changes: Sequence[Change], seen: set[tuple[str, str]]) -> Iterator[Line]:
    """What we know now about the time before and did not know then, one line a record, but for those in ``seen``.

    Their ratings are the same now and then: what the news alone would have changed stands in ``change``.
    """
    for change in changes:
        about = (change.kind, change.key)
        if change.cause in LEARNT and change.field and change.kind in _CORRECTED and about not in seen:
            seen.add(about)
            yield Line("learnt", *about, change, day=change.day)


def _removed(changes: Sequence[Change]) -> Iterator[Line]:
    """Records that are no longer there; a partner that is gone has its own section."""
    for change in changes:
        gone = change.field is None and change.cause in ("ended", "delivery_withdrawn")
        if gone and change.kind not in ("partner", "round"):
            yield Line("removed", change.kind, change.key, change)
