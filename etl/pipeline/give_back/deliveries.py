"""Which file goes back, and what is told about it: a preview's, or an accepted delivery's."""

from __future__ import annotations

import datetime as dt

from etl.issues import Issue
from etl.model.deliveries import all_deliveries, find_delivery, received_content
from etl.model.state import state_on
from etl.model.statements import statements_of
from etl.model.store import Store
from etl.pipeline.give_back.marked import mark
from etl.pipeline.give_back.outgoing import HandedOut
from etl.pipeline.give_back.prefilled import Delivered, prefill
from etl.pipeline.preview import Preview


class NoSuchDelivery(Exception):
    """There is no delivery with this number, or none of this partner's."""


def marked_workbook(preview: Preview, language: str) -> HandedOut:
    """The previewed file, with the issues of its preview marked and listed."""
    return mark(preview.content, preview.file, preview.issues, language)


def marked_delivery(store: Store, number: int, *, language: str) -> HandedOut:
    """A stored delivery's file, with the issues told when it was accepted. Raises ``NoSuchDelivery``."""
    with store.reading() as connection:
        delivery = find_delivery(connection, number)
        if delivery is None:
            raise NoSuchDelivery(number)
        content = received_content(connection, number)
    return mark(content, delivery.file, [Issue.from_data(told) for told in delivery.issues], language)


def prefilled_delivery(store: Store, number: int, *, language: str, now: dt.datetime) -> HandedOut:
    """A stored delivery's file for the next round: with what is known at ``now``. Raises ``NoSuchDelivery``."""
    with store.reading() as connection:
        delivery = find_delivery(connection, number)
        if delivery is None:
            raise NoSuchDelivery(number)
        content = received_content(connection, number)
        partner = state_on(connection, kinds=["partner"]).kind("partner").get(delivery.partner)
        records = tuple(said.record for said in statements_of(connection, number) if said.table_no is not None)
    name = str(partner.value("name")) if partner else delivery.sender
    return prefill(store, Delivered(content, delivery.file, name, records), language=language, now=now)


def latest_deliveries(store: Store, partner: str) -> list[int]:
    """The number of the last accepted list of each series of ``partner`` (its key), the newest first; answered forms
    are nobody's list."""
    with store.reading() as connection:
        own = [row for row in all_deliveries(connection) if row.partner == partner and not row.corrections.get("form")]
    last = {row.series: row.number for row in own}
    return sorted(last.values(), reverse=True)
