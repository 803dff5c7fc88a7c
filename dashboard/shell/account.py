"""The small menu at the top right: who is signed in, the language, the way out."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from dashboard.parts.html import plain_label, show, tag
from dashboard.shell import as_shown, clock
from dashboard.shell.session import session_id
from etl.model.accounts import User, set_language
from etl.model.sign_ins import close_session
from etl.model.store import Store
from etl.wording import LANGUAGES, say

#: Set by a sign-out until the browser has been told.
LEAVING = "rt-leaving"
#: Whether the menu stands open.
OPENED = "rt-account-menu"


def account_menu(store: Store, user: User, partner: str | None, today: dt.date) -> None:
    """``partner`` is the name of the organisation the user speaks for. What is in the menu is made when it opens."""
    name = plain_label(user.display_name)
    with st.container(key="rt-account"):
        menu = st.popover(name, icon=":material/account_circle:", key=OPENED, on_change="rerun")
    if menu.open:
        with menu:
            _contents(store, user, partner, today)


def _contents(store: Store, user: User, partner: str | None, today: dt.date) -> None:
    role = say(user.language, f"role.{user.role}")
    about = f"{role} {say(user.language, 'account.partner', partner=partner)}" if partner else role
    show(tag("p", tag("b", user.display_name)), tag("p", about, class_="rt-note"))
    st.segmented_control(
        say(user.language, "account.language"),
        LANGUAGES,
        default=user.language,
        format_func=lambda code: say(code, f"language.{code}"),
        key="rt-language",
        required=True,
        on_change=_speak,
        args=(store, user.username),
    )
    as_shown.offer(user.language, today)
    st.button(say(user.language, "account.signout"), on_click=_leave, args=(store,), key="rt-sign-out")


def _speak(store: Store, username: str) -> None:
    chosen = st.session_state["rt-language"]
    if chosen in LANGUAGES:
        with store.writing() as connection:
            set_language(connection, username, chosen)


def _leave(store: Store) -> None:
    """The session ends in the store at once; the browser loses its cookie with the page that follows."""
    session = session_id()
    if session:
        with store.writing() as connection:
            close_session(connection, session, clock.now())
    st.session_state[LEAVING] = True
