"""Corrections by the office or by a partner itself: which there are, what stood there, when the partner was told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.answers.contacts import Viewer
from dashboard.answers.picture import Picture
from etl.model.confirmations import all_corrections
from etl.model.packing import Said
from etl.model.reviews import OFFICE_FIRST, policy_of
from etl.model.state import Known
from etl.model.store import Store
from etl.pipeline.authority import NeedsOffice, NotYours
from etl.pipeline.correct import check, correct, field_of, is_own, may_be_checked, stated_by, tell
from etl.pipeline.enter import EntryRefused, undo_entry
from etl.rules.steps import line_title
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

    ``told_on`` is the day the partner was told, None: not yet; ``own``: the partner made it itself.
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
    own: bool


@dataclass(frozen=True, slots=True)
class Correctable:
    """A value that may be put right: what holds, the partner it is from, the codes to choose from (if coded).

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
        own=row.own,
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
    stated = (known.value(name) for name in ("title", "name", "programme", "indicator"))
    named = line_title(known.values) or next(filter(None, stated), None)
    indicator = picture.facts.indicator_by_key.get(known.parent or "")
    return str(named or (indicator.title if indicator else "") or known.key)


def partner_name(picture: Picture, key: str | None) -> str:
    partner = picture.facts.partner_by_key.get(key or "")
    return (partner.short_name or partner.name) if partner else ""


def correctable(picture: Picture, viewer: Viewer, record: str, name: str) -> Correctable | None:
    """A value that holds, of a type that can be put right alone: the office any, a partner its own; else None."""
    known = picture.state.find(record)
    held = known.holds.get(name) if known else None
    if known is None or held is None:
        return None
    own = viewer.role == "partner" and viewer.partner is not None and is_own(known, name, viewer.partner)
    if viewer.role != "coordinator" and not own:
        return None
    field = field_of(known.kind, name)
    if field is None:
        return None
    told = stated_by(known, name)
    return Correctable(
        record=record,
        kind=known.kind,
        name=name,
        field=field.name,
        title=title_of(known, picture),
        stated=_stated(known, name, held),
        partner=partner_name(picture, told.partner if told else known.partner),
        seen=held.id,
        marked=may_be_checked(known, name),
        codes=load_vocabulary().codes(field.values) if field.type in ("code", "codes") else (),
    )


def waits_for_office(store: Store, viewer: Viewer) -> bool:
    """Whether the office wants to look at what this partner changes first: then nothing is put right at once."""
    if viewer.role != "partner" or viewer.partner is None:
        return False
    with store.reading() as connection:
        return policy_of(connection, viewer.partner) == OFFICE_FIRST


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
    """The office any, a partner its own. Returns ``corrected``, ``not_yours``, ``for_office`` (which wants to look
    first), or the code that refused it."""

    def put_right(whose: str | None) -> None:
        act = {"day": day, "person": by, "reason": reason, "now": now, "seen": wanted.seen}
        correct(store, wanted.record, wanted.name, given, **act, for_partner=whose)  # type: ignore[arg-type]

    return _carried_out(viewer, put_right) or "corrected"


def check_value(
    store: Store, viewer: Viewer, wanted: Correctable, *, reason: str, day: dt.date, now: dt.datetime, by: str
) -> str:
    """The value is right as it was read; for whom, and what it returns, as ``correct_value``, with ``checked``."""

    def say_so(whose: str | None) -> None:
        act = {"day": day, "person": by, "reason": reason, "now": now, "seen": wanted.seen}
        check(store, wanted.record, wanted.name, **act, for_partner=whose)  # type: ignore[arg-type]

    return _carried_out(viewer, say_so) or "checked"


def _carried_out(viewer: Viewer, act: Callable[[str | None], None]) -> str | None:
    """Do it for the office (None) or for the partner; the code of what stands against it."""
    if viewer.role != "coordinator" and not (viewer.role == "partner" and viewer.partner):
        return "not_yours"
    try:
        act(None if viewer.role == "coordinator" else viewer.partner)
    except EntryRefused as refused:
        return refused.code
    except NotYours:
        return "not_yours"
    except NeedsOffice:
        return "for_office"
    return None


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


def _may_take_back(viewer: Viewer, own: bool, partner: str | None) -> bool:
    return viewer.role == "coordinator" or (viewer.role == "partner" and own and viewer.sees_received(partner))


def take_back_correction(store: Store, viewer: Viewer, number: int, *, now: dt.datetime) -> str:
    """The office any, a partner what it put right itself. Returns ``undone``, ``already`` or ``not_yours``."""
    with store.reading() as connection:
        rows = {row.number: row for row in all_corrections(connection, with_undone=True)}
    row = rows.get(number)
    if row is None or not _may_take_back(viewer, row.own, row.partner):
        return "not_yours"
    try:
        undo_entry(store, number, now=now)
    except EntryRefused:
        return "already"
    return "undone"
