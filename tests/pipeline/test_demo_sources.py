"""Every exported value of the demo is found in its cell by a reader that is not ours."""

from __future__ import annotations

import csv
from functools import cache
from typing import Any

import pytest
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from etl.model.deliveries import all_deliveries
from etl.model.store import Store
from etl.model.tables import KINDS
from etl.pipeline.export import as_json, export_state
from tests.demo import DEMO, DEMO_DAY
from tests.pipeline.foreign_readers import ForeignSheet, foreign_sheets


@pytest.fixture(scope="module")
def exported(demo: Store) -> dict[str, Any]:
    return export_state(demo, today=DEMO_DAY)


def test_each_said_text_stands_in_the_cell_its_source_names(exported: dict[str, Any]) -> None:
    wrong, seen = [], 0
    for kind in KINDS:
        for record in exported[kind]:
            for field, cells in record.get("source", {}).items():
                said = record["said"][field]
                assert len(said) == len(cells), (record["key"], field)
                for text, cell in zip(said, cells, strict=True):
                    seen += 1
                    if cell["role"] != "colour" and _stands(cell["file"], cell["sheet"], cell["cell"]) != text:
                        wrong.append(
                            (record["key"], field, text, cell, _stands(cell["file"], cell["sheet"], cell["cell"]))
                        )
    assert seen > 4_000
    assert wrong == []


def test_every_field_but_a_senders_name_has_a_source(exported: dict[str, Any]) -> None:
    """Meetings planned in the dashboard come from an entry."""
    with (DEMO / "gatherings.csv").open(encoding="utf-8", newline="") as lines:
        entered = {row["title"] for row in csv.DictReader(lines, delimiter=";")}
    without = []
    own = {"key", "partner", "parent_key", "links", "said", "source", "qualifier", "kept", "contested", "rating"}
    own |= {"assigned"}  # says itself who assigned it
    for kind in KINDS:
        for record in exported[kind]:
            if kind == "idea" and not record.get("source"):
                continue  # typed in by the office, with name, day and reason
            missing = record.keys() - own - record.get("source", {}).keys()
            missing = {name for name in missing if not name.endswith("_precision")}
            planned = kind == "meeting" and record.get("title") in entered
            if missing and not planned and not (kind == "partner" and missing == {"name"}):
                without.append((record["key"], missing))
    assert without == []


def test_the_ledger_of_every_delivery_adds_up(demo: Store) -> None:
    with demo.reading() as connection:
        for delivery in all_deliveries(connection):
            for sheet in delivery.sheets:
                cells = sheet["cells"]
                parts = sum(cells[n] for n in ("headings", "loaded", "kept", "withheld", "reported"))
                assert cells["filled"] == parts + sum(cells["set_aside"].values()), (delivery.file, sheet["name"])


def test_the_same_state_exports_to_the_same_bytes(demo: Store) -> None:
    assert as_json(export_state(demo, today=DEMO_DAY)) == as_json(export_state(demo, today=DEMO_DAY))


def _stands(file: str, sheet: str, cell: str) -> str:
    letters, row = coordinate_from_string(cell)
    sheets = _sheets(file)
    return sheets[sheet].texts.get((row, column_index_from_string(letters)), "")


@cache
def _sheets(file: str) -> dict[str, ForeignSheet]:
    path = next(p for p in DEMO.rglob("*") if p.name == file)
    return foreign_sheets(path.read_bytes(), path.suffix[1:])
