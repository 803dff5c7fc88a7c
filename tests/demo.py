"""The demo network, imported once per test session by the real importer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.commands.demo import fill_demo
from etl.model.store import Store, open_store

DEMO = Path(__file__).resolve().parents[1] / "data" / "demo"
DEMO_DAY = dt.date(2026, 11, 10)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the whole demo network. Tests must not write into it."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}")
    fill_demo(store, DEMO, dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC), lambda file, number, of: None)
    yield store
    store.close()
