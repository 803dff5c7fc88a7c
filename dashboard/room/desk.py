"""The recorder's desk as HTML: one form for every kind of result, what was written down so far, who is present."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from dashboard.answers.desk import Choice, Desk
from dashboard.answers.result_words import default_due, temperature_finding, worded, worded_temperature
from dashboard.answers.results import Assessed, Result, temperature_on
from dashboard.answers.room import WALL, Room
from dashboard.parts.blocks import SYMBOLS
from dashboard.room.pages import render
from etl.rules.meeting import RESULT_KINDS, STANCES
from etl.rules.results import ADDRESSED, EXPECTED, EXPECTED_OF, RATED, ResultSaid
from etl.rules.temperature import CHOICES
from etl.wording import say


@dataclass(frozen=True)
class DeskPage:
    """The desk of a meeting for one recorder: everything on it in their language."""

    network: str
    language: str
    room: Room
    title: str
    day: dt.date
    desk: Desk
    results: tuple[Result, ...]
    temperatures: tuple[Assessed, ...]
    stand: str
    user: str

    @property
    def at(self) -> str:
        return f"{WALL}/{self.room.plan.key}/protokoll"

    @property
    def closed(self) -> bool:
        return self.room.plan.state == "closed"

    @cached_property
    def on_wall(self) -> int | None:
        row = self.room.row
        return row.item if row is not None and self.room.live else None

    def say(self, key: str, **values: Any) -> str:
        return say(self.language, key, **values)

    def page(self) -> str:
        kinds = [kind for kind in RESULT_KINDS if kind != "decision" or self.room.body.may_decide]
        return self._render(
            "desk.html",
            title=self.title,
            kinds=kinds,
            stances=STANCES,
            addressed=ADDRESSED,
            expected=EXPECTED,
            rated=RATED[:3],
            statuses=("running", "completed", "planned", "permanent"),
            data=json.dumps(self._data()),
            at=self.at,
            key=self.room.plan.key,
            keep=self._keep,
            fragments=self.fragments(),
            houses=_pairs(self.desk.partners),
            closed=self.closed,
        )

    def fragments(self) -> dict[str, Any]:
        """What changes while the page is open; ``wall`` is the number of the item on the wall, ``at`` its place."""
        item = self.desk.item(self.on_wall)
        live = self.room.live
        if item is not None:
            where = self.say("desk.on_wall", place=item.place, total=len(self.desk.items))
        else:
            where = self.say("desk.opening" if live else "desk.not_begun")
        standing = [one for one in self.results if not one.withdrawn]
        return {
            "stand": self.stand,
            "wall": self.on_wall,
            "where": where,
            "items": self._recorded,
            "headline": self.say("desk.headline", n=len(standing)),
            "results": self._results(),
            "attendance": self._attendance(),
            "temperature": self._temperature(),
            "collects": self.desk.collects,
        }

    @property
    def _recorded(self) -> list[int]:
        """Numbers of the items for which something is written down."""
        return sorted({one.item for one in self.results if one.item is not None and not one.withdrawn})

    @property
    def _keep(self) -> str:
        """Under which name a browser keeps what is typed: another person's stays theirs."""
        return hashlib.sha256(f"desk {self.user} {self.room.plan.key}".encode()).hexdigest()[:16]

    def _results(self) -> str:
        places = {item.id: item for item in self.desk.items}
        shown = [
            {
                "result": one,
                "words": worded(one, self.language),
                "item": places.get(one.item or 0),
                "data": json.dumps(_editable(one, one.said)),
                "others": [(wording, json.dumps(_editable(one, wording.said))) for wording in one.beside],
            }
            for one in reversed(self.results)
        ]
        return self._render("desk_results.html", shown=shown, closed=self.closed)

    def _attendance(self) -> str:
        return self._render(
            "desk_attendance.html",
            desk=self.desk,
            has_members=self.room.body.has_members,
            closed=self.closed,
        )

    def _temperature(self) -> str:
        asked = next((one for one in self.temperatures if one.open), None)
        shown = asked or temperature_on(self.temperatures, self.on_wall)
        there = self.desk.there + (self.desk.guests or 0)
        return self._render(
            "desk_temperature.html",
            asked=asked,
            shown=worded_temperature(shown, self.language) if shown is not None else None,
            finding=temperature_finding(shown, self.language) if shown is not None else "",
            more=shown is not None and 0 < there < shown.voices,
            there=there,
            choices=CHOICES,
            symbols=SYMBOLS,
            closed=self.closed,
        )

    def _data(self) -> dict[str, Any]:
        """For the script: what is prefilled for which item, and what can be chosen."""
        due = default_due(self.day)
        return {
            "meeting": self.room.plan.key,
            "items": [asdict(item) for item in self.desk.items],
            "partners": _pairs(self.desk.partners),
            "goals": _pairs(self.desk.goals),
            "measures": _pairs(self.desk.measures),
            "milestones": {one.key: one.milestones for one in self.desk.measures if one.milestones},
            "next": self.desk.next_day.isoformat() if self.desk.next_day else "",
            "expires": default_due(due).isoformat(),
            "of": {kind: sorted(EXPECTED_OF[kind]) for kind in EXPECTED},
            "wall": self.on_wall,
            "recorded": self._recorded,
            "mayDecide": self.room.body.may_decide,
        }

    def _render(self, template: str, **values: Any) -> str:
        return render(template, self.language, self.network, **values)


def _pairs(choices: tuple[Choice, ...]) -> list[tuple[str, str]]:
    return [(choice.key, choice.name) for choice in choices]


def _editable(result: Result, said: ResultSaid) -> dict[str, Any]:
    """A result as the form takes it to change it; an edit is based on everything there is."""
    data = said.as_data()
    data.pop("called", None)
    names = {key: named.then for key, named in result.named.items()}
    kept = {"result": result.id, "kind": result.kind, "item": result.item, "based_on": result.latest}
    return kept | {"said": data, "names": names}
