"""The demo network's list of funding programmes, entered by the transaction the office would use."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path

from etl.model.accounts import find_user
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline.programmes import store_programme
from etl.rules.programmes import Programme

_OFFICE = "koordination"
_MADE = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


def add_programmes(store: Store, folder: Path) -> None:
    """``programmes.csv``: lists are parted by ``|``, fields of action named by their title."""
    path = folder / "programmes.csv"
    with store.reading() as connection:
        office = find_user(connection, _OFFICE)
        fields = {k.value("title"): k.key for k in state_on(connection).kind("field_of_action").values()}
    if office is None or not path.exists():
        return
    with path.open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle, delimiter=";"):
            store_programme(store, office, _programme(row, fields), now=_MADE)


def _programme(row: dict[str, str], fields: dict[object, str]) -> Programme:
    return Programme(
        id=0,
        title=row["title"],
        funder=row["funder"],
        level=row["level"] or None,
        applicants=tuple(filter(None, row["applicants"].split("|"))),
        fields=tuple(fields[title] for title in row["fields"].split("|") if title in fields),
        own_share=Decimal(row["own_share"]) if row["own_share"] else None,
        most_per_year=Decimal(row["most_per_year"]) if row["most_per_year"] else None,
        least_per_year=Decimal(row["least_per_year"]) if row["least_per_year"] else None,
        longest_months=int(row["longest_months"]) if row["longest_months"] else None,
        lead_months=int(row["lead_months"]) if row["lead_months"] else None,
        deadline=dt.date.fromisoformat(row["deadline"]) if row["deadline"] else None,
        yearly=row["yearly"] == "yes",
        note=row["note"],
        seen_on=dt.date.fromisoformat(row["seen_on"]) if row["seen_on"] else None,
    )
