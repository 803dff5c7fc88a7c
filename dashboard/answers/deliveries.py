"""Deliveries so far, the round that is on, and taking a delivery back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.answers.contacts import Viewer
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from etl.model.deliveries import all_deliveries, days_spoken_of, find_delivery
from etl.model.judgements import root_of
from etl.model.store import Store
from etl.pipeline.authority import NeedsOffice
from etl.pipeline.undo import NothingToUndo, undo_delivery
from etl.rules.days import latest_round
from etl.rules.finding import Finding
from etl.rules.findings import deliveries_finding
from etl.rules.gaps import reported_in_round


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One delivery. ``day``: the latest it is about.

    ``outcome`` is accepted, unchanged or undone; ``records`` counts what it brought, by change; ``on_behalf``:
    ``sent_by`` of the office took it in for the partner, from a ``mail`` called so where it came in one."""

    number: int
    file: str
    partner: str
    day: dt.date
    received: dt.datetime
    outcome: str
    records: Mapping[str, int]
    undone_at: dt.datetime | None = None
    sent_by: str | None = None
    on_behalf: bool = False
    mail: str | None = None

    @property
    def may_be_undone(self) -> bool:
        return self.outcome != "undone"


@dataclass(frozen=True, slots=True)
class RoundState:
    """How far a round is. ``missing`` names partners for the office only; ``own``: has the viewer's reported."""

    name: str
    day: dt.date
    deadline: dt.date
    reported: int
    expected: int
    missing: tuple[str, ...] | None = None
    own: bool | None = None


def deliveries_headline(picture: Picture) -> Finding:
    return deliveries_finding(picture.facts, picture.thresholds)


def delivery_rows(store: Store, picture: Picture, viewer: Viewer) -> tuple[DeliveryRow, ...]:
    """Newest first: all of them for the office, a partner's own for the partner, none for anyone else."""
    with store.reading() as connection:
        rows, spoken_of = all_deliveries(connection, with_undone=True), days_spoken_of(connection)
    found = [row for row in rows if viewer.sees_received(picture.state.counts_as(row.partner))]
    shown = (_row(row, picture, spoken_of.get(row.number, ())) for row in found)
    return tuple(sorted(shown, key=lambda row: (row.received, row.number), reverse=True))


def delivery_row(store: Store, picture: Picture, viewer: Viewer, number: int) -> DeliveryRow | None:
    """One delivery, where there is one and the viewer may see it."""
    with store.reading() as connection:
        row, spoken_of = find_delivery(connection, number), days_spoken_of(connection, number)
    seen = row is not None and viewer.sees_received(picture.state.counts_as(row.partner))
    return _row(row, picture, spoken_of.get(number, ())) if seen else None


def _row(row: Any, picture: Picture, spoken_of: Sequence[dt.date]) -> DeliveryRow:
    partner = picture.facts.partner_by_key.get(picture.state.counts_as(row.partner))
    return DeliveryRow(
        number=row.number,
        file=row.file,
        partner=(partner.short_name or partner.name) if partner else row.sender,
        day=max(spoken_of, default=row.day),
        received=row.received_at,
        outcome="undone" if row.undone_at else row.outcome,
        records=_records(row.changes),
        undone_at=row.undone_at,
        sent_by=row.sent_by,
        on_behalf=row.on_behalf,
        mail=row.mail,
    )


def _records(changes: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """new, changed, unchanged, missing over all kinds."""
    total: dict[str, int] = {}
    for counts in changes.values():
        for change, number in counts.items():
            total[change] = total.get(change, 0) + number
    return total


def round_state(picture: Picture, viewer: Viewer) -> RoundState | None:
    """The round that is on, or None where there is none yet."""
    facts = picture.facts
    this = latest_round(facts.rounds, facts.day)
    if this is None:
        return None
    reported, expected = reported_in_round(facts, this)
    there = {partner.key for partner in reported}
    missing = None
    if viewer.role == "coordinator":
        names = (p.short_name or p.name for p in expected if p.key not in there)
        missing = tuple(sorted(names, key=alphabetical))
    own = viewer.partner in there if viewer.role == "partner" and viewer.partner else None
    return RoundState(this.name, this.day, this.deadline, len(reported), len(expected), missing, own)


def for_partner(viewer: Viewer) -> str | None:
    """The partner a viewer decides for; None for the office. Nobody else decides about deliveries."""
    return None if viewer.role == "coordinator" else viewer.partner or ""


def take_back(store: Store, number: int, viewer: Viewer, *, now: dt.datetime, by: str) -> str:
    """Undo a delivery: the office any, a partner its own, as long as nothing of the network's changes with it.

    Returns ``undone``, ``already``, ``for_office`` or ``not_yours``.
    """
    with store.reading() as connection:
        row = find_delivery(connection, number)
        sender = root_of(connection, row.partner) if row is not None else None
    if row is None or not viewer.sees_received(sender):
        return "not_yours"
    try:
        undo_delivery(store, number, now=now, by=by, for_partner=for_partner(viewer))
    except NothingToUndo:
        return "already"
    except NeedsOffice:
        return "for_office"
    return "undone"
