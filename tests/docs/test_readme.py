"""What README and the operators' page say can be typed works when typed."""

from __future__ import annotations

import re
import runpy
import shutil
import subprocess
from pathlib import Path

import pytest
import typer

from dashboard.command import app
from etl.model.deliveries import rounds
from etl.model.settings_rows import network
from etl.model.store import open_store
from tests.docs.commands import ROOT, blocks, run_in, rundertisch_lines

_DOCUMENTS = ("README.md", "docs/operators.md")
_SERVES = ("serve", "demo")
_PASSWORD = "ein langes Kennwort\n" * 2
_LIST = ROOT / "data" / "demo" / "2026-11" / "VHS_Sprachkurse_Herbst26.xlsx"


@pytest.mark.parametrize("document", _DOCUMENTS)
def test_every_command_shown_is_one_the_command_line_knows(document: str) -> None:
    commands = rundertisch_lines(document)
    assert commands
    for arguments in commands:
        command, words = typer.main.get_command(app), list(arguments)
        while hasattr(command, "commands") and words and words[0] in command.commands:
            command = command.commands[words.pop(0)]
        assert not hasattr(command, "commands") or words == ["--help"], arguments
        names = {name for parameter in command.params for name in parameter.opts} | {"--help"}
        assert {word for word in words if word.startswith("--")} <= names, arguments


def test_a_reader_who_follows_the_readme_gets_what_it_promises(tmp_path: Path) -> None:
    shutil.copy(_LIST, tmp_path / "VHS_Kurse.xlsx")
    told = {}
    for arguments in rundertisch_lines("README.md"):
        if arguments[0] not in _SERVES:
            done = run_in(tmp_path, arguments, typed=_PASSWORD, installed=True)
            assert done.code in ((0, 1) if arguments[0] == "import" else (0,)), (arguments, done.err)
            told[" ".join(arguments)] = done.out
    preview = next(text for line, text in told.items() if "--preview" in line)
    assert "Vorschau, nichts gespeichert" in preview
    accepted = next(text for line, text in told.items() if line.startswith("import") and "--preview" not in line)
    assert "angenommen als Rückmeldung 1" in accepted
    assert (tmp_path / "stand.xlsx").stat().st_size > 5_000
    assert "zurückgenommen" in told["undo 1"]


@pytest.mark.slow
def test_the_operators_page_adds_lists_and_disables_people(tmp_path: Path) -> None:
    run_in(tmp_path, ["import", str(_LIST), "--partner", "Volkshochschule Lindenmark"])
    for arguments in rundertisch_lines("docs/operators.md"):
        if arguments[0] not in _SERVES:
            done = run_in(tmp_path, arguments, typed=_PASSWORD)
            assert done.code == 0, (arguments, done.err)
    assert "gesperrt" in run_in(tmp_path, ["user", "list"]).out


def test_the_network_gets_its_name_and_its_round_as_the_operators_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'read.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    (shown,) = blocks("docs/operators.md", "python")
    (tmp_path / "shown.py").write_text(shown, encoding="utf-8")
    runpy.run_path(str(tmp_path / "shown.py"))
    store = open_store(url)
    with store.reading() as connection:
        assert network(connection).name == "Integrationsnetzwerk Landkreis Lindenmark"
        assert [row.name for row in rounds(connection)] == ["Herbst 2026"]
    store.close()


@pytest.mark.parametrize("document", ["README.md", *(f"docs/{p.name}" for p in sorted(ROOT.glob("docs/*.md")))])
def test_a_link_to_a_file_finds_it(document: str) -> None:
    folder = (ROOT / document).parent
    text = (ROOT / document).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if "://" not in target:
            assert (folder / target).exists(), f"{document} points to {target}"


@pytest.mark.parametrize("document", ["README.md", "docs/developers.md"])
def test_every_make_target_named_is_there(document: str) -> None:
    named = set(re.findall(r"\bmake ([a-z-]+)\b", (ROOT / document).read_text(encoding="utf-8")))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert named
    assert named <= targets


def test_continuous_integration_runs_the_tests() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=False).returncode == 0
