"""Workbooks of the coordination office."""

from __future__ import annotations

from datetime import date

from pages import Book, Cell, Page, Value
from tables import Tables, read
from writers import german_date

from layouts.cells import (
    Column,
    long_date,
    measured,
    money,
    plain,
    real_date,
    text,
)
from layouts.shared import (
    COOPERATION,
    cooperation_page,
    count_allocations,
    count_values,
    fill,
    total_of,
)


def network(t: Tables) -> Book:
    page = Page("Netzwerk", widths=[52, 22, 22, 11, 34, 26, 26, 9, 14, 26, 34, 17, 40, 19, 13, 50])
    page.title("Integrationsnetzwerk Landkreis Lindenmark – Netzwerkpartner und Ansprechpersonen", across=16)
    page.note(f"Stand: {german_date(t.stand)}")
    page.note("nur für den Dienstgebrauch")
    page.blank()
    page.head(
        "Organisation",
        "Kurzname",
        "Art der Organisation",
        "Verwaltung",
        "Organisationseinheit",
        "Standort",
        "Straße",
        "PLZ",
        "Ort",
        "Ansprechpartner/in",
        "Funktion",
        "Telefon",
        "E-Mail",
        "Weitergabe an",
        "Einwilligung",
        "Aufgaben",
    )
    partners = sorted(read("partners"), key=lambda partner: partner["name"].casefold())
    for partner in partners:
        postcode: Value = int(partner["postcode"]) if partner["key"] == "KSB" else partner["postcode"]
        address: list[Value] = [partner["unit"], partner["site"], partner["street"], postcode, partner["city"]]
        tasks: Value = partner["tasks"]
        page.count("partner")
        for contact in [contact for contact in t.contacts() if contact["partner"] == partner["key"]]:
            page.row(
                partner["name"],
                partner["short"],
                partner["type"],
                partner["internal"],
                *[part or None for part in address],
                *[contact[name] or None for name in ("name", "function", "phone", "email", "share", "consent")],
                tasks,
            )
            page.count("contact")
            address, tasks = [None] * 5, None
    page.blank()
    page.note("Weitergabe an: Koordinierungsstelle = nur intern, Gremium = Steuerungsgruppe, Netzwerk = alle Partner")
    return Book([page], "Netzwerkpartner")


def catalogue(t: Tables) -> Book:
    return Book([_cover(t), _goals(t), _indicators(t), _needs(t), *_corrections(t)], "Zielkatalog 2025–2028")


def _cover(t: Tables) -> Page:
    page = Page("Deckblatt", widths=[90])
    page.title("Zielkatalog zum Integrationskonzept des Landkreises Lindenmark 2025–2028")
    page.note("Entwurf zur Sitzung am 13.05.2025" if t.round == 1 else f"Fassung vom {long_date(t.stand)}")
    page.blank()
    page.row("Die Ziele gelten für alle Partner des Netzwerks. Werte melden die genannten Stellen zweimal im Jahr.")
    page.row("Rückfragen an: Koordinierungsstelle Integration, Kreishaus, Zimmer 214")
    return page


def _goals(t: Tables) -> Page:
    columns: list[Column] = [
        ("Ziel-Nr.", text("number")),
        ("Handlungsfeld", text("field_name")),
        ("Zielebene", text("level")),
        ("Übergeordnetes Ziel", text("parent")),
        ("Kurztitel", text("short")),
        ("Zielformulierung", text("title")),
        ("Zielverantwortung", text("responsible")),
    ]
    page = Page("Zielkatalog", widths=[9, 28, 14, 14, 26, 80, 26])
    page.title("Zielkatalog 2025–2028", across=len(columns))
    page.note(f"Stand: {german_date(t.stand)}")
    page.blank()
    fill(page, "goal", t.goals(), columns)
    page.count("field_of_action", len({goal["field"] for goal in t.goals()}))
    return page


def _indicators(t: Tables) -> Page:
    rows = []
    for row in t.indicators():
        own = row["reporter"] == "KOI"
        short = next(partner["short"] for partner in read("partners") if partner["key"] == row["reporter"])
        rows.append(
            row
            | {
                "value": row["value"] if own else "",
                "date": row["date"] if own else "",
                "who": "" if own else f"Wert meldet: {short}",
            }
        )
    columns: list[Column] = [
        ("Ziel-Nr.", text("goal")),
        ("Indikator", text("name")),
        ("Definition", text("definition")),
        ("Einheit", text("unit")),
        ("gewünschte Richtung", text("direction")),
        ("Ausgangswert", measured("base", "format")),
        ("Stand Ausgangswert", real_date("base_date")),
        ("Zielwert", measured("target", "format")),
        ("zu erreichen bis", real_date("target_date")),
        ("Istwert", measured("value", "format")),
        ("Stichtag", real_date("date")),
        ("Datenquelle", text("source")),
        ("Erhebungsart", text("collection")),
        ("Bemerkung", text("who")),
    ]
    page = Page("Indikatoren", widths=[9, 56, 50, 15, 13, 13, 13, 11, 13, 11, 13, 36, 14, 34])
    page.title("Indikatoren zum Zielkatalog", across=len(columns))
    page.note(f"Stand: {german_date(t.stand)}")
    page.blank()
    page.head(*[heading for heading, _ in columns])
    for row in rows:
        page.row(*[write(row) for _, write in columns])
    count_values(page, rows)
    page.blank()
    page.note("Richtung: erhöhen = ein höherer Wert ist besser, senken = ein niedrigerer Wert ist besser")
    return page


def _needs(t: Tables) -> Page:
    columns: list[Column] = [
        ("Nr.", text("no")),
        ("Bedarf", text("need")),
        ("Zielgruppe", text("group")),
        ("Ort", text("place")),
        ("Festgestellt durch", text("found_by")),
        ("Festgestellt am", real_date("found_on")),
        ("Beleg", text("evidence")),
        ("führt zu Ziel", text("goal")),
        ("führt zu Maßnahme", text("measure")),
    ]
    page = Page("Bedarfe", widths=[6, 60, 34, 14, 24, 14, 13, 12, 46])
    page.title("Bedarfe", across=len(columns))
    page.note(f"Stand: {german_date(t.stand)}")
    page.blank()
    fill(page, "need", t.needs(), columns)
    return page


def _corrections(t: Tables) -> list[Page]:
    """Only in the third round: the value of 31.12.2025 is stated anew for the same day."""
    if t.round < 3:
        return []
    page = Page("Korrekturen", widths=[9, 52, 12, 10, 13, 60])
    page.title("Korrekturen zu früheren Werten", across=6)
    page.note(f"Stand: {german_date(t.stand)}")
    page.blank()
    page.head("Ziel-Nr.", "Indikator", "Einheit", "Istwert", "Stichtag", "Bemerkung")
    page.row(
        "T1",
        "Freiwillig Engagierte in der Integrationsarbeit",
        "Personen",
        247,
        Cell(date(2025, 12, 31), "date"),
        "berichtigt: 274 enthielt Doppelzählungen aus zwei Initiativen",
    )
    page.count("indicator")
    page.count("observation")
    return [page]


def koordinierung(t: Tables) -> Book:
    columns: list[Column] = [
        ("M-Nr.", text("key")),
        ("Bezeichnung der Maßnahme", text("title")),
        ("Handlungsfeld", text("field")),
        ("Ziel-Nr.", text("goal")),
        ("Federführung", text("lead")),
        ("Beteiligte", text("with")),
        ("Zielgruppe", text("group")),
        ("Beginn", real_date("start")),
        ("Ende", real_date("end")),
        ("TN geplant", plain("planned")),
        ("TN erreicht", plain("actual")),
        ("Gesamtkosten", money("cost")),
        ("VZÄ", plain("fte")),
        ("Finanzierung", text("funding")),
        ("Umsetzungsstand", text("status")),
        ("Meilensteine", lambda row: row["milestones"].replace("|", "; ") or None),
        ("Bemerkung", text("note")),
    ]
    page = Page("Maßnahmen", widths=[7, 48, 26, 8, 22, 34, 28, 12, 12, 9, 9, 15, 7, 36, 17, 44, 48])
    page.title("Maßnahmen der Koordinierungsstelle Integration", across=len(columns))
    page.note(f"Stand: {german_date(t.stand)}")
    page.blank()
    rows = t.measures("KOI")
    fill(page, "measure", rows, columns)
    page.count("milestone", sum(len(row["milestones"].split("|")) for row in rows if row["milestones"]))
    return Book([page, cooperation_page(t, "KOI", COOPERATION)], "Maßnahmen der Koordinierungsstelle")


def foerdermittel(t: Tables) -> Book:
    rows = t.funding("KOI")
    columns: list[Column] = [
        ("Lfd. Nr.", text("no")),
        ("Förderprogramm", text("programme")),
        ("Fördergeber", text("funder")),
        ("Förderebene", text("level")),
        ("Zuwendungsempfänger", text("recipient")),
        ("Maßnahme", lambda row: row["measures"].replace("|", "; ")),
        ("beantragt", money("applied")),
        ("bewilligt", money("granted")),
        ("verausgabt", money("spent")),
        ("Eigenanteil", money("own")),
        ("von", real_date("start")),
        ("bis", real_date("end")),
        ("VN bis", real_date("report_due")),
        ("Anschlussfinanzierung", text("follow_up")),
        ("Status", text("status")),
        ("Bemerkung", text("comment")),
    ]
    page = Page("Fördermittel", widths=[8, 48, 32, 18, 46, 60, 15, 15, 15, 14, 12, 12, 12, 22, 16, 46])
    page.title("Fördermittelübersicht des Integrationsnetzwerks", across=len(columns))
    page.note(f"Stand: {german_date(t.stand)}, alle Beträge in Euro")
    page.blank()
    headings = [heading for heading, _ in columns]
    page.head_two_rows(
        *headings[:6], ("Beträge", headings[6:10]), ("Laufzeit", headings[10:12]), *headings[12:]
    )  # the parents are merged over their children
    first = page.next_row
    fill(page, "funding", rows, columns, head=False)
    count_allocations(page, rows)
    last = page.next_row - 1
    sums = {
        column: (f"=SUM({letter}{first}:{letter}{last})", total_of(rows, name))
        for column, letter, name in ((6, "G", "applied"), (7, "H", "granted"), (8, "I", "spent"), (9, "J", "own"))
    }
    page.total("Summe", sums, len(columns))
    page.blank()
    page.note("VN = Verwendungsnachweis. Beantragte und bewilligte Beträge dürfen nicht addiert werden.")
    return Book([page], "Fördermittelübersicht")


def beschluesse(t: Tables) -> Book:
    meetings = Page("Sitzungen", widths=[42, 14, 30, 34])
    meetings.title("Sitzungen", across=4)
    meetings.note(f"Stand: {german_date(t.stand)}")
    meetings.blank()
    meeting_columns: list[Column] = [
        ("Sitzung", text("title")),
        ("Datum", real_date("date")),
        ("Gremium", text("body")),
        ("Ort", text("place")),
    ]
    fill(meetings, "meeting", t.meetings(), meeting_columns)

    decisions = Page("Beschlüsse", widths=[11, 14, 28, 76, 24, 14, 18, 46])
    decisions.title("Beschlusskontrolle", across=8)
    decisions.note(f"Stand: {german_date(t.stand)}")
    decisions.blank()
    decision_columns: list[Column] = [
        ("Beschluss-Nr.", text("no")),
        ("Sitzung vom", real_date("date")),
        ("Gremium", text("body")),
        ("Beschluss", text("text")),
        ("verantwortlich", text("responsible")),
        ("bis wann?", real_date("due")),
        ("Status", text("status")),
        ("Bemerkung", text("comment")),
    ]
    fill(decisions, "decision", t.stated("decisions"), decision_columns)

    agreements = Page("Vereinbarungen", widths=[64, 28, 28, 14, 14, 14])
    agreements.title("Vereinbarungen", across=6)
    agreements.note(f"Stand: {german_date(t.stand)}")
    agreements.blank()
    agreement_columns: list[Column] = [
        ("Vereinbarung", text("text")),
        ("zugesagt von", text("promised_by")),
        ("mit", text("with")),
        ("bis wann", real_date("due")),
        ("Status", text("status")),
        ("Sitzung vom", real_date("meeting")),
    ]
    fill(agreements, "agreement", t.stated("agreements"), agreement_columns)
    return Book([meetings, decisions, agreements], "Beschlusskontrolle")


def ideen(t: Tables) -> Book:
    columns: list[Column] = [
        ("Idee", text("idea")),
        ("Umsetzbarkeit", plain("feasibility")),
        ("Wirkungsstärke", plain("impact")),
        ("Innovationsstärke", plain("innovation")),
        ("Cluster", text("cluster")),
    ]
    page = Page("Ideen", widths=[60, 15, 15, 17, 18])
    page.title("Ideenwerkstatt am 15.11.2025 – Ergebnisse", across=len(columns))
    page.note(f"Stand: {german_date(t.stand)}")
    page.note("Bewertung 1 bis 5, Median der Einzelwertungen")
    page.blank()
    fill(page, "idea", read("ideas"), columns)
    return Book([page], "Ideenwerkstatt")
