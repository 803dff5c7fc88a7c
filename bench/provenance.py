"""A goal's page with „woher?“ under its number, closed and open, against the same page without it."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench.served import server
from bench.viewer import Viewer
from bench.viewers import Measured, beat, cpu_of, free_port, signed_in
from etl.model.state import state_on
from etl.model.store import open_store

VIEWERS = 6
#: Seconds a server is measured at a stretch; the three take turns, so that a busy machine disturbs all alike.
STRETCH = 8.0
TURNS = 3
WARM_UP = 3.0
_EVERY = 1.0
_GOAL = "S2"
_SCRIPTS = {"without": "without_popover.py", "closed": None, "open": "open_popover.py"}


def run() -> str:
    """CPU of the server process per rerun, as ratios to the page without; a line for people."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as servers:
        database = f"sqlite:///{Path(folder) / 'provenance.db'}"
        cookies, goal = signed_in(database, VIEWERS), _goal(database)
        ports = {name: free_port() for name in _SCRIPTS}
        pids = {
            name: servers.enter_context(
                server(database, ports[name], Path(__file__).with_name(script) if script else None)
            )
            for name, script in _SCRIPTS.items()
        }
        rooms = {n: [Viewer(p, c, page="ziele", query=f"ziel={goal}") for c in cookies] for n, p in ports.items()}
        found = asyncio.run(_measured(rooms, pids))
    without, closed, opened = (found[name] for name in _SCRIPTS)
    return (
        f"provenance: a goal's page with its popover costs {closed.milliseconds / without.milliseconds:.2f} x the page "
        f"without, {opened.milliseconds / without.milliseconds:.2f} x with the popover open (CPU of the server, "
        f"{closed.milliseconds:.1f} and {opened.milliseconds:.1f} against {without.milliseconds:.1f} ms; bar 1.2)"
    )


def _goal(database: str) -> str:
    store = open_store(database)
    with store.reading() as connection:
        goals = state_on(connection, kinds=["goal"]).kind("goal").values()
    store.close()
    return next(goal.key for goal in goals if goal.value("id") == _GOAL)


async def _measured(rooms: dict[str, list[Viewer]], pids: dict[str, int]) -> dict[str, Measured]:
    results = {name: Measured() for name in rooms}
    try:
        for name, viewers in rooms.items():
            for viewer in viewers:
                await viewer.open()
            await beat(viewers, WARM_UP, _EVERY)
            assert all((b"woher-" in v.text) is (name != "without") for v in viewers), f"{name}: not the page meant"
        for _ in range(TURNS):
            for name, viewers in rooms.items():
                before = cpu_of(pids[name])
                results[name].taken += await beat(viewers, STRETCH, _EVERY)
                results[name].cpu += cpu_of(pids[name]) - before
    finally:
        for viewer in (viewer for viewers in rooms.values() for viewer in viewers):
            await viewer.close()
    return results
