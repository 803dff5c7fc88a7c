"""The page Sitzung: bodies and planning for whoever runs them, meetings and agendas for everyone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from etl.model.accounts import User
from etl.model.bodies import bodies
from etl.model.meetings import agenda, plans, save_plan
from etl.model.settings_rows import set_setting
from etl.model.store import Store
from etl.pipeline.enter import enter
from etl.pipeline.meeting.bodies import store_body, store_member
from etl.pipeline.meeting.inviting import invite_house
from etl.pipeline.meeting.planning import Wish, invite, plan_meeting, show_to_leadership
from etl.rules.meeting import Body, Member, Plan
from tests.signed_in import SignedIn, a_user, app_as, text_of

#: The beginning of the day in Berlin: the demo's pages tell the hour of the real clock, and no later one has come.
_NOW = dt.datetime(2026, 9, 30, 22, tzinfo=dt.UTC)
_DAY = dt.date(2026, 10, 1)


@pytest.fixture
def network(sqlite_store: Store) -> Store:
    """Two partners, a goal, a body run by a partner and one of the office, each with a planned meeting."""
    store = sqlite_store
    with store.writing() as connection:
        set_setting(connection, "day", _DAY.isoformat())
    for name in ("Diakonie", "VHS"):
        enter(store, "partner", {"name": name}, day=_DAY, person="Amt", reason="Liste", now=_NOW)
    enter(store, "field_of_action", {"title": "Wohnen"}, day=_DAY, person="Amt", reason="Liste", now=_NOW)
    office = a_user(store, "amt", "coordinator")
    a_user(store, "diakonie", "partner", partner="partner-00001")
    a_user(store, "mitglied", "member")
    a_user(store, "gast", "observer")
    fields = ("field_of_action-00001",)
    own = store_body(store, office, Body(0, "AG Wohnen", "working_group", "partner-00001", fields=fields), now=_NOW)
    both = Body(0, "Runder Tisch", "round_table", fields=fields, rhythm_months=6)
    other = store_body(store, office, both, now=_NOW)
    store_member(store, office, Member(0, other.id, "Ada Beispiel", "partner-00002", attends="after_work"), now=_NOW)
    for body in (own, other):
        _plan(store, office, body)
    return store


def _plan(store: Store, user: User, body: Body) -> Plan:
    wish = Wish(body.id, f"Treffen {body.name}", dt.date(2026, 11, 10), dt.time(14))
    return plan_meeting(store, user, wish, day=_DAY, reason="geplant", now=_NOW)


def _key(store: Store, number: int) -> str:
    with store.reading() as connection:
        return list(plans(connection))[number - 1]


def _button(app: SignedIn, key: str) -> None:
    app.at.button(key=key).click()
    app.run()
    assert not app.at.exception


def test_everyone_sees_meetings_and_bodies_and_only_who_runs_them_a_way_to_plan(network: Store) -> None:
    for name, ways in (("amt", {"planen:1", "planen:2"}), ("diakonie", {"planen:1"}), ("mitglied", set())):
        read = text_of(app_as(network, name, "sitzung").at)
        assert "In 40 Tagen ist die nächste Sitzung: Treffen AG Wohnen." in read
        assert "Runder Tisch" in read
        assert {way for way in ("planen:1", "planen:2") if f'data-go="{way}"' in read} == ways
        assert ("Neues Gremium" in read) is (name == "amt")
        assert read.count("einladen bis 20.\u00a0Oktober 2026") == len(ways)


def test_a_body_says_who_deals_with_the_same_field_and_names_are_for_those_who_may_see_them(network: Store) -> None:
    read = text_of(app_as(network, "mitglied", "sitzung", gremium="2").at)
    assert 'data-go="gremium:1"' in read
    assert "Ein Mitglied ist eingetragen." in read
    assert "Ada Beispiel" in read
    assert "Ada Beispiel" not in text_of(app_as(network, "gast", "sitzung", gremium="2").at)
    assert "Sitzungen" in text_of(app_as(network, "mitglied", "sitzung", gremium="99").at)


def test_a_meeting_is_planned_on_the_page_with_who_can_come(network: Store) -> None:
    app = app_as(network, "amt", "sitzung", neu="2")
    assert "Kein Mitglied kann zu dieser Zeit kommen." in text_of(app.at)
    app.at.date_input(key="plan-new-day").set_value(dt.date(2027, 3, 28))
    app.at.time_input(key="plan-new-time").set_value(dt.time(2, 30))
    app.run()
    assert not app.at.warning
    _button(app, "plan-new-save")
    assert "Die Uhr wird vorgestellt" in text_of(app.at)
    assert app.at.date_input(key="plan-new-deadline").value == dt.date(2027, 3, 21)  # moved with the day
    assert app.at.date_input(key="plan-new-day").value == dt.date(2027, 3, 28)  # what was typed stands there still
    app.at.date_input(key="plan-new-day").set_value(dt.date(2027, 3, 21))
    app.run()
    assert app.at.date_input(key="plan-new-deadline").value == dt.date(2027, 3, 14)  # back as well
    app.at.date_input(key="plan-new-deadline").set_value(dt.date(2027, 3, 20))
    app.run()
    app.at.date_input(key="plan-new-day").set_value(dt.date(2027, 3, 28))
    app.at.time_input(key="plan-new-time").set_value(dt.time(18))
    app.run()
    assert "Ein Mitglied kann kommen." in text_of(app.at)
    _button(app, "plan-new-save")
    with network.reading() as connection:
        planned = list(plans(connection).values())[-1]
    assert planned.starts_at == dt.datetime(2027, 3, 28, 16, tzinfo=dt.UTC)
    assert planned.editorial_deadline == dt.date(2027, 3, 20)  # hers: it follows the day no more


def test_whoever_runs_the_body_has_the_agenda_proposed_and_shows_it_step_by_step(network: Store) -> None:
    key = _key(network, 1)
    hidden = text_of(app_as(network, "mitglied", "sitzung", sitzung=key, ansicht="tagesordnung").at)
    assert "Die Unterlagen werden vorbereitet." in hidden
    app = app_as(network, "diakonie", "sitzung", sitzung=key, ansicht="tagesordnung")
    _button(app, "agenda-propose")
    assert "Punkte sind neu auf der Tagesordnung." in text_of(app.at)
    _button(app, "agenda-propose")
    assert "Es gibt nichts Neues vorzuschlagen." in text_of(app.at)
    _button(app, "papers-show")
    _button(app, "papers-invite")
    shown = text_of(app_as(network, "mitglied", "sitzung", sitzung=key, ansicht="tagesordnung").at)
    assert "Begrüßung" in shown
    assert "Planung" not in shown
    assert 'data-go="auf:' not in shown
    with network.reading() as connection:
        assert plans(connection)[key].invited_by == "Diakonie"
        assert [item.origin for item in agenda(connection, key)] == ["opening", "next_meeting"]


def test_a_partner_does_not_run_anothers_meeting(network: Store) -> None:
    app = app_as(network, "diakonie", "sitzung", sitzung=_key(network, 2), ansicht="planung")
    assert "Die Unterlagen werden vorbereitet." in text_of(app.at)
    assert not [button for button in app.at.button if button.key in ("agenda-propose", "plan-new-save")]
    app = app_as(network, "diakonie", "sitzung", neu="2")
    assert not [chosen for chosen in app.at.date_input if str(chosen.key).startswith("plan-")]


def test_a_body_that_is_only_a_name_is_planned_and_becomes_one(network: Store) -> None:
    said = {"title": "Ideenwerkstatt", "date": "2026-12-01", "body": "Netzwerktreffen"}
    key = enter(network, "meeting", said, day=_DAY, person="Amt", reason="Liste", now=_NOW).key
    app = app_as(network, "amt", "sitzung", sitzung=key, ansicht="planung")
    _button(app, f"plan-{key}-save")
    assert "Die Sitzung ist geplant." in text_of(app.at)
    with network.reading() as connection:
        assert bodies(connection)[1].name == "Netzwerktreffen"
        assert key in plans(connection)


def test_a_meeting_without_day_data_or_body_is_shown_all_the_same(network: Store) -> None:
    key = enter(network, "meeting", {"title": "Irgendwann"}, day=_DAY, person="Amt", reason="Liste", now=_NOW).key
    for name in ("amt", "gast"):
        app = app_as(network, name, "sitzung", sitzung=key)
        assert not app.at.exception
        assert "steht noch kein Tag fest" in text_of(app.at)
    assert "Ohne Gremium" in text_of(app_as(network, "amt", "sitzung").at)
    assert "gibt es nicht" in text_of(app_as(network, "amt", "sitzung", sitzung="meeting-99999").at)


def test_a_closed_meeting_is_changed_no_more(network: Store) -> None:
    key = _key(network, 1)
    with network.writing() as connection:
        save_plan(connection, replace(plans(connection)[key], state="closed"), by="Amt", now=_NOW)
    app = app_as(network, "amt", "sitzung", sitzung=key, ansicht="tagesordnung")
    assert not [button for button in app.at.button if button.key == "agenda-propose"]


def test_what_comes_after_the_editorial_deadline_stands_apart(network: Store) -> None:
    key = _key(network, 1)
    with network.writing() as connection:
        plan = replace(plans(connection)[key], editorial_deadline=dt.date(2026, 9, 30), invited_at=_NOW)
        save_plan(connection, plan, by="Amt", now=_NOW)
    enter(network, "goal", {"title": "Kurse für alle", "id": "S9"}, day=_DAY, person="Amt", reason="neu", now=_NOW)
    read = text_of(app_as(network, "mitglied", "sitzung", sitzung=key, ansicht="tagesordnung").at)
    assert "den Stand vom 30.\u00a0September 2026" in read
    assert "Nachgemeldet" in read
    assert "S9 Kurse für alle" in read


def test_an_invited_house_stands_with_its_meeting_and_can_be_taken_off_there(network: Store) -> None:
    meeting, vhs = _key(network, 1), "partner-00002"
    office = a_user(network, "leitstelle", "coordinator")
    invite_house(network, office, meeting, vhs, now=_NOW)
    told = "Als Gast eingeladen: VHS."
    for view in ("tagesordnung", "planung"):
        app = app_as(network, "amt", "sitzung", sitzung=meeting, ansicht=view)
        assert told in text_of(app.at)
    _button(app, f"guest-back-{meeting}-{vhs}")
    assert "VHS ist nicht mehr eingeladen. Die Einladung ist noch nicht hinaus" in text_of(app.at)
    assert told not in text_of(app.at)
    show_to_leadership(network, office, meeting, now=_NOW)
    invite(network, office, meeting, now=_NOW)
    invite_house(network, office, meeting, vhs, now=_NOW)
    member = app_as(network, "mitglied", "sitzung", sitzung=meeting, ansicht="tagesordnung").at
    assert told in text_of(member)
    assert not [b for b in member.button if "guest-back" in str(b.key)], "only who runs the body takes it back"
