"""A large network as benchmarks need it: 200 partners, 2,000 measures, 1,000 cooperations, 500 sources of money.

Made anew in every run from fixed content, through the importer; it speaks of ``DAY``.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from bench.workbooks import FIELDS, STATUS
from etl.model.settings_rows import set_setting
from etl.model.store import Store
from etl.pipeline import accept_delivery, preview_delivery

PARTNERS, MEASURES, COOPERATIONS, SOURCES, GOALS, IDEAS = 200, 2_000, 1_000, 500, 60, 100
DAY = dt.date(2026, 11, 10)
_OFFICE = "Koordinierungsstelle Integration"
_TYPES = ("Behörde", "Wohlfahrtsverband", "Migrantenorganisation", "Verein", "Bildungsträger", "Unternehmen", "Schule")
_GROUPS = ("Frauen", "Jugendliche", "Familien", "Geflüchtete", "Arbeitsuchende", "Neuzugewanderte", "Ehrenamtliche")
_TOWNS = ("Lindenmark", "Wessenfurt", "Hohenlohm", "Altenbrinken", "Torfzell", "Kirchlinnen", "Niederwolm")
_WORK = ("Sprachkurs B1", "Bewerbungstraining", "Wohnlotsen", "Elterncafé", "Gesundheitslotsen", "Lernpaten", "Tandem")
_GIVEN = ("Räume", "Öffentlichkeitsarbeit", "Geld", "Zugang zur Zielgruppe", "Durchführung", "Konzept")
_AGREED = ("mündlich", "schriftlich", "keine", "Kooperationsvereinbarung unterzeichnet")
_STEPS = (
    "Ankommen", "Registrierung", "Aufenthalt", "Lebensunterhalt", "Wohnen", "Gesundheit", "Sprache", "Kita", "Schule",
    "Anerkennung", "Ausbildung", "Arbeit", "Beratung", "Teilhabe", "Einbürgerung",
)  # fmt: skip
_CONTRIBUTORS = 20
Row = Sequence[object]


def fill(store: Store) -> None:
    """Import all of it into an empty store."""
    with store.writing() as connection:
        set_setting(connection, "day", DAY.isoformat())
        set_setting(connection, "name", "Großes Netzwerk")
    _deliver(store, "Partner.xlsx", "Netzwerkpartner", _partners())
    _deliver(store, "Zielkatalog.xlsx", "Zielkatalog", _goals())
    for number in range(_CONTRIBUTORS):
        rows = [_measure(i) for i in range(MEASURES) if i % _CONTRIBUTORS == number]
        _deliver(store, f"Massnahmen {number}.xlsx", "Maßnahmen", [_MEASURE_HEADINGS, *rows], _partner(number))
    _deliver(store, "Kooperationen.xlsx", "Kooperationen", _cooperations())
    _deliver(store, "Foerdermittel.xlsx", "Fördermittel", _sources())
    _deliver(store, "Ideen.xlsx", "Ideen", _ideas())
    _deliver(store, "Schnittstellenpapier.xlsx", "Schnittstellenpapier", _interfaces())


def _deliver(store: Store, name: str, sheet: str, rows: Iterable[Row], partner: str = _OFFICE) -> None:
    now = dt.datetime(2026, 10, 12, 9, tzinfo=dt.UTC)
    day, content = dt.date(2026, 10, 12), _workbook(sheet, rows)
    seen = preview_delivery(store, content, name, partner=partner, day=day, now=now, received_at=now)
    accept_delivery(store, seen, now=now)


def _workbook(sheet: str, rows: Iterable[Row]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd.mm.yyyy"})
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                page.write_datetime(number, column, dt.datetime.combine(value, dt.time()))
            elif value is not None:
                page.write(number, column, value)
    book.close()
    return out.getvalue()


def _partner(i: int) -> str:
    return f"{_TYPES[i % 7]} Nummer {i + 1} {_TOWNS[i % 7 - i % 5]}"


def _partners() -> Iterable[Row]:
    yield "Organisation", "Art der Organisation", "Ansprechpartner/in", "Funktion", "Telefon", "E-Mail", "Vertretung"
    for i in range(PARTNERS):
        deputy = f"Jonas Berg-{_TOWNS[i % 7]}" if i % 3 else None
        yield (
            _partner(i),
            _TYPES[i % 7],
            f"Anna Feldmann-{_WORK[i % 7]}",
            "Leitung",
            f"09999 000-{i}",
            f"p{i}@example.org",
            deputy,
        )


def _goals() -> Iterable[Row]:
    yield "Ziel-Nr.", "Handlungsfeld", "Zielebene", "Kurztitel", "Zielformulierung", "Zielverantwortung"
    for i in range(GOALS):
        yield f"Z{i}", FIELDS[i % 6], "Wirkungsziel", f"Ziel {i}", f"Ziel {i}: mehr {_WORK[i % 7]}", _partner(i)


_MEASURE_HEADINGS = (
    "Nr.", "Maßnahme", "Handlungsfeld", "Ziel", "Federführung", "Kooperationspartner", "Zielgruppe", "Ort", "Beginn",
    "Ende", "Status", "TN Soll", "TN Ist", "Kosten in €",
)  # fmt: skip


def _measure(i: int) -> Row:
    start = dt.date(2025, 1, 1) + dt.timedelta(days=i % 300)
    return (
        f"M{i}", f"{_WORK[i % 7]} {_TOWNS[i // 7 % 7]} {i}", FIELDS[i % 6], f"Z{i % GOALS}" if i % 9 else None,
        _partner(i * 7 % PARTNERS), f"{_partner((i * 3 + 1) % PARTNERS)}; {_partner((i * 5 + 2) % PARTNERS)}",
        _GROUPS[i // 3 % 7], _TOWNS[i // 5 % 7], start, start + dt.timedelta(days=400 + i % 700), STATUS[i % 5], 40,
        i % 45, 5_000 + i * 10,
    )  # fmt: skip


def _interfaces() -> Iterable[Row]:
    """Every partner at two steps; of a step's houses one is responsible, hand-overs lead on."""
    yield "Prozessschritt", "Organisation", "Rolle", "Angebot", "Ansprechperson", "Übergabe an", "Übergabe wie", "Stand"
    for i in range(2 * PARTNERS):
        role = "zuständig" if i < len(_STEPS) else ("beteiligt", "informiert")[i % 2]
        to = _partner((i + 15) % PARTNERS) if i % 3 else None
        yield (
            _STEPS[i % len(_STEPS)], _partner(i % PARTNERS), role, f"{_WORK[i % 7]} {i}",
            f"Anna Feldmann-{_WORK[i % 7]}", to, "per Brief", DAY,
        )  # fmt: skip


def _cooperations() -> Iterable[Row]:
    yield (
        "Kooperation", "Partner A", "Partner B", "Art der Kooperation", "Vereinbarung", "Beitrag", "Handlungsfeld",
        "seit", "bis", "Status",
    )  # fmt: skip
    for i in range(COOPERATIONS):
        one, other = i % PARTNERS, (i * 7 + 1 + i // PARTNERS) % PARTNERS
        end = dt.date(2026, 1 + i % 12, 28) if i % 4 == 0 else dt.date(2028, 6, 30)
        yield (
            f"Zusammenarbeit {i}", _partner(one), _partner(other), "Kooperationsvereinbarung", _AGREED[i % 4],
            _GIVEN[i % 6], FIELDS[i % 6], dt.date(2024, 1, 1), end, "aktiv",
        )  # fmt: skip


def _sources() -> Iterable[Row]:
    yield (
        "Lfd. Nr.", "Förderprogramm", "Fördergeber", "Förderebene", "Zuwendungsempfänger", "Maßnahme", "beantragt",
        "bewilligt", "verausgabt", "Eigenanteil", "Beginn", "Ende", "Status",
    )  # fmt: skip
    for i in range(SOURCES):
        end = dt.date(2026, 12, 31) + dt.timedelta(days=i * 3 % 900)
        measure = f"{_WORK[i * 4 % 7]} {_TOWNS[i * 4 // 7 % 7]} {i * 4}"
        yield (
            f"F-{i}", f"Programm {i % 40}", "Ministerium", ("Land", "Bund", "EU", "Kommune")[i % 4], _partner(i % 200),
            measure, 50_000, 40_000 + i, 20_000, 4_000, dt.date(2025, 1, 1), end, "bewilligt",
        )  # fmt: skip


def _ideas() -> Iterable[Row]:
    yield "Idee", "Umsetzbarkeit", "Wirkungsstärke", "Innovationsstärke", "Cluster"
    for i in range(IDEAS):
        yield f"Idee {i} für {_GROUPS[i % 7]}", 1 + i % 5, 1 + i // 5 % 5, 1 + i // 25 % 5, f"Herausforderung {i % 8}"
