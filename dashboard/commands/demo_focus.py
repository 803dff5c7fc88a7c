"""The demo network's focus topics, with their steps and what those who watch have noted."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace
from pathlib import Path

from etl.model.accounts import User
from etl.model.bodies import bodies
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline.focus import note_seen, store_step, store_topic
from etl.pipeline.network import Network, network_in
from etl.pipeline.senders import named_sender
from etl.rules.focus import FocusStep, Topic, about_topic


def add_focus(store: Store, folder: Path, office: User) -> None:
    """From the demo's folder; its goals, partners and bodies are there already."""
    with store.reading() as connection:
        network = network_in(connection)
        goals = {str(known.value("id")): known.key for known in state_on(connection).kind("goal").values()}
        numbers = {body.name: body.id for body in bodies(connection)}
    about = dict(goals)
    for row in _rows(folder / "focus.csv"):
        agreed_on = dt.date.fromisoformat(row["agreed_on"])
        topic = Topic(
            id=0,
            title=row["title"],
            agreed_on=agreed_on,
            why=row["why"],
            body=numbers.get(row["body"]),
            watched_by=_key(row["watched_by"], network),
            sites=tuple(filter(None, (_key(name, network) for name in row["sites"].split("|")))),
            goals=tuple(goals[name] for name in row["goals"].split("|") if name),
        )
        about[row["key"]] = about_topic(store_topic(store, office, topic, now=_evening(agreed_on)))
    for row in _rows(folder / "focus_steps.csv"):
        topic_number = int(about[row["topic"]].removeprefix("focus-"))
        step = FocusStep(0, topic_number, row["text"], _key(row["responsible"], network), _day(row["due"]))
        done_on = _day(row["done_on"])
        now = _evening(done_on or dt.date(2026, 7, 1))
        store_step(store, office, replace(step, done_on=done_on), now=now)
    for row in _rows(folder / "watch_notes.csv"):
        day = dt.date.fromisoformat(row["day"])
        watcher = replace(office, role="partner", partner=_key(row["partner"], network), display_name=row["partner"])
        note_seen(store, watcher, about[row["about"]], day, row["text"], now=_evening(day))


def _key(name: str, network: Network) -> str | None:
    return named_sender(name, network).key if name else None


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _evening(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(18), dt.UTC)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter=";"))
