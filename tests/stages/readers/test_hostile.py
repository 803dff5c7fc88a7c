"""Hostile and broken files: a refusal within bounds, and the next file is read as if nothing had been."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from etl.issues import DeliveryRefused
from etl.stages.read_workbook import DEFAULT, read_workbook
from tests.pipeline.workbooks import SPRACHCAFE, measures
from tests.stages.readers.hostile import BOMBS, flipped, large_list, sound

PROJECT = Path(__file__).resolve().parents[3]
GOOD = measures(SPRACHCAFE)
#: Reads one file in a process of its own; prints how the reader fared and its peak beyond the idle reader, in MB.
MEASURE = """
import json, resource, sys
from pathlib import Path
from etl.issues import DeliveryRefused
from etl.stages.read_workbook import read_workbook, warm_up
from etl.stages.readers.worker import READERS_OF_THIS_PROCESS as readers

def peak(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1])

read_workbook(b"A;B\\n1;2\\n", "liste.csv")
idle = peak(readers.idle[-1].process.pid)
code = ""
try:
    read_workbook(Path(sys.argv[1]).read_bytes(), "liste.xlsx")
except DeliveryRefused as refused:
    code = refused.issue.code
readers.close()
most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps({"code": code, "megabytes": (most - idle) / 1024}))
"""


def refused_with(content: bytes, **limits: int) -> str | None:
    """The code of the refusal, or None where the file was read after all."""
    try:
        workbook = read_workbook(content, "liste.xlsx", dataclasses.replace(DEFAULT, **limits))
    except DeliveryRefused as refused:
        return refused.issue.code
    return None if any(sheet.count_filled() for sheet in workbook.sheets) else "file_empty"


def next_file_is_read() -> bool:
    return read_workbook(GOOD, "liste.xlsx").sheets[0].value(2, 2) == "Sprachcafé"


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_and_the_next_file_read(name: str) -> None:
    make, codes = BOMBS[name]
    code = refused_with(make())
    assert code in codes
    assert next_file_is_read()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system does not tell a process's memory")
@pytest.mark.parametrize("name", ["a text of 100 kB in 100,000 cells", "two million delimiters", "a zip in a zip"])
def test_a_reader_takes_no_more_than_512_megabytes_beyond_the_idle_one(name: str, tmp_path: Path) -> None:
    path = tmp_path / "liste.xlsx"
    path.write_bytes(BOMBS[name][0]())
    told = json.loads(run_python(MEASURE, str(path)))
    assert told["code"] in BOMBS[name][1]
    assert told["megabytes"] <= 512


def run_python(script: str, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    ran = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True, text=True, check=True, cwd=PROJECT, env=environment,
    )  # fmt: skip
    return ran.stdout


@pytest.mark.parametrize("form", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize("tenths", range(1, 10))
def test_a_file_cut_off_on_its_way_is_refused_wherever_it_ends(form: str, tenths: int) -> None:
    content = sound()[form]
    assert refused_with(content) is None
    assert refused_with(content[: len(content) * tenths // 10]) in ("file_damaged", "file_not_a_spreadsheet")
    assert next_file_is_read()


@pytest.mark.parametrize("form", ["xlsx", "xls", "ods"])
def test_a_file_with_broken_bytes_is_read_or_refused_and_nothing_else(form: str) -> None:
    content = sound()[form]
    outcomes = {refused_with(flipped(content, seed)) for seed in range(150)}
    assert "file_damaged" in outcomes
    assert outcomes <= {None, *CODES}
    assert next_file_is_read()


CODES = (
    "file_not_a_spreadsheet", "file_empty", "file_password_protected", "file_damaged", "file_unsafe", "file_too_large",
)  # fmt: skip


def test_a_reader_that_works_too_long_is_ended_and_the_next_file_read() -> None:
    assert refused_with(large_list(), seconds=0) == "file_took_too_long"
    assert next_file_is_read()
