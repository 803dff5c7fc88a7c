"""Layouts that do not run down: cards, forms, one column per value with a cross in it. Every cell keeps its place."""

from __future__ import annotations

import datetime as dt

from etl.pipeline.ledger import count, settle
from etl.stages.blank_forms import blank_forms
from etl.stages.find_tables import find_tables
from etl.stages.name_columns import name_columns
from etl.stages.outcomes import Outcomes
from etl.stages.read_values import read_values
from etl.stages.shapes import Draft, Sheet, addresses
from tests.stages.sheets import VOCABULARY, sheet

DAY = dt.date(2026, 10, 20)
START, END = dt.date(2026, 9, 1), dt.date(2027, 8, 31)


def records(of: Sheet) -> tuple[list[Draft], Outcomes, list[str]]:
    """The records of a sheet, what became of each cell, and the codes of the issues; the ledger adds up."""
    tables, aside, issues = find_tables(of, VOCABULARY)
    outcomes, drafts, named = Outcomes.of(of), [], []
    for table in tables:
        table, found = name_columns(table, of, VOCABULARY)
        named.append(table)
        issues += found
        read, reached, told = read_values(table, of, VOCABULARY, DAY)
        drafts += read
        outcomes.add(reached)
        issues += told
    settled = settle(of, named, aside, outcomes)
    assert count(of, settled).adds_up
    return drafts, settled, [issue.code for issue in issues]


def test_three_records_on_their_side_in_a_text_file_are_no_form_with_two_columns_of_labels() -> None:
    drafts, _, _ = records(
        sheet(
            ["Maßnahme", "Sprachcafé", "Lernpaten", "Wohnlotsen"],
            ["Träger", "VHS", "Freundeskreis", "Diakonie"],
            ["Beginn", "01.03.2026", "01.09.2026", "01.03.2025"],
            ["Status", "läuft", "geplant", "läuft"],
            ["Teilnehmende", "25", "8", "46"],
        )
    )
    assert [(d.values["title"], d.values["lead_org"], d.values["participants_actual"]) for d in drafts] == [
        ("Sprachcafé", "VHS", 25),
        ("Lernpaten", "Freundeskreis", 8),
        ("Wohnlotsen", "Diakonie", 46),
    ]


def test_each_column_is_a_record_where_the_headings_run_down() -> None:
    drafts, settled, _ = records(
        sheet(
            ["Unsere Projekte 2026", None, None, None],
            [None, None, None, None],
            ["Maßnahme", "Sprachcafé", "Fahrradwerkstatt", "Chor der Kulturen"],
            ["Träger", "VHS", "Caritas", "Kulturverein"],
            ["Beginn", START, dt.date(2025, 3, 1), dt.date(2024, 1, 1)],
            ["Ende", END, dt.date(2026, 12, 31), None],
            ["Teilnehmende", 25, 14, 40],
            ["Status", "läuft", "geplant", "abgeschlossen"],
        )
    )
    assert [d.values["title"] for d in drafts] == ["Sprachcafé", "Fahrradwerkstatt", "Chor der Kulturen"]
    assert [d.values["participants_actual"] for d in drafts] == [25, 14, 40]
    assert addresses(drafts[1], "start") == ["C5"]
    assert settled[1, 1] == "set_aside:title"


def test_a_form_with_labels_on_the_left_is_one_record() -> None:
    drafts, settled, _ = records(
        sheet(
            ["STECKBRIEF", None, None, None],
            ["Name der Maßnahme:", "Nähstube", None, None],
            ["Träger:", "Frauenverein", "Ort:", "Haus der Vereine"],
            ["Zielgruppe:", "Frauen", "Status:", "läuft"],
            ["Beginn:", START, "Ende:", END],
            ["Kosten (TEUR):", 1.5, None, None],
            ["Anmerkungen:", "Maschinen sind gespendet.", None, None],
        )
    )
    (measure,) = drafts
    assert measure.values["cost_total"] == "1500.00"
    assert (measure.values["start"], measure.values["end"]) == ("2026-09-01", "2027-08-31")
    assert addresses(measure, "location") == ["D3"]
    assert settled[2, 1] == "heading"


def test_a_form_with_labels_above_is_one_record() -> None:
    drafts, _, _ = records(
        sheet(
            ["Name der Maßnahme", "Ansprechpartner"],
            ["Teestube", "Ruth Hellmann"],
            [None, None],
            ["Beginn", "Ende"],
            ["Mai 2025", "offen"],
            [None, None],
            ["Zielgruppe", "Kosten"],
            ["Senioren", "600,- €"],
        )
    )
    (measure,) = drafts
    assert measure.values["title"] == "Teestube"
    assert measure.values["start"] == "2025-05-01"
    assert measure.values["cost_total"] == "600.00"


def test_the_lines_of_a_value_below_its_label_belong_together() -> None:
    drafts, settled, _ = records(
        sheet(
            ["Titel der Maßnahme:", "Lotsen"],
            ["Träger:", "Diakonie"],
            ["Kurzbeschreibung:", "Begleitung zu Ämtern,"],
            [None, "Arztbesuche, Wohnungssuche."],
            ["Status:", "läuft"],
        )
    )
    (measure,) = drafts
    assert measure.values["description"] == "Begleitung zu Ämtern,\nArztbesuche, Wohnungssuche."
    assert addresses(measure, "description") == ["B3", "B4"]
    assert settled[4, 2] == "loaded"


def test_a_cross_under_a_status_is_that_status() -> None:
    of = sheet(
        ["Maßnahme", "Träger", "Status", None, None],
        [None, None, "geplant", "läuft", "abgeschlossen"],
        ["Sprachcafé", "VHS", None, "x", None],
        ["Chor", "AWO", "x", None, None],
        ["Garten", "DRK", None, None, "X"],
    )
    drafts, _, codes = records(of)
    assert [d.values["status"] for d in drafts] == ["running", "planned", "completed"]
    assert addresses(drafts[0], "status") == ["D3", "D2"]
    assert [role for _, _, role in drafts[0].cells["status"]] == ["value", "heading"]
    assert codes == []


def test_two_crosses_for_one_status_are_asked() -> None:
    drafts, settled, codes = records(
        sheet(
            ["Maßnahme", "Träger", "Status", None],
            [None, None, "geplant", "läuft"],
            ["Sprachcafé", "VHS", "x", "x"],
            ["Chor", "AWO", "x", None],
            ["Garten", "DRK", None, "x"],
        )
    )
    assert "status" not in drafts[0].values
    assert settled[3, 3] == settled[3, 4] == "reported"
    assert codes == ["choice_twice"]


def test_crosses_under_target_groups_are_a_list() -> None:
    drafts, _, _ = records(
        sheet(
            ["Maßnahme", "Träger", "Zielgruppe", None, None],
            [None, None, "Frauen", "Familien", "Senioren"],
            ["Sprachcafé", "VHS", "x", "x", None],
            ["Chor", "AWO", None, None, "x"],
            ["Garten", "DRK", None, "x", None],
        )
    )
    assert [d.values["target_group"] for d in drafts] == [["women", "families"], ["seniors"], ["families"]]


def test_groups_beside_the_headings_of_records_across_are_set_aside() -> None:
    drafts, settled, _ = records(
        sheet(
            ["Basics", "No. / Nr.", "WC-1", "WC-2", "WC-3"],
            [None, "Project / Projekt", "Sprachcafé", "Fahrradwerkstatt", "Chor der Kulturen"],
            [None, "Implementing body / Durchführung", "VHS", "Caritas", "Kulturverein"],
            ["Dates", "Start date / Beginn", START, dt.date(2025, 3, 1), dt.date(2024, 1, 1)],
            [None, "End date / Ende", END, dt.date(2026, 12, 31), "unbefristet"],
            ["State", "Status / Stand", "running", "planned", "completed"],
        )
    )
    assert [d.values["title"] for d in drafts] == ["Sprachcafé", "Fahrradwerkstatt", "Chor der Kulturen"]
    assert [settled[row, 1] for row in (1, 4, 6)] == ["set_aside:section"] * 3


def test_a_day_under_values_reached_is_the_day_they_are_of() -> None:
    drafts, _, _ = records(
        sheet(
            ["Ziel-Nr.", "Ziel", "Indikator", "Istwerte", None, "Zielwert"],
            [None, None, None, "2025", "bis 30.09.2026", "2027"],
            ["1.1", "Mehr Ausbildung", "Ausbildungsverträge", 66, 49, 75],
            ["1.2", "Mehr Praktika", "Praktika", 142, 118, 160],
            merged=[(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 4, 1, 5)],
        )
    )
    assert [(d.day, d.values["current_value"]) for d in drafts if d.kind == "observation"] == [
        ("2025-12-31", 66), ("2026-09-30", 49), ("2025-12-31", 142), ("2026-09-30", 118),
    ]  # fmt: skip
    assert [d.values["target_value"] for d in drafts if d.kind == "indicator"] == [75, 160]


def test_a_ditto_mark_repeats_what_stands_above_it() -> None:
    drafts, _, _ = records(
        sheet(
            ["Maßnahme", "Träger", "Beginn", "Status"],
            ["Sprachcafé", "VHS", START, "läuft"],
            ["Fahrradwerkstatt", '"', "dito", '"'],
            ["Chor", "Caritas", dt.date(2024, 1, 1), "geplant"],
        )
    )
    assert [d.values["start"] for d in drafts] == ["2026-09-01", "2026-09-01", "2024-01-01"]
    assert [d.values["status"] for d in drafts] == ["running", "running", "planned"]
    assert addresses(drafts[1], "start") == ["C2", "C3"]


def test_a_form_nobody_filled_in_is_told_from_the_filled_ones() -> None:
    labels = ["So heißt unser Projekt", "Für wen ist das gedacht?", "Beginn", "Ende", "Ansprechperson", "Status"]
    values = ["Elterncafé", "Familien", START, END, "Miriam Eckhoff", "läuft"]
    filled = sheet(*[[label, value] for label, value in zip(labels, values, strict=True)], name="Elterncafé")
    blank = sheet(*[[label, None] for label in labels], name="leer")
    begun = sheet(*[[label, END if label == "Ende" else None] for label in labels], name="begonnen")
    assert blank_forms([filled, blank, begun], VOCABULARY) == {"leer"}


def test_a_list_that_grew_is_no_blank_form() -> None:
    names = [["Maßnahme", "Träger"], ["Sprachcafé", "VHS"], ["Chor", "Caritas"], ["Nähkurs", "AWO"]]
    before, after = sheet(*names, name="2025"), sheet(*names, ["Lotsen", "DRK"], ["Tandem", "IHK"], name="2026")
    assert blank_forms([before, after], VOCABULARY) == frozenset()
