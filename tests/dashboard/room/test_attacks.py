"""The room under attack: strangers, codes guessed, expired or used for more than they open, posts from elsewhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from etl.model.meetings import plan_of, save_plan
from etl.model.report_links import FAILURES_PER_ADDRESS, failures
from etl.model.settings_rows import set_setting
from etl.pipeline.meeting import presenting
from tests.asgi import Answer
from tests.dashboard.room.conftest import KEY, OTHER, Room


def _said(answer: Answer) -> str:
    return answer.text.split("<main", 1)[1]


def test_strangers_learn_nothing_about_any_meeting(room: Room) -> None:
    room.step(room.presenter(), "begin")
    observer = room.caller("gast", "observer")
    with room.store.writing() as connection:
        plan = plan_of(connection, OTHER)
        assert plan is not None
        save_plan(connection, replace(plan, invited_at=None), by="amt", now=room.now)
    stranger = room.caller()
    pages = [
        stranger.get(f"/saal/{key}{way}") for key in (KEY, "meeting-00099", "x" * 300) for way in ("", "/mitlesen")
    ]
    pages += [stranger.get(f"/saal/{KEY}/moderation/guessed"), observer.get(f"/saal/{OTHER}/mitlesen")]
    assert {answer.status for answer in pages} == {404}
    assert len({_said(answer) for answer in pages}) == 1, "an answer tells whether there is a meeting"
    for way in ("stand?seit=0", "suche?q=a"):
        assert stranger.get(f"/saal/{KEY}/{way}").body == b"{}"
    assert stranger.post(f"/saal/{KEY}/schritt", {"zu": "next"}).status == 404
    assert room.row.item is None


def test_a_session_that_ended_follows_no_longer(room: Room) -> None:
    wall, member = room.presenter(), room.caller("lena")
    room.step(wall, "begin")
    assert member.get(f"/saal/{KEY}/stand?seit=0").status == 200
    room.now += dt.timedelta(hours=13)
    assert member.get(f"/saal/{KEY}/stand?seit=0").status == 404
    assert wall.post(f"/saal/{KEY}/schritt", {"zu": "next", "von": "0"}).status == 404


def test_a_code_opens_what_is_presented_and_nothing_else(room: Room) -> None:
    wall = room.presenter()
    room.step(wall, "begin")
    follower = room.by_code()
    page = follower.get(f"/mitlesen/{room.row.code.lower()}").text
    assert "Im Dashboard ansehen" not in page
    assert "schritt" not in page
    for way in ("", "/mitlesen", "/stand?seit=0", "/suche?q=a"):
        assert follower.get(f"/saal/{KEY}{way}").status == 404
    for to in ("next", "end", "begin", f"item:{room.items[1]}"):
        assert follower.post(f"/saal/{KEY}/schritt", {"zu": to, "von": "0"}).status == 404
    poll = f"/mitlesen/{room.row.code}/stand"
    assert follower.get(f"{poll}?blick={room.items[1]}").status == 404, "what was not presented yet is hidden"
    assert follower.post(poll, {"zu": "next"}).status == 405
    assert room.row.item is None


@pytest.mark.parametrize("how", ["ended", "closed", "the day after"])
def test_a_code_is_over_with_the_meeting(room: Room, how: str) -> None:
    wall = room.presenter()
    room.step(wall, "begin")
    code, follower = room.row.code, room.by_code()
    poll = f"/mitlesen/{code}/stand?seit=0"
    assert follower.get(poll).status == 200
    if how == "ended":
        room.step(wall, "end")
    elif how == "closed":
        with room.store.writing() as connection:
            plan = plan_of(connection, KEY)
            assert plan is not None
            save_plan(connection, replace(plan, state="closed"), by="amt", now=room.now)
    else:
        with room.store.writing() as connection:
            set_setting(connection, "day", "2026-11-12")
    for answer in (follower.get(poll), follower.get(f"/mitlesen/{code}"), follower.post("/mitlesen", {"code": code})):
        assert answer.status == 404
    with room.store.reading() as connection:
        before = failures(connection, room.now, "192.0.2.7").address
    for _ in range(5):
        follower.get(poll)
    with room.store.reading() as connection:
        assert failures(connection, room.now, "192.0.2.7").address == before, "a device left open is no attack"


def test_guessing_codes_is_held_back_and_those_who_follow_are_not(room: Room) -> None:
    room.step(room.presenter(), "begin")
    follower, guesser = room.by_code(), room.caller()
    ways = ("/mitlesen/{}", "/mitlesen/{}/stand?seit=0")
    for number in range(FAILURES_PER_ADDRESS):
        assert guesser.get(ways[number % 2].format(f"A{number:05d}")).status == 404
    assert room.held == []
    assert guesser.post("/mitlesen", {"code": "BBBBBB"}).status == 404
    assert len(room.held) == 1
    poll = f"/mitlesen/{room.row.code}/stand?seit=0"
    assert follower.get(poll).status == 200
    assert len(room.held) == 1, "whoever has typed the code waits for nobody's guessing"
    follower.get("/mitlesen/CCCCCC")
    assert len(room.held) == 2, "a right code is no way to guess others"
    guesser.cookies["rundertisch_mitlesen", "/mitlesen"] = f"{room.row.code}.{'0' * 64}"
    assert guesser.get(poll).status == 200
    assert len(room.held) == 3, "a made-up cookie opens the fast lane"
    assert room.caller(address="203.0.113.1").get(f"/mitlesen/{room.row.code}").status == 200
    assert len(room.held) == 3, "another address pays for it"
    room.now += dt.timedelta(minutes=6)
    guesser.get("/mitlesen/DDDDDD")
    assert len(room.held) == 3, "it is never forgotten"


def test_what_is_typed_as_a_code_is_read_as_people_write_it(room: Room) -> None:
    room.step(room.presenter(), "begin")
    code = room.row.code
    for text in (code.lower(), f"{code[:3]} {code[3:]}", f" {code[:3]}-{code[3:]} "):
        assert room.caller().post("/mitlesen", {"code": text}).status == 303
    for text in ("", " ", "-", "x" * 1000, "<script>alert(1)</script>", "%00"):
        answer = room.caller(address="203.0.113.5").post("/mitlesen", {"code": text})
        assert answer.status == 404
        assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "none"},
        {"sec_fetch_site": "", "origin": "https://boese.example"},
        {"sec_fetch_site": "", "origin": "null"},
        {"sec_fetch_site": ""},
    ],
)
def test_a_step_from_another_site_is_not_taken(room: Room, headers: dict[str, str]) -> None:
    wall = room.presenter()
    room.step(wall, "begin")
    token = presenting.invite_moderator(room.store, KEY, "Frau Anders", by="amt", now=room.now)
    revision = room.row.revision
    for path in (f"/saal/{KEY}/schritt", f"/saal/{KEY}/moderation/{token}", "/mitlesen"):
        assert wall.post(path, {"zu": "next", "von": "0", "code": room.row.code}, **headers).status == 403
    assert room.row.revision == revision


def test_more_than_a_step_holds_is_refused(room: Room) -> None:
    wall = room.presenter()
    room.step(wall, "begin")
    assert wall.post(f"/saal/{KEY}/schritt", {"zu": "next", "von": "0" * 5000}).status == 403
    assert wall.post(f"/saal/{KEY}/schritt", {str(n): "x" for n in range(50)}).status == 403


def test_pages_bring_headers_that_keep_everything_here(room: Room) -> None:
    wall = room.presenter()
    room.step(wall, "begin")
    for path in (f"/saal/{KEY}", "/mitlesen", f"/mitlesen/{room.row.code}", f"/saal/{KEY}/stand?seit=0"):
        headers = wall.get(path).headers
        assert "script-src 'self'; style-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-frame-options"] == "DENY"
    follower = room.caller()
    answer = follower.post("/mitlesen", {"code": room.row.code})
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "Secure" in answer.headers["set-cookie"]
