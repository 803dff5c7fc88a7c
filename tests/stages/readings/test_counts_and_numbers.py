from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.stages.readings.counts import read_count
from etl.stages.readings.numbers import decimal_of, read_number, read_percent
from etl.stages.shapes import CellValue


@pytest.mark.parametrize(
    ("text", "proposal"),
    [("2O", "20"), ("3 Gruppen", None), ("12 Abende", None), ("2 x 15", "30"), ("12/13/1", None), ("12,5", None)],
)
def test_a_count_that_would_be_a_guess_is_asked_about(text: str, proposal: str | None) -> None:
    reading = read_count(text)
    assert (reading.problem, reading.proposal) == ("count_unreadable", proposal)


@pytest.mark.parametrize(
    ("text", "value", "parts"),
    [
        ("15 + 12", 27, [["", 15], ["", 12]]),
        ("37 (davon 22 Frauen)", 37, [["female", 22]]),
        ("18 (1 abgesprungen)", 18, None),
        ("9 oder 10", {"min": 9, "max": 10}, None),
        ("jede Woche etwa 18", 18, None),
        ("davon schon da: 18", 18, None),
        ("60 Sprachmittelnde", 60, None),
    ],
)
def test_words_around_a_number_of_people_leave_it_and_mark_it(text: str, value: object, parts: object) -> None:
    reading = read_count(text)
    assert (reading.value, reading.mark is not None or isinstance(value, dict)) == (value, True)
    assert reading.qualifier.get("value", {}).get("parts") == parts


def test_hours_are_no_people_and_people_no_hours() -> None:
    assert read_count("120 Std.").problem == "count_unreadable"
    assert read_count("120 Std.", "hours").value == 120
    assert read_count("120 TN", "hours").problem == "count_unreadable"


@pytest.mark.parametrize(
    ("value", "percent", "expected"),
    [
        ("51,2 %", False, 51.2),
        (0.512, True, 51.2),
        (0.07, True, 7),
        ("1.250", False, 1250),
        ("-3,5", False, -3.5),
        (18.0, False, 18),
    ],
)
def test_a_number_is_read_without_noise(value: CellValue, percent: bool, expected: float) -> None:
    found = read_number(value, percent).value
    assert found == expected
    assert type(found) is type(expected)


def test_a_provisional_value_says_so() -> None:
    reading = read_number("51,2% (vorl.)", False)
    assert dict(reading.fields) == {"value": 51.2, "unit": "%"}
    assert (reading.qualifier["value"], reading.mark) == ({"provisional": True}, "value_provisional")


def test_a_year_behind_a_value_dates_it() -> None:
    assert read_number("48,3 % (2025)", False).fields["year"] == 2025


@pytest.mark.parametrize("text", ["50-60 %", "5 von 20", "steigend", "12/2026", ""])
def test_what_is_no_single_number_is_reported(text: str) -> None:
    assert read_number(text, False).problem == "number_unreadable"


def test_a_column_of_fractions_is_read_as_percentages_and_marked() -> None:
    reading = read_percent(0.75, False, fraction=True)
    assert (reading.value, reading.mark) == (75, "number_interpreted")


@given(st.integers(0, 10**8 - 1))
def test_a_count_with_dots_gives_itself_back(number: int) -> None:
    text = f"{number:,}".replace(",", ".")
    assert read_count(text).value == read_count(f"{text} TN").value == read_count(number).value == number


@given(st.decimals(-(10**6), 10**6, places=3))
def test_a_german_number_gives_itself_back(number: object) -> None:
    found = decimal_of(str(number).replace(".", ","))
    assert found is not None
    assert found[0] == number


@pytest.mark.parametrize("text", ["4 Helfer", "3 Lotsen", "12 Ehrenamtliche"])
def test_a_number_of_helpers_among_participants_is_marked(text: str) -> None:
    reading = read_count(text)
    assert reading.value == int(text.split()[0])
    assert reading.mark == "count_interpreted"


@pytest.mark.parametrize("text", ["240 1)", "240 ²", "240*"])
def test_a_mark_of_a_footnote_is_no_part_of_the_number(text: str) -> None:
    reading = read_number(text, False)
    assert (reading.value, reading.mark) == (240, "number_interpreted")
