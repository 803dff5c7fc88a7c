"""The page Ideen: what was typed in is put right, and what could not be copied from paper is told line by line."""

from __future__ import annotations

import datetime as dt

from etl.model.bodies import save_body, save_member
from etl.model.settings_rows import set_setting
from etl.model.store import Store
from etl.pipeline.ideas.collecting import collect
from etl.pipeline.ideas.rating import open_workshop
from etl.rules.idea_workshop import Workshop
from etl.rules.meeting import Body, Member
from tests.signed_in import SignedIn, a_user, app_as, text_of

_NOW = dt.datetime(2026, 9, 30, 22, tzinfo=dt.UTC)
_DAY = dt.date(2026, 10, 1)


def _ideas(store: Store, *titles: str) -> tuple[str, ...]:
    with store.writing() as connection:
        set_setting(connection, "day", _DAY.isoformat())
    office = a_user(store, "amt", "coordinator")
    a_user(store, "mitglied", "member")
    return collect(store, office, titles, reason="Werkstatt", day=_DAY, now=_NOW).keys


def _again(app: SignedIn, key: str) -> None:
    """Run with the dialog open: a browser keeps it so by itself."""
    app.at.button(key=key).click()
    app.run()
    assert not app.at.exception


def test_the_office_rewords_an_idea_and_withdraws_another(sqlite_store: Store) -> None:
    one, two = _ideas(sqlite_store, "Sprachcafe", "Lotsen")
    app = app_as(sqlite_store, "amt", "ideen")
    app.at.button(key="ideas-change").click()
    app.run()
    app.at.selectbox(key="idea-change-which").set_value(one)
    _again(app, "ideas-change")
    app.at.text_input(key=f"idea-change-{one}").set_value("Sprachcafé im Bus")
    app.at.button(key="idea-change-do").click()
    _again(app, "ideas-change")
    assert not app.at.exception
    assert "Die Idee ist geändert." in text_of(app.at)
    assert "Sprachcafé im Bus" in text_of(app.at)
    app.at.button(key="ideas-change").click()
    app.run()
    app.at.selectbox(key="idea-change-which").set_value(two)
    _again(app, "ideas-change")
    app.at.button(key="idea-withdraw-do").click()
    _again(app, "ideas-change")
    assert "„Lotsen“ ist zurückgezogen" in text_of(app.at)
    member = app_as(sqlite_store, "mitglied", "ideen")
    assert "Lotsen" not in text_of(member.at)
    member.at.button(key="ideas-change").click()
    member.run()
    assert "Es gibt keine Idee, die Sie ändern können." in text_of(member.at)


def test_a_line_copied_from_paper_that_fails_is_named_and_stays(sqlite_store: Store) -> None:
    keys = _ideas(sqlite_store, "Sprachcafé")
    office = a_user(sqlite_store, "leitstelle", "coordinator")
    with sqlite_store.writing() as connection:
        body = save_body(connection, Body(0, "Steuerungsgruppe", "steering_group"), by="Amt", now=_NOW).id
        save_member(connection, Member(0, body, "Dora Berg"), by="Amt", now=_NOW)
    open_workshop(sqlite_store, office, Workshop(0, "Werkstatt", _DAY, body, ideas=keys), now=_NOW)
    app = app_as(sqlite_store, "amt", "ideen", ansicht="bewertung")
    app.at.button(key="workshop-paper-button").click()
    app.run()
    lines = "Dora Berg; Sprachcafe; 4 3 5\n\nDora Berk; Sprachcafé; 4 3 5\nDora Berg; Lotsen; 4/3/5"
    app.at.text_area(key="workshop-paper-list").set_value(lines)
    next(button for button in app.at.button if button.label == "Übertragen").click()
    _again(app, "workshop-paper-button")
    assert not app.at.exception
    read = text_of(app.at)
    assert "Die Bewertung einer Person übertragen." in read
    assert "Zeile 3: „Dora Berk“ steht nicht in der Mitgliederliste des Gremiums." in read
    assert "Zeile 4: „Lotsen“ ist keine Idee dieser Bewertung." in read
    assert app.at.text_area(key="workshop-paper-list").value == lines
