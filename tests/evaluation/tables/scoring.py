"""How often the rules name who is missing at a labelled table, and nobody else (README.md tells what labels are)."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from etl.rules.composition import read_composition
from etl.rules.facts import Cooperation, Facts, FieldOfAction, Goal, Measure, Partner
from etl.rules.house_work import work_of_houses
from etl.rules.meeting import Body, Member
from etl.rules.missing import MISSING_KINDS, Gathering, Table, missing
from etl.settings import data_folder

HERE = Path(__file__).parent
_BERLIN = ZoneInfo("Europe/Berlin")
Label = tuple[str, str]


@dataclass(slots=True)
class Score:
    """Of one kind of finding, over all tables: ``labelled``, ``named`` by the rules, ``right`` of those. ``told``
    names every miss and every one too many."""

    labelled: int = 0
    named: int = 0
    right: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.named if self.named else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else 1.0


#: The ten that were labelled before the rules, and harder ones labelled after them.
SETS = {"before": HERE, "later": HERE / "later"}


@lru_cache(maxsize=2)
def labelled(name: str = "before") -> dict[str, dict[str, Any]]:
    """File name -> what it says, in their order."""
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(SETS[name].glob("*.toml"))}


def labels(said: dict[str, Any], name: str = "missing") -> set[Label]:
    return {(row["kind"], row["who"]) for row in said.get(name, ())}


def found(said: dict[str, Any]) -> set[Label]:
    """What the rules name, as labels name it."""
    table = table_of(said)
    names = {partner.key: partner.name for partner in table.facts.partners}
    text = (data_folder() / "vocabulary" / "composition.csv").read_text(encoding="utf-8")
    named = missing(table, read_composition(text), work_of_houses(table.facts))
    return {(one.kind, one.seat.title if one.seat else names[one.partner or ""]) for one in named}


def score(tables: str = "before") -> dict[str, Score]:
    """Kind of finding -> its score over a set of tables; ``all`` of them together."""
    result = {kind: Score() for kind in (*MISSING_KINDS, "all")}
    for name, said in labelled(tables).items():
        wanted, named = labels(said), found(said)
        for kind, of_kind in result.items():
            own = {label for label in wanted if kind in ("all", label[0])}
            shown = {label for label in named if kind in ("all", label[0])}
            of_kind.labelled += len(own)
            of_kind.named += len(shown)
            of_kind.right += len(own & shown)
            of_kind.told += [f"{name}: missed {label}" for label in sorted(own - shown)]
            of_kind.told += [f"{name}: too many {label}" for label in sorted(shown - own)]
    return result


def table_of(said: dict[str, Any]) -> Table:
    """The labelled table as the rules take it."""
    facts = _facts(said)
    keys = {partner.name: partner.key for partner in facts.partners}
    body = said["body"]
    fields = {one.title: one.key for one in facts.fields_of_action}
    members = _members(said, keys)
    numbers = {member.name: member.id for member in members}
    gatherings = [_gathering(row, keys, numbers) for row in said.get("meeting", ())]
    its_fields = tuple(fields[title] for title in body["fields"])
    this = Body(1, body["name"], body["kind"], may_decide=body["decides"], fields=its_fields)
    return Table(this, tuple(members), tuple(gatherings), facts)


def _members(said: dict[str, Any], keys: dict[str, str]) -> list[Member]:
    numbers = {row["person"]: number for number, row in enumerate(said["member"], 1)}
    return [
        Member(
            id=numbers[row["person"]],
            body=1,
            name=row["person"],
            partner=keys[row["organisation"]],
            decides=row["decides"],
            deputy_for=numbers.get(row.get("deputy_for", "")),
            attends=row.get("attends", "any_time"),
            since=row.get("since"),
            until=row.get("until"),
        )
        for row in said["member"]
    ]


def _gathering(row: dict[str, Any], keys: dict[str, str], numbers: dict[str, int]) -> Gathering:
    start = dt.datetime.combine(row["day"], row["time"], _BERLIN) if "time" in row else None
    return Gathering(
        key=str(row["day"]),
        day=row["day"],
        members=frozenset(numbers[name] for name in row["came"] if name in numbers),
        guests={keys[name]: name in row["came"] for name in row.get("guests", ())},
        contributed=frozenset(keys[name] for name in row["contributed"]),
        starts_at=start,
    )


def _facts(said: dict[str, Any]) -> Facts:
    houses: list[dict[str, Any]] = said["organisation"]
    keys = {house["name"]: f"partner-{number}" for number, house in enumerate(houses, 1)}
    told = [work for house in houses for work in (*house.get("measures", ()), *house.get("cooperations", ()))]
    responsible = [field for house in houses for field in house.get("responsible", ())]
    titles = sorted({*said["body"]["fields"], *(work["field"] for work in told if "field" in work), *responsible})
    measures, cooperations, goals = [], [], []
    for house in houses:
        key = keys[house["name"]]
        for work in house.get("measures", ()):
            measures.append(_measure(f"measure-{len(measures)}", key, work, keys))
        for work in house.get("cooperations", ()):
            others = tuple(keys[name] for name in work["with"])
            name = f"cooperation-{len(cooperations)}"
            cooperations.append(
                Cooperation(key=name, title=work["title"], partner=key, partner_keys=(key, *others),
                            field_of_action=work["field"])
            )  # fmt: skip
        for title in house.get("responsible", ()):
            goal = f"goal-{len(goals)}"
            goals.append(Goal(key=goal, title=f"Ziel {title}", field_of_action=title, responsible=house["name"]))
    return Facts(
        day=said["day"],
        partners=tuple(Partner(key=keys[one["name"]], name=one["name"], type=one.get("type")) for one in houses),
        fields_of_action=tuple(FieldOfAction(key=f"field-{n}", title=title) for n, title in enumerate(titles)),
        goals=tuple(goals),
        measures=tuple(measures),
        cooperations=tuple(cooperations),
    )


def _measure(key: str, partner: str, work: dict[str, Any], keys: dict[str, str]) -> Measure:
    return Measure(
        key=key,
        title=work["title"],
        partner=partner,
        lead_partner=partner,
        field_of_action=work.get("field"),
        status=work.get("status", "running"),
        partner_keys=tuple(keys[name] for name in work.get("with", ())),
    )
