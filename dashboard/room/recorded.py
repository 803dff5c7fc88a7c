"""What was written down and how the body feels about an item, in words, for whoever draws it in the room."""

from __future__ import annotations

from typing import Any

from dashboard.answers.result_words import Worded, WordedTemperature, counted, worded, worded_temperature
from dashboard.answers.results import of_item, results, temperature_on, temperatures, unnamed
from etl.model.store import Store
from etl.rules.meeting import Item


def recorded(store: Store, meeting: str, item: Item | None, language: str) -> dict[str, Any]:
    """``results`` and ``temperature`` of an item (None: of none) and ``counted``, what the meeting has so far."""
    found = unnamed(store, results(store, meeting))  # persons' names never stand on the wall
    shown: list[Worded] = []
    felt = None
    if item is not None:
        shown = [worded(one, language, within=item.records) for one in of_item(found, item.id)]
        felt = temperature_on(temperatures(store, meeting), item.id)
    asked: WordedTemperature | None = worded_temperature(felt, language) if felt is not None else None
    return {"results": shown, "temperature": asked, "counted": counted(found, language, most=2) if found else ""}
