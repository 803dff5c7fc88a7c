"""Undo: what a delivery said is closed on the known clock; what others said stays."""

from __future__ import annotations

import datetime as dt

from etl.model.deliveries import close_delivery, find_delivery, later_than_all
from etl.model.statements import statements
from etl.model.store import Connection, Store, raise_version
from etl.model.tables import NETWORK_KINDS
from etl.pipeline.authority import NeedsOffice, NotYours, Reason, reasons_for_office


class NothingToUndo(Exception):
    """There is no such delivery, or it was undone before. ``reason`` is unknown or undone."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(f"delivery {number}: {reason}")
        self.number = number
        self.reason = reason


def undo_delivery(
    store: Store, number: int, *, now: dt.datetime, by: str | None = None, for_partner: str | None = None
) -> None:
    """Take back delivery ``number``, the newest or an older one. Raises ``NothingToUndo``.

    ``for_partner``: the partner whose sign-in does it (None: the office). Raises ``NotYours`` where the delivery is
    another's, ``NeedsOffice`` where records of the network would change with it.
    """
    with store.writing() as connection:
        reasons = close_and_judge(connection, number, now=now, by=by, for_partner=for_partner)
        if reasons:
            raise NeedsOffice(reasons)
        raise_version(connection, undone=True)


def close_and_judge(
    connection: Connection, number: int, *, now: dt.datetime, by: str | None = None, for_partner: str | None = None
) -> tuple[Reason, ...]:
    """Close what a delivery said; why a partner's sign-in is not enough for that. The transaction is the caller's."""
    found = find_delivery(connection, number)
    if found is None:
        raise NothingToUndo(number, "unknown")
    if found.undone_at is not None:
        raise NothingToUndo(number, "undone")
    if for_partner is not None and found.partner != for_partner:
        raise NotYours
    before = statements(connection, kinds=NETWORK_KINDS) if for_partner is not None else []
    close_delivery(connection, number, later_than_all(connection, now), by)
    if for_partner is None:
        return ()
    reasons = reasons_for_office(connection, for_partner, before, statements(connection, kinds=NETWORK_KINDS))
    return tuple(reason for reason in reasons if reason.code == "network")
