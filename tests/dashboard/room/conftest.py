"""A meeting of a small network and the pages of its room, on stores of both engines and with a clock that is set."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.applications import Starlette

from dashboard.shell.room import RoomPages
from dashboard.shell.session import COOKIE
from etl.model.bodies import save_body
from etl.model.meetings import save_item, save_plan
from etl.model.presenting import presentation_of
from etl.model.settings_rows import set_setting
from etl.model.sign_ins import open_session
from etl.model.state import state_on
from etl.model.store import Store
from etl.rules.meeting import Body, Item, Plan
from tests.asgi import Answer, Caller
from tests.dashboard.networks import DAY, deliver, workbook
from tests.signed_in import a_user

KEY = "meeting-00001"
OTHER = "meeting-00002"
HEADINGS = ("Maßnahme", "Status", "Beginn", "Ende", "Teilnehmende geplant", "Teilnehmende erreicht", "Ansprechpartner")
_TAGS = re.compile(r"<[^>]+>")


def words(html: str) -> str:
    """What a reader sees of a slide."""
    return " ".join(_TAGS.sub(" ", html).replace("\u00a0", " ").split())


@dataclass
class Room:
    """``now`` is what the pages take for the clock; ``held`` counts the answers that were held back."""

    store: Store
    items: list[int]
    now: dt.datetime = dt.datetime(2026, 11, 10, 13, tzinfo=dt.UTC)
    held: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        async def wait(seconds: float) -> None:
            self.held.append(seconds)

        pages = RoomPages(store=lambda: self.store, now=lambda: self.now, wait=wait)
        self.app = Starlette(routes=pages.routes())

    @property
    def row(self) -> Any:
        with self.store.reading() as connection:
            return presentation_of(connection, KEY)

    def caller(self, username: str | None = None, role: str = "member", address: str = "192.0.2.7") -> Caller:
        caller = Caller(self.app, address)
        if username:
            a_user(self.store, username, role)
            with self.store.writing() as connection:
                caller.cookies[COOKIE, "/"] = str(open_session(connection, username, self.now))
        return caller

    def presenter(self) -> Caller:
        return self.caller("amt", "coordinator")

    def step(self, caller: Caller, to: str, von: str = "0") -> dict[str, Any]:
        answer = caller.post(f"/saal/{KEY}/schritt", {"zu": to, "von": von})
        assert answer.status == 200, answer.text
        return told(answer)

    def by_code(self) -> Caller:
        caller = self.caller()
        assert caller.post("/mitlesen", {"code": self.row.code}).status == 303
        return caller


def told(answer: Answer) -> dict[str, Any]:
    return dict(json.loads(answer.body))


@pytest.fixture
def room(store: Store) -> Room:
    rows = (
        ("Mietlotsen", "läuft", dt.date(2026, 9, 1), dt.date(2027, 8, 31), 40, 12, "Frau Kellermann"),
        ("Sprach & <b>Café</b>", "läuft", dt.date(2026, 1, 1), dt.date(2027, 8, 31), 20, 18, "Herr Geheim"),
    )
    deliver(store, "Liste.xlsx", workbook("Maßnahmen", HEADINGS, *rows), "Diakonie", dt.date(2026, 10, 12))
    with store.reading() as connection:
        keys = sorted(state_on(connection, kinds=["measure"]).kind("measure"))
    now = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    with store.writing() as connection:
        set_setting(connection, "day", DAY.isoformat())
        set_setting(connection, "name", "Netz & Werk")
        body = save_body(connection, Body(0, "Steuerungsgruppe", "steering_group"), by="amt", now=now)
        starts = dt.datetime(2026, 11, 10, 13, tzinfo=dt.UTC)
        for key in (KEY, OTHER):
            plan = Plan(key, body.id, DAY, "invited", starts, invited_at=now, editorial_deadline=dt.date(2026, 11, 3))
            save_plan(connection, plan, by="amt", now=now)
        given = {"by": "amt", "now": now}
        about = [Item(0, KEY, 0, "own", "Erster <i>Punkt</i>"), Item(0, KEY, 0, "own", "Mietlotsen", (keys[0],))]
        about.append(Item(0, KEY, 0, "decision", "Was weg ist?", ("decision-00099",), proposal="Wir tun es."))
        items = [save_item(connection, item, **given) for item in about]  # type: ignore[arg-type]
        save_item(connection, Item(0, OTHER, 0, "own", "Anderswo"), **given)  # type: ignore[arg-type]
    return Room(store, items)
