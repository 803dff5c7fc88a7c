"""What every transaction about the interface paper may answer."""

from __future__ import annotations

from collections.abc import Iterable

from etl.pipeline.refused import Refused
from etl.pipeline.single_clients import tells_of_client


class InterfaceRefused(Refused):
    """Nothing was stored. ``code``: not_allowed, not_there, without_title, without_note, too_long, no_such_day, taken,
    single_client or changed_since."""

    sentences = "interface.refused."


def refuse_clients(texts: Iterable[object]) -> None:
    """Raises ``InterfaceRefused`` (single_client) where one of the texts tells of a single client."""
    if tells_of_client(texts):
        raise InterfaceRefused("single_client")
