from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.stages.readings.dates import read_date, read_period
from etl.stages.readings.stretches import from_serial
from tests.stages.readings.tables import DAY


def start_and_end(text: str) -> tuple[object, object]:
    fields = read_period(text, DAY).fields
    return fields.get("start"), fields.get("end")


@pytest.mark.parametrize(
    "text",
    [
        "12/13/14",
        "31.06.2026",
        "01/09/26",
        "2010/11",
        "Schuljahr 2026",
        "01.09.2026; 15.10.2026",
        "5/12",
        "bis",
    ],
)
def test_a_date_that_would_be_a_guess_is_asked_about(text: str) -> None:
    reading = read_date(text, False, DAY)
    assert (reading.problem, dict(reading.fields)) == ("date_unreadable", {})


@pytest.mark.parametrize(
    ("text", "proposal"),
    [("31.06.2026", "2026-06-30"), ("01/09/26", "2026-09-01"), ("siehe Bescheid vom 3.9.2026", "2026-09-03")],
)
def test_what_was_probably_meant_is_proposed_and_not_taken(text: str, proposal: str) -> None:
    assert read_date(text, False, DAY).proposal == proposal


@pytest.mark.parametrize(
    ("text", "end", "value"),
    [
        ("nächste Sitzung am 05.11.2026", True, "2026-11-05"),
        ("Pacht bis 30.11.2028", True, "2028-11-30"),
        ("Pacht bis 30.11.2028", False, None),
        ("probeweise ab Januar, Bericht bis 31.03.2027", True, "2027-03-31"),
        ("Das war im September 2021", False, "2021-09-01"),
        ("Start im September 2026", True, None),
        ("nicht vor 2028", True, None),
        ("abgesagt am 05.11.2026", True, None),
    ],
)
def test_the_only_date_of_a_sentence_is_taken_and_marked(text: str, end: bool, value: str | None) -> None:
    reading = read_date(text, end, DAY)
    assert reading.fields.get("value") == value
    assert value is None or reading.mark == "date_interpreted"


def test_a_start_in_a_month_is_the_month_and_not_its_first_days() -> None:
    assert read_date("Start im September 2026", False, DAY).fields == {"value": "2026-09-01", "precision": "month"}


def test_a_number_shown_as_a_date_in_1905_is_asked_whether_it_is_a_year() -> None:
    reading = read_date(dt.date(1905, 7, 18), False, DAY)
    assert (reading.problem, reading.proposal) == ("date_unreadable", "2026")


@pytest.mark.parametrize(
    "text", ["09/10/2026", "Herbst 2026", "46266", "Mitte 2027", "2026/27", "5/26", "ca. 2027", "ab sofort"]
)
def test_a_date_that_could_be_read_otherwise_is_marked(text: str) -> None:
    assert read_date(text, False, DAY).mark == "date_interpreted"


@pytest.mark.parametrize(
    "text",
    [
        "1. September 2026",
        "01.09.26",
        "01.09.2026",
        "2026-09-01",
        "1 September 2026",
        "September 1, 2026",
        "13/09/2026",
        "Sept. 2026",
        "09/2026",
    ],
)
def test_a_plain_date_needs_no_mark(text: str) -> None:
    reading = read_date(text, False, DAY)
    assert (reading.mark, reading.problem) == (None, None)


def test_a_month_begins_on_its_first_and_ends_on_its_last_day() -> None:
    assert read_date("02/2028", False, DAY).fields == {"value": "2028-02-01", "precision": "month"}
    assert read_date("02/2028", True, DAY).fields == {"value": "2028-02-29", "precision": "month"}


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("September - November 2026", "2026-09-01", "2026-11-30"),
        ("01.09. - 30.11.2026", "2026-09-01", "2026-11-30"),
        ("Q1-Q3 2026", "2026-01-01", "2026-09-30"),
        ("Q1-3/2026", "2026-01-01", "2026-09-30"),
        ("KW 38-40/2026", "2026-09-14", "2026-10-04"),
        ("von 09/2026 bis 08/2027", "2026-09-01", "2027-08-31"),
        ("Herbst 2026 bis Frühjahr 2027", "2026-09-01", "2027-05-31"),
        ("01.01.2019 – unbefristet", "2019-01-01", None),
        ("September 2026 bis Ende 2027", "2026-09-01", "2027-12-31"),
        ("Winter 2026/27", "2026-12-01", "2027-02-28"),
        ("2026-28", "2026-01-01", "2028-12-31"),
        ("noch bis 30.06.2027", None, "2027-06-30"),
    ],
)
def test_a_period_borrows_what_its_first_half_lacks(text: str, start: str | None, end: str | None) -> None:
    assert start_and_end(text) == (start, end)


@given(
    st.dates(dt.date(1954, 11, 1), dt.date(2099, 12, 31)),
    st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%d. %m. %Y", "%d.%m.%Y (geplant)"]),
)
def test_a_written_date_gives_the_day_back(date: dt.date, form: str) -> None:
    assert read_date(date.strftime(form), False, DAY).value == date.isoformat()


@given(st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31)))
def test_a_stored_date_and_its_serial_number_give_the_day_back(date: dt.date) -> None:
    serial = (date - dt.date(1899, 12, 30)).days
    assert from_serial(serial) == date
    assert read_date(date, True, DAY).value == read_date(serial, True, DAY).value == date.isoformat()


@given(st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31)), st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31)))
def test_a_written_period_gives_both_days_back(first: dt.date, last: dt.date) -> None:
    text = f"{first:%d.%m.%Y} – {last:%d.%m.%Y}"
    assert start_and_end(text) == (first.isoformat(), last.isoformat())


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Ende Juli", "2026-07-31"),
        ("KW 36", "2026-09-06"),
        ("31.8.", "2026-08-31"),
        ("vor Weihnachten", "2026-12-24"),
        ("Frühjahr", "2027-05-31"),
        ("Ostern 27", "2027-03-28"),
        ("Ende Febr. 27", "2027-02-28"),
        ("Ende 27", "2027-12-31"),
    ],
)
def test_a_day_without_a_year_is_of_the_year_of_its_list_and_marked(text: str, last: str) -> None:
    reading = read_date(text, True, dt.date(2026, 11, 2))
    assert (reading.value, reading.mark) == (last, "date_interpreted")


@pytest.mark.parametrize(("text", "first"), [("ab Advent", "2026-11-29"), ("nach Neujahr", "2027-01-01")])
def test_feasts_are_days_too(text: str, first: str) -> None:
    reading = read_date(text, False, dt.date(2026, 11, 2))
    assert (reading.value, reading.mark) == (first, "date_interpreted")


@pytest.mark.parametrize("text", ["Mo", "12", "im Herbst oder später", "5/12", "nach Absprache"])
def test_what_names_no_day_gets_no_year(text: str) -> None:
    assert read_date(text, True, dt.date(2026, 11, 2)).value is None
