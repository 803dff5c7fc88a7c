"""Corrections the office made for a partner: which there are, what stood there, when the partner was told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.answers.contacts import Viewer
from dashboard.answers.deliveries import for_partner
from dashboard.answers.picture import Picture
from etl.model.confirmations import all_corrections
from etl.model.state import Known
from etl.model.statements import Said
from etl.model.store import Store
from etl.pipeline.authority import NotYours
from etl.pipeline.correct import check, correct, field_of, is_own_to_check, may_be_checked, stated_by, tell
from etl.pipeline.enter import EntryRefused, undo_entry
from etl.vocabulary import Field, load_vocabulary


@dataclass(frozen=True, slots=True)
class Stated:
    """A value with what it takes to say it: its field's type, the domain of its codes, its qualifiers."""

    value: Any
    type: str
    domain: str
    qualifier: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One correction that stands. ``field`` is the full name (``measure.end``); ``holds``: no newer value replaced it.

    ``told_on`` is the day the partner was told, None: not yet.
    """

    number: int
    record: str
    kind: str
    title: str
    field: str
    before: Stated
    after: Stated
    reason: str
    person: str
    made: dt.datetime
    partner: str
    told_on: dt.date | None
    holds: bool


@dataclass(frozen=True, slots=True)
class Correctable:
    """A value the office may put right: what holds, the partner it is from, the codes to choose from (if coded).

    ``marked``: its reading was not exact, so that it may also be said to be right.
    """

    record: str
    kind: str
    name: str
    field: str
    title: str
    stated: Stated
    partner: str
    seen: tuple[int, int]
    codes: tuple[str, ...]
    marked: bool


def correction_rows(store: Store, picture: Picture, viewer: Viewer) -> tuple[CorrectionRow, ...]:
    """Newest first: all for the office, a partner's own for the partner, none for anyone else."""
    with store.reading() as connection:
        rows = [r for r in all_corrections(connection, picture.state.known_on) if viewer.sees_received(r.partner)]
    found = (_row(row, picture) for row in reversed(rows))
    return tuple(row for row in found if row is not None)


def correction_of(store: Store, picture: Picture, record: str, name: str) -> CorrectionRow | None:
    """The correction a value comes from, where it comes from one. Everyone may see it: it stands beside the value."""
    known = picture.state.find(record)
    held = known.holds.get(name) if known else None
    if held is None or held.entry is None:
        return None
    with store.reading() as connection:
        rows = {row.number: row for row in all_corrections(connection, picture.state.known_on)}
    return _row(rows[held.entry], picture) if held.entry in rows else None


def _row(row: Any, picture: Picture) -> CorrectionRow | None:
    known = picture.state.find(row.record)
    said = next((s for s in known.said if s.entry == row.number), None) if known else None
    if known is None or said is None:
        return None
    return CorrectionRow(
        number=row.number,
        record=row.record,
        kind=known.kind,
        title=title_of(known, picture),
        field=_described(known.kind, row.field).name,
        before=_stated(known, row.field, _before(known, row.field, said)),
        after=_stated(known, row.field, said),
        reason=row.reason,
        person=row.person,
        made=row.known_from,
        partner=partner_name(picture, row.partner),
        told_on=row.told_on,
        holds=known.holds.get(row.field) is said,
    )


def _before(known: Known, name: str, said: Said) -> Said | None:
    """What stood there when it was put right: the last statement about it known until then."""
    earlier = [s for s in known.said if name in s.body.values and s.known_from < said.known_from and s.day <= said.day]
    return earlier[-1] if earlier else None


def _stated(known: Known, name: str, said: Said | None) -> Stated:
    field = _described(known.kind, name)
    if said is None:
        return Stated(None, field.type, field.values, {})
    precision = said.body.values.get(f"{name}_precision")
    more = {"precision": precision} if precision else {}
    return Stated(said.body.values.get(name), field.type, field.values, said.body.qualifier.get(name, {}) | more)


def _described(kind: str, name: str) -> Field:
    return field_of(kind, name) or Field(f"{kind}.{name}", kind, "text", "")


def title_of(known: Known, picture: Picture) -> str:
    """What a record is called; a value is called as its indicator."""
    named = known.value("title") or known.value("name") or known.value("programme") or known.value("indicator")
    indicator = picture.facts.indicator_by_key.get(known.parent or "")
    return str(named or (indicator.title if indicator else "") or known.key)


def partner_name(picture: Picture, key: str | None) -> str:
    partner = picture.facts.partner_by_key.get(key or "")
    return (partner.short_name or partner.name) if partner else ""


def correctable(picture: Picture, viewer: Viewer, record: str, name: str) -> Correctable | None:
    """For the office: a value that holds, of a type that can be put right alone. For a partner: one of its own whose
    reading was not exact. Else None."""
    known = picture.state.find(record)
    held = known.holds.get(name) if known else None
    if known is None or held is None or not _may(viewer, known, name):
        return None
    field = field_of(known.kind, name)
    if field is None:
        return None
    own = stated_by(known, name)
    return Correctable(
        record=record,
        kind=known.kind,
        name=name,
        field=field.name,
        title=title_of(known, picture),
        stated=_stated(known, name, held),
        partner=partner_name(picture, own.partner if own else known.partner),
        seen=held.id,
        marked=may_be_checked(known, name),
        codes=load_vocabulary().codes(field.values) if field.type in ("code", "codes") else (),
    )


def _may(viewer: Viewer, known: Known, name: str) -> bool:
    if viewer.role == "coordinator":
        return True
    return viewer.role == "partner" and is_own_to_check(known, name, viewer.partner or "")


def correct_value(
    store: Store,
    viewer: Viewer,
    wanted: Correctable,
    given: str | list[str],
    *,
    reason: str,
    day: dt.date,
    now: dt.datetime,
    by: str,
) -> str:
    """The office any value, a partner its own where the reading was not exact. Returns ``corrected``, ``not_yours``, or
    the code that refused it."""
    if viewer.role not in ("coordinator", "partner"):
        return "not_yours"
    told: dict[str, Any] = {"day": day, "person": by, "reason": reason, "now": now, "seen": wanted.seen}
    try:
        number = correct(store, wanted.record, wanted.name, given, **told, for_partner=for_partner(viewer))
    except EntryRefused as refused:
        return refused.code
    except NotYours:
        return "not_yours"
    _known_to_itself(store, viewer, number, day, by)
    return "corrected"


def _known_to_itself(store: Store, viewer: Viewer, number: int, day: dt.date, by: str) -> None:
    """Nobody has to tell a partner what it did itself."""
    if viewer.role == "partner":
        tell(store, number, day, person=by)


def check_value(
    store: Store, viewer: Viewer, wanted: Correctable, *, reason: str, day: dt.date, now: dt.datetime, by: str
) -> str:
    """The value is right as it was read: ``checked``. Who may say so, and what else is returned: ``correct_value``."""
    if viewer.role not in ("coordinator", "partner"):
        return "not_yours"
    told: dict[str, Any] = {"day": day, "person": by, "reason": reason, "now": now, "seen": wanted.seen}
    try:
        number = check(store, wanted.record, wanted.name, **told, for_partner=for_partner(viewer))
    except EntryRefused as refused:
        return refused.code
    except NotYours:
        return "not_yours"
    _known_to_itself(store, viewer, number, day, by)
    return "checked"


def note_told(store: Store, viewer: Viewer, number: int, told_on: dt.date | None, *, today: dt.date, by: str) -> str:
    """When the partner was told; the office only. Returns ``told``, ``not_yours``, ``not_yet`` (a day to come)."""
    if viewer.role != "coordinator":
        return "not_yours"
    if told_on is not None and told_on > today:
        return "not_yet"
    try:
        tell(store, number, told_on, person=by)
    except EntryRefused:
        return "not_yours"
    return "told"


def take_back_correction(store: Store, viewer: Viewer, number: int, *, now: dt.datetime) -> str:
    """The office only. Returns ``undone``, ``already`` or ``not_yours``."""
    with store.reading() as connection:
        there = any(row.number == number for row in all_corrections(connection, with_undone=True))
    if viewer.role != "coordinator" or not there:
        return "not_yours"
    try:
        undo_entry(store, number, now=now)
    except EntryRefused:
        return "already"
    return "undone"
