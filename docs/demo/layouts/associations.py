"""Workbooks of migrant organisations, the mosque community and the volunteers."""

from __future__ import annotations

from pages import Book, Cell, Page
from tables import Row, Tables, number, read
from writers import german_date

from layouts.cells import (
    Column,
    euro_text,
    period_in_months,
    plain,
    real_date,
    text,
    text_date,
)
from layouts.shared import (
    COOPERATION_SHORT,
    cooperation_page,
    fill,
    funding_page,
)


def brueckenbogen(t: Tables) -> Book:
    columns: list[Column] = [
        ("Was?", text("title")),
        ("Ziel", text("goal_short")),
        ("Für wen?", text("group")),
        ("Wo?", text("place")),
        ("Wann?", period_in_months),
        ("TN geplant", plain("planned")),
        ("TN", plain("actual")),
        ("Kosten", euro_text("cost")),
        ("Partner", text("with")),
        ("Förderung", text("funding")),
        ("Status", text("status")),
        ("Bemerkung", text("note")),
    ]
    page = Page("Tabelle1", widths=[46, 26, 30, 14, 26, 11, 9, 13, 30, 34, 24, 40])
    page.title("Was wir machen")
    page.note(f"Brückenbogen – Interkultureller Verein Lindenmark e. V., Stand: {german_date(t.stand)}")
    page.blank()
    fill(page, "measure", t.measures("BRU"), columns)
    pages = [page, cooperation_page(t, "BRU", COOPERATION_SHORT), funding_page(t, "BRU")]
    return Book([*pages, Page("Tabelle2")], "Was wir machen")


def freundeskreis(t: Tables) -> Book:
    columns: list[Column] = [
        ("#", lambda row: int(row["key"][1:])),
        ("Angebot", text("title")),
        ("Ziel", text("goal_short")),
        ("Für wen", text("group")),
        ("Ort", text("place")),
        ("Beginn", real_date("start")),
        ("Ende", real_date("end")),
        ("Plätze", plain("planned")),
        ("TN", plain("actual")),
        ("Ehrenamtsstunden", plain("hours")),
        ("Kosten", plain("cost")),
        ("Partner", text("with")),
        ("Status", text("status")),
        ("Notizen", text("note")),
    ]
    page = Page("Angebote")
    page.title("Freundeskreis Asyl Hohenlohm – unsere Angebote")
    page.blank()
    fill(page, "measure", t.measures("FKA"), columns)
    partners = Page("Kooperationen")
    fill(partners, "cooperation", t.cooperations("FKA"), COOPERATION_SHORT)
    return Book([page, partners], "Angebote des Freundeskreises")


#: What the mosque community names as a goal of its own beside the shared one, by offer; it says so in the third round.
_OWN_GOALS = {"Q2": "Junge Menschen der Gemeinde übernehmen ein Ehrenamt"}


def moschee(t: Tables) -> Book:
    """A small list that does not begin in the first column."""

    def goals(row: Row) -> str:
        own = _OWN_GOALS.get(row["key"]) if t.round == 3 else None
        return "; ".join(filter(None, (row["goal_short"], own)))

    columns: list[Column] = [
        ("Angebot", text("title")),
        ("Ziel", goals),
        ("Zielgruppe", text("group")),
        ("Ort", text("place")),
        ("Beginn", real_date("start")),
        ("Ende", real_date("end")),
        ("Plätze", plain("planned")),
        ("Teilnehmende", plain("actual")),
        ("Kosten", euro_text("cost")),
        ("Finanzierung", text("funding")),
        ("Partner", text("with")),
        ("Status", text("status")),
    ]
    page = Page("Angebote", widths=[3, 30, 26, 28, 14, 12, 12, 9, 13, 12, 18, 14, 24])
    page.row(None, Cell("Angebote der Gemeinde", "title"))
    page.row(None, Cell(f"Stand: {german_date(t.stand)}", "note"))
    page.blank()
    page.row(None, *[Cell(heading, "head") for heading, _ in columns])
    for row in t.measures("MOS"):
        page.row(None, *[write(row) for _, write in columns])
        page.count("measure")
    return Book([page], "Angebote der Gemeinde")


def sonnenblume(t: Tables) -> Book:
    columns: list[Column] = [
        ("Nr.", lambda row: int(row["key"][1:])),
        ("Maßnahme", text("title")),
        ("Ziel-Nr.", text("goal")),
        ("Für wen", text("group")),
        ("Beginn", text_date("start")),
        ("bis", text_date("end")),
        ("Plätze", plain("planned")),
        ("TN", plain("actual")),
        ("Kosten", euro_text("cost")),
        ("Finanzierung", text("funding")),
        ("Status", text("status")),
        ("Hausinterne Notiz", lambda row: "Raum 4 ist zu klein" if row["key"] == "U1" else None),
    ]
    page = Page("Projekte", widths=[5, 46, 9, 20, 12, 12, 9, 9, 12, 26, 12, 28])
    page.title("Projekte Verein Sonnenblume", across=len(columns))
    page.note(f"Stand: {german_date(t.stand)}")
    page.blank()
    fill(page, "measure", t.measures("SON"), columns)
    return Book([page], "Projekte Sonnenblume")


def trial() -> Book:
    """Sonnenblume's list of autumn 2026, not delivered: to try the upload with its odd cells."""
    page = Page("Projekte", widths=[5, 46, 9, 22, 12, 16, 9, 9, 16, 26, 14, 28])
    page.title("Projekte Verein Sonnenblume 2026 NEU", across=12)
    page.note("Stand: 28.10.2026")
    page.blank()
    page.head(
        "Nr.",
        "Maßnahme",
        "Ziel-Nr.",
        "Für wen",
        "Beginn",
        "bis",
        "Plätze",
        "TN",
        "Kosten",
        "Finanzierung",
        "Status",
        "Hausinterne Notiz",
    )
    for line in read("trial"):
        page.row(
            *[number(line[name]) if name in {"no", "planned"} else line[name] or None for name in list(line)[:7]],
            number(line["actual"]),
            line["cost"] or None,
            line["funding"] or None,
            line["status"] or None,
            line["own_note"] or None,
        )
        page.count("measure")
    page.total("Summe", {6: ("", 711), 7: ("", 559)}, 12)  # the rows give 691 and, with 2O read as 20, 559
    page.blank()
    page.note("TN = Teilnehmende, Frauen und Männer zusammen")
    return Book([page], "Projekte Sonnenblume 2026")
