"""Bodies through different eyes, shared fields, and who can come when."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dashboard.answers.bodies import BodyView, Seat, accounts, body_view, every_body, times_to_choose, who_can_come
from dashboard.answers.picture import Picture, picture
from etl.model.accounts import User, find_user
from etl.model.store import Store
from etl.rules.meeting import Member
from tests.demo import DEMO_DAY


@pytest.fixture(scope="module")
def today(demo: Store) -> Picture:
    return picture(demo, DEMO_DAY)


def _user(demo: Store, name: str) -> User:
    with demo.reading() as connection:
        found = find_user(connection, name)
    assert found is not None
    return found


def _view(demo: Store, today: Picture, body: str, name: str = "koordination") -> BodyView:
    number = next(one.id for one in every_body(demo) if one.name == body)
    found = body_view(demo, today, _user(demo, name), number)
    assert found is not None
    return found


def test_the_steering_group_has_its_seats_with_deputies_for_those_who_come_after_work(
    demo: Store, today: Picture
) -> None:
    view = _view(demo, today, "Steuerungsgruppe")
    assert (len(view.seats), view.deciding, view.too_many) == (17, 12, False)
    deputies = {seat.house: [deputy.name for deputy in seat.deputies] for seat in view.seats if seat.deputies}
    assert deputies == {"Brückenbogen": ["Nadia El-Amrani"], "Moscheegemeinde": ["Hülya Karademir"]}
    assert view.coming[0] == dt.date(2027, 5, 11)
    assert view.title == "8. Sitzung der Steuerungsgruppe"


def test_more_than_25_members_are_a_hint_and_no_wall(demo: Store, today: Picture) -> None:
    view = _view(demo, today, "Steuerungsgruppe")
    assert replace(view, seats=tuple(Seat(Member(n, 1, f"Name {n}"), None) for n in range(26))).too_many
    assert not replace(view, seats=view.seats[:1]).too_many


def test_a_body_tells_who_deals_with_its_field_too(demo: Store, today: Picture) -> None:
    view = _view(demo, today, "AG Wohnen")
    assert view.led_by == "Diakonie"
    assert [(one.title, [other.name for other in one.others]) for one in view.fields] == [
        ("Wohnen", ["Runder Tisch Wohnen und Nachbarschaft"])
    ]


@pytest.mark.parametrize(
    ("name", "body", "runs", "names"),
    [
        ("koordination", "AG Wohnen", True, True),
        ("steuerung", "AG Wohnen", False, True),
        ("vhs", "AG Sprache und Bildung", True, True),
        ("vhs", "Steuerungsgruppe", False, True),
        ("vhs", "AG Wohnen", False, False),
        ("gast", "Steuerungsgruppe", False, False),
    ],
)
def test_who_runs_it_and_who_sees_names(
    demo: Store, today: Picture, name: str, body: str, runs: bool, names: bool
) -> None:
    view = _view(demo, today, body, name)
    assert (view.runs, view.names) == (runs, names)


def test_who_can_come_depends_on_the_hour(demo: Store, today: Picture) -> None:
    number = _view(demo, today, "Steuerungsgruppe").body.id
    afternoon = who_can_come(demo, number, DEMO_DAY, dt.time(14), 120)
    assert afternoon is not None
    assert [member.name for member in afternoon.cannot] == ["Bao Trinh-Lorenz"]
    assert len(afternoon.by_deputy) == 2
    assert who_can_come(demo, number, dt.date(2027, 3, 28), dt.time(2, 30), 120) is None
    times = times_to_choose(demo, number, DEMO_DAY, 120)
    assert [(start.astimezone().weekday(), seats) for start, _, seats in times][-1] == (5, 17)
    assert [n for _, n, _ in times][1] == 16


def test_a_partner_gives_parts_to_members_of_its_body_only(demo: Store, today: Picture) -> None:
    number = _view(demo, today, "AG Sprache und Bildung").body.id
    assert set(accounts(demo, _user(demo, "vhs"), number)) == {"vhs"}
    assert "gast" in accounts(demo, _user(demo, "koordination"), number)
