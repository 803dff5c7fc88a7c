"""Bodies and their members: entered and changed by the office, or by the partner that runs a body."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from etl.model.accounts import User, find_user
from etl.model.bodies import bodies, body_of, erase_member, members, save_body, save_member
from etl.model.state import state_on
from etl.model.store import Connection, Store
from etl.pipeline.enter import enter_in
from etl.pipeline.meeting.refused import MeetingRefused, body_run_by, refuse_clients
from etl.rules.days import in_berlin
from etl.rules.meeting import Body, Member


def store_body(store: Store, user: User, body: Body, *, now: dt.datetime, seen: Body | None = None) -> Body:
    """A new body (``id`` 0: the office's to make), or what is now said about one; ``seen``: as it was shown.

    Who runs it is the office's to say; a partner that runs it changes everything else. Raises ``MeetingRefused``.
    """
    if not body.name.strip():
        raise MeetingRefused("without_name")
    refuse_clients([body.name, body.purpose, body.differs])
    before = body
    with store.writing() as connection:
        if body.id:
            before = body_run_by(connection, user, body.id)
            if seen is not None and seen != before:
                raise MeetingRefused("changed_since", before.name)
            if user.role != "coordinator" and body.run_by != before.run_by:
                raise MeetingRefused("not_allowed", before.name)
        elif user.role != "coordinator":
            raise MeetingRefused("not_allowed", body.name)
        _refuse_unknown_partner(connection, body.run_by)
        stored = save_in(connection, body, by=user.display_name, now=now)
        if body.id and before.name != stored.name:
            _renamed(connection, before.name, stored.name, user.display_name, now)
        return stored


def _renamed(connection: Connection, old: str, new: str, person: str, now: dt.datetime) -> None:
    """Meetings and decisions name their body: those of this one go with its name."""
    state, today = state_on(connection, kinds=["meeting", "decision"]), in_berlin(now)
    for known in (*state.kind("meeting").values(), *state.kind("decision").values()):
        if str(known.value("body") or "").casefold() == old.casefold():
            day, why = max(today, known.last_day), f"{old} → {new}"
            said = {"body": new}
            enter_in(connection, known.kind, said, day=day, person=person, reason=why, now=now, key=known.key)


def save_in(connection: Connection, body: Body, *, by: str, now: dt.datetime) -> Body:
    """As ``store_body``, in the caller's transaction and without asking who. Raises ``MeetingRefused`` (taken)."""
    name = " ".join(body.name.split())
    if any(b.name.casefold() == name.casefold() and b.id != body.id for b in bodies(connection)):
        raise MeetingRefused("taken", name)
    return save_body(connection, replace(body, name=name), by=by, now=now)


def adopt_body(store: Store, user: User, name: str, *, now: dt.datetime) -> Body:
    """A body that so far is only a name in somebody's list; the one there is where it exists already."""
    with store.writing() as connection:
        if user.role != "coordinator":
            raise MeetingRefused("not_allowed", name)
        return adopted_in(connection, name, by=user.display_name, now=now)


def adopted_in(connection: Connection, name: str, *, by: str, now: dt.datetime) -> Body:
    """As ``adopt_body``, in the caller's transaction: its kind is read from its name."""
    known = next((b for b in bodies(connection) if b.name.casefold() == name.strip().casefold()), None)
    return known or save_in(connection, _guessed(name), by=by, now=now)


def _guessed(name: str) -> Body:
    said = name.casefold()
    if "steuerung" in said or "lenkung" in said:
        return Body(0, name, "steering_group", may_decide=True)
    if said.startswith("ag ") or "arbeitsgruppe" in said or "arbeitskreis" in said or said.startswith("ak "):
        return Body(0, name, "working_group")
    if "runder tisch" in said:
        return Body(0, name, "round_table")
    if "planung" in said:
        return Body(0, name, "planning_group")
    if "konferenz" in said:
        return Body(0, name, "conference")
    return Body(0, name, "open_format" if "treffen" in said or "werkstatt" in said else "working_group")


def store_member(store: Store, user: User, member: Member, *, now: dt.datetime, seen: Member | None = None) -> int:
    """A new member (``id`` 0) or what is now said about one; its number. Raises ``MeetingRefused``."""
    if not member.name.strip():
        raise MeetingRefused("without_name")
    refuse_clients([member.name, member.function])
    with store.writing() as connection:
        body_run_by(connection, user, member.body)
        others = {one.id: one for one in members(connection, member.body)}
        if member.id and (member.id not in others or (seen is not None and seen != others[member.id])):
            raise MeetingRefused("changed_since", member.name)
        if member.deputy_for is not None:
            stands_for = others.get(member.deputy_for)
            if stands_for is None or stands_for.id == member.id or stands_for.deputy_for is not None:
                raise MeetingRefused("own_deputy", member.name)
        _refuse_unknown_partner(connection, member.partner)
        if member.username and find_user(connection, member.username) is None:
            raise MeetingRefused("no_such_user", member.username)
        told = replace(member, name=" ".join(member.name.split()), function=member.function.strip())
        return save_member(connection, told, by=user.display_name, now=now)


def end_membership(store: Store, user: User, number: int, *, day: dt.date, now: dt.datetime) -> None:
    """From ``day`` on the member is one no more; what it took part in stays. Raises ``MeetingRefused``."""
    with store.writing() as connection:
        member = _member(connection, user, number)
        until = day - dt.timedelta(days=1)
        save_member(connection, replace(member, until=until), by=user.display_name, now=now)


def erase_person(store: Store, user: User, number: int, *, now: dt.datetime) -> None:
    """The person's name goes, the seat stays. Raises ``MeetingRefused``."""
    with store.writing() as connection:
        _member(connection, user, number)
        erase_member(connection, number, by=user.display_name, now=now)


def _member(connection: Connection, user: User, number: int) -> Member:
    member = next((one for one in members(connection) if one.id == number), None)
    if member is None or body_of(connection, member.body) is None:
        raise MeetingRefused("not_there")
    body_run_by(connection, user, member.body)
    return member


def _refuse_unknown_partner(connection: Connection, key: str | None) -> None:
    if key is not None and state_on(connection, kinds=["partner"]).find(key) is None:
        raise MeetingRefused("no_such_partner", key)
