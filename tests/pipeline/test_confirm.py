"""A partner says that nothing changed: fresh is not new, and each value keeps its source."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.model.state import Known, state_on
from etl.model.store import Store
from etl.pipeline import accept_delivery, export_state, preview_delivery, undo_delivery
from etl.pipeline.confirm import confirm, own_records, seen_of
from etl.pipeline.enter import EntryRefused, undo_entry
from etl.pipeline.picture.facts import facts_of
from etl.pipeline.picture.rated import load_thresholds
from etl.pipeline.rebuild import rebuild_into
from etl.rules.facts import Facts, Round
from etl.rules.gaps import not_reported_since, partners_expected, reported_in_round
from etl.rules.ratings import rate_measure
from tests.pipeline.workbooks import LERNPATEN, NOW, SPRACHCAFE, WOHNLOTSEN, measures

SPRING, AUTUMN, LATER = dt.date(2025, 4, 1), dt.date(2026, 10, 1), dt.date(2026, 11, 1)
TITLE = str(SPRACHCAFE[1])


def deliver(store: Store, content: bytes, day: dt.date, hours: int = 0) -> int:
    now = NOW + dt.timedelta(hours=hours)
    preview = preview_delivery(store, content, "liste.xlsx", partner="VHS", day=day, now=now)
    number = accept_delivery(store, preview, now=now).number
    assert number is not None
    return number


def vhs(store: Store) -> str:
    with store.reading() as connection:
        found = state_on(connection, kinds=["partner"]).kind("partner").values()
    return next(known.key for known in found if known.value("name") == "VHS")


def say_unchanged(store: Store, day: dt.date = AUTUMN, *, hours: int = 1, record: str | None = None) -> int:
    now = NOW + dt.timedelta(hours=hours)
    return confirm(store, vhs(store), day=day, person="Marietta Lühning", now=now, record=record)


def facts(store: Store, day: dt.date, known_on: dt.datetime | None = None) -> Facts:
    with store.reading() as connection:
        return facts_of(connection, state_on(connection, day, known_on), day)


def measure_of(store: Store, title: str = TITLE, known_on: dt.datetime | None = None) -> Known:
    with store.reading() as connection:
        found = state_on(connection, LATER, known_on).kind("measure").values()
    return next(known for known in found if known.value("title") == title)


def test_confirming_everything_makes_all_of_a_partner_fresh_and_changes_nothing(store: Store) -> None:
    first = deliver(store, measures(SPRACHCAFE, WOHNLOTSEN), SPRING)
    before = measure_of(store).values
    number = say_unchanged(store)
    known = measure_of(store)
    assert known.values == before
    assert {statement.delivery for statement in known.holds.values()} == {first}, "each value keeps its cell"
    assert {m.reported_on for m in facts(store, LATER).measures} == {AUTUMN}
    assert {m.confirmed_on for m in facts(store, LATER).measures} == {AUTUMN}
    assert known.said[-1].entry == number


def test_a_rating_that_was_too_old_stands_again_after_the_confirmation(store: Store) -> None:
    deliver(store, measures(SPRACHCAFE), SPRING)
    thresholds = load_thresholds()

    def rule() -> str:
        now = facts(store, LATER)
        return rate_measure(now.measures[0], now, thresholds).rule

    assert rule() == "report_too_old"
    number = say_unchanged(store)
    assert rule() != "report_too_old"
    undo_entry(store, number, now=NOW + dt.timedelta(hours=2))
    assert rule() == "report_too_old"


def test_one_record_is_confirmed_alone_and_is_no_report_of_the_partner(store: Store) -> None:
    deliver(store, measures(SPRACHCAFE, WOHNLOTSEN), SPRING)
    say_unchanged(store, record=measure_of(store).key)
    now = facts(store, LATER)
    assert sorted(m.reported_on for m in now.measures if m.reported_on) == [SPRING, AUTUMN]
    assert now.confirmed == {}


def test_who_confirmed_everything_has_reported_in_the_round(store: Store) -> None:
    deliver(store, measures(SPRACHCAFE), SPRING)
    autumn = Round("Herbst", AUTUMN, AUTUMN)
    rounds = (Round("Frühjahr", SPRING, SPRING), autumn)

    def reported() -> int:
        now = facts(store, LATER)
        there, expected = reported_in_round(Facts(**{**_parts(now), "rounds": rounds}), autumn)
        assert expected == partners_expected(now)
        return len(there)

    assert reported() == 0
    assert len(not_reported_since(facts(store, LATER), AUTUMN)) == 1
    number = say_unchanged(store)
    assert reported() == 1
    undo_entry(store, number, now=NOW + dt.timedelta(hours=2))
    say_unchanged(store, LATER, hours=3)
    assert reported() == 1, "late is not missing"
    assert not_reported_since(facts(store, LATER), AUTUMN) == ()


def _parts(facts: Facts) -> dict[str, object]:
    return {name: getattr(facts, name) for name in facts.__dataclass_fields__}


def test_before_it_was_known_nothing_was_confirmed(store: Store) -> None:
    deliver(store, measures(SPRACHCAFE), SPRING)
    say_unchanged(store, hours=5)
    assert facts(store, LATER, NOW + dt.timedelta(hours=4)).measures[0].reported_on == SPRING
    assert facts(store, SPRING).measures[0].confirmed_on is None


def test_a_file_about_an_earlier_day_that_comes_later_does_not_undo_what_was_confirmed(store: Store) -> None:
    deliver(store, measures(SPRACHCAFE), SPRING)
    confirmed = measure_of(store).value("participants_actual")
    say_unchanged(store)
    deliver(store, measures((*SPRACHCAFE[:6], 99, 12500)), dt.date(2026, 7, 1), hours=2)
    assert measure_of(store).value("participants_actual") == confirmed


def test_a_file_about_the_day_of_the_confirmation_corrects_it_without_a_contradiction(store: Store) -> None:
    deliver(store, measures(SPRACHCAFE), SPRING)
    say_unchanged(store)
    deliver(store, measures((*SPRACHCAFE[:6], 99, 12500)), AUTUMN, hours=2)
    known = measure_of(store)
    assert known.value("participants_actual") == 99
    assert known.contested == {}


def test_what_was_confirmed_outlives_the_file_it_was_read_from(store: Store) -> None:
    first = deliver(store, measures(SPRACHCAFE), SPRING)
    before = measure_of(store).values
    say_unchanged(store)
    undo_delivery(store, first, now=NOW + dt.timedelta(hours=2))
    assert measure_of(store).values == before


def test_the_same_file_after_a_confirmation_says_unchanged(store: Store) -> None:
    content = measures(SPRACHCAFE)
    deliver(store, content, SPRING)
    say_unchanged(store)
    later = NOW + dt.timedelta(hours=2)
    assert preview_delivery(store, content, "liste.xlsx", partner="VHS", day=SPRING, now=later).outcome == "unchanged"


def test_a_second_click_and_what_came_in_between_are_refused(store: Store) -> None:
    deliver(store, measures(SPRACHCAFE), SPRING)
    partner = vhs(store)
    with store.reading() as connection:
        seen = seen_of(own_records(state_on(connection, LATER), partner))
    deliver(store, measures(SPRACHCAFE, LERNPATEN), AUTUMN, hours=1)
    with pytest.raises(EntryRefused, match="changed_since"):
        confirm(store, partner, day=LATER, person="m", now=NOW + dt.timedelta(hours=2), seen=seen)
    say_unchanged(store, LATER, hours=3)
    with pytest.raises(EntryRefused, match="confirmed_already"):
        say_unchanged(store, LATER, hours=4)


def test_there_must_be_something_to_confirm(store: Store) -> None:
    deliver(store, measures(SPRACHCAFE), AUTUMN)
    with pytest.raises(EntryRefused, match="nothing_to_confirm"):
        confirm(store, "partner-00099", day=LATER, person="m", now=NOW)
    with pytest.raises(EntryRefused, match="nothing_to_confirm"):
        say_unchanged(store, SPRING)


def test_a_rebuild_confirms_again(store: Store, sqlite_store: Store) -> None:
    deliver(store, measures(SPRACHCAFE, WOHNLOTSEN), SPRING)
    say_unchanged(store, record=measure_of(store).key)
    wrong = say_unchanged(store, hours=2)
    undo_entry(store, wrong, now=NOW + dt.timedelta(hours=3))
    say_unchanged(store, LATER, hours=4)
    rebuild_into(store, sqlite_store)
    assert export_state(sqlite_store, today=LATER) == export_state(store, today=LATER)
    assert facts(sqlite_store, LATER) == facts(store, LATER)
