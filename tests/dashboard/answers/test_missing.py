"""Who is missing: each story planted in a real store and found, taken out again and gone; who sees what of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dashboard.answers.missing import TableView, table_view, who_is_missing
from dashboard.answers.picture import picture
from etl.model.accounts import User, find_user
from etl.model.bodies import members
from etl.model.store import Store
from etl.pipeline.composition import composition_in, store_seat
from etl.pipeline.enter import enter
from etl.pipeline.meeting.attending import note_attendance, note_invited
from etl.pipeline.meeting.bodies import end_membership, store_body, store_member
from etl.pipeline.meeting.inviting import invite_house
from etl.pipeline.meeting.planning import Wish, plan_meeting
from etl.rules.meeting import Body, Member
from tests.demo import DEMO_DAY
from tests.signed_in import a_user

_NOW = dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)
_DAY = dt.date(2026, 10, 1)
_MET = (dt.date(2026, 1, 13), dt.date(2026, 3, 10), dt.date(2026, 5, 12), dt.date(2026, 9, 8))
_HOUSES = {
    "Amt für Soziales": "municipality",
    "Diakonie": "welfare",
    "Kulturverein": "migrant_organisation",
    "Wohnbau eG": "business",
}


class _Table:
    """A working group for housing in a real store: the town and the Diakonie sit there."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.office = a_user(store, "amt", "coordinator")
        self._enter("field_of_action", title="Wohnen")
        self.keys = {name: self._enter("partner", name=name, type=kind) for name, kind in _HOUSES.items()}
        fields = ("field_of_action-00001",)
        self.body = store_body(store, self.office, Body(0, "AG Wohnen", "working_group", fields=fields), now=_NOW)
        for house in ("Amt für Soziales", "Diakonie"):
            self.seat(house)

    def _enter(self, kind: str, **values: object) -> str:
        return enter(self.store, kind, values, day=_DAY, person="Amt", reason="Liste", now=_NOW).key

    def works(self, house: str) -> None:
        said = {"title": "Probewohnen", "status": "running", "field_of_action": "Wohnen", "lead_org": self.keys[house]}
        enter(self.store, "measure", said, day=_DAY, person="Amt", reason="x", now=_NOW, partner=self.keys[house])

    def seat(self, house: str, **more: object) -> int:
        since = dt.date(2025, 1, 1)
        member = Member(0, self.body.id, f"Von {house}", self.keys[house], since=since, **more)  # type: ignore[arg-type]
        return store_member(self.store, self.office, member, now=_NOW)

    def meet(self, *came: tuple[str, ...], guests: tuple[str, ...] = (), hour: int = 10, first: int = 0) -> None:
        """One meeting per ``came``: the houses whose member, or who as a guest, was there. ``first``: the first day."""
        with self.store.reading() as connection:
            numbers = {one.partner: one.id for one in members(connection, self.body.id)}
        for day, there in zip(_MET[first:], came, strict=False):
            wish = Wish(self.body.id, f"AG Wohnen {day}", day, dt.time(hour))
            plan = plan_meeting(self.store, self.office, wish, day=_DAY, reason="x", now=_NOW)
            for house in guests:
                invite_house(self.store, self.office, plan.key, self.keys[house], now=_NOW)
                came = house in there
                note_invited(self.store, plan.key, self.keys[house], there=came, user=self.office, now=_NOW)
            for house in set(there) - set(guests):
                number = numbers[self.keys[house]]
                note_attendance(self.store, plan.key, number, there=True, user=self.office, now=_NOW)

    def view(self, user: User | None = None) -> TableView:
        return table_view(self.store, picture(self.store, _DAY), user or self.office, self.body)

    def told(self, user: User | None = None) -> set[tuple[str, str, str]]:
        """(kind, reason, seat or house) of everything missing."""
        view = self.view(user)
        return {(m.kind, m.reason, m.seat.title if m.seat else view.names[m.partner or ""]) for m in view.found}


@pytest.fixture
def table(sqlite_store: Store) -> _Table:
    return _Table(sqlite_store)


def test_an_empty_seat_is_named_with_who_would_fit_until_somebody_sits_there(table: _Table) -> None:
    assert {(k, w) for k, _, w in table.told()} == {("seat", "Migrantenorganisationen"), ("seat", "Wohnungswirtschaft")}
    assert {row.seat.title: row.fitting for row in table.view().empty} == {
        "Migrantenorganisationen": ("Kulturverein",),
        "Wohnungswirtschaft": ("Wohnbau eG",),
    }
    table.seat("Kulturverein")
    number = table.seat("Wohnbau eG")
    assert table.told() == set()
    end_membership(table.store, table.office, number, day=_DAY, now=_NOW)
    assert table.told() == {("seat", "empty", "Wohnungswirtschaft")}


def test_the_office_may_lay_down_another_reference(table: _Table) -> None:
    for title in ("Migrantenorganisationen", "Wohnungswirtschaft"):
        with table.store.reading() as connection:
            seat = next(one for one in composition_in(connection) if one.title == title)
        store_seat(table.store, table.office, replace(seat, ended=True), seen=seat, now=_NOW)
    assert table.told() == set()
    assert table.view().finding.code == "missing.headline.no_reference"


def test_a_house_that_works_on_the_matter_is_named_until_it_sits_or_comes_as_a_guest(table: _Table) -> None:
    table.works("Wohnbau eG")
    assert ("concerned", "work", "Wohnbau eG") in table.told()
    table.meet(("Diakonie", "Wohnbau eG"), guests=("Wohnbau eG",))
    assert not [one for one in table.told() if one[2] in ("Wohnbau eG", "Wohnungswirtschaft")]


def test_an_association_that_was_asked_at_the_wrong_time_is_not_heard(table: _Table) -> None:
    table.seat("Kulturverein", attends="after_work")
    table.meet(("Diakonie",), ("Diakonie",))
    assert ("unheard", "wrong_time", "Kulturverein") in table.told()


def test_an_association_that_came_and_said_nothing_is_not_heard_until_it_contributes(table: _Table) -> None:
    table.seat("Kulturverein")
    table.meet(("Kulturverein",), ("Kulturverein", "Diakonie"))
    assert ("unheard", "no_word", "Kulturverein") in table.told()
    said = {"title": "Tandems", "meeting_date": _MET[0].isoformat(), "responsible": "Kulturverein", "due": "2026-12-01"}
    enter(table.store, "agreement", said, day=_DAY, person="Amt", reason="Protokoll", now=_NOW)
    assert ("unheard", "no_word", "Kulturverein") not in table.told()
    assert [row.meetings for row in table.view().houses if row.name == "Kulturverein"] == [("contributed", "came")]


def test_a_house_that_stayed_away_three_times_fell_silent(table: _Table) -> None:
    table.meet(("Diakonie", "Amt für Soziales"), ("Amt für Soziales",), ("Amt für Soziales",))
    assert not [one for one in table.told() if one[0] == "silent"], "two meetings missed are no silence"
    table.meet(("Amt für Soziales",), first=3)
    assert ("silent", "stayed_away", "Diakonie") in table.told()


def test_only_a_body_that_decides_needs_somebody_who_may_promise(table: _Table) -> None:
    assert not [one for one in table.told() if one[0] == "undecided"]
    table.body = store_body(table.store, table.office, replace(table.body, may_decide=True), seen=table.body, now=_NOW)
    assert {w for k, _, w in table.told() if k == "undecided"} == {"Amt für Soziales", "Diakonie"}
    table.seat("Diakonie", decides=True)
    assert {w for k, _, w in table.told() if k == "undecided"} == {"Amt für Soziales"}


def test_what_is_found_about_a_house_is_for_it_and_the_office(table: _Table) -> None:
    table.works("Wohnbau eG")
    table.seat("Kulturverein", attends="after_work")
    table.meet(("Diakonie",), ("Diakonie",))
    partner = a_user(table.store, "kultur", "partner", partner=table.keys["Kulturverein"])
    own = {("seat", "vacant", "Wohnungswirtschaft"), ("unheard", "wrong_time", "Kulturverein")}
    assert table.told(partner) == own
    assert [row.name for row in table.view(partner).houses] == ["Kulturverein"]
    for role in ("member", "leadership", "observer"):
        view = table.view(a_user(table.store, role, role))
        assert {one.kind for one in view.found} == {"seat"}
        assert (view.houses, view.guests) == ((), {})
        assert all(not row.fitting for row in view.seats)


def test_a_body_nobody_sits_in_and_a_network_without_bodies_say_so(sqlite_store: Store) -> None:
    office = a_user(sqlite_store, "amt", "coordinator")
    none = who_is_missing(sqlite_store, picture(sqlite_store, _DAY), office)
    assert none.finding.code == "missing.headline.no_tables"
    store_body(sqlite_store, office, Body(0, "AG Neu", "working_group"), now=_NOW)
    store_body(sqlite_store, office, Body(0, "Konferenz", "conference"), now=_NOW)
    found = who_is_missing(sqlite_store, picture(sqlite_store, _DAY), office)
    assert [(view.body.name, view.finding.code, view.found) for view in found.tables] == [
        ("AG Neu", "missing.headline.nobody_entered", ())
    ]
    assert found.finding.values == {"n": 0}


def test_the_demo_network_tells_every_story(demo: Store) -> None:
    with demo.reading() as connection:
        office = find_user(connection, "koordination")
    assert office is not None
    found = who_is_missing(demo, picture(demo, DEMO_DAY), office)
    told = {
        (view.body.name, one.kind, one.seat.title if one.seat else view.names[one.partner or ""])
        for view in found.tables
        for one in view.found
    }
    neighbours = "Runder Tisch Wohnen und Nachbarschaft"
    assert told >= {
        ("AG Wohnen", "seat", "Migrantenorganisationen"),
        ("Steuerungsgruppe", "seat", "Städte und Gemeinden"),
        ("Steuerungsgruppe", "concerned", "Sonnenblume"),
        ("Steuerungsgruppe", "undecided", "Schulamt"),
        (neighbours, "unheard", "Brückenbogen"),
        (neighbours, "unheard", "Moscheegemeinde"),
        (neighbours, "silent", "DRK"),
    }
    assert found.finding.values == {"n": 4}
