"""Small real workbooks for tests, as partners send them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import openpyxl

NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)


def xlsx(rows: Sequence[Sequence[object]], sheet: str = "Maßnahmen") -> bytes:
    """A workbook with one sheet."""
    return book({sheet: rows})


def book(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    """A workbook with several sheets."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


HEADINGS = ("Nr.", "Maßnahme", "Träger", "Beginn", "Ende", "Status", "TN Ist", "Kosten in €")


def measures(*rows: Sequence[object]) -> bytes:
    """A measure list with ``HEADINGS``."""
    return xlsx([HEADINGS, *rows])


SPRACHCAFE = ("M-1", "Sprachcafé", "VHS", dt.date(2025, 1, 1), dt.date(2027, 6, 30), "laufend", 40, 12500)
WOHNLOTSEN = ("M-2", "Wohnlotsen", "Diakonie", dt.date(2025, 3, 1), dt.date(2026, 12, 31), "laufend", 46, 62000)
LERNPATEN = ("M-3", "Lernpaten", "Freundeskreis", dt.date(2026, 1, 1), dt.date(2027, 7, 31), "geplant", 0, 8400)
