"""Putting an idea right that was typed into the dashboard: other words for it, or taken off the table. Both are entries
with name, day and reason, so that what was said before stays known."""

from __future__ import annotations

import datetime as dt

from etl.model.accounts import User
from etl.model.entries import all_entries
from etl.model.state import GONE, Known, State, state_on
from etl.model.store import Connection, Store
from etl.model.workshops import dots, voices, workshops
from etl.pipeline.enter import enter_in
from etl.pipeline.ideas.collecting import COLLECTS, LONGEST
from etl.pipeline.ideas.refused import IdeaRefused, refuse_clients
from etl.pipeline.ideas.titles import listed, same_title
from etl.pipeline.picture import typed
from etl.pipeline.picture.links import Links


def changeable_ideas(store: Store, user: User) -> dict[str, str]:
    """Key -> title of every idea this user may put right."""
    with store.reading() as connection:
        state = state_on(connection, kinds=["idea"])
        may = _may_change(connection, state, user)
        return {key: typed.text(known, "title") or key for key, known in state.kind("idea").items() if key in may}


def reword_idea(
    store: Store, user: User, key: str, title: str, *, reason: str, day: dt.date, now: dt.datetime
) -> bool:  # fmt: skip
    """Whether its title changed. Raises ``IdeaRefused`` (also title_taken: another idea is called so)."""
    told = listed([title])
    if not told:
        raise IdeaRefused("without_title")
    if len(told[0]) > LONGEST:
        raise IdeaRefused("too_long", told[0][:LONGEST])
    refuse_clients(told)
    with store.writing() as connection:
        state = state_on(connection, kinds=["idea"])
        known = _changeable(connection, state, user, key)
        if known.value("title") == told[0]:
            return False
        others = (str(one.value("title") or "") for one in state.kind("idea").values() if one.key != known.key)
        if same_title(told[0]) in map(same_title, others):
            raise IdeaRefused("title_taken", told[0])
        about = {"day": max(day, known.last_day), "person": user.display_name, "reason": reason, "now": now}
        enter_in(connection, "idea", {"title": told[0]}, key=known.key, **about)  # type: ignore[arg-type]
        return True


def withdraw_idea(store: Store, user: User, key: str, *, reason: str, day: dt.date, now: dt.datetime) -> None:
    """It is hidden from then on. Raises ``IdeaRefused`` (also already_measure)."""
    with store.writing() as connection:
        state = state_on(connection, kinds=["idea", "measure"])
        known = _changeable(connection, state, user, key)
        if Links(state).stated_or_assigned("measure", known, "measure_ref", typed.texts(known, "measure_ref")):
            raise IdeaRefused("already_measure", typed.text(known, "title") or known.key)
        about = {"day": max(day, known.last_day), "person": user.display_name, "reason": reason, "now": now}
        enter_in(connection, "idea", {GONE: "removed"}, key=known.key, **about)  # type: ignore[arg-type]


def _changeable(connection: Connection, state: State, user: User, key: str) -> Known:
    known = state.kind("idea").get(state.counts_as(key))
    if known is None:
        raise IdeaRefused("unknown_idea")
    if known.key not in _may_change(connection, state, user):
        raise IdeaRefused("not_yours")
    return known


def _may_change(connection: Connection, state: State, user: User) -> frozenset[str]:
    """Keys of ideas typed in here: all for the office, for everyone else their own that nobody rated."""
    typed_in = [one for one in state.kind("idea").values() if all(said.entry is not None for said in one.said)]
    if user.role == "coordinator":
        return frozenset(one.key for one in typed_in)
    if user.role not in COLLECTS:
        return frozenset()
    people = {number: row.person for number, row in all_entries(connection).items()}
    rated = _rated(connection)
    return frozenset(
        one.key
        for one in typed_in
        if one.key not in rated
        and one.partner == user.partner
        and people.get(min(said.entry or 0 for said in one.said)) == user.display_name
    )


def _rated(connection: Connection) -> frozenset[str]:
    numbers = [workshop.id for workshop in workshops(connection)]
    said = (one.idea for number in numbers for one in voices(connection, number))
    dotted = (one.idea for number in numbers for one in dots(connection, number))
    return frozenset((*said, *dotted))
