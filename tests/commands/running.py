"""``rundertisch`` run as its own process, forked from one that has read the libraries already.

Reading them takes ten times as long as most commands. The installed script itself, from the start of Python to its exit
code, is run by ``test_the_installed_command_is_this_one`` and by the tests of the README.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_FORKED = multiprocessing.get_context("forkserver")
#: ``dashboard.command`` and ``command_line`` are read by each process: the language is taken from the environment then.
PRELOADED = [
    "alembic.command",
    "openpyxl",
    "typer.rich_utils",
    "dashboard.commands.deliveries",
    "dashboard.commands.exports",
    "dashboard.commands.mappings",
    "dashboard.commands.users",
    "dashboard.answers.uploads",
    "tests.commands.ready",
    "tests.commands.running",
    "tests.pipeline.test_killed",
]


@dataclass
class Ran:
    code: int
    out: str
    err: str

    @property
    def deliveries(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.out)["deliveries"]
        return found


class Command:
    """``rundertisch`` in a folder with a store of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: str, language: str = "de", database: bool = True, installed: bool = False) -> Ran:
        """``installed`` starts the script that was installed, in a Python of its own."""
        own = ["--database", f"sqlite:///{self.folder / 'store.db'}"] if database else []
        environment = {
            "RUNDERTISCH_LANGUAGE": language,
            "PATH": "/usr/bin:/bin",
            "HOME": str(self.folder),
            "PYTHONPATH": str(ROOT),  # this checkout, wherever the command was installed from
        }
        run = _installed if installed else forked
        ran = run([*arguments, *own], self.folder, environment)
        assert "Traceback" not in ran.err
        return ran

    def file(self, name: str, content: bytes) -> str:
        path = self.folder / name
        path.write_bytes(content)
        return str(path)

    def exported(self, *arguments: str) -> bytes:
        output = self.folder / "export.json"
        assert self("export", "--format", "json", "--output", str(output), *arguments).code == 0
        return output.read_bytes()


def _installed(arguments: list[str], folder: Path, environment: dict[str, str]) -> Ran:
    ran = subprocess.run(
        [str(Path(sys.executable).with_name("rundertisch")), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env=environment,
        check=False,
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def forked(arguments: list[str], folder: Path, environment: dict[str, str], typed: str = "") -> Ran:
    _FORKED.set_forkserver_preload(PRELOADED)
    with tempfile.TemporaryDirectory() as said:
        keys, out, err = (Path(said) / name for name in ("keys", "out", "err"))
        keys.write_text(typed, "utf-8")
        child = _FORKED.Process(target=_main, args=(arguments, folder, environment, (keys, out, err)))
        child.start()
        child.join()
        assert child.exitcode is not None
        return Ran(child.exitcode, out.read_text("utf-8"), err.read_text("utf-8"))


def _main(arguments: list[str], folder: Path, environment: dict[str, str], streams: tuple[Path, Path, Path]) -> None:
    """In the child: become the command. ``streams`` are what is typed, what it says and its complaints."""
    for number, path in enumerate(streams):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT if number else os.O_RDONLY), number)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - multiprocessing shut the other one
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["rundertisch", *arguments]
    assert "dashboard.commands.command_line" not in sys.modules, "its language would be that of whoever read it"
    from dashboard.command import main

    main()
