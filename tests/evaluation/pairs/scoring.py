"""How often the rules propose a labelled pair, and how often that is right (README.md tells what the labels are)."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from etl.rules.overlaps import overlapping
from etl.rules.records import Measure
from etl.rules.thresholds import read_thresholds
from etl.settings import PROJECT

HERE = Path(__file__).parent
HALVES = ("tuning", "held_out")
#: A second, small set: what fresh eyes stumbled over in the demo.
DEMO = "demo"


@dataclass(frozen=True, slots=True)
class Score:
    """``alike``: labelled so; ``told``: the pairs on which rules and labels disagree."""

    pairs: int
    alike: int
    proposed: int
    right: int
    told: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.right / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.alike


def labelled(half: str = "") -> list[dict[str, str]]:
    return _rows("demo_pairs.csv" if half == DEMO else "pairs.csv")


def measures(half: str = "") -> tuple[Measure, ...]:
    """All of a set as one network, each led by whom its list names."""
    return tuple(
        Measure(
            key=row["pair"].rjust(2, "0") + row["side"],
            title=row["title"],
            description=row["description"] or None,
            lead=row["lead"],
            target_group=tuple(row["target_group"].split()),
            location=row["location"] or None,
            language_level=row["language_level"] or None,
            access=row["access"] or None,
            start=_day(row["start"]),
            end=_day(row["end"]),
            status=row["status"],
        )
        for row in _rows("demo_measures.csv" if half == DEMO else "measures.csv")
    )


def score(half: str) -> Score:
    thresholds = read_thresholds((PROJECT / "data" / "vocabulary" / "thresholds.csv").read_text(encoding="utf-8"))
    proposed = {(found.one, found.other) for found in overlapping(measures(half), thresholds)}
    rows = [row for row in labelled(half) if row["half"] == half]
    found = {row["pair"]: _keys(row["pair"]) in proposed for row in rows}
    wrong = [row for row in rows if found[row["pair"]] != (row["alike"] == "yes")]
    return Score(
        pairs=len(rows),
        alike=sum(row["alike"] == "yes" for row in rows),
        proposed=sum(found.values()),
        right=sum(found[row["pair"]] for row in rows if row["alike"] == "yes"),
        told=tuple(f"{row['pair']} should be {row['alike']}: {row['why']}" for row in wrong),
    )


def _keys(pair: str) -> tuple[str, str]:
    return pair.rjust(2, "0") + "a", pair.rjust(2, "0") + "b"


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
