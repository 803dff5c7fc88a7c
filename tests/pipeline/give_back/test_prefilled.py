"""Next round's workbook is the partner's own and says what is known: sent as it is, it changes nothing."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openpyxl.worksheet.worksheet import Worksheet

from etl.issues import DeliveryRefused
from etl.model.deliveries import all_deliveries
from etl.model.state import Known, state_on
from etl.model.store import Store
from etl.pipeline import Preview, accept_delivery, preview_delivery
from etl.pipeline.enter import enter
from etl.pipeline.give_back import HandedOut, latest_deliveries, prefilled_delivery
from etl.stages.own_marks import NOTE
from tests.pipeline.give_back.test_marked import FILES, PARTNER
from tests.pipeline.give_back.whole import around, canonical, cells, child, opened_by_others, parts, style_differences
from tests.pipeline.workbooks import HEADINGS, SPRACHCAFE, WOHNLOTSEN, book, xlsx

NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=40)
SOME = 15


def accepted(store: Store, content: bytes, file: str = "Liste.xlsx", partner: str = "Diakonie") -> None:
    accept_delivery(store, preview_delivery(store, content, file, partner=partner, now=NOW), now=NOW)


def read_back(store: Store, handed_out: HandedOut, partner: str = "Diakonie") -> Preview:
    return preview_delivery(store, handed_out.content, handed_out.file, partner=partner, now=LATER)


def prefilled(store: Store, number: int = 1) -> HandedOut:
    return prefilled_delivery(store, number, language="de", now=LATER)


def record(store: Store, kind: str, title: str) -> Known:
    with store.reading() as connection:
        (found,) = [r for r in state_on(connection).kind(kind).values() if r.value("title") == title]
    return found


def entered(store: Store, called: str, **values: object) -> None:
    key = record(store, "measure", called).key
    day = NOW.date() + dt.timedelta(days=9)
    enter(store, "measure", values, day=day, person="Karin Vogt", reason="Anruf", now=NOW, key=key)


def sheet_of(handed_out: HandedOut) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(handed_out.content)).worksheets[0]


def check_file(store: Store, path: Path) -> None:
    try:
        accepted(store, path.read_bytes(), path.name, PARTNER)
    except DeliveryRefused as refused:
        pytest.skip(f"refused: {refused.issue.code}")
    handed_out = prefilled(store)
    again = read_back(store, handed_out, PARTNER)
    assert opened_by_others(handed_out.content)
    assert not any(again.comparison.missing.values())
    assert again.comparison.nothing_new
    assert accept_delivery(store, again, now=LATER).outcome == "unchanged"


@pytest.mark.parametrize("path", FILES[7::SOME], ids=lambda path: path.name)
def test_a_prefilled_workbook_sent_as_it_is_changes_nothing(sqlite_store: Store, path: Path) -> None:
    check_file(sqlite_store, path)


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_prefilled_workbook_sent_as_it_is_changes_nothing(sqlite_store: Store, path: Path) -> None:
    check_file(sqlite_store, path)


def lists_of_the_demo(demo: Store) -> list[tuple[str, int]]:
    """(partner, number) of the last delivery of each list."""
    with demo.reading() as connection:
        partners = state_on(connection, kinds=["partner"]).kind("partner")
        senders = sorted({row.partner for row in all_deliveries(connection)})
    assert len(senders) == 19
    return [(str(partners[key].value("name")), n) for key in senders for n in latest_deliveries(demo, key)]


def check_demo(demo: Store, lists: list[tuple[str, int]]) -> None:
    for name, number in lists:
        again = read_back(demo, prefilled(demo, number), name)
        assert again.comparison.nothing_new, (name, number)


def test_partners_of_the_demo_get_their_lists_prefilled_and_they_change_nothing(demo: Store) -> None:
    check_demo(demo, lists_of_the_demo(demo)[::6])


@pytest.mark.slow
def test_each_partner_of_the_demo_gets_its_lists_prefilled_and_they_change_nothing(demo: Store) -> None:
    lists = lists_of_the_demo(demo)
    assert len(lists) == 30
    check_demo(demo, lists)


def test_a_file_that_says_all_that_is_known_comes_back_byte_for_byte(sqlite_store: Store) -> None:
    content = xlsx([HEADINGS, SPRACHCAFE, WOHNLOTSEN])
    accepted(sqlite_store, content)
    handed_out = prefilled(sqlite_store)
    assert handed_out == HandedOut(content, "Liste (vorausgefüllt).xlsx", None)


def test_what_was_entered_since_stands_in_its_cell_in_the_partners_own_form(sqlite_store: Store) -> None:
    headings = (*HEADINGS[:5], "Stand der Umsetzung", "TN Ist", "Kosten in TEUR", "Ansprechpartner")
    rows = [
        ("M-1", "Sprachcafé", "VHS", dt.date(2025, 1, 1), "06/2027", "läuft", 40, 12.5, "Frau Vogt, Tel. 03301 4411"),
        ("M-2", "Wohnlotsen", "VHS", dt.date(2025, 3, 1), "12/2026", "ist beendet", "ca. 46 Pers.", 62, "Herr Blum"),
    ]
    content = xlsx([headings, *rows])
    accepted(sqlite_store, content)
    entered(sqlite_store, "Sprachcafé", start="2025-02-01", status="completed", cost_total="14000.00")
    entered(sqlite_store, "Wohnlotsen", participants_actual=52, title="Wohnungslotsen")
    handed_out = prefilled(sqlite_store)
    sheet = sheet_of(handed_out)
    assert sheet["D2"].value == dt.datetime(2025, 2, 1)
    assert sheet["D2"].number_format == openpyxl.load_workbook(io.BytesIO(content)).active["D2"].number_format
    assert sheet["F2"].value == "ist beendet"
    assert sheet["H2"].value == 14
    assert sheet["B3"].value == "Wohnungslotsen"
    assert (sheet["G2"].value, sheet["E3"].value, sheet["I2"].value) == (40, "12/2026", "Frau Vogt, Tel. 03301 4411")
    assert sheet["H2"].comment.text == f"{NOTE}Zur Kenntnis: Seit Ihrer Datei geändert: 14. Hier stand: 12,5"
    again = read_back(sqlite_store, handed_out)
    assert again.comparison.nothing_new
    assert record(sqlite_store, "measure", "Wohnungslotsen").value("participants_actual") == 52


def test_one_of_several_things_in_a_cell_is_exchanged_in_its_place(sqlite_store: Store) -> None:
    headings = (*HEADINGS[:6], "TN Ist / Plan", "Kosten in €")
    accepted(sqlite_store, xlsx([headings, (*SPRACHCAFE[:6], "18 / 20", 12500), (*WOHNLOTSEN[:6], "31 / 40", 62000)]))
    assert record(sqlite_store, "measure", "Sprachcafé").value("participants_planned") == 20
    entered(sqlite_store, "Sprachcafé", participants_planned=25)
    handed_out = prefilled(sqlite_store)
    assert sheet_of(handed_out)["G2"].value == "18 / 25"
    assert read_back(sqlite_store, handed_out).comparison.nothing_new


def test_a_value_entered_where_the_partner_left_a_blank_is_filled_in(sqlite_store: Store) -> None:
    accepted(sqlite_store, xlsx([HEADINGS, (*SPRACHCAFE[:6], None, 12500), WOHNLOTSEN]))
    entered(sqlite_store, "Sprachcafé", participants_actual=41)
    handed_out = prefilled(sqlite_store)
    assert sheet_of(handed_out)["G2"].value == 41
    assert read_back(sqlite_store, handed_out).comparison.nothing_new


def test_what_no_cell_can_say_exactly_is_left_blank_and_told_beside(sqlite_store: Store) -> None:
    accepted(sqlite_store, xlsx([HEADINGS, SPRACHCAFE, WOHNLOTSEN]))
    entered(sqlite_store, "Sprachcafé", start="2025-09-01", start_precision="season")
    handed_out = prefilled(sqlite_store)
    cell = sheet_of(handed_out)["D2"]
    assert cell.value is None
    assert "Bisher bekannt: 01.09.2025" in cell.comment.text
    assert read_back(sqlite_store, handed_out).comparison.nothing_new


@pytest.mark.parametrize(
    ("stand", "shown"),
    [
        ("Stand: 10.10.2026", "Stand: 20.12.2026"),
        ("Maßnahmen des Vereins, Stand 10/2026", "Maßnahmen des Vereins, Stand 12/2026"),
        ("Stand: Oktober 2026", "Stand: Dezember 2026"),
    ],
)
def test_the_day_of_a_sheet_becomes_the_day_it_was_prefilled(sqlite_store: Store, stand: str, shown: str) -> None:
    accepted(sqlite_store, xlsx([(stand,), (), HEADINGS, SPRACHCAFE, WOHNLOTSEN]))
    entered(sqlite_store, "Sprachcafé", participants_actual=41)
    handed_out = prefilled(sqlite_store)
    sheet = sheet_of(handed_out)
    assert (sheet["A1"].value, sheet["G4"].value) == (shown, 41)
    assert "Ihren eigenen Stand" in sheet["A1"].comment.text
    again = read_back(sqlite_store, handed_out)
    assert again.comparison.nothing_new
    assert set(again.understood.days) == {LATER.date()}


def test_all_but_the_cells_that_changed_is_as_it_was(sqlite_store: Store) -> None:
    content = book({"Maßnahmen": [HEADINGS, SPRACHCAFE, WOHNLOTSEN], "Notizen": [("nur für uns",), ("=1+1",)]})
    accepted(sqlite_store, content)
    entered(sqlite_store, "Sprachcafé", participants_actual=41)
    old, new = parts(content), parts(prefilled(sqlite_store).content)
    name = "xl/worksheets/sheet1.xml"
    before, after = (cells(etree.fromstring(found[name])) for found in (old, new))
    assert {place for place in before if canonical(before[place]) != canonical(after[place])} == {"G2"}
    assert canonical(around(etree.fromstring(old[name]))) == canonical(around(etree.fromstring(new[name])))
    assert list(style_differences(old["xl/styles.xml"], new["xl/styles.xml"])) == []
    assert old["xl/worksheets/sheet2.xml"] == new["xl/worksheets/sheet2.xml"]
    counting = child(etree.fromstring(new["xl/workbook.xml"]), "calcPr")
    assert counting.get("fullCalcOnLoad") == "1"
    assert b"R\xc3\xbcckmeldung" in new["xl/workbook.xml"]


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x.example")', "+49 Kurs", "-1 Kurs", "@home"])
def test_a_text_that_looks_like_a_formula_is_written_as_text(sqlite_store: Store, text: str) -> None:
    headings = (*HEADINGS, "Bemerkung")
    accepted(sqlite_store, xlsx([headings, (*SPRACHCAFE, "läuft gut"), (*WOHNLOTSEN, "")]))
    entered(sqlite_store, "Sprachcafé", comment=text)
    handed_out = prefilled(sqlite_store)
    cell = sheet_of(handed_out)["I2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert read_back(sqlite_store, handed_out).comparison.nothing_new


def test_a_text_file_is_prefilled_as_a_workbook(sqlite_store: Store) -> None:
    lines = [";".join(HEADINGS), "M-1;Sprachcafé;VHS;01.01.2025;31.12.2026;laufend;40;12.500,00 €"]
    accepted(sqlite_store, "\r\n".join(lines).encode(), "Liste.csv")
    entered(sqlite_store, "Sprachcafé", cost_total="13000.00", end="2027-06-30")
    handed_out = prefilled(sqlite_store)
    assert "keine xlsx-Datei" in (handed_out.sentence or "")
    sheet = sheet_of(handed_out)
    assert (sheet["H2"].value, sheet["E2"].value) == ("13.000 €", "30.06.2027")
    assert read_back(sqlite_store, handed_out).comparison.nothing_new
