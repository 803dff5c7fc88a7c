"""A partner's own workbook, given back: marked where something is in question, or prefilled for the next round.

For a dashboard or a command; whoever calls sees to it that only the partner itself and the office get the file::

    marked_workbook(preview, "de")                     a file that waits, as it was understood
    marked_delivery(store, 7, language="de")           an accepted delivery, with what was told then
    prefilled_delivery(store, 7, language="de", now=…) its file for the next round: what is known now, in its own form
    latest_deliveries(store, partner_key)              the last delivery of each of a partner's lists, newest first

Each of the first three returns a ``HandedOut``: ``content`` (the bytes of an xlsx workbook), ``file`` (a name for it)
and ``sentence`` (what of the partner's file did not come along or is known otherwise, in the reader's language; None
where there is nothing to say). Nothing is stored. They raise ``NoSuchDelivery`` or ``DeliveryRefused``.

A workbook in xlsx goes back as its own package: what is not marked keeps its bytes (``package.py``). One in xlsm leaves
its macros behind. Any other file, and a workbook that can't be carried (``carried.why_not`` says which), goes back as a
clean copy. Read again, our marks are taken off first (``etl.stages.own_marks``): a marked workbook says what its
partner says, a prefilled one what is known.
"""

from __future__ import annotations

from etl.pipeline.give_back.deliveries import (
    NoSuchDelivery,
    latest_deliveries,
    marked_delivery,
    marked_workbook,
    prefilled_delivery,
)
from etl.pipeline.give_back.outgoing import HandedOut

__all__ = [
    "HandedOut",
    "NoSuchDelivery",
    "latest_deliveries",
    "marked_delivery",
    "marked_workbook",
    "prefilled_delivery",
]
