"""``export``, ``template``, ``return`` and ``prefill``: files out of the store."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from etl.model.settings_rows import network
from etl.model.store import Store
from etl.pipeline.export import as_csv, as_json, as_workbook, export_state
from etl.pipeline.give_back import HandedOut, NoSuchDelivery, latest_deliveries, marked_delivery, prefilled_delivery
from etl.pipeline.network import network_in
from etl.pipeline.senders import named_sender
from etl.pipeline.template import template_for


def write_export(
    store: Store, format: str, output: Path, day: dt.date | None, known_on: dt.datetime | None, today: dt.date
) -> None:
    """Write the state to ``output``: a file, or for csv a folder with a file per kind."""
    with store.reading() as connection:
        today = network(connection).day or today
    state = export_state(store, day=day, known_on=known_on, today=today)
    output.parent.mkdir(parents=True, exist_ok=True)
    if format == "json":
        output.write_bytes(as_json(state))
    elif format == "xlsx":
        as_workbook(state, str(output))
    else:
        output.mkdir(parents=True, exist_ok=True)
        for name, content in as_csv(state).items():
            (output / name).write_bytes(content)


def write_template(store: Store, partner: str, output: Path, language: str, now: dt.datetime) -> None:
    """Write a workbook for ``partner`` to fill in."""
    content = template_for(store, partner, language=language, now=now)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(content)


#: What a command ends with: the key of its sentence, its values, whether all went well.
Ended = tuple[str, dict[str, Any], bool]


def write_marked(store: Store, number: int, output: Path, language: str) -> Ended:
    """Write a delivery's own file with marks: for its partner and the office."""
    try:
        return _written(marked_delivery(store, number, language=language), output)
    except NoSuchDelivery:
        return "command.undo_unknown", {"number": number}, False


def write_prefilled(
    store: Store, partner: str, number: int | None, output: Path, language: str, now: dt.datetime
) -> tuple[Ended, tuple[str, dict[str, Any]] | None]:
    """Write a partner's last file, or its delivery ``number``, with what is known now; the partner's other lists are
    told of."""
    with store.reading() as connection:
        sender = named_sender(partner, network_in(connection))
    last = latest_deliveries(store, sender.key) if sender.key else []
    if not last:
        return ("command.nothing_delivered", {"partner": partner}, False), None
    if number is not None and number not in last:
        return (
            "command.not_its_last",
            {"partner": sender.name, "number": number, "last": [str(n) for n in last]},
            False,
        ), None
    handed_out = prefilled_delivery(store, last[0] if number is None else number, language=language, now=now)
    others = [str(other) for other in last[1:]] if number is None else []
    return _written(handed_out, output), ("command.other_lists", {"last": others}) if others else None


def _written(handed_out: HandedOut, output: Path) -> Ended:
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(handed_out.content)
    return "command.given_back", {"path": str(output), "sentence": handed_out.sentence or ""}, True
