"""How often the first goal proposed for a labelled measure is a right one (README.md tells what the labels are)."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from etl.model.state import state_on
from etl.model.store import open_store
from etl.pipeline import accept_delivery, preview_delivery
from etl.pipeline.picture.facts import facts_of
from etl.rules.facts import Facts
from etl.rules.goal_proposals import GoalProposals

HERE = Path(__file__).parent
HALVES = ("tuning", "held_out")
CATALOGUES = {
    "lindenmark": HERE.parents[2] / "docs" / "demo" / "content" / "goals.csv",
    "kronweiler": HERE / "kronweiler.csv",
}
_DAY = dt.date(2026, 11, 10)
_NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
_GOALS = {
    "number": "Ziel-Nr.",
    "field": "Handlungsfeld",
    "level": "Ebene",
    "parent": "übergeordnetes Ziel",
    "short": "Kurztitel",
    "title": "Ziel",
}
_MEASURES = {
    "title": "Maßnahme",
    "description": "Beschreibung",
    "field": "Handlungsfeld",
    "group": "Zielgruppe",
    "place": "Ort",
    "partner": "Träger",
    "with": "Kooperationspartner",
    "programme": "Finanzierung",
}


@dataclass(slots=True)
class Score:
    """``right`` of ``proposed`` first proposals are acceptable; ``wanted`` measures have a right goal. The same for
    those that were called safe. ``told`` names every miss."""

    measures: int = 0
    wanted: int = 0
    proposed: int = 0
    right: int = 0
    safe: int = 0
    safe_right: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def safe_precision(self) -> float:
        return self.safe_right / self.safe if self.safe else 1.0


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def _goals(catalogue: str) -> list[dict[str, str]]:
    """The catalogue with its fields of action by name."""
    names = {row["no"]: row["name"] for row in rows_of(CATALOGUES["lindenmark"].with_name("fields.csv"))}
    return [row | {"field": names.get(row["field"], row["field"])} for row in rows_of(CATALOGUES[catalogue])]


def labelled(half: str) -> list[dict[str, str]]:
    return rows_of(HERE / f"measures_{half}.csv")


def as_list(rows: list[dict[str, str]], headings: dict[str, str]) -> bytes:
    """Labelled rows as a partner's list, without their labels."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(headings.values())
    writer.writerows([row[name] for name in headings] for row in rows)
    return out.getvalue().encode()


def measures_as_list(rows: list[dict[str, str]]) -> bytes:
    return as_list(rows, _MEASURES)


@lru_cache(maxsize=8)
def facts_with(catalogue: str, half: str) -> Facts:
    """The network after the catalogue and the labelled measures of one half came in, through the real importer."""
    measures = [row for row in labelled(half) if row["catalogue"] == catalogue]
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/store.db")
        for name, content in (
            ("ziele.csv", as_list(_goals(catalogue), _GOALS)),
            ("massnahmen.csv", measures_as_list(measures)),
        ):
            preview = preview_delivery(store, content, name, partner="Netzwerk", day=_DAY, now=_NOW)
            assert accept_delivery(store, preview, now=_NOW).number is not None, name
        with store.reading() as connection:
            facts = facts_of(connection, state_on(connection, _DAY), _DAY)
        store.close()
    assert {m.title for m in facts.measures} == {row["title"] for row in measures}, "every labelled measure was read"
    return facts


def score(half: str) -> Score:
    found = Score()
    for catalogue in CATALOGUES:
        facts = facts_with(catalogue, half)
        proposals = GoalProposals(facts)
        ids = {goal.key: goal.id or goal.key for goal in facts.goals}
        by_title = {measure.title: measure for measure in facts.measures}
        for row in _of(half, catalogue):
            _judge(found, row, [(ids[p.key], p.score, p.safe) for p in proposals.of(by_title[row["title"]])])
    return found


def _of(half: str, catalogue: str) -> Iterator[dict[str, str]]:
    return (row for row in labelled(half) if row["catalogue"] == catalogue)


def _judge(found: Score, row: dict[str, str], proposals: list[tuple[str, float, bool]]) -> None:
    accepted = [name for name in row["goals"].split("|") if name]
    first, _, safe = proposals[0] if proposals else ("", 0.0, False)
    found.measures += 1
    found.wanted += bool(accepted)
    found.proposed += bool(first)
    found.right += first in accepted
    found.safe += safe
    found.safe_right += safe and first in accepted
    if first not in accepted and (first or accepted):
        shown = ", ".join(f"{name} {points:.2f}" for name, points, _ in proposals)
        found.told.append(f"{'SAFE ' if safe else ''}{row['title']}: {row['goals'] or 'none'} ← {shown or 'nothing'}")
