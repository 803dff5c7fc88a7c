"""The names of the network are folded once; whatever is said or taken back since shows at once."""

from __future__ import annotations

import datetime as dt

from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline import accept_delivery, preview_delivery, undo_delivery
from etl.pipeline.enter import enter, undo_entry
from etl.pipeline.network import network_in
from etl.pipeline.senders import named_sender
from etl.stages.resolve_references import Names, look_up
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


def test_names_added_to_a_copy_are_looked_up_like_those_known_before_and_change_nothing_there() -> None:
    known = Names(organisations=True)
    known.add("partner-00001", "Integrationswerkstatt Lindenmark")
    asked = known.copy()
    assert look_up("Integrationswerkstat Lindenmark", asked).key == "partner-00001"
    assert look_up("Sprachbrücke Lindenau", asked).key is None
    grown = known.copy()
    grown.add("partner-00002", "Sprachbrücke Lindenau")
    assert look_up("Sprachbruecke Lindenaus", grown.copy()).key == "partner-00002"
    assert look_up("Sprachbrücke Lindenau", known.copy()).key is None
    asked.add("#0", "Sprachbrücke Lindenau")
    assert look_up("Sprachbrükce Lindenau", asked).key == "#0"
    assert look_up("Sprachbrücke Lindenau", known).key is None


NAMES = ["AWO Kreisverband Lindenmark e. V.", "AWO Ortsverein Lindenau", "VHS Lindenmark", "Volkshochschule Lindenau",
         "Jobcenter Lindenmark", "Caritasverband Lindenmark", "Mehrgenerationenhaus Lindenau"]  # fmt: skip
TEXTS = ["AWO", "AWO Kreisverband", "Volkshochschule", "VHS Lindenmark", "Jobcentr", "Caritas Lindenmark", "Lindenmark",
         "Caritasverbnad", "Mehrgenerationenhaus (Café)", "Niemand", "AWO Lindenau"]  # fmt: skip


def test_organisations_taken_in_one_by_one_are_found_like_those_taken_in_together() -> None:
    at_once, one_by_one = Names(organisations=True), Names(organisations=True)
    for number, name in enumerate(NAMES):
        at_once.add(f"partner-{number:05d}", name)
        one_by_one = one_by_one.copy()
        one_by_one.add(f"partner-{number:05d}", name)
    assert [look_up(text, one_by_one) for text in TEXTS] == [look_up(text, at_once) for text in TEXTS]
