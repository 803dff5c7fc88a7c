"""The state as the facts the rules are about: typed records, references resolved to keys.

References are resolved here, on reading, and not when a delivery is accepted: so a list that arrives before the goal
catalogue finds its goals as soon as they are there, and loses them when the catalogue is undone.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from etl.model.confirmations import all_confirmations
from etl.model.deliveries import all_deliveries, days_spoken_of, rounds
from etl.model.human_ratings import human_ratings
from etl.model.partner_words import said_beside
from etl.model.round_closings import closings
from etl.model.state import Known, State
from etl.model.store import Connection
from etl.pipeline.picture import typed, typed_interfaces, typed_meeting_records, typed_records
from etl.pipeline.picture.links import Links
from etl.rules.days import in_berlin
from etl.rules.facts import Assigned, Confirmed, Delivered, Facts, FieldOfAction, Round, Way

BERLIN = ZoneInfo("Europe/Berlin")


def facts_of(connection: Connection, state: State, day: dt.date) -> Facts:
    """All facts of ``state`` as the rules take them on ``day``."""
    links = Links(state)
    deliveries = _known(all_deliveries(connection, with_undone=True), state.known_on)
    received = {d.number: d.received_at.astimezone(BERLIN).date() for d in deliveries}
    children: dict[str, list[Known]] = defaultdict(list)
    for kind in ("milestone", "allocation"):
        for known in state.kind(kind).values():
            if known.parent:
                children[known.parent].append(known)
    return Facts(
        day=day,
        known_on=state.known_on,
        partners=tuple(typed_records.partner_of(k) for k in _of(state, "partner")),
        contacts=tuple(typed_records.contact_of(k) for k in _of(state, "contact")),
        fields_of_action=tuple(
            FieldOfAction(key=k.key, title=typed.text(k, "title") or "") for k in _of(state, "field_of_action")
        ),
        goals=tuple(typed_records.goal_of(k, links) for k in _of(state, "goal")),
        indicators=tuple(typed_records.indicator_of(k, links) for k in _of(state, "indicator")),
        observations=tuple(
            o for k in _of(state, "observation") if (o := typed_records.observation_of(k, received)) and o.day <= day
        ),
        measures=tuple(typed_records.measure_of(k, links, children[k.key]) for k in _of(state, "measure")),
        cooperations=tuple(typed_records.cooperation_of(k, links) for k in _of(state, "cooperation")),
        interfaces=tuple(typed_interfaces.interface_of(k, links) for k in _of(state, "interface")),
        fundings=tuple(typed_records.funding_of(k, links, children[k.key]) for k in _of(state, "funding")),
        needs=tuple(typed_meeting_records.need_of(k, links) for k in _of(state, "need")),
        ideas=tuple(typed_meeting_records.idea_of(k, links) for k in _of(state, "idea")),
        meetings=tuple(typed_meeting_records.meeting_of(k) for k in _of(state, "meeting")),
        decisions=tuple(typed_meeting_records.decision_of(k, links) for k in _of(state, "decision")),
        agreements=tuple(typed_meeting_records.agreement_of(k, links) for k in _of(state, "agreement")),
        rounds=_rounds(connection, state),
        human_ratings=tuple(
            replace(rating, record=state.counts_as(rating.record))
            for rating in human_ratings(connection, state.known_on)
        ),
        said_beside=said_beside(connection, state.known_on),
        delivered=_delivered(deliveries, received, days_spoken_of(connection), day, state),
        confirmed=_confirmed(connection, day, state),
        assigned=_assigned(state),
    )


def _known(deliveries: Iterable[Any], known_on: dt.datetime | None) -> list[Any]:
    """Those that were accepted and not undone then: one that was undone later held as long."""
    if known_on is None:
        return [d for d in deliveries if d.undone_at is None]
    return [d for d in deliveries if d.known_from <= known_on and (d.undone_at is None or d.undone_at > known_on)]


def _rounds(connection: Connection, state: State) -> tuple[Round, ...]:
    closed = {name: in_berlin(row.closed_at) for name, row in closings(connection, state.known_on).items()}
    return tuple(
        Round(r.name, r.day, r.deadline, in_berlin(r.opened_at) if r.opened_at else None, closed.get(r.name))
        for r in rounds(connection)
    )


def _of(state: State, kind: str) -> Iterable[Known]:
    return state.kind(kind).values()


def _assigned(state: State) -> dict[tuple[str, str], Assigned]:
    found = {}
    for records in state.records.values():
        for known in records.values():
            for name, row in known.assigned.items():
                targets = tuple(dict.fromkeys(state.counts_as(key) for key in row.targets))
                day = row.known_from.astimezone(BERLIN).date()
                found[known.key, name] = Assigned(row.id, targets, row.person, row.reason, day)
    return found


def _delivered(
    deliveries: list[Any],
    received: dict[int, dt.date],
    spoken_of: Mapping[int, Sequence[dt.date]],
    day: dt.date,
    state: State,
) -> dict[str, tuple[Delivered, ...]]:
    """Each with the latest day it is about, as its records have it; a „Stand“ that had not come yet counts for none."""
    found: dict[str, list[Delivered]] = defaultdict(list)
    for d in deliveries:
        about = max((on for on in spoken_of.get(d.number, ()) if on <= received[d.number]), default=d.day)
        if about <= day:
            arrived = Delivered(d.number, about, received[d.number], way_of(d.corrections))
            found[state.counts_as(d.partner)].append(arrived)
    return {partner: tuple(sorted(rows, key=lambda r: r.day)) for partner, rows in found.items()}


def way_of(corrections: Mapping[str, Any]) -> Way:
    """How a delivery came, by its own mark: an answered form says whether by link or on the phone."""
    form = corrections.get("form")
    return form if form in ("link", "phone") else "file"


def _confirmed(connection: Connection, day: dt.date, state: State) -> dict[str, tuple[Confirmed, ...]]:
    found: dict[str, list[Confirmed]] = defaultdict(list)
    for row in all_confirmations(connection, state.known_on):
        if row.record is None and row.day <= day:
            found[state.counts_as(row.partner)].append(Confirmed(row.number, row.day, row.person))
    return {partner: tuple(sorted(rows, key=lambda r: r.day)) for partner, rows in found.items()}
