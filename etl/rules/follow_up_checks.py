"""What an agreement should change, checked against the facts: nobody has to claim that it was kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from etl.rules.facts import Facts, Funding, Measure, Milestone

#: ``gone``: what it is about was merged away or removed, so that the facts can't tell any more.
CheckState = Literal["kept", "not_yet", "missed", "gone"]
#: A funding that was applied for, whatever came of it.
_APPLIED = frozenset({"applied", "granted", "running", "report_due", "report_submitted", "closed", "rejected"})


@dataclass(frozen=True, slots=True)
class Expectation:
    """What should be so by the end of ``by`` (None: by the agreement's own date).

    ``kind`` is one of ``etl.rules.results.EXPECTED``. ``target`` is a record's key: the measure (for
    ``milestone_reported``, ``measure_status``), the partner (``contact_named``), the funding, measure or partner
    (``funding_applied``), the indicator or goal (``value_reported``). ``value``: the milestone's text or its number
    from 1; how many persons are named (blank: a second one); the status' code; the day (ISO) the value must be about
    at least. Else blank: any.
    """

    kind: str
    target: str
    by: dt.date | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """``evidence`` is the record (key) and ``field`` that shows it, None while nothing does."""

    expectation: Expectation
    state: CheckState
    by: dt.date | None = None
    evidence: str | None = None
    field: str = ""


def check(expectation: Expectation, facts: Facts, since: dt.date | None, due: dt.date | None) -> Check:
    """Whether the facts show it on their day. ``since``: when it was agreed, older values do not count; ``due``: the
    agreement's own date. The last day still counts: missed is what is not there on the day after."""
    by = expectation.by or due
    if not _is_there(expectation.target, facts):
        return Check(expectation, "gone", by)
    shown = _SHOWN[expectation.kind](expectation, facts, since) if expectation.kind in _SHOWN else None
    if shown is not None:
        return Check(expectation, "kept", by, *shown)
    return Check(expectation, "missed" if by is not None and by < facts.day else "not_yet", by)


#: One person alone is fragile: what is agreed about contacts is that there is a second one.
_PERSONS = 2
#: (key, field) of the record that shows it.
_Evidence = tuple[str, str] | None


def _is_there(target: str, facts: Facts) -> bool:
    known = (
        facts.measure_by_key,
        facts.partner_by_key,
        facts.funding_by_key,
        facts.indicator_by_key,
        facts.goal_by_key,
    )
    return any(target in by_key for by_key in known)


def _milestone(expectation: Expectation, facts: Facts, _: dt.date | None) -> _Evidence:
    measure = facts.measure_by_key.get(expectation.target)
    if measure is None:
        return None
    done = any(m.done for m in _meant(measure, expectation.value.strip()))
    return (measure.key, "milestone") if done else None


def _meant(measure: Measure, value: str) -> Iterable[Milestone]:
    """The milestone of that number by day, or whose text has those words; all where none is named."""
    if value.isdecimal():
        in_order = sorted(measure.milestones, key=lambda m: m.day or dt.date.max)
        return in_order[int(value) - 1 : int(value)] if int(value) else ()
    return [m for m in measure.milestones if value.casefold() in m.text.casefold()]


def _contact(expectation: Expectation, facts: Facts, _: dt.date | None) -> _Evidence:
    """Persons, not rows: two lists may name the same one."""
    wanted = int(expectation.value) if expectation.value.strip().isdecimal() else _PERSONS
    named = [c for c in facts.contacts if c.partner == expectation.target and c.name and not c.vacant]
    persons = {(c.name or "").strip().casefold(): c.key for c in named}
    return (list(persons.values())[-1], "contact_name") if len(persons) >= max(1, wanted) else None


def _funding(expectation: Expectation, facts: Facts, since: dt.date | None) -> _Evidence:
    for funding in _fundings_of(expectation.target, facts):
        if funding.status in _APPLIED and (funding.key == expectation.target or _is_new(funding, since)):
            return funding.key, "status"
    return None


def _fundings_of(target: str, facts: Facts) -> Iterable[Funding]:
    if target in facts.funding_by_key:
        return (facts.funding_by_key[target],)
    if target in facts.measure_by_key:
        return facts.fundings_of_measure.get(target, ())
    return [funding for funding in facts.fundings if funding.partner == target]


def _is_new(funding: Funding, since: dt.date | None) -> bool:
    """Money that already flowed when it was agreed is not what was promised: an application still open is, and a grant
    that begins afterwards."""
    return funding.status == "applied" or since is None or funding.start is None or funding.start > since


def _value(expectation: Expectation, facts: Facts, since: dt.date | None) -> _Evidence:
    """A value that came after it was agreed; or, where a day is named, one about that day or a later one."""
    target, about = expectation.target, _day(expectation.value)
    indicators = [i.key for i in facts.indicators_of.get(target, ())] or [target]
    for value in (v for key in indicators for v in reversed(facts.observations_of.get(key, ()))):
        came = value.received or value.day
        if (value.day >= about) if about else (since is None or came > since):
            return value.key, "current_value"
    return None


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None


def _status(expectation: Expectation, facts: Facts, _: dt.date | None) -> _Evidence:
    measure = facts.measure_by_key.get(expectation.target)
    return (measure.key, "status") if measure is not None and measure.status == expectation.value else None


_SHOWN: dict[str, Callable[[Expectation, Facts, dt.date | None], _Evidence]] = {
    "milestone_reported": _milestone,
    "contact_named": _contact,
    "funding_applied": _funding,
    "value_reported": _value,
    "measure_status": _status,
}
