"""A meeting as it was: what was shown, what came of it, who was there, and what is kept of it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import asdict, replace

from dashboard.answers.follow_up import standing_then
from dashboard.answers.goals import field_title, goals_in_order
from dashboard.answers.held import Held, Pictures, held_meetings
from dashboard.answers.minutes_content import (
    Attendee,
    ClosingTold,
    ItemTold,
    MeetingRecord,
    Minutes,
    Presence,
    RatedTold,
    ReportedLate,
    ResultTold,
    SinceTold,
)
from dashboard.answers.minutes_figures import figures_of
from dashboard.answers.minutes_follow_up import followed_told
from dashboard.answers.minutes_results import items_told, told_by_lists
from dashboard.answers.minutes_since import since_told
from dashboard.answers.picture import Picture
from etl.model.accounts import list_users
from etl.model.bodies import members
from etl.model.closings import recorded_in, temperatures_in
from etl.model.meetings import agenda, plans, present
from etl.model.settings_rows import network
from etl.model.statements import statements
from etl.model.store import Connection, Store
from etl.pipeline.contact_persons import persons_in
from etl.pipeline.meeting.closing import Closing, closings_of, papers_of, verify
from etl.rules import RULES_VERSION
from etl.rules.days import end_of_day
from etl.rules.facts import Facts, Goal, Measure
from etl.rules.finding import rule_finding
from etl.rules.findings import goal_finding, measure_finding
from etl.rules.meeting import Member
from etl.rules.persons import Person, Persons
from etl.rules.rating import Rating


def known_persons(store: Store) -> Persons:
    """Everybody the store knows by name: members of bodies, contacts, whoever may sign in."""
    with store.reading() as connection:
        found = [Person(member.name) for member in members(connection)]
        found += [Person(user.display_name) for user in list_users(connection)]
        for said in statements(connection, kinds=["contact"], with_undone=True):
            found += persons_in(said.body.values)
        houses = [
            str(said.body.values.get(name) or "")
            for said in statements(connection, kinds=["partner"], with_undone=True)
            for name in ("name", "short_name")
        ]
    return Persons(found, houses)


def minutes_of(store: Store, meeting: str, *, today: dt.date) -> Minutes | None:
    """The minutes of a meeting, a draft until it is closed; None where there is no such meeting up to ``today``."""
    pictures = Pictures(store)
    held = next((one for one in held_meetings(store, today, pictures) if one.key == meeting), None)
    if held is None:
        return None
    with store.reading() as connection:
        closings = tuple(_closing_told(connection, closing) for closing in closings_of(connection, meeting))
        presence = _presence(connection, held, pictures.on(today).facts)
    known_at = closings[0].closed_at if closings else None
    record = record_of(store, held, known_at=known_at, pictures=pictures)
    record = replace(record, next_meeting=_next_meeting(store, held, pictures.on(today).facts))
    return Minutes(record, presence, closings)


def record_of(
    store: Store,
    held: Held,
    *,
    known_at: dt.datetime | None,
    since: dt.datetime | None = None,
    pictures: Pictures | None = None,
) -> MeetingRecord:
    """The meeting without names. ``known_at``: what is known later than that does not count (None: all that is known);
    ``since``: only what was written down after it."""
    plan = held.plan
    shown_day, known_day = plan.shown_day(held.day) if plan else (held.day, None)
    pictures = pictures or Pictures(store)
    then = pictures.on(held.day, known_at)
    shown = pictures.on(shown_day, end_of_day(known_day)) if known_day else then
    with store.reading() as connection:
        name = network(connection).name
        written = recorded_in(connection, held.key) if plan else ()
        asked = temperatures_in(connection, held.key) if plan else []
        houses = _houses(connection, held, then)
        on_agenda = agenda(connection, held.key) if plan else ()
    if since is not None:
        written = tuple(one for one in written if any(v.at > since for v in one.versions))
        asked = [row for row in asked if row.closed_at > since]
    standing = standing_then(store, shown, held.body) if held.body else ()
    items, loose, loose_temperatures = items_told(on_agenda, written, asked, shown, then, standing, closed_at=known_at)
    said = followed_told(store, held, then, since) if plan else ()
    items, loose = _with_followed(items, loose, said)
    if since is None:
        loose = (*loose, *told_by_lists(held, written, on_agenda, then))
    else:
        items = tuple(_all_added(item) for item in items if item.results or item.temperatures)
        loose = tuple(replace(result, added=None) for result in loose)
    return MeetingRecord(
        key=held.key,
        title=held.title,
        network=name,
        body=held.body_name,
        body_kind=held.body.kind if held.body else None,
        day=held.day,
        shown_day=shown_day,
        known_day=known_day,
        starts_at=plan.starts_at if plan else None,
        place=plan.place if plan else "",
        houses=houses,
        guests=plan.guests if plan else None,
        items=items,
        loose=loose,
        loose_temperatures=loose_temperatures,
        rated=() if since else _rated(shown, then),
        rules=RULES_VERSION,
        thresholds=asdict(shown.thresholds),
        thresholds_version=_version_of(asdict(shown.thresholds)),
        changed=_changed(store, held, shown) if plan and since is None else None,
        late=_late(shown, then, known_day) if known_day and since is None else None,
        since=since,
    )


def _with_followed(
    items: tuple[ItemTold, ...], loose: tuple[ResultTold, ...], said: tuple[ResultTold, ...]
) -> tuple[tuple[ItemTold, ...], tuple[ResultTold, ...]]:
    """What was said of earlier agreements stands under the item about them; without one, under none."""
    under = next((item.number for item in items if item.origin == "open_agreements"), None)
    if under is None:
        return items, (*said, *loose)
    told = (replace(i, results=(*i.results, *said)) if i.number == under else i for i in items)
    return tuple(told), loose


def _all_added(item: ItemTold) -> ItemTold:
    """In a supplement it goes without saying."""
    return replace(item, results=tuple(replace(result, added=None) for result in item.results))


def _version_of(thresholds: dict[str, object]) -> str:
    """Changes with any threshold."""
    text = "".join(f"{name}={value}\n" for name, value in sorted(thresholds.items()))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _rated(shown: Picture, then: Picture) -> tuple[RatedTold, ...]:
    """Goals in the order of the catalogue, then measures by title: rated as shown, beside it what the body itself says
    by the end of the meeting."""
    facts = shown.facts
    goals = [_goal(goal, shown, then) for goal in goals_in_order(facts)]
    measures = sorted(facts.measures, key=lambda measure: (measure.title.casefold(), measure.key))
    own = [one for one in goals if one.rating.rule != "shown_by_sub_goals"]
    return (*own, *(_measure(measure, shown, then) for measure in measures))


def _goal(goal: Goal, shown: Picture, then: Picture) -> RatedTold:
    facts, rating = shown.facts, _beside(goal.key, shown, then)
    found = goal_finding(goal, facts, shown.thresholds) if rating.code else rule_finding(rating)
    figures = figures_of(shown, goal.key, rating)
    title = goal.short_title or goal.title
    return RatedTold(goal.key, "goal", title, field_title(goal, facts), rating, found, figures)


def _measure(measure: Measure, shown: Picture, then: Picture) -> RatedTold:
    rating = _beside(measure.key, shown, then)
    found = measure_finding(measure, shown.facts, shown.thresholds)
    figures = figures_of(shown, measure.key, rating)
    return RatedTold(measure.key, "measure", measure.title, measure.field_of_action, rating, found, figures)


def _beside(key: str, shown: Picture, then: Picture) -> Rating:
    rating, by_then = shown.ratings[key], then.ratings.get(then.state.counts_as(key))
    return replace(rating, human=by_then.human) if by_then and by_then.human else rating


def _late(shown: Picture, then: Picture, known_day: dt.date) -> ReportedLate | None:
    """What came after the editorial deadline and before the meeting was closed."""
    known = {d for group in shown.facts.delivered.values() for d in group}
    partners = [
        partner
        for partner, deliveries in then.facts.delivered.items()
        if any(d not in known and d.received > known_day for d in deliveries)
    ]
    changed = tuple(
        (goal.short_title or goal.title, shown.ratings[goal.key].code, then.ratings[goal.key].code)
        for goal in shown.facts.goals
        if goal.key in then.ratings and shown.ratings[goal.key].code != then.ratings[goal.key].code
    )
    if not partners and not changed:
        return None
    return ReportedLate(tuple(sorted(then.names_of(partners).values(), key=str.casefold)), changed)


def _changed(store: Store, held: Held, shown: Picture) -> SinceTold | None:
    """Since the body's meeting before; None where it is its first one."""
    name = held.body_name.casefold()
    known = [m for m in shown.facts.meetings if m.day and m.day < held.day and (m.body or "").casefold() == name]
    if not known:
        return None
    return since_told(store, shown, max(m.day for m in known if m.day), held.body)


def _next_meeting(store: Store, held: Held, facts: Facts) -> tuple[str, dt.date] | None:
    """The body's next one after this, as known today."""
    with store.reading() as connection:
        planned = [plan for plan in plans(connection).values() if held.plan and plan.body == held.plan.body]
    there = {m.key for m in facts.meetings}  # what was called off is planned still, and among the facts no more
    planned = [plan for plan in planned if plan.key in there]
    known = {m.key: (m.title, m.day) for m in facts.meetings if m.body == held.body_name and m.day}
    known |= {plan.key: (known.get(plan.key, ("", None))[0] or held.body_name, plan.day) for plan in planned}
    keys = {plan.key for plan in planned if plan.day > held.day} or known.keys()  # what is planned here counts first
    later = sorted((day, title) for key, (title, day) in known.items() if key in keys and day and day > held.day)
    return (later[0][1], later[0][0]) if later else None


def _members(connection: Connection, held: Held) -> tuple[Member, ...]:
    if held.plan is None or held.body is None or not held.body.has_members:
        return ()
    return tuple(one for one in members(connection, held.plan.body) if one.belongs_on(held.day))


def _houses(connection: Connection, held: Held, then: Picture) -> tuple[tuple[str, int], ...] | None:
    if held.plan is None:
        return None
    there = present(connection, held.key)
    every = {one.id: one for one in members(connection, held.plan.body)}
    came = [_house(every[number], then.facts) for number in there if number in every]
    return tuple((house, came.count(house)) for house in sorted(set(came), key=str.casefold)) if came else None


def _house(member: Member, facts: Facts) -> str:
    partner = facts.partner_by_key.get(member.partner or "")
    return (partner.short_name or partner.name) if partner else ""


def _presence(connection: Connection, held: Held, facts: Facts) -> Presence:
    """A member who sent a deputy is not missing, nor is the deputy of one who came."""
    if held.plan is None:
        return Presence(noted=False, members=False)
    there = present(connection, held.key)
    every = {one.id: one for one in members(connection, held.plan.body)}
    came = [every[number] for number in sorted(there) if number in every]
    stood_in = {one.deputy_for for one in came}
    missing = [
        one
        for one in _members(connection, held)
        if one.id not in there and not {one.deputy_for or one.id} & (there | stood_in)
    ]
    return Presence(
        noted=bool(there),
        members=held.body is not None and held.body.has_members,
        there=_attendees(came, facts),
        missing=_attendees(missing, facts),
        guests=held.plan.guests,
    )


def _attendees(found: Iterable[Member], facts: Facts) -> tuple[Attendee, ...]:
    told = [Attendee(m.name, _house(m, facts), m.function, m.deputy_for is not None) for m in found]
    return tuple(sorted(told, key=lambda one: (one.house.casefold(), one.name.casefold())))


def _closing_told(connection: Connection, closing: Closing) -> ClosingTold:
    found = verify(connection, closing)
    names = tuple(paper.name for paper in papers_of(connection, closing.id))
    return ClosingTold(
        closing.closed_at,
        closing.supplement,
        closing.sha256,
        names,
        found.whole,
        found.differing,
        closing.reason,
        closing.reopened_at,
    )
