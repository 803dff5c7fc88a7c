"""Everything known about one measure: its fields in groups, who said what when, and what it is linked with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from dashboard.answers.contacts import Viewer, each_once
from dashboard.answers.funding import FundingRow, GoalMark, funding_row, goal_marks
from dashboard.answers.goals import goals_are_assigned
from dashboard.answers.measure_history import Event, history_of
from dashboard.answers.measures import lead_name, measure_order
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from dashboard.answers.selection import EVERYTHING, Selection
from dashboard.answers.timeline import Run, Window, run_of, window_around
from etl.model.state import Known
from etl.rules.facts import Assigned, Contact, Cooperation, Facts, Idea, Measure
from etl.rules.finding import Finding
from etl.rules.findings import measure_finding
from etl.rules.rating import Rating
from etl.vocabulary import load_vocabulary

#: The fields of a measure as they are grouped on its page; what is not named here stands in the last group.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("progress", ("progress_pct", "participants_actual", "participants_planned", "traffic_light", "result", "comment")),
    ("next", ("next_steps", "obstacle", "cancel_reason")),
    ("means", ("staff_fte", "volunteer_hours", "cost_total", "funding_source")),
    ("time", ("status", "start", "end", "period", "report_date")),
    (
        "subject",
        (
            *("description", "target_group", "location", "language_level", "access"),
            *("field_of_action", "goal_ref", "indicator", "priority"),
        ),
    ),
    ("people", ("lead_org", "partners", "contact")),
)
_LAST_GROUP = "more"
#: Fields of the headline, and companions that only say how exact another one is.
_SHOWN_ELSEWHERE = frozenset({"title", "id", "unit", "start_precision", "end_precision", "milestone"})
_CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Value:
    """A field as it holds: the stored value, how to read it (``type``, ``domain``, ``qualifier``), its marks.

    ``mark`` is the issue code of a reading that was not exact; ``unread`` the text where no code was found;
    ``contested`` says that sources state it differently.
    """

    name: str
    value: Any
    type: str
    domain: str
    qualifier: dict[str, Any]
    mark: str | None
    unread: str | None
    contested: bool


@dataclass(frozen=True, slots=True)
class Group:
    code: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class MeasurePage:
    """One measure, at its ``place`` among ``total``: those found where they were ``chosen`` with filters, else all.

    ``assigned``: its goals are the office's word. ``ideas``: what it came from. ``kept`` are columns we don't know
    (heading, text), empty for those who may not see them.
    """

    measure: Measure
    lead: str
    place: int
    total: int
    rating: Rating
    finding: Finding
    groups: tuple[Group, ...]
    history: tuple[Event, ...]
    goals: tuple[GoalMark, ...]
    fundings: tuple[FundingRow, ...]
    cooperations: tuple[Cooperation, ...]
    contacts: tuple[Contact, ...]
    kept: tuple[tuple[str, str], ...]
    run: Run
    window: Window
    place_of_today: float
    previous: str | None
    following: str | None
    chosen: bool
    partner_names: dict[str, str]
    assigned: Assigned | None = None
    ideas: tuple[Idea, ...] = ()

    @property
    def changed_on(self) -> dt.date | None:
        """The latest day on which something about it was stated differently than before."""
        return max((event.day for event in self.history if event.changes), default=None)


def measure_page(picture: Picture, key: str, viewer: Viewer, selection: Selection = EVERYTHING) -> MeasurePage | None:
    """The page of a measure; None where there is none with this key. Its neighbours are those of the ``selection``, as
    long as it is among these."""
    facts, key = picture.facts, picture.state.counts_as(key)
    measure = facts.measure_by_key.get(key)
    known = picture.state.kind("measure").get(key)
    if measure is None or known is None:
        return None
    found = measure_order(picture, selection)
    chosen = selection.filters and key in found
    order = found if chosen else measure_order(picture)
    at = order.index(key)
    window = window_around(facts.day)
    return MeasurePage(
        measure=measure,
        lead=lead_name(measure, facts),
        place=at + 1,
        total=len(order),
        rating=picture.ratings[key],
        finding=measure_finding(measure, facts, picture.thresholds),
        groups=_groups(known, viewer),
        history=history_of(known, picture, hidden=_hidden(known, viewer)),
        goals=goal_marks((measure,), picture),
        fundings=tuple(funding_row(f, picture) for f in facts.fundings_of_measure.get(key, ())),
        cooperations=_cooperations(measure, facts),
        contacts=_contacts(measure, facts, viewer),
        kept=_kept(known, viewer),
        run=run_of(measure, window, facts.day),
        window=window,
        place_of_today=window.place(facts.day),
        previous=order[at - 1] if at else None,
        following=order[at + 1] if at + 1 < len(order) else None,
        chosen=chosen,
        partner_names=picture.names_of(said.partner for said in picture.ratings[key].said),
        assigned=facts.assigned.get((key, "goal_ref")) if goals_are_assigned(measure, facts) else None,
        ideas=facts.ideas_of_measure.get(key, ()),
    )


def _groups(known: Known, viewer: Viewer) -> tuple[Group, ...]:
    described = {f.short: f for f in load_vocabulary().fields.values() if f.kind == "measure"}
    shown: dict[str, Value] = {}
    for name, said in known.holds.items():
        if name in _SHOWN_ELSEWHERE or (name == _CONTACT and not viewer.sees_received(said.partner or known.partner)):
            continue
        value, unread = known.values.get(name), said.body.unread.get(name)
        if value in (None, "", []) and not unread:
            continue
        field = described.get(name)
        shown[name] = Value(
            name=name,
            value=value,
            type=field.type if field else "text",
            domain=field.values if field else "",
            qualifier=known.qualifier(name) | _precision(known, name),
            mark=known.mark(name),
            unread=unread,
            contested=name in known.contested,
        )
    groups = [Group(code, tuple(shown.pop(name) for name in names if name in shown)) for code, names in GROUPS]
    groups.append(Group(_LAST_GROUP, tuple(shown.values())))
    return tuple(group for group in groups if group.values)


def _precision(known: Known, name: str) -> dict[str, Any]:
    precision = known.value(f"{name}_precision")
    return {"precision": precision} if precision else {}


def _cooperations(measure: Measure, facts: Facts) -> tuple[Cooperation, ...]:
    """Those that name the measure, and those between partners that carry it out together."""
    together = {key for key in (measure.lead_partner, measure.partner, *measure.partner_keys) if key}
    found = [c for c in facts.cooperations if measure.key in c.measures or len(together & set(c.partner_keys)) > 1]
    return tuple(sorted(found, key=lambda c: (alphabetical(c.title), c.key)))


def _contacts(measure: Measure, facts: Facts, viewer: Viewer) -> tuple[Contact, ...]:
    """Contacts of the organisation in the lead, else of the one that reports."""
    partner = measure.lead_partner or measure.partner
    return each_once(c for c in facts.contacts if c.partner == partner and viewer.may_see(c))


def _hidden(known: Known, viewer: Viewer) -> tuple[str, ...]:
    """Contacts of others: also where two partners report one measure, each has its own."""
    return () if all(viewer.sees_received(said.partner or known.partner) for said in known.said) else (_CONTACT,)


def _kept(known: Known, viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """The kept columns of the latest statement that has any this viewer may see: those of its own lists."""
    seen = (said.body.kept for said in reversed(known.said) if viewer.sees_received(said.partner))
    latest: dict[str, str] = next((kept for kept in seen if kept), {})
    return tuple(latest.items())
