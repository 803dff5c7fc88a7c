"""A partner says in one click that nothing has changed, as the signed-in person gets it."""

from __future__ import annotations

import datetime as dt

from dashboard.answers.confirmations import confirm_unchanged, confirmable, take_back_confirmation
from dashboard.answers.contacts import Viewer
from dashboard.answers.picture import picture
from etl.model.store import Store
from tests.dashboard.networks import DAY, a_network
from tests.signed_in import SignedIn, a_user, app_as, text_of

PARTNER, MEASURE = "partner-00001", "measure-00001"
NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)


def opened(store: Store, role: str, page: str = "rueckmeldungen", language: str = "de", **query: str) -> SignedIn:
    a_user(store, role, role, partner=PARTNER if role == "partner" else None, language=language)
    return app_as(store, role, page, **query)


def keys(app: SignedIn) -> set[str]:
    return {button.key for button in app.at.button if button.key}


def test_a_partner_confirms_everything_and_takes_it_back(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    app = opened(sqlite_store, "partner")
    assert "1\u00a0Maßnahme und 1\u00a0Förderung" in text_of(app.at)
    app.at.button(key="confirm-unchanged").click()
    at = app.run()
    assert not at.exception
    assert "Ihre Angaben sind bestätigt, Stand 10.\u00a0November 2026" in text_of(at)
    assert "Bestätigt am 10.\u00a0November 2026 von Partner." in text_of(at)
    assert "confirm-unchanged" not in keys(app)
    assert picture(sqlite_store, DAY).facts.measures[0].reported_on == DAY

    app.at.button(key="confirm-back").click()
    at = app.run()
    assert "Die Bestätigung ist zurückgenommen." in text_of(at)
    assert picture(sqlite_store, DAY).facts.measures[0].reported_on == dt.date(2026, 10, 12)


def test_one_measure_is_confirmed_on_its_page(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    app = opened(sqlite_store, "partner", "massnahmen", massnahme=MEASURE)
    app.at.button(key="confirm-unchanged").click()
    at = app.run()
    assert not at.exception
    text = text_of(at)
    assert "Bestätigt am" in text
    assert "Geändert am" in text
    assert "Partner, bestätigt am" in text
    facts = picture(sqlite_store, DAY).facts
    assert (facts.measures[0].confirmed_on, facts.fundings[0].reported_on) == (DAY, dt.date(2026, 10, 12))
    assert facts.confirmed == {}


def test_others_are_offered_nothing_to_confirm(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    for role in ("coordinator", "member", "observer"):
        app = opened(sqlite_store, role, "massnahmen", language="en", massnahme=MEASURE)
        assert not app.at.exception
        assert "confirm-unchanged" not in keys(app)


def test_nobody_confirms_for_another_partner_or_takes_it_back(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    now = picture(sqlite_store, DAY)
    own, other = Viewer("partner", PARTNER), Viewer("partner", "partner-00002")
    found = confirmable(sqlite_store, now, own)
    assert found is not None
    assert confirmable(sqlite_store, now, other, MEASURE) is None
    assert confirmable(sqlite_store, now, Viewer("member", PARTNER)) is None

    def told(viewer: Viewer) -> str:
        return confirm_unchanged(sqlite_store, viewer, MEASURE, found.seen, day=DAY, now=NOW, by="x")

    assert told(Viewer("leadership", PARTNER)) == "not_yours"
    assert told(other) == "nothing_to_confirm"
    assert confirm_unchanged(sqlite_store, own, None, found.seen, day=DAY, now=NOW, by="x") == "confirmed"
    assert confirm_unchanged(sqlite_store, own, None, found.seen, day=DAY, now=NOW, by="x") == "confirmed_already"
    assert take_back_confirmation(sqlite_store, other, 1, now=NOW) == "not_yours"
    assert take_back_confirmation(sqlite_store, Viewer("coordinator"), 1, now=NOW) == "undone"
    assert take_back_confirmation(sqlite_store, own, 1, now=NOW) == "already"
