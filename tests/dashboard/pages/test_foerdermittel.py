"""The page as a signed-in person gets it."""

import pytest

from etl.model.store import Store
from tests.dashboard.networks import a_network
from tests.signed_in import a_user, app_as, text_of


def page(store: Store, language: str = "de", **query: str) -> object:
    a_user(store, "steuerung", "member", language=language)
    return app_as(store, "steuerung", "foerdermittel", **query).at


def test_the_first_view_shows_what_ends_when(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    at = page(sqlite_store)
    assert not at.exception
    assert "Landesprogramm Wohnen" in text_of(at)
    assert "28.\u00a0Februar 2027" in text_of(at)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("view", ["verlauf", "quellen", "termine", "unsinn"])
def test_every_view_opens_in_both_languages(sqlite_store: Store, view: str, language: str) -> None:
    a_network(sqlite_store)
    assert not page(sqlite_store, language, ansicht=view).exception


def test_a_store_without_data_says_what_to_do_first(sqlite_store: Store) -> None:
    assert not page(sqlite_store).exception
