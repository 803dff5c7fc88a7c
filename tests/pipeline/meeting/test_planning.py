"""Bodies, plans and agendas in the store: who may, what is refused, what two people at once do to each other."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from etl.model.accounts import User
from etl.model.bodies import bodies, members
from etl.model.meetings import agenda, meeting_roles, plans, save_plan
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline.enter import EntryRefused, enter
from etl.pipeline.meeting.agenda import drop_item, move_item, store_item, take_on
from etl.pipeline.meeting.bodies import adopt_body, end_membership, erase_person, store_body, store_member
from etl.pipeline.meeting.planning import Wish, call_off, give_role, invite, plan_meeting, show_to_leadership
from etl.pipeline.meeting.refused import MeetingRefused
from etl.rules.meeting import Body, Item, Member, Plan
from tests.signed_in import a_user

_NOW = dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)
_DAY = dt.date(2026, 10, 1)
_MEETING = dt.date(2026, 11, 10)


def _office(store: Store) -> User:
    return a_user(store, "amt", "coordinator")


def _partner(store: Store) -> User:
    entered = enter(store, "partner", {"name": "Diakonie"}, day=_DAY, person="Amt", reason="Liste", now=_NOW)
    return a_user(store, "diakonie", "partner", partner=entered.key)


def _body(store: Store, name: str = "AG Wohnen", **more: object) -> Body:
    return store_body(store, _office(store), Body(0, name, "working_group", **more), now=_NOW)  # type: ignore[arg-type]


def _planned(store: Store, user: User, body: Body, **more: object) -> Plan:
    wish = Wish(body.id, "AG Wohnen, Herbst", _MEETING, dt.time(14), **more)  # type: ignore[arg-type]
    return plan_meeting(store, user, wish, day=_DAY, reason="geplant", now=_NOW)


def _items(*titles: str, origin: str = "goal") -> list[Item]:
    return [Item(0, "", 0, origin, title, (f"{title}-1",)) for title in titles]  # type: ignore[arg-type]


def _on(plan: Plan, items: list[Item]) -> list[Item]:
    return [replace(item, meeting=plan.key) for item in items]


def _order(store: Store, plan: Plan) -> list[Item]:
    with store.reading() as connection:
        return list(agenda(connection, plan.key))


def _refused(_: Store, code: str) -> Any:
    return pytest.raises(MeetingRefused, match=f"^{code}:")


def test_a_partner_runs_its_body_and_no_other(store: Store) -> None:
    partner = _partner(store)
    own, other = _body(store, run_by=partner.partner), _body(store, "AG Sprache")
    plan = _planned(store, partner, own)
    store_member(store, partner, Member(0, own.id, "Ada Beispiel", partner.partner), now=_NOW)
    store_body(store, partner, replace(own, purpose="Wohnen"), seen=own, now=_NOW)
    for body in (other, Body(0, "Neu", "round_table")):
        with _refused(store, "not_allowed"):
            store_body(store, partner, replace(body, purpose="x"), now=_NOW)
    with _refused(store, "not_allowed"):
        store_member(store, partner, Member(0, other.id, "Bo"), now=_NOW)
    with _refused(store, "not_allowed"):
        _planned(store, partner, other)
    with _refused(store, "not_allowed"):
        plan_meeting(
            store, partner, Wish(other.id, "x", _MEETING, key=plan.key), day=_DAY, reason="x", seen=plan, now=_NOW
        )
    with store.reading() as connection:
        assert [m.name for m in members(connection)] == ["Ada Beispiel"]
        assert len(plans(connection)) == 1


def test_a_member_may_nothing(store: Store) -> None:
    member, plan = a_user(store, "mitglied", "member"), _planned(store, _office(store), _body(store))
    for attempt in (
        lambda: take_on(store, member, plan.key, _on(plan, _items("S2")), now=_NOW),
        lambda: invite(store, member, plan.key, now=_NOW),
        lambda: give_role(store, member, plan.key, "mitglied", "presenter", holds=True),
    ):
        with _refused(store, "not_allowed"):
            attempt()
    assert not _order(store, plan)


def test_a_planned_meeting_stands_in_the_facts_and_moves_with_its_plan(store: Store) -> None:
    office, body = _office(store), _body(store)
    plan = _planned(store, office, body, editorial_deadline=dt.date(2026, 11, 3), place=" Kreishaus ")
    assert (plan.starts_at, plan.place) == (dt.datetime(2026, 11, 10, 13, tzinfo=dt.UTC), "Kreishaus")
    later = Wish(body.id, "AG Wohnen, Winter", dt.date(2026, 12, 1), key=plan.key)
    moved = plan_meeting(store, office, later, day=_DAY, reason="verschoben", seen=plan, now=_NOW)
    with store.reading() as connection:
        known = state_on(connection, _DAY).kind("meeting")[plan.key]
        assert plans(connection) == {plan.key: moved}
    assert (known.value("title"), known.value("date"), known.value("body")) == (
        "AG Wohnen, Winter", "2026-12-01", "AG Wohnen",
    )  # fmt: skip
    with _refused(store, "changed_since"):
        plan_meeting(store, office, later, day=_DAY, reason="noch einmal", seen=plan, now=_NOW)


def test_a_meeting_that_does_not_take_place_leaves_the_facts_and_keeps_its_reason(store: Store) -> None:
    office = _office(store)
    plan = _planned(store, office, _body(store))
    with pytest.raises(EntryRefused, match="without_reason"):
        call_off(store, office, plan.key, day=_DAY, reason=" ", now=_NOW)
    with _refused(store, "not_allowed"):
        call_off(store, a_user(store, "m", "member"), plan.key, day=_DAY, reason="krank", now=_NOW)
    call_off(store, office, plan.key, day=_DAY, reason="Saal gesperrt", now=_NOW)
    with store.reading() as connection:
        assert not state_on(connection, _DAY).kind("meeting")
    with _refused(store, "not_there"):
        call_off(store, office, plan.key, day=_DAY, reason="noch einmal", now=_NOW)


def test_a_meeting_from_a_list_is_planned_and_its_body_adopted(store: Store) -> None:
    said = {"title": "Netzwerktreffen", "date": "2026-11-10", "body": "Netzwerktreffen"}
    key = enter(store, "meeting", said, day=_DAY, person="Amt", reason="Liste", now=_NOW).key
    wish = Wish("Netzwerktreffen", "Netzwerktreffen", _MEETING, key=key)
    plan = plan_meeting(store, _office(store), wish, day=_DAY, reason="geplant", now=_NOW)
    with store.reading() as connection:
        assert [(b.name, b.kind) for b in bodies(connection)] == [("Netzwerktreffen", "open_format")]
        assert list(state_on(connection).kind("meeting")) == [plan.key] == [key]
    assert adopt_body(store, _office(store), "netzwerktreffen", now=_NOW).id == plan.body
    with _refused(store, "not_allowed"):
        adopt_body(store, _partner(store), "AG Neu", now=_NOW)


def test_a_meeting_a_list_names_is_not_planned_twice(store: Store) -> None:
    body = _body(store, "Netzwerktreffen")
    said = {"title": "Ideenwerkstatt", "date": "2026-11-10", "body": "Netzwerktreffen"}
    key = enter(store, "meeting", said, day=_DAY, person="Amt", reason="Liste", now=_NOW).key
    wish = Wish(body.id, "ideenwerkstatt ", _MEETING)
    plan = plan_meeting(store, _office(store), wish, day=_DAY, reason="geplant", now=_NOW)
    assert plan.key == key
    with _refused(store, "taken"):
        plan_meeting(store, _office(store), wish, day=_DAY, reason="geplant", now=_NOW)


def test_meetings_and_decisions_go_with_the_name_of_their_body(store: Store) -> None:
    office, body = _office(store), _body(store)
    plan = _planned(store, office, body)
    asked = {"text": "Schulung?", "body": "AG Wohnen", "status": "to_decide"}
    key = enter(store, "decision", asked, day=_DAY, person="Amt", reason="Liste", now=_NOW).key
    renamed = store_body(store, office, replace(body, name="AG Wohnen und Quartier"), seen=body, now=_NOW)
    with store.reading() as connection:
        state = state_on(connection, _DAY)
    assert state.kind("meeting")[plan.key].value("body") == state.kind("decision")[key].value("body") == renamed.name


@pytest.mark.parametrize(
    ("code", "wish"),
    [
        ("without_name", {"title": " "}),
        ("no_minutes", {"minutes": 0}),
        ("no_minutes", {"minutes": 100_000}),
        ("deadline_after", {"editorial_deadline": dt.date(2026, 12, 1)}),
        ("no_such_time", {"day": dt.date(2027, 3, 28), "time": dt.time(2, 30)}),
        ("not_there", {"key": "meeting-99999"}),
        ("single_client", {"own_words": "Herr Ali Muster, geb. 01.02.1990, Kundennummer 123A456789"}),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(
    sqlite_store: Store, code: str, wish: dict[str, object]
) -> None:
    body = _body(sqlite_store)
    typed = replace(Wish(body.id, "Sitzung", _MEETING), **wish)  # type: ignore[arg-type]
    with _refused(sqlite_store, code):
        plan_meeting(sqlite_store, _office(sqlite_store), typed, day=_DAY, reason="geplant", now=_NOW)
    with sqlite_store.reading() as connection:
        assert not plans(connection)
        assert not state_on(connection).kind("meeting")


def test_members_and_bodies_that_cannot_be_are_refused(sqlite_store: Store) -> None:
    store, office = sqlite_store, _office(sqlite_store)
    body = _body(store)
    first = store_member(store, office, Member(0, body.id, "Ada  Beispiel ", username="amt"), now=_NOW)
    with store.reading() as connection:
        known = members(connection)[0]
    assert (known.id, known.name) == (first, "Ada Beispiel")
    deputy = store_member(store, office, Member(0, body.id, "Bo", deputy_for=first), now=_NOW)
    for code, member in (
        ("without_name", Member(0, body.id, " ")),
        ("no_such_partner", Member(0, body.id, "Cem", "partner-99999")),
        ("no_such_user", Member(0, body.id, "Cem", username="niemand")),
        ("own_deputy", Member(first, body.id, "Ada", deputy_for=first)),
        ("own_deputy", Member(0, body.id, "Cem", deputy_for=deputy)),
        ("changed_since", Member(99, body.id, "Cem")),
        ("not_there", Member(0, 99, "Cem")),
    ):
        with _refused(store, code):
            store_member(store, office, member, now=_NOW)
    with _refused(store, "changed_since"):
        store_member(store, office, replace(known, function="x"), seen=replace(known, name="Wer"), now=_NOW)
    with _refused(store, "taken"):
        store_body(store, office, Body(0, " ag  wohnen", "round_table"), now=_NOW)
    end_membership(store, office, first, day=_MEETING, now=_NOW)
    erase_person(store, office, deputy, now=_NOW)
    with store.reading() as connection:
        ada, bo = members(connection)
    assert ada.belongs_on(_MEETING - dt.timedelta(days=1))
    assert not ada.belongs_on(_MEETING)
    assert (bo.name, bo.deputy_for) == ("", first)


def test_leadership_sees_the_papers_before_anyone_is_invited(store: Store) -> None:
    office, body = _office(store), _body(store)
    plan = _planned(store, office, body)
    with _refused(store, "leadership_first"):
        invite(store, office, plan.key, now=_NOW)
    show_to_leadership(store, office, plan.key, now=_NOW)
    invited = invite(store, office, plan.key, now=_NOW + dt.timedelta(days=1))
    assert (invited.state, invited.shown_to_leadership, invited.invited_by) == ("invited", _NOW, "Amt")
    with _refused(store, "invited_before"):
        invite(store, office, plan.key, now=_NOW)


def test_proposing_again_adds_what_is_new_and_touches_nothing_else(store: Store) -> None:
    office = _office(store)
    plan = _planned(store, office, _body(store))
    proposed = _on(plan, [*_items("S2", "W1"), *_items("Termin", origin="next_meeting")])
    assert take_on(store, office, plan.key, proposed, now=_NOW) == 3
    s2, w1, _ = _order(store, plan)
    store_item(store, office, replace(s2, title="Meine Worte", minutes=20), seen=s2, now=_NOW)
    drop_item(store, office, plan.key, w1.id, dropped=True, now=_NOW)
    again = [*proposed, *_on(plan, _items("E2"))]
    assert take_on(store, office, plan.key, again, now=_NOW) == 1
    assert [(i.title, i.minutes) for i in _order(store, plan)] == [("Meine Worte", 20), ("E2", 10), ("Termin", 10)]


def test_own_items_stand_before_the_next_date_and_dropped_ones_come_back(store: Store) -> None:
    office = _office(store)
    plan = _planned(store, office, _body(store))
    take_on(store, office, plan.key, _on(plan, [*_items("S2"), *_items("Termin", origin="next_meeting")]), now=_NOW)
    own = store_item(store, office, Item(0, plan.key, 0, "own", "Verschiedenes"), now=_NOW)
    assert [i.title for i in _order(store, plan)] == ["S2", "Verschiedenes", "Termin"]
    drop_item(store, office, plan.key, own, dropped=True, now=_NOW)
    assert [i.title for i in _order(store, plan)] == ["S2", "Termin"]
    drop_item(store, office, plan.key, own, dropped=False, now=_NOW)
    assert [i.title for i in _order(store, plan)] == ["S2", "Verschiedenes", "Termin"]
    with _refused(store, "without_name"):
        store_item(store, office, Item(0, plan.key, 0, "own", " "), now=_NOW)
    with _refused(store, "no_minutes"):
        store_item(store, office, Item(0, plan.key, 0, "own", "x", minutes=0), now=_NOW)


def test_two_who_reorder_at_once_lose_nothing(store: Store) -> None:
    office = _office(store)
    plan = _planned(store, office, _body(store))
    take_on(store, office, plan.key, _on(plan, _items("A", "B", "C")), now=_NOW)
    seen = [item.id for item in _order(store, plan)]
    move_item(store, office, plan.key, seen[2], by=-2, seen=seen, now=_NOW)
    with _refused(store, "changed_since"):
        move_item(store, office, plan.key, seen[0], by=1, seen=seen, now=_NOW)
    assert [i.title for i in _order(store, plan)] == ["C", "A", "B"]
    move_item(store, office, plan.key, seen[1], by=5, seen=[i.id for i in _order(store, plan)], now=_NOW)
    assert [i.title for i in _order(store, plan)] == ["C", "A", "B"]  # no further than the end
    first = _order(store, plan)[0]
    store_item(store, office, replace(first, title="C neu"), seen=first, now=_NOW)
    with _refused(store, "changed_since"):
        store_item(store, office, replace(first, title="C anders"), seen=first, now=_NOW)


def test_a_closed_meeting_keeps_its_agenda(store: Store) -> None:
    office = _office(store)
    plan = _planned(store, office, _body(store))
    take_on(store, office, plan.key, _on(plan, _items("A")), now=_NOW)
    with store.writing() as connection:
        save_plan(connection, replace(plan, state="closed"), by="Amt", now=_NOW)
    with _refused(store, "closed"):
        take_on(store, office, plan.key, _on(plan, _items("B")), now=_NOW)
    with _refused(store, "closed"):
        drop_item(store, office, plan.key, _order(store, plan)[0].id, dropped=True, now=_NOW)


def test_an_outside_moderator_may_present_that_meeting(store: Store) -> None:
    office = _office(store)
    a_user(store, "moderation", "observer")
    plan = _planned(store, office, _body(store))
    give_role(store, office, plan.key, "moderation", "presenter", holds=True)
    with store.reading() as connection:
        assert meeting_roles(connection, plan.key) == {"moderation": frozenset({"presenter"})}
    give_role(store, office, plan.key, "moderation", "presenter", holds=False)
    with _refused(store, "no_such_user"):
        give_role(store, office, plan.key, "niemand", "presenter", holds=True)
