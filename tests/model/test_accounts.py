"""Who may sign in, and for how long."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.model.accounts import (
    AccountRefused,
    add_user,
    disable_user,
    find_user,
    list_users,
    password_hash,
    revoke_sessions,
    set_language,
    set_password,
)
from etl.model.sign_ins import (
    ATTEMPT_WINDOW,
    ATTEMPTS_PER_ADDRESS,
    KEPT_FOR,
    SESSION_LIFETIME,
    TICKET_LIFETIME,
    attempt_succeeded,
    close_session,
    issue_ticket,
    open_session,
    record_attempt,
    redeem_ticket,
    session_user,
    too_many_attempts,
)
from etl.model.store import Store

NOW = dt.datetime(2026, 11, 20, 8, 15, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def network(store: Store) -> Store:
    with store.writing() as connection:
        for name, role, partner in (("office", "coordinator", None), ("vhs", "partner", "partner-1")):
            add_user(connection, name, "ein langes Passwort", display_name=name, role=role, partner=partner, now=NOW)
    return store


def test_a_user_is_found_however_the_name_is_typed(network: Store) -> None:
    with network.reading() as connection:
        found = find_user(connection, "  OFFICE ")
        assert found is not None
        assert (found.role, found.partner, found.language, found.created_at) == ("coordinator", None, "de", NOW)
        assert [user.username for user in list_users(connection)] == ["office", "vhs"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"username": "Office"}, "username_taken"),
        ({"username": "zwei Wörter"}, "username_form"),
        ({"role": "king"}, "role_unknown"),
        ({"role": "partner"}, "role_needs_partner"),
        ({"password": "  kurz   "}, "password_too_short"),
        ({"password": "ü" * 40}, "password_too_long"),
        ({"display": "N" * 121}, "name_too_long"),
    ],
)
def test_a_user_that_cannot_be_is_refused_with_a_code(network: Store, changes: dict[str, str], code: str) -> None:
    given = {"username": "neu", "password": "ein langes Passwort", "role": "member", "display": "Neu", **changes}
    with network.writing() as connection, pytest.raises(AccountRefused) as refused:
        add_user(
            connection, given["username"], given["password"], display_name=given["display"], role=given["role"], now=NOW
        )
    assert refused.value.code == code


@pytest.mark.usefixtures("real_passwords")
def test_passwords_are_kept_as_hashes_only(network: Store) -> None:
    with network.reading() as connection:
        kept = password_hash(connection, "office")
    assert kept is not None
    assert kept.startswith("$2b$12$")
    assert "Passwort" not in kept


def test_a_session_ends_with_its_time(network: Store) -> None:
    with network.writing() as connection:
        session = open_session(connection, "office", NOW)
        assert session is not None
        almost = session_user(connection, session, NOW + SESSION_LIFETIME - SECOND)
        assert almost is not None
        assert almost.username == "office"
        assert session_user(connection, session, NOW + SESSION_LIFETIME) is None


@pytest.mark.parametrize("end", ["signing out", "disabling", "a new password", "revoking"])
def test_a_session_ends_by(network: Store, end: str) -> None:
    with network.writing() as connection:
        session, other = open_session(connection, "office", NOW), open_session(connection, "vhs", NOW)
        assert session is not None
        assert other is not None
        if end == "signing out":
            close_session(connection, session, NOW)
        elif end == "disabling":
            assert disable_user(connection, "Office", NOW)
        elif end == "a new password":
            assert set_password(connection, "office", "ein anderes Passwort", NOW)
        else:
            revoke_sessions(connection, "office", NOW)
    with network.reading() as connection:
        assert session_user(connection, session, NOW) is None
        assert session_user(connection, other, NOW) is not None


def test_a_disabled_user_gets_no_session_until_let_in_again(network: Store) -> None:
    with network.writing() as connection:
        disable_user(connection, "office", NOW)
        assert open_session(connection, "office", NOW) is None
        assert password_hash(connection, "office") is None
        disable_user(connection, "office", NOW, disabled=False)
        assert open_session(connection, "office", NOW) is not None


def test_unknown_users_are_told_apart_from_changed_ones(network: Store) -> None:
    with network.writing() as connection:
        assert not set_password(connection, "nobody", "ein langes Passwort", NOW)
        assert not disable_user(connection, "nobody", NOW)
        assert open_session(connection, "nobody", NOW) is None


def test_a_session_id_someone_made_up_belongs_to_nobody(network: Store) -> None:
    with network.reading() as connection:
        for made_up in ("", "x", "%00", "\ud800", "a" * 10_000, "' OR 1=1 --"):
            assert session_user(connection, made_up, NOW) is None


def test_the_store_does_not_hold_what_the_browser_holds(network: Store) -> None:
    with network.writing() as connection:
        session = open_session(connection, "office", NOW)
        kept = connection.exec_driver_sql("SELECT session_hash FROM sign_in_session").scalars().all()
    assert session not in kept


def test_a_ticket_opens_one_session_within_a_minute(network: Store) -> None:
    with network.writing() as connection:
        ticket, late = issue_ticket(connection, "vhs", NOW), issue_ticket(connection, "vhs", NOW)
        session = redeem_ticket(connection, ticket, NOW + SECOND)
        assert session is not None
        assert redeem_ticket(connection, ticket, NOW + SECOND) is None
        assert redeem_ticket(connection, late, NOW + TICKET_LIFETIME) is None
        assert redeem_ticket(connection, "made up", NOW) is None


def test_disabling_stops_a_ticket_on_its_way(network: Store) -> None:
    with network.writing() as connection:
        ticket = issue_ticket(connection, "vhs", NOW)
        disable_user(connection, "vhs", NOW)
        assert redeem_ticket(connection, ticket, NOW) is None


def test_five_wrong_passwords_lock_a_name_for_five_minutes(network: Store) -> None:
    with network.writing() as connection:
        for n in range(5):
            assert too_many_attempts(connection, "office", NOW + n * SECOND) is None
            record_attempt(connection, "Office ", NOW + n * SECOND, success=False)
        until = too_many_attempts(connection, "office", NOW + 5 * SECOND)
        assert until == NOW + ATTEMPT_WINDOW
        assert too_many_attempts(connection, "vhs", NOW + 5 * SECOND) is None
        assert too_many_attempts(connection, "office", until) is None


def test_a_success_forgets_the_failures_before_it(network: Store) -> None:
    with network.writing() as connection:
        for _ in range(4):
            record_attempt(connection, "office", NOW, success=False)
        attempt_succeeded(connection, record_attempt(connection, "office", NOW, success=False))
        record_attempt(connection, "office", NOW, success=False)
        assert too_many_attempts(connection, "office", NOW + SECOND) is None


def test_one_address_trying_many_names_is_locked_for_all_of_them(network: Store) -> None:
    with network.writing() as connection:
        for n in range(ATTEMPTS_PER_ADDRESS):
            record_attempt(connection, f"name{n}", NOW, success=False, address="203.0.113.9")
        assert too_many_attempts(connection, "office", NOW + SECOND, address="203.0.113.9") is not None
        assert too_many_attempts(connection, "office", NOW + SECOND, address="203.0.113.10") is None


def test_old_sessions_and_attempts_are_forgotten(network: Store) -> None:
    with network.writing() as connection:
        record_attempt(connection, "office", NOW, success=False)
        open_session(connection, "office", NOW)
        open_session(connection, "office", NOW + KEPT_FOR + SESSION_LIFETIME + SECOND)
        counts = [
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
            for table in ("sign_in_attempt", "sign_in_session")
        ]
    assert counts == [0, 1]


def test_the_language_is_remembered(network: Store) -> None:
    with network.writing() as connection:
        set_language(connection, "office", "en")
        found = find_user(connection, "office")
    assert found is not None
    assert found.language == "en"
