"""Records no list names any more: they stay until a person says what became of them."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.model.deliveries import all_deliveries
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline import accept_delivery, export_state, preview_delivery
from etl.pipeline.authority import NeedsOffice, NotYours
from etl.pipeline.enter import EntryRefused
from etl.pipeline.export import as_json
from etl.pipeline.gone import gone_records, no_longer_named, say_gone, take_gone_back
from etl.pipeline.rebuild import rebuild_into
from tests.pipeline.test_authority import deliver as delivered
from tests.pipeline.workbooks import LERNPATEN, NOW, SPRACHCAFE, WOHNLOTSEN, measures, xlsx

OCTOBER, NOVEMBER, TODAY = dt.date(2026, 10, 1), dt.date(2026, 11, 1), NOW.date()
WORD = {"day": TODAY, "person": "Marietta Lühning", "reason": "Die Förderung ist ausgelaufen.", "now": NOW}


def titles(store: Store, day: dt.date | None = None) -> set[str]:
    with store.reading() as connection:
        return {str(known.value("title")) for known in state_on(connection, day).kind("measure").values()}


def asked(store: Store) -> list[str]:
    with store.reading() as connection:
        return list(no_longer_named(connection))


def deliver(store: Store, content: bytes, day: dt.date) -> None:
    delivered(store, content, "VHS", day=day)


@pytest.fixture
def key(store: Store) -> str:
    """Of the Wohnlotsen, which the second list no longer names."""
    deliver(store, measures(SPRACHCAFE, WOHNLOTSEN, LERNPATEN), OCTOBER)
    assert asked(store) == []
    deliver(store, measures(SPRACHCAFE, LERNPATEN), NOVEMBER)
    [found] = asked(store)
    return found


def test_it_stays_until_somebody_says_otherwise(store: Store, key: str) -> None:
    assert "Wohnlotsen" in titles(store)


def test_what_another_series_still_names_is_not_asked_about(store: Store, key: str) -> None:
    people = xlsx([("Maßnahme", "Anzahl Teilnehmende"), ("Wohnlotsen", 40)])
    deliver(store, people, NOVEMBER)
    with store.reading() as connection:
        assert len({row.series for row in all_deliveries(connection)}) == 2
        assert len(state_on(connection).kind("measure")) == 3, "known by its title"
    assert asked(store) == []


def test_what_ended_shows_how_and_is_not_asked_about_again(store: Store, key: str) -> None:
    say_gone(store, key, "ended", **WORD)
    with store.reading() as connection:
        known = state_on(connection).kind("measure")[key]
    assert known.value("status") == "completed"
    assert "gone" not in known.values
    assert asked(store) == []
    preview = preview_delivery(store, measures(SPRACHCAFE), "L.xlsx", partner="VHS", now=NOW)
    assert preview.comparison.counts()["measure"]["missing"] == 1, "only the Lernpaten"


def test_what_was_removed_is_hidden_from_that_day_on_and_keeps_its_past(store: Store, key: str) -> None:
    before = as_json(export_state(store, today=TODAY))
    entry = say_gone(store, key, "removed", **WORD).number
    assert titles(store) == {"Sprachcafé", "Lernpaten"}
    assert "Wohnlotsen" in titles(store, NOVEMBER)
    with store.reading() as connection:
        [gone] = gone_records(connection)
    assert (gone.record.value("title"), gone.how, gone.person, gone.reason) == (
        "Wohnlotsen",
        "removed",
        WORD["person"],
        WORD["reason"],
    )
    take_gone_back(store, entry, now=NOW)
    assert as_json(export_state(store, today=TODAY)) == before
    assert asked(store) == [key]


def test_a_later_list_that_names_it_again_brings_it_back_with_its_key(store: Store, key: str) -> None:
    say_gone(store, key, "removed", **WORD)
    deliver(store, measures(SPRACHCAFE, WOHNLOTSEN, LERNPATEN), TODAY + dt.timedelta(days=3))
    with store.reading() as connection:
        assert state_on(connection).kind("measure")[key].value("title") == "Wohnlotsen"
        assert gone_records(connection) == ()


def test_a_late_list_about_an_earlier_day_does_not(store: Store, key: str) -> None:
    say_gone(store, key, "removed", **WORD)
    deliver(store, measures(WOHNLOTSEN), OCTOBER + dt.timedelta(days=3))
    assert "Wohnlotsen" not in titles(store)


def test_merging_names_the_other_record_of_the_same_partner(store: Store, key: str) -> None:
    with store.reading() as connection:
        other = next(k for k, m in state_on(connection).kind("measure").items() if m.value("title") == "Lernpaten")
    for wrong in (None, key, "measure-99999", "partner-00001"):
        with pytest.raises(EntryRefused):
            say_gone(store, key, "merged", into=wrong, **WORD)
    say_gone(store, key, "merged", into=other, **WORD)
    assert titles(store) == {"Sprachcafé", "Lernpaten"}
    with store.reading() as connection:
        assert gone_records(connection)[0].into == other


def test_every_word_has_a_reason_and_is_about_something_there(store: Store, key: str) -> None:
    for changed in ({"reason": " "}, {"how": "burnt"}, {"key": "measure-99999"}):
        asked_for = {"key": key, "how": "removed", **WORD, **changed}
        with pytest.raises(EntryRefused):
            say_gone(store, **asked_for)
    say_gone(store, key, "removed", **WORD)
    with pytest.raises(EntryRefused):
        say_gone(store, key, "removed", **WORD)


def test_a_partner_speaks_of_its_own_records_only(store: Store, key: str) -> None:
    other = delivered(store, measures(WOHNLOTSEN), "Diakonie")
    assert other
    with pytest.raises(NotYours):
        say_gone(store, key, "removed", for_partner="partner-00002", **WORD)
    with pytest.raises(NotYours):
        say_gone(store, "partner-00002", "removed", for_partner="partner-00002", **WORD)
    entry = say_gone(store, key, "removed", for_partner="partner-00001", **WORD).number
    with pytest.raises(NotYours):
        take_gone_back(store, entry, now=NOW, for_partner="partner-00002")
    take_gone_back(store, entry, now=NOW, for_partner="partner-00001")


def test_a_partner_the_office_removed_is_not_brought_back_by_another(store: Store, key: str) -> None:
    delivered(store, measures(WOHNLOTSEN), "Diakonie")
    say_gone(store, "partner-00002", "removed", **WORD)
    listed = xlsx([("Organisation", "Ort"), ("Diakonie", "Lindenau")], "Partner")
    preview = preview_delivery(store, listed, "P.xlsx", partner="VHS", now=NOW)
    with pytest.raises(NeedsOffice):
        accept_delivery(store, preview, now=NOW, for_partner="partner-00001")


def test_the_words_are_there_again_in_a_rebuilt_store(store: Store, sqlite_store: Store, key: str) -> None:
    say_gone(store, key, "removed", **WORD)
    rebuild_into(store, sqlite_store)
    for day in (None, NOVEMBER):
        assert export_state(sqlite_store, day=day, today=TODAY) == export_state(store, day=day, today=TODAY)
