"""A folder of bombs and broken files among good ones, through the command line: sentences, no trace, nothing stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.running import Command
from tests.pipeline.workbooks import SPRACHCAFE, WOHNLOTSEN, measures
from tests.stages.readers.hostile import BOMBS, flipped, sound


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(tmp_path)


def fill(folder: Path) -> list[str]:
    """Bombs, cut and broken files between two good ones; gives the names of those that must be refused."""
    folder.mkdir()
    (folder / "00_gut.xlsx").write_bytes(measures(SPRACHCAFE))
    (folder / "zz_gut.xlsx").write_bytes(measures(SPRACHCAFE, WOHNLOTSEN))
    bad = {f"bombe_{number:02}.xlsx": make() for number, (make, _) in enumerate(BOMBS.values())}
    bad |= {f"abgeschnitten.{form}": content[: len(content) // 2] for form, content in sound().items()}
    for name, content in bad.items():
        (folder / name).write_bytes(content)
    return list(bad)


@pytest.mark.slow
def test_a_folder_of_bombs_between_good_files_costs_the_good_ones_nothing(command: Command) -> None:
    bad = fill(command.folder / "anhang")
    ran = command("import", str(command.folder / "anhang"), "--partner", "VHS", "--json")
    outcomes = {delivery["file"]: delivery for delivery in ran.deliveries}
    assert ran.code == 1
    assert {name for name, delivery in outcomes.items() if delivery["outcome"] == "refused"} == set(bad)
    for name in bad:
        assert outcomes[name]["reason"].endswith("."), name
        assert "delivery" not in outcomes[name], name
    assert outcomes["zz_gut.xlsx"]["changes"]["measure"] == {"new": 1, "changed": 0, "unchanged": 1, "missing": 0}


def test_refused_files_leave_the_export_byte_for_byte(command: Command) -> None:
    command("import", command.file("gut.xlsx", measures(SPRACHCAFE)), "--partner", "VHS")
    before = command.exported()
    content = measures(SPRACHCAFE, WOHNLOTSEN)
    paths = [command.file(f"kaputt_{seed}.xlsx", flipped(content, seed)[:-30]) for seed in range(8)]
    ran = command("import", *paths, "--partner", "VHS")
    assert ran.code == 1
    assert ran.err.count("kaputt_") >= len(paths)
    assert command.exported() == before
