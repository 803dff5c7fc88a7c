"""What a partner's headings are taken for, and what is rather asked."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from etl.stages.columns.anchors import kind_of
from etl.stages.columns.assignment import best_assignment
from etl.stages.columns.heading_index import heading_index
from etl.stages.find_tables import find_tables
from etl.stages.name_columns import fingerprint, name_columns
from etl.stages.shapes import CellValue, Column, Sheet, Table
from tests.stages.sheets import VOCABULARY, fields, only_table, sheet, understood

START, END = dt.datetime(2025, 9, 1), dt.datetime(2027, 8, 31)
WORDS = Path(__file__).resolve().parents[3] / "shared" / "vocabulary.json"

#: A sheet of each kind, to stand a heading in question beside.
COMPANY: dict[str, list[CellValue]] = {
    "measure": ["Maßnahme", "Handlungsfeld", "Federführung"],
    "goal": ["Wirkungsziel", "Indikator", "Zielwert"],
    "partner": ["Organisation", "Telefon", "E-Mail"],
    "funding": ["Förderprogramm", "Fördergeber", "bewilligt"],
}


def hard_cases() -> list[Any]:
    if not WORDS.exists():
        reason = f"{WORDS} is not here"
        return [pytest.param({}, marks=pytest.mark.skip(reason=reason))]
    cases = json.loads(WORDS.read_text(encoding="utf-8"))["header_hard_cases"]
    return [pytest.param(case, id=case["raw"]) for case in cases]


@pytest.mark.parametrize("case", hard_cases())
def test_hard_headings_are_read_as_a_person_would(case: dict[str, str]) -> None:
    others = [text for text in COMPANY[case["entity"]] if not _same_field(str(text), case["expected"])]
    table = only_table(sheet([*others, case["raw"]], ["a", "b", "c", None][: len(others)], ["d", "e", "f"]))
    named = table.columns[len(others)]
    assert (table.kind, named.field) == (case["entity"], case["expected"])


def _same_field(heading: str, field: str) -> bool:
    return any(meaning.field == field for meaning in heading_index(VOCABULARY).meanings(heading))


def measures(*columns: tuple[str, list[CellValue]], name: str = "Maßnahmen") -> Sheet:
    """A list of three measures with the columns in question added."""
    rows: list[list[CellValue]] = [["Maßnahme", "Träger"], ["Sprachcafé", "VHS"], ["Lerncafé", "AWO"], ["Chor", "DRK"]]
    for heading, values in columns:
        for row, value in zip(rows, [heading, *values], strict=True):
            row.append(value)
    return sheet(*rows, name=name)


def test_stand_with_dates_is_the_day_of_the_report() -> None:
    assert fields(only_table(measures(("Stand", [START, START, "offen"]))))["Stand"] == "measure.report_date"


def test_stand_with_words_is_the_status() -> None:
    assert fields(only_table(measures(("Stand", ["läuft gut", "ruht", START]))))["Stand"] == "measure.status"


def test_a_target_group_is_never_a_goal() -> None:
    named = fields(only_table(measures(("Zielgruppe (Alter)", ["Frauen", "Männer", "alle"]))))
    assert named["Zielgruppe (Alter)"] == "measure.target_group"
    assert not any(f == "measure.goal_ref" for f in named.values())


@pytest.mark.parametrize("heading", ["Mittel", "Betrag", "Summe", "Fördermittel", "Mittel (TEUR)"])
def test_money_that_may_be_applied_granted_or_spent_is_asked(heading: str) -> None:
    found = sheet(["Förderprogramm", "Fördergeber", heading], ["KOMM-AN", "Land", 1200], ["AMIF", "EU", 5000])
    (table,), issues = understood(found)
    assert fields(table)[heading] is None
    assert [(issue.code, issue.cells) for issue in issues] == [("heading_ambiguous", ("C1",))]
    assert issues[0].proposal == "funding.amount_granted"


def test_money_without_a_word_in_a_list_of_measures_is_asked_too() -> None:
    _, issues = understood(measures(("Betrag", [100, 200, 300])))
    assert [issue.code for issue in issues] == ["heading_ambiguous"]


def test_two_known_words_that_mean_different_columns_name_none() -> None:
    found = measures(("Kosten/Finanzierung", ["Land", "Bund", "EU"]))
    assert fields(only_table(found))["Kosten/Finanzierung"] is None


def test_soll_and_ist_without_a_group_are_asked() -> None:
    _, issues = understood(measures(("Soll", [10, 20, 30]), ("Ist", [9, 18, 28])))
    assert [(issue.code, issue.found) for issue in issues] == [
        ("heading_ambiguous", "Soll"),
        ("heading_ambiguous", "Ist"),
    ]


def test_soll_and_ist_under_participants_are_numbers_of_participants() -> None:
    table = only_table(
        sheet(
            ["Maßnahme", "Träger", "Personen", None],
            [None, None, "Soll", "Ist"],
            ["Sprachcafé", "VHS", 10, 9],
            ["Chor", "AWO", 20, 18],
        )
    )
    assert list(fields(table).values())[2:] == ["measure.participants_planned", "measure.participants_actual"]


def test_yes_and_no_under_massnahme_are_no_titles_and_the_column_is_kept() -> None:
    found = sheet(
        ["Überschrift", "Maßnahme", "Kategorie"],
        *[[f"Frage {n} zum Quartier", "ja" if n % 2 else "nein", "Bildung"] for n in range(6)],
    )
    (table,), issues = understood(found)
    assert fields(table)["Maßnahme"] is None
    assert [(issue.code, issue.found) for issue in issues] == [("heading_kept", "Maßnahme")]


def test_units_years_and_per_year_in_headings_are_taken_along() -> None:
    table = only_table(
        measures(("Kosten (TEUR)", [1, 2, 3]), ("Kosten pro Jahr 2027", [1, 2, 3]), ("Fortschritt in %", [10, 20, 30]))
    )
    told = [(column.field, column.unit, column.year, column.per) for column in table.columns[2:]]
    assert told == [
        ("measure.cost_total", "TEUR", None, None),
        ("measure.cost_total", None, 2027, "year"),
        ("measure.progress_pct", "%", None, None),
    ]


def test_years_beside_an_indicator_are_its_values_and_marked() -> None:
    found = sheet(
        ["Wirkungsziel", "Indikator", "Einheit", "2024", "2025", "Zielwert"],
        ["Sprache", "B1-Quote", "%", 50, 52, 60],
        ["Arbeit", "Beschäftigte", "%", 40, 44, 50],
    )
    (table,), issues = understood(found)
    assert [(c.field, c.year, c.how) for c in table.columns[3:5]] == [
        ("goal.current_value", 2024, "content"),
        ("goal.current_value", 2025, "content"),
    ]
    assert {issue.code for issue in issues} == {"heading_from_content"}


def test_a_nearly_known_heading_is_named_and_told() -> None:
    (table,), issues = understood(measures(("Zielgrupppe", ["Frauen", "alle", "alle"])))
    assert [(column.field, column.how) for column in table.columns[2:]] == [("measure.target_group", "similar")]
    assert [(issue.code, issue.cells, issue.proposal) for issue in issues] == [
        ("heading_similar", ("C1",), "measure.target_group")
    ]


def test_contents_name_columns_whose_headings_say_nothing() -> None:
    rows: list[list[CellValue]] = [
        [f"M-{n:02}", f"Sprachcafé im Haus {n}", ["VHS Lindenmark", "Caritasverband"][n % 2], ["grün", "rot"][n % 2]]
        for n in range(6)
    ]
    (table,), issues = understood(sheet(["A1", "B1", "C1", "D1"], *rows, name="Projekte"))
    assert list(fields(table).values()) == [
        "measure.id",
        "measure.title",
        "measure.lead_org",
        "measure.traffic_light",
    ]
    assert [issue.code for issue in issues] == ["heading_from_content"] * 4


@pytest.mark.parametrize("heading", ["Bemerkung (intern)", "Hausinterne Notiz", "vertrauliche Bemerkungen"])
def test_a_remark_meant_for_the_house_alone_is_not_the_remark_that_others_read(heading: str) -> None:
    assert fields(only_table(measures((heading, ["a", "b", "c"]))))[heading] is None


def test_two_amounts_without_known_headings_are_not_guessed() -> None:
    (table,), _ = understood(measures(("Position A", [100.5, 200, 300]), ("Position B", [9, 18, 28])))
    assert [column.field for column in table.columns[2:]] == [None, None]


def test_what_a_person_confirmed_wins() -> None:
    found = measures(("Dampf", ["läuft", "ruht", "läuft"]), ("Zielgruppe", ["a", "b", "c"]))
    (table,), _, _ = find_tables(found, VOCABULARY)
    named, issues = name_columns(table, found, VOCABULARY, {"dampf": "measure.status", "zielgruppe": ""})
    assert [(column.field, column.how) for column in named.columns[2:]] == [
        ("measure.status", "remembered"),
        (None, "kept"),
    ]
    assert issues == []


def test_no_field_is_given_to_two_columns() -> None:
    table = only_table(measures(("Bemerkung", ["a", "b", "c"]), ("Bemerkungen", ["d", "e", "f"])))
    assert [column.field for column in table.columns].count("measure.comment") == 1


def test_kept_columns_with_the_same_heading_stay_apart() -> None:
    table = only_table(measures(("Intern", ["a1", "b", "c"]), ("Intern", ["d1", "e", "f"])))
    assert [column.heading for column in table.columns[2:]] == ["Intern", "Intern (D)"]


def test_a_column_without_heading_is_kept_under_its_letter() -> None:
    found = measures(("Status", ["läuft", "läuft", "ruht"]))
    for row, value in zip(found.rows, [None, "Notiz 1 dazu", "dies", "das"], strict=True):
        row.append(value)
    (table,), issues = understood(found)
    assert (table.columns[3].heading, table.columns[3].field) == ("Spalte D", None)
    assert [issue.code for issue in issues] == ["heading_kept"]


def test_a_column_without_data_is_named_and_nothing_said_about_it() -> None:
    (table,), issues = understood(measures(("Bemerkung", [None, None, None]), ("Spalte1", [None, None, None])))
    assert fields(table)["Bemerkung"] == "measure.comment"
    assert issues == []


def test_english_headings_in_small_letters_are_known() -> None:
    found = sheet(["id", "category", "measure", "text"], *[[n, "Walking", f"Path {n}", "Built."] for n in range(4)])
    assert list(fields(only_table(found)).values()) == [
        "measure.id",
        "measure.field_of_action",
        "measure.title",
        "measure.description",
    ]


@pytest.mark.parametrize(
    ("kind", "headings"),
    [
        ("measure", ["Maßnahme", "Träger", "Status"]),
        ("measure", ["Ziel", "Maßnahme", "Verantwortlich", "Bis wann", "Status"]),
        ("measure", ["Projekt", "Zielgruppe", "Teilnehmende", "Fördergeber"]),
        ("goal", ["Handlungsfeld", "Wirkungsziel", "Indikator", "Zielwert", "Ist 2025"]),
        ("partner", ["Organisation", "Ansprechperson", "Telefon", "E-Mail"]),
        ("partner", ["Name", "Vorname", "Funktion", "Telefon", "E-Mail"]),
        ("cooperation", ["Kooperation", "Partner A", "Partner B", "Art der Kooperation"]),
        ("funding", ["Förderprogramm", "Fördergeber", "Maßnahme", "bewilligt", "Laufzeit bis"]),
        ("decision", ["Beschluss-Nr.", "Datum", "Gremium", "Beschluss", "verantwortlich", "bis wann"]),
        ("idea", ["Idee", "Umsetzbarkeit", "Wirkungsstärke", "Stimmen"]),
        ("need", ["Bedarf", "Zielgruppe", "Festgestellt durch", "Beleg"]),
        ("meeting", ["Sitzung", "Datum", "Gremium", "Ort"]),
        ("agreement", ["Vereinbarung", "zugesagt von", "mit", "bis wann", "Status"]),
    ],
)
def test_the_kind_of_a_list_is_told_by_its_headings(kind: str, headings: list[CellValue]) -> None:
    words: list[CellValue] = [f"Wort{n}" for n in range(len(headings))]
    assert only_table(sheet(headings, words, [f"{word}b" for word in words])).kind == kind


def test_a_list_of_something_else_is_reported_with_its_range() -> None:
    found = sheet(["Fahrzeug", "Kennzeichen", "km"], ["Golf", "DAU-X 1", 1000], ["Polo", "DAU-X 2", 2500])
    (table,), issues = understood(found)
    assert table.kind is None
    assert [(issue.code, issue.cells) for issue in issues] == [("table_not_understood", ("A1:C3",))]


def test_the_fingerprint_forgets_years_and_order_but_not_headings() -> None:
    one = _headed("measure", "Maßnahme", "Kosten 2026", "Sachstand 06/2026")
    assert fingerprint(one) == fingerprint(_headed("measure", "Sachstand 12/2026", "Kosten 2027", "Maßnahme"))
    assert fingerprint(one) != fingerprint(_headed("measure", "Maßnahme", "Kosten 2026"))
    assert fingerprint(one) != fingerprint(_headed("goal", "Maßnahme", "Kosten 2026", "Sachstand 06/2026"))


def _headed(kind: str, *headings: str) -> Table:
    columns = [Column(n, text, heading_cells=((1, n),)) for n, text in enumerate(headings, 1)]
    return Table("Blatt", kind, (1,), 1, 1, 1, len(columns), columns=columns)


def test_columns_are_decided_together_not_one_after_the_other() -> None:
    first: dict[tuple[str, int | None], float] = {("a", None): 0.9, ("b", None): 0.8}
    second: dict[tuple[str, int | None], float] = {("a", None): 0.85}
    assert best_assignment([first, second, {}]) == [("b", None), ("a", None), None]


def test_headings_with_several_meanings_in_one_kind_are_listed_as_ambiguous() -> None:
    index = heading_index(VOCABULARY)
    for heading, exact in index.exact.items():
        kinds = [kind_of(field) for field in exact]
        if len(set(kinds)) < len(kinds):
            assert heading in index.ambiguous, f"{heading!r} means {exact}"


def test_a_column_name_over_persons_is_the_contacts_name_never_a_partner() -> None:
    rows = [
        ["Name", "Funktion", "Tel."],
        ["Daniel Beispiel", "Leitung", "09999 1"],
        ["Dr. Mia Muster", "Beratung", "09999 2"],
    ]
    found = find_tables(Sheet("Kontakte", rows=rows), VOCABULARY)[0]
    table, _ = name_columns(found[0], Sheet("Kontakte", rows=rows), VOCABULARY)
    assert table.columns[0].field == "partner.contact_name"


def test_a_form_of_something_else_is_named_with_all_of_its_cells() -> None:
    of = sheet(
        [None, "Hemmnisse / Risiken", "Lernpaten"],
        [None, "Provided by in €", "Caritasverband"],
        ["Ist", "Welches Thema?", None],
        [None, "Personalausstattung", "2x15"],
        [None, "Abbruchgrund", "x"],
        ["Teilnehmende", "Eingegeben von", "-"],
    )
    tables, _, _ = find_tables(of, VOCABULARY)
    _, issues = name_columns(tables[0], of, VOCABULARY)
    assert [(issue.code, issue.cells, issue.values) for issue in issues] == [
        ("table_not_understood", ("A1:C6",), {"rows": 6, "columns": 3})
    ]


def test_a_list_of_values_repeats_the_number_of_its_goal() -> None:
    rows: list[list[CellValue]] = [
        [goal, name, "%", dt.datetime(2026, month, 28), 40 + month]
        for goal, name in (("S2", "bestandene Prüfungen"), ("S2.1", "Abendkurse"))
        for month in (1, 4, 7, 10)
    ]
    table = only_table(sheet(["Ziel-Nr.", "Indikator", "Einheit", "Stichtag", "Istwert"], *rows, name="Auswertung"))
    assert (table.kind, table.columns[0].field) == ("goal", "goal.id")
