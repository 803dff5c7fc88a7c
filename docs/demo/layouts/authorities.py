"""Workbooks of Jobcenter, Agentur für Arbeit, BAMF and the county's own departments."""

from __future__ import annotations

from pages import Book, Cell, Page
from tables import Tables, number
from writers import german_date

from layouts.cells import (
    COLOURS,
    Column,
    as_text,
    euro_text,
    long_date,
    measured,
    money,
    plain,
    real_date,
    text,
    text_date,
    thousands,
)
from layouts.shared import (
    COOPERATION,
    COOPERATION_SHORT,
    contact_page,
    cooperation_page,
    count_values,
    figures_page,
    fill,
    reported,
    total_of,
)


def jobcenter(t: Tables) -> Book:
    rows = t.measures("JC")
    page = Page("Maßnahmen", widths=[8, 46, 9, 36, 14, 12, 12, 9, 9, 13, 7, 26, 14, 24, 44])
    page.title("Jobcenter Lindenmark – Maßnahmen im Integrationsnetzwerk", across=15)
    page.note(f"Stand: {german_date(t.stand)}")
    page.blank()
    page.head_two_rows(
        "Lfd. Nr.",
        "Bezeichnung der Maßnahme",
        "Ziel-Nr.",
        "Zielgruppe",
        "Ort",
        ("Laufzeit", ["von", "bis"]),
        ("Teilnehmende", ["Soll", "Ist"]),
        "Kosten (TEUR)",
        "VZÄ",
        "Finanzierung",
        "Fortschritt in %",
        "Status",
        "Bemerkung",
    )
    columns: list[Column] = [
        ("", lambda row: int(row["key"][1:])),
        ("", text("title")),
        ("", text("goal")),
        ("", text("group")),
        ("", text("place")),
        ("", real_date("start")),
        ("", real_date("end")),
        ("", plain("planned")),
        ("", plain("actual")),
        ("", thousands("cost")),
        ("", plain("fte")),
        ("", text("funding")),
        ("", lambda row: Cell(number(row["progress"]), "share")),
        ("", text("status")),
        ("", text("note")),
    ]
    first = page.next_row
    fill(page, "measure", rows, columns, head=False)
    last = page.next_row - 1
    page.total(
        "Summe",
        {
            7: (f"=SUM(H{first}:H{last})", total_of(rows, "planned")),
            8: (f"=SUM(I{first}:I{last})", total_of(rows, "actual")),
            9: (f"=SUM(J{first}:J{last})", total_of(rows, "cost") / 1000),
        },
        15,
    )
    page.blank()
    page.note("Legende: TN = Teilnehmende, VZÄ = Vollzeitäquivalent, TEUR = tausend Euro")
    pages = [page, *_jobcenter_figures(t), cooperation_page(t, "JC", COOPERATION), _jobcenter_contacts(t)]
    return Book(pages, "Maßnahmen Jobcenter")


def _jobcenter_figures(t: Tables) -> list[Page]:
    """The same indicator as in the goal catalogue, in round 3 with another value for the same day."""
    by_key = {row["key"]: row for row in t.indicators()}
    placed, women = by_key["A1a"], by_key["A4a"] | {"value": "Befragung läuft noch", "date": t.stand.isoformat()}
    if t.round == 1:
        return []
    if t.round == 2:
        return [figures_page(t, [placed])]
    return [figures_page(t, [placed | {"value": "389", "source": "eigenes Fachverfahren"}, women])]


def _jobcenter_contacts(t: Tables) -> Page:
    columns: list[Column] = [
        ("Ansprechpartner/in", text("name")),
        ("Funktion", text("function")),
        ("Telefon", text("phone")),
        ("E-Mail", text("email")),
    ]
    return contact_page(t, "JC", columns)


def agentur(t: Tables) -> Book:
    columns: list[Column] = [
        ("Kürzel", text("key")),
        ("Angebot/Projekt", text("title")),
        ("Themenfeld", text("field")),
        ("Wirkungsziel", text("goal_title")),
        ("Personenkreis", text("group")),
        ("Datum von", real_date("start")),
        ("Datum bis", real_date("end")),
        ("geplante Teilnehmende", plain("planned")),
        ("Anzahl Teilnehmer", plain("actual")),
        ("Kosten in €", money("cost")),
        ("Stellenanteil", plain("fte")),
        ("Netzwerkpartner", text("with")),
        ("Projektstatus", text("status")),
        ("Ergebnis", text("note")),
    ]
    page = Page("Angebote", widths=[8, 48, 26, 60, 34, 12, 12, 13, 13, 14, 12, 32, 18, 36])
    page.title("Agentur für Arbeit Lindenmark – Angebote für Zugewanderte", across=len(columns))
    page.note(f"Datenstand: {german_date(t.stand)}")
    page.blank()
    fill(page, "measure", t.measures("AA"), columns)
    return Book([page, cooperation_page(t, "AA", COOPERATION)], "Angebote der Agentur für Arbeit")


def agentur_statistik(t: Tables) -> Book:
    columns: list[Column] = [
        ("Ziel-Nr.", text("goal")),
        ("Indikator", text("name")),
        ("Einheit", text("unit")),
        ("Istwert", measured("value", "plain")),
        ("Stichtag", real_date("date")),
        ("Datenquelle", text("source")),
    ]
    page = Page("statistik")
    rows = reported(t, "AA")
    page.head(*[heading for heading, _ in columns])
    for row in rows:
        page.row(*[write(row) for _, write in columns])
    count_values(page, rows)
    return Book([page], encoding="utf-8-sig", delimiter=",")


def bamf(t: Tables) -> Book:
    columns: list[Column] = [
        ("Projekt-Nr.", lambda row: f'="0{row["key"][1:]}-2025"'),
        ("Projekttitel", text("title")),
        ("Handlungsfeld", text("field")),
        ("Zielbezug", text("goal")),
        ("Träger", text("lead")),
        ("Zielgruppe", text("group")),
        ("Ort", text("place")),
        ("Beginn", text_date("start")),
        ("Ende", text_date("end")),
        ("Plätze", plain("planned")),
        ("Teilnehmende", plain("actual")),
        ("Gesamtkosten", euro_text("cost", ",00")),
        ("Förderprogramm", text("funding")),
        ("Status", text("status")),
        ("Datenstand", lambda _: german_date(t.stand)),
        ("Bemerkung", text("note")),
    ]
    page = Page("export")
    fill(page, "measure", t.measures("BAMF"), columns)
    return Book([page], encoding="cp1252", delimiter=";")


def auslaenderbehoerde(t: Tables) -> Book:
    columns: list[Column] = [
        ("Nr", lambda row: int(row["key"][1:])),
        ("Maßnahme", text("title")),
        ("Ziel", lambda row: f"{row['goal']} – {row['goal_short']}"),
        ("Zuständigkeit", text("lead")),
        ("Personenkreis", text("group")),
        ("Beginn", text_date("start")),
        ("Ende", text_date("end")),
        ("Soll TN", plain("planned")),
        ("Ist TN", plain("actual")),
        ("Kosten", money("cost")),
        ("VZÄ", plain("fte")),
        ("Beteiligte", text("with")),
        ("Stand der Bearbeitung", text("status")),
        ("Anmerkungen", text("note")),
    ]
    page = Page("Tabelle1", widths=[5, 52, 34, 20, 26, 12, 12, 9, 9, 14, 7, 30, 24, 44])
    page.title("Maßnahmenplan Ausländer- und Staatsangehörigkeitsbehörde")
    page.note(f"Stand: {german_date(t.stand)}")
    page.blank()
    fill(page, "measure", t.measures("ABH"), columns)
    figures = figures_page(t, reported(t, "ABH"), value_heading="Ist")
    pages = [page, figures]
    if t.round > 1:
        pages.append(cooperation_page(t, "ABH", COOPERATION_SHORT))
    return Book([*pages, Page("Tabelle3")], "Maßnahmenplan ABH")


def sozialamt(t: Tables) -> Book:
    columns: list[Column] = [
        ("lfd. Nr", lambda row: int(row["key"][1:])),
        ("Projekt/ Maßnahme", text("title")),
        ("Beitrag zu Ziel", text("goal")),
        ("Zielgruppe/n", text("group")),
        ("Ort", text("place")),
        ("Beginn", real_date("start")),
        ("Umsetzung bis", real_date("end")),
        ("TN geplant", plain("planned")),
        ("erreichte Personen", plain("actual")),
        ("Gesamtkosten", money("cost")),
        ("beteiligte Stellen", text("with")),
        ("Ampelstatus", lambda row: Cell(None, COLOURS[row["status"]])),
        ("Bemerkung", text("note")),
    ]
    page = Page("Umsetzungsstand", widths=[7, 46, 10, 18, 14, 12, 12, 10, 11, 16, 36, 8, 52])
    page.title("Fachdienst 50 – Umsetzungsstand der Maßnahmen", across=len(columns))
    page.note(f"Stand: {german_date(t.stand)}")
    page.blank()
    page.head(*[heading for heading, _ in columns])
    rows = t.measures("SOZ")
    for field_no in dict.fromkeys(row["field_no"] for row in rows):
        block = [row for row in rows if row["field_no"] == field_no]
        page.section(f"Handlungsfeld {field_no}: {block[0]['field']}", len(columns))
        first = page.next_row
        fill(page, "measure", block, columns, head=False)
        last = page.next_row - 1
        page.total(
            "Zwischensumme",
            {9: (f"=SUM(J{first}:J{last})", total_of(block, "cost"))},
            len(columns),
        )
    page.blank()
    page.note("Legende:")
    page.row(Cell(None, "green"), "grün = im Plan")
    page.row(Cell(None, "yellow"), "gelb = leichte Abweichung")
    page.row(Cell(None, "red"), "rot = stark abweichend")
    pages = [page, figures_page(t, reported(t, "SOZ")), cooperation_page(t, "SOZ", COOPERATION)]
    return Book(pages, "Umsetzungsstand FD 50")


def jugendamt(t: Tables) -> Book:
    statuses = ["in Planung", "in Umsetzung", "laufend", "etabliert", "abgeschlossen", "entfallen"]
    columns: list[Column] = [
        ("Nr.", text("key")),
        ("Name der Maßnahme", text("title")),
        ("Zielbezug", text("goal_short")),
        ("Zielgruppe", text("group")),
        ("Ort der Durchführung", text("place")),
        ("Beginn der Maßnahme", real_date("start")),
        ("Projektende", real_date("end")),
        ("Plätze", as_text("planned")),
        ("Teilnehmende", as_text("actual")),
        ("Gesamtkosten", money("cost")),
        ("VZÄ", plain("fte")),
        ("Kooperationspartner*innen", text("with")),
        ("Finanzierung", text("funding")),
        ("Status der Maßnahme", text("status")),
        ("Begründung", text("note")),
    ]
    pages = []
    for field_no, name in (("1", "HF1 Sprache"), ("2", "HF2 Bildung")):
        page = Page(name, widths=[6, 46, 26, 24, 16, 13, 13, 9, 13, 15, 7, 34, 44, 18, 44])
        page.title(f"Jugendamt – Handlungsfeld {field_no}", across=len(columns))
        page.note(f"Stand {long_date(t.stand)}")
        page.blank()
        first = page.next_row + 1
        fill(page, "measure", [row for row in t.measures("JUG") if row["field_no"] == field_no], columns)
        page.choose(13, first, page.next_row + 5, statuses)
        pages.append(page)
    lists = Page("Listen", hidden=True)
    lists.row("Status")
    for status in statuses:
        lists.row(status)
    figures = figures_page(t, reported(t, "JUG"))
    return Book([*pages, figures, cooperation_page(t, "JUG", COOPERATION), lists], "Maßnahmen Jugendamt")
