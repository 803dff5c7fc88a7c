"""The room over HTTP: what presenters and followers are told, and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from etl.model.meetings import plan_of, save_plan, set_meeting_role
from etl.pipeline.meeting import presenting
from tests.dashboard.networks import DAY, deliver, workbook
from tests.dashboard.room.conftest import HEADINGS, KEY, Room, told, words


def test_everybody_sees_the_slide_that_is_on_the_wall(room: Room) -> None:
    wall, member = room.presenter(), room.caller("lena")
    assert "noch nicht begonnen" in words(member.get(f"/saal/{KEY}/mitlesen").text)
    page = wall.get(f"/saal/{KEY}").text
    assert 'data-step="begin"' in page
    begun = room.step(wall, "begin")
    code = room.by_code()
    assert f"{room.row.code[:3]} {room.row.code[3:]}" in words(begun["slide"])
    for to, seen in (("next", "0"), ("next", room.items[0]), ("next", room.items[1]), ("opening", "")):
        shown = room.step(wall, to, str(seen))
        for follower, address in ((member, f"/saal/{KEY}/stand"), (code, f"/mitlesen/{room.row.code}/stand")):
            answer = told(follower.get(f"{address}?seit=0"))
            assert words(answer["slide"]) == words(shown["slide"])
            assert "nav" not in answer or not answer["nav"], "only the wall has the presenter's buttons"
            assert "now" in answer
    assert shown["shown"] == ["0", *map(str, room.items)]


def test_nothing_new_is_a_tiny_answer_and_looks_nothing_up(room: Room) -> None:
    wall, member = room.presenter(), room.caller("lena")
    stand = room.step(wall, "begin")["stand"]
    answer = member.get(f"/saal/{KEY}/stand?seit={stand}")
    assert len(answer.body) < 60
    assert set(told(answer)) == {"stand", "now"}
    assert told(member.get(f"/saal/{KEY}/stand?seit=0"))["stand"] == stand


def test_slides_say_facts_with_their_source_and_name_nobody(room: Room) -> None:
    wall = room.presenter()
    room.step(wall, "begin")
    first = room.step(wall, "next", "0")
    assert "TOP 1 von 3 · eigener Punkt" in words(first["slide"])
    assert "Erster &lt;i&gt;Punkt&lt;/i&gt;" in first["slide"], "a title is no HTML"
    second = words(room.step(wall, "next", str(room.items[0]))["slide"])
    assert "12 Menschen erreicht, geplant 40" in second
    assert "Diakonie, Liste.xlsx, Zelle F2" in second
    assert "Stand 3. November 2026" in second
    assert "Kellermann" not in second
    third = words(room.step(wall, "next", str(room.items[1]))["slide"])
    assert "nicht mehr eingetragen oder wurde zusammengeführt" in third, "a decision that was removed is explained"
    assert "Wir tun es." in third


def test_what_came_after_the_editorial_deadline_stands_apart(room: Room) -> None:
    later = ("Mietlotsen", "läuft", dt.date(2026, 9, 1), dt.date(2027, 8, 31), 40, 39, None)
    deliver(room.store, "Liste-neu.xlsx", workbook("Maßnahmen", HEADINGS, later), "Diakonie", dt.date(2026, 11, 6))
    wall = room.presenter()
    room.step(wall, "begin")
    slide = words(room.step(wall, f"item:{room.items[1]}")["slide"])
    known, late = slide.split("nachgemeldet")
    assert "12 Menschen erreicht" in known
    assert "39" not in known
    assert "6. November 2026" in late


def test_looking_for_a_goal_or_measure_and_showing_it(room: Room) -> None:
    wall = room.presenter()
    room.step(wall, "begin")
    found = told(wall.get(f"/saal/{KEY}/suche?q=caf%C3%A9+sprach"))["found"]
    assert [one["text"] for one in found] == ["Sprach & <b>Café</b>"]
    shown = room.step(wall, f"record:{found[0]['key']}")
    assert "zwischendurch · Maßnahme" in words(shown["slide"])
    assert "&lt;b&gt;Café" in shown["slide"]
    before = room.row.revision
    room.step(wall, "record:measure-99999")
    room.step(wall, "record:partner-00001")
    assert room.row.revision == before, "only what there is to see is shown"


def test_looking_around_among_what_was_shown(room: Room) -> None:
    wall, member = room.presenter(), room.caller("lena")
    room.step(wall, "begin")
    first = room.step(wall, "next", "0")
    room.step(wall, "next", str(room.items[0]))
    poll = f"/saal/{KEY}/stand"
    assert words(told(member.get(f"{poll}?blick={room.items[0]}"))["slide"]) == words(first["slide"])
    assert "Tagesordnung" in words(told(member.get(f"{poll}?blick=0"))["slide"])
    for hidden in (room.items[2], "999999", "x", "-1", "4/goal"):
        assert member.get(f"{poll}?blick={hidden}").status == 404


def test_in_the_language_of_whoever_looks(room: Room) -> None:
    wall = room.presenter()
    room.step(wall, "begin")
    room.step(wall, "next", "0")
    member = room.caller("lena")
    assert "Item 1 of 3" in words(told(member.get(f"/saal/{KEY}/stand?seit=0&lang=en"))["slide"])
    stranger = room.caller()
    page = stranger.get(f"/mitlesen/{room.row.code}", accept_language="en-GB")
    assert "Follow the presentation" in page.text
    assert 'data-poll="/mitlesen/' in page.text


def test_a_moderator_from_outside_presents_this_meeting_and_nothing_else(room: Room) -> None:
    token = presenting.invite_moderator(room.store, KEY, "Frau Anders", by="amt", now=room.now)
    moderator, forwarded = room.caller(), room.caller(address="192.0.2.9")
    path = f"/saal/{KEY}/moderation/{token}"
    assert "In diesem Browser moderieren" in moderator.get(path).text
    assert moderator.get(f"/saal/{KEY}").status == 404, "looking at the link binds nothing"
    assert moderator.post(path, {}).status == 303
    assert "Präsentation beginnen" in moderator.get(f"/saal/{KEY}").text
    room.step(moderator, "begin")
    assert room.row.presented_by == "Frau Anders"
    assert room.step(moderator, "next", "0")["place"] == str(room.items[0])
    for answer in (forwarded.get(path), forwarded.post(path, {}), forwarded.get(f"/saal/{KEY}")):
        assert answer.status == 404
    assert moderator.get("/saal/meeting-00002").status == 404
    with room.store.writing() as connection:
        plan = plan_of(connection, KEY)
        assert plan is not None
        save_plan(connection, replace(plan, state="closed"), by="amt", now=room.now)
    assert moderator.get(f"/saal/{KEY}").status == 404
    assert moderator.post(f"/saal/{KEY}/schritt", {"zu": "begin"}).status == 404


def test_a_presenter_by_role_may_and_a_member_may_not(room: Room) -> None:
    member = room.caller("lena")
    assert member.get(f"/saal/{KEY}").headers["location"] == f"/saal/{KEY}/mitlesen"
    assert member.post(f"/saal/{KEY}/schritt", {"zu": "begin"}).status == 404
    assert member.get(f"/saal/{KEY}/suche?q=a").status == 404
    with room.store.writing() as connection:
        set_meeting_role(connection, KEY, "lena", "presenter", holds=True)
    room.step(member, "begin")
    assert room.row.presented_by == "Lena"


def test_a_meeting_without_an_agenda_shows_its_opening(room: Room) -> None:
    with room.store.writing() as connection:
        plan = plan_of(connection, KEY)
        assert plan is not None
        save_plan(connection, replace(plan, key="meeting-00003", day=DAY), by="amt", now=room.now)
    wall = room.presenter()
    answer = told(wall.post("/saal/meeting-00003/schritt", {"zu": "begin"}))
    assert "Eine Tagesordnung ist noch nicht angelegt" in words(answer["slide"])
    assert told(wall.post("/saal/meeting-00003/schritt", {"zu": "next", "von": "0"}))["place"] == "0"
