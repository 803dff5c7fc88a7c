"""What a careful colleague would understand from a workbook, written beside it as ``NAME.truth.json``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WORKBOOKS = Path(__file__).with_name("workbooks")
#: ``known`` were looked at from the start. The others were written by people who did not know the importer, and laid
#: down by a commit before it read them: ``unseen`` before any tuning, ``fresh``, ``last`` and ``newest`` later. What it
#: made of each at first sight stands in ``AT_FIRST_SIGHT``; afterwards their failures were looked at and mended too, so
#: that today's figures of all five say what was learned, not what a stranger's workbook may expect.
SETS = ("known", "unseen", "fresh", "last", "newest")
#: Set -> share of records found, of fields right and of confident wrong values.
AT_FIRST_SIGHT = {
    "unseen": (0.445, 0.419, 0.0464),
    "fresh": (0.826, 0.812, 0.0211),
    "last": (0.951, 0.899, 0.0091),
    "newest": (0.814, 0.666, 0.0541),
}


@dataclass(slots=True)
class Fact:
    """One field of one record: what it says and the cells it says so in (``Kurse!B6``)."""

    field: str
    value: Any
    cells: tuple[str, ...]


@dataclass(slots=True)
class Record:
    kind: str
    facts: list[Fact]


@dataclass(slots=True)
class Truth:
    """``asked`` are heading cells or single cells whose meaning must be asked; ``kept`` headings of columns that no
    field fits; ``aside`` cells that are no data, with the reason."""

    file: Path
    family: str
    about: str
    outside_vocabulary: bool
    partner: str
    day: str
    records: list[Record]
    asked: dict[str, str] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    aside: dict[str, str] = field(default_factory=dict)


def truths(name: str) -> Iterator[Truth]:
    """The labelled workbooks of a set, by name."""
    for path in sorted((WORKBOOKS / name).glob("*.truth.json")):
        yield read_truth(path)


def read_truth(path: Path) -> Truth:
    stem = path.name.removesuffix(".truth.json")
    (file,) = (p for p in path.parent.glob(f"{stem}.*") if p != path and p.stem == stem)
    said = json.loads(path.read_text(encoding="utf-8"))
    records = [
        Record(r["kind"], [Fact(name, f["value"], tuple(f["cells"])) for name, f in r["fields"].items()])
        for r in said["records"]
    ]
    return Truth(
        file,
        said["family"],
        said["about"],
        said["outside_vocabulary"],
        said["partner"],
        said["day"],
        records,
        said.get("asked", {}),
        said.get("kept", []),
        said.get("aside", {}),
    )
