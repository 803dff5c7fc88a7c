"""Write the invented network's workbooks and lists to ``data/demo``.

Run ``python docs/demo/make_demo.py``. The content stands in ``docs/demo/content`` as
CSV tables; every run writes the same cells and the same file dates.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from layouts import LAYOUTS, associations
from pages import Book
from tables import Tables, read
from writers import write

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo"
TRIAL = ("zum_ausprobieren", "Sonnenblume_Projekte_2026_NEU.xlsx", datetime(2026, 10, 28, 19, 30))


def main() -> None:
    rounds = {row["no"]: row for row in read("rounds")}
    for folder in [*(row["folder"] for row in rounds.values()), TRIAL[0]]:
        shutil.rmtree(DEMO / folder, ignore_errors=True)

    deliveries: list[list[str]] = []
    expected: list[list[str]] = []
    names = {partner["key"]: partner["name"] for partner in read("partners")}
    for row in read("deliveries"):
        tables = Tables(int(row["round"]), date.fromisoformat(row["stand"]))
        file = f"{rounds[row['round']]['folder']}/{row['file']}"
        book: Book = LAYOUTS[row["layout"]](tables)
        write(book, DEMO / file, datetime.fromisoformat(row["received"]).replace(tzinfo=None))
        deliveries.append([file, names[row["partner"]], row["received"], row["day"]])
        expected += tally(file, book)
    folder_name, file_name, created = TRIAL
    write(associations.trial(), DEMO / folder_name / file_name, created)
    expected += tally(f"{folder_name}/{file_name}", associations.trial())

    write_list("deliveries", ["file", "partner", "received", "day"], deliveries)
    write_list("expected", ["file", "sheet", "kind", "records"], expected)
    write_list("rounds", ["name", "day", "deadline"], ([r["name"], r["day"], r["deadline"]] for r in rounds.values()))
    write_list("network", ["key", "value"], ([row["key"], row["value"]] for row in read("network")))
    write_list("users", ["username", "name", "role", "partner", "language"], sign_ins(names))


def tally(file: str, book: Book) -> list[list[str]]:
    """What a careful human finds on each sheet; a sheet without records counts as none."""
    lines = []
    for page in book.pages:
        sheet = "" if file.endswith(".csv") else page.name
        found = page.found or {"none": 0}
        lines += [[file, sheet, kind, str(records)] for kind, records in found.items()]
    return lines


def sign_ins(names: dict[str, str]) -> list[list[str]]:
    return [
        [row["username"], row["name"], row["role"], names.get(row["partner"], ""), row["language"]]
        for row in read("users")
    ]


def write_list(name: str, heading: list[str], lines: Iterable[list[str]]) -> None:
    with (DEMO / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter=";", lineterminator="\n")
        out.writerow(heading)
        out.writerows(lines)


if __name__ == "__main__":
    main()
