"""What the demo network has decided about similar offers, entered by the transaction the office would use."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from etl.model.accounts import find_user
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline.relate import relate

_OFFICE = "koordination"


def add_relations(store: Store, folder: Path) -> None:
    """``relations.csv``: measures are named by their title, ``decided`` is the day."""
    path = folder / "relations.csv"
    with store.reading() as connection:
        office = find_user(connection, _OFFICE)
        measures = {k.value("title"): k.key for k in state_on(connection, kinds=["measure"]).kind("measure").values()}
    if office is None or not path.exists():
        return
    with path.open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle, delimiter=";"):
            pair = measures.get(row["one"]), measures.get(row["other"])
            if pair[0] is not None and pair[1] is not None:
                at = dt.datetime.fromisoformat(row["decided"]).replace(hour=10, tzinfo=dt.UTC)
                relate(store, office, "measure", (pair[0], pair[1]), row["verdict"], reason=row["reason"], now=at)
