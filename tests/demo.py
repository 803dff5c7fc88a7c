"""The demo network, imported once per test run by the real importer: all its processes read the same file."""

from __future__ import annotations

import datetime as dt
import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dashboard.commands.demo import fill_demo
from etl.model.store import Store, open_store

DEMO = Path(__file__).resolve().parents[1] / "data" / "demo"
DEMO_DAY = dt.date(2026, 11, 10)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Store]:
    """A store with the whole demo network. Tests must not write into it."""
    base = tmp_path_factory.getbasetemp()
    folder = base if worker_id == "master" else base.parent
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        path = folder / "demo.db"
        if not path.exists():
            _fill(folder / "demo-begun.db", path)
    store = open_store(f"sqlite:///{path}")
    yield store
    store.close()


def _fill(begun: Path, path: Path) -> None:
    """The whole of it or nothing: where filling fails, the next worker begins anew."""
    begun.unlink(missing_ok=True)
    store = open_store(f"sqlite:///{begun}")
    fill_demo(store, DEMO, dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC), lambda file, number, of: None)
    store.close()
    with closing(sqlite3.connect(begun)) as all_of_it:
        all_of_it.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    begun.rename(path)
