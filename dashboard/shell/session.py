"""Whose browser this is: asked from the store on every run, never from the Streamlit session."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import streamlit as st

from etl.model.accounts import User
from etl.model.sign_ins import session_user
from etl.model.store import Store, open_store
from etl.settings import database_url

COOKIE = "rundertisch_session"


_given: str | None = None


def use_database(url: str) -> None:
    """The database this process serves, where the command line names one."""
    global _given
    _given = url


def dashboard_store() -> Store:
    """The store of this process, opened once."""
    return _opened(database_url(_given))


@lru_cache(maxsize=4)
def _opened(url: str) -> Store:
    return open_store(url)


def session_id() -> str | None:
    """The session id the browser holds. The script can read it, but not the page's own scripts: it is HttpOnly."""
    return st.context.cookies.get(COOKIE)


def address() -> str | None:
    """Where the request comes from, as the server sees it (behind a proxy, what the proxy says)."""
    return st.context.ip_address


def signed_in(store: Store, now: dt.datetime, held: str | None = None) -> User | None:
    """The user of this browser's session, if it lives and they are not disabled.

    ``held`` is asked where there is no browser to ask: downloads are made outside a run.
    """
    session = session_id() or held
    if not session:
        return None
    with store.reading() as connection:
        return session_user(connection, session, now)
