"""The content of the demo network: CSV tables of this folder, seen at one round."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

CONTENT = Path(__file__).parent / "content"

Row = dict[str, str]


def read(name: str) -> list[Row]:
    with (CONTENT / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def day(text: str) -> date | str | None:
    """An ISO date as a date, nothing as nothing, everything else as it stands."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def number(text: str) -> int | float | str | None:
    """A plain number as a number, nothing as nothing, everything else as it stands."""
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        return text
    return int(value) if value.is_integer() else value


@dataclass(frozen=True)
class Tables:
    """All content as it is told in one round (1, 2 or 3) at the day of its ``Stand``."""

    round: int
    stand: date

    def measures(self, partner: str) -> list[Row]:
        changes: dict[str, Row] = {}
        for change in read("changes"):
            if change["round"] == str(self.round):
                changes.setdefault(change["key"], {})[change["column"]] = change["value"]
        goals = {goal["number"]: goal for goal in read("goals")}
        fields = {field["no"]: field for field in read("fields")}
        result = []
        for row in read("measures"):
            status, actual = row[f"s{self.round}"], row[f"a{self.round}"]
            if row["partner"] != partner or not (status or actual):
                continue
            told = row | {"status": status, "actual": actual, "progress": "", "milestones": ""}
            if self.round < 3:
                told["note"] = ""
            told |= changes.get(row["key"], {})
            goal = goals[row["goal"]]
            named = goals.get(told["goal"], {"title": "", "short": ""})  # a list may leave the goal out
            told |= {"goal_title": named["title"], "goal_short": named["short"]}
            told |= {"field": fields[goal["field"]]["name"], "field_no": goal["field"]}
            result.append(told)
        return result

    def indicators(self, reporter: str | None = None) -> list[Row]:
        known = {goal["number"] for goal in self.goals()}
        return [
            row | {"value": row[f"v{self.round}"], "date": row[f"d{self.round}"]}
            for row in read("indicators")
            if row["goal"] in known and reporter in {None, row["reporter"]}
        ]

    def goals(self) -> list[Row]:
        fields = {field["no"]: field["name"] for field in read("fields")}
        return [
            goal | {"field_name": fields[goal["field"]]}
            for goal in read("goals")
            if int(goal["from_round"]) <= self.round
        ]

    def cooperations(self, owner: str) -> list[Row]:
        return [row for row in self._in_round("cooperations") if row["owner"] == owner]

    def funding(self, owner: str) -> list[Row]:
        result = []
        for row in read("funding"):
            status = row[f"status{self.round}"]
            if row["owner"] == owner and status:
                comment = row["comment"] if self.round == 3 else ""
                result.append(row | {"status": status, "spent": row[f"spent{self.round}"], "comment": comment})
        return result

    def stated(self, name: str) -> list[Row]:
        """Decisions or agreements that have a status in this round."""
        return [row | {"status": row[f"s{self.round}"]} for row in read(name) if row[f"s{self.round}"]]

    def contacts(self) -> list[Row]:
        return self._in_round("contacts")

    def needs(self) -> list[Row]:
        return self._in_round("needs")

    def meetings(self) -> list[Row]:
        return self._in_round("meetings")

    def _in_round(self, name: str) -> list[Row]:
        return [row for row in read(name) if str(self.round) in row["rounds"].split()]
