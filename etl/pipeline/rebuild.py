"""The state once more, from nothing but the kept deliveries and entries: the proof that the store is what was said."""

from __future__ import annotations

import datetime as dt

from etl.model.deliveries import all_deliveries, received_content
from etl.model.store import Store
from etl.pipeline.accept import accept_delivery
from etl.pipeline.preview import preview_delivery
from etl.pipeline.undo import undo_delivery


def rebuild_into(store: Store, empty: Store) -> None:
    """Replay every delivery of ``store``, and every undo, in the order they became known, into an ``empty`` store."""
    with store.reading() as connection:
        deliveries = all_deliveries(connection, with_undone=True)
        events: list[tuple[dt.datetime, int, str]] = [(d.known_from, d.number, "accept") for d in deliveries]
        events += [(d.undone_at, d.number, "undo") for d in deliveries if d.undone_at is not None]
        content = {d.number: received_content(connection, d.number) for d in deliveries}
    by_number = {d.number: d for d in deliveries}
    for instant, number, what in sorted(events):
        if what == "undo":
            undo_delivery(empty, number, now=instant)
            continue
        row = by_number[number]
        preview = preview_delivery(
            empty,
            content[number],
            row.file,
            partner=row.sender,
            day=row.given_day,
            now=instant,
            received_at=row.received_at,
        )
        accepted = accept_delivery(empty, preview, now=instant)
        assert accepted.number == number, f"delivery {number} was numbered {accepted.number} in the rebuild"
