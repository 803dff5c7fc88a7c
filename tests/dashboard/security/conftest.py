"""A network with contacts nobody shared, on a real server."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from etl.model.state import state_on
from etl.model.store import Store, open_store
from tests.browser import served
from tests.dashboard.networks import a_network, deliver, workbook
from tests.signed_in import a_user

SECRET = "Frau Kellermann"
HEADINGS = ("Maßnahme", "Status", "Beginn", "Ende", "Teilnehmende geplant", "Ansprechpartner")
ROW = ("Sprachcafé", "läuft", dt.date(2026, 9, 1), dt.date(2027, 8, 31), 12, SECRET)


class Network(NamedTuple):
    """``measure`` is Diakonie's, its contact is not shared with anyone; ``deliveries`` are all Diakonie's."""

    address: str
    store: Store
    measure: str
    deliveries: int


@pytest.fixture(scope="package")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('attacked') / 'store.db'}")
    a_network(store)
    number = deliver(store, "Café.xlsx", workbook("Maßnahmen", HEADINGS, ROW), "Diakonie", dt.date(2026, 10, 13))
    with store.reading() as connection:
        state = state_on(connection)
    measure = next(known for known in state.kind("measure").values() if known.value("contact") == SECRET)
    a_user(store, "amt", "coordinator")
    a_user(store, "gast", "observer")
    a_user(store, "gremium", "member")
    a_user(store, "fremd", "partner", partner="partner-99999")
    a_user(store, "diakonie", "partner", partner=measure.partner)
    with served(store.url) as address:
        yield Network(address, store, measure.key, number)
    store.close()
