"""Records no list names any more: which are asked about, what may be said of them, and what was said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dashboard.answers.contacts import Viewer
from dashboard.answers.deliveries import for_partner
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from dashboard.answers.what_changes import called
from etl.model.deliveries import all_deliveries
from etl.model.state import Known
from etl.model.store import Store
from etl.pipeline.authority import NotYours
from etl.pipeline.enter import EntryRefused
from etl.pipeline.gone import Gone, gone_records, no_longer_named, say_gone, take_gone_back, ways_of


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A record the newest list of its series (``file``) no longer names; ``others`` it may be part of now, by key."""

    key: str
    kind: str
    title: str
    partner: str
    file: str
    ways: tuple[str, ...]
    others: dict[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What a person said became of a record; ``entry`` takes it back."""

    entry: int
    kind: str
    title: str
    how: str
    into: str | None
    day: dt.date
    person: str
    reason: str


def unnamed_records(store: Store, picture: Picture, viewer: Viewer) -> tuple[Unnamed, ...]:
    """All for the office, a partner's own for the partner, none for anybody else; alphabetical."""
    if viewer.role != "coordinator" and not viewer.partner:
        return ()
    with store.reading() as connection:
        numbers = no_longer_named(connection)
        files = {row.number: row.file for row in all_deliveries(connection)}
    found = []
    for key, number in numbers.items():
        known = picture.state.find(key)
        if known is not None and viewer.sees_received(known.partner):
            found.append(_unnamed(known, files[number], picture))
    return tuple(sorted(found, key=lambda record: (alphabetical(record.title), record.key)))


def _unnamed(known: Known, file: str, picture: Picture) -> Unnamed:
    same = picture.state.kind(known.kind).values()
    others = {o.key: called(o, picture) for o in same if o.partner == known.partner and o.key != known.key}
    partner = picture.names_of([known.partner or ""]).get(known.partner or "", "")
    ways = tuple(way for way in ways_of(known.kind) if way != "merged" or others)
    ordered = dict(sorted(others.items(), key=lambda item: alphabetical(item[1])))
    return Unnamed(known.key, known.kind, called(known, picture), partner, file, ways, ordered)


def told_records(store: Store, picture: Picture, viewer: Viewer) -> tuple[Told, ...]:
    """What was said and may be taken back by this viewer, the latest first."""
    if viewer.role != "coordinator" and not viewer.partner:
        return ()
    with store.reading() as connection:
        found = gone_records(connection)
    return tuple(_told(gone, picture) for gone in found if viewer.sees_received(gone.record.partner))


def _told(gone: Gone, picture: Picture) -> Told:
    other = picture.state.find(gone.into) if gone.into else None
    into = called(other, picture) if other is not None else gone.into
    title = called(gone.record, picture)
    return Told(gone.entry, gone.record.kind, title, gone.how, into, gone.day, gone.person, gone.reason)


def tell_gone(
    store: Store,
    viewer: Viewer,
    key: str,
    how: str,
    *,
    into: str | None,
    reason: str,
    day: dt.date,
    by: str,
    now: dt.datetime,
) -> str:
    """``told``, ``refused`` (no reason, or it is not there any more), ``single_client`` or ``not_yours``."""
    try:
        partner = for_partner(viewer)
        say_gone(store, key, how, day=day, person=by, reason=reason, now=now, into=into, for_partner=partner)
    except EntryRefused as refused:
        return "single_client" if refused.code == "single_client" else "refused"
    except NotYours:
        return "not_yours"
    return "told"


def take_word_back(store: Store, viewer: Viewer, entry: int, *, now: dt.datetime) -> str:
    """``back``, ``refused`` (taken back before) or ``not_yours``."""
    try:
        take_gone_back(store, entry, now=now, for_partner=for_partner(viewer))
    except EntryRefused:
        return "refused"
    except NotYours:
        return "not_yours"
    return "back"
