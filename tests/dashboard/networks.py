"""A small network from real workbooks, through the real importer."""

from __future__ import annotations

import datetime as dt
import io

from openpyxl import Workbook

from etl.model.settings_rows import set_setting
from etl.model.store import Store
from etl.pipeline import accept_delivery, preview_delivery

DAY = dt.date(2026, 11, 10)
HEADINGS = ("Maßnahme", "Status", "Beginn", "Ende", "Teilnehmende geplant", "Teilnehmende erreicht", "Interne Notiz")


def workbook(sheet: str, *rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def deliver(store: Store, name: str, content: bytes, partner: str, day: dt.date) -> int:
    """Send a file on ``day``, about that day; the number of its delivery."""
    now = dt.datetime.combine(day, dt.time(9), dt.UTC)
    preview = preview_delivery(store, content, name, partner=partner, day=day, now=now, received_at=now)
    outcome = accept_delivery(store, preview, now=now)
    assert outcome.number is not None, outcome
    return outcome.number


def a_network(store: Store) -> None:
    """Two reports of one partner: planned in spring, running in autumn; and one funding. It speaks of ``DAY``."""
    with store.writing() as connection:
        set_setting(connection, "day", DAY.isoformat())
    spring = ("Mietlotsen", "geplant", dt.date(2026, 9, 1), dt.date(2027, 8, 31), 40, None, "Frau K. fragen")
    autumn = ("Mietlotsen", "läuft", dt.date(2026, 9, 1), dt.date(2027, 8, 31), 40, 12, "Frau K. fragen")
    deliver(store, "Fruehjahr.xlsx", workbook("Maßnahmen", HEADINGS, spring), "Diakonie", dt.date(2026, 4, 10))
    deliver(store, "Herbst.xlsx", workbook("Maßnahmen", HEADINGS, autumn), "Diakonie", dt.date(2026, 10, 12))
    money = workbook(
        "Fördermittel",
        ("Förderprogramm", "Fördergeber", "Status", "bewilligt (EUR)", "Beginn", "Ende", "Maßnahme"),
        ("Landesprogramm Wohnen", "Land", "bewilligt", 48000, dt.date(2026, 9, 1), dt.date(2027, 2, 28), "Mietlotsen"),
    )
    deliver(store, "Foerdermittel.xlsx", money, "Diakonie", dt.date(2026, 10, 12))
