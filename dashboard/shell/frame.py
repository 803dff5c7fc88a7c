"""One run: who is this, which page, what stands around it."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

import streamlit as st

from dashboard.answers.room import running_for
from dashboard.parts.blocks import headline, note
from dashboard.parts.context import Context
from dashboard.parts.html import show, tag
from dashboard.parts.room_entry import show_running
from dashboard.parts.style import apply_style
from dashboard.shell import as_shown, clock, logo
from dashboard.shell.account import LEAVING, account_menu
from dashboard.shell.browser import Post, instruct
from dashboard.shell.context import context_for
from dashboard.shell.documents import preferred_language
from dashboard.shell.menu import Entry, may_open, pages_for
from dashboard.shell.routes import SIGN_OUT
from dashboard.shell.session import dashboard_store, signed_in
from dashboard.shell.sign_in import sign_in_page
from dashboard.shell.trouble import LANGUAGE_OF_RUN, show_trouble
from etl.model.accounts import User
from etl.model.settings_rows import Network, network
from etl.model.state import state_on
from etl.model.store import Store, StoreIsReadOnly
from etl.wording import LANGUAGES


def run() -> None:
    """The entry script's only call."""
    store, now = dashboard_store(), clock.now()
    with store.reading() as connection:
        shown = network(connection)
    user = signed_in(store, now)
    language = user.language if user else _language_of_stranger()
    st.session_state[LANGUAGE_OF_RUN] = language
    st.set_page_config(page_title=shown.name, page_icon=str(logo.FAVICON), layout="wide")
    apply_style()
    if user is None:
        _outside(store, shown, language, now)
    else:
        _inside(store, shown, user, now)


def _outside(store: Store, shown: Network, language: str, now: dt.datetime) -> None:
    leaving = Post(SIGN_OUT, now.isoformat()) if st.session_state.pop(LEAVING, False) else None
    pages = pages_for(language, None, lambda _: sign_in_page(store, shown, language, now, leaving))
    st.navigation(list(pages.values()), position="hidden").run()


def _inside(store: Store, shown: Network, user: User, now: dt.datetime) -> None:
    pages: dict[str, Any] = {}
    context = as_shown.looking_back(context_for(store, user, shown, now, pages))
    pages.update(pages_for(user.language, user.role, lambda entry: _page(entry, context)))
    st.logo(logo.mark(shown, _theme()), size="large")
    chosen = st.navigation(list(pages.values()), position="top")
    account_menu(store, user, _partner_name(store, user), clock.day_of(shown, now))
    running = running_for(store, user, context.now)
    if running is None:
        chosen.run()
        return
    line = st.empty()
    with line:
        show_running(context, running.plan.key, running.body.name)
    chosen.run()
    if running_for(store, user, context.now) is None:  # the page has just closed it
        line.empty()


def _page(entry: Entry, context: Context) -> None:
    """A page within the one catch; control flow of Streamlit (stop, rerun) is no ``Exception`` and passes."""
    try:
        as_shown.show_line(context)
        if may_open(context.role, entry) and context.as_shown and not entry.looks_back:
            as_shown.refuse(context)
        elif may_open(context.role, entry):
            entry.render(context)
        else:
            show(headline(None, context.say("refused.headline")), note(context.say("refused.sentence")))
    except StoreIsReadOnly:
        as_shown.nothing_changes(context.language)
    except Exception as error:
        show_trouble(error, context.language)
    _footer(entry, context)
    instruct(context.language)


def _footer(entry: Entry, context: Context) -> None:
    own_day = context.network.day is not None and not context.as_shown
    line = context.say(
        "footer.line_own_day" if own_day else "footer.line",
        network=context.network.name,
        product=context.say("product.name"),
        audience=context.say(f"audience.{entry.audience}"),
        day=context.day,
    )
    show(tag("p", line, class_="rt-footer"))


def _partner_name(store: Store, user: User) -> str | None:
    """What the organisation calls itself in the last list that named it."""
    return _name_of(store, store.version(), user.partner) if user.partner else None


@lru_cache(maxsize=256)
def _name_of(store: Store, version: int, partner: str) -> str | None:
    with store.reading() as connection:
        known = state_on(connection, kinds=["partner"]).find(partner)
    return str(known.value("name")) if known and known.value("name") else None


def _language_of_stranger() -> str:
    chosen = st.session_state.get("language")
    return chosen if chosen in LANGUAGES else preferred_language(st.context.headers.get("Accept-Language", ""))


def _theme() -> str:
    return "dark" if st.context.theme.type == "dark" else "light"
