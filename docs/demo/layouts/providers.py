"""Workbooks of welfare organisations, Volkshochschule, hospital, chamber and company."""

from __future__ import annotations

from pages import Book, Cell, Page
from tables import Tables, day, number
from writers import german_date

from layouts.cells import (
    MONTHS,
    Column,
    as_text,
    euro_text,
    measured,
    money,
    period_in_days,
    plain,
    real_date,
    text,
    text_date,
)
from layouts.shared import (
    COOPERATION,
    COOPERATION_SHORT,
    contact_page,
    cooperation_page,
    figures_page,
    fill,
    funding_page,
    reported,
    total_of,
)


def caritas(t: Tables) -> Book:
    columns: list[Column] = [
        ("Name der Maßnahme", text("title")),
        ("Zielbezug", text("goal_short")),
        ("Für wen", text("group")),
        ("Wo?", text("place")),
        ("Laufzeit (von - bis)", period_in_days),
        ("geplante Teilnehmende", plain("planned")),
        ("erreichte Personen", plain("actual")),
        ("Gesamtkosten", euro_text("cost", ",- €")),
        ("Stellenanteil", as_text("fte")),
        ("Gefördert von", text("funding")),
        ("Partner", text("with")),
        ("Umsetzungsstand", text("status")),
        ("Anmerkungen", text("note")),
    ]
    page = Page("Übersicht", widths=[50, 26, 34, 26, 25, 12, 12, 14, 12, 34, 34, 18, 52])
    page.title("Caritasverband Lindenmark e. V. – Fachdienst Migration", across=len(columns))
    page.note(f"Stand: {german_date(t.stand)}")
    page.note("Bitte alle Angebote einzeln auflisten und bis zum Stichtag an die Koordinierungsstelle zurücksenden.")
    page.blank()
    fill(page, "measure", t.measures("CAR"), columns)
    page.blank(2)
    page.note("erstellt von: Fachdienst Migration")
    contacts = Page("Ansprechpersonen", widths=[40, 46, 30])
    contacts.head("Funktion", "Kontaktdaten", "Sprechzeiten")
    hours = iter(["nach Vereinbarung", "Di 9–12 Uhr, Do 14–17 Uhr"])
    for row in [row for row in t.contacts() if row["partner"] == "CAR"]:
        contacts.row(row["function"], f"{row['name']}\nTel.: {row['phone']}\nE-Mail: {row['email']}", next(hours))
        contacts.count("contact")
    pages = [page, figures_page(t, reported(t, "CAR"), percent="text"), cooperation_page(t, "CAR", COOPERATION)]
    return Book([*pages, funding_page(t, "CAR", euro_text), contacts], "Angebote der Caritas")


def vhs(t: Tables) -> Book:
    columns: list[Column] = [
        ("Nr.", lambda row: int(row["key"][1:])),
        ("Angebot", text("title")),
        ("Ziel der Maßnahme", text("goal_title")),
        ("Zielgruppe", text("group")),
        ("Ort", text("place")),
        ("Beginn", real_date("start")),
        ("Ende", real_date("end")),
        ("Plätze", plain("planned")),
        ("TN", plain("actual")),
        ("Kosten in €", money("cost")),
        ("VZÄ", plain("fte")),
        ("Kooperationspartner*innen", text("with")),
        ("Finanzierung", text("funding")),
        ("Status", text("status")),
        ("Bemerkung", text("note")),
    ]
    page = Page("Kurse", widths=[5, 46, 60, 34, 26, 12, 12, 8, 8, 14, 7, 38, 40, 16, 46])
    page.title("Volkshochschule Lindenmark e. V. – Deutsch und Integration", across=len(columns))
    page.note(f"Stand: {german_date(t.stand)}")
    page.blank()
    fill(page, "measure", t.measures("VHS"), columns)
    page.blank()
    page.note("TN = Teilnehmende")
    hints = Page("Hinweise", widths=[100])
    hints.row("Ausfüllhinweise")
    hints.row("Gezählt werden Teilnehmende, die mindestens ein Drittel des Kurses besucht haben.")
    hints.row("B1 beim ersten Versuch: nur Personen, die zum ersten Mal an der Prüfung teilnehmen.")
    pages = [page, _vhs_results(t), cooperation_page(t, "VHS", COOPERATION), funding_page(t, "VHS")]
    return Book([*pages, _vhs_contacts(t), hints], "Sprachkurse der VHS")


def _vhs_results(t: Tables) -> Page:
    """The VHS keeps its figures as a series; older lines come again in every round."""
    page = Page("Auswertung", widths=[9, 52, 9, 13, 18, 16, 34])
    page.title("Auswertung der Kurse und Prüfungen", across=7)
    page.note("Fachbereich Deutsch und Integration")
    page.note(f"Stand: {german_date(t.stand)}")
    page.blank()
    page.head("Ziel-Nr.", "Indikator", "Einheit", "Stichtag", "Grundgesamtheit", "Istwert", "Datenquelle")
    indicators = {row["key"]: row for row in t.indicators("VHS")}
    for key, earlier in (("S2.1a", []), ("S2a", VHS_SERIES), ("S2b", [])):
        row = indicators[key]
        told = [(row[f"v{n}"], row[f"d{n}"], VHS_COUNTS[key][n - 1]) for n in range(1, t.round + 1)]
        for value, at, base in [*earlier, *told]:
            cell = measured("value", "format")(row | {"value": value})
            page.row(row["goal"], row["name"], row["unit"], Cell(day(at), "date"), base, cell, row["source"])
            page.count("observation")
        page.count("indicator")
    return page


VHS_SERIES = [("48", "2023-09-30", 371), ("47.1", "2024-03-31", 365), ("48.8", "2024-09-30", 377)]
VHS_COUNTS = {"S2.1a": [None, None, None], "S2a": [380, 388, 402], "S2b": [318, 361, 394]}


def _vhs_contacts(t: Tables) -> Page:
    columns: list[Column] = [
        ("Vor- und Nachname", text("name")),
        ("Funktion", text("function")),
        ("Tel.", text("phone")),
        ("E-Mail", text("email")),
    ]
    return contact_page(t, "VHS", columns)


def diakonie(t: Tables) -> Book:
    """Merged goal cells, ditto marks and, in round 3, a total that does not match its rows."""
    rows = sorted(t.measures("DIA"), key=lambda row: row["goal"])
    page = Page("Projekte", widths=[9, 34, 24, 16, 12, 12, 10, 10, 15, 9, 32, 38, 24, 36])
    page.title("Diakonisches Werk im Landkreis Lindenmark – Projektliste Migration und Wohnen", across=14)
    page.note(f"Stand: {german_date(t.stand)}")
    page.blank()
    page.head(
        "Ziel-Nr.",
        "Projekt",
        "Zielgruppe",
        "Ort",
        "Laufzeit von",
        "Laufzeit bis",
        "TN Soll",
        "TN erreicht",
        "Kosten in €",
        "VZÄ",
        "Koop.-partner",
        "Förderung durch",
        "aktueller Stand",
        "Bemerkung",
    )
    first = page.next_row
    goal = place = None
    for row in rows:
        page.row(
            None if row["goal"] == goal else row["goal"],
            row["title"],
            row["group"],
            '"' if row["place"] == place else row["place"],
            real_date("start")(row),
            real_date("end")(row),
            number(row["planned"]),
            number(row["actual"]),
            money("cost")(row),
            number(row["fte"]),
            row["with"] or None,
            row["funding"],
            row["status"],
            row["note"] or None,
        )
        page.count("measure")
        goal, place = row["goal"], row["place"]
    for goal in dict.fromkeys(row["goal"] for row in rows):
        places = [first + index for index, row in enumerate(rows) if row["goal"] == goal]
        page.merge_down(places[0], places[-1], 0)
    last = page.next_row - 1
    reached = total_of(rows, "actual")
    page.total(
        "Gesamt",
        {7: ("", reached - 20 if t.round == 3 else reached), 8: (f"=SUM(I{first}:I{last})", total_of(rows, "cost"))},
        14,
    )
    figures = figures_page(t, reported(t, "DIA"), value_heading="IST")
    pages = [page, figures, cooperation_page(t, "DIA", COOPERATION), funding_page(t, "DIA")]
    return Book(pages, "Projektliste Diakonie")


AWO_NOTES = {
    "O1": "Schlüssel für Raum 3 bei Frau T.",
    "O2": "Honorar noch klären",
    "O4": "Urlaubsvertretung August",
    "O5": "Kaffeemaschine defekt",
}


def awo(t: Tables) -> Book:
    columns: list[Column] = [
        ("Lfd. Nr.", lambda row: int(row["key"][1:])),
        ("Projekttitel", text("title")),
        ("Bezug zum Ziel", text("goal")),
        ("Zielgruppe", text("group")),
        ("Stadt/Gemeinde", text("place")),
        ("Beginn", text_date("start")),
        ("Ende", text_date("end")),
        ("Anzahl Plätze", as_text("planned")),
        ("Anzahl Teilnehmer", as_text("actual")),
        ("Gesamtkosten", euro_text("cost")),
        ("Kooperationspartner", text("with")),
        ("gefördert durch", text("funding")),
        ("Projektstatus", text("status")),
        ("Hinweise", text("note")),
        ("Hausinterne Notiz", lambda row: AWO_NOTES.get(row["key"])),
    ]
    page = Page("Projektübersicht", widths=[8, 52, 10, 28, 16, 12, 12, 10, 12, 14, 32, 42, 18, 44, 34])
    page.title("AWO Kreisverband Lindenmark e. V. – Projektübersicht", across=len(columns))
    page.note(f"Stand: {german_date(t.stand)}")
    page.blank()
    rows = t.measures("AWO")
    fill(page, "measure", rows, columns)
    for spare in range(len(rows) + 1, len(rows) + 5):  # template rows nobody filled
        page.row(spare)
    page.choose(12, 5, page.next_row - 1, ["beantragt", "gestartet", "in Umsetzung", "Daueraufgabe", "ausgelaufen"])
    pages = [page, figures_page(t, reported(t, "AWO")), cooperation_page(t, "AWO", COOPERATION)]
    return Book([*pages, funding_page(t, "AWO", euro_text)], "Projektübersicht AWO")


def drk(t: Tables) -> Book:
    columns: list[Column] = [
        ("Angebot", text("title")),
        ("Ziel", text("goal_title")),
        ("Zielgruppen", text("group")),
        ("Einsatzort", text("place")),
        ("Zeitraum", text("start")),
        ("Kapazität", lambda row: f"max. {row['planned']}" if row["key"] == "R5" else number(row["planned"])),
        ("Teilnehmer/innen", lambda row: f"ca. {row['actual']}" if row["key"] == "R1" else number(row["actual"])),
        ("Kosten p.a.", plain("cost")),
        ("Stellenanteil", plain("fte")),
        ("Beteiligte", text("with")),
        ("Finanzierung durch", text("funding")),
        ("aktueller Stand", text("status")),
        ("Bemerkungen", text("note")),
    ]
    page = Page("Angebote", widths=[50, 70, 22, 14, 26, 11, 14, 13, 12, 26, 24, 18, 40])
    page.title("DRK-Kreisverband Lindenmark e. V. – Angebote für Zugewanderte", across=len(columns))
    page.note(f"Stand: {MONTHS[t.stand.month - 1]} {t.stand.year}")
    page.blank()
    fill(page, "measure", t.measures("DRK"), columns)
    pages = [page, figures_page(t, reported(t, "DRK"), value_heading="aktueller Wert")]
    return Book([*pages, cooperation_page(t, "DRK", COOPERATION_SHORT)], "Angebote des DRK")


def klinikum(t: Tables) -> Book:
    """Headings broken over two lines, as narrow columns force them."""
    columns: list[Column] = [
        ("Maß-\nnahme", text("title")),
        ("Ziel-\nNr.", text("goal")),
        ("Ziel-\ngruppe", text("group")),
        ("Laufzeit\nvon", real_date("start")),
        ("Laufzeit\nbis", real_date("end")),
        ("TN\ngeplant", plain("planned")),
        ("TN\nerreicht", plain("actual")),
        ("Gesamt-\nkosten", money("cost")),
        ("VZÄ", plain("fte")),
        ("Beteiligte", text("with")),
        ("Förder-\nprogramm", text("funding")),
        ("Umsetzungs-\nstand", text("status")),
        ("Nächste\nSchritte", text("note")),
    ]
    page = Page("Projekte", widths=[40, 6, 20, 11, 11, 9, 9, 14, 6, 22, 24, 14, 30])
    page.title("Klinikum Lindenmark gGmbH – Projekte Integration", across=len(columns))
    page.note(f"Stand: {german_date(t.stand)}")
    page.blank()
    fill(page, "measure", t.measures("KLI"), columns)
    figures = reported(t, "KLI")
    if t.round == 3:  # the file of the winter round never came: its values are handed in now
        winter = [row | {"value": row["v2"], "date": row["d2"]} for row in t.indicators("KLI") if row["v2"]]
        figures = sorted(winter + figures, key=lambda row: (row["key"], row["date"]))
    pages = [page, figures_page(t, figures, percent="text")]
    if t.round == 3:
        pages.append(cooperation_page(t, "KLI", COOPERATION))
    return Book(pages, "Projekte des Klinikums")


def handwerkskammer(t: Tables) -> Book:
    contact = "Rolf Ehrentraut"
    columns: list[Column] = [
        ("Projekt-Nr.", text("key")),
        ("Projekt/ Maßnahme", text("title")),
        ("Handlungsfeld", text("field")),
        ("Ziel-Nr.", text("goal")),
        ("Zielgruppe", text("group")),
        ("Laufzeit von", real_date("start")),
        ("Laufzeit bis", real_date("end")),
        ("Platzzahl", plain("planned")),
        ("TN-Zahl", plain("actual")),
        ("Projektkosten", money("cost")),
        ("Beteiligte Akteure", text("with")),
        ("Ansprechpartner", lambda _: contact),
        ("Förderprogramm", text("funding")),
        ("Umsetzungsstand", text("status")),
        ("Bemerkung", text("note")),
    ]
    page = Page("Projekte", widths=[10, 44, 24, 9, 30, 13, 13, 10, 10, 14, 30, 20, 34, 18, 44])
    page.title("Handwerkskammer Lindenmark-Wolmtal – Integration im Handwerk", across=len(columns))
    page.note(f"Stand: {german_date(t.stand)}")
    page.blank()
    fill(page, "measure", t.measures("HWK"), columns)
    pages = [page]
    if t.round == 2:
        pages.append(figures_page(t, reported(t, "HWK")))
    return Book([*pages, cooperation_page(t, "HWK", COOPERATION)], "Integration im Handwerk")


def lindwerk(t: Tables) -> Book:
    columns: list[Column] = [
        ("No.", text("key")),
        ("Project title", text("title")),
        ("Related goal", text("goal")),
        ("Target group", text("group")),
        ("Location", text("place")),
        ("Start date", real_date("start")),
        ("End date", real_date("end")),
        ("Places", plain("planned")),
        ("Participants", plain("actual")),
        ("Total cost", lambda row: f"EUR {int(row['cost']):,}.00"),
        ("Partners", text("with")),
        ("Funded by", text("funding")),
        ("Status", text("status")),
        ("Comments", text("note")),
    ]
    page = Page("Measures", widths=[6, 44, 12, 16, 14, 12, 12, 9, 12, 16, 38, 14, 14, 50])
    page.title("Lindwerk Präzisionstechnik GmbH – Integration report", across=len(columns))
    page.note(f"As of: {t.stand.isoformat()}")
    page.blank()
    fill(page, "measure", t.measures("LWP"), columns)
    partners = Page("Cooperations", widths=[32, 16, 20, 18, 12, 13, 13, 12, 18, 30])
    partner_columns: list[Column] = [
        ("Cooperation", text("title")),
        ("Partner A", text("a")),
        ("Partner B", text("b")),
        ("Form of cooperation", text("type")),
        ("Agreement", text("agreement")),
        ("Since", real_date("since")),
        ("Until", real_date("until")),
        ("Status", text("status")),
        ("Contribution", text("contribution")),
        ("Purpose", text("purpose")),
    ]
    fill(partners, "cooperation", t.cooperations("LWP"), partner_columns)
    contact_columns: list[Column] = [
        ("Contact person", text("name")),
        ("Function", text("function")),
        ("Phone", text("phone")),
        ("Email", text("email")),
    ]
    return Book([page, partners, contact_page(t, "LWP", contact_columns, "Contacts")], "Integration report")
