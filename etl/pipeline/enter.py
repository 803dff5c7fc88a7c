"""Entries: what a signed-in person states by hand. A statement like any other, with a name and a reason for its
source.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from etl.model.deliveries import later_than_all
from etl.model.entries import add_entry, close_entry
from etl.model.packing import Passage
from etl.model.records import give_keys
from etl.model.state import GONE, GONE_INTO
from etl.model.statements import kind_owner_parent, store_statements
from etl.model.store import Connection, Store, raise_version
from etl.model.tables import NETWORK_KINDS
from etl.pipeline.refused import Refused
from etl.pipeline.single_clients import tells_of_client
from etl.vocabulary import load_vocabulary


class EntryRefused(Refused):
    """An entry that can't be stored. ``code`` is without_reason, without_values, single_client, unknown_field,
    not_there (the record it is about), not_possible (for such a record) or nothing_to_undo."""

    #: Said so where a meeting is planned; every other page has words of its own for it.
    sentences = "meeting.refused."


@dataclass(frozen=True, slots=True)
class Entered:
    """``number`` of the entry and the ``key`` of the record it is about."""

    number: int
    key: str


def enter(
    store: Store,
    kind: str,
    values: dict[str, Any],
    *,
    day: dt.date,
    person: str,
    reason: str,
    now: dt.datetime,
    key: str | None = None,
    partner: str | None = None,
    parent: str | None = None,
    again: bool = False,
) -> Entered:
    """State ``values`` (as in the store: dates ISO, money as decimal text) about record ``key``, or about a new record.

    An entry about a contested field settles it: it stands until a source says something newer. ``again``: the
    rebuild says once more what is stored. Raises ``EntryRefused``.
    """
    with store.writing() as connection:
        return enter_in(
            connection,
            kind,
            values,
            day=day,
            person=person,
            reason=reason,
            now=now,
            key=key,
            partner=partner,
            parent=parent,
            again=again,
        )


def enter_in(
    connection: Connection,
    kind: str,
    values: dict[str, Any],
    *,
    day: dt.date,
    person: str,
    reason: str,
    now: dt.datetime,
    key: str | None = None,
    partner: str | None = None,
    parent: str | None = None,
    again: bool = False,
) -> Entered:
    """As ``enter``, in the caller's writing transaction."""
    _check(kind, values, reason)
    if not again:
        refuse_client([person, reason, *values.values()])
    now = later_than_all(connection, now)
    if key is None:
        key = give_keys(connection, [kind])[0]
        about = kind, None if kind in NETWORK_KINDS else partner, parent
    else:
        about = kind_owner_parent(connection, key)
    number = add_entry(connection, person, reason.strip(), now)
    said = Passage(about[0], about[1], None, day, [key], [None], [about[2]], {"values": [dict(values)]})
    store_statements(connection, [said], entry=number)
    raise_version(connection)
    return Entered(number, key)


def refuse_client(texts: Iterable[object]) -> None:
    """Raises ``EntryRefused`` (single_client) where one of ``texts`` tells of a single client."""
    if tells_of_client(texts):
        raise EntryRefused("single_client")


def _check(kind: str, values: dict[str, Any], reason: str) -> None:
    if not reason.strip():
        raise EntryRefused("without_reason")
    if not values:
        raise EntryRefused("without_values")
    known = {field.short for field in load_vocabulary().fields.values() if field.kind == kind}
    known |= {"title", GONE, GONE_INTO}
    for name in values:
        if name not in known and name.removesuffix("_precision") not in known:
            raise EntryRefused("unknown_field", name)


def undo_entry(store: Store, number: int, *, now: dt.datetime) -> None:
    """Take an entry back: its statements are closed on the known clock. Raises ``EntryRefused`` (nothing_to_undo)."""
    with store.writing() as connection:
        if not close_entry(connection, number, later_than_all(connection, now)):
            raise EntryRefused("nothing_to_undo", str(number))
        raise_version(connection, undone=True)
