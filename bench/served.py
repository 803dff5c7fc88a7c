"""A dashboard server in a process of its own: ``python -m bench.served DATABASE PORT [SCRIPT]``.

With a script, that script runs in place of the dashboard's, behind the same wrapper, routes and settings.
"""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
_PATIENCE = 60


@contextmanager
def server(database: str, port: int, script: Path | None = None) -> Iterator[int]:
    """A server on 127.0.0.1, answering; yields its process id and ends it."""
    command = [sys.executable, "-m", "bench.served", database, str(port), *([str(script)] if script else [])]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(port, process)
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped with {process.returncode}")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not answer within {_PATIENCE} seconds")


def _serve(database: str, port: int, script: Path | None) -> None:
    import dashboard.app
    from dashboard.commands.serving import serve_dashboard

    if script is not None:
        dashboard.app.app = dashboard.app.wrapped(script)
    serve_dashboard(database, "127.0.0.1", port)


if __name__ == "__main__":
    _serve(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
