"""Several people at the same moment: the same file twice, one fact twice, one decision twice, ten lists at once."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.answers import uploads
from etl.model.deliveries import all_deliveries
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline import Accepted, Preview, StaleComparison, accept_delivery, preview_delivery
from etl.pipeline.contradictions import open_contradictions, settle_contradiction
from etl.pipeline.judging import JudgementRefused
from etl.pipeline.merging import merge
from tests.pipeline.workbooks import NOW, SPRACHCAFE, book, measures

AUTUMN = dt.date(2026, 10, 1)
Outcome = Accepted | StaleComparison | JudgementRefused | int


def at_once(*calls: Callable[[], Accepted | int]) -> list[Outcome]:
    """What each call returns or refuses, all begun at the same moment."""
    gate = threading.Barrier(len(calls))

    def call(do: Callable[[], Accepted | int]) -> Outcome:
        gate.wait()
        try:
            return do()
        except (StaleComparison, JudgementRefused) as refused:
            return refused

    with ThreadPoolExecutor(len(calls)) as people:
        return list(people.map(call, calls))


def look(store: Store, content: bytes, partner: str = "VHS", day: dt.date = AUTUMN) -> Preview:
    return preview_delivery(store, content, "liste.xlsx", partner=partner, day=day, now=NOW)


def numbers(store: Store) -> list[int]:
    with store.reading() as connection:
        return [row.number for row in all_deliveries(connection)]


@pytest.mark.parametrize("known", [False, True], ids=["of a new partner", "of a known partner"])
def test_the_same_file_twice_at_the_same_moment_is_stored_once(store: Store, known: bool) -> None:
    if known:
        accept_delivery(store, look(store, measures(SPRACHCAFE), day=dt.date(2026, 4, 1)), now=NOW)
    content = measures((*SPRACHCAFE[:6], 55, 12500))
    previews = [look(store, content), look(store, content)]
    found = at_once(*(lambda p=p: accept_delivery(store, p, now=NOW) for p in previews))  # type: ignore[misc]
    assert sorted(one.outcome for one in found if isinstance(one, Accepted)) == ["accepted", "unchanged"]
    assert numbers(store) == list(range(1, 2 + known))


def test_of_two_accepts_that_touch_the_same_fact_one_is_stored_and_one_compared_anew(store: Store) -> None:
    accept_delivery(store, look(store, measures(SPRACHCAFE), day=dt.date(2026, 4, 1)), now=NOW)
    previews = [look(store, measures((*SPRACHCAFE[:6], number, 12500))) for number in (55, 66)]
    found = at_once(*(lambda p=p: accept_delivery(store, p, now=NOW) for p in previews))  # type: ignore[misc]
    assert {type(one) for one in found} == {Accepted, StaleComparison}
    assert numbers(store) == [1, 2]
    [stale] = [one for one in found if isinstance(one, StaleComparison)]
    assert accept_delivery(store, stale.preview, now=NOW).number == 3


def test_a_second_click_stores_nothing_more(store: Store) -> None:
    content = measures(SPRACHCAFE)
    waiting = uploads.receive(store, content, "liste.xlsx", partner="VHS", person="anna", at=NOW).waiting
    assert waiting is not None
    previews = [look(store, content), look(store, content)]
    accept = [lambda p=p: uploads.accept(store, waiting, p, now=NOW, by="anna") for p in previews]  # type: ignore[misc]
    outcomes = [one.outcome for one in at_once(*accept) if isinstance(one, Accepted)]
    assert sorted(outcomes) == ["accepted", "unchanged"]
    assert (numbers(store), uploads.waiting_for(store, "anna")) == ([1], [])


def test_ten_lists_of_ten_partners_at_once_are_all_stored(store: Store) -> None:
    previews = [
        look(store, measures((*SPRACHCAFE[:1], f"Kurs {n}", *SPRACHCAFE[2:])), f"Verein {n}") for n in range(10)
    ]
    found = at_once(*(lambda p=p: accept_delivery(store, p, now=NOW) for p in previews))  # type: ignore[misc]
    assert sorted(one.number or 0 for one in found if isinstance(one, Accepted)) == list(range(1, 11))
    with store.reading() as connection:
        state = state_on(connection)
    assert (len(state.kind("measure")), len(state.kind("partner"))) == (10, 10)


def test_of_two_decisions_about_one_contradiction_one_is_stored(store: Store) -> None:
    heading = ("Ziel-Nr.", "Wirkungsziel", "Indikator", "Istwert", "Stichtag")
    for partner, value in (("Landkreis", 41), ("Jobcenter", 39)):
        content = book({"Ziele": [heading, ("S1", "Mehr Deutsch", "Quote B1", value, AUTUMN)]})
        accept_delivery(store, look(store, content, partner), now=NOW)
    with store.reading() as connection:
        [shown] = open_contradictions(state_on(connection))

    def decide(holds: int) -> int:
        about = {"person": "Anna", "reason": "Bescheid", "now": NOW, "seen": shown.seen}
        return settle_contradiction(store, shown.known.key, shown.field, holds=holds, **about)  # type: ignore[arg-type]

    found = at_once(lambda: decide(0), lambda: decide(1))
    assert sorted(type(one).__name__ for one in found) == ["JudgementRefused", "int"]


def test_of_two_merges_of_one_pair_one_is_stored(store: Store) -> None:
    for partner in ("VHS", "Caritas"):
        accept_delivery(store, look(store, measures(SPRACHCAFE), partner), now=NOW)
    with store.reading() as connection:
        one, other = state_on(connection).kind("measure")
    about = {"person": "Anna", "reason": "Telefonat", "now": NOW}
    found = at_once(lambda: merge(store, one, other, **about), lambda: merge(store, other, one, **about))  # type: ignore[arg-type]
    assert sorted(type(outcome).__name__ for outcome in found) == ["JudgementRefused", "int"]
    with store.reading() as connection:
        assert len(state_on(connection).kind("measure")) == 1
