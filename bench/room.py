"""25 devices follow a meeting, each asking every second: CPU a poll against a bare page's rerun, and how soon a step of
the presenter is on their screens. Half of them are signed in, half follow by the code on the wall."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.served import server
from bench.viewer import Viewer
from bench.viewers import STRETCH, TURNS, VIEWERS, WARM_UP, Measured, beat, cpu_of, free_port, signed_in
from dashboard.shell.session import COOKIE
from etl.model.meetings import plans
from etl.model.presenting import presentation_of
from etl.model.sign_ins import open_session
from etl.model.store import open_store
from etl.pipeline.meeting.presenting import begin

EVERY = 1.0
#: Seconds between two steps of the presenter; a meeting has one in ten minutes.
STEP = 4.0
_HELLO = Path(__file__).with_name("hello.py")
_CPU_BAR, _FOLLOW_BAR = 2.0, 1.5


@dataclass
class Device:
    """Asks as the page's script does: every second, with the stand it has."""

    port: int
    path: str
    cookie: str = ""
    stand: str = "0"
    slide: str = ""
    place: str = "0"
    #: Stand -> when it was here.
    came: dict[str, float] = field(default_factory=dict)
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, method: str, path: str, body: str = "") -> dict[str, str]:
        """One request over a connection that is kept; the server closes one that was silent for some seconds."""
        if self._streams is None or self._streams[0].at_eof():
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._streams
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nSec-Fetch-Site: same-origin\r\n"
        head += f"Cookie: {self.cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())
        answer = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        assert " 200 " in answer.splitlines()[0], answer
        length = next(line for line in answer.splitlines() if line.startswith("content-length:"))
        return dict(json.loads(await reader.readexactly(int(length.split(":")[1]))))

    async def ask(self) -> float:
        """Seconds an answer took; a new slide is kept."""
        start = time.monotonic()
        told = await self.send("GET", f"{self.path}?seit={self.stand}")
        if "slide" in told:
            self.stand, self.slide = told["stand"], told["slide"]
            self.came[self.stand] = time.monotonic()
        return time.monotonic() - start

    async def beat(self, every: float, first: float, until: float) -> list[float]:
        """As ``Viewer.beat``; the next question comes a beat after the answer, as in the browser."""
        taken, due = [], first
        while due < until:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            taken.append(await self.ask())
            due = time.monotonic() + every
        return taken

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()


def run() -> str:
    """A line for people: the ratio and the seconds."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'room.db'}"
        cookies = signed_in(database)
        meeting, code, presenter = _begun(database)
        ports = free_port(), free_port()
        with server(database, ports[0]) as dashboard, server(database, ports[1], _HELLO) as bare:
            devices = [Device(ports[0], *_way(number, cookies[number], meeting, code)) for number in range(VIEWERS)]
            wall = Device(ports[0], f"/saal/{meeting}/stand", presenter)
            viewers = [Viewer(ports[1], cookie) for cookie in cookies]
            polls, hello, followed = asyncio.run(_measured(devices, wall, viewers, (dashboard, bare)))
    p95 = statistics.quantiles(followed, n=20)[-1]
    ratio = polls.milliseconds / hello.milliseconds
    return (
        f"room: {VIEWERS} devices asking every {EVERY:.0f} s cost {ratio:.2f} x the CPU of a bare page's rerun "
        f"({polls.milliseconds:.1f} against {hello.milliseconds:.1f} ms; bar {_CPU_BAR:.0f} x; "
        f"{len(polls.taken)} polls, p95 {polls.p95:.0f} ms); a step is on their screens after {p95:.2f} s p95 "
        f"(bar {_FOLLOW_BAR} s; median {statistics.median(followed):.2f} s, {len(followed)} times)"
    )


def _begun(database: str) -> tuple[str, str, str]:
    """The demo's meeting is presented: its key, the code, and the presenter's cookie."""
    store, now = open_store(database), dt.datetime.now(dt.UTC)
    with store.writing() as connection:
        meeting = next(key for key, plan in plans(connection).items() if plan.state == "invited")
        session = open_session(connection, "koordination", now)
    begin(store, meeting, by="bench", now=now.replace(year=2026, month=11, day=10))
    with store.reading() as connection:
        row = presentation_of(connection, meeting)
    store.close()
    assert row is not None, "a meeting that was begun is presented"
    return meeting, row.code, f"{COOKIE}={session}"


def _way(number: int, cookie: str, meeting: str, code: str) -> tuple[str, str]:
    return (f"/saal/{meeting}/stand", cookie) if number % 2 else (f"/mitlesen/{code}/stand", "")


async def _measured(
    devices: list[Device], wall: Device, viewers: list[Viewer], pids: tuple[int, int]
) -> tuple[Measured, Measured, list[float]]:
    polls, hello = Measured(), Measured()
    steps: dict[str, float] = {}
    try:
        for viewer in viewers:
            await viewer.open()
        await beat(viewers, WARM_UP)
        await _follow(devices, WARM_UP)
        assert all("opening" in device.slide for device in devices), "the devices do not see the wall"
        for _ in range(TURNS):
            before = cpu_of(pids[0])
            polls.taken += await _follow(devices, STRETCH, _presenting(wall, steps))
            polls.cpu += cpu_of(pids[0]) - before
            before = cpu_of(pids[1])
            hello.taken += await beat(viewers, STRETCH)
            hello.cpu += cpu_of(pids[1]) - before
    finally:
        for viewer in viewers:
            await viewer.close()
        for device in (*devices, wall):
            device.close()
    followed = [device.came[stand] - at for stand, at in steps.items() for device in devices if stand in device.came]
    assert len(followed) > len(steps) * (VIEWERS - 2), "steps did not arrive"
    return polls, hello, followed


async def _follow(devices: list[Device], seconds: float, presenting: asyncio.Future[None] | None = None) -> list[float]:
    start = time.monotonic() + 0.05
    beats = (d.beat(EVERY, start + EVERY * n / len(devices), start + seconds) for n, d in enumerate(devices))
    taken = [one for found in await asyncio.gather(*beats) for one in found]
    if presenting is not None:
        await presenting
    return taken


def _presenting(wall: Device, steps: dict[str, float]) -> asyncio.Future[None]:
    """A step every few seconds; when each was pressed, by the stand it made."""

    async def work() -> None:
        for number in range(int(STRETCH / STEP) - 1):
            await asyncio.sleep(STEP * 0.7 if number == 0 else STEP)
            place, start = wall.place, time.monotonic()
            told = await wall.send("POST", wall.path.replace("stand", "schritt"), f"zu=next&von={place}")
            wall.place = told["place"]
            steps[told["stand"]] = start

    return asyncio.ensure_future(work())


if __name__ == "__main__":
    print(run())
