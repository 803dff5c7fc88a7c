"""Records that belong to nothing yet, with what is proposed and why; what the office assigned, and what overtook it.

A partner sees its own records, the office all of them; nobody else sees any. Only the office assigns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.answers.contacts import Viewer
from dashboard.answers.goals import field_title, goals_in_order
from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from etl.model.store import Store
from etl.pipeline.assigning import Choice, assign, undo_assignments
from etl.pipeline.judging import JudgementRefused
from etl.rules.facts import Assigned, Facts, Funding, Measure, Need
from etl.rules.finding import Finding
from etl.rules.gaps import fundings_without_measure, measures_to_assign, measures_without_partner, needs_without_answer
from etl.rules.goal_proposals import GoalProposals, proposable_goals
from etl.rules.link_proposals import MeasureProposals, PartnerProposals
from etl.rules.measure_rules import ENDED
from etl.rules.network_findings import unassigned_finding
from etl.rules.proposal import Evidence, Proposal

Record = Measure | Funding | Need

#: View -> kind of record and the fields in which something may be assigned.
VIEWS: dict[str, tuple[str, tuple[str, ...]]] = {
    "ohne-ziel": ("measure", ("goal_ref",)),
    "ohne-partner": ("measure", ("lead_org",)),
    "ohne-massnahme": ("funding", ("measure_ref",)),
    "ohne-antwort": ("need", ("measure_ref", "goal_ref")),
}
_OPEN: dict[str, Callable[[Facts], tuple[Record, ...]]] = {
    "ohne-ziel": measures_to_assign,
    "ohne-partner": measures_without_partner,
    "ohne-massnahme": fundings_without_measure,
    "ohne-antwort": needs_without_answer,
}
#: So many cases stand in a list at once; the others follow when these are settled.
MOST = 100


@dataclass(frozen=True, slots=True)
class Option:
    """Something a record may be assigned to: ``token`` is field and key, without a key „to nothing“."""

    token: str
    label: str
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    option: Option
    safe: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A record that belongs to nothing. ``said`` is what its own words name, which nobody knows."""

    record: str
    title: str
    partner: str | None
    groups: tuple[str, ...]
    place: str | None
    details: str | None
    said: str | None
    proposals: tuple[Proposed, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What the office assigned. ``now`` is what the partner itself names since, where that is something else."""

    record: str
    title: str
    assigned: Assigned
    targets: tuple[str, ...]
    now: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unassigned:
    """``more`` cases than ``cases`` shows wait too."""

    view: str
    cases: tuple[Case, ...]
    more: int
    options: tuple[Option, ...]
    none: Option
    overtaken: tuple[Done, ...]
    done: tuple[Done, ...]
    finding: Finding

    @property
    def safe(self) -> int:
        return sum(bool(case.proposals and case.proposals[0].safe) for case in self.cases)


@dataclass(frozen=True, slots=True)
class Told:
    """What became of an assignment: ``code`` for the sentence, ``numbers`` take it back, ``skipped`` had an answer."""

    code: str
    numbers: tuple[int, ...] = ()
    skipped: int = 0
    without: int = 0


def waiting_by_view(picture: Picture, viewer: Viewer) -> dict[str, int]:
    """View -> how many records wait there for this viewer, overtaken assignments included."""
    found = {}
    for view in VIEWS:
        overtaken = sum(bool(done.now) for done in _assigned(picture, viewer, view))
        found[view] = len(_records(picture, viewer, view)) + overtaken
    return found


def unassigned(picture: Picture, viewer: Viewer, view: str) -> Unassigned:
    """Everything one view shows."""
    return _unassigned(picture, viewer, view)


def _make(picture: Picture, viewer: Viewer, view: str) -> Unassigned:
    records = _records(picture, viewer, view)
    options = _options(picture, view)
    by_token = {option.token: option for option in options}
    propose = _proposer(view, picture.facts)
    cases = [_case(record, propose(record), by_token, picture, view) for record in records]
    cases.sort(key=lambda c: (alphabetical(c.partner or ""), alphabetical(c.title), c.record))
    assigned = _assigned(picture, viewer, view)
    proposed = sum(bool(case.proposals) for case in cases)
    return Unassigned(
        view=view,
        cases=tuple(cases[:MOST]),
        more=max(0, len(cases) - MOST),
        options=options,
        none=Option(f"{VIEWS[view][1][-1]}:", ""),
        overtaken=tuple(done for done in assigned if done.now),
        done=tuple(done for done in assigned if not done.now),
        finding=unassigned_finding(view, len(cases), proposed, own=viewer.role == "partner"),
    )


_unassigned = Once[Picture, Unassigned](_make)


def _records(picture: Picture, viewer: Viewer, view: str) -> list[Record]:
    return [record for record in _OPEN[view](picture.facts) if _concerns(record, viewer)]


def _concerns(record: Any, viewer: Viewer) -> bool:
    if viewer.role == "coordinator":
        return True
    own = {record.partner, getattr(record, "lead_partner", None)}
    return viewer.role == "partner" and viewer.partner is not None and viewer.partner in own


def _proposer(view: str, facts: Facts) -> Callable[[Any], Iterable[tuple[str, Proposal]]]:
    """Record -> (field, proposal), the best first."""
    if view == "ohne-ziel":
        goals = GoalProposals(facts)
        return lambda record: [("goal_ref", p) for p in goals.of(record)]
    if view == "ohne-partner":
        partners = PartnerProposals(facts)
        return lambda record: [("lead_org", p) for p in partners.of(record)]
    measures = MeasureProposals(facts)
    if view == "ohne-massnahme":
        return lambda record: [("measure_ref", p) for p in measures.of_funding(record)]
    goals = GoalProposals(facts)

    def of_need(need: Any) -> Iterable[tuple[str, Proposal]]:
        found = [("measure_ref", p) for p in measures.of_need(need)] + [("goal_ref", p) for p in goals.of(need)]
        return sorted(found, key=lambda pair: -pair[1].score)

    return of_need


def _options(picture: Picture, view: str) -> tuple[Option, ...]:
    facts, found = picture.facts, list[Option]()
    for name in VIEWS[view][1]:
        if name == "goal_ref":
            may = {goal.key for goal in proposable_goals(facts)}
            found += [
                Option(f"goal_ref:{g.key}", _label(g.key, picture), field_title(g, facts))
                for g in goals_in_order(facts)
                if g.key in may
            ]
        elif name == "lead_org":
            found += [Option(f"lead_org:{p.key}", _label(p.key, picture)) for p in facts.partners]
        else:
            running = (m for m in facts.measures if m.status not in ENDED)
            found += [Option(f"measure_ref:{m.key}", _label(m.key, picture)) for m in running]
    if view == "ohne-ziel":
        return tuple(found)
    return tuple(sorted(found, key=lambda o: (o.token.startswith("goal"), alphabetical(o.label), o.token)))


def _label(key: str, picture: Picture) -> str:
    """What a target is called: „S2 Kurs mit B1 abschließen“, a measure with its partner."""
    facts = picture.facts
    if key in facts.goal_by_key:
        goal = facts.goal_by_key[key]
        return " ".join(part for part in (goal.id, goal.short_title or goal.title) if part)
    if key in facts.partner_by_key:
        return facts.partner_by_key[key].name
    measure = facts.measure_by_key.get(key)
    if measure is None:
        return key
    name = picture.names_of([measure.partner or ""]).get(measure.partner or "")
    return f"{measure.title} ({name})" if name else measure.title


def _case(
    record: Any, proposed: Iterable[tuple[str, Proposal]], options: Mapping[str, Option], picture: Picture, view: str
) -> Case:
    shown = ((options.get(f"{name}:{p.key}"), p) for name, p in proposed)
    known = picture.state.find(record.key)
    said = [str(known.value(name)) for name in VIEWS[view][1] if known is not None and known.value(name)]
    reporter = record.partner or ""
    return Case(
        record=record.key,
        title=_title(record),
        partner=picture.names_of([reporter]).get(reporter),
        groups=getattr(record, "target_group", ()),
        place=getattr(record, "location", None),
        details=getattr(record, "description", None),
        said="; ".join(said).strip("[]'") or None,
        proposals=tuple(Proposed(option, p.safe, p.evidence) for option, p in shown if option is not None),
    )


def _title(record: Any) -> str:
    return str(record.name if isinstance(record, Funding) else record.title)


def _assigned(picture: Picture, viewer: Viewer, view: str) -> list[Done]:
    facts, (kind, fields) = picture.facts, VIEWS[view]
    records: Mapping[str, Any] = {
        "measure": facts.measure_by_key,
        "funding": facts.funding_by_key,
        "need": {need.key: need for need in facts.needs},
    }[kind]
    found = []
    for (key, name), assigned in facts.assigned.items():
        record = records.get(key)
        if record is not None and name in fields and _concerns(record, viewer):
            linked = _linked(record, name, facts)
            now = () if set(linked) <= set(assigned.targets) else linked
            targets = tuple(_label(target, picture) for target in assigned.targets)
            found.append(Done(key, _title(record), assigned, targets, tuple(_label(one, picture) for one in now)))
    return sorted(found, key=lambda d: (-d.assigned.number,))


def _linked(record: Any, name: str, facts: Facts) -> tuple[str, ...]:
    """What the record belongs to as it counts now."""
    if name == "goal_ref":
        return tuple(record.goals)
    if name == "lead_org":
        return (record.lead_partner,) if record.lead_partner else ()
    if isinstance(record, Need):
        return record.measures
    return tuple(m for m, found in facts.fundings_of_measure.items() if any(f.key == record.key for f in found))


def assign_chosen(
    store: Store,
    picture: Picture,
    viewer: Viewer,
    view: str,
    chosen: Mapping[str, str],
    *,
    person: str,
    reason: str,
    now: dt.datetime,
) -> Told:
    """Assign what a person chose: record -> token of an option; "" where none was chosen yet.

    Only what the view offers this viewer is taken: choices come from the browser.
    """
    if viewer.role != "coordinator":
        return Told("not_yours")
    found = unassigned(picture, viewer, view)
    offered = {option.token for option in found.options} | {found.none.token}
    cases = {case.record: case for case in found.cases}
    wanted = {record: token for record, token in chosen.items() if record in cases and token in offered}
    without = sum(not token for token in chosen.values())
    gone = len(chosen) - len(wanted) - without
    if not wanted:
        return Told("nothing_chosen" if not gone else "gone", without=without, skipped=gone)
    try:
        choices = [_choice(cases[record], token) for record, token in wanted.items()]
        outcome = assign(store, choices, person=person, reason=reason, now=now)
    except JudgementRefused as refused:
        return Told(refused.code)
    return Told("assigned", outcome.numbers, gone + len(outcome.skipped), without)


def _choice(case: Case, token: str) -> Choice:
    name, _, key = token.partition(":")
    spoke = next((p.evidence for p in case.proposals if p.option.token == token), ())
    return Choice(case.record, name, (key,) if key else (), tuple(dict.fromkeys(e.kind for e in spoke)))


def take_back_assigned(store: Store, viewer: Viewer, numbers: Iterable[int], *, now: dt.datetime, by: str) -> Told:
    """Take assignments back. ``code``: taken_back, not_yours or nothing_to_undo."""
    if viewer.role != "coordinator":
        return Told("not_yours")
    try:
        undo_assignments(store, numbers, now=now, by=by)
    except JudgementRefused as refused:
        return Told(refused.code)
    return Told("taken_back")


def how_many_without_goal(picture: Picture) -> int:
    """Active measures that serve no goal and of which nobody has said that they serve none."""
    return len(measures_to_assign(picture.facts))
