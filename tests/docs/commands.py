"""The commands a document shows, and running them as its reader would."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from tests.commands.running import Ran, forked

ROOT = Path(__file__).resolve().parents[2]


def blocks(document: str, language: str) -> list[str]:
    """The fenced blocks of a language, in order."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def rundertisch_lines(document: str) -> list[list[str]]:
    """The arguments of each ``rundertisch …`` line in the document's shell blocks."""
    lines = [shlex.split(line, comments=True) for block in blocks(document, "bash") for line in block.splitlines()]
    return [words[1:] for words in lines if words and Path(words[0]).name == "rundertisch"]


def run_in(folder: Path, arguments: list[str], typed: str = "", *, installed: bool = False) -> Ran:
    """The command in ``folder``, on a database of that folder's own; ``installed`` starts the script that was."""
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{folder / 'read.db'}", "RUNDERTISCH_LANGUAGE": "de"}
    if not installed:
        return forked(arguments, folder, environment, typed)
    done = subprocess.run(
        [str(Path(sys.executable).with_name("rundertisch")), *arguments],
        cwd=folder, env=environment, input=typed, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)
