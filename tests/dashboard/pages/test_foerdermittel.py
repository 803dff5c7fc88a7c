"""The page as a signed-in person gets it."""

import pytest

from etl.model.store import Store
from etl.wording import say
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
@pytest.mark.parametrize("view", ["verlauf", "auslauf", "quellen", "termine", "programme", "pruefen", "unsinn"])
def test_every_view_opens_in_both_languages(sqlite_store: Store, view: str, language: str) -> None:
    a_network(sqlite_store)
    at = page(sqlite_store, language, ansicht=view)
    assert not at.exception
    assert say(language, "trouble.headline") not in text_of(at)


def test_a_store_without_data_says_what_to_do_first(sqlite_store: Store) -> None:
    assert not page(sqlite_store).exception


def test_what_does_not_fit_is_shown_to_the_office_and_offered_to_nobody_it_does_not_concern(
    sqlite_store: Store,
) -> None:
    a_network(sqlite_store)
    member = page(sqlite_store, ansicht="pruefen")
    assert "Was wann endet" in text_of(member), "the first view instead"
    assert "Alle Angaben zu Fördermitteln" not in text_of(member)
    a_user(sqlite_store, "amt", "coordinator")
    office = app_as(sqlite_store, "amt", "foerdermittel", ansicht="pruefen").at
    assert "Alle Angaben zu Fördermitteln passen zusammen." in text_of(office)


def test_the_office_enters_a_programme_and_everybody_sees_which_gap_it_fits(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    a_user(sqlite_store, "amt", "coordinator")
    app = app_as(sqlite_store, "amt", "foerdermittel", ansicht="programme")
    app.at.button(key="programme-add").click()
    app.run()
    app.at.text_input(key="programme-0-title").input("Stiftungsfonds Wohnen")
    app.at.number_input(key="programme-0-own_share").set_value(10.0)
    app.at.number_input(key="programme-0-lead_months").set_value(2)
    app.at.number_input(key="programme-0-most_per_year").set_value(-5.0)
    app.at.button(key="programme-add").click()
    app.at.button(key="programme-0-save").click()
    app.run()
    assert "-5 Euro im Jahr kann nicht stimmen" in text_of(app.at)
    app.at.number_input(key="programme-0-most_per_year").set_value(None)
    app.at.button(key="programme-add").click()  # in a browser the dialog stays open; here every run starts anew
    app.at.button(key="programme-0-save").click()
    app.run()
    assert not app.at.exception
    assert "Stiftungsfonds Wohnen" in text_of(app.at)
    seen = text_of(page(sqlite_store, ansicht="auslauf"))
    assert "Stiftungsfonds Wohnen" in seen
    assert "Programm noch zu prüfen" in seen, "nobody has looked it up yet"
    assert not [button for button in page(sqlite_store, ansicht="programme").button if button.key == "programme-add"]
