"""A network of two partners and the pages behind links, on real stores of both engines and with a clock that is set."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.applications import Starlette

from dashboard.shell.link import LinkPages
from etl.model.deliveries import add_round
from etl.model.report_links import add_link
from etl.model.settings_rows import set_setting
from etl.model.state import Known, state_on
from etl.model.store import Store
from tests.asgi import Caller
from tests.dashboard.networks import DAY, deliver, workbook

ROUND = "Herbst 2026"
HEADINGS = ("Maßnahme", "Status", "Beginn", "Ende", "Teilnehmende geplant", "Teilnehmende erreicht", "Ansprechpartner")
MEASURES = (
    ("Mietlotsen", "läuft", dt.date(2026, 9, 1), dt.date(2027, 8, 31), 40, 12, "Frau Kellermann"),
    ("Sprachcafé", "läuft", dt.date(2026, 1, 1), dt.date(2027, 8, 31), 20, 18, None),
    ("Sprachcafé", "geplant", dt.date(2027, 1, 1), dt.date(2027, 8, 31), 20, None, None),
)


@dataclass
class Network:
    """``day`` and ``now`` are what the pages take for today; ``held`` counts the answers that were held back."""

    store: Store
    day: dt.date = DAY
    now: dt.datetime = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
    held: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        async def wait(seconds: float) -> None:
            self.held.append(seconds)

        pages = LinkPages(store=lambda: self.store, now=lambda: self.now, wait=wait)
        self.app = Starlette(routes=pages.routes())

    def link(self, partner: str = "Diakonie", **given: Any) -> str:
        """The address behind a new link."""
        told = {"round_name": ROUND, "person": "Frau Kaya", "way": "link", "one_device": False}
        told |= {"last_day": DAY, "by": "amt", "now": self.now} | given
        with self.store.writing() as connection:
            _, token = add_link(connection, self.partner(partner), **told)
        return f"/melden/{token}"

    def caller(self, address: str = "192.0.2.7") -> Caller:
        return Caller(self.app, address)

    def partner(self, name: str) -> str:
        with self.store.reading() as connection:
            partners = state_on(connection, kinds=["partner"]).kind("partner")
        return next(key for key, known in partners.items() if known.value("name") == name)

    def measures(self, partner: str = "Diakonie") -> list[Known]:
        with self.store.reading() as connection:
            found = state_on(connection, self.day).kind("measure").values()
        key = self.partner(partner)
        return sorted((known for known in found if known.partner == key), key=lambda known: known.key)


@pytest.fixture
def network(store: Store) -> Network:
    with store.writing() as connection:
        set_setting(connection, "day", DAY.isoformat())
        set_setting(connection, "name", "Netz & Werk")
        add_round(connection, ROUND, DAY, dt.date(2026, 11, 20))
    deliver(store, "Liste.xlsx", workbook("Maßnahmen", HEADINGS, *MEASURES), "Diakonie", dt.date(2026, 10, 12))
    other = ("Rechtsberatung", "läuft", dt.date(2026, 9, 1), dt.date(2027, 8, 31), 40, 12, "Herr Geheim")
    deliver(store, "Caritas.xlsx", workbook("Maßnahmen", HEADINGS, other), "Caritas", dt.date(2026, 10, 12))
    return Network(store)
