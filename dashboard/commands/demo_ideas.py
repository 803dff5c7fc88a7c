"""The demo network's ideas: collected at one table, rated on paper, and a rating that is open to try."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from etl.model.accounts import User, find_user
from etl.model.bodies import bodies
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline.assigning import Choice, assign
from etl.pipeline.ideas.collecting import collect
from etl.pipeline.ideas.rating import close_workshop, copy_ratings, enter_dots, open_workshop
from etl.rules.idea_workshop import CRITERIA, Workshop
from etl.wording import say

_OFFICE = "koordination"
#: What became of an idea of last year's workshop: its measure came with a list.
_BECAME = "Ehrenamtskarte für Integrationslotsen"


def add_ideas(store: Store, folder: Path) -> None:
    """Ideas, their workshops and marks, from the demo's folder; bodies and users are there already."""
    with store.reading() as connection:
        office = find_user(connection, _OFFICE)
    if office is None or not (folder / "ideas.csv").exists():
        return
    rows = _rows(folder / "idea_workshops.csv")
    first = dt.datetime.fromisoformat(rows[0]["opened"])
    _collect(store, office, folder, first)
    _became(store, office, first)
    for row in rows:
        _workshop(store, office, folder, row)


def _collect(store: Store, office: User, folder: Path, now: dt.datetime) -> None:
    goals = _keys(store, "goal", "id")
    for row in _rows(folder / "ideas.csv"):
        named = [goals[name] for name in row["goals"].split("|") if name]
        told = {"cluster": row["challenge"], "goals": named, "reason": say("de", "idea.reason.collected")}
        collect(store, office, [row["title"]], **told, day=now.date(), now=now)  # type: ignore[arg-type]


def _became(store: Store, office: User, now: dt.datetime) -> None:
    idea, measure = (_keys(store, kind, "title")[_BECAME] for kind in ("idea", "measure"))
    reason = say("de", "idea.reason.became", title=_BECAME)
    assign(store, [Choice(idea, "measure_ref", (measure,))], person=office.display_name, reason=reason, now=now)


def _workshop(store: Store, office: User, folder: Path, row: dict[str, str]) -> None:
    ideas, marks = _keys(store, "idea", "title"), _rows(folder / "idea_ratings.csv")
    rated = dict.fromkeys(one["idea"] for one in marks)
    with store.reading() as connection:
        body = next(one.id for one in bodies(connection) if one.name == row["body"])
    chosen = [ideas[title] for title in rated if row["closed"] or title != _BECAME]
    now = dt.datetime.fromisoformat(row["opened"])
    wanted = Workshop(0, row["title"], now.date(), body, ideas=tuple(chosen))
    number = open_workshop(store, office, wanted, now=now)
    if row["closed"]:
        lines = [(one["name"], one["idea"], *(one[name] for name in CRITERIA)) for one in marks]
        copy_ratings(store, office, number, lines, now=now)
        close_workshop(store, office, number, now=dt.datetime.fromisoformat(row["closed"]))
        counts = dict(pair.split("=") for pair in row["dots"].split("|"))
        enter_dots(store, office, number, {ideas[title]: int(n) for title, n in counts.items()}, now=now)


def _keys(store: Store, kind: str, field: str) -> dict[str, str]:
    with store.reading() as connection:
        return {str(known.value(field)): known.key for known in state_on(connection, kinds=[kind]).kind(kind).values()}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle, delimiter=";"))
