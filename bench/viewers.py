"""25 viewers that rerun the Überblick every two seconds, beside a bare page behind the same wrapper and settings."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import socket
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.served import PROJECT, server
from bench.viewer import Viewer
from dashboard.commands.demo import fill_demo
from dashboard.shell.session import COOKIE
from etl.model.sign_ins import open_session
from etl.model.store import open_store

VIEWERS = 25
EVERY = 2.0
#: Seconds a server is measured at a stretch; the two take turns, so that a busy machine disturbs both alike.
STRETCH = 12.0
TURNS = 4
WARM_UP = 6.0
_USER = "steuerung"
_HELLO = Path(__file__).with_name("hello.py")


@dataclass
class Measured:
    """What one server cost: CPU seconds of its process, and the seconds each rerun took its viewer."""

    cpu: float = 0.0
    taken: list[float] = field(default_factory=list)

    @property
    def milliseconds(self) -> float:
        return self.cpu / len(self.taken) * 1000

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.taken, n=20)[-1] * 1000


def run() -> str:
    """CPU of the server process per rerun, as a ratio to the bare page's; a line for people."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'viewers.db'}"
        cookies = signed_in(database)
        ports = free_port(), free_port()
        with server(database, ports[0]) as dashboard, server(database, ports[1], _HELLO) as bare:
            overview, hello = asyncio.run(_measured(ports, (dashboard, bare), cookies))
    return (
        f"viewers: {VIEWERS} viewers rerunning the Überblick every {EVERY:.0f} s cost "
        f"{overview.milliseconds / hello.milliseconds:.2f} x the CPU of a bare page "
        f"({overview.milliseconds:.1f} against {hello.milliseconds:.1f} ms a rerun; "
        f"p95 {overview.p95:.0f} against {hello.p95:.0f} ms; {len(overview.taken)} and {len(hello.taken)} reruns)"
    )


def signed_in(database: str, number: int = VIEWERS, user: str = _USER) -> list[str]:
    """The demo network in a new store, and a session for each viewer."""
    store, now = open_store(database), dt.datetime.now(dt.UTC)
    fill_demo(store, PROJECT / "data" / "demo", now, lambda file, number, of: None)
    with store.writing() as connection:
        sessions = [open_session(connection, user, now) for _ in range(number)]
    store.close()
    return [f"{COOKIE}={session}" for session in sessions]


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _measured(ports: tuple[int, int], pids: tuple[int, int], cookies: list[str]) -> tuple[Measured, Measured]:
    rooms = [[Viewer(port, cookie) for cookie in cookies] for port in ports]
    results = Measured(), Measured()
    try:
        for viewers in rooms:
            for viewer in viewers:
                await viewer.open()
            await beat(viewers, WARM_UP)
        assert all(b"rt-ov" in viewer.text for viewer in rooms[0]), "the viewers did not see the Überblick"
        for _ in range(TURNS):
            for viewers, pid, result in zip(rooms, pids, results, strict=True):
                before = cpu_of(pid)
                result.taken += await beat(viewers, STRETCH)
                result.cpu += cpu_of(pid) - before
    finally:
        for viewer in (viewer for viewers in rooms for viewer in viewers):
            await viewer.close()
    return results


async def beat(viewers: list[Viewer], seconds: float, every: float = EVERY) -> list[float]:
    """All viewers for so long, their beats spread evenly; the seconds each rerun took."""
    start = time.monotonic() + 0.05
    beats = (
        viewer.beat(every, start + every * number / len(viewers), start + seconds)
        for number, viewer in enumerate(viewers)
    )
    return [taken for beat in await asyncio.gather(*beats) for taken in beat]


def cpu_of(pid: int) -> float:
    """CPU seconds of a process so far, user and system, from Linux's /proc."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
