"""The list of funding programmes: who may change it, what is refused, and that nothing is stored then."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from etl.model.programmes import programmes
from etl.model.store import Store
from etl.pipeline.programmes import ProgrammeRefused, store_programme
from etl.rules.programmes import Programme
from tests.signed_in import a_user

NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
HOUSING = Programme(
    0,
    "Landesfonds  Wohnen",
    "Ministerium",
    "state",
    applicants=("welfare",),
    fields=("field_of_action-00001",),
    own_share=Decimal("12.5"),
    most_per_year=Decimal(50000),
    longest_months=24,
    lead_months=4,
    deadline=dt.date(2027, 3, 31),
    yearly=True,
    note="Vorher anrufen.",
    seen_on=dt.date(2026, 11, 2),
)


def test_what_the_office_enters_is_read_back_and_what_it_changes_counts_from_then_on(store: Store) -> None:
    office = a_user(store, "amt", "coordinator")
    before = store.version()
    number = store_programme(store, office, HOUSING, now=NOW)
    known = _known(store)
    expected = replace(HOUSING, id=number, title="Landesfonds Wohnen", changed_by="Amt", changed_on=NOW.date())
    assert known == [expected]
    assert store.version() > before, "pictures are made anew"
    store_programme(store, office, replace(known[0], ended=True), now=NOW, seen=known[0])
    assert [one.ended for one in _known(store)] == [True]
    with pytest.raises(ProgrammeRefused) as refused:
        store_programme(store, office, replace(known[0], note="zu spät"), now=NOW, seen=known[0])
    assert refused.value.code == "changed_since"


@pytest.mark.parametrize("role", ["member", "leadership", "partner", "observer"])
def test_nobody_but_the_office_changes_the_list(sqlite_store: Store, role: str) -> None:
    person = a_user(sqlite_store, "wer", role, partner="partner-00001" if role == "partner" else None)
    with pytest.raises(ProgrammeRefused) as refused:
        store_programme(sqlite_store, person, HOUSING, now=NOW)
    assert (refused.value.code, _known(sqlite_store)) == ("not_allowed", [])


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"title": "  "}, "without_title"),
        ({"title": "x" * 401}, "without_title"),
        ({"own_share": Decimal(-1)}, "own_share"),
        ({"own_share": Decimal(101)}, "own_share"),
        ({"most_per_year": Decimal(-5)}, "amount"),
        ({"most_per_year": Decimal(100), "least_per_year": Decimal(9000)}, "amount"),
        ({"longest_months": 0}, "months"),
        ({"note": "x" * 2001}, "long_note"),
        ({"seen_on": dt.date(2026, 11, 11)}, "seen_ahead"),
        ({"lead_months": -1}, "months"),
        ({"id": 99}, "not_there"),
        ({"note": "BG-Nummer 12345BG0012345"}, "single_client"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_not_stored(
    sqlite_store: Store, said: dict[str, Any], code: str
) -> None:
    office = a_user(sqlite_store, "amt", "coordinator")
    with pytest.raises(ProgrammeRefused) as refused:
        store_programme(sqlite_store, office, replace(HOUSING, **said), now=NOW)
    assert (refused.value.code, _known(sqlite_store)) == (code, [])


def test_one_programme_of_one_funder_stands_once(sqlite_store: Store) -> None:
    office = a_user(sqlite_store, "amt", "coordinator")
    store_programme(sqlite_store, office, HOUSING, now=NOW)
    store_programme(sqlite_store, office, replace(HOUSING, funder="Stiftung"), now=NOW)
    with pytest.raises(ProgrammeRefused) as refused:
        store_programme(sqlite_store, office, replace(HOUSING, title="landesfonds wohnen"), now=NOW)
    assert refused.value.code == "taken"


def _known(store: Store) -> list[Programme]:
    with store.reading() as connection:
        return list(programmes(connection))
