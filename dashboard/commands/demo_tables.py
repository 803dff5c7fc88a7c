"""Who came to the demo network's earlier meetings, and which houses were invited beside the members."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from etl.model.accounts import User
from etl.model.bodies import bodies, members
from etl.model.store import Store
from etl.pipeline.meeting.agenda import store_item
from etl.pipeline.meeting.attending import note_attendance, note_invited
from etl.pipeline.meeting.inviting import invite_house
from etl.pipeline.meeting.planning import Wish, invite, plan_meeting, show_to_leadership
from etl.pipeline.network import network_in
from etl.pipeline.senders import named_sender
from etl.rules.meeting import Item
from etl.wording import say

#: So long before a meeting it was planned and everybody invited.
_BEFORE = dt.timedelta(days=42)


def add_gatherings(store: Store, folder: Path, office: User) -> None:
    """Meetings of the past with who came; the bodies and their members are there already."""
    with (folder / "gatherings.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            _add(store, office, row)


def _add(store: Store, office: User, row: dict[str, str]) -> None:
    day = dt.date.fromisoformat(row["day"])
    then = dt.datetime.combine(day, dt.time(18), dt.UTC)
    before = then - _BEFORE
    with store.reading() as connection:
        network = network_in(connection)
        body = next(one.id for one in bodies(connection) if one.name == row["body"])
        numbers = {one.name: one.id for one in members(connection, body)}
    time, minutes = dt.time.fromisoformat(row["time"]), int(row["minutes"])
    wish = Wish(body, row["title"], day, time, minutes=minutes, place=row["place"])
    plan = plan_meeting(store, office, wish, day=before.date(), reason=say("de", "meeting.reason"), now=before)
    show_to_leadership(store, office, plan.key, now=before)
    invite(store, office, plan.key, now=before)
    reports = tuple(named_sender(name, network).key or "" for name in _names(row["reported"]))
    store_item(store, office, Item(0, plan.key, 0, "own", row["topic"], reports=reports), now=before)
    for name in _names(row["guests"]):
        guest = named_sender(name, network).key or ""
        invite_house(store, office, plan.key, guest, now=before)
        came = name in _names(row["guests_came"])
        note_invited(store, plan.key, guest, there=came, user=office, now=then)
    for name in _names(row["came"]):
        note_attendance(store, plan.key, numbers[name], there=True, user=office, now=then)


def _names(text: str) -> list[str]:
    return [name for name in text.split("|") if name]
