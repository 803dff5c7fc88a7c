"""What the coordination office noted down beside the partners' own lists."""

from __future__ import annotations

from datetime import date

from pages import Book, Page
from tables import Tables, read
from writers import german_date

from layouts.cells import Column, text
from layouts.shared import COOPERATION, fill

#: The clubs' sheet was never brought up to date.
_CLUBS_STAND = date(2025, 6, 13)


def agreements(t: Tables) -> Book:
    """Agreements the office keeps the papers of; on its second sheet a contact nobody has confirmed since."""
    page = Page("Kooperationen", widths=[40, 44, 44, 30, 26, 34, 13, 13, 12, 34, 34])
    page.title("Kooperationen: Vereinbarungen in der Ablage", across=len(COOPERATION) + 1)
    page.note(f"Stand: {german_date(t.stand)}")
    page.blank()
    field: Column = ("Handlungsfeld", text("field"))
    columns = [*COOPERATION[:3], field, *COOPERATION[3:]]
    fill(page, "cooperation", read("cooperations_noted"), columns)
    return Book([page, _clubs()], "Vereinbarungen in der Ablage")


def _clubs() -> Page:
    names = {partner["key"]: partner["name"] for partner in read("partners")}
    page = Page("Vereine", widths=[40, 26, 30, 18, 34, 18, 14])
    page.title("Ansprechpersonen der Vereine", across=7)
    page.note(f"Stand: {german_date(_CLUBS_STAND)}")
    page.blank()
    rows = [{**row, "organisation": names[row["partner"]]} for row in read("contacts_noted")]
    page.head("Organisation", "Ansprechpartner/in", "Funktion", "Telefon", "E-Mail", "Weitergabe an", "Einwilligung")
    for row in rows:
        page.row(*[row[name] for name in ("organisation", "name", "function", "phone", "email", "share", "consent")])
        page.count("contact")
    page.count("partner", len({row["partner"] for row in rows}))
    return page
