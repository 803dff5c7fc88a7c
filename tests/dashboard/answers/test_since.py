"""„Seit dem letzten Mal“ over a real store: the clocks, the proof of what is gone, what is kept and for how long."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import insert

from dashboard.answers.earlier import earlier
from dashboard.answers.picture import picture
from dashboard.answers.provenance import Eyes, origins
from dashboard.answers.since import CLOCKS, Clock, Compare, Since, since
from etl.model.store import Store, raise_version
from etl.model.tables import Round
from etl.pipeline import undo_delivery
from etl.pipeline.merging import merge
from etl.rules.days import end_of_day
from tests.pipeline.test_changes import AUTUMN, MEETING, SPRING, TODAY, at, deliver, goals, list_of
from tests.pipeline.workbooks import SPRACHCAFE, WOHNLOTSEN, measures


def compared(store: Store, clock: Clock = "alles", known_on: dt.datetime | None = None) -> Since:
    compare = Compare(MEETING, TODAY, clock, known_on)
    return since(store, picture(store, *compare.second), compare, None, None)


def told(found: Since) -> list[tuple[str, str, str | None]]:
    return [
        (section, line.key, line.change.cause if line.change else None)
        for section, lines in found.sections.items()
        for line in lines
    ]


def test_the_two_clocks_part_what_happened_from_what_was_learnt(store: Store) -> None:
    """A value about spring that came in autumn, and one about autumn."""
    deliver(store, goals(("B1", 61, SPRING)), SPRING)
    deliver(store, goals(("B1", 49, SPRING)), AUTUMN, about=SPRING)
    deliver(store, goals(("B1", 61.5, AUTUMN)), AUTUMN)
    everything, happened, learnt = (compared(store, clock) for clock in CLOCKS)
    assert ("goals", "goal-00001", "correction") in told(learnt)
    assert ("goals", "goal-00001", "new_value") in told(happened)
    causes = {(line.key, line.change and line.change.cause) for line in everything.sections["learnt"]}
    assert causes == {("goal-00001", "correction")}, "the rating is the same again; the correction is told all the same"
    assert {c for _, _, c in told(happened)} & {"correction", "reported_late"} == set()
    assert {c for _, _, c in told(learnt)} & {"new_value", "deadline_passed"} == set()


def test_nothing_came_after_the_last_instant_that_counts(sqlite_store: Store) -> None:
    deliver(sqlite_store, list_of(people=40), SPRING)
    deliver(sqlite_store, list_of(people=3, status="verzögert"), AUTUMN)
    assert told(compared(sqlite_store))
    then = told(compared(sqlite_store, known_on=end_of_day(MEETING)))
    assert then == [("partners_silent", "partner-00001", None)], "it had not reported again"


def test_what_is_gone_has_its_proof_in_the_earlier_picture(store: Store) -> None:
    number = deliver(store, list_of(), SPRING)
    undo_delivery(store, number, now=at(AUTUMN))
    found = compared(store)
    assert ("removed", "measure-00001", "delivery_withdrawn") in told(found)
    office = Eyes(office=True, role="coordinator")
    then, now = (picture(store, *clocks) for clocks in (found.compare.first, found.compare.second))
    (origin,) = origins(then, "measure-00001", "title", office)
    assert [(cell.sheet, cell.cell) for cell in origin.cells] == [("Maßnahmen", "B2")]
    assert origins(now, "measure-00001", "title", office) == ()


def test_what_was_known_then_is_read_once_whatever_is_reported_since(sqlite_store: Store) -> None:
    store = sqlite_store
    first = deliver(store, measures(SPRACHCAFE), SPRING)
    deliver(store, measures(WOHNLOTSEN), SPRING, partner="Diakonie")

    def then() -> object:
        return earlier(store, MEETING, end_of_day(MEETING), picture(store, TODAY).state)

    kept = then()
    deliver(store, measures((*SPRACHCAFE[:5], "pausiert", *SPRACHCAFE[6:])), AUTUMN)
    assert then() is kept
    undo_delivery(store, first, now=at(AUTUMN))
    assert then() is kept, "it was known then"
    deliver(store, measures(SPRACHCAFE), SPRING, partner="Caritas")
    assert then() is kept, "what is accepted later is known later, whatever day it speaks about"
    merge(store, "measure-00001", "measure-00003", person="Aulbach", reason="dieselbe", now=at(AUTUMN))
    merged = then()
    assert merged is not kept, "records are merged as they are now"
    with store.writing() as connection:
        connection.execute(insert(Round).values(name="Frühjahr", day=SPRING, deadline=SPRING))
        raise_version(connection)
    assert then() is not merged, "rounds have no clock"
