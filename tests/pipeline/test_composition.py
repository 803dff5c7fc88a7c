"""Who belongs at a table, and who is invited beside the members: who may say so, and what is refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from etl.model.accounts import User
from etl.model.composition import guests
from etl.model.meetings import plan_of, save_plan
from etl.model.store import Store
from etl.pipeline.composition import composition_in, store_seat, usual_composition
from etl.pipeline.enter import enter
from etl.pipeline.meeting.attending import note_invited
from etl.pipeline.meeting.bodies import store_body, store_member
from etl.pipeline.meeting.inviting import invite_house, take_back_invitation
from etl.pipeline.meeting.planning import Wish, invite, plan_meeting, show_to_leadership
from etl.pipeline.meeting.refused import MeetingRefused
from etl.pipeline.meeting.stating import RecordingRefused
from etl.rules.composition import ReferenceSeat
from etl.rules.meeting import Body, Member
from tests.signed_in import a_user

_NOW = dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)
_DAY = dt.date(2026, 10, 1)


def _refused(code: str) -> Any:
    return pytest.raises(MeetingRefused, match=f"^{code}:")


def _seats(store: Store) -> dict[str, ReferenceSeat]:
    with store.reading() as connection:
        return {seat.title: seat for seat in composition_in(connection)}


def test_the_usual_reference_becomes_the_networks_own_with_the_first_change(store: Store) -> None:
    office = a_user(store, "amt", "coordinator")
    assert tuple(_seats(store).values()) == usual_composition()
    volunteers = _seats(store)["Ehrenamt"]
    told = replace(volunteers, weight="must", words=("*freiwillig*", " "))
    store_seat(store, office, told, seen=volunteers, now=_NOW)
    own = _seats(store)
    assert len(own) == len(usual_composition())
    assert (own["Ehrenamt"].weight, own["Ehrenamt"].words) == ("must", ("*freiwillig*",))
    assert all(seat.id for seat in own.values())
    store_seat(store, office, ReferenceSeat(0, "Polizei", (), ("polizei*",)), now=_NOW)
    ended = _seats(store)["Polizei"]
    store_seat(store, office, replace(ended, ended=True), seen=ended, now=_NOW)
    assert _seats(store)["Polizei"].ended


def test_a_seat_is_the_offices_to_lay_down_and_must_mean_somebody(store: Store) -> None:
    office, member = a_user(store, "amt", "coordinator"), a_user(store, "mitglied", "member")
    police = ReferenceSeat(0, "Polizei", (), ("polizei*",))
    with _refused("not_allowed"):
        store_seat(store, member, police, now=_NOW)
    for seat, code in (
        (replace(police, title=" "), "without_name"),
        (replace(police, words=("*", " ")), "nobody_meant"),
        (replace(police, title="ehrenamt"), "taken"),
    ):
        with _refused(code):
            store_seat(store, office, seat, now=_NOW)
    seen = _seats(store)["Ehrenamt"]
    store_seat(store, office, replace(seen, weight="must"), seen=seen, now=_NOW)
    with _refused("changed_since"):
        store_seat(store, office, replace(seen, weight="should"), seen=seen, now=_NOW)
    assert tuple(_seats(store)) == tuple(seat.title for seat in usual_composition())


def _network(store: Store) -> tuple[User, str, dict[str, str]]:
    office = a_user(store, "amt", "coordinator")
    keys = {}
    for name in ("Diakonie", "Kulturverein"):
        keys[name] = enter(store, "partner", {"name": name}, day=_DAY, person="Amt", reason="Liste", now=_NOW).key
    body = store_body(store, office, Body(0, "AG Wohnen", "working_group"), now=_NOW)
    store_member(store, office, Member(0, body.id, "Ada Beispiel", keys["Diakonie"]), now=_NOW)
    wish = Wish(body.id, "AG Wohnen, Herbst", dt.date(2026, 11, 10), dt.time(14))
    return office, plan_meeting(store, office, wish, day=_DAY, reason="geplant", now=_NOW).key, keys


def _guests(store: Store, meeting: str) -> dict[str, bool | None]:
    with store.reading() as connection:
        return guests(connection).get(meeting, {})


def test_a_house_is_invited_beside_the_members_and_whether_it_came_is_noted(store: Store) -> None:
    office, meeting, keys = _network(store)
    club = keys["Kulturverein"]
    for _ in range(2):
        assert not invite_house(store, office, meeting, club, now=_NOW), "the invitation is yet to go out"
    assert _guests(store, meeting) == {club: None}
    note_invited(store, meeting, club, there=True, user=office, now=_NOW)
    invite_house(store, office, meeting, club, now=_NOW)
    assert _guests(store, meeting) == {club: True}, "inviting again forgets nothing"
    show_to_leadership(store, office, meeting, now=_NOW)
    invite(store, office, meeting, now=_NOW)
    assert invite_house(store, office, meeting, club, now=_NOW), "whoever is invited now has to be written to"
    assert take_back_invitation(store, office, meeting, club)
    assert _guests(store, meeting) == {}


def test_who_cannot_be_invited(store: Store) -> None:
    office, meeting, keys = _network(store)
    member = a_user(store, "mitglied", "member")
    for user, house, where, code in (
        (member, keys["Kulturverein"], meeting, "not_allowed"),
        (office, keys["Diakonie"], meeting, "member_already"),
        (office, "partner-99999", meeting, "no_such_partner"),
        (office, keys["Kulturverein"], "meeting-99999", "not_there"),
    ):
        with _refused(code):
            invite_house(store, user, where, house, now=_NOW)
    with pytest.raises(RecordingRefused, match="unknown_member"):
        note_invited(store, meeting, keys["Kulturverein"], there=True, user=office, now=_NOW)
    with store.writing() as connection:
        plan = plan_of(connection, meeting)
        assert plan is not None
        save_plan(connection, replace(plan, state="closed"), by="Amt", now=_NOW)
    with _refused("closed"):
        invite_house(store, office, meeting, keys["Kulturverein"], now=_NOW)
    assert _guests(store, meeting) == {}
