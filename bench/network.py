"""Every view of the network itself over a large one: CPU of a rerun, once warm, beside a bare page's."""

from __future__ import annotations

import asyncio
import datetime as dt
import statistics
import tempfile
from pathlib import Path

from bench.big_network import COOPERATIONS, MEASURES, PARTNERS, SOURCES, fill
from bench.big_tables import add_tables
from bench.served import server
from bench.viewer import Viewer
from bench.viewers import cpu_of, free_port
from dashboard.shell.session import COOKIE
from etl.model.accounts import add_user
from etl.model.sign_ins import open_session
from etl.model.store import open_store

_HELLO = Path(__file__).with_name("hello.py")
#: (page, query, what the view says) of every view measured.
VIEWS: tuple[tuple[str, str], ...] = (
    ("kooperationen", "ansicht=tisch"),
    ("kooperationen", "ansicht=felder"),
    ("kooperationen", "ansicht=vereinbarungen"),
    ("kooperationen", "ansicht=fehlt"),
    ("sitzung", "gremium=2&ansicht=besetzung"),
    ("ideen", "ansicht=schwerpunkte"),
    ("ideen", "ansicht=schwerpunkte&schwerpunkt=1"),
    ("foerdermittel", ""),
    ("foerdermittel", "ansicht=auslauf"),
    ("foerdermittel", "ansicht=quellen"),
    ("foerdermittel", "ansicht=termine"),
    ("foerdermittel", "ansicht=programme"),
    ("foerdermittel", "ansicht=pruefen"),
)
#: Reruns at a stretch; a view and the bare page take turns, so that a busy machine disturbs both alike.
_STRETCH, _TURNS, _WARM_UP = 10, 3, 3


def run() -> list[str]:
    """One line for people per view, the dearest first."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'network.db'}"
        cookie, ports = _filled(database), (free_port(), free_port())
        with server(database, ports[0]) as dashboard, server(database, ports[1], _HELLO) as bare:
            found = [
                (*asyncio.run(_measured(ports, (dashboard, bare), cookie, page, query)), page, query)
                for page, query in VIEWS
            ]
    size = f"{PARTNERS} partners, {MEASURES} measures, {COOPERATIONS} cooperations, {SOURCES} sources"
    return [
        f"network: {page}{'?' if query else ''}{query} costs {ours / theirs:.2f} x the CPU of a bare page's rerun "
        f"({ours:.1f} against {theirs:.1f} ms; {size}; bar 5)"
        for ours, theirs, page, query in sorted(found, key=lambda view: -view[0] / view[1])
    ]


def _filled(database: str) -> str:
    store, now = open_store(database), dt.datetime.now(dt.UTC)
    fill(store)
    add_tables(store, now)
    with store.writing() as connection:
        add_user(
            connection, "office", "nobody-signs-in-here", display_name="Office", role="coordinator", partner=None,
            language="de", now=now,
        )  # fmt: skip
        session = open_session(connection, "office", now)
    store.close()
    return f"{COOKIE}={session}"


async def _measured(
    ports: tuple[int, int], pids: tuple[int, int], cookie: str, page: str, query: str
) -> tuple[float, float]:
    """Milliseconds of CPU a rerun of the view takes, and one of the bare page beside it."""
    viewers = Viewer(ports[0], cookie, page=page, query=query), Viewer(ports[1], cookie)
    taken: tuple[list[float], list[float]] = [], []
    try:
        for viewer in viewers:
            await viewer.open()
            for _ in range(_WARM_UP):
                await viewer.rerun()
        assert b"rt-error" not in viewers[0].text, f"{page}?{query} shows an error"
        for _ in range(_TURNS):
            for viewer, pid, times in zip(viewers, pids, taken, strict=True):
                before = cpu_of(pid)
                for _ in range(_STRETCH):
                    await viewer.rerun()
                times.append((cpu_of(pid) - before) / _STRETCH * 1000)
    finally:
        for viewer in viewers:
            await viewer.close()
    return statistics.median(taken[0]), statistics.median(taken[1])


if __name__ == "__main__":
    for line in run():
        print(line)
