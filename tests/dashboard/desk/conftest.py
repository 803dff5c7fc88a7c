"""A meeting that runs, its recorder's desk and the devices that follow, on stores of both engines."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.applications import Starlette

from dashboard.shell.room import RoomPages
from dashboard.shell.room_desk import DeskPages
from dashboard.shell.room_voice import VoicePages
from dashboard.shell.session import COOKIE
from etl.model.bodies import save_body, save_member
from etl.model.meetings import save_item, save_plan, set_meeting_role
from etl.model.presenting import presentation_of
from etl.model.settings_rows import set_setting
from etl.model.sign_ins import open_session
from etl.model.store import Store
from etl.pipeline.catalogue import add_record
from etl.pipeline.enter import enter
from etl.pipeline.meeting.presenting import begin, step
from etl.rules.meeting import Body, Item, Member, Plan
from tests.asgi import Answer, Caller
from tests.signed_in import a_user

DAY = dt.date(2026, 11, 10)
NOW = dt.datetime(2026, 11, 10, 13, tzinfo=dt.UTC)


@dataclass
class Meeting:
    """``items``: numbers of the agenda; ``members``: numbers of those who may be present."""

    store: Store
    key: str
    items: list[int]
    vhs: str
    job: str
    goal: str
    waiting: str
    members: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        given: dict[str, Any] = {"store": lambda: self.store, "now": lambda: NOW}
        pages = [DeskPages(**given), VoicePages(**given), RoomPages(**given)]
        self.app = Starlette(routes=[route for one in pages for route in one.routes()])
        self.at = f"/saal/{self.key}/protokoll"

    @property
    def code(self) -> str:
        with self.store.reading() as connection:
            row = presentation_of(connection, self.key)
        return str(row.code) if row is not None else ""

    def caller(self, username: str | None = None, role: str = "member") -> Caller:
        caller = Caller(self.app)
        if username:
            a_user(self.store, username, role)
            with self.store.writing() as connection:
                caller.cookies[COOKIE, "/"] = str(open_session(connection, username, NOW))
        return caller

    def recorder(self, name: str = "ben") -> Caller:
        with self.store.writing() as connection:
            set_meeting_role(connection, self.key, name, "recorder", holds=True)
        return self.caller(name)

    def by_code(self) -> Caller:
        caller = self.caller()
        assert caller.post("/mitlesen", {"code": self.code}).status == 303
        return caller

    def save(self, caller: Caller, said: dict[str, Any], name: str = "form-0001", **other: str) -> dict[str, Any]:
        fields = {"name": name, "kind": "agreement", "item": str(self.items[0]), "said": json.dumps(said)} | other
        return told(caller.post(f"{self.at}/ergebnis", fields))

    def said(self, **other: Any) -> dict[str, Any]:
        who = [{"partner": self.vhs, "stance": "promised"}]
        return {"text": "Zweiter Abendkurs B1", "who": who, "due": "2027-02-01", "goals": [self.goal]} | other


def told(answer: Answer) -> dict[str, Any]:
    assert answer.status == 200, answer.text
    found: dict[str, Any] = json.loads(answer.body)
    return found


@pytest.fixture
def meeting(store: Store) -> Meeting:
    return a_meeting(store)


def a_meeting(store: Store) -> Meeting:
    """Two items, the first of them on the wall."""
    stated: dict[str, Any] = {"day": DAY, "person": "Amt", "reason": "Katalog", "now": NOW - dt.timedelta(days=1)}
    vhs, job = (enter(store, "partner", {"name": n}, **stated).key for n in ("VHS", "Jobcenter"))
    goal = add_record(store, "goal", {"title": "Mehr Deutsch", "id": "S2"}, **stated).key
    waits = {"text": "Abendkurs aus Restmitteln?", "status": "to_decide", "due": "2027-03-01", "due_precision": "day"}
    waiting = enter(store, "decision", waits, **stated).key
    key = enter(store, "meeting", {"title": "7. Sitzung", "date": DAY.isoformat()}, **stated).key
    by: dict[str, Any] = {"by": "Amt", "now": NOW}
    with store.writing() as connection:
        set_setting(connection, "day", DAY.isoformat())
        body = save_body(connection, Body(0, "Steuerungsgruppe", "steering_group", may_decide=True), **by)
        plan = Plan(key, body.id, DAY, "invited", starts_at=NOW, invited_at=NOW - dt.timedelta(days=21))
        save_plan(connection, plan, **by)
        items = [
            Item(0, key, 0, "goal", "S2 Mehr Deutsch", (goal,), proposal="Vereinbaren, wer was tut.", temperature=True),
            Item(0, key, 0, "decision", "Abendkurs", (waiting, goal), reports=(vhs,)),
        ]
        numbers = [save_item(connection, item, **by) for item in items]
        people = [Member(0, body.id, "Marie Geheim", vhs, decides=True), Member(0, body.id, "Jo Diskret", job)]
        members = [save_member(connection, one, **by) for one in people]
    begin(store, key, by="Amt", now=NOW)
    step(store, key, f"item:{numbers[0]}", seen="", by="Amt", now=NOW)
    return Meeting(store, key, numbers, vhs, job, goal, waiting, members)
