"""Makes the context a page is given, and guards it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Never

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.parts.context import Context
from dashboard.shell import clock, session
from etl.model.accounts import User
from etl.model.settings_rows import Network
from etl.model.store import Store

__all__ = ["Context", "NotAdmitted", "context_for"]


class NotAdmitted(PermissionError):
    """Nobody is signed in any more, or not in this role; raised where there is no run to begin anew."""


def context_for(store: Store, user: User, network: Network, now: dt.datetime, pages: Mapping[str, Any]) -> Context:
    """The context of one run of ``user``; ``pages`` are the menu's, by ``url_path``."""
    held, admitted_in = session.session_id(), [_this_run()]

    def admit() -> Store:
        """Fragments, buttons and downloads run without the shell, so the session is looked up again wherever this is
        not the run that looked it up."""
        run = _this_run()
        if run is None or run is not admitted_in[0]:
            found = session.signed_in(store, clock.now(), held)
            if found is None or (found.username, found.role, found.partner) != (user.username, user.role, user.partner):
                _turn_away()
            admitted_in[0] = run
        return store

    def turn_to(page: str, query: dict[str, str]) -> Never:
        st.switch_page(pages[page], query_params=query)

    return Context(
        user=user,
        language=user.language,
        day=clock.day_of(network, now),
        now=clock.moment_of(network, now),
        network=network,
        admit=admit,
        turn_to=turn_to,
    )


def _this_run() -> object | None:
    """What Streamlit makes anew for every run, of the page or of a fragment; None outside of one."""
    found = get_script_run_ctx()
    return None if found is None else found.cursors


def _turn_away() -> Never:
    if get_script_run_ctx() is not None:
        st.rerun()
    raise NotAdmitted
