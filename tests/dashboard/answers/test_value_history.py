"""The history of one value: both clocks, corrections apart from news, what was taken back."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard.answers.picture import picture
from dashboard.answers.provenance import Eyes
from dashboard.answers.value_history import Told, history_of_value
from etl.model.store import Store
from etl.pipeline.undo import undo_delivery
from tests.dashboard.networks import HEADINGS, deliver, workbook

DAY = dt.date(2026, 11, 10)
OFFICE = Eyes(office=True)
SPRING, AUTUMN = dt.date(2026, 4, 1), dt.date(2026, 10, 1)


def tell(store: Store, reached: int, day: dt.date, file: str) -> None:
    row = ("Mietlotsen", "läuft", None, None, 40, reached, None)
    deliver(store, file, workbook("Maßnahmen", HEADINGS, row), "Diakonie", day)


def history(store: Store, eyes: Eyes = OFFICE, known_on: dt.datetime | None = None) -> tuple[Told, ...]:
    seen = picture(store, DAY, known_on)
    return history_of_value(store, seen, seen.facts.measures[0].key, "participants_actual", eyes)


def steps(told: tuple[Told, ...]) -> list[tuple[dt.date, int, str, bool]]:
    return [(t.origin.day, t.origin.value, t.step, t.holds) for t in told]


def test_a_later_day_is_news_and_the_same_day_a_correction(sqlite_store: Store) -> None:
    tell(sqlite_store, 12, SPRING, "Fruehjahr.xlsx")
    tell(sqlite_store, 20, AUTUMN, "Herbst.xlsx")
    tell(sqlite_store, 21, AUTUMN, "Herbst_neu.xlsx")
    assert steps(history(sqlite_store)) == [
        (AUTUMN, 21, "correction", True),
        (AUTUMN, 20, "news", False),
        (SPRING, 12, "first", False),
    ]


def test_a_file_about_an_earlier_day_is_late_and_does_not_hold(sqlite_store: Store) -> None:
    tell(sqlite_store, 20, AUTUMN, "Herbst.xlsx")
    tell(sqlite_store, 12, SPRING, "Fruehjahr.xlsx")
    assert steps(history(sqlite_store)) == [(AUTUMN, 20, "first", True), (SPRING, 12, "late", False)]


def test_the_same_value_on_a_later_day_confirms(sqlite_store: Store) -> None:
    tell(sqlite_store, 12, SPRING, "Fruehjahr.xlsx")
    tell(sqlite_store, 12, AUTUMN, "Herbst.xlsx")
    assert [t.step for t in history(sqlite_store)] == ["confirmed", "first"]


@pytest.mark.parametrize(
    ("eyes", "shown"), [(OFFICE, 20), (Eyes(partner="own"), 20), (Eyes(role="member"), None), (Eyes(), None)]
)
def test_what_was_taken_back_stays_and_its_value_is_for_its_partner_and_the_office(
    sqlite_store: Store, eyes: Eyes, shown: int | None
) -> None:
    tell(sqlite_store, 12, SPRING, "Fruehjahr.xlsx")
    tell(sqlite_store, 20, AUTUMN, "Herbst.xlsx")
    undo_delivery(sqlite_store, 2, now=dt.datetime(2026, 11, 5, tzinfo=dt.UTC), by="Amt")
    own = picture(sqlite_store, DAY).facts.measures[0].partner
    undone, first = history(sqlite_store, Eyes(partner=own) if eyes.partner else eyes)
    assert undone.undone is not None
    assert not undone.holds
    assert (undone.origin.value, undone.withheld) == (shown, shown is None)
    assert "Herbst.xlsx" in str(undone) if shown else "Herbst.xlsx" not in str(undone)
    assert (first.origin.value, first.holds) == (12, True)


def test_a_correction_of_what_was_taken_back_is_news_again(sqlite_store: Store) -> None:
    tell(sqlite_store, 12, SPRING, "Fruehjahr.xlsx")
    tell(sqlite_store, 20, AUTUMN, "Herbst.xlsx")
    undo_delivery(sqlite_store, 2, now=dt.datetime(2026, 10, 5, tzinfo=dt.UTC), by="Amt")
    tell(sqlite_store, 21, AUTUMN, "Herbst_neu.xlsx")
    latest = history(sqlite_store)[0]
    assert (latest.origin.value, latest.step, latest.holds) == (21, "news", True)


def test_on_the_known_clock_nothing_later_is_told(sqlite_store: Store) -> None:
    tell(sqlite_store, 12, SPRING, "Fruehjahr.xlsx")
    before = history(sqlite_store)[0].origin.known
    tell(sqlite_store, 20, AUTUMN, "Herbst.xlsx")
    assert [t.origin.value for t in history(sqlite_store, known_on=before)] == [12]


def test_the_history_of_a_contact_is_for_its_partner_and_the_office(sqlite_store: Store) -> None:
    heads = ("Organisation", "Ansprechperson", "E-Mail", "Weitergabe an")
    row = ("Diakonie", "Frau Kern", "kern@example.org", "Netzwerk")
    deliver(sqlite_store, "Kontakte.xlsx", workbook("Partner", heads, row), "Diakonie", AUTUMN)
    seen = picture(sqlite_store, DAY)
    [contact] = seen.facts.contacts

    def told(eyes: Eyes) -> int:
        return len(history_of_value(sqlite_store, seen, contact.key, "email", eyes))

    assert told(OFFICE) == 1
    assert told(Eyes(partner=contact.partner, role="partner")) == 1
    assert told(Eyes(role="member")) == 0
    assert told(Eyes()) == 0
