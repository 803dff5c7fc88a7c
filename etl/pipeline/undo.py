"""Undo: what a delivery said is closed on the known clock; what others said stays."""

from __future__ import annotations

import datetime as dt

from etl.model.deliveries import close_delivery, find_delivery, later_than_all
from etl.model.store import Store, raise_version


class NothingToUndo(Exception):
    """There is no such delivery, or it was undone before. ``reason`` is unknown or undone."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(f"delivery {number}: {reason}")
        self.number = number
        self.reason = reason


def undo_delivery(store: Store, number: int, *, now: dt.datetime, by: str | None = None) -> None:
    """Take back delivery ``number``, the newest or an older one. Raises ``NothingToUndo``."""
    with store.writing() as connection:
        found = find_delivery(connection, number)
        if found is None:
            raise NothingToUndo(number, "unknown")
        if found.undone_at is not None:
            raise NothingToUndo(number, "undone")
        close_delivery(connection, number, later_than_all(connection, now), by)
        raise_version(connection, undone=True)
