"""Sentences and names that people type beside values: what tells of a single client is refused here as in a cell.

Whatever is stored with a sentence of its own (a word beside a rating, a reason, who says so) goes through one of these.
"""

from __future__ import annotations

from collections.abc import Iterable

from etl.stages.refuse_clients import refuse_clients
from etl.stages.shapes import Sheet


class TellsOfClient(Exception):
    """A sentence tells of a single client; nothing was stored. It is never repeated, not even here."""


def tells_of_client(texts: Iterable[object]) -> bool:
    """Whether one of ``texts`` would be refused as a cell of a list; what is no text says nothing."""
    found = (text for text in texts if isinstance(text, str) and text.strip())
    return any(refuse_clients(Sheet("", rows=[[text]]), []) is not None for text in found)


def refuse_sentences(texts: Iterable[object]) -> None:
    """Raises ``TellsOfClient``."""
    if tells_of_client(texts):
        raise TellsOfClient
