"""Nobody sees a page without signing in, and only what their role may see."""

from __future__ import annotations

import datetime as dt

import bcrypt
import pytest

from dashboard.shell import sign_in
from dashboard.shell.account import OPENED
from dashboard.shell.menu import MENU, may_open
from etl.model.accounts import ROLES, disable_user, find_user
from etl.model.settings_rows import set_setting
from etl.model.sign_ins import redeem_ticket
from etl.model.store import Store
from tests.signed_in import PASSWORD, SignedIn, a_user, app_as, text_of

pytestmark = pytest.mark.usefixtures("throwaway_pages")
PAGES = [entry.url_path for entry in MENU]


def partner_of(role: str) -> str | None:
    return "partner-1" if role == "partner" else None


def typed(app: SignedIn, username: str, password: str) -> str:
    """Fill in the form and send it; what is read afterwards."""
    app.at.text_input[0].set_value(username)
    app.at.text_input[1].set_value(password)
    app.at.button[0].click()
    return text_of(app.run())


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_sees_the_sign_in_and_nothing_of_the_page(sqlite_store: Store, page: str) -> None:
    app = app_as(sqlite_store, None, page)
    assert not app.at.exception
    assert "GEHEIM" not in text_of(app.at)
    assert [box.label for box in app.at.text_input] == ["Benutzername", "Passwort"]


@pytest.mark.parametrize("session", ["", "made up", "eyJhbGciOiJub25lIn0.e30.", "\x00", "ü" * 5000])
def test_a_cookie_someone_made_up_shows_the_sign_in(sqlite_store: Store, session: str) -> None:
    app = SignedIn(sqlite_store, session, {})
    app.run()
    assert not app.at.exception
    assert "GEHEIM" not in text_of(app.at)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", PAGES)
def test_each_role_sees_its_pages_and_a_kind_refusal_elsewhere(sqlite_store: Store, role: str, page: str) -> None:
    a_user(sqlite_store, "jemand", role, partner=partner_of(role))
    read = text_of(app_as(sqlite_store, "jemand", page).at)
    entry = next(entry for entry in MENU if entry.url_path == page)
    allowed = may_open(role, entry)  # type: ignore[arg-type]
    assert (f"GEHEIM {page}" in read) is allowed
    assert ("nicht vorgesehen" in read) is not allowed
    assert allowed or (
        page in ("rueckmeldungen", "klaerungen", "organisation") and role in ("member", "leadership", "observer")
    )


def test_every_page_says_its_class_and_day(sqlite_store: Store) -> None:
    a_user(sqlite_store, "amt", "coordinator")
    with sqlite_store.writing() as connection:
        set_setting(connection, "name", "Netzwerk Lindenmark")
        set_setting(connection, "day", "2026-11-10")
    for page, audience in (("ueberblick", "Gremium"), ("rueckmeldungen", "intern")):
        read = text_of(app_as(sqlite_store, "amt", page).at)
        assert f"Runder Tisch · Netzwerk Lindenmark · {audience} · Stand 10.\u00a0November 2026" in read


def test_the_right_password_gives_a_ticket_that_opens_a_session(sqlite_store: Store) -> None:
    a_user(sqlite_store, "amt", "coordinator")
    app = app_as(sqlite_store, None, "ziele")
    read = typed(app, " AMT ", PASSWORD)
    assert "Sie sind angemeldet" in read
    assert "GEHEIM" not in read  # the page opens with the cookie only
    assert "authentication_status" not in app.at.session_state
    with sqlite_store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sign_in_ticket").scalar() == 1


def test_five_wrong_passwords_lock_the_name_even_for_the_right_one(sqlite_store: Store) -> None:
    a_user(sqlite_store, "amt", "coordinator")
    for _ in range(5):
        assert "passen nicht zusammen" in typed(app_as(sqlite_store, None), "amt", "falsch falsch")
    assert "Bitte warten Sie 5\u00a0Minuten" in typed(app_as(sqlite_store, None), "amt", PASSWORD)


def test_unknown_and_disabled_names_are_refused_in_the_same_words(sqlite_store: Store) -> None:
    a_user(sqlite_store, "weg", "member")
    with sqlite_store.writing() as connection:
        disable_user(connection, "weg", dt.datetime.now(dt.UTC))
    answers = {name: typed(app_as(sqlite_store, None), name, PASSWORD) for name in ("weg", "niemand", "")}
    assert all("passen nicht zusammen" in read for read in answers.values())


@pytest.mark.usefixtures("real_passwords")
def test_an_unknown_name_costs_as_much_as_a_known_one(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """One check of a password each, at the same cost (the first seven characters of a hash)."""
    a_user(sqlite_store, "amt", "coordinator")
    now, checked, check = dt.datetime.now(dt.UTC), list[bytes](), bcrypt.checkpw

    def counted(password: bytes, known: bytes) -> bool:
        checked.append(known[:7])
        return check(password, known)

    monkeypatch.setattr(bcrypt, "checkpw", counted)
    for name in ("amt", "niemand"):
        assert sign_in.try_password(sqlite_store, name, "falsch falsch", now, None).ticket is None
    known, unknown = checked
    assert known == unknown


@pytest.mark.parametrize("password", ["x" * 200, "\x00", "ü" * 60, " "])
def test_a_password_the_library_cannot_take_is_a_wrong_one(sqlite_store: Store, password: str) -> None:
    a_user(sqlite_store, "amt", "coordinator")
    app = app_as(sqlite_store, None)
    assert "passen nicht zusammen" in typed(app, "amt", password)
    assert not app.at.exception


def test_a_disabled_user_loses_the_page_at_the_next_run(sqlite_store: Store) -> None:
    a_user(sqlite_store, "gast", "observer")
    app = app_as(sqlite_store, "gast")
    assert "GEHEIM" in text_of(app.at)
    with sqlite_store.writing() as connection:
        disable_user(connection, "gast", dt.datetime.now(dt.UTC))
    assert "GEHEIM" not in text_of(app.run())


def test_a_changed_role_holds_at_the_next_run(sqlite_store: Store) -> None:
    a_user(sqlite_store, "amt", "coordinator")
    app = app_as(sqlite_store, "amt", "rueckmeldungen")
    assert "GEHEIM rueckmeldungen" in text_of(app.at)
    with sqlite_store.writing() as connection:
        connection.exec_driver_sql("UPDATE account SET role = 'member'")
    assert "GEHEIM" not in text_of(app.run())


def test_signing_out_ends_the_session_in_the_store(sqlite_store: Store) -> None:
    a_user(sqlite_store, "amt", "coordinator")
    app = app_as(sqlite_store, "amt")
    app.at.button(key="rt-sign-out").click()
    assert "GEHEIM" not in text_of(app.run())
    replayed = SignedIn(sqlite_store, app.session, {})
    assert "GEHEIM" not in text_of(replayed.run())


def test_what_folds_out_is_made_when_it_opens(sqlite_store: Store) -> None:
    a_user(sqlite_store, "amt", "coordinator")
    app = app_as(sqlite_store, "amt")
    app.at.session_state[OPENED] = False
    assert "rt-sign-out" not in [button.key for button in app.run().button]
    app.at.session_state[OPENED] = True
    assert "rt-sign-out" in [button.key for button in app.run().button]


def test_a_page_that_breaks_says_so_kindly_and_gives_a_number(
    sqlite_store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    a_user(sqlite_store, "amt", "coordinator")
    app = app_as(sqlite_store, "amt", kaputt="1")
    read = text_of(app.at)
    assert not app.at.exception
    assert "die Nummer" in read
    assert "Geheimnis" not in read
    assert "Stand" in read  # the footer still stands
    reference = caplog.records[-1].getMessage().split()[-1]
    assert reference in read


def test_a_page_turns_to_another_one_with_its_address(sqlite_store: Store) -> None:
    a_user(sqlite_store, "amt", "coordinator")
    app = app_as(sqlite_store, "amt")
    next(button for button in app.at.button if button.label == "weiter").click()
    assert "GEHEIM ziele" in text_of(app.run())
    assert app.at.query_params["ziel"] == "S2"


def test_the_language_chosen_is_kept_with_the_user(sqlite_store: Store) -> None:
    a_user(sqlite_store, "amt", "coordinator")
    app = app_as(sqlite_store, "amt")
    app.at.get("button_group")[0].set_value("en")
    read = text_of(app.run())
    assert "steering group · as of" in read
    with sqlite_store.reading() as connection:
        found = find_user(connection, "amt")
    assert found is not None
    assert found.language == "en"


def test_a_ticket_is_worth_nothing_twice(sqlite_store: Store) -> None:
    a_user(sqlite_store, "amt", "coordinator")
    now = dt.datetime.now(dt.UTC)
    answer = sign_in.try_password(sqlite_store, "amt", PASSWORD, now, None)
    assert answer.ticket is not None
    with sqlite_store.writing() as connection:
        assert redeem_ticket(connection, answer.ticket, now) is not None
        assert redeem_ticket(connection, answer.ticket, now) is None
