"""Lists in everyday words: understood by what stands in them, beside them and above them; a proposal each time."""

from __future__ import annotations

import pytest

from etl.stages.columns.heading_index import heading_index
from etl.stages.shapes import CellValue, Column, Table
from tests.stages.sheets import VOCABULARY, fields, only_table, sheet, understood


def named(table: Table, heading: str) -> Column:
    return next(column for column in table.columns if column.heading == heading)


@pytest.mark.parametrize(
    ("spoken", "plain"),
    [("Status jetzt", "measure.status"), ("Stand d. Dinge", "measure.status"), ("Angebot vor Ort", "measure.title")],
)
def test_words_that_are_only_said_do_not_hide_what_a_heading_means(spoken: str, plain: str) -> None:
    best = next(m for m in heading_index(VOCABULARY).meanings(spoken) if m.field.startswith("measure."))
    assert (best.field, best.how) == (plain, "similar")


@pytest.mark.parametrize(
    ("title", "heading", "kind"),
    [
        ("1. Das haben wir entschieden", "Was", "decision"),
        ("2. Versprochen ist versprochen", "Zusage", "agreement"),
        ("Das läuft alles", "Was", "measure"),
    ],
)
def test_the_verb_of_a_section_title_says_what_kind_of_list_stands_below(title: str, heading: str, kind: str) -> None:
    rows: list[list[CellValue]] = [["Flyer drucken", "Stadt", "31.12.2026"], ["Raum suchen", "VHS", "01.03.2027"]]
    table = only_table(sheet([title], [heading, "von wem", "bis"], *rows, ["Liste verteilen", "AWO", "05.05.2027"]))
    assert table.kind == kind


def test_the_title_of_the_table_above_says_nothing_about_the_one_below() -> None:
    decisions: list[list[CellValue]] = [["Beschluss", "Datum", "Status"], ["Flyer", "01.02.2026", "offen"]]
    needs: list[list[CellValue]] = [["Lücke", "wer braucht das"], ["Betreuung", "Mütter"], ["Räume", "Jugendliche"]]
    tables, _ = understood(sheet(["Das haben wir entschieden"], *decisions, [None], ["Das fehlt uns"], *needs))
    assert [table.kind for table in tables] == ["decision", "need"]


def test_persons_with_numbers_under_a_lead_are_whom_to_ask_never_a_partner() -> None:
    persons = ["Heike Brandes, 04783 5512", "Ulli Kroon\n0151 23400117", "Frau Tietjen vom Bürgerbüro", "Heike + Ulli"]
    rows: list[list[CellValue]] = [
        [title, who] for title, who in zip(("Tee", "Rad", "Chor", "Fest"), persons, strict=True)
    ]
    table = only_table(sheet(["Angebot", "Wer hat den Hut auf"], *rows, name="Angebote"))
    assert fields(table)["Wer hat den Hut auf"] == "measure.contact"


def test_a_year_right_behind_a_target_is_when_it_is_to_be_reached() -> None:
    rows: list[list[CellValue]] = [["Mehr Kita", "Quote", 71, 85, 2030], ["Mehr Kurse", "Zahl", 8, 12, 2028]]
    table = only_table(
        sheet(["Ziel", "Indikator", 2025, "soll werden", "in welchem Jahr"], *rows, ["Mehr Chor", "Sänger", 1, 2, 2029])
    )
    assert named(table, "in welchem Jahr").field == "goal.target_date"
    assert named(table, "in welchem Jahr").how == "content"


def test_of_two_columns_of_places_the_one_with_the_organisations_leads() -> None:
    rows: list[list[CellValue]] = [
        ["Georgsgemeinde", "Kleiderkammer", "Scheune"],
        ["Diakonieverein", "Chor", "Saal"],
        ["Kirchenkreis", "Kaffee", "Hof 3"],
    ]
    table = only_table(sheet(["Gemeinde", "Aktion", "Standort"], *rows, name="Angebote"))
    assert fields(table) == {"Gemeinde": "measure.lead_org", "Aktion": "measure.title", "Standort": "measure.location"}


def test_signs_that_the_sheet_explains_are_read_as_what_they_mean() -> None:
    rows: list[list[CellValue]] = [["Café", "Stadt", "L"], ["Chor", "Land", "F"], ["Kurs", "Bund", "L"]]
    table = only_table(
        sheet(["Projekt", "Geldgeber", "*"], *rows, [None], ["* L = läuft, F = abgeschlossen"], name="Förderung")
    )
    assert named(table, "*").field == "funding.status"


def test_what_is_short_and_named_is_the_title_and_what_is_written_out_is_not() -> None:
    rows: list[list[CellValue]] = [
        ["Altbleck", "Frauenfrühstück", "Läuft super, es kommen viele.", 12],
        ["Neubleck", "Hausaufgabenclub", "Konnte noch nicht anfangen.", 9],
        ["Kesselhof", "Kleiderbörse", "Ist fertig und verteilt.", 30],
    ]
    headings: list[CellValue] = ["Ortsteil", "Worum geht es?", "Was schreiben die Leute?", "Teilnehmende"]
    table = only_table(sheet(headings, *rows, name="Projekte"))
    assert named(table, "Worum geht es?").field == "measure.title"
    assert named(table, "Was schreiben die Leute?").field != "measure.title"


def test_groups_merged_over_a_fuller_row_are_not_the_whole_heading() -> None:
    rows: list[list[CellValue]] = [
        [1, "Kiste", "Kita Zwerge", "x", None, "x", None, "läuft"],
        [2, "Turnen", "TV Wehr", None, "x", None, "x", "fertig"],
        [3, "Chor", "Verein Süd", "x", "x", None, "x", "läuft"],
    ]
    groups: list[CellValue] = [None, None, None, "für wen?", None, "wer macht mit?", None, None]
    heading: list[CellValue] = ["Nr", "Was", "Wo zu Hause", "Kinder", "Frauen", "Stadt", "VHS", "Wie weit"]
    table = only_table(sheet(groups, heading, *rows, merged=[(1, 4, 1, 5), (1, 6, 1, 7)]))
    assert table.header_rows == (1, 2)
    assert [column.field for column in table.columns][3:7] == ["measure.target_group"] * 2 + ["measure.partners"] * 2


def test_two_lists_side_by_side_under_titles_of_their_own_are_two_tables() -> None:
    heading: list[CellValue] = ["Aktion", "Haus", "ab", None, "Name", "Verein", "Telefon"]
    rows: list[list[CellValue]] = [
        ["Tausch", "Rathaus", 2024, None, "Gesche Hayen", "Sielverein", "04945 221"],
        ["Rundgang", "Museum", 2025, None, "Onno Frerichs", "Heimatbund", "04945 222"],
        ["Stammtisch", "Klinik", 2026, None, None, None, None],
    ]
    titles: list[CellValue] = ["Was läuft bei uns?", None, None, None, "Wer war alles da"]
    tables, _ = understood(sheet(titles, heading, *rows))
    assert [(table.first_column, table.last_column) for table in tables] == [(1, 3), (5, 7)]


def test_one_clear_heading_outweighs_two_that_are_a_little_like_something() -> None:
    rows: list[list[CellValue]] = [
        ["Kicken", "SV Torf", "wird gut angenommen", "Zwei spielen im Verein"],
        ["Zirkus", "TuS Moor", "beendet", "Ausverkauft"],
        ["Film", "Club Torf", "läuft", "Preis gewonnen"],
    ]
    table = only_table(sheet(["Projekt", "Träger", "Wie läuft es gerade", "Schön war"], *rows))
    assert named(table, "Wie läuft es gerade").field == "measure.status"


def test_a_cross_in_brackets_is_a_cross_that_is_marked_and_the_groups_own_words_come_first() -> None:
    groups: list[CellValue] = [None, None, "für wen?", None, "wer macht mit?", None, None]
    heading: list[CellValue] = ["Was", "Träger", "Kinder", "Ältere", "Stadt", "VHS", "Status"]
    rows: list[list[CellValue]] = [
        ["Kiste", "Kita Zwerge", "x", "(x)", "x", None, "läuft"],
        ["Turnen", "TV Wehr", None, "x", None, "x", "geplant"],
        ["Chor", "Verein Süd", "x", None, None, "x", "läuft"],
    ]
    table = only_table(sheet(groups, heading, *rows, merged=[(1, 3, 1, 4), (1, 5, 1, 6)]))
    assert [column.field for column in table.columns][2:6] == ["measure.target_group"] * 2 + ["measure.partners"] * 2


def test_signs_made_of_digits_are_no_places() -> None:
    rows: list[list[CellValue]] = [["Chor", "VHS", "50-12/1"], ["Kurs", "AWO", "80-03"], ["Fest", "DRK", "67-11"]]
    table = only_table(sheet(["Angebot", "Träger", "Az. Stadt"], *rows))
    assert fields(table)["Az. Stadt"] not in ("measure.location", "measure.contact", "measure.description")


def test_a_group_does_not_silence_what_stands_clearly_below_it() -> None:
    rows: list[list[CellValue]] = [
        ["Küche", "AWO", 12.5, "Stadt", 44001],
        ["Treppe", "VHS", 2, "Wohnbau eG, Stadt", 44002],
        ["Fest", "DRK", 6, "Stiftung Regen", 44003],
    ]
    groups: list[CellValue] = ["Was", None, "Geld", None, None]
    heading: list[CellValue] = ["Projektname", "Wer macht's", "braucht", "zahlt wer", "Kostenstelle"]
    table = only_table(sheet(groups, heading, *rows, merged=[(1, 1, 1, 2), (1, 3, 1, 5)]))
    assert [column.field for column in table.columns][3:] == ["measure.funding_source", None]


def test_numbers_with_letters_in_the_first_column_are_the_records_ids() -> None:
    rows: list[list[CellValue]] = [["M-001", "Raum am Abend", "Nord"], ["M-002", "Hebammen", "Süd"]]
    table = only_table(sheet(["Vorgang", "Bedarf", "Ort"], *rows, ["M-003", "Bus", "Nord"], name="Bedarfe"))
    assert fields(table)["Vorgang"] == "need.id"


def test_spans_under_a_beginning_without_a_column_for_ends_are_periods() -> None:
    rows: list[list[CellValue]] = [
        ["Café", "Stadt", "Juli - Aug. 2026"],
        ["Chor", "Land", "01.01.2026 bis 31.12.2027"],
        ["Kurs", "Bund", "Mai 2027"],
    ]
    table = only_table(sheet(["Projekt", "Geldgeber", "Beginnt so etwa"], *rows, name="Förderung"))
    assert fields(table)["Beginnt so etwa"] == "funding.period"


def test_a_row_of_units_below_the_heading_counts() -> None:
    rows: list[list[CellValue]] = [["Küche", "AWO", 12.5], ["Treppe", "VHS", 2], ["Fest", "DRK", 6]]
    units: list[CellValue] = [None, None, "TEUR"]
    table = only_table(sheet(["Projektname", "Träger", "Gesamtkosten"], units, *rows))
    assert named(table, "Gesamtkosten").unit == "TEUR"


def test_running_text_is_no_number_however_much_its_heading_is_like_one() -> None:
    texts = [
        "Läuft super, es kommen immer so 15 bis 20.",
        "Im Juni aufgehört, er ist weggezogen.",
        "Ist fertig gedruckt.",
    ]
    rows: list[list[CellValue]] = [
        [title, "VHS", text] for title, text in zip(("Chor", "Kurs", "Fest"), texts, strict=True)
    ]
    table = only_table(sheet(["Angebot", "Träger", "Was schreiben die Leute?"], *rows, name="Angebote"))
    assert fields(table)["Was schreiben die Leute?"] in (
        None,
        "measure.status",
        "measure.comment",
        "measure.description",
    )


@pytest.mark.parametrize("words", [("laufend",), ("dauerhaft", "laufend"), ("laufend", "geplant")])
def test_a_status_that_is_laufend_in_every_row_is_a_status_and_no_open_end(words: tuple[str, ...]) -> None:
    rows: list[list[CellValue]] = [[f"Sprachcafé {n}", words[n % len(words)], "01.02.2026"] for n in range(6)]
    table = only_table(sheet(["Maßnahme", "Status", "Beginn"], *rows))
    assert fields(table)["Status"] == "measure.status"
