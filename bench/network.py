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
from etl.wording import say

_HELLO = Path(__file__).with_name("hello.py")
#: Page -> its views.
VIEWS: dict[str, tuple[str, ...]] = {
    "kooperationen": ("tisch", "felder", "ziele", "vereinbarungen", "fragil", "fehlt", "kontakte"),
    "zustaendigkeiten": ("fragen", "fragen&frage=Wohnungssuche", "matrix", "papier", "offen", "schritte"),
    "massnahmen": ("liste", "aehnlich", "luecken", "angebote", "angebote&sicht=anbieter"),
    "foerdermittel": ("verlauf", "auslauf", "quellen", "termine", "programme", "pruefen"),
    "ideen": ("sammlung", "bewertung", "ergebnis", "schwerpunkte"),
    "sitzung": ("besetzung&gremium=2",),
}
#: Reruns at a stretch; a view and the bare page take turns, so that a busy machine disturbs both alike.
_STRETCH, _TURNS, _WARM_UP = 20, 3, 3


def run() -> list[str]:
    """One line for people per view, the dearest first."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'network.db'}"
        cookie, ports = _filled(database), (free_port(), free_port())
        with server(database, ports[0]) as dashboard, server(database, ports[1], _HELLO) as bare:
            found = [
                (*asyncio.run(_measured(ports, (dashboard, bare), cookie, page, view)), page, view)
                for page, views in VIEWS.items()
                for view in views
            ]
    size = f"{PARTNERS} partners, {MEASURES} measures, {COOPERATIONS} cooperations, {SOURCES} sources"
    return [
        f"network: {page}, {view}, costs {ours / theirs:.2f} x the CPU of a bare page's rerun "
        f"({ours:.1f} against {theirs:.1f} ms; {size}; bar 5)"
        for ours, theirs, page, view in sorted(found, key=lambda one: -one[0] / one[1])
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
    ports: tuple[int, int], pids: tuple[int, int], cookie: str, page: str, view: str
) -> tuple[float, float]:
    """Milliseconds of CPU a rerun of the view takes, and one of the bare page beside it."""
    viewers = Viewer(ports[0], cookie, page=page, query=f"ansicht={view}"), Viewer(ports[1], cookie)
    taken: tuple[list[float], list[float]] = [], []
    try:
        for viewer in viewers:
            await viewer.open()
            for _ in range(_WARM_UP):
                await viewer.rerun()
        assert say("de", "trouble.headline").encode() not in viewers[0].text, f"{page}, {view}, could not be shown"
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
