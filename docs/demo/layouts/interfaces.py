"""The interface paper of the coordination office, and the part of it that a house sends back."""

from __future__ import annotations

from pages import Book, Page
from tables import Row, Tables, read
from writers import german_date

from layouts.cells import Column, plain, real_date, text
from layouts.shared import fill

_COLUMNS: list[Column] = [
    ("Nr.", plain("no")),
    ("Prozessschritt", text("step")),
    ("Organisation", text("organisation")),
    ("Rolle", text("role")),
    ("Angebot", text("offer")),
    ("Rechtsgrundlage", text("basis")),
    ("Ansprechperson", text("contact")),
    ("Vertretung", text("deputy")),
    ("Übergabe an", text("to")),
    ("Übergabe wie", text("how")),
    ("Stand der Zeile", real_date("valid")),
    ("bestätigt am", real_date("confirmed")),
    ("Bemerkung", text("comment")),
]
_WIDTHS = [6, 28, 26, 12, 46, 30, 40, 22, 32, 40, 14, 13, 40]


def paper(t: Tables) -> Book:
    page = Page("Schnittstellenpapier", widths=_WIDTHS)
    page.title("Schnittstellenpapier Ankommen im Landkreis Lindenmark", across=len(_COLUMNS))
    page.note(f"Stand: {german_date(t.stand)} – Ergebnis des Regionalworkshops, fortgeschrieben mit den Häusern")
    page.note("Rolle: zuständig, beteiligt oder informiert")
    page.blank()
    fill(page, "interface", _rows("KOI"), _COLUMNS)
    return Book([page], "Schnittstellenpapier")


def house(t: Tables) -> Book:
    """What the Jobcenter sends: its own lines, without the running number and without a day of confirming."""
    page = Page("Schnittstellen", widths=_WIDTHS[1:11])
    page.title("Schnittstellen des Jobcenters – unsere Zeilen", across=10)
    page.note(f"Stand: {german_date(t.stand)}")
    page.blank()
    fill(page, "interface", _rows("JC"), _COLUMNS[1:11])
    return Book([page], "Schnittstellen Jobcenter")


def _rows(owner: str) -> list[Row]:
    return [row for row in read("interfaces") if row["owner"] == owner]
