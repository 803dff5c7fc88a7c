"""What becomes of the rows and cells of a table. ``read`` proves for each of them that no cell is lost."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.styles import PatternFill

from etl.stages.find_tables import find_tables
from etl.stages.name_columns import name_columns
from etl.stages.read_values import read_values
from etl.stages.read_workbook import read_workbook
from etl.stages.readings.cells import Context, read_cell
from etl.stages.shapes import CellValue, Column, Section, Sheet, Table, is_filled, said_texts
from tests.stages.readings.tables import DAY, VOCABULARY, read

START, END = dt.date(2026, 9, 1), dt.date(2027, 8, 31)


def test_a_row_becomes_a_measure_with_a_source_for_every_field() -> None:
    found = read("measure", ["id", "title", "start", "cost_total"], ["M-1", " Sprachcafé ", START, 62400.5])
    measure = found.only("measure")
    assert measure.values == {"id": "M-1", "title": "Sprachcafé", "start": "2026-09-01", "cost_total": "62400.50"}
    assert measure.cells["title"] == [(2, 2, "value")]
    assert said_texts(measure, "title") == [" Sprachcafé "]
    assert said_texts(measure, "cost_total") == ["62400.5"]
    assert "start" not in measure.said
    assert set(found.outcomes.values()) == {"loaded"}


def test_a_period_gives_start_and_end_with_their_precision() -> None:
    measure = read("measure", ["title", "period"], ["A", "Herbst 2026 – 08/2027"]).only("measure")
    assert measure.values["start"] == "2026-09-01"
    assert (measure.values["start_precision"], measure.values["end_precision"]) == ("season", "month")
    assert measure.qualifier["start"] == {"approx": True}
    assert measure.marks["start"] == "date_interpreted"
    assert said_texts(measure, "end") == ["Herbst 2026 – 08/2027"]


def test_columns_of_their_own_come_before_what_a_period_says() -> None:
    found = read("measure", ["title", "period", "start"], ["A", "2025", START])
    assert found.only("measure").values["start"] == "2026-09-01"
    assert found.only("measure").values["end"] == "2025-12-31"


def test_an_open_end_is_told_with_the_end_and_not_as_a_date() -> None:
    measure = read("measure", ["title", "period", "end"], ["A", "seit 2019", None]).only("measure")
    assert measure.qualifier["end"] == {"open_end": True}
    assert "end" not in measure.values


@pytest.mark.parametrize(("end", "status"), [(END, "running"), (None, "permanent"), ("unbefristet", "permanent")])
def test_laufend_means_what_the_row_says_about_its_end(end: CellValue, status: str) -> None:
    found = read("measure", ["title", "status", "end"], ["A", "laufend", end])
    measure = found.only("measure")
    assert measure.values["status"] == status
    assert said_texts(measure, "status") == ["laufend"]
    assert found.codes() == ["word_interpreted"]


def test_equal_reports_are_one_issue_with_many_cells() -> None:
    found = read("measure", ["title", "participants_actual"], ["A", "ca. 25"], ["B", "ca. 25"], ["C", "2O"])
    assert [(i.code, i.cells) for i in found.issues] == [
        ("count_interpreted", ("B2", "B3")),
        ("count_unreadable", ("B4",)),
    ]
    assert found.issues[1].proposal == "20"
    assert found.outcomes[4, 2] == "reported"


def test_a_word_nobody_knows_is_kept_with_its_record_and_told() -> None:
    found = read("measure", ["title", "status"], ["A", "hibbelig"])
    measure = found.only("measure")
    assert measure.unread == {"status": "hibbelig"}
    assert "status" not in measure.values
    assert (found.outcomes[2, 2], found.codes()) == ("kept", ["word_unknown"])


def test_planned_and_reached_in_one_cell_are_two_fields() -> None:
    measure = read("measure", ["title", "participants_actual"], ["A", "18/20"]).only("measure")
    assert (measure.values["participants_actual"], measure.values["participants_planned"]) == (18, 20)
    own = read("measure", ["title", "participants_actual", "participants_planned"], ["A", "18/20", 25]).only("measure")
    assert own.values["participants_planned"] == 25


@pytest.mark.parametrize("nothing", ["k.A.", "-", "K. A.", "./.", " – "])
def test_a_cell_that_says_nothing_is_set_aside(nothing: str) -> None:
    found = read("measure", ["title", "cost_total", "start", "result"], ["A", nothing, nothing, nothing])
    assert set(found.only("measure").values) == {"title"}
    assert [found.outcomes[2, c] for c in (2, 3, 4)] == ["set_aside:null"] * 3
    assert not found.issues


def test_a_ditto_mark_repeats_the_value_above_but_no_money() -> None:
    found = read("measure", ["title", "lead_org", "cost_total"], ["A", "VHS", 500], ["B", '"', '"'])
    second = found.of("measure")[1]
    assert second.values["lead_org"] == "VHS"
    assert second.cells["lead_org"] == [(2, 2, "carried"), (3, 2, "carried")]
    assert said_texts(second, "lead_org") == ["VHS", '"']
    assert second.references["lead_org"] == ["VHS"]
    assert (found.outcomes[3, 2], found.outcomes[3, 3]) == ("loaded", "set_aside:ditto")


def test_a_merged_cell_holds_for_all_its_rows() -> None:
    rows = [["Sprache", "A"], [None, "B"], [None, "C"]]
    found = read("measure", ["field_of_action", "title"], *rows, merged=[(2, 1, 3, 1)])
    assert [m.values.get("field_of_action") for m in found.of("measure")] == ["Sprache", "Sprache", None]
    assert found.of("measure")[1].cells["field_of_action"] == [(2, 1, "carried")]


def test_a_list_in_groups_carries_its_field_of_action_but_gaps_do_not() -> None:
    grouped = read("measure", ["field_of_action", "title"], ["Sprache", "A"], [None, "B"], ["Arbeit", "C"], [None, "D"])
    assert [m.values["field_of_action"] for m in grouped.of("measure")] == ["Sprache", "Sprache", "Arbeit", "Arbeit"]
    gaps = read("measure", ["field_of_action", "title"], ["Sprache", "A"], [None, "B"], ["Sprache", "C"])
    assert "field_of_action" not in gaps.of("measure")[1].values


def test_a_section_row_is_carried_down_to_the_next_one() -> None:
    sections = [Section(2, 1, "measure.field_of_action", "Sprache"), Section(4, 1, "measure.field_of_action", "Arbeit")]
    rows = [["Handlungsfeld 1: Sprache", None], ["A", None], ["Handlungsfeld 2: Arbeit", None], ["B", None]]
    found = read("measure", ["title", "result"], *rows, sections=sections, skip=(2, 4))
    first, second = found.of("measure")
    assert (first.values["field_of_action"], second.values["field_of_action"]) == ("Sprache", "Arbeit")
    assert first.cells["field_of_action"] == [(2, 1, "carried")]
    assert said_texts(first, "field_of_action") == ["Handlungsfeld 1: Sprache"]
    assert found.outcomes[2, 1] == "loaded"


def test_a_row_without_title_is_reported_with_all_its_cells() -> None:
    found = read("measure", ["title", "result"], ["A", "gut"], [None, "auch gut"])
    assert [(i.code, i.cells) for i in found.issues] == [("record_without_title", ("B3",))]
    assert found.outcomes[3, 2] == "reported"
    assert len(found.drafts) == 1


def test_an_error_cell_is_reported_with_what_stands_there() -> None:
    found = read("measure", ["title", "cost_total", None], ["A", None, None], errors={(2, 2): "#REF!", (2, 3): "#NV"})
    assert {(i.code, i.cells, i.found) for i in found.issues} == {
        ("cell_error_value", ("B2",), "#REF!"),
        ("cell_error_value", ("C2",), "#NV"),
    }


def test_a_formula_without_stored_value_is_reported_and_an_empty_one_is_nothing() -> None:
    formulas = {(2, 2): "=B9", (2, 3): '=IF(A2="","","x")'}
    found = read("measure", ["title", "result", "comment"], ["A", None, ""], formulas_without_value=formulas)
    assert found.codes() == ["cell_formula_without_value"]
    assert found.outcomes[2, 3] == "set_aside:null"


def test_a_column_we_do_not_know_is_kept_under_its_heading() -> None:
    found = read("measure", ["title", None, Column(3, "Spalte 2")], ["A", 0.512, "x"])
    measure = found.only("measure")
    assert measure.kept == {"Spalte 2": "0.512", "Spalte 2 (C)": "x"}
    assert measure.kept_cells["Spalte 2"] == (2, 2)


def test_a_status_that_was_only_coloured_in_is_read_and_told() -> None:
    fills = {(2, 2): "92D050", (3, 2): "FF0000", (4, 2): "FFFFAA"}
    found = read("measure", ["title", "traffic_light"], ["A", None], ["B", None], ["C", None], fills=fills)
    assert [m.values.get("traffic_light") for m in found.of("measure")] == ["green", "red", None]
    assert found.of("measure")[0].cells["traffic_light"] == [(2, 2, "colour")]
    assert [(i.code, i.cells) for i in found.issues] == [("status_from_colour", ("B2", "B3"))]


def test_rows_shaded_for_reading_are_no_status() -> None:
    fills = {(3, c): "C6EFCE" for c in (1, 2, 3)}
    found = read("measure", ["title", "traffic_light", "result"], ["A", None, "x"], ["B", None, "y"], fills=fills)
    assert all("traffic_light" not in m.values for m in found.of("measure"))


def test_colours_without_any_column_for_them_count_where_most_rows_have_them() -> None:
    fills = {(2, 1): "00B050", (3, 1): "FFC000"}
    found = read("measure", ["title", "result"], ["A", "x"], ["B", "y"], fills=fills)
    assert [m.values["traffic_light"] for m in found.of("measure")] == ["green", "yellow"]
    assert said_texts(found.of("measure")[0], "traffic_light") == [""]


def test_a_dash_is_a_red_light_only_beside_other_signs() -> None:
    alone = read("measure", ["title", "traffic_light"], ["A", "-"], ["B", "grün"])
    assert "traffic_light" not in alone.of("measure")[0].values
    signs = read("measure", ["title", "traffic_light"], ["A", "-"], ["B", "+"])
    assert [m.values["traffic_light"] for m in signs.of("measure")] == ["red", "green"]


def test_a_heading_in_thousands_is_a_source_of_the_amount() -> None:
    found = read("measure", ["title", Column(2, "Kosten (TEUR)", "measure.cost_total", unit="TEUR")], ["A", 15])
    measure = found.only("measure")
    assert measure.values["cost_total"] == "15000.00"
    assert measure.cells["cost_total"] == [(2, 2, "value"), (1, 2, "heading")]
    assert said_texts(measure, "cost_total") == ["15", "Kosten (TEUR)"]


def test_a_measure_says_what_day_it_is_about() -> None:
    fields = ["title", "report_date"]
    assert read("measure", fields, ["A", dt.date(2026, 10, 5)]).only("measure").day == "2026-10-05"
    assert read("measure", fields, ["A", "11/2026"]).only("measure").day == DAY.isoformat()
    assert read("measure", fields, ["A", None]).only("measure").day is None


def test_milestones_are_records_of_their_own() -> None:
    text = "01.10.2026: Raum gefunden (erledigt)\nKursstart 02/2027\nAuswertung"
    found = read("measure", ["title", "milestone"], ["A", text])
    values = [m.values for m in found.of("milestone")]
    assert [v.get("date") for v in values] == ["2026-10-01", "2027-02-28", None]
    assert [v.get("done") for v in values] == [True, None, None]
    assert {m.parent for m in found.of("milestone")} == {0}


def test_a_row_of_the_goal_catalogue_is_goal_indicator_and_observation() -> None:
    fields = [
        "id",
        "title",
        "indicator",
        "baseline_value",
        "target_value",
        "target_date",
        "current_value",
        "current_date",
    ]
    row = [
        "S2",
        "Mehr bestehen B1",
        "Anteil bestandener Prüfungen",
        "45 %",
        0.6,
        2028,
        "51,2 % (vorl.)",
        dt.date(2026, 9, 30),
    ]
    found = read("goal", fields, row, percent={(2, 5)})
    goal, indicator, observation = found.drafts
    assert (goal.kind, indicator.kind, observation.kind) == ("goal", "indicator", "observation")
    assert (indicator.parent, observation.parent) == (0, 1)
    assert indicator.values["target_value"] == 60
    assert indicator.values["target_date"] == "2028-12-31"
    assert indicator.values["unit"] == "%"
    assert (observation.values["current_value"], observation.day) == (51.2, "2026-09-30")
    assert observation.qualifier["current_value"] == {"provisional": True}
    assert said_texts(indicator, "target_value") == ["0.6"]


def test_a_column_for_each_year_is_an_observation_for_each_year() -> None:
    years = [Column(0, f"Ist {y}", "goal.current_value", year=y) for y in (2024, 2025, 2026)]
    found = read("goal", ["title", "indicator", *years], ["Ziel", "Quote", 41, None, 52])
    observed = found.of("observation")
    assert [(o.values["current_value"], o.day) for o in observed] == [(41, "2024-12-31"), (52, DAY.isoformat())]
    assert observed[0].cells["current_date"] == [(1, 3, "heading")]
    assert said_texts(observed[0], "current_date") == ["Ist 2024"]


def test_a_value_without_a_date_is_about_the_day_of_the_sheet() -> None:
    found = read("goal", ["title", "indicator", "current_value"], ["Ziel", "Quote", 5])
    assert found.only("observation").day == DAY.isoformat()


def test_indicators_below_a_goal_belong_to_it() -> None:
    rows = [["S1", "Ziel 1", "Quote", 5], [None, None, "Anzahl", 7], ["B1", None, "Stimmung", 3]]
    found = read("goal", ["id", "title", "indicator", "current_value"], *rows)
    first, second, third = found.of("indicator")
    assert (first.parent, second.parent, third.parent) == (0, 0, None)
    assert second.cells["goal"] == [(2, 2, "carried")]
    assert third.references["goal"] == ["B1"]


def test_a_goal_repeated_for_each_of_its_indicators_is_one_goal() -> None:
    rows = [["S1", "Ziel 1", "Quote", 5], ["S1", "Ziel 1", "Anzahl", 7]]
    found = read("goal", ["id", "title", "indicator", "current_value"], *rows)
    goal = found.only("goal")
    assert goal.cells["title"] == [(2, 2, "value"), (3, 2, "value")]
    assert [i.parent for i in found.of("indicator")] == [0, 0]


def test_an_indicator_repeated_for_each_of_its_days_is_one_indicator_and_keeps_every_note() -> None:
    rows = [["S2", "Quote", dt.date(2025, 3, 31), 48, "371"], ["S2", "Quote", dt.date(2026, 3, 31), 52, "365"]]
    found = read("goal", ["id", "indicator", "current_date", "current_value", None], *rows)
    assert len(found.of("indicator")) == 1
    assert [o.kept for o in found.of("observation")] == [{"Spalte 5": "371"}, {"Spalte 5": "365"}]


def test_an_unknown_word_in_a_repeated_row_is_kept_beside_the_first() -> None:
    rows: list[list[CellValue]] = [["Mehr Deutsch", "B1", "Wolke", 50], ["Mehr Deutsch", "A2", "Wolke", 60]]
    found = read("goal", ["title", "indicator", "status", "target_value"], *rows)
    goal = found.only("goal")
    assert (goal.unread, goal.kept, goal.kept_cells) == ({"status": "Wolke"}, {"status": "Wolke"}, {"status": (3, 3)})


def test_an_indicator_with_two_targets_stays_two_for_a_person_to_decide() -> None:
    rows = [["Ziel", "Quote", 50, 40], ["Ziel", "Quote", 60, 40]]
    found = read("goal", ["title", "indicator", "target_value", "current_value"], *rows)
    assert len(found.of("indicator")) == 2


def test_a_partner_with_two_contacts_is_one_partner() -> None:
    rows: list[list[CellValue]] = [
        ["VHS", "Lindenstraße 1", "Anna Müller", "0651 12345"],
        ["VHS", "Lindenstraße 1", "N.N.", None],
        [None, None, "Ali Yılmaz", 65112345],
    ]
    found = read("partner", ["name", "street", "contact_name", "phone"], *rows)
    assert found.only("partner").cells["street"] == [(2, 2, "value"), (3, 2, "value")]
    assert [c.parent for c in found.of("contact")] == [0, 0, 0]
    assert [c.values.get("contact_name") for c in found.of("contact")] == ["Anna Müller", None, "Ali Yılmaz"]
    assert found.of("contact")[1].values["vacant"] is True
    assert found.of("contact")[2].values["phone"] == "65112345"


def test_two_columns_that_name_nobody_yet_are_both_the_source_of_that() -> None:
    rows = [["Sprachcafé", "N.N.", "N.N."], ["Lernpaten", "A. Beispiel", "B. Beispiel"]]
    found = read("measure", ["title", "contact", "contact"], *rows)
    assert found.of("measure")[0].cells["contact"] == [(2, 2, "value"), (2, 3, "value")]
    assert found.of("measure")[0].said["contact"] == ["N.N.", "N.N."]


def test_a_ditto_mark_does_not_replace_what_another_column_says() -> None:
    rows = [["Sprachcafé", "A. Beispiel", "B. Beispiel"], ["Lernpaten", "N.N.", "s.o."]]
    found = read("measure", ["title", "contact", "contact"], *rows)
    assert found.of("measure")[1].cells["contact"] == [(3, 2, "value")]
    assert found.outcomes[3, 3] == "set_aside:ditto"


def test_a_contact_in_one_cell_is_taken_apart() -> None:
    found = read(
        "partner", ["name", "contact_combined"], ["Caritas", "Dr. Anna Müller, 0651 12345, a.mueller [at] example.org"]
    )
    contact = found.only("contact")
    assert contact.values == {
        "contact_name": "Dr. Anna Müller",
        "phone": "0651 12345",
        "email": "a.mueller@example.org",
    }
    assert contact.parent == 0


def test_a_list_of_contacts_without_organisations_belongs_to_the_sender() -> None:
    found = read("partner", ["contact_first_name", "contact_last_name", "email"], ["Anna", "Müller", "a@example.org"])
    assert found.only("contact").parent is None
    assert found.only("contact").values["contact_name"] == "Anna Müller"


def test_a_funding_is_allotted_to_the_measures_it_names() -> None:
    found = read(
        "funding", ["programme", "measure_ref", "amount_granted"], ["KIM", "Sprachcafé (5.000 €); Lesepaten", 9000]
    )
    first, second = found.of("allocation")
    assert first.values == {"measure_ref": "Sprachcafé", "amount": "5000.00"}
    assert second.values == {"measure_ref": "Lesepaten"}
    assert (first.parent, second.parent) == (0, 0)
    assert second.references["measure_ref"] == ["Lesepaten"]


def test_of_amounts_for_several_years_the_current_one_is_the_field_and_none_is_a_total() -> None:
    years = [Column(0, f"Bewilligt {y}", "funding.amount_granted", year=y) for y in (2025, 2026, 2027)]
    found = read("funding", ["programme", *years], ["KIM", 100, 200, 300])
    funding = found.only("funding")
    assert (funding.values["amount_granted"], funding.qualifier["amount_granted"]) == ("200.00", {"per": "year"})
    assert funding.kept == {"Bewilligt 2025": "100", "Bewilligt 2027": "300"}


def test_half_a_post_is_half_a_post_however_it_is_written() -> None:
    rows = [["A", "0,5 VZÄ"], ["B", "50 %"], ["C", 0.5], ["D", "3 Tage"]]
    found = read("measure", ["title", "staff_fte"], *rows)
    assert [m.values.get("staff_fte") for m in found.of("measure")] == [0.5, 0.5, 0.5, None]
    assert all("unit" not in m.values for m in found.of("measure"))


def test_a_table_on_its_side_is_read_by_its_columns() -> None:
    sheet = Sheet("S", rows=[["Maßnahme", "A", "B"], ["Kosten", 100, 200.5]])
    columns = [
        Column(1, "Maßnahme", "measure.title", heading_cells=((1, 1),)),
        Column(2, "Kosten", "measure.cost_total", heading_cells=((2, 1),)),
    ]
    table = Table("S", "measure", (), 1, 2, 1, 3, "across", columns, [2, 3])
    drafts, outcomes, _ = read_values(table, sheet, VOCABULARY, DAY)
    assert [d.values for d in drafts] == [
        {"title": "A", "cost_total": "100.00"},
        {"title": "B", "cost_total": "200.50"},
    ]
    assert drafts[1].cells["cost_total"] == [(2, 3, "value")]
    assert set(outcomes) == {(1, 2), (1, 3), (2, 2), (2, 3)}


def test_a_real_workbook_is_read_from_its_bytes() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Nr.", "Maßnahme", "Status", "Beginn", "Ende", "Fortschritt in %", "Kosten (TEUR)", "Ampel"])
    sheet.append(["M1", "Sprachcafé", "laufend", dt.datetime(2026, 9, 1), "Herbst 2027", 0.35, 62.4, None])
    sheet.append(["M2", "Lesepaten", "geplant", "09/2026", "k.A.", 0.5, "ca. 15", None])
    for row, colour in ((2, "92D050"), (3, "FFC000")):
        sheet.cell(row, 6).number_format = "0%"
        sheet.cell(row, 8).fill = PatternFill("solid", fgColor=colour)
    content = io.BytesIO()
    book.save(content)
    (read_sheet,) = read_workbook(content.getvalue(), "Liste.xlsx").sheets
    (table,), set_aside, _ = find_tables(read_sheet, VOCABULARY)
    table, _ = name_columns(table, read_sheet, VOCABULARY)
    drafts, outcomes, issues = read_values(table, read_sheet, VOCABULARY, DAY)
    first, second = (draft.values for draft in drafts)
    assert (first["status"], first["start"], first["end"]) == ("running", "2026-09-01", "2027-11-30")
    assert (first["progress_pct"], first["cost_total"], first["traffic_light"]) == (35, "62400.00", "green")
    assert (second["start"], second["start_precision"], second["traffic_light"]) == ("2026-09-01", "month", "yellow")
    assert (second["cost_total"], "end" in second) == ("15000.00", False)
    assert said_texts(drafts[0], "progress_pct") == ["0.35"]
    assert sorted({issue.code for issue in issues}) == [
        "amount_interpreted", "date_interpreted", "status_from_colour", "word_interpreted",
    ]  # fmt: skip
    assert read_sheet.count_filled() == 8 + len(outcomes) + len(set_aside)


CELLS = st.one_of(
    st.none(),
    st.text(max_size=40),
    st.text("0123456789.,-/ %€+()TNcabis\n\"'", max_size=20),
    st.sampled_from(
        ["laufend", "k.A.", '"', "N.N.", "Herbst 2026", "ca. 25", "18/20", "Frauen; XY", "S1, B2", "4.200 + 1.100"]
    ),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@pytest.mark.parametrize(
    "kind", ["measure", "goal", "partner", "funding", "cooperation", "decision", "idea", "need", "meeting", "agreement"]
)
def test_whatever_stands_in_a_table_every_cell_is_accounted_for(kind: str) -> None:
    names = [
        f.name for f in VOCABULARY.fields.values() if f.entity in (kind, "observation" if kind == "goal" else kind)
    ]

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def never_loses_a_cell(data: st.DataObject) -> None:
        fields: list[Any] = data.draw(st.lists(st.sampled_from([*names, None]), min_size=1, max_size=8))
        units, years = st.sampled_from([None, "TEUR", "%"]), st.sampled_from([None, None, 2025, 2026])
        columns = [Column(0, f or "frei", f, unit=data.draw(units), year=data.draw(years)) for f in fields]
        rows = data.draw(st.lists(st.lists(CELLS, min_size=len(fields), max_size=len(fields)), min_size=1, max_size=4))
        places = st.tuples(st.integers(2, len(rows) + 1), st.integers(1, len(fields)))
        fills = data.draw(st.dictionaries(places, st.sampled_from(["00B050", "FF0000", "FFC000"]), max_size=4))
        top, left = data.draw(places)
        blanked = [
            [None if c == left and r > top else v for c, v in enumerate(row, 1)] for r, row in enumerate(rows, 2)
        ]
        read(kind, columns, *blanked, fills=fills, merged=[(top, left, len(rows) + 1, left)])

    never_loses_a_cell()


@pytest.mark.parametrize("field", sorted(VOCABULARY.fields))
def test_any_text_in_any_field_is_read_or_told(field: str) -> None:
    context = Context(VOCABULARY.fields[field], VOCABULARY, DAY, unit=None)

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(CELLS.filter(is_filled))
    def never_fails(value: CellValue) -> None:
        reading = read_cell(value, context)
        assert reading.fields or reading.qualifier or reading.reason or reading.problem

    never_fails()
