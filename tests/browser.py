"""A real server and a real browser, for what an AppTest cannot see: cookies, scripts, requests, headers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO

import pytest

PROJECT = Path(__file__).resolve().parents[1]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # one process renders whatever is opened; a new one for each page reads Streamlit's scripts anew
    "--disable-site-isolation-trials",
    "--process-per-site",
]


def chromium() -> str:
    """The path of a Chromium; skips the test with its reason where there is none."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("no Chromium found: install Debian's chromium or set CHROMIUM", allow_module_level=True)
    return found


def free_port() -> int:
    """The first free port of those this process asks for: a browser that has read Streamlit's scripts from an address
    need not read them again when the next server has it."""
    first = 20_000 + os.getpid() % 600 * 20
    for port in range(first, first + 20):
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(database: str, pages: Path | None = None, *, fresh: bool = False) -> Iterator[str]:
    """The dashboard on a free port of this machine; yields its address. ``pages`` replaces the real pages; a ``fresh``
    server has read nothing yet (see ``tests/served.py``)."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.NamedTemporaryFile("r", encoding="utf-8", prefix="rt-served-") as said:
        server = _started(fresh, database, port, str(pages or ""), said.name)
        try:
            _wait_for(address, server, said)
            yield address
        finally:
            _end(server)


def _started(*wanted: bool | int | str) -> int:
    """The process of a new server."""
    readers = _readers()
    assert readers.stdin is not None
    assert readers.stdout is not None
    print(json.dumps(wanted), file=readers.stdin, flush=True)
    return int(readers.stdout.readline())


@cache
def _readers() -> subprocess.Popen[str]:
    """The process from which servers are forked; it ends when nobody holds its input any more."""
    command = [sys.executable, "-m", "tests.served"]
    return subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")


def _end(server: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(server, signal.SIGTERM)
        for _ in range(1000):
            os.kill(server, 0)
            time.sleep(0.01)
        os.kill(server, signal.SIGKILL)


def _wait_for(address: str, server: int, said: IO[str]) -> None:
    for _ in range(600):
        try:
            os.kill(server, 0)
        except ProcessLookupError:
            raise AssertionError(f"the server stopped: {said.read()}") from None
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer within a minute")
