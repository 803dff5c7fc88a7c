"""What a delivery, or taking one back, would lead to: exactly what it leads to, and nothing of it before."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.model.deliveries import all_deliveries
from etl.model.partner_words import Word
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline import Preview, accept_delivery, preview_delivery, undo_delivery
from etl.pipeline.fewer import far_fewer
from etl.pipeline.foresee import Foreseen, changed_ratings, foresee_accept, foresee_undo
from etl.pipeline.picture.facts import facts_of
from etl.pipeline.picture.rated import load_thresholds, ratings_of
from etl.pipeline.rebuild import rebuild_into
from etl.rules.facts import Facts
from etl.rules.rating import Rating
from tests.pipeline.test_authority import goals
from tests.pipeline.workbooks import NOW, SPRACHCAFE, WOHNLOTSEN, measures

TODAY = NOW.date()
#: Its end has long passed, and it still runs.
OVERDUE = (*SPRACHCAFE[:4], dt.date(2026, 3, 31), *SPRACHCAFE[5:])


def previewed(store: Store, content: bytes, partner: str = "VHS", day: dt.date | None = None) -> Preview:
    return preview_delivery(store, content, "Liste.xlsx", partner=partner, day=day, now=NOW)


def deliver(store: Store, content: bytes, partner: str = "VHS", words: dict[str, Word] | None = None) -> int:
    accepted = accept_delivery(store, previewed(store, content, partner), now=NOW, words=words)
    assert accepted.number is not None
    return accepted.number


def pictured(store: Store, known_on: dt.datetime | None = None) -> tuple[Facts, dict[str, Rating]]:
    with store.reading() as connection:
        facts = facts_of(connection, state_on(connection, TODAY, known_on), TODAY)
    return facts, ratings_of(facts, load_thresholds())


def foreseen(store: Store, preview: Preview) -> Foreseen:
    found = foresee_accept(store, preview, day=TODAY, now=NOW)
    assert found is not None
    return found


@pytest.fixture
def network(store: Store) -> Store:
    deliver(store, goals(60), "Koordinierungsstelle")
    deliver(store, measures(SPRACHCAFE, WOHNLOTSEN))
    return store


@pytest.mark.parametrize(
    ("content", "partner"),
    [
        (measures(OVERDUE, WOHNLOTSEN), "VHS"),
        (measures(SPRACHCAFE), "Neuer Verein"),
        (goals(60, 20, dt.date(2026, 10, 31)), "Koordinierungsstelle"),
        (goals(30), "VHS"),
    ],
)
def test_the_ratings_foreseen_are_those_after_accepting(network: Store, content: bytes, partner: str) -> None:
    preview = previewed(network, content, partner)
    found = foreseen(network, preview)
    accept_delivery(network, preview, now=NOW)
    facts, ratings = pictured(network)
    assert (found.facts, found.ratings) == (facts, ratings)


def test_looking_ahead_stores_nothing_and_gives_no_key(network: Store) -> None:
    before, version = pictured(network), network.version()
    preview = previewed(network, measures(OVERDUE, WOHNLOTSEN), "Neuer Verein")
    first, again = foreseen(network, preview), foreseen(network, preview)
    assert (first.keys, first.ratings) == (again.keys, again.ratings)
    assert (pictured(network), network.version()) == (before, version)
    assert previewed(network, measures(SPRACHCAFE), "Neuer Verein").sender.key is None
    accept_delivery(network, preview, now=NOW)
    assert first.keys[0] in pictured(network)[1]


def test_a_rating_that_becomes_worse_is_told_with_before_and_after(network: Store) -> None:
    facts, ratings = pictured(network)
    found = foreseen(network, previewed(network, measures(OVERDUE, WOHNLOTSEN)))
    [change] = changed_ratings(facts, ratings, found.facts, found.ratings)
    assert (change.kind, change.title, change.after, change.worse) == ("measure", "Sprachcafé", "off_track", True)
    assert change.before == "on_track"


@pytest.mark.parametrize("number", [1, 2, 3])
def test_what_undoing_would_lead_to_is_what_it_leads_to(network: Store, number: int) -> None:
    """An older delivery too."""
    deliver(network, measures(OVERDUE, WOHNLOTSEN))
    version = network.version()
    found = foresee_undo(network, number, day=TODAY, now=NOW)
    assert network.version() == version
    undo_delivery(network, number, now=NOW)
    assert (found.facts, found.ratings) == pictured(network)


def test_a_store_that_moved_on_is_not_foreseen(network: Store) -> None:
    preview = previewed(network, measures(OVERDUE, WOHNLOTSEN))
    deliver(network, measures((*SPRACHCAFE[:6], 99, 12500), WOHNLOTSEN))
    assert foresee_accept(network, preview, day=TODAY, now=NOW) is None


def test_forty_per_cent_fewer_than_last_time_is_asked_about(network: Store) -> None:
    many = [(f"M-{n}", f"Kurs {name}", *SPRACHCAFE[2:]) for n, name in enumerate("ABCDEFGHIJ", 10)]
    deliver(network, measures(*many), "Diakonie")
    for kept, asked in ((10, 0), (7, 0), (6, 1), (1, 1)):
        found = far_fewer(network, previewed(network, measures(*many[:kept]), "Diakonie"), load_thresholds())
        assert len(found) == asked
    assert (found[0].kind, found[0].last, found[0].now) == ("measure", 10, 1)


def test_a_first_list_is_compared_with_nothing(network: Store) -> None:
    assert far_fewer(network, previewed(network, measures(SPRACHCAFE), "Neu"), load_thresholds()) == ()


def test_a_partners_sentence_stands_beside_the_rating_as_long_as_it_holds(network: Store) -> None:
    measure = next(key for key in pictured(network)[1] if key.startswith("measure"))
    before = dt.datetime.now(dt.UTC)
    number = deliver(
        network, measures(OVERDUE, WOHNLOTSEN), words={measure: Word("off_track", "Wir warten aufs Geld. ")}
    )
    [said] = pictured(network)[1][measure].said
    assert (said.text, said.delivery) == ("Wir warten aufs Geld.", number)
    with network.reading() as connection:
        earlier = all_deliveries(connection)[-1].known_from - dt.timedelta(microseconds=1)
    assert pictured(network, earlier)[1][measure].said == ()
    deliver(network, measures(SPRACHCAFE, WOHNLOTSEN))
    assert pictured(network)[1][measure].said == (), "the rating is good again"
    undo_delivery(network, number + 1, now=before)
    assert pictured(network)[1][measure].said == (said,)
    undo_delivery(network, number, now=before)
    assert pictured(network)[1][measure].said == ()


def test_the_sentence_is_there_again_in_a_rebuilt_store(network: Store, sqlite_store: Store) -> None:
    measure = next(key for key in pictured(network)[1] if key.startswith("measure"))
    deliver(network, measures(OVERDUE, WOHNLOTSEN), words={measure: Word("off_track", "Wir warten aufs Geld.")})
    rebuild_into(network, sqlite_store)
    assert pictured(sqlite_store) == pictured(network)
