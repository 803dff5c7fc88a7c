import datetime as dt
from decimal import Decimal
from functools import partial

import pytest

from dashboard.answers.coverage import course
from dashboard.answers.funding import endings, sources
from dashboard.answers.funding_dates import due_dates
from dashboard.answers.selection import Selection
from dashboard.parts.funding import course_notes, endings_download, endings_table
from dashboard.parts.funding_dates import dates_table
from dashboard.parts.funding_sources import sources_table, sums_markup
from dashboard.parts.money_checks import twice_told
from etl.rules.facts import Money
from etl.wording import say
from tests.dashboard.pictures import a_funding, a_measure, a_picture

GERMAN = partial(say, "de")
PERIOD = {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 12, 31)}


def test_names_of_fundings_can_not_become_markup() -> None:
    picture = a_picture(fundings=(a_funding("1", "<b onclick=x>", follow_up="<i>bald</i>", **PERIOD),))
    parts = [
        endings_table(endings(picture), GERMAN, "de"),
        sources_table(sources(picture, Selection()), GERMAN, "de"),
        dates_table(due_dates(picture), picture.thresholds, GERMAN, "de"),
    ]
    assert all("<b onclick" not in str(part) and "<i>" not in str(part) for part in parts)


def test_an_amount_says_whether_it_is_a_total_or_per_year_or_per_month() -> None:
    amounts = (Money(Decimal(100)), Money(Decimal(200), "year"), Money(Decimal(300), "month", True))
    fundings = tuple(a_funding(str(i), f"F{i}", level="state", granted=m, **PERIOD) for i, m in enumerate(amounts))
    html = str(sums_markup(sources(a_picture(fundings=fundings), Selection()), Selection(), GERMAN, "de"))
    for words in ("100\u00a0€ gesamt", "200\u00a0€ im Jahr", "300\u00a0€ im Monat"):
        assert words in html


def test_an_open_follow_up_is_named_so() -> None:
    html = str(endings_table(endings(a_picture(fundings=(a_funding("1", "Land", **PERIOD),))), GERMAN, "de"))
    assert "<b>Anschlussfinanzierung offen</b>" in html


def test_a_computed_date_says_how_it_was_computed() -> None:
    picture = a_picture(fundings=(a_funding("1", "Land", **PERIOD),))
    html = str(dates_table(due_dates(picture), picture.thresholds, GERMAN, "de"))
    assert "berechnet: sechs Monate nach dem Ende" in html


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        (0, "Von keiner laufenden Maßnahme lassen sich Kosten je Monat sagen"),
        (1, "Nicht im Bild: eine laufende Maßnahme ohne genannte Kosten."),
        (3, "Eine Förderung zählt hier vermutlich zweimal"),
    ],
)
def test_the_chart_says_on_how_many_measures_the_need_rests(stated: int, words: str) -> None:
    cost = Money(Decimal(5), "month")
    measures = tuple(a_measure(str(i), f"M{i}", cost=cost if i < stated else None) for i in range(2))
    twice = twice_told(int(stated == 3), 0, GERMAN, decides=False)
    html = course_notes(course(a_picture(measures=measures)), twice, GERMAN).striptags()
    assert words in html
    assert ("Nicht im Bild" in html) == (stated < 2)


def test_a_cost_without_period_is_told_apart_from_no_cost_at_all() -> None:
    measures = (a_measure("c", "Chor", cost=Money(Decimal(900))), a_measure("k", "Kurs"))
    html = course_notes(course(a_picture(measures=measures)), (), GERMAN)
    assert "eine laufende Maßnahme ohne genannte Kosten" in html
    assert "eine laufende Maßnahme mit Kosten, aber ohne Zeitraum" in html
    assert 'data-go="summe:without_period"' in html


def test_what_is_built_once_is_named_beside_the_chart_and_leads_to_the_measure() -> None:
    measures = (a_measure("b", "Umbau der Unterkunft", cost=Money(Decimal(900_000)), **PERIOD), a_measure("m", "Kurs"))
    html = str(course_notes(course(a_picture(measures=measures)), (), GERMAN))
    assert "eine einmalige Maßnahme (Bau, Anschaffung) mit ihrem Geld" in html
    assert 'data-go="summe:one_off"' in html


def test_the_download_of_endings_has_all_of_them() -> None:
    picture = a_picture(fundings=tuple(a_funding(f"{i}", f"F{i}", **PERIOD) for i in range(9)))
    assert len(list(endings_download(lambda: endings(picture), GERMAN, "de").rows())) == 9
