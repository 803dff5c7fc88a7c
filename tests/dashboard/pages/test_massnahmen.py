"""The page as a signed-in person gets it."""

from etl.model.store import Store
from tests.dashboard.networks import a_network
from tests.signed_in import a_user, app_as, text_of


def page(store: Store, role: str = "coordinator", language: str = "de", **query: str) -> object:
    a_user(store, role, role, language=language)
    return app_as(store, role, "massnahmen", **query).at


def component_html(at: object) -> str:
    return "\n".join(str(element.proto) for element in at.get("bidi_component"))


def test_a_store_without_data_says_what_to_do_first(sqlite_store: Store) -> None:
    at = page(sqlite_store)
    assert not at.exception
    assert len(text_of(at)) > 0


def test_the_list_opens_with_its_finding(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    at = page(sqlite_store)
    assert not at.exception
    assert "Eine Maßnahme läuft." in text_of(at)


def test_a_link_with_filters_sets_the_widgets(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    at = page(sqlite_store, suche="Lotsen", status="running", bewertung="auf-kurs")
    assert not at.exception
    assert at.text_input[0].value == "Lotsen"
    assert at.selectbox(key="filter-status").value == "running"


def test_a_filter_that_offers_nothing_like_it_is_ignored(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    at = page(sqlite_store, feld="Raumfahrt", partner="partner-99999", seite="7")
    assert not at.exception


def test_one_measure_opens_in_german_and_english(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    german = page(sqlite_store, massnahme="measure-00001")
    assert not german.exception
    assert "Mietlotsen" in text_of(german)
    english = page(sqlite_store, role="observer", language="en", massnahme="measure-00001")
    assert not english.exception
    assert "First report" in text_of(english)


def test_an_unknown_measure_shows_the_list(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    at = page(sqlite_store, massnahme="measure-99999")
    assert "Eine Maßnahme läuft." in text_of(at)
