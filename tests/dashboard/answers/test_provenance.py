"""Where a value comes from, through the real importer."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard.answers.picture import Picture, picture
from dashboard.answers.provenance import Eyes, Written, is_hidden, original_file, origins
from dashboard.answers.record_values import record_values
from dashboard.parts.html import plain_label
from dashboard.parts.provenance import origin_markup
from dashboard.parts.value_words import as_written
from etl.model.store import Store
from etl.wording import say
from tests.dashboard.networks import HEADINGS, a_network, deliver, workbook

DAY = dt.date(2026, 11, 10)
NOBODY = Eyes()
OFFICE = Eyes(office=True)


@pytest.fixture
def shown(sqlite_store: Store) -> Picture:
    a_network(sqlite_store)
    return picture(sqlite_store, DAY)


def key(of: Picture) -> str:
    return of.facts.measures[0].key


def test_a_value_names_its_file_sheet_cell_and_what_stood_there(shown: Picture) -> None:
    (origin,) = origins(shown, key(shown), "participants_actual", NOBODY)
    assert origin.file == "Herbst.xlsx"
    assert [(c.sheet, c.cell) for c in origin.cells] == [("Maßnahmen", "F2")]
    assert (origin.value, [cell.text for cell in origin.said], origin.partner) == (12, ["12"], "Diakonie")
    assert origin.day == dt.date(2026, 10, 12)


def test_the_row_is_shown_as_it_looked_with_its_headings(shown: Picture) -> None:
    (origin,) = origins(shown, key(shown), "participants_actual", OFFICE)
    assert origin.excerpt is not None
    assert origin.excerpt.columns == ("A", "B", "C", "D", "E", "F", "G")
    assert [heading.text for heading in origin.excerpt.headings] == list(HEADINGS)
    assert origin.excerpt.heading_row == 1
    (row,) = origin.excerpt.rows
    assert (row[0], row[1][0].text, row[1][4].text, row[1][5].text) == (2, "Mietlotsen", "40", "12")
    assert origin.excerpt.hits == {"F2"}


def test_kept_columns_are_blank_for_all_but_the_office_and_their_partner(shown: Picture) -> None:
    sender = shown.facts.measures[0].partner
    for eyes in (OFFICE, Eyes(partner=sender)):
        (origin,) = origins(shown, key(shown), "participants_actual", eyes)
        assert origin.excerpt is not None
        assert "Frau K." in str(origin.excerpt)
        assert origin.excerpt.hidden == frozenset()
    for eyes in (NOBODY, Eyes(partner="partner-99999", role="partner"), Eyes(role="member"), Eyes(role="leadership")):
        (origin,) = origins(shown, key(shown), "participants_actual", eyes)
        assert origin.excerpt is not None
        assert "Frau K." not in str(origin)
        assert HEADINGS[6] not in str(origin)
        assert origin.excerpt.hidden == {"G"}


def test_the_way_a_column_was_understood_is_told(shown: Picture) -> None:
    (origin,) = origins(shown, key(shown), "participants_actual", NOBODY)
    assert origin.column is not None
    assert (origin.column.heading, origin.column.how) == (HEADINGS[5], "known")


def test_the_row_before_the_hit_helps_to_recognise_the_place(sqlite_store: Store) -> None:
    rows = [(f"Maßnahme {n}", "läuft", None, None, 10 * n, n, None) for n in range(1, 5)]
    deliver(sqlite_store, "Liste.xlsx", workbook("Maßnahmen", HEADINGS, *rows), "AWO", dt.date(2026, 10, 1))
    seen = picture(sqlite_store, DAY)
    third = next(m for m in seen.facts.measures if m.title == "Maßnahme 3")
    (origin,) = origins(seen, third.key, "participants_actual", NOBODY)
    assert origin.excerpt is not None
    assert [number for number, _ in origin.excerpt.rows] == [3, 4]
    assert origin.excerpt.hits == {"F4"}


def test_the_original_file_is_for_the_office_and_the_partner_itself(sqlite_store: Store, shown: Picture) -> None:
    def may_open(eyes: Eyes) -> bool:
        return origins(shown, key(shown), "status", eyes)[0].may_open

    sender = shown.facts.measures[0].partner
    assert may_open(OFFICE)
    assert may_open(Eyes(partner=sender))
    assert not may_open(Eyes(partner="partner-99999"))
    assert not may_open(NOBODY)
    delivery = origins(shown, key(shown), "status", OFFICE)[0].delivery
    assert delivery is not None
    assert original_file(sqlite_store, delivery).startswith(b"PK")


def test_a_field_nobody_stated_has_no_origin(shown: Picture) -> None:
    assert origins(shown, key(shown), "next_steps", OFFICE) == ()
    assert origins(shown, "measure-99999", "title", OFFICE) == ()


def test_two_sources_of_one_value_are_both_told_the_one_that_holds_first(sqlite_store: Store) -> None:
    heads = ("Ziel", "Indikator", "Einheit", "Ausgangswert", "Zielwert", "Aktueller Wert", "Stand")
    catalogue = ("Mehr Menschen in Arbeit", "Vermittlungen", "Personen", 310, 450, 412, dt.date(2026, 9, 30))
    other = ("Mehr Menschen in Arbeit", "Vermittlungen", "Personen", 310, 450, 389, dt.date(2026, 9, 30))
    deliver(sqlite_store, "Zielkatalog.xlsx", workbook("Ziele", heads, catalogue), "Landkreis", dt.date(2026, 10, 1))
    deliver(sqlite_store, "Jobcenter.xlsx", workbook("Ziele", heads, other), "Jobcenter", dt.date(2026, 10, 5))
    seen = picture(sqlite_store, DAY)
    contested = [k.key for k in seen.state.kind("observation").values() if "current_value" in k.contested]
    assert len(contested) == 1
    found = origins(seen, contested[0], "current_value", NOBODY)
    assert {(o.partner, o.value, o.file) for o in found} == {
        ("Landkreis", 412, "Zielkatalog.xlsx"),
        ("Jobcenter", 389, "Jobcenter.xlsx"),
    }
    known = seen.state.find(contested[0])
    assert known is not None
    assert found[0].value == known.value("current_value")


def test_what_stood_there_is_escaped_on_the_page(sqlite_store: Store) -> None:
    row = ("<script>alert(1)</script>", "läuft", None, None, 5, 4, None)
    deliver(sqlite_store, "<b>böse</b>.xlsx", workbook("Maßnahmen", HEADINGS, row), "AWO", dt.date(2026, 10, 1))
    seen = picture(sqlite_store, DAY)
    (origin,) = origins(seen, key(seen), "title", NOBODY)
    markup = str(origin_markup(origin, lambda code, /, **values: say("de", code, **values), "de"))
    assert "<script>" not in markup
    assert "<b>böse</b>" not in markup
    assert "&lt;script&gt;" in markup


@pytest.mark.parametrize(
    ("stored", "german"),
    [
        (Written("2026-09-30"), "30.09.2026"),
        (Written("0.5", number=True), "0,5"),
        (Written("56.3\u00a0%", number=True), "56,3\u00a0%"),
        (Written("51,2 % (vorl.)"), "51,2 % (vorl.)"),
        (Written("3.1"), "3.1"),
    ],
)
def test_a_cell_reads_as_its_reader_saw_it(stored: Written, german: str) -> None:
    assert as_written(stored, "de") == german


def test_a_label_of_a_widget_shows_what_stood_there_and_formats_nothing() -> None:
    assert plain_label("51,2 % :red[*x*]") == "51,2 % \\:red\\[\\*x\\*\\]"


@pytest.fixture
def contacts_of_lists(sqlite_store: Store) -> Picture:
    """One measure, one cooperation and one line with a contact, and a contact that is not shared; all from the AWO."""
    for title, sheet, *rows in (
        ("Mass.xlsx", "Maßnahmen", ("Maßnahme", "Status", "Ansprechpartner"), ("Lotsen", "läuft", "Ada Ohm")),
        (
            "Koop.xlsx",
            "Kooperationen",
            ("Kooperation", "Partner A", "Partner B", "Ansprechpartner"),
            ("Koffer", "AWO", "VHS", "Ada Ohm"),
        ),
        (
            "Papier.xlsx",
            "Schnittstellenpapier",
            ("Schritt", "Organisation", "Rolle", "Ansprechperson"),
            ("Wohnen", "AWO", "zuständig", "Ada Ohm"),
        ),
        ("Netz.xlsx", "Netzwerkpartner", ("Organisation", "Ansprechpartner", "E-Mail"), ("AWO", "Ada Ohm", "o@x.org")),
    ):
        deliver(sqlite_store, title, workbook(sheet, *rows), "AWO", dt.date(2026, 10, 1))
    return picture(sqlite_store, DAY)


@pytest.mark.parametrize("kind", ["measure", "cooperation", "interface", "contact"])
def test_where_a_hidden_contact_stands_is_said_not_to_be_visible(contacts_of_lists: Picture, kind: str) -> None:
    seen = contacts_of_lists
    (record,) = seen.state.kind(kind)
    name = "contact_name" if kind == "contact" else "contact"
    awo = next(partner.key for partner in seen.facts.partners if partner.name == "AWO")
    other = Eyes(partner="partner-99999", role="partner")
    for eyes in (Eyes(), Eyes(role="member"), other):
        assert origins(seen, record, name, eyes) == ()
        assert record_values(seen, record, eyes, (name,)) is None
        assert is_hidden(seen, record, (name,), eyes)
    for eyes in (OFFICE, Eyes(partner=awo, role="partner")):
        assert not is_hidden(seen, record, (name,), eyes)
        assert record_values(seen, record, eyes, (name,)) is not None
    for eyes in (Eyes(), OFFICE):
        assert not is_hidden(seen, "measure-99999", ("contact",), eyes)
