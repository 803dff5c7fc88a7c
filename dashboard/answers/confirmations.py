"""Confirm unchanged: what a partner can say in one click, what it said, and taking that back."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.answers.contacts import Viewer
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from dashboard.answers.what_changes import called
from etl.model.confirmations import all_confirmations
from etl.model.store import Store
from etl.pipeline.confirm import Seen, confirm, confirmed_already, own_records, seen_of
from etl.pipeline.enter import EntryRefused, undo_entry
from etl.pipeline.gone import OVER

#: Kinds that are counted aloud; their parts (milestones, allocations) go with them.
_COUNTED = ("measure", "cooperation", "interface", "funding", "contact", "need", "idea", "agreement")


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who said when, for which day, that everything is unchanged (or one ``record``)."""

    number: int
    person: str
    day: dt.date
    record: str | None


@dataclass(frozen=True, slots=True)
class Confirmable:
    """What can be confirmed: how many of each kind, and what was ``seen``. ``last`` is the last confirmation that
    stands, ``done``: nothing came since and it is about the day looked at."""

    partner: str
    record: str | None
    counts: Mapping[str, int]
    seen: Seen
    done: bool
    last: Confirmation | None


def confirmable(store: Store, picture: Picture, viewer: Viewer, record: str | None = None) -> Confirmable | None:
    """Everything of the viewer's partner, or one record of it; None where there is nothing of its own to confirm."""
    partner = viewer.partner
    if partner is None or viewer.role not in ("partner", "coordinator"):
        return None
    records = own_records(picture.state, partner, record)
    if not records:
        return None
    counted = Counter(known.kind for known in records)
    with store.reading() as connection:
        rows = [row for row in all_confirmations(connection, picture.state.known_on) if row.partner == partner]
    said = [Confirmation(r.number, r.person, r.day, r.record) for r in rows if r.record == record]
    return Confirmable(
        partner=partner,
        record=record,
        counts={kind: counted[kind] for kind in _COUNTED if counted[kind]},
        seen=seen_of(records),
        done=confirmed_already(records, picture.facts.day),
        last=said[-1] if said else None,
    )


def own_of_kind(picture: Picture, viewer: Viewer, kind: str) -> dict[str, str]:
    """The records of this kind that the viewer may confirm one by one, those that ended left out: key -> title,
    alphabetical."""
    if viewer.partner is None or viewer.role not in ("partner", "coordinator"):
        return {}
    own = [k for k in own_records(picture.state, viewer.partner) if k.kind == kind and k.value("status") not in OVER]
    titles = {known.key: called(known, picture) for known in own}
    return dict(sorted(titles.items(), key=lambda item: (alphabetical(item[1]), item[0])))


def confirm_unchanged(
    store: Store, viewer: Viewer, record: str | None, seen: Seen, *, day: dt.date, now: dt.datetime, by: str
) -> str:
    """The viewer's own partner confirms. Returns ``confirmed``, ``not_yours``, or why it was refused:
    ``nothing_to_confirm``, ``changed_since``, ``confirmed_already``."""
    if viewer.partner is None or viewer.role not in ("partner", "coordinator"):
        return "not_yours"
    try:
        confirm(store, viewer.partner, day=day, person=by, now=now, record=record, seen=seen)
    except EntryRefused as refused:
        return refused.code
    return "confirmed"


def take_back_confirmation(store: Store, viewer: Viewer, number: int, *, now: dt.datetime) -> str:
    """The office any, a partner its own. Returns ``undone``, ``already`` or ``not_yours``."""
    with store.reading() as connection:
        rows = {row.number: row for row in all_confirmations(connection, with_undone=True)}
    row = rows.get(number)
    if row is None or not viewer.sees_received(row.partner):
        return "not_yours"
    try:
        undo_entry(store, number, now=now)
    except EntryRefused:
        return "already"
    return "undone"
