"""Collecting ideas by a list, clustering them, and making one a measure: entries with name, day and reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from etl.model.accounts import User
from etl.model.bodies import body_of
from etl.model.deliveries import later_than_all
from etl.model.judgements import add_assignment
from etl.model.meetings import meeting_roles, plan_of
from etl.model.state import Known, State, state_on
from etl.model.store import Connection, Store, raise_version
from etl.model.workshops import workshops
from etl.pipeline.enter import enter_in
from etl.pipeline.ideas.refused import IdeaRefused, only_office, refuse_clients
from etl.pipeline.ideas.titles import listed, same_title
from etl.pipeline.meeting.naming import reference_of
from etl.pipeline.meeting.rights import records
from etl.pipeline.picture import typed
from etl.pipeline.picture.links import Links
from etl.rules.idea_workshop import Workshop

#: Whoever sits at the table may lay an idea on it.
COLLECTS = frozenset({"coordinator", "member", "leadership", "partner"})
#: A title longer than this is a text, and more lines than this a slip of the clipboard.
LONGEST, MOST = 200, 300


@dataclass(frozen=True, slots=True)
class Collected:
    """``keys`` of the new ideas; ``known``: titles that stood there already, or twice in the list, and were left."""

    keys: tuple[str, ...]
    known: tuple[str, ...]


def collect(
    store: Store,
    user: User,
    titles: Sequence[str],
    *,
    cluster: str = "",
    goals: Sequence[str] = (),
    reason: str,
    day: dt.date,
    now: dt.datetime,
) -> Collected:
    """New ideas, one per title as ``listed`` reads them; blank lines say nothing. Raises ``IdeaRefused``."""
    if user.role not in COLLECTS:
        raise IdeaRefused("not_allowed")
    wanted, cluster = _wanted(titles, cluster)
    told = {"day": day, "person": user.display_name, "reason": reason, "now": now, "partner": user.partner}
    with store.writing() as connection:
        state = state_on(connection, kinds=["idea", "goal"])
        return _collected(connection, state, wanted, _under(state, cluster, goals), told)


def collect_in_meeting(
    store: Store,
    user: User,
    meeting: str,
    titles: Sequence[str],
    *,
    house: str | None = None,
    reason: str,
    day: dt.date,
    now: dt.datetime,
) -> Collected:
    """As ``collect``, typed by who records in a meeting while a workshop is open; ``house``: whose ideas they are, None
    where nobody said. Raises ``IdeaRefused`` (also over: the meeting is closed or no workshop open)."""
    wanted, _ = _wanted(titles, "")
    told = {"day": day, "person": user.display_name, "reason": reason, "now": now, "partner": house}
    with store.writing() as connection:
        plan = plan_of(connection, meeting)
        body = body_of(connection, plan.body) if plan is not None else None
        if plan is None or body is None or not records(user, body, meeting_roles(connection, meeting)):
            raise IdeaRefused("not_allowed")
        if plan.state == "closed" or workshop_in(connection, body.id) is None:
            raise IdeaRefused("over")
        state = state_on(connection, kinds=["idea", "partner"])
        if house is not None and state.find(house) is None:
            raise IdeaRefused("unknown_house", house)
        return _collected(connection, state, wanted, {}, told)


def workshop_in(connection: Connection, body: int) -> Workshop | None:
    """The workshop that is open, where a body takes part in it."""
    return next((one for one in workshops(connection) if one.closed_at is None and one.body in (None, body)), None)


def _wanted(titles: Sequence[str], cluster: str) -> tuple[list[str], str]:
    wanted, cluster = listed(titles), " ".join(cluster.split())
    if not wanted:
        raise IdeaRefused("without_title")
    if len(wanted) > MOST or any(len(text) > LONGEST for text in (*wanted, cluster)):
        raise IdeaRefused("too_long", max([*wanted, cluster], key=len)[:LONGEST])
    refuse_clients([*wanted, cluster])
    return wanted, cluster


def _collected(
    connection: Connection, state: State, wanted: Sequence[str], values: Mapping[str, Any], told: Mapping[str, Any]
) -> Collected:
    stands = {same_title(str(known.value("title") or "")) for known in state.kind("idea").values()}
    keys, known = [], []
    for title in wanted:
        if same_title(title) in stands:
            known.append(title)
            continue
        stands.add(same_title(title))
        keys.append(enter_in(connection, "idea", {"title": title, **values}, **told).key)
    return Collected(tuple(keys), tuple(known))


def cluster_ideas(
    store: Store,
    user: User,
    keys: Sequence[str],
    *,
    cluster: str = "",
    goals: Sequence[str] = (),
    reason: str,
    day: dt.date,
    now: dt.datetime,
) -> int:
    """Put ideas under a challenge, under effect goals, or both; blank leaves what is said. How many changed.
    Raises ``IdeaRefused``."""
    only_office(user)
    cluster = " ".join(cluster.split())
    if len(cluster) > LONGEST:
        raise IdeaRefused("too_long", cluster[:LONGEST])
    refuse_clients([cluster])
    with store.writing() as connection:
        state = state_on(connection, kinds=["idea", "goal"])
        values = _under(state, cluster, goals)
        changed = 0
        for key in dict.fromkeys(keys):
            known = _idea(state, key)
            said = {name: value for name, value in values.items() if known.value(name) != value}
            if said:
                about = max(day, known.last_day)
                told = {"day": about, "person": user.display_name, "reason": reason, "now": now, "key": known.key}
                enter_in(connection, "idea", said, **told)  # type: ignore[arg-type]
                changed += 1
        return changed


def become_measure(store: Store, user: User, key: str, *, reason: str, day: dt.date, now: dt.datetime) -> str:
    """The measure an idea becomes: proposed, for the same house, under the same goals. That it did is a row of its own
    with both keys, so that it holds whatever the two are called later. Raises ``IdeaRefused``."""
    only_office(user)
    with store.writing() as connection:
        state = state_on(connection, kinds=["idea", "goal", "measure"])
        known, links = _idea(state, key), Links(state)
        if links.stated_or_assigned("measure", known, "measure_ref", typed.texts(known, "measure_ref")):
            raise IdeaRefused("already_measure", _title(known))
        return _made(connection, state, known, user, reason, max(day, known.last_day), now)


def _made(
    connection: Connection, state: State, known: Known, user: User, reason: str, day: dt.date, now: dt.datetime
) -> str:
    goals = Links(state).keys("goal", typed.texts(known, "goal_ref"))
    values: dict[str, Any] = {"title": _title(known), "status": "proposed"}
    values |= {"goal_ref": [reference_of(state, goal) for goal in goals]} if goals else {}
    values |= {"field_of_action": field} if (field := typed.text(known, "field_of_action")) else {}
    person = user.display_name
    told = {"day": day, "person": person, "reason": reason, "now": now, "partner": known.partner}
    measure = enter_in(connection, "measure", values, **told).key  # type: ignore[arg-type]
    row = {"record": known.key, "field": "measure_ref", "targets": (measure,), "evidence": ()}
    add_assignment(connection, **row, person=person, reason=reason, now=later_than_all(connection, now))  # type: ignore[arg-type]
    raise_version(connection)
    return measure


def _under(state: State, cluster: str, goals: Sequence[str]) -> dict[str, Any]:
    if any(state.counts_as(goal) not in state.kind("goal") for goal in goals):
        raise IdeaRefused("unknown_goal")
    values: dict[str, Any] = {"cluster": cluster} if cluster else {}
    return values | ({"goal_ref": [reference_of(state, goal) for goal in goals]} if goals else {})


def _idea(state: State, key: str) -> Known:
    known = state.kind("idea").get(state.counts_as(key))
    if known is None:
        raise IdeaRefused("unknown_idea")
    return known


def _title(known: Known) -> str:
    return typed.text(known, "title") or known.key
