"""The pages Überblick and Ziele as a signed-in person gets them, with the whole demo network."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import make_url
from streamlit.testing.v1 import AppTest

from etl.model.state import state_on
from etl.model.store import Store, open_store
from tests.demo import demo
from tests.signed_in import a_user, app_as, text_of

__all__ = ["demo"]


@pytest.fixture(scope="module")
def network(demo: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A copy of the demo network that may be signed in to."""
    source = make_url(demo.url).database
    assert source is not None
    target = tmp_path_factory.mktemp("seiten") / "demo.db"
    with closing(sqlite3.connect(source)) as whole, closing(sqlite3.connect(target)) as copy:
        whole.backup(copy)
    store = open_store(f"sqlite:///{target}")
    yield store
    store.close()


def goal_key(store: Store, number: str) -> str:
    with store.reading() as connection:
        goals = state_on(connection, kinds=["goal"]).kind("goal")
    return next(key for key, known in goals.items() if known.value("id") == number)


def page(store: Store, name: str, role: str = "coordinator", language: str = "de", **query: str) -> AppTest:
    a_user(store, f"{role}-{language}", role, language=language)
    at = app_as(store, f"{role}-{language}", name, **query).at
    assert not at.exception
    assert "lässt sich gerade etwas nicht zeigen" not in text_of(at), "the page stopped with an error"
    return at


def read(at: AppTest) -> str:
    """Everything on the page, component markup too, with ordinary spaces."""
    components = "\n".join(str(element.proto) for element in at.get("bidi_component"))
    components = re.sub(r"\\+u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), components)
    return (text_of(at) + components).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("name", "finding"), [("ueberblick", "Hier entsteht der Überblick"), ("ziele", "Noch sind keine Ziele")]
)
def test_a_store_without_data_says_what_to_do_first(sqlite_store: Store, name: str, finding: str) -> None:
    at = page(sqlite_store, name)
    assert finding in text_of(at)
    assert any(button.label == "Tabelle hochladen" for button in at.button)


def test_who_cannot_send_hears_who_begins(sqlite_store: Store) -> None:
    at = page(sqlite_store, "ueberblick", role="leadership")
    assert "Die Koordinierungsstelle beginnt" in text_of(at)
    assert not any(button.label == "Tabelle hochladen" for button in at.button)


def test_the_overview_opens_with_goals_and_decisions(network: Store) -> None:
    text = text_of(page(network, "ueberblick"))
    assert "Zielen sind auf Kurs." in text
    assert "Drei Entscheidungen stehen an." in text
    assert "7. Sitzung der Steuerungsgruppe" in text


def test_missing_reports_are_named_to_the_office_and_to_nobody_else(network: Store) -> None:
    office, member = read(page(network, "ueberblick")), read(page(network, "ueberblick", role="member"))
    assert "Ohne Rückmeldung" in office
    assert "Ohne Rückmeldung" not in member


def test_the_overview_reads_in_english(network: Store) -> None:
    assert "goals are on track." in text_of(page(network, "ueberblick", role="observer", language="en"))


def test_a_goals_page_opens_with_its_finding_and_its_wording(network: Store) -> None:
    text = text_of(page(network, "ziele", ziel=goal_key(network, "S2"))).replace("\u00a0", " ")
    assert "51,2 % (vorläufig) sind es, 60,8 % sollten es sein." in text
    assert "Ziel S2: Zwei von drei Teilnehmenden" in text
    assert "nicht auf Kurs" in text


@pytest.mark.parametrize("perspective", ["wirkung", "umsetzung", "zusammenarbeit", "foerderung", "unsinn"])
@pytest.mark.parametrize("number", ["S2", "L1", "A4", "A1"])
def test_every_perspective_of_every_kind_of_goal_opens(network: Store, number: str, perspective: str) -> None:
    page(network, "ziele", ziel=goal_key(network, number), blick=perspective)


def test_a_contested_value_shows_both_sides_until_someone_decides(network: Store) -> None:
    text = text_of(page(network, "ziele", ziel=goal_key(network, "A1"))).replace("\u00a0", " ")
    assert "Eine Angabe ist strittig" in text
    assert "389 Personen" in text
    assert "412 Personen" in text


def test_an_unknown_goal_says_so_and_leads_back(network: Store) -> None:
    at = page(network, "ziele", ziel="goal-99999")
    assert "gibt es am" in text_of(at)
    assert any(button.label == "Alle Ziele" for button in at.button)


@pytest.mark.parametrize("view", ["wirkung", "organisation"])
def test_all_goals_stand_by_effect_and_by_organisation(network: Store, view: str) -> None:
    assert "Ziele sind nicht auf Kurs." in text_of(page(network, "ziele", sicht=view))


def test_a_link_with_ratings_shows_only_those_goals(network: Store) -> None:
    shown = read(page(network, "ziele", bewertung="nicht-auf-kurs"))
    assert "Kurs mit B1" in shown
    assert "Kursplatz in 6 Wochen" not in shown
