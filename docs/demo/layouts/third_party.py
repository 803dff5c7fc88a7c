"""A partner's list of third-party money, sent beside its list of measures: donations among grants, an amount split
over measures, a grant the office reports too.
"""

from __future__ import annotations

from pages import Book, Page
from tables import Tables, read
from writers import german_date

from layouts.cells import Column, money, real_date, text
from layouts.shared import count_allocations, fill


def drittmittel(t: Tables) -> Book:
    columns: list[Column] = [
        ("Förderprogramm", text("programme")),
        ("Fördergeber", text("funder")),
        ("Förderebene", text("level")),
        ("Zuwendungsempfänger", text("recipient")),
        ("Maßnahme", lambda row: row["measures"].replace("|", "; ")),
        ("beantragt", money("applied")),
        ("bewilligt", money("granted")),
        ("verausgabt", money("spent")),
        ("Eigenanteil", money("own")),
        ("Förderbeginn", real_date("start")),
        ("Förderende", real_date("end")),
        ("Antragsfrist", real_date("deadline")),
        ("Anschlussfinanzierung", text("follow_up")),
        ("Status", text("status")),
    ]
    page = Page("Drittmittel", widths=[42, 32, 18, 36, 60, 14, 14, 14, 14, 13, 13, 13, 22, 14])
    page.title("Drittmittel der Caritas für die Integration", across=len(columns))
    page.note(f"Stand: {german_date(t.stand)}")
    page.blank()
    rows = read("third_party")
    fill(page, "funding", rows, columns)
    count_allocations(page, rows)
    return Book([page], "Drittmittel")
