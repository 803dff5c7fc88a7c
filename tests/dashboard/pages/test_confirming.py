"""A partner says in one click that nothing has changed, as the signed-in person gets it."""

from __future__ import annotations

import datetime as dt
from functools import partial

from dashboard.answers.confirmations import confirm_unchanged, confirmable, own_of_kind, take_back_confirmation
from dashboard.answers.contacts import Viewer
from dashboard.answers.picture import picture
from dashboard.answers.provenance import Eyes
from dashboard.answers.value_history import history_of_value
from dashboard.parts.value_history import history_markup
from etl.model.store import Store
from etl.pipeline.confirm import confirm
from etl.wording import say
from tests.dashboard.networks import DAY, a_network, deliver, workbook
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
    assert "für Diakonie in einem: 1\u00a0Maßnahme und 1\u00a0Förderung" in text_of(app.at)
    app.at.button(key="confirm-ask").click()
    app.run()
    assert "Für Diakonie bestätigen: 1\u00a0Maßnahme und 1\u00a0Förderung unverändert" in text_of(app.at)
    app.at.button(key="confirm-not").click()
    app.run()
    assert "confirm-unchanged" not in keys(app)
    app.at.button(key="confirm-ask").click()
    app.run()
    app.at.button(key="confirm-unchanged").click()
    at = app.run()
    assert not at.exception
    assert "Ihre Angaben sind bestätigt, Stand 10.\u00a0November 2026" in text_of(at)
    assert "Bestätigt am 10.\u00a0November 2026 von Partner." in text_of(at)
    assert not {"confirm-ask", "confirm-unchanged"} & keys(app)
    assert "Bestätigung „unverändert“ für Diakonie zurücknehmen" in text_of(at)
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


def test_the_history_of_a_value_says_that_it_was_confirmed_unchanged(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    confirm(sqlite_store, PARTNER, day=DAY, person="Uta Grevenstein", now=NOW)
    seen = picture(sqlite_store, DAY)
    told = history_of_value(sqlite_store, seen, MEASURE, "participants_planned", Eyes(office=True))
    german = str(history_markup(told, partial(say, "de"), "de"))
    assert "Uta Grevenstein hat es bestätigt, unverändert · bekannt seit 10.11.2026" in german
    assert "–" not in german


def test_changing_what_the_office_sees_first_is_told(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    app = opened(sqlite_store, "coordinator")
    app.at.radio(key=f"policy-{PARTNER}").set_value("office_first")
    app.at.button(key="policy-take").click()
    at = app.run()
    assert not at.exception
    assert "Festgehalten: Tabellen von Diakonie gelten erst, wenn Sie zugestimmt haben." in text_of(at)


def test_a_funding_is_confirmed_where_all_sources_stand(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    funding = picture(sqlite_store, DAY).facts.fundings[0]
    app = opened(sqlite_store, "partner", "foerdermittel", ansicht="quellen")
    assert app.at.selectbox(key="confirm-funding").options == [funding.name]
    app.at.button(key="confirm-unchanged").click()
    at = app.run()
    assert not at.exception
    assert "Ihre Angaben sind bestätigt, Stand 10.\u00a0November 2026" in text_of(at)
    facts = picture(sqlite_store, DAY).facts
    assert (facts.fundings[0].reported_on, facts.measures[0].confirmed_on) == (DAY, None)
    assert own_of_kind(picture(sqlite_store, DAY), Viewer("partner", "partner-00002"), "funding") == {}
    assert own_of_kind(picture(sqlite_store, DAY), Viewer("member", PARTNER), "funding") == {}
    app = opened(sqlite_store, "member", "foerdermittel", ansicht="quellen")
    assert "confirm-unchanged" not in keys(app)


def test_a_cooperation_is_confirmed_where_the_agreements_stand(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    rows = (("Kooperation", "Partner A", "Partner B", "Status"), ("Wohnrunde", "Diakonie", "Stadtwerke", "aktiv"))
    deliver(sqlite_store, "Kooperationen.xlsx", workbook("Kooperationen", *rows), "Diakonie", dt.date(2026, 10, 12))
    app = opened(sqlite_store, "partner", "kooperationen", ansicht="vereinbarungen")
    assert app.at.selectbox(key="confirm-cooperation").options == ["Wohnrunde"]
    app.at.button(key="confirm-unchanged").click()
    at = app.run()
    assert not at.exception
    assert "Bestätigt am 10.\u00a0November 2026 von Partner." in text_of(at)
