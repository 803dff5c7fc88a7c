"""Data about single clients never enter. Source of the rule: the network keeps counts of people, no person's file."""

from __future__ import annotations

import csv
from functools import lru_cache

from etl.issues import Issue
from etl.settings import data_folder
from etl.stages.shapes import Sheet, Table, address
from etl.vocabulary import normalise


def refuse_clients(sheet: Sheet, tables: list[Table]) -> Issue | None:
    """The reason to stop, where a list looks like one of single clients; None where it does not.

    A list looks like one when a name or a birth date stands beside a birth date, a customer, BG or AZR number or a
    residence status. Lists of organisations' contacts are not meant.
    """
    headings = [
        [(c.heading_cells[-1] if c.heading_cells else (t.first_row, c.column), c.heading) for c in t.columns]
        for t in tables
    ]
    if not tables:
        headings = [
            [((r, c), v) for c, v in enumerate(row, 1) if isinstance(v, str)]
            for r, row in enumerate(sheet.rows[:40], 1)
        ]
    for row in headings:
        issue = _looks_like_clients(sheet, row)
        if issue is not None:
            return issue
    return None


def _looks_like_clients(sheet: Sheet, row: list[tuple[tuple[int, int], str]]) -> Issue | None:
    roles = _roles()
    found = {position: roles[name] for position, text in row if (name := normalise(text)) in roles}
    persons = [p for p, role in found.items() if role == "person"]
    births = [p for p, role in found.items() if role == "birth"]
    clients = [p for p, role in found.items() if role == "client"]
    if not (births and (persons or clients)) and not (clients and persons):
        return None
    cells = sorted(births + clients)
    texts = dict(row)
    return Issue(
        "file_single_clients",
        sheet=sheet.name,
        cells=tuple(address(*p) for p in cells),
        found=", ".join(texts[p] for p in cells),
    )


@lru_cache(maxsize=1)
def _roles() -> dict[str, str]:
    with (data_folder() / "vocabulary" / "client_data.csv").open(encoding="utf-8") as handle:
        return {normalise(row["heading"]): row["role"] for row in csv.DictReader(handle, delimiter=";")}
