"""Opening the store and its two kinds of transaction: reading and writing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text

from etl.model.migrate import migrate

__all__ = ["Connection", "Store", "StoreIsReadOnly", "open_store", "raise_version", "version_in"]


_written: Counter[str] = Counter()


class StoreIsReadOnly(PermissionError):
    """Somebody who looks at an earlier day asked to change something."""


@dataclass(frozen=True)
class Store:
    """An open store. Two stores are equal when they are the same database."""

    url: str = field(repr=False)  # it may hold a password
    engine: Engine
    only_reads: bool = False

    def read_only(self) -> Store:
        """The same store for somebody who may change nothing: ``writing`` raises ``StoreIsReadOnly``."""
        return replace(self, only_reads=True)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Store) and other.url == self.url

    def __hash__(self) -> int:
        return hash(self.url)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent look at the store; nothing written in it is kept."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that holds the write lock from its start: all of it is stored, or nothing."""
        if self.only_reads:
            raise StoreIsReadOnly
        with self.engine.connect().execution_options(rt_writing=True) as connection, connection.begin():
            self._lock(connection)
            yield connection
        _written[self.url] += 1

    @contextmanager
    def erasing(self) -> Iterator[Connection]:
        """As ``writing``; on SQLite nothing of what is overwritten stays behind in the file or in its log."""
        sqlite = self.engine.dialect.name == "sqlite"
        with self.writing() as connection:
            if sqlite:
                connection.exec_driver_sql("PRAGMA secure_delete=ON")
            yield connection
        if sqlite:
            raw = self.engine.raw_connection()
            try:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                raw.close()

    @contextmanager
    def trying(self) -> Iterator[Connection]:
        """As ``writing``, to see what would come of it: nothing of it is kept."""
        with self.engine.connect().execution_options(rt_writing=True) as connection:
            transaction = connection.begin()
            try:
                self._lock(connection)
                yield connection
            finally:
                transaction.rollback()

    def within(self, connection: Connection) -> Store:
        """The store as this transaction sees it, with what it has written so far; only for reading."""
        return _Within(self.url, self.engine, only_reads=True, connection=connection)

    def _lock(self, connection: Connection) -> None:
        """On SQLite the transaction itself begins with the lock."""
        if self.engine.dialect.name == "postgresql":
            connection.execute(text("SELECT version FROM store_version WHERE id = 1 FOR UPDATE"))

    def version(self) -> int:
        """Raised by every change of facts or decisions, not by sign-ins."""
        with self.reading() as connection:
            return version_in(connection)

    @property
    def writes(self) -> int:
        """How often this process has written anything: for what is kept beside instants that tell of other processes'
        writing, as a network with a day of its own (the demo) lives through the same hours again."""
        return _written[self.url]

    def close(self) -> None:
        self.engine.dispose()


@dataclass(frozen=True, eq=False)
class _Within(Store):
    connection: Connection = field(repr=False, kw_only=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        yield self.connection


def open_store(url: str) -> Store:
    """Open the store at a database URL and bring its tables up to date (creating them where there are none)."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            _create_private(Path(parsed.database))
        engine = create_engine(url, connect_args={"timeout": 30}, **_JSON)
        _prepare_sqlite(engine)
    else:
        if parsed.drivername in {"postgresql", "postgres"}:
            url = parsed.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        engine = create_engine(url, pool_pre_ping=True, **_JSON)
    migrate(engine)
    return Store(url, engine)


def _create_private(path: Path) -> None:
    """A new database holds contacts and whole files: its owner alone may read it (SQLite's own files beside it too)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)


def _json(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()


_JSON: dict[str, Any] = {"json_serializer": _json, "json_deserializer": orjson.loads}


def version_in(connection: Connection) -> int:
    """The store's version as this transaction sees it."""
    return int(connection.exec_driver_sql("SELECT version FROM store_version WHERE id = 1").scalar_one())


def versions_in(connection: Connection) -> tuple[int, int]:
    """The store's version, and how often something was taken back up to it."""
    version, undone = connection.exec_driver_sql("SELECT version, undone FROM store_version WHERE id = 1").one()
    return int(version), int(undone)


def raise_version(connection: Connection, *, undone: bool = False) -> None:
    """Facts or decisions changed; ``undone``: some were taken back."""
    sql = "UPDATE store_version SET version = version + 1, undone = undone + {} WHERE id = 1"
    connection.exec_driver_sql(sql.format(int(undone)))


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connect(raw: Any, _record: Any) -> None:
        raw.isolation_level = None  # transactions are begun below, so that a writer holds the lock from its start
        cursor = raw.cursor()
        cursor.execute("PRAGMA page_size=8192")  # of a new database: a statement has about 1 KB, a file 100
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA busy_timeout=30000")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("rt_writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
