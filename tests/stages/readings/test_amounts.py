from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.stages.readings.amounts import read_amount
from etl.stages.readings.column_reading import typed_at_once
from etl.stages.shapes import CellValue


def test_two_amounts_in_one_cell_are_asked_about_and_not_added() -> None:
    reading = read_amount("4.200 + 1.100")
    assert (reading.problem, reading.proposal, dict(reading.fields)) == ("amount_two", "5300.00", {})


@pytest.mark.parametrize(
    ("text", "value", "parts"),
    [
        ("900 € + 240 € Fahrt", "1140.00", [["", "900.00"], ["Fahrt", "240.00"]]),
        ("3.200 Euro (Antrag läuft)", "3200.00", None),
        ("kostet nichts", "0.00", None),
    ],
)
def test_euros_that_are_added_or_remarked_on_are_marked(text: str, value: str, parts: object) -> None:
    reading = read_amount(text)
    assert (reading.value, reading.mark) == (value, "amount_interpreted")
    assert reading.qualifier.get("value", {}).get("parts") == parts


@pytest.mark.timeout(10)
def test_a_long_row_of_digits_among_letters_is_told_at_once() -> None:
    assert read_amount("Kto. " + "1234567890" * 4 + "x").problem == "amount_unreadable"


def test_an_amount_per_month_is_never_multiplied() -> None:
    reading = read_amount("500 € mtl.")
    assert (reading.value, reading.qualifier["value"]) == ("500.00", {"per": "month"})


def test_a_heading_in_thousands_multiplies_what_stands_below_it() -> None:
    assert read_amount(15, "TEUR").value == "15000.00"
    assert read_amount("1,5", "Mio. €").value == "1500000.00"


def test_a_cell_that_names_its_own_unit_is_marked_under_another_heading() -> None:
    reading = read_amount("15.000 €", "TEUR")
    assert (reading.value, reading.mark) == ("15000.00", "amount_interpreted")


@pytest.mark.parametrize("text", ["12,500", "viel", "12.500 - 15.000 €", "75 %", "2O.000", "5.000 € zzgl. MwSt"])
def test_an_amount_that_would_be_a_guess_is_asked_about(text: str) -> None:
    assert read_amount(text).problem == "amount_unreadable"


def test_a_letter_among_the_digits_is_proposed_as_the_digit() -> None:
    assert read_amount("2O.000").proposal == "20000.00"


def test_binary_noise_of_a_stored_number_is_no_amount() -> None:
    assert read_amount(0.1 + 0.2).value == "0.30"


@given(st.decimals(0, 10**9, places=2))
def test_an_amount_written_in_german_gives_itself_back(amount: Decimal) -> None:
    german = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    for text in (german, f"{german} €", f"EUR {german}"):
        reading = read_amount(text)
        assert (reading.value, reading.mark) == (f"{amount:.2f}", None)


@given(st.decimals(1000, 10**9, places=2))
def test_an_amount_written_in_english_gives_itself_back(amount: Decimal) -> None:
    assert read_amount(f"{amount:,.2f} €").value == f"{amount:.2f}"


@given(
    st.one_of(
        st.integers(-(10**8), 10**8), st.floats(-1e8, 1e8), st.booleans(), st.decimals(0, 10**6, places=2).map(float)
    )
)
def test_the_short_way_for_stored_amounts_reads_as_the_long_way(value: CellValue) -> None:
    short = typed_at_once(value, "amount")
    if short is not None:
        assert short.plain == read_amount(value).value
