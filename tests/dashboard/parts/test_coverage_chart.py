import datetime as dt
from decimal import Decimal

import pytest

from dashboard.answers.coverage import course
from dashboard.parts.coverage_chart import coverage_chart
from dashboard.parts.coverage_words import band_label, chart_message
from etl.rules.facts import Money
from tests.dashboard.pictures import a_funding, a_measure, a_picture


def a_course(name: str = "Landesmittel Wohnlotsen") -> object:
    money = Money(Decimal(5200), "month")
    return course(
        a_picture(
            fundings=(a_funding("1", name, level="state", granted=money, end=dt.date(2027, 2, 28)),),
            measures=(a_measure("m", "Wohnlotsen", cost=money, start=dt.date(2026, 1, 1)),),
        )
    )


def test_a_band_says_name_amount_and_end() -> None:
    assert band_label(a_course().bands[0], "de") == "Landesmittel Wohnlotsen 5.200\u00a0€ bis Februar\u00a02027"


@pytest.mark.parametrize(("language", "words"), [("de", "Ab März\u00a02027 fehlen 5.200\u00a0€"), ("en", "€5,200")])
def test_who_does_not_see_the_chart_hears_what_is_missing_from_when_on(language: str, words: str) -> None:
    assert words in chart_message(a_course(), language)


@pytest.mark.parametrize("dark", [False, True])
def test_the_chart_is_complete_in_both_themes_and_asks_no_foreign_host(dark: bool) -> None:
    spec = coverage_chart(a_course('Quote " und \\ Backslash'), "de", dark=dark).to_json(ensure_ascii=False)
    assert "Okt\u00a027" in spec
    assert "fehlen 5.200\u00a0€" in spec
    assert "http" not in spec.replace("https://vega.github.io/schema", "")


def test_without_money_and_need_there_is_no_chart() -> None:
    assert course(a_picture()).empty


def test_permanent_money_says_so_and_money_beyond_the_window_names_no_end() -> None:
    fundings = (
        a_funding("1", "Kommune", granted=Money(Decimal(18000), "month"), open_end=True),
        a_funding("2", "EU", granted=Money(Decimal(9000), "month"), end=dt.date(2031, 12, 31)),
    )
    found = course(a_picture(fundings=fundings))
    assert [band_label(band, "de") for band in found.bands] == ["Kommune 18.000\u00a0€, dauerhaft", "EU 9.000\u00a0€"]
    assert "fehlen" not in chart_message(found, "de")
