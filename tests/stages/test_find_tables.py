"""Where tables stand on a partner's sheet, and what every other cell is."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.stages.find_tables import find_tables
from etl.stages.shapes import CellValue, Sheet
from tests.stages.sheets import (
    VOCABULARY,
    assert_every_cell_has_one_place,
    fields,
    only_table,
    real_sheet,
    reasons,
    sheet,
    understood,
)

START, END = dt.datetime(2025, 9, 1), dt.datetime(2027, 8, 31)
HEADINGS: list[CellValue] = ["Nr.", "Maßnahme", "Träger", "Beginn", "Status"]
RECORDS: list[list[CellValue]] = [
    [1, "Sprachcafé", "VHS Lindenmark", START, "läuft"],
    [2, "Lerncafé", "AWO", START, "geplant"],
    [3, "Umzugshilfe", "DRK", START, "läuft"],
]


def test_title_and_stand_above_the_table_are_no_records() -> None:
    found = sheet(["Maßnahmenplan Landkreis Lindenmark"], ["Stand: 20.10.2026"], [None], HEADINGS, *RECORDS)
    table = only_table(found)
    assert table.header_rows == (4,)
    assert table.data_rows == [5, 6, 7]
    assert table.as_of == (2, 1)
    assert reasons(found) == {"title": 1, "as_of": 1}


def test_the_day_of_a_stand_may_stand_in_the_next_cell() -> None:
    found = sheet(["Maßnahmenplan", None, "Stand:", dt.datetime(2026, 10, 20)], [None], HEADINGS, *RECORDS)
    assert only_table(found).as_of == (1, 4)
    assert reasons(found) == {"title": 1, "as_of": 2}


def test_a_heading_under_twenty_rows_of_explanation_is_found() -> None:
    prose: list[list[CellValue]] = [[f"{n}. Bitte tragen Sie hier alle Angebote Ihres Hauses ein."] for n in range(20)]
    table = only_table(sheet(*prose, HEADINGS, *RECORDS))
    assert table.header_rows == (21,)
    assert len(table.data_rows) == 3


def test_von_and_bis_under_laufzeit_are_joined_with_it() -> None:
    table = only_table(
        sheet(
            ["Nr.", "Maßnahme", "Laufzeit", None, "Teilnehmende", None, "Bemerkung"],
            [None, None, "von", "bis", "Soll", "Ist", None],
            [1, "Sprachcafé", START, END, 20, 18, None],
            [2, "Lerncafé", START, END, 12, 15, "neu"],
        )
    )
    assert table.header_rows == (1, 2)
    assert [column.heading for column in table.columns][2:6] == [
        "Laufzeit von",
        "Laufzeit bis",
        "Teilnehmende Soll",
        "Teilnehmende Ist",
    ]
    assert table.columns[3].heading_cells == ((1, 3), (2, 4))


def test_a_group_row_merged_over_its_columns_is_part_of_the_heading() -> None:
    table = only_table(
        sheet(
            ["Projekt", None, "Laufzeit", None, "Kosten", None],
            ["Nr", "Titel", "von", "bis", "2025", "2026"],
            [1, "Sprachcafé", START, END, 1000, 2000],
            [2, "Lerncafé", START, END, 500, 600],
            merged=[(1, 1, 1, 2), (1, 3, 1, 4), (1, 5, 1, 6)],
        )
    )
    assert table.header_rows == (1, 2)
    assert [(column.heading, column.year) for column in table.columns][4:] == [
        ("Kosten 2025", 2025),
        ("Kosten 2026", 2026),
    ]


def test_the_same_headings_again_in_english_are_no_record() -> None:
    found = sheet(["Maßnahme", "Träger", "Beginn"], ["Measure", "Lead", "Start"], ["Sprachcafé", "VHS", START])
    assert only_table(found).data_rows == [3]
    assert reasons(found) == {"second_heading": 3}


def test_machine_tags_and_column_numbers_under_the_heading_are_no_records() -> None:
    tags: list[CellValue] = ["#id", "#activity+name", "#org", "#date+start", "#status"]
    found = sheet(HEADINGS, tags, [1, 2, 3, 4, 5], *RECORDS)
    assert only_table(found).data_rows == [4, 5, 6]
    assert reasons(found) == {"tag_row": 5, "number_row": 5}


def test_a_row_under_the_heading_that_says_how_to_fill_it_in_is_no_record() -> None:
    found = sheet(HEADINGS, [None, "max. 100 Zeichen", "(Amt)", "TT.MM.JJJJ", "bitte auswählen"], *RECORDS)
    assert only_table(found).data_rows == [3, 4, 5]
    assert reasons(found) == {"instruction": 4}


def test_section_rows_are_carried_down_until_the_next() -> None:
    found = sheet(
        HEADINGS, ["Handlungsfeld 1: Sprache"], *RECORDS[:2], ["Handlungsfeld 2: Wohnen"], RECORDS[2], name="Maßnahmen"
    )
    table = only_table(found)
    assert table.data_rows == [3, 4, 6]
    assert [(section.row, section.field, section.text) for section in table.sections] == [
        (2, "measure.field_of_action", "Sprache"),
        (5, "measure.field_of_action", "Wohnen"),
    ]
    assert reasons(found) == {"section": 2}


def test_a_text_merged_over_the_width_is_a_section_whatever_it_says() -> None:
    found = sheet(HEADINGS, ["Zusammenleben im Quartier"], *RECORDS, merged=[(2, 1, 2, 5)])
    assert [section.text for section in only_table(found).sections] == ["Zusammenleben im Quartier"]


def test_a_leading_goal_over_measures_is_a_goal_not_a_field_of_action() -> None:
    table = only_table(sheet(HEADINGS, ["Leitziel 1: Alle sprechen Deutsch"], *RECORDS))
    assert [(section.field, section.text) for section in table.sections] == [
        ("measure.goal_ref", "Alle sprechen Deutsch")
    ]


def test_a_row_with_a_title_alone_is_still_a_record() -> None:
    assert only_table(sheet(HEADINGS, RECORDS[0], [None, "Kochabend"], RECORDS[1])).data_rows == [2, 3, 4]


def test_totals_are_no_records_but_are_known_as_totals() -> None:
    found = sheet(
        ["Maßnahme", "Träger", "Kosten", "TN"],
        ["Sprachcafé", "VHS", 100, 10],
        ["Gesamtkonzept Sprache", "AWO", 200, 20],
        ["Gesamt", None, 300, 30],
        ["davon Land", None, 100, None],
    )
    table = only_table(found)
    assert table.data_rows == [2, 3]
    assert table.total_rows == [4, 5]
    assert reasons(found) == {"total": 5}


def test_sums_without_a_word_below_the_records_are_a_total() -> None:
    table = only_table(sheet(["Maßnahme", "Träger", "Kosten", "TN"], ["A-Kurs", "VHS", 100, 10], [None, None, 100, 10]))
    assert table.total_rows == [3]


def test_example_and_empty_template_rows_are_no_records() -> None:
    found = sheet(
        ["Bitte ausfüllen und bis zum 1. Februar zurücksenden"],
        HEADINGS,
        ["Beispiel:", "Deutschkurs A1", "VHS", "01.01.2025", "läuft"],
        *RECORDS,
        [4],
        [5],
    )
    assert only_table(found).data_rows == [4, 5, 6]
    assert reasons(found) == {"instruction": 1, "example": 5, "template_row": 2}


def test_legend_and_footer_below_the_table_are_no_records() -> None:
    found = sheet(
        HEADINGS, *RECORDS, [None], ["Legende:"], ["grün", "im Plan"], [None], ["erstellt von: Koordinierungsstelle"]
    )
    assert only_table(found).data_rows == [2, 3, 4]
    assert reasons(found) == {"legend": 3, "footer": 1}


def test_a_legend_beside_the_table_is_not_part_of_it() -> None:
    found = sheet(
        ["Maßnahme", "Träger", "Ampel"],
        ["Sprachcafé", "VHS", "grün", None, "Legende:"],
        ["Lerncafé", "AWO", "rot", None, "grün", "im Plan"],
    )
    assert [column.column for column in only_table(found).columns] == [1, 2, 3]
    assert reasons(found) == {"legend": 3}


def test_two_tables_below_one_another_are_two() -> None:
    tables, _ = understood(
        sheet(
            ["Maßnahmen"],
            HEADINGS,
            *RECORDS,
            [None],
            ["Fördermittel"],
            ["Förderprogramm", "Fördergeber", "bewilligt"],
            ["KOMM-AN", "Land", 1200],
            ["AMIF", "EU", 5000],
        )
    )
    assert [(table.kind, table.header_rows, table.data_rows) for table in tables] == [
        ("measure", (2,), [3, 4, 5]),
        ("funding", (8,), [9, 10]),
    ]


def test_two_tables_side_by_side_are_two() -> None:
    tables, _ = understood(
        sheet(
            ["Maßnahme", "Träger", "Status", None, "Förderprogramm", "Fördergeber", "bewilligt"],
            ["Sprachcafé", "VHS", "läuft", None, "KOMM-AN", "Land", 1200],
            ["Lerncafé", "AWO", "läuft", None, "AMIF", "EU", 5000],
            ["Kochabend", "AWO", "läuft"],
        )
    )
    assert [(table.kind, table.first_column, table.data_rows) for table in tables] == [
        ("measure", 1, [2, 3, 4]),
        ("funding", 5, [2, 3]),
    ]


def test_the_same_heading_repeated_on_every_page_does_not_part_the_table() -> None:
    found = sheet(HEADINGS, RECORDS[0], [None], HEADINGS, RECORDS[1], HEADINGS, RECORDS[2])
    assert only_table(found).data_rows == [2, 5, 7]
    assert reasons(found) == {"second_heading": 10}


def test_blank_rows_between_records_do_not_part_the_table() -> None:
    assert only_table(sheet(HEADINGS, RECORDS[0], [None], RECORDS[1], [None], [None], RECORDS[2])).data_rows == [
        2,
        4,
        7,
    ]


def test_headings_nobody_knows_are_found_by_their_shape() -> None:
    rows: list[list[CellValue]] = [[f"Posten {n}", "Aurich", n * 3.5, START] for n in range(6)]
    table = only_table(sheet(["Übersicht 2026"], ["Rubrum", "Platz", "Pensum", "Tag"], *rows))
    assert table.header_rows == (2,)
    assert len(table.data_rows) == 6


def test_rows_without_any_heading_keep_their_first_record() -> None:
    table = only_table(sheet(*RECORDS))
    assert table.header_rows == ()
    assert table.data_rows == [1, 2, 3]
    assert table.kind is None
    assert only_table(sheet(*RECORDS, name="Maßnahmen")).kind == "measure"


def test_headings_down_the_first_column_make_each_column_a_record() -> None:
    (table,), issues = understood(
        sheet(
            ["Maßnahme", "Sprachcafé", "Frauencafé"],
            ["Träger", "VHS", "AWO"],
            ["Beginn", START, START],
            ["Ende", END, END],
            ["Status", "läuft", "läuft"],
        )
    )
    assert (table.kind, table.orientation, table.data_rows) == ("measure", "across", [2, 3])
    assert [column.field for column in table.columns][:3] == ["measure.title", "measure.lead_org", "measure.start"]
    assert issues == []


def test_a_sheet_of_drop_down_lists_holds_no_records() -> None:
    found = sheet(["Status", "Ampel"], ["läuft", "grün"], ["geplant", "rot"], name="Dropdown")
    tables, _ = understood(found)
    assert tables == []
    assert reasons(found) == {"legend": 6}


def test_a_list_on_a_sheet_called_notes_is_still_a_list() -> None:
    assert only_table(sheet(HEADINGS, *RECORDS, name="Hinweise")).kind == "measure"


def test_errors_and_formulas_without_value_stand_in_their_record() -> None:
    found = sheet(HEADINGS, *RECORDS, [4, "Kochabend", None, None, None])
    found.errors[(5, 5)] = "#REF!"
    found.formulas_without_value[(5, 4)] = "=HEUTE()"
    assert only_table(found).data_rows == [2, 3, 4, 5]


def test_134_measures_are_found_in_a_real_catalogue() -> None:
    table = only_table(real_sheet("eh-check__Maßnahmen.xlsx"))
    assert len(table.data_rows) == 134
    assert list(fields(table).values())[:4] == [
        "measure.id",
        "measure.field_of_action",
        "measure.title",
        "measure.description",
    ]


def test_yes_and_no_are_not_taken_for_titles_in_a_real_list() -> None:
    table = only_table(real_sheet("eh-check__Analysefaktoren.xlsx"))
    assert len(table.data_rows) == 88
    assert fields(table)["Maßnahme"] is None
    assert fields(table)["Überschrift"] == "measure.title"


def test_machine_tags_in_real_lists_are_no_records() -> None:
    assert len(only_table(real_sheet("hxl-proxy__tests__files__basic-dataset.xlsx")).data_rows) == 3
    people = real_sheet("hdx-python-scraper__tests__fixtures__input__hno_2017_sahel_people_in_need.xlsx")
    assert len(only_table(people).data_rows) == 45
    drought = "somalia_drought_affected_targeted_reached_by_cluster.csv"
    assert len(only_table(real_sheet(f"hdx-python-scraper__tests__fixtures__input__{drought}")).data_rows) == 74


def test_a_real_template_without_records_gives_none() -> None:
    file = "toladata__indicators__bulk_import_files__BulkIndicatorImportTemplate.xlsx"
    table = only_table(real_sheet(file, "Import indicators"))
    assert (table.kind, table.header_rows, table.data_rows) == ("goal", (6,), [])


def test_a_heading_in_the_fourth_row_of_a_french_list_is_found() -> None:
    file = "api-subventions-asso__packages__api__src__modules__providers__scdl____fixtures____SCDL.xlsx"
    assert len(only_table(real_sheet(file, "Du 01-01-2023 au 30-06-2023")).data_rows) == 10


WORDS = (
    *("", "Summe", "Legende:", "Stand: 01.02.2026", "Handlungsfeld 3: Arbeit", "Beispiel:", "ja", "VHS", "x", "von"),
    *("#org", "Bitte ausfüllen", "erstellt von Amt 50", "* vorläufig", "Maßnahme", "Ein Satz über das Angebot."),
)
words = st.sampled_from(WORDS)
cells = st.one_of(st.none(), words, st.integers(0, 60), st.just(START), st.floats(0, 9, allow_nan=False), st.booleans())


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(cells, min_size=1, max_size=7), min_size=0, max_size=5), st.integers(0, 9), st.integers(0, 5))
def test_whatever_rows_are_added_every_cell_keeps_one_place(
    added: list[list[CellValue]], place: int, column: int
) -> None:
    rows: list[list[CellValue]] = [["Maßnahmenplan"], [None], list(HEADINGS), *[list(record) for record in RECORDS]]
    rows[place:place] = added
    for row in rows:
        if len(row) > column:
            row.insert(column, None)
    _prove(sheet(*rows))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(cells, min_size=5, max_size=5), min_size=1, max_size=9))
def test_any_sheet_at_all_keeps_the_sum(rows: list[list[CellValue]]) -> None:
    _prove(sheet(*rows))


def _prove(found: Sheet) -> None:
    tables, aside, _ = find_tables(found, VOCABULARY)
    assert_every_cell_has_one_place(found, tables, aside)
