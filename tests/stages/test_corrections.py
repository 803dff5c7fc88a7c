from __future__ import annotations

import datetime as dt

import pytest

from etl.issues import DeliveryRefused
from etl.pipeline.understanding import Understood, understand
from etl.stages.corrections import Corrections, corners_of, replaced_name
from etl.stages.readers.cells import position_of
from etl.stages.shapes import said_texts
from etl.vocabulary import load_vocabulary
from tests.pipeline.workbooks import book, xlsx

DAY = dt.date(2026, 11, 10)
ROWS = [
    ("Nr.", "Maßnahme", "Beginn", "Ende", "TN Ist", "Raumnummer"),
    ("M-1", "Sprachcafé", dt.date(2025, 1, 1), "läuft", "2O", "Zimmer 3"),
    ("M-2", "Wohnlotsen", dt.date(2025, 3, 1), dt.date(2026, 12, 31), 46, "Zimmer 4"),
]
FILE = xlsx(ROWS)


def read(corrections: Corrections, content: bytes = FILE) -> Understood:
    return understand(content, "Liste.xlsx", load_vocabulary(), DAY, corrections=corrections)


def codes(found: Understood) -> list[str]:
    return [issue.code for issue in found.issues]


def test_a_corrected_cell_is_read_as_it_should_have_been_and_keeps_what_stood_there() -> None:
    found = read(Corrections().with_cell("Maßnahmen", "E2", "20"))
    draft = found.drafts[0]
    assert draft.values["participants_actual"] == 20
    assert said_texts(draft, "participants_actual") == ["2O"]
    assert draft.marks["participants_actual"] == "cell_corrected"
    [told] = [issue for issue in found.issues if issue.code == "cell_corrected"]
    assert (told.cells, told.found, told.values["text"]) == (("E2",), "2O", "20")
    assert "count_unreadable" not in codes(found)
    assert found.sheets[0].ledger.adds_up


def test_a_cell_read_as_empty_is_set_aside_and_counted() -> None:
    found = read(Corrections().with_cell("Maßnahmen", "D2", ""))
    assert "end" not in found.drafts[0].values
    assert found.sheets[0].ledger.set_aside["emptied"] == 1
    assert found.sheets[0].ledger.adds_up
    assert "cell_emptied" in codes(found)


def test_an_error_cell_may_be_corrected() -> None:
    content = xlsx([ROWS[0], (*ROWS[1][:4], "=1/0", "Zimmer 3")])
    assert "cell_formula_without_value" in codes(read(Corrections(), content))
    found = read(Corrections().with_cell("Maßnahmen", "E2", "12"), content)
    assert found.drafts[0].values["participants_actual"] == 12
    assert "cell_formula_without_value" not in codes(found)
    assert found.sheets[0].ledger.adds_up


def test_a_column_may_be_given_another_meaning_or_none() -> None:
    found = read(Corrections().with_column("Maßnahmen", "Raumnummer", "measure.location"))
    assert [draft.values["location"] for draft in found.drafts] == ["Zimmer 3", "Zimmer 4"]
    [column] = [c for c in found.tables[0][1].columns if c.heading == "Raumnummer"]
    assert column.how == "remembered"
    kept = read(Corrections().with_column("Maßnahmen", "TN Ist", ""))
    assert kept.drafts[1].kept["TN Ist"] == "46"


def test_only_the_chosen_range_of_a_sheet_counts() -> None:
    rows = [("Notiz vom Vorjahr", "alt", "alt"), (), *ROWS, (), ("Sonst", "noch", "etwas")]
    found = read(Corrections().with_area("Maßnahmen", "A3:F4"), xlsx(rows))
    assert [draft.values["title"] for draft in found.drafts] == ["Sprachcafé"]
    ledger = found.sheets[0].ledger
    assert ledger.set_aside["outside_area"] == 3 + 6 + 3
    assert ledger.adds_up


def test_corrections_of_one_sheet_leave_the_others_alone() -> None:
    content = book({"Maßnahmen": ROWS, "Zweite": ROWS})
    found = read(Corrections().with_cell("Zweite", "E2", "20"), content)
    assert [d.values.get("participants_actual") for d in found.drafts] == [None, 46, 20, 46]


def test_single_clients_are_refused_wherever_they_stand() -> None:
    clients = [("Name", "Geburtsdatum", "AZR-Nummer"), ("Aylin Demir", "03.04.1991", "123456789012")]
    clients += [("Omid Karimi", "11.08.1984", "223456789012"), ("Sara Haddad", "01.02.1999", "323456789012")]
    with pytest.raises(DeliveryRefused):
        read(Corrections().with_area("Maßnahmen", "A1:F3"), xlsx([*ROWS, (), *clients]))


def test_corrections_survive_being_stored() -> None:
    made = Corrections().with_cell("A", "B2", "x").with_column("A", "Ort", "").with_area("B", "A1:C9")
    assert Corrections.from_data(made.as_data()) == made
    assert Corrections().as_data() == {}
    assert not made.with_cell("A", "B2", None).with_column("A", "Ort", None).with_area("B", None)


def test_a_cell_the_sheet_does_not_have_changes_nothing() -> None:
    assert "cell_corrected" not in codes(read(Corrections().with_cell("Maßnahmen", "ZZ900", "20")))


@pytest.mark.parametrize("text", ["", "D", "17", "D0", "A1:B2", "d17"])
def test_what_is_no_cell_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no cell"):
        position_of(text)


def test_a_range_may_be_written_from_any_corner() -> None:
    assert corners_of("h20:$A$4") == ((4, 1), (20, 8))
    with pytest.raises(ValueError, match="no range"):
        corners_of("A4")


def test_one_name_among_several_is_replaced() -> None:
    assert replaced_name("Caritas; AWO Kreis", "Caritas", "Caritasverband") == "Caritasverband; AWO Kreis"
    assert replaced_name("AWO-Kreis", "AW", "X") == "AWO-Kreis"
