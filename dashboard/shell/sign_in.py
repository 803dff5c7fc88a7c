"""Signing in: streamlit-authenticator checks the password, everything around it is ours.

The library's own limit, cookie and session state are not used: its limit forgets when the credentials are read anew,
its cookie can be read by scripts and outlives a sign-out, and unknown names answer faster. See the tests.
"""

from __future__ import annotations

import datetime as dt
import logging
import math
import secrets
from dataclasses import dataclass

import streamlit as st
from streamlit_authenticator.controllers import AuthenticationController

from dashboard.parts.blocks import headline, note
from dashboard.parts.html import show
from dashboard.shell import logo
from dashboard.shell.browser import Post, instruct
from dashboard.shell.routes import SIGN_IN
from dashboard.shell.session import address
from etl.model.accounts import hashed_password, password_hash, username_of
from etl.model.settings_rows import Network
from etl.model.sign_ins import attempt_succeeded, issue_ticket, record_attempt, too_many_attempts
from etl.model.store import Store
from etl.wording import LANGUAGES, say

_LIBRARY_KEYS = ("name", "username", "authentication_status", "email", "roles", "logout", "password_hint")
#: Compared when there is no such user, so that the answer takes as long.
_NOBODYS_HASH = hashed_password(secrets.token_urlsafe(16))


@dataclass(frozen=True)
class Answer:
    """What came of a password: a ticket, or a lock until an instant, or neither (refused)."""

    ticket: str | None = None
    locked_until: dt.datetime | None = None


def try_password(store: Store, username: str, password: str, now: dt.datetime, address: str | None) -> Answer:
    """Check a password under the limit. The attempt counts before it is checked, so parallel guesses count too."""
    with store.writing() as connection:
        locked_until = too_many_attempts(connection, username, now, address=address)
        if locked_until is not None:
            return Answer(locked_until=locked_until)
        attempt = record_attempt(connection, username, now, success=False, address=address)
        known_hash = password_hash(connection, username)
    if not _password_fits(username, password, known_hash or _NOBODYS_HASH) or known_hash is None:
        return Answer()
    with store.writing() as connection:
        attempt_succeeded(connection, attempt)
        return Answer(ticket=issue_ticket(connection, username, now))


def _password_fits(username: str, password: str, known_hash: str) -> bool:
    name = username_of(username)
    credentials = {"usernames": {name: {"name": name, "email": "", "password": known_hash}}}
    try:
        controller = AuthenticationController(credentials, auto_hash=False, secret_key=secrets.token_hex(16))
        return controller.login(name, password) is True
    except Exception:  # a password the library cannot take is a wrong password
        logging.getLogger(__name__).warning("sign-in check failed", exc_info=True)
        return False
    finally:
        for key in _LIBRARY_KEYS:
            st.session_state.pop(key, None)


def sign_in_page(store: Store, network: Network, language: str, now: dt.datetime, leaving: Post | None) -> None:
    """The only thing a person sees who is not signed in; the address stays, and is opened afterwards.

    ``leaving`` is what a sign-out still has to tell the browser.
    """
    with st.container(key="rt-sign-in"):
        product = say(language, "product.name")
        over = product if product != network.name else None
        show(logo.brand(network), headline(over, network.name), note(say(language, "signin.lead")))
        answer = _form(store, language, now)
        if answer is not None:
            _tell(answer, language, now)
        show(note(say(language, "signin.forgotten")))
        _language_choice(language)
    post = Post(SIGN_IN, answer.ticket[:8], {"ticket": answer.ticket}) if answer and answer.ticket else leaving
    instruct(language, post)


def _form(store: Store, language: str, now: dt.datetime) -> Answer | None:
    with st.form("sign-in", border=False):
        username = st.text_input(say(language, "signin.name"), autocomplete="username", max_chars=120)
        password = st.text_input(
            say(language, "signin.password"), type="password", autocomplete="current-password", max_chars=200
        )
        pressed = st.form_submit_button(say(language, "signin.submit"), type="primary")
    return try_password(store, username, password, now, address()) if pressed else None


def _tell(answer: Answer, language: str, now: dt.datetime) -> None:
    if answer.ticket:
        st.info(say(language, "signin.waiting"))
    elif answer.locked_until:
        minutes = math.ceil((answer.locked_until - now) / dt.timedelta(minutes=1))
        st.warning(say(language, "signin.locked", n=max(minutes, 1)))
    else:
        st.warning(say(language, "signin.refused"))


def _language_choice(language: str) -> None:
    """Before anybody is known the choice lives in the Streamlit session alone."""
    st.segmented_control(
        say(language, "account.language"),
        LANGUAGES,
        default=language,
        format_func=lambda code: say(code, f"language.{code}"),
        key="language",
        label_visibility="collapsed",
        required=True,
    )
