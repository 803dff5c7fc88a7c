"""A partner's own workbook back: marked, as it waits or was accepted; prefilled for the next round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Literal

from dashboard.answers.contacts import Viewer
from etl.issues import DeliveryRefused
from etl.model.deliveries import find_delivery
from etl.model.judgements import root_of
from etl.model.store import Store
from etl.pipeline import Preview
from etl.pipeline.give_back import HandedOut, marked_delivery, marked_workbook, prefilled_delivery

__all__ = ["HandedOut", "Way", "delivered_workbook", "waiting_workbook"]

Way = Literal["marked", "prefilled"]


def waiting_workbook(preview: Preview, viewer: Viewer, language: str) -> HandedOut | None:
    """The previewed file with its issues marked; None where it is not the viewer's to have."""
    if preview.sender.key is not None and not viewer.sees_received(preview.sender.key):
        return None
    return _made(lambda: marked_workbook(preview, language))


def delivered_workbook(
    store: Store, number: int, way: Way, viewer: Viewer, *, language: str, now: dt.datetime
) -> HandedOut | None:
    """A delivery's file, for its partner and the office only; None for others, and where it can't be made."""
    with store.reading() as connection:
        row = find_delivery(connection, number)
        allowed = row is not None and viewer.sees_received(root_of(connection, row.partner))
    if not allowed:
        return None
    if way == "marked":
        return _made(lambda: marked_delivery(store, number, language=language))
    return _made(lambda: prefilled_delivery(store, number, language=language, now=now))


def _made(make: Callable[[], HandedOut]) -> HandedOut | None:
    try:
        return make()
    except DeliveryRefused:
        return None
