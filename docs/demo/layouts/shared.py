"""Sheets that many workbooks share: cooperations, funding, indicators, contacts."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pages import Cell, Page, Value
from tables import Row, Tables, number
from writers import german_date

from layouts.cells import (
    Column,
    measured,
    money,
    real_date,
    text,
    text_date,
)


def fill(page: Page, kind: str, rows: Iterable[Row], columns: list[Column], head: bool = True) -> None:
    if head:
        page.head(*[heading for heading, _ in columns])
    for row in rows:
        page.row(*[write(row) for _, write in columns])
        page.count(kind)


def cooperation_page(t: Tables, owner: str, columns: list[Column], name: str = "Kooperationen") -> Page:
    page = Page(name, widths=[38, 26, 30, 22, 14, 13, 13, 18, 24, 32])
    page.title(f"{name} im Integrationsnetzwerk", across=len(columns))
    page.note(f"Stand: {german_date(t.stand)}")
    page.blank()
    fill(page, "cooperation", t.cooperations(owner), columns)
    return page


COOPERATION: list[Column] = [
    ("Kooperation", text("title")),
    ("Kooperationspartner A", text("a")),
    ("Kooperationspartner B", text("b")),
    ("Art der Kooperation", text("type")),
    ("Vereinbarung", text("agreement")),
    ("seit", real_date("since")),
    ("bis", real_date("until")),
    ("Status", text("status")),
    ("Beitrag", text("contribution")),
    ("Zweck", text("purpose")),
]
COOPERATION_SHORT: list[Column] = [
    ("Gegenstand der Kooperation", text("title")),
    ("Partner 1", text("a")),
    ("Partner 2", text("b")),
    ("Kooperationsform", text("type")),
    ("Kooperation seit", text_date("since")),
    ("befristet bis", text_date("until")),
    ("Stand der Kooperation", text("status")),
]


def funding_page(t: Tables, owner: str, amount: Callable[[str], Callable[[Row], Value | Cell]] = money) -> Page:
    columns: list[Column] = [
        ("Förderprogramm", text("programme")),
        ("Fördergeber", text("funder")),
        ("Förderebene", text("level")),
        ("Maßnahme", lambda row: row["measures"].replace("|", "\n")),
        ("beantragt", amount("applied")),
        ("bewilligt", amount("granted")),
        ("verausgabt", amount("spent")),
        ("Eigenanteil", amount("own")),
        ("Förderbeginn", real_date("start")),
        ("Förderende", real_date("end")),
        ("VN fällig am", real_date("report_due")),
        ("Anschlussfinanzierung", text("follow_up")),
        ("Status", text("status")),
    ]
    page = Page("Fördermittel", widths=[34, 30, 18, 40, 14, 14, 14, 14, 13, 13, 13, 18, 16])
    page.title("Fördermittel", across=len(columns))
    page.note(f"Stand: {german_date(t.stand)}")
    page.blank()
    rows = t.funding(owner)
    fill(page, "funding", rows, columns)
    count_allocations(page, rows)
    return page


def count_allocations(page: Page, rows: list[Row]) -> None:
    page.count("allocation", sum(len(row["measures"].split("|")) for row in rows if row["measures"]))


def count_values(page: Page, rows: list[Row]) -> None:
    page.count("indicator", len({row["key"] for row in rows}))
    page.count("observation", sum(1 for row in rows if row["value"][:1].isdigit()))


def figures_page(
    t: Tables, rows: list[Row], percent: str = "plain", name: str = "Kennzahlen", value_heading: str = "Istwert"
) -> Page:
    columns: list[Column] = [
        ("Ziel-Nr.", text("goal")),
        ("Indikator", text("name")),
        ("Einheit", text("unit")),
        (value_heading, measured("value", percent)),
        ("Stichtag", real_date("date")),
        ("Datenquelle", text("source")),
    ]
    page = Page(name, widths=[10, 58, 16, 14, 14, 36])
    page.title(f"{name} zum Zielkatalog", across=len(columns))
    page.note(f"Stand: {german_date(t.stand)}")
    page.blank()
    page.head(*[heading for heading, _ in columns])
    for row in rows:
        page.row(*[write(row) for _, write in columns])
    count_values(page, rows)
    return page


def reported(t: Tables, partner: str) -> list[Row]:
    return [row for row in t.indicators(partner) if row["value"]]


def total_of(rows: list[Row], name: str) -> float:
    return sum(value for row in rows if isinstance(value := number(row[name]), int | float))


def contact_page(t: Tables, partner: str, columns: list[Column], name: str = "Kontakte") -> Page:
    page = Page(name, widths=[30, 40, 20, 44])
    fill(page, "contact", [row for row in t.contacts() if row["partner"] == partner], columns)
    return page
