"""All pages can be switched to an earlier day as known then; nothing is changed meanwhile."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard.answers.as_shown import Shown, shown_from
from dashboard.shell.menu import MENU
from etl.model.settings_rows import set_setting
from etl.model.store import Store, StoreIsReadOnly
from etl.rules.days import end_of_day
from tests.dashboard.pages.test_ueberblick_und_ziele import demo, network, read
from tests.signed_in import SignedIn, a_user, app_as, text_of

__all__ = ["demo", "network"]

_FEBRUARY = dt.date(2026, 2, 10)
_LINE = "Stand wie gezeigt am 10. Februar 2026"
_TODAY = dt.date(2026, 11, 10)


def opened(store: Store, page: str, role: str = "coordinator", **query: str) -> SignedIn:
    a_user(store, f"{role}-de", role)
    app = app_as(store, f"{role}-de", page, **query)
    assert not app.at.exception
    return app


@pytest.mark.parametrize("page", [entry.url_path for entry in MENU])
def test_every_page_says_which_day_it_shows_or_that_it_has_only_today(network: Store, page: str) -> None:
    shown = read(opened(network, page, stand="2026-02-10").at)
    assert _LINE in shown
    assert "zurück zu heute" in shown
    assert "lässt sich gerade etwas nicht zeigen" not in shown
    works = page in ("rueckmeldungen", "klaerungen", "organisation")
    assert ("Diese Seite gibt es nur mit dem heutigen Stand." in shown) is works
    assert "Gespeichert wurde nichts" not in shown, "looking stores nothing"


def test_the_facts_and_the_ratings_are_those_of_that_day_as_known_then(network: Store) -> None:
    then = read(opened(network, "ziele", stand="2026-02-10").at)
    now = read(opened(network, "ziele").at)
    assert "51,2" in now
    assert "51,2" not in then, "it was reported in autumn"
    corrected = read(opened(network, "ueberblick", stand="2026-02-10", bekannt="2026-11-10").at)
    assert corrected != read(opened(network, "ueberblick", stand="2026-02-10").at)


def test_it_stays_while_one_moves_about_and_ends_with_one_click(network: Store) -> None:
    app = opened(network, "ziele", stand="2026-02-10")
    app.at.query_params.clear()  # as a change of page does
    app.run()
    assert _LINE in read(app.at)
    assert "2026-02-10" in app.at.query_params["stand"], "so that the address can be sent on"
    app.at.button(key="as-shown-back").click()
    app.run()
    assert "Stand wie gezeigt" not in read(app.at)
    assert "stand" not in app.at.query_params


def test_a_day_is_chosen_in_the_account_menu(network: Store) -> None:
    app = opened(network, "ueberblick", "member")
    app.at.date_input(key="rt-as-shown-day").set_value(_FEBRUARY)
    app.run()
    assert _LINE in read(app.at)


def test_a_meeting_that_is_over_offers_what_it_was_shown(network: Store) -> None:
    app = opened(network, "sitzung", sitzung="meeting-00007")
    app.at.button(key="as-shown-open").click()
    app.run()
    assert _LINE in read(app.at)
    assert not [b for b in opened(network, "sitzung", sitzung="meeting-00012").at.button if b.key == "as-shown-open"]


def test_what_is_pressed_all_the_same_is_not_stored_and_says_so(network: Store) -> None:
    query = {"sicht": "katalog", "neu": "goal", "stand": "2026-02-10"}
    app = opened(network, "ziele", **query)
    version = network.version()
    for field in app.at.text_input:
        field.set_value("Ein Ziel aus der Vergangenheit")
    app.at.button(key="catalogue-save").click()
    app.run()
    assert "Gespeichert wurde nichts" in text_of(app.at)
    assert network.version() == version


def test_a_store_that_only_reads_refuses_to_write(sqlite_store: Store) -> None:
    looked_at = sqlite_store.read_only()
    assert looked_at == sqlite_store, "it is the same store: what is kept for one is kept for the other"
    with pytest.raises(StoreIsReadOnly), looked_at.writing() as connection:
        set_setting(connection, "name", "anders")
    with looked_at.reading():
        assert looked_at.version() == sqlite_store.version()


@pytest.mark.parametrize(
    ("day", "known", "shown"),
    [
        ("2026-02-10", None, Shown(_FEBRUARY, end_of_day(_FEBRUARY))),
        ("2026-02-10", "2026-03-01", Shown(_FEBRUARY, end_of_day(dt.date(2026, 3, 1)))),
        ("2026-02-10", "2026-02-10T15:00:00+01:00", Shown(_FEBRUARY, dt.datetime(2026, 2, 10, 14, tzinfo=dt.UTC))),
        ("2026-02-10", "2026-02-10T15:00:00", None),
        ("2026-02-10", "0001-01-01T00:00:00+14:00", None),
        ("2026-02-10", "9999-12-31T23:59:59-12:00", None),
        ("2026-02-10", "9999-12-31", None),
        ("0001-01-01", None, None),
        ("2027-02-10", None, None),
        ("gestern", None, None),
        ("", "", None),
        (None, "2026-02-10", None),
    ],
)
def test_what_an_address_asks_for(day: str | None, known: str | None, shown: Shown | None) -> None:
    assert shown_from(day, known, _TODAY) == shown
    if shown is not None:
        again = shown_from(shown.query["stand"], shown.query.get("bekannt"), _TODAY)
        assert again == shown
