"""Values as people read them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from etl.wording import formatted, say

DAY = dt.date(2027, 3, 14)


@pytest.mark.parametrize(
    ("form", "value", "german", "english"),
    [
        ("money", Decimal("62000"), "62.000 €", "€62,000"),
        ("money", Decimal("1234.5"), "1.234,50 €", "€1,234.50"),
        ("money", Decimal("-80"), "-80 €", "-€80"),
        ("money2", Decimal("62000"), "62.000,00 €", "€62,000.00"),
        ("percent1", Decimal("0.512"), "51,2 %", "51.2%"),
        ("percent", 0.5, "50 %", "50%"),
        ("count", 12345, "12.345", "12,345"),
        ("number", Decimal("9.60"), "9,6", "9.6"),
        ("signed", Decimal("-3.2"), "−3,2", "−3.2"),
        ("signed", 4, "+4", "+4"),
        ("signed", 0, "±0", "±0"),
        ("date", DAY, "14. März 2027", "14 March 2027"),
        ("day_month", DAY, "14. März", "14 March"),
        ("short_date", DAY, "14.03.2027", "14/03/2027"),
        ("weekday_date", DAY, "Sonntag, 14. März 2027", "Sunday, 14 March 2027"),
        ("month_year", dt.date(2027, 6, 1), "06/2027", "06/2027"),
        ("time", dt.datetime(2027, 1, 5, 7, 15, tzinfo=dt.UTC), "8:15 Uhr", "8:15"),
        ("instant", dt.datetime(2027, 7, 5, 22, 15, tzinfo=dt.UTC), "6. Juli 2027, 0:15 Uhr", "6 July 2027, 0:15"),
        ("list", ["A", "B", "C"], "A, B und C", "A, B and C"),
        ("list", ["A", "B"], "A und B", "A and B"),
        ("list", ["A"], "A", "A"),
        ("list", [], "", ""),
        ("quoted", "läuft", "„läuft“", "“läuft”"),
        ("plain", 2027, "2027", "2027"),
        ("", 2027, "2.027", "2,027"),
        ("", DAY, "14. März 2027", "14 March 2027"),
    ],
)
def test_a_value_reads_as_in_its_language(form: str, value: object, german: str, english: str) -> None:
    assert formatted("de", value, form).replace("\u00a0", " ") == german
    assert formatted("en", value, form).replace("\u00a0", " ") == english


def test_number_and_unit_and_day_and_month_are_never_parted() -> None:
    assert formatted("de", 5, "money") == "5\u00a0€"
    assert formatted("de", 0.5, "percent") == "50\u00a0%"
    assert formatted("de", DAY, "date") == "14.\u00a0März 2027"


@pytest.mark.parametrize(
    ("form", "number", "german", "english"),
    [
        ("words", 11, "elf", "eleven"),
        ("words", 12, "zwölf", "twelve"),
        ("words", 13, "13", "13"),
        ("words20", 18, "achtzehn", "eighteen"),
        ("words20", 21, "21", "21"),
        ("Words", 11, "Elf", "Eleven"),
        ("words_f", 1, "eine", "one"),
        ("words_m", 1, "ein", "one"),
        ("words_m_acc", 1, "einen", "one"),
        ("words_f_dat", 1, "einer", "one"),
        ("Words_f", 0, "Keine", "No"),
        ("words_n_dat", 0, "keinen", "no"),
        ("Words_own_n", 1, "Eines", "One"),
        ("Words_own_n", 0, "Keines", "None"),
        ("words_f", 2, "zwei", "two"),
        ("words", -3, "-3", "-3"),
    ],
)
def test_small_numbers_are_words_with_their_ending(form: str, number: int, german: str, english: str) -> None:
    assert formatted("de", number, form) == german
    assert formatted("en", number, form) == english


def test_a_missing_value_has_no_form() -> None:
    with pytest.raises(AssertionError):
        formatted("de", None, "money")


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(AssertionError, match="unknown form"):
        formatted("de", 1, "dollars")


@pytest.mark.parametrize(
    ("key", "values", "german"),
    [
        ("deliveries.policy.first", {"n": 1, "names": ["VHS e. V."]}, "sehen Sie zuerst an bei VHS e. V."),
        (
            "deliveries.policy.first",
            {"n": 2, "names": ["VHS e. V.", "Awo"]},
            "sehen Sie zuerst an bei VHS e. V. und Awo.",
        ),
        ("clarify.told.decided", {}, "Es lässt sich zurücknehmen."),
        ("clarify.pair.decided.two", {"person": "A", "day": DAY, "reason": "Ja."}, "Grund: „Ja.“"),
        ("clarify.pair.decided.two", {"person": "A", "day": DAY, "reason": "Ja"}, "Grund: „Ja“."),
    ],
)
def test_a_name_that_ends_in_a_full_stop_ends_its_sentence(key: str, values: dict[str, object], german: str) -> None:
    assert say("de", key, **values).endswith(german)
