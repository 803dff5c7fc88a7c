import datetime as dt
from functools import partial

import pytest

from dashboard.answers.measures import all_rows, measure_list
from dashboard.answers.selection import Selection
from dashboard.parts.measures import age_words, measure_download, measure_table
from etl.wording import say
from tests.dashboard.pictures import a_measure, a_picture

GERMAN = partial(say, "de")


def shown(*measures: object, language: str = "de") -> str:
    return str(measure_table(measure_list(a_picture(measures=measures), Selection()), partial(say, language), language))


def test_a_title_from_a_workbook_can_not_become_markup() -> None:
    html = shown(a_measure("1", "<script>alert(1)</script>", lead="<img src=x onerror=alert(2)>"))
    assert "<script>" not in html
    assert "<img" not in html


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_status_and_rating_has_its_word_in_the_row(language: str) -> None:
    html = shown(
        a_measure("1", "A"),
        a_measure("2", "B", status="in Klärung"),
        a_measure("3", "C", status=None),
        language=language,
    )
    assert say(language, "status.running") in html
    assert "in Klärung" in html
    assert say(language, "status.unknown") in html


def test_an_end_is_only_as_exact_as_it_was_said() -> None:
    html = shown(
        a_measure("1", "A", end=dt.date(2027, 6, 30)),
        a_measure("2", "B", end=dt.date(2028, 12, 31), end_precision="year"),
        a_measure("3", "C"),
        a_measure("4", "D", status="permanent"),
    )
    for words in ("bis 06/2027", "bis 2028", "Ende offen", "dauerhaft"):
        assert words in html


def test_age_is_told_in_days_and_after_four_months_in_months() -> None:
    assert age_words(0, GERMAN) == "heute"
    assert age_words(51, GERMAN) == "vor 51\u00a0Tagen"
    assert age_words(213, GERMAN) == "vor 7\u00a0Monaten"


def test_a_selection_without_measures_says_so_and_offers_the_way_back() -> None:
    html = str(measure_table(measure_list(a_picture(measures=()), Selection()), GERMAN, "de"))
    assert "Keine Maßnahme passt" in html
    assert 'data-go="liste"' in html


def test_the_download_holds_every_row_found_not_only_the_page_shown() -> None:
    picture = a_picture(measures=tuple(a_measure(f"{i:03}", f"M {i:03}") for i in range(60)))
    table = measure_download(lambda: list(all_rows(picture, Selection())), GERMAN, "de")
    assert len(list(table.rows())) == 60
    assert all(len(row) == len(table.headings) for row in table.rows())
