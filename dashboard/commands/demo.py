"""``demo``: the demo network through the real importer, in a database file of its own."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path

from dashboard.commands.demo_ideas import add_ideas
from dashboard.commands.demo_meetings import add_meetings
from dashboard.commands.demo_programmes import add_programmes
from dashboard.commands.demo_relations import add_relations
from etl.model.accounts import add_user, find_user
from etl.model.deliveries import add_round, all_deliveries, rounds
from etl.model.settings_rows import set_setting, setting
from etl.model.store import Store, open_store, raise_version
from etl.pipeline import accept_delivery, preview_delivery
from etl.pipeline.network import network_in
from etl.pipeline.preview import IMPORTER_VERSION
from etl.pipeline.senders import named_sender
from etl.settings import data_folder
from etl.vocabulary import load_vocabulary

#: Everybody's password in the demo network. It protects nothing: the demo stays on this machine, its data are invented.
DEMO_PASSWORD = "runder-tisch-2026"


def demo_store(now: dt.datetime, tell: Callable[[str, int, int], None], folder: Path | None = None) -> Store:
    """Open the demo's own database, building it from ``data/demo`` where it is not there or the files changed.

    ``tell(file, number, of)`` is called before each file. Returns the open store.
    """
    folder = folder or data_folder() / "demo"
    path = data_folder() / "store" / "demo.db"
    version = _version_of(folder)
    if path.exists():
        store = open_store(f"sqlite:///{path}")
        with store.reading() as connection:
            if setting(connection, "demo_version") == version:
                return store
        store.close()
        for leftover in (path, path.with_name("demo.db-wal"), path.with_name("demo.db-shm")):
            leftover.unlink(missing_ok=True)
    store = open_store(f"sqlite:///{path}")
    fill_demo(store, folder, now, tell)
    with store.writing() as connection:
        set_setting(connection, "demo_version", version)
    return store


def fill_demo(store: Store, folder: Path, now: dt.datetime, tell: Callable[[str, int, int], None]) -> None:
    """Import the demo network into an empty store: settings, rounds, deliveries in their order, users, bodies and the
    planned meeting."""
    with store.writing() as connection:
        assert not all_deliveries(connection, with_undone=True), (
            "the demo never goes into a store with other deliveries"
        )
        for row in _rows(folder / "network.csv"):
            set_setting(connection, row["key"], row["value"])
        set_setting(connection, "demo", "yes")
        if not rounds(connection):
            for row in _rows(folder / "rounds.csv"):
                add_round(connection, row["name"], _day(row["day"]), _day(row["deadline"]))
        raise_version(connection)
    deliveries = _rows(folder / "deliveries.csv")
    for number, row in enumerate(deliveries, 1):
        tell(row["file"], number, len(deliveries))
        _deliver(store, folder, row)
    _add_users(store, folder, now)
    add_programmes(store, folder)
    add_relations(store, folder)
    add_meetings(store, folder)
    add_ideas(store, folder)


def _deliver(store: Store, folder: Path, row: dict[str, str]) -> None:
    path = folder / row["file"]
    received = dt.datetime.fromisoformat(row["received"])
    received = received if received.tzinfo else received.replace(tzinfo=dt.UTC)
    preview = preview_delivery(
        store,
        path.read_bytes(),
        path.name,
        partner=row["partner"],
        day=_day(row["day"]) if row.get("day") else None,
        now=received,
        received_at=received,
    )
    accept_delivery(store, preview, now=received)


def _add_users(store: Store, folder: Path, now: dt.datetime) -> None:
    with store.writing() as connection:
        network = network_in(connection)
        for row in _rows(folder / "users.csv"):
            if find_user(connection, row["username"]) is None:
                partner = named_sender(row["partner"], network).key if row.get("partner") else None
                add_user(
                    connection,
                    row["username"],
                    DEMO_PASSWORD,
                    display_name=row["name"],
                    role=row["role"],
                    partner=partner,
                    language=row.get("language") or "de",
                    now=now,
                )


def demo_sign_ins(folder: Path | None = None) -> list[tuple[str, str, str]]:
    """(user name, password, role) of everyone in the demo."""
    rows = _rows((folder or data_folder() / "demo") / "users.csv")
    return [(row["username"], DEMO_PASSWORD, row["role"]) for row in rows]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle, delimiter=";"))


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _version_of(folder: Path) -> str:
    """Changes with any file of the demo and with the way files are read."""
    digest = hashlib.sha256()
    digest.update(f"{IMPORTER_VERSION} {load_vocabulary().version}".encode())
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]
