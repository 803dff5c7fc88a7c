"""A partner's own workbook, given back: marked where something is in question, or prefilled for the next round.

For a dashboard or a command; whoever calls sees to it that only the partner itself and the office get the file::

    marked_workbook(preview, language)                      a file that waits, as it was understood
    marked_delivery(store, number, language=language)       an accepted delivery, with what was told then

Each returns a ``HandedOut``: ``content`` (the bytes of an xlsx workbook), ``file`` (a name for it) and ``sentence``
(what of the partner's file did not come along, in the reader's language; None where all of it did). Nothing is stored.
A workbook in xlsx goes back as its own package: what is not marked keeps its bytes (``package.py``). One in xlsm leaves
its macros behind. Any other file, and a workbook that can't be carried (``carried.why_not`` says which), goes back as a
clean copy. Read again, our marks are taken off first (``etl.stages.own_marks``): a marked workbook says what its
partner says.
"""

from __future__ import annotations

from etl.pipeline.give_back.deliveries import NoSuchDelivery, marked_delivery, marked_workbook
from etl.pipeline.give_back.outgoing import HandedOut

__all__ = ["HandedOut", "NoSuchDelivery", "marked_delivery", "marked_workbook"]
