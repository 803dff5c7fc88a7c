"""The dashboard's server as tests start it: forked from a process that has read the libraries already.

Reading them takes longer than most tests use their server. Each server is a process of its own all the same, with its
own database and nothing in memory of another's. With arguments, this is one server from the start of Python on
(``served(…, fresh=True)``): what a viewer meets who comes before everything has been read.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import traceback
from contextlib import suppress
from importlib import import_module, util
from pathlib import Path

#: What a page needs at first sight; ``dashboard.shell.warm_up`` reads the rest, the pages among it.
_READ = ("altair", "babel.dates", "dashboard.app", "dashboard.shell.frame", "dashboard.commands.serving")


def main(arguments: list[str]) -> None:
    """Serve what ``arguments`` say; without any, fork a server for each line, answering its process.

    A line is a list: whether the server reads everything itself, then what ``_serve`` takes.
    """
    if arguments:
        _serve(*json.loads(arguments[0]))
    logging.disable(logging.WARNING)  # Streamlit misses a server while it is read
    for name in _READ:
        import_module(name)
    import_module("dashboard.shell.warm_up").warm_up()
    logging.disable(logging.NOTSET)
    signal.signal(signal.SIGCHLD, _bury)
    for line in sys.stdin:
        fresh, *wanted = json.loads(line)
        child = os.fork()
        if not child and fresh:
            os.execv(sys.executable, [sys.executable, "-m", "tests.served", json.dumps(wanted)])
        elif not child:
            _serve(*wanted)
        print(child, flush=True)


def _bury(*_: object) -> None:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _serve(database: str, port: int, pages: str | None, said: str) -> None:
    """Become the server. ``pages`` stand in for the real ones."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    nothing, words = os.open(os.devnull, os.O_RDONLY), os.open(said, os.O_WRONLY | os.O_CREAT)
    for number, stream in ((0, nothing), (1, words), (2, words)):
        os.dup2(stream, number)
    try:
        _stand_in(Path(pages) if pages else None)
        from dashboard.commands.serving import serve_dashboard

        serve_dashboard(database, "127.0.0.1", port)
    except Exception:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(0)  # nothing of the process it was forked from


def _stand_in(pages: Path | None) -> None:
    for path in pages.glob("*.py") if pages else ():
        name = f"dashboard.pages.{path.stem}"
        spec = util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])


if __name__ == "__main__":
    main(sys.argv[1:])
