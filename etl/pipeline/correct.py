"""Exceptions are rows: the office puts one value of a partner's record right, with its reason, and notes when the
partner was told; or a person of the partner does it itself. The value carries the mark wherever it shows.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from etl.model.confirmations import add_correction, note_own, note_told
from etl.model.deliveries import later_than_all
from etl.model.entries import add_entry
from etl.model.packing import Body, Entered, Said, passages_of
from etl.model.reviews import OFFICE_FIRST, policy_of
from etl.model.state import Known, state_on
from etl.model.statements import store_statements
from etl.model.store import Connection, Store, raise_version
from etl.model.tables import NETWORK_KINDS
from etl.pipeline.authority import NeedsOffice, NotYours, Reason
from etl.pipeline.enter import EntryRefused, refuse_client
from etl.stages.readings.cells import Context, read_cell
from etl.vocabulary import Field, load_vocabulary

#: The mark a corrected value carries.
CORRECTED = "value_corrected"
#: Types of field one value of which can be put right alone.
CORRECTABLE = frozenset(
    {"text", "code", "codes", "count", "number", "percent", "amount", "date", "date_end", "bool", "reference"}
) | {"references"}


@dataclass(frozen=True, slots=True)
class Right:
    """What a value is put right to: the fields to state and how they are qualified."""

    values: dict[str, Any]
    qualifier: dict[str, dict[str, Any]]
    said: str


def correct(
    store: Store,
    record: str,
    name: str,
    given: str | list[str],
    *,
    day: dt.date,
    person: str,
    reason: str,
    now: dt.datetime,
    seen: tuple[int, int] | None = None,
    for_partner: str | None = None,
) -> int:
    """Put the value that holds for ``name`` on ``day`` right to ``given`` (words as in a cell, or codes); the entry.

    It is about the day the value was last stated for, so that it is a correction and no news. ``seen`` is the id of
    the statement the person looked at. Raises ``EntryRefused``: without_reason, unknown_field, nothing_to_correct,
    not_read, changed_since, same_value, single_client. ``for_partner`` puts its own value right itself; raises
    ``NotYours`` or ``NeedsOffice`` where it may not.
    """
    if not reason.strip():
        raise EntryRefused("without_reason")
    refuse_client([person, reason, *([given] if isinstance(given, str) else given)])
    with store.writing() as connection:
        known = state_on(connection, day).find(record)
        if known is None or name not in known.holds:
            raise EntryRefused("nothing_to_correct", name)
        if seen is not None and known.holds[name].id != seen:
            raise EntryRefused("changed_since")
        right = read_right(known, name, given, day)
        _guard(connection, known, name, for_partner)
        number = _store(connection, known, name, right, person, reason.strip(), now)
        if for_partner is not None:
            note_own(connection, number, day, person)
        raise_version(connection)
    return number


def check(
    store: Store,
    record: str,
    name: str,
    *,
    day: dt.date,
    person: str,
    reason: str,
    now: dt.datetime,
    seen: tuple[int, int] | None = None,
    for_partner: str | None = None,
) -> int:
    """Say that a value whose reading was not exact is right as it stands; the entry, taken back like a correction.

    The value stays, its mark goes. Raises ``EntryRefused`` as ``correct``; nothing_to_correct where it has no mark.
    """
    if not reason.strip():
        raise EntryRefused("without_reason")
    refuse_client([person, reason])
    with store.writing() as connection:
        known = state_on(connection, day).find(record)
        if known is None or not may_be_checked(known, name):
            raise EntryRefused("nothing_to_correct", name)
        if seen is not None and known.holds[name].id != seen:
            raise EntryRefused("changed_since")
        same = {part: known.values[part] for part in (name, f"{name}_precision") if part in known.values}
        qualifier = known.holds[name].body.qualifier.get(name, {})
        right = Right(same, {name: qualifier} if qualifier else {}, "")
        _guard(connection, known, name, for_partner)
        number = _store(connection, known, name, right, person, reason.strip(), now)
        if for_partner is not None:
            note_own(connection, number, day, person)
        raise_version(connection)
    return number


def is_own(known: Known, name: str, partner: str) -> bool:
    """Whether ``partner`` itself may put a value right: of its own record (or of itself), and no other source states
    it: an entry would settle what two of them say."""
    own = known.key == partner if known.kind == "partner" else known.partner == partner
    network = known.kind in NETWORK_KINDS and known.kind != "partner"
    told = [s.partner for s in known.said if s.delivery is not None and name in s.body.values]
    return own and not network and all(teller == partner for teller in told)


def _guard(connection: Connection, known: Known, name: str, for_partner: str | None) -> None:
    """What a partner's sign-in may not do alone; nothing is stored then."""
    if for_partner is None:
        return
    if not is_own(known, name, for_partner):
        raise NotYours
    if policy_of(connection, for_partner) == OFFICE_FIRST:
        raise NeedsOffice([Reason("policy")])


def may_be_checked(known: Known, name: str) -> bool:
    """Whether a value holds whose reading was not exact, and that nobody put right."""
    return name in known.holds and known.mark(name) not in (None, CORRECTED) and field_of(known.kind, name) is not None


def field_of(kind: str, name: str) -> Field | None:
    """The field of a kind of record, where one value of it can be put right."""
    fields = load_vocabulary().fields.values()
    return next((f for f in fields if f.kind == kind and f.short == name and f.type in CORRECTABLE), None)


def read_right(known: Known, name: str, given: str | list[str], day: dt.date) -> Right:
    """``given`` read as a cell of the field's column would be; raises ``EntryRefused``."""
    field = field_of(known.kind, name)
    if field is None:
        raise EntryRefused("unknown_field", name)
    said = ", ".join(given) if isinstance(given, list) else given.strip()
    values, qualifier = read_given(field, given, day)
    if name not in values:
        values[name] = None  # „dauerhaft“: an end that is none
    companion = f"{name}_precision"
    if companion in known.values and companion not in values:
        values[companion] = "day"
    held = known.holds[name].body.qualifier.get(name, {})
    if values[name] == known.values.get(name) and qualifier == held:
        raise EntryRefused("same_value")
    return Right(values, {name: qualifier} if qualifier else {}, said)


def read_given(field: Field, given: str | list[str], day: dt.date) -> tuple[dict[str, Any], dict[str, Any]]:
    """Values to state (by their names in the store) and their qualifier, of words as in a cell, or of codes.

    Raises ``EntryRefused`` (not_read).
    """
    said = ", ".join(given) if isinstance(given, list) else given.strip()
    coded = _coded(field, given) if field.type in ("code", "codes") else None
    values, qualifier = coded or _read(field, said, day)
    name = field.short
    return {(name if key == "value" else f"{name}_{key}"): value for key, value in values.items()}, qualifier


def _coded(field: Field, given: str | list[str]) -> tuple[dict[str, Any], dict[str, Any]] | None:
    codes = load_vocabulary().codes(field.values)
    chosen = given if isinstance(given, list) else [given]
    if not chosen or any(code not in codes for code in chosen):
        return None
    return {"value": list(chosen) if field.type == "codes" else chosen[0]}, {}


def _read(field: Field, said: str, day: dt.date) -> tuple[dict[str, Any], dict[str, Any]]:
    reading = read_cell(said, Context(field, load_vocabulary(), day)) if said else None
    if reading is None or reading.gives_nothing or reading.problem or set(reading.fields) - {"value", "precision"}:
        raise EntryRefused("not_read", said)
    return dict(reading.fields), dict(reading.qualifier.get("value", {}))


def stated_by(known: Known, name: str) -> Said | None:
    """The last statement of a partner's own about a field."""
    return next((s for s in reversed(known.said) if s.delivery is not None and name in s.body.values), None)


def correction_holding(known: Known, name: str) -> Said | None:
    """The correction that a field's value comes from, where it comes from one."""
    held = known.holds.get(name)
    return held if held is not None and held.entry is not None and held.body.marks.get(name) == CORRECTED else None


def outlives(correction: Said, day: dt.date) -> bool:
    """Whether a correction still holds when a partner states something else about ``day``: only a later day is news."""
    return day <= correction.day


def _store(
    connection: Connection, known: Known, name: str, right: Right, person: str, reason: str, now: dt.datetime
) -> int:
    number = add_entry(connection, person, reason, later_than_all(connection, now))
    own = stated_by(known, name)
    add_correction(connection, number, known.key, name, (own.partner if own else None) or known.partner)
    day = max(s.day for s in known.said if name in s.body.values)
    body = Body(
        values=right.values,
        said={name: [right.said]} if right.said else {},
        qualifier=right.qualifier,
        marks={name: CORRECTED} if right.said else {},
    )
    said = Entered(known.key, known.kind, known.partner, known.parent, day, body)
    store_statements(connection, passages_of([said]), entry=number)
    return number


def correct_again(store: Store, row: Any, said: Said) -> None:
    """For the rebuild: a stored correction (``row``) with what its entry ``said``."""
    with store.writing() as connection:
        number = add_entry(connection, row.person, row.reason, row.known_from)
        add_correction(connection, number, row.record, row.field, row.partner, own=row.own)
        note_told(connection, number, row.told_on, row.told_by)
        again = Entered(said.record, said.kind, said.owner, said.parent, said.day, said.body)
        store_statements(connection, passages_of([again]), entry=number)
        raise_version(connection)
    assert number == row.number, f"correction {row.number} was numbered {number} in the rebuild"


def tell(store: Store, entry: int, told_on: dt.date | None, *, person: str) -> None:
    """Note on which day the partner was told of a correction (None: not yet). Raises ``EntryRefused``."""
    with store.writing() as connection:
        if not note_told(connection, entry, told_on, person if told_on else None):
            raise EntryRefused("nothing_to_correct", str(entry))
        raise_version(connection)
