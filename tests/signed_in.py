"""An AppTest that is signed in: it cannot see cookies, so the session id is handed to it."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from unittest.mock import patch

from streamlit.testing.v1 import AppTest

from dashboard.parts.filters import FOLD
from dashboard.shell.account import OPENED
from etl.model.accounts import User, add_user, find_user
from etl.model.sign_ins import open_session
from etl.model.store import Store

MAIN = Path(__file__).resolve().parents[1] / "dashboard" / "shell" / "main.py"
PASSWORD = "ein langes Passwort"


def a_user(store: Store, username: str, role: str, *, partner: str | None = None, language: str = "de") -> User:
    """The user of this name, added where there is none."""
    with store.writing() as connection:
        found = find_user(connection, username)
        return found or add_user(
            connection,
            username,
            PASSWORD,
            display_name=username.title(),
            role=role,
            partner=partner,
            language=language,
            now=dt.datetime.now(dt.UTC),
        )


def a_session(store: Store, username: str) -> str:
    with store.writing() as connection:
        session = open_session(connection, username, dt.datetime.now(dt.UTC))
    assert session is not None, f"{username} may not sign in"
    return session


class SignedIn:
    """Runs the dashboard as one user; ``run()`` after each change, ``at`` is the AppTest."""

    def __init__(self, store: Store, session: str | None, query: dict[str, str]) -> None:
        self.store, self.session = store, session
        self.at = AppTest.from_file(str(MAIN), default_timeout=60)
        for name, value in query.items():
            self.at.query_params[name] = value
        for folded in (OPENED, FOLD):  # somebody who has opened what folds out
            self.at.session_state[folded] = True

    def run(self) -> AppTest:
        with (
            patch("dashboard.shell.frame.dashboard_store", lambda: self.store),
            patch("dashboard.shell.session.session_id", lambda: self.session),
            patch("dashboard.shell.account.session_id", lambda: self.session),
            patch("dashboard.shell.sign_in.address", lambda: None),
        ):
            main = sys.modules["__main__"]
            try:
                return self.at.run()
            finally:
                sys.modules["__main__"] = main  # Streamlit leaves its script there, and forked commands would run it


def app_as(store: Store, username: str | None, page: str = "ueberblick", **query: str) -> SignedIn:
    """The dashboard opened by ``username`` (None: nobody) at a page; already run once."""
    app = SignedIn(store, a_session(store, username) if username else None, query)
    if page != "ueberblick":
        app.at._page_hash = _page_hash(page)
    app.run()
    return app


def _page_hash(url_path: str) -> str:
    from streamlit.navigation.page import calc_hash

    return str(calc_hash(url_path))


def clickables(at: AppTest) -> list[str]:
    """The markup of everything that can be clicked, in the page's order."""
    said = [json.loads(element.proto.json) for element in at.get("bidi_component")]
    return [one["html"] for one in said if isinstance(one, dict) and "html" in one]


def text_of(at: AppTest) -> str:
    """Everything a person could read, style sheets left out."""
    bodies = [str(element.proto.body) for element in at.get("html")] + [str(m.value) for m in at.markdown]
    bodies += clickables(at)
    labels = [element.label for kind in ("button", "text_input") for element in at.get(kind)]
    notices = [str(m.value) for kind in ("info", "warning", "error") for m in getattr(at, kind)]
    return "\n".join(text for text in [*bodies, *labels, *notices] if "<style>" not in text)
