"""The demo network's bodies and its planned meeting, made by the transactions a person would use."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace
from functools import partial
from pathlib import Path

from dashboard.answers.agenda import proposed_items
from dashboard.answers.meetings import meeting_view
from dashboard.answers.picture import picture
from dashboard.commands.demo_focus import add_focus
from dashboard.commands.demo_past import add_past
from dashboard.commands.demo_tables import add_gatherings
from etl.model.accounts import User, find_user
from etl.model.bodies import bodies
from etl.model.meetings import agenda
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline.meeting.agenda import drop_item, store_item, take_on
from etl.pipeline.meeting.bodies import store_body, store_member
from etl.pipeline.meeting.planning import Wish, invite, plan_meeting, show_to_leadership
from etl.pipeline.network import network_in
from etl.pipeline.senders import named_sender
from etl.rules.days import end_of_day
from etl.rules.meeting import Body, Item, Member
from etl.wording import say

_OFFICE = "koordination"
_MADE = dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC)


def add_meetings(store: Store, folder: Path) -> None:
    """Bodies, members and what is planned, from the demo's folder; its users and deliveries are there already."""
    with store.reading() as connection:
        office = find_user(connection, _OFFICE)
    if office is None or not (folder / "bodies.csv").exists():
        return
    _add_bodies(store, folder, office)
    _add_members(store, folder, office)
    add_past(store, office, folder, _MADE.date(), _MADE)
    add_gatherings(store, folder, office)
    add_focus(store, folder, office)
    for row in _rows(folder / "meetings.csv"):
        key = _plan(store, office, row)
        _write_agenda(store, folder, office, key, dt.date.fromisoformat(row["editorial_deadline"]))


def _add_bodies(store: Store, folder: Path, office: User) -> None:
    with store.reading() as connection:
        network = network_in(connection)
        fields = {k.value("title"): k.key for k in state_on(connection).kind("field_of_action").values()}
    for row in _rows(folder / "bodies.csv"):
        body = Body(
            id=0,
            name=row["name"],
            kind=row["kind"],  # type: ignore[arg-type]
            run_by=named_sender(row["run_by"], network).key if row["run_by"] else None,
            may_decide=row["may_decide"] == "yes",
            fields=tuple(fields[title] for title in row["fields"].split("|") if title),
            purpose=row["purpose"],
            differs=row["differs"],
            rhythm_months=int(row["rhythm_months"]) if row["rhythm_months"] else None,
        )
        store_body(store, office, body, now=_MADE)


def _add_members(store: Store, folder: Path, office: User) -> None:
    with store.reading() as connection:
        network = network_in(connection)
        by_name = {body.name: body.id for body in bodies(connection)}
    numbers: dict[tuple[str, str], int] = {}
    for row in _rows(folder / "members.csv"):
        member = Member(
            id=0,
            body=by_name[row["body"]],
            name=row["name"],
            partner=named_sender(row["partner"], network).key if row["partner"] else None,
            function=row["function"],
            decides=row["decides"] == "yes",
            deputy_for=numbers.get((row["body"], row["deputy_for"])),
            attends=row["attends"],  # type: ignore[arg-type]
            username=row["username"] or None,
        )
        numbers[row["body"], row["name"]] = store_member(store, office, member, now=_MADE)


def _plan(store: Store, office: User, row: dict[str, str]) -> str:
    day = dt.date.fromisoformat(row["day"])
    with store.reading() as connection:
        known = state_on(connection).kind("meeting").values()
        key = next((k.key for k in known if (k.value("title"), k.value("date")) == (row["title"], row["day"])), None)
    wish = Wish(
        body=row["body"],
        title=row["title"],
        day=day,
        time=dt.time.fromisoformat(row["time"]),
        minutes=int(row["minutes"]),
        place=row["place"],
        editorial_deadline=dt.date.fromisoformat(row["editorial_deadline"]),
        key=key,
    )
    planned = plan_meeting(store, office, wish, day=_MADE.date(), reason=say("de", "meeting.reason"), now=_MADE)
    show_to_leadership(store, office, planned.key, now=dt.datetime.fromisoformat(row["shown_to_leadership"]))
    invite(store, office, planned.key, now=dt.datetime.fromisoformat(row["invited"]))
    return planned.key


def _write_agenda(store: Store, folder: Path, office: User, key: str, deadline: dt.date) -> None:
    """What is proposed on the day of the editorial deadline, with the words people gave it since."""
    now = end_of_day(deadline)
    seen = picture(store, deadline, now)
    meeting = meeting_view(store, seen, key, office, now)
    assert meeting is not None, f"the demo's meeting {key} was planned"
    take_on(store, office, key, proposed_items(store, meeting, seen, partial(say, "de")), now=now)
    asked = {decision.id: decision.key for decision in seen.facts.decisions}
    for row in _rows(folder / "agenda.csv"):
        words = {name: row[name] for name in ("title", "proposal", "consequence")}
        if row["origin"] == "own":
            item = Item(0, key, 0, "own", minutes=int(row["minutes"]), **words)  # type: ignore[arg-type]
            store_item(store, office, item, now=now)
            continue
        before = _standing(store, key, row["origin"], asked.get(row["decision"]))
        if row["dropped"]:
            drop_item(store, office, key, before.id, dropped=True, now=now)
        else:
            told = replace(before, minutes=int(row["minutes"]), **words)  # type: ignore[arg-type]
            store_item(store, office, told, seen=before, now=now)


def _standing(store: Store, key: str, origin: str, record: str | None) -> Item:
    with store.reading() as connection:
        items = agenda(connection, key)
    return next(item for item in items if item.origin == origin and (record is None or record in item.records))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle, delimiter=";"))
