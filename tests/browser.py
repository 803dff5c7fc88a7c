"""A real server and a real browser, for what an AppTest cannot see: cookies, scripts, requests, headers."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
]

#: Serves the dashboard with the modules of a folder in place of the real pages.
_SERVE = """
import importlib.util, pathlib, sys
for path in pathlib.Path(sys.argv[3]).glob("*.py") if sys.argv[3] else ():
    name = "dashboard.pages." + path.stem
    spec = importlib.util.spec_from_file_location(name, path)
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
from dashboard.commands.serving import serve_dashboard
serve_dashboard(sys.argv[1], "127.0.0.1", int(sys.argv[2]))
"""


def chromium() -> str:
    """The path of a Chromium; skips the test with its reason where there is none."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("no Chromium found: install Debian's chromium or set CHROMIUM", allow_module_level=True)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(database: str, pages: Path | None = None) -> Iterator[str]:
    """The dashboard on a free port of this machine; yields its address. ``pages`` replaces the real pages."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-c", _SERVE, database, str(port), str(pages or "")]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        try:
            _wait_for(address, process)
            yield address
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise AssertionError(f"the server stopped: {process.stdout.read().decode() if process.stdout else ''}")
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer within a minute")
