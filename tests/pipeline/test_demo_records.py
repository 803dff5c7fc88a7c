"""The demo network's files hold what a careful human found in them, sheet by sheet."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from etl.pipeline.understanding import understand
from etl.vocabulary import load_vocabulary
from tests.demo import DEMO, DEMO_DAY


def expected_records() -> dict[str, Counter[tuple[str, str]]]:
    """File -> (sheet, kind) -> number of records."""
    found: dict[str, Counter[tuple[str, str]]] = {}
    with (DEMO / "expected.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            records = found.setdefault(row["file"], Counter())
            if row["kind"] != "none":
                records[row["sheet"], row["kind"]] = int(row["records"])
    return found


@pytest.mark.parametrize(("file", "expected"), expected_records().items(), ids=expected_records())
def test_a_demo_file_holds_the_records_a_careful_human_finds(file: str, expected: Counter[tuple[str, str]]) -> None:
    understood = understand((DEMO / file).read_bytes(), file.rpartition("/")[2], load_vocabulary(), DEMO_DAY)
    sheets = [understood.tables[number][0] for number in understood.table_of]
    assert Counter((s, d.kind) for s, d in zip(sheets, understood.drafts, strict=True)) == expected
