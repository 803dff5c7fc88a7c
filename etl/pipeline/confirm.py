"""Confirm unchanged: a person says that what is known still holds. A statement like any other, so that the values are
as fresh as the confirmation, while each keeps the cell it was read from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from etl.model.confirmations import add_confirmation
from etl.model.deliveries import later_than_all
from etl.model.entries import add_entry
from etl.model.packing import Body, Entered, passages_of
from etl.model.state import Known, State, state_on
from etl.model.statements import store_statements
from etl.model.store import Store, raise_version
from etl.model.tables import NETWORK_KINDS
from etl.pipeline.enter import EntryRefused, refuse_client

#: What a person saw when confirming: how many statements, the last of them.
Seen = tuple[int, tuple[int, int]]


def own_records(state: State, partner: str, record: str | None = None) -> list[Known]:
    """What ``partner`` can confirm: its own records, or one of them with its parts (milestones, allocations)."""
    own = [
        known
        for kind, found in state.records.items()
        if kind not in NETWORK_KINDS
        for known in found.values()
        if known.partner == partner and known.values
    ]
    return own if record is None else [known for known in own if record in (known.key, known.parent)]


def seen_of(records: Sequence[Known]) -> Seen:
    """Changes as soon as anything new is said about one of ``records``, or something is taken back."""
    said = [statement.id for known in records for statement in known.said]
    return len(said), max(said, default=(0, 0))


def confirmed_already(records: Sequence[Known], day: dt.date) -> bool:
    """Whether the last word on each of ``records`` is a confirmation about ``day`` or later."""
    return bool(records) and all(k.said[-1].body.confirms and k.said[-1].day >= day for k in records)


def confirm(
    store: Store,
    partner: str,
    *,
    day: dt.date,
    person: str,
    now: dt.datetime,
    record: str | None = None,
    seen: Seen | None = None,
    reason: str = "",
    again: bool = False,
) -> int:
    """State again for ``day`` what holds of everything ``partner`` reported, or of one ``record``; the entry's number.

    ``seen`` is what the person had before their eyes. Raises ``EntryRefused``: nothing_to_confirm, changed_since,
    confirmed_already, single_client. Undone like every entry, by ``undo_entry``. ``again``: as in ``enter``.
    """
    if not again:
        refuse_client([person, reason])
    with store.writing() as connection:
        records = own_records(state_on(connection, day, partner=partner), partner, record)
        _check(records, day, seen)
        number = add_entry(connection, person, reason.strip(), later_than_all(connection, now))
        add_confirmation(connection, number, partner, record, day)
        said = [Entered(k.key, k.kind, k.partner, k.parent, day, _unchanged(k)) for k in records]
        store_statements(connection, passages_of(said), entry=number)
        raise_version(connection)
    return number


def confirm_each(
    store: Store, partner: str, keys: Sequence[str], *, day: dt.date, person: str, now: dt.datetime, reason: str = ""
) -> int:
    """State again for ``day`` what holds of each of these records, one entry a record, all or none of them; how many.
    Those of other partners, and those whose last word is such a confirmation already, are left out.
    Raises ``EntryRefused`` (single_client)."""
    refuse_client([person, reason])
    done = 0
    with store.writing() as connection:
        state = state_on(connection, day, partner=partner)
        for key in keys:
            records = own_records(state, partner, key)
            if not records or confirmed_already(records, day):
                continue
            number = add_entry(connection, person, reason.strip(), later_than_all(connection, now))
            add_confirmation(connection, number, partner, key, day)
            said = [Entered(k.key, k.kind, k.partner, k.parent, day, _unchanged(k)) for k in records]
            store_statements(connection, passages_of(said), entry=number)
            done += 1
        if done:
            raise_version(connection)
    return done


def _check(records: Sequence[Known], day: dt.date, seen: Seen | None) -> None:
    if not records:
        raise EntryRefused("nothing_to_confirm")
    if confirmed_already(records, day):
        raise EntryRefused("confirmed_already")
    if seen is not None and tuple(seen) != seen_of(records):
        raise EntryRefused("changed_since")


def _unchanged(known: Known) -> Body:
    """All that holds, with what tells how it was read: for the day an earlier statement is taken back."""
    held = {name: known.holds[name].body for name in known.values}
    return Body(
        values=dict(known.values),
        qualifier=_parts({name: body.qualifier.get(name) for name, body in held.items()}),
        marks=_parts({name: body.marks.get(name) for name, body in held.items()}),
        unread=_parts({name: body.unread.get(name) for name, body in held.items()}),
        references=_parts({name: body.references.get(name) for name, body in held.items()}),
        confirms=True,
    )


def _parts(found: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in found.items() if part}
