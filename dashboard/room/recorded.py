"""What was written down and how the body feels about an item, in words, for whoever draws it in the room."""

from __future__ import annotations

from typing import Any

from dashboard.answers.result_words import Worded, WordedTemperature, counted, worded, worded_temperature
from dashboard.answers.results import of_item, results, temperature_on, temperatures
from etl.model.store import Store


def recorded(store: Store, meeting: str, item: int | None, language: str) -> dict[str, Any]:
    """``results`` and ``temperature`` of an item (None: of none) and ``counted``, what the meeting has so far."""
    found = results(store, meeting)
    shown: list[Worded] = [worded(one, language) for one in of_item(found, item)] if item is not None else []
    felt = temperature_on(temperatures(store, meeting), item) if item is not None else None
    asked: WordedTemperature | None = worded_temperature(felt, language) if felt is not None else None
    return {"results": shown, "temperature": asked, "counted": counted(found, language) if found else ""}
