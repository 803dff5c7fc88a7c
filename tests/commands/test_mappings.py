"""``rundertisch mapping``: what a heading means, said on the command line, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.running import Command
from tests.commands.test_command import command
from tests.pipeline.workbooks import xlsx

__all__ = ["command"]
HEADINGS = ["Nr.", "Maßnahme", "Träger", "Dampf"]
LISTE = xlsx([HEADINGS, ["M-1", "Sprachcafé", "VHS", "läuft"], ["M-2", "Wohnlotsen", "VHS", "ruht"]])
SET = ("mapping", "set", "--partner", "VHS", "--heading", "Dampf", "--by", "Anna Weber")


def dampf(command: Command, path: str) -> tuple[str | None, str, str]:
    """Field, how and outcome."""
    (delivery,) = command("import", path, "--partner", "VHS", "--json").deliveries
    (column,) = [c for c in delivery["sheets"][0]["tables"][0]["columns"] if c["heading"] == "Dampf"]
    return column.get("field"), column["how"], delivery["outcome"]


@pytest.mark.slow
def test_a_heading_is_mapped_listed_and_forgotten(command: Command) -> None:
    path = command.file("liste.xlsx", LISTE)
    assert dampf(command, path) == (None, "kept", "accepted")
    assert command(*SET, "--field", "measure.status").code == 0
    assert dampf(command, path) == ("measure.status", "remembered", "accepted")
    assert dampf(command, path)[2] == "unchanged"
    listed = command("mapping", "list", "--partner", "VHS").out
    assert listed.split("\t")[:6] == ["1", "VHS", "Dampf", "measure.status", "Maßnahme", "Anna Weber"]
    assert command("mapping", "forget", "1").out == "Zuordnung 1 ist beendet.\n"
    assert command("mapping", "list").out == ""
    assert dampf(command, path)[:2] == (None, "kept")


def test_a_field_may_be_named_as_people_call_it(command: Command) -> None:
    command("import", command.file("liste.xlsx", LISTE), "--partner", "VHS")
    assert "measure.status" in command(*SET, "--kind", "measure", "--field", "Status").out
    kept = command(*SET, "--field", "keep", language="en")
    assert kept.out == "Mapping 2: in lists from VHS, “Dampf” is now only kept.\n"


def test_what_can_not_be_mapped_is_said_in_a_sentence(command: Command) -> None:
    command("import", command.file("liste.xlsx", LISTE), "--partner", "VHS")
    wrong = command(*SET, "--field", "measure.statuss")
    assert (wrong.code, wrong.out) == (1, "")
    assert wrong.err == "Ein Feld „measure.statuss“ gibt es nicht oder mehrfach. Am nächsten kommt measure.status.\n"
    nobody = command("mapping", "list", "--partner", "Niemand", language="en")
    assert (nobody.code, nobody.err) == (1, "The network knows no partner “Niemand”.\n")
    assert command("mapping", "forget", "7").code == 1


def test_the_database_may_be_named_before_the_subcommand(command: Command, tmp_path: Path) -> None:
    url, other = f"sqlite:///{tmp_path / 'first.db'}", f"sqlite:///{tmp_path / 'second.db'}"
    path = command.file("liste.xlsx", LISTE)
    assert command("--database", url, "import", path, "--partner", "VHS", database=False).code == 0
    assert command("--database", url, *SET, "--field", "keep", database=False).code == 0
    assert "Dampf" in command("mapping", "list", "--database", url, database=False).out
    assert "Dampf" in command("--database", other, "mapping", "list", "--database", url, database=False).out
    assert command("--database", url, "demo", database=False).code == 2
    assert not (tmp_path / "second.db").exists()
