"""The goal catalogue as its people get it: everyone reads it, the office changes it, its changes are seen."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest

from dashboard.answers.catalogue import release_version, save, take_back_entry
from dashboard.answers.contacts import Viewer
from dashboard.answers.goal_page import goal_page
from dashboard.answers.picture import picture
from dashboard.parts.charts import LIGHT
from dashboard.parts.goal_chart import alternative, goal_chart
from etl.model.store import Store
from etl.wording import say
from tests.dashboard.networks import DAY, a_network
from tests.pipeline.test_catalogue import a_catalogue, the_indicator
from tests.signed_in import SignedIn, a_user, app_as, text_of

NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)


@pytest.fixture
def network(sqlite_store: Store) -> Store:
    a_network(sqlite_store)
    a_catalogue(sqlite_store)
    return sqlite_store


def opened(store: Store, role: str, **query: str) -> SignedIn:
    a_user(store, role, role, partner="partner-00001" if role == "partner" else None)
    return app_as(store, role, "ziele", sicht="katalog", **query)


def everything(app: SignedIn) -> str:
    shown = text_of(app.at) + "\n".join(str(component.proto) for component in app.at.get("bidi_component"))
    return shown.replace("\u00a0", " ")


@pytest.mark.parametrize("role", ["member", "leadership", "partner", "observer"])
def test_everyone_reads_the_catalogue_and_only_the_office_has_forms(network: Store, role: str) -> None:
    key = the_indicator(picture(network, DAY))
    app = opened(network, role, eintrag="goal-00001", teil=key)
    text = everything(app)
    assert not app.at.exception
    assert "Der Katalog hält ein Ziel fest." in text
    assert "Anteil B1" in text
    assert not [button for button in app.at.button if str(button.key).startswith("catalogue")]


def test_the_office_changes_a_target_with_a_reason_and_the_chart_says_so(network: Store) -> None:
    key = the_indicator(picture(network, DAY))
    app = opened(network, "coordinator", eintrag="goal-00001", teil=key)
    field = f"cat-indicator-{key}-target_value"
    assert app.at.text_input(key=field).value == "65"
    app.at.text_input(key=field).set_value("viele")
    app.at.text_input(key=f"cat-indicator-{key}-?reason").set_value("Beschluss")
    app.at.button(key="catalogue-save").click()
    app.run()
    assert "„viele“ lässt sich als „Zielwert“ nicht lesen." in everything(app)
    assert app.at.text_input(key=field).value == "viele", "what was typed stays"
    app.at.text_input(key=field).set_value("60")
    app.at.button(key="catalogue-save").click()
    at = app.run()
    assert not at.exception
    assert "Eingetragen." in everything(app)
    assert at.text_input(key=field).value == "60"
    now = picture(network, DAY)
    assert now.facts.indicator_by_key[key].target == 60
    page = goal_page(now, "goal-00001")
    assert page is not None
    words = alternative(page.indicators[0], "de", partial(say, "de")).replace("\u00a0", " ")
    assert "galt ein anderer Zielwert: 65 % bis 30. September 2027." in words
    chart = goal_chart(page.indicators[0], "de", LIGHT, partial(say, "de"), gap_counts=False)
    assert ": 65" in str(chart.to_dict()), "the earlier target is drawn"


def test_a_new_goal_leads_on_to_its_indicators(network: Store) -> None:
    app = opened(network, "coordinator", neu="goal")
    app.at.text_area(key="cat-goal-new-title").set_value("Kursplatz in sechs Wochen")
    app.at.text_input(key="cat-goal-new-id").set_value("S1")
    app.at.text_input(key="cat-goal-new-?reason").set_value("Beschluss")
    app.at.button(key="catalogue-save").click()
    at = app.run()
    assert not at.exception
    assert at.query_params["eintrag"] == "goal-00002"
    at.query_params["teil"] = "new_indicator"
    at = app.run()
    at.text_input(key="cat-indicator-new-indicator").set_value("Wartezeit")
    at.text_input(key="cat-indicator-new-target_value").set_value("6")
    at.text_input(key="cat-indicator-new-?reason").set_value("Beschluss")
    at.button(key="catalogue-save").click()
    app.run()
    assert "Eingetragen." in everything(app)
    facts = picture(network, DAY).facts
    assert [i.target for i in facts.indicators_of["goal-00002"]] == [6]


def test_a_version_is_released_shown_and_taken_back(network: Store) -> None:
    app = opened(network, "coordinator", neu="version")
    app.at.button(key="catalogue-release").click()
    app.run()
    assert "Bitte nennen Sie, wer die Fassung freigegeben hat." in everything(app)
    assert release_version(network, Viewer("coordinator"), "F 1", body="Lenkung", day=DAY, note="", now=NOW, by="A")
    app = opened(network, "member")
    assert "zuletzt freigegeben: F 1, Lenkung, 10. November 2026" in everything(app)
    app = opened(network, "coordinator")
    app.at.button(key="catalogue-unrelease").click()
    app.run()
    assert "Die Freigabe ist zurückgenommen." in everything(app)
    assert "noch keine Fassung freigegeben" in everything(app)


def test_nobody_but_the_office_can_change_it_whatever_the_browser_sends(network: Store) -> None:
    shown, version = picture(network, DAY), network.version()
    for role in ("member", "leadership", "partner", "observer"):
        outcome, _ = save(
            network, Viewer(role, "partner-00001"), "goal", {"title": "X"}, record=None, parent=None, seen={},
            about=DAY, day=DAY, reason="so", now=NOW, by="A",
        )  # fmt: skip
        assert outcome == "not_yours"
        assert take_back_entry(network, shown, Viewer(role), 1, now=NOW) == "not_yours"
        assert release_version(network, Viewer(role), "F", body="B", day=DAY, note="", now=NOW, by="A") == "not_yours"
    assert network.version() == version
