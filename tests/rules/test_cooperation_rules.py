"""How a cooperation is agreed, how long it goes on, and where it stays."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.rules.cooperation_rules import agreed, reach, renewal
from etl.rules.facts import Cooperation, Facts, Partner
from etl.vocabulary import normalise
from tests.rules.network import THRESHOLDS

DAY = dt.date(2026, 11, 10)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("unterzeichnet am 3. Februar 2026", "signed"),
        ("Vertrag, noch nicht unterschrieben", "written"),
        ("liegt zur Unterschrift bei der Landrätin", "written"),
        ("mündliche Absprache", "spoken"),
        ("Pastoralverbund, Rahmenvertrag", "written"),
        ("schriftlich, keine Frist", "written"),
        ("keine schriftliche Vereinbarung", "none"),
        ("in Vorbereitung", "none"),
        ("Kooperationsvertrag vom 1.8.2024", "written"),
        (True, "written"),
        (False, "none"),
    ],
)
def test_what_lists_say_under_agreement(said: str | bool, expected: str) -> None:
    words = normalise(said) if isinstance(said, str) else said
    assert agreed(words, None, "active") == expected


@pytest.mark.parametrize(
    ("said", "type_", "status", "words", "expected"),
    [
        (None, "written_agreement", "active", "kooperationsvereinbarung", "written"),
        (None, "written_agreement", "negotiation", "", None),
        (None, "informal", "active", "muendlich", "spoken"),
        (None, "informal", "active", "informell", None),
        (None, None, None, "", None),
        (False, "informal", "active", "muendliche absprache", "spoken"),
        (True, "written_agreement", "active", "vertrag unterzeichnet", "signed"),
    ],
)
def test_type_and_status_say_it_where_nobody_answered(
    said: bool | None, type_: str | None, status: str | None, words: str, expected: str | None
) -> None:
    assert agreed(said, type_, status, words) == expected


@pytest.mark.parametrize(
    ("start", "end", "status", "expected"),
    [
        (None, dt.date(2026, 11, 9), "active", "over"),
        (None, DAY, "active", "soon"),
        (None, dt.date(2027, 5, 10), "active", "soon"),
        (None, dt.date(2027, 5, 11), "active", None),
        (None, None, "active", None),
        (dt.date(2026, 8, 1), dt.date(2024, 7, 31), "active", "dates"),
        (None, dt.date(2020, 1, 1), "ended", None),
    ],
)
def test_when_an_agreement_is_to_be_renewed(
    start: dt.date | None, end: dt.date | None, status: str, expected: str | None
) -> None:
    cooperation = Cooperation(key="c", title="Lotsen", start=start, end=end, status=status)
    assert renewal(cooperation, Facts(day=DAY), THRESHOLDS) == expected


@pytest.mark.parametrize(
    ("places", "expected"),
    [(("inside", "inside"), "inward"), (("inside", "outside"), "outward"), (("inside", None), None), ((), None)],
)
def test_where_a_cooperation_stays(places: tuple[str | None, ...], expected: str | None) -> None:
    partners = [Partner(key=str(n), name="x", administration=place) for n, place in enumerate(places)]
    assert reach(partners) == expected
