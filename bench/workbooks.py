"""The 200 workbooks of the import benchmark: 200 rows by 20 columns, styled headings, a merged title, dates;
every tenth with coloured status cells and comments. Made anew in every run, from fixed content."""

from __future__ import annotations

import datetime as dt
import io

import xlsxwriter

HEADINGS = (
    "Nr.", "Maßnahme", "Beschreibung", "Handlungsfeld", "Ziel", "Federführung", "Kooperationspartner", "Zielgruppe",
    "Ort", "Beginn", "Ende", "Status", "Ampel", "TN Soll", "TN Ist", "Kosten in €", "Finanzierung",
    "Nächste Schritte", "Stand vom", "Hausinterne Notiz",
)  # fmt: skip
FIELDS = ("Sprache", "Bildung", "Arbeit und Ausbildung", "Wohnen", "Gesundheit", "Teilhabe")
STATUS = ("laufend", "geplant", "abgeschlossen", "in Umsetzung", "verzögert")
LIGHTS = ("grün", "gelb", "rot")
FILLS = ("92D050", "FFC000", "FF0000")
ROWS, COLUMNS, WORKBOOKS = 200, 20, 200


def workbooks(number: int = WORKBOOKS) -> list[bytes]:
    """``number`` workbooks, each from another partner, with titles of its own."""
    return [workbook(i) for i in range(number)]


def workbook(number: int, rows: int = ROWS) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Maßnahmen")
    heading = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    colours = [book.add_format({"bg_color": f"#{fill}"}) for fill in FILLS]
    sheet.merge_range(
        0, 0, 0, COLUMNS - 1, f"Maßnahmenliste {number}", book.add_format({"bold": True, "font_size": 14})
    )
    sheet.write_row(2, 0, HEADINGS, heading)
    coloured = number % 10 == 0
    for i in range(rows):
        row = i + 3
        for column, value in enumerate(_record(number, i, coloured)):
            if isinstance(value, dt.date):
                sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), day)
            elif coloured and column == 12:
                sheet.write_blank(row, column, None, colours[i % 3])
            else:
                sheet.write(row, column, value)
        if coloured and i % 20 == 0:
            sheet.write_comment(row, 1, "bitte noch abstimmen")
    book.close()
    return out.getvalue()


def _record(number: int, i: int, coloured: bool) -> list[object]:
    start = dt.date(2025, 1, 1) + dt.timedelta(days=i % 300)
    return [
        f"M{number}-{i + 1}", f"Sprachbegleitung {number}.{i} im Quartier",
        f"Begleitung und Beratung für Gruppe {i}, wöchentlich",
        FIELDS[i % 6], f"S{i % 9 + 1}", f"Träger {number}", f"Partner {i % 7}; Partner {i % 5 + 7}", "Geflüchtete",
        f"Ortsteil {i % 23}", start, start + dt.timedelta(days=500 + i), STATUS[i % 5],
        None if coloured else LIGHTS[i % 3],
        20 + i % 30, 10 + i % 40, 1000.0 + 137.5 * (i % 50), f"Programm {i % 4}", "Gespräch mit dem Fachbereich führen",
        dt.date(2026, 10, 1), f"Ordner {i}",
    ]  # fmt: skip
