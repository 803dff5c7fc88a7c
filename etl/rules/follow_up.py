"""What became of what was agreed and resolved (Beschlusskontrolle).

The rule is that of council practice (resolution of the city council of Erfurt on Beschlusskontrolle; Dortmund and
Norderstedt do alike): what is carried out carries a note and leaves the list once the body has noted it; what is being
carried out has a date and a responsible house; what is late needs a reason and a new date; what goes on for good has
the date of its next step. Old dates stay visible.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from etl.rules.facts import Agreement, Decision, Facts
from etl.rules.finding import Finding
from etl.rules.follow_up_checks import Check, Expectation, check
from etl.rules.gaps import decisions_waiting
from etl.rules.meeting import Body

#: In the order of a list. ``fulfilled``: the data show all it should change, nobody said so yet; ``dropped``: given up,
#: to be noted like what is done; ``noted``: off the list.
FollowUpState = Literal["overdue", "fulfilled", "done", "dropped", "incomplete", "running", "permanent", "noted"]
STATES: tuple[FollowUpState, ...] = (
    "overdue", "fulfilled", "done", "dropped", "incomplete", "running", "permanent", "noted",
)  # fmt: skip
#: What a body takes note of.
TO_NOTE: frozenset[FollowUpState] = frozenset({"fulfilled", "done", "dropped"})
DONE = frozenset({"kept", "done"})
_DROPPED = frozenset({"dropped"})
_RECOMMENDED = "recommendation"
#: What must be known of what is not done: by when, and which house.
Missing = Literal["date", "office"]


@dataclass(frozen=True, slots=True)
class Moved:
    """A date that held no longer from ``on`` (the day of the statement) on; ``reason`` where somebody gave one."""

    day: dt.date
    on: dt.date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """``meeting`` is the key of the meeting in which the body took note."""

    meeting: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a record that is no longer there: ``how`` is merged (``into``: key and title) or removed; undone
    where its source was taken back. ``title`` is what it was called."""

    title: str
    how: Literal["merged", "removed", "undone"]
    into: str | None = None
    into_title: str = ""
    reason: str = ""
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the responsible house itself says: done, or a reason and a new date; the office confirms it."""

    number: int
    kind: Literal["done", "moved"]
    partner: str
    text: str
    due: dt.date | None
    day: dt.date


@dataclass(frozen=True, slots=True)
class Asked:
    """Written down as an agreement that nobody has said yes to yet: it binds nobody. ``houses``: who was asked."""

    title: str
    houses: tuple[str, ...]
    due: dt.date | None
    meeting: str


@dataclass(frozen=True, slots=True)
class Extras:
    """What the records themselves do not carry; record key -> … where no other key is named.

    ``meeting_of``: the meeting it was written down in; ``body_of``: meeting key -> number of its body. ``expects``:
    what it should change. ``moved``: its earlier dates, the first first. ``done_since``: since when it is done, without
    interruption. ``remarks``: note of completion, reason of the last delay or the next step. ``houses``: partners that
    are responsible, ``stances`` who promised how. ``about``: goals and measures its result names; ``became``: what
    became of those of them that are no longer there. ``permanent``: those written down as going on for good;
    ``addressed``: whom a recommendation goes to; ``asked``: what nobody has promised yet.
    """

    bodies: tuple[Body, ...] = ()
    body_of: Mapping[str, int] = field(default_factory=dict)
    meeting_of: Mapping[str, str] = field(default_factory=dict)
    expects: Mapping[str, tuple[Expectation, ...]] = field(default_factory=dict)
    moved: Mapping[str, tuple[Moved, ...]] = field(default_factory=dict)
    noted: Mapping[str, tuple[Noted, ...]] = field(default_factory=dict)
    done_since: Mapping[str, dt.datetime] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    houses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stances: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    about: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    permanent: frozenset[str] = frozenset()
    became: Mapping[str, tuple[Became, ...]] = field(default_factory=dict)
    asked: tuple[Asked, ...] = ()
    addressed: Mapping[str, str] = field(default_factory=dict)
    proposed: Mapping[str, Proposed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Followed:
    """One agreement or decision on a day. ``agreed``: the day it was made; ``moved``: its earlier dates; ``missing``:
    what has to be said still; ``checks``: what the data say; ``gone``: what it is about and is there no longer.
    ``result``: agreement, or what kind of result a decision is (decision, recommendation, examination), ``addressed``:
    whom a recommendation goes to."""

    key: str
    kind: Literal["agreement", "decision"]
    title: str
    state: FollowUpState
    responsible: str | None = None
    houses: tuple[str, ...] = ()
    due: dt.date | None = None
    agreed: dt.date | None = None
    status: str | None = None
    moved: tuple[Moved, ...] = ()
    missing: tuple[Missing, ...] = ()
    remark: str = ""
    checks: tuple[Check, ...] = ()
    gone: tuple[Became, ...] = ()
    about: tuple[str, ...] = ()
    noted: tuple[Noted, ...] = ()
    proposed: Proposed | None = None
    result: str = ""
    addressed: str = ""

    @property
    def on_list(self) -> bool:
        return self.state != "noted"

    def days_late(self, day: dt.date) -> int:
        return max(0, (day - self.due).days) if self.due and self.state == "overdue" else 0


def follow_up(facts: Facts, extras: Extras) -> tuple[Followed, ...]:
    """Every agreement, and every decision that was taken, on the facts' day: what is late first, oldest date first."""
    waiting = {decision.key for decision in decisions_waiting(facts)}
    taken = (d for d in facts.decisions if d.key not in waiting and d.status != "rejected")
    found = [*(_followed(a, "agreement", facts, extras) for a in facts.agreements if _is_said(a))]
    found += [_followed(d, "decision", facts, extras) for d in taken if _is_said(d)]
    return tuple(sorted(found, key=_urgency))


def _is_said(record: Agreement | Decision) -> bool:
    """What it was is no longer said where its result was withdrawn or its list taken back; words about it may stay."""
    return record.title != record.key


def open_agreements(facts: Facts, extras: Extras, body: Body, day: dt.date) -> tuple[Followed, ...]:
    """What is on a body's list on ``day`` (the facts' own): for the second item of its next meeting."""
    assert facts.day == day, "facts of another day"
    return tuple(f for f in follow_up(facts, extras) if f.on_list and of_body(f.key, facts, extras, body))


def of_body(record: str, facts: Facts, extras: Extras, body: Body) -> bool:
    """Whether an agreement or decision is this body's. What is nobody's is the steering group's, lest it be lost."""
    bodies = bodies_of(record, facts, extras)
    return body.id in bodies if bodies else body.kind == "steering_group"


def bodies_of(record: str, facts: Facts, extras: Extras) -> frozenset[int]:
    """Numbers of the bodies: that of the meeting it was written down in, else the one it names, else those that met on
    the day it names."""
    told = extras.body_of.get(extras.meeting_of.get(record, ""))
    if told is not None:
        return frozenset({told})
    decision = next((d for d in facts.decisions if d.key == record), None)
    if decision is not None:
        return _named({decision.body}, extras.bodies) or _met_on(decision.day, facts, extras)
    agreement = next((a for a in facts.agreements if a.key == record), None)
    return _met_on(agreement.meeting_day, facts, extras) if agreement else frozenset()


def _met_on(day: dt.date | None, facts: Facts, extras: Extras) -> frozenset[int]:
    met = [m for m in facts.meetings if day is not None and m.day == day]
    planned = {extras.body_of[m.key] for m in met if m.key in extras.body_of}
    return frozenset(planned) | _named({m.body for m in met}, extras.bodies)


def _named(names: Iterable[str | None], bodies: Sequence[Body]) -> frozenset[int]:
    wanted = {" ".join(name.split()).casefold() for name in names if name}
    return frozenset(body.id for body in bodies if " ".join(body.name.split()).casefold() in wanted)


def _followed(
    record: Agreement | Decision, kind: Literal["agreement", "decision"], facts: Facts, extras: Extras
) -> Followed:
    key = record.key
    agreed = record.meeting_day if isinstance(record, Agreement) else record.day
    checks = tuple(check(one, facts, agreed, record.due) for one in extras.expects.get(key, ()))
    missing = _missing(record, extras)
    about = extras.about.get(key, ())
    addressed = extras.addressed.get(key, "") if _is_recommended(record) else ""
    return Followed(
        key=key,
        kind=kind,
        title=record.title,
        state=_state(record, facts.day, missing, checks, extras),
        # what is recommended waits for whoever it goes to, not for the house that the question once named
        responsible=None if addressed else record.responsible,
        houses=() if addressed else extras.houses.get(key, ()),
        due=record.due,
        agreed=agreed,
        status=record.status,
        moved=extras.moved.get(key, ()),
        missing=() if record.status in DONE | _DROPPED else missing,
        remark=extras.remarks.get(key, ""),
        checks=checks,
        gone=extras.became.get(key, ()),
        about=tuple(dict.fromkeys((*record.goals, *getattr(record, "measures", ()), *about))),
        noted=extras.noted.get(key, ()),
        proposed=extras.proposed.get(key),
        result=(record.kind or "decision") if isinstance(record, Decision) else "agreement",
        addressed=addressed,
    )


def _is_recommended(record: Agreement | Decision) -> bool:
    """A recommendation binds nobody here: it waits for whoever it goes to, and lacks neither date nor house."""
    return isinstance(record, Decision) and record.kind == _RECOMMENDED


def _missing(record: Agreement | Decision, extras: Extras) -> tuple[Missing, ...]:
    if _is_recommended(record):
        return ()
    found: list[Missing] = ["date"] if record.due is None else []
    if not record.responsible and not extras.houses.get(record.key):
        found.append("office")
    return tuple(found)


def _state(
    record: Agreement | Decision, day: dt.date, missing: Sequence[str], checks: Sequence[Check], extras: Extras
) -> FollowUpState:
    if record.status in DONE | _DROPPED:
        since = extras.done_since.get(record.key)
        noted = any(since is None or noting.at >= since for noting in extras.noted.get(record.key, ()))
        return "noted" if noted else "done" if record.status in DONE else "dropped"
    if checks and all(one.state == "kept" for one in checks):
        return "fulfilled"
    late = record.due < day if record.due else record.status == "overdue"
    if late or any(one.state == "missed" for one in checks):
        return "overdue"
    if missing:
        return "incomplete"
    return "permanent" if record.status == "ongoing" or record.key in extras.permanent else "running"


def _urgency(one: Followed) -> tuple[int, dt.date, str, str]:
    return STATES.index(one.state), one.due or dt.date.max, one.title.casefold(), one.key


def follow_up_finding(followed: Sequence[Followed]) -> Finding:
    """How many are late, of how many that are open; what the body has to note; what is not said."""
    standing = [one for one in followed if one.on_list]
    if not standing:
        return Finding("follow.finding.all_noted" if followed else "follow.finding.none", {"n": len(followed)})
    counts = Counter(one.state for one in standing)
    to_note = sum(counts[state] for state in TO_NOTE)
    also = Finding("follow.finding.incomplete", {"n": counts["incomplete"]}) if counts["incomplete"] else None
    also = Finding("follow.finding.to_note", {"n": to_note}, also) if to_note else also
    still_open = len(standing) - to_note
    if not still_open:
        return Finding("follow.finding.nothing_open", also=also)
    if still_open == 1:
        return Finding(f"follow.finding.only.{'overdue' if counts['overdue'] else 'in_time'}", also=also)
    return Finding("follow.finding.overdue", {"n": counts["overdue"], "total": still_open}, also)
