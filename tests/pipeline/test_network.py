"""The names of the network are folded once; whatever is said or taken back since shows at once."""

from __future__ import annotations

import datetime as dt

from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline import accept_delivery, preview_delivery, undo_delivery
from etl.pipeline.enter import enter, undo_entry
from etl.pipeline.network import network_in
from etl.pipeline.senders import named_sender
from etl.stages.resolve_references import Names
from tests.pipeline.workbooks import NOW, SPRACHCAFE, measures


def names(store: Store) -> dict[str, object]:
    """Key -> name as the network remembers it, checked against the whole state."""
    with store.reading() as connection:
        network, state = network_in(connection), state_on(connection, kinds=["goal", "partner"])
    remembered = {key: known.values for key, known in network.records.items()}
    assert remembered == {key: known.values for kind in ("goal", "partner") for key, known in state.kind(kind).items()}
    return {key: known.value("name") for key, known in network.partners.items()}


def named(store: Store, name: str) -> str | None:
    with store.reading() as connection:
        return named_sender(name, network_in(connection)).key


def test_what_was_said_since_is_added(store: Store) -> None:
    assert names(store) == {}
    first = enter(store, "partner", {"name": "VHS"}, day=NOW.date(), person="amt", reason="neu", now=NOW)
    assert names(store) == {first.key: "VHS"}
    second = enter(store, "partner", {"name": "AWO"}, day=NOW.date(), person="amt", reason="neu", now=NOW)
    assert names(store) == {first.key: "VHS", second.key: "AWO"}


def test_a_new_name_takes_the_place_of_the_old_one_and_its_undo_brings_that_back(store: Store) -> None:
    key = enter(store, "partner", {"name": "VHS"}, day=NOW.date(), person="amt", reason="neu", now=NOW).key
    assert named(store, "VHS") == key
    later = NOW + dt.timedelta(hours=1)
    change = enter(
        store, "partner", {"name": "Abendschule"}, day=NOW.date(), person="amt", reason="neu", now=later, key=key
    )
    assert (named(store, "VHS"), named(store, "Abendschule")) == (None, key)
    names(store)
    undo_entry(store, change.number, now=later)
    assert (named(store, "VHS"), named(store, "Abendschule")) == (key, None)
    names(store)


def test_an_earlier_day_said_later_changes_no_name(store: Store) -> None:
    key = enter(store, "partner", {"name": "VHS"}, day=NOW.date(), person="amt", reason="neu", now=NOW).key
    names(store)
    enter(store, "partner", {"name": "alt"}, day=dt.date(2020, 1, 1), person="amt", reason="neu", now=NOW, key=key)
    assert names(store) == {key: "VHS"}


def test_a_delivery_adds_its_partner_and_its_undo_takes_it_back(store: Store) -> None:
    names(store)
    preview = preview_delivery(store, measures(SPRACHCAFE), "liste.xlsx", partner="VHS", now=NOW)
    number = accept_delivery(store, preview, now=NOW).number
    assert list(names(store).values()) == ["VHS"]
    assert number is not None
    undo_delivery(store, number, now=NOW)
    assert names(store) == {}


def test_a_similar_name_is_found_among_old_and_new_names_whoever_asked_before() -> None:
    known = Names()
    known.add("partner-00001", "Integrationswerkstatt Lindenmark")
    asked = known.copy()
    assert asked.likest("integrationswerkstat lindenmark") == "integrationswerkstatt lindenmark"
    assert asked.likest("sprachbruecke lindenau") is None
    grown = known.copy()
    grown.add("partner-00002", "Sprachbrücke Lindenau")
    assert grown.copy().likest("sprachbruecke lindenaus") == "sprachbruecke lindenau"
    assert grown.copy().likest("sprachbruecke lindenau") == "sprachbruecke lindenau"
    assert known.copy().likest("sprachbruecke lindenau") is None
    with_own = known.copy()
    with_own.add("#0", "Sprachbrücke Lindenau")
    assert with_own.likest("sprachbruecke lindenaus") == "sprachbruecke lindenau"
    assert known.copy().likest("sprachbruecke lindenaus") is None
