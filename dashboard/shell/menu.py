"""The menu: which pages there are, in the order of a meeting, and who may open which."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import streamlit as st

from dashboard.parts.context import Context
from etl.model.accounts import ROLES, Role
from etl.wording import say

EVERYONE: frozenset[str] = frozenset(ROLES)


@dataclass(frozen=True, slots=True)
class Entry:
    """A menu entry: its address, who may open it, and the class its content has (wording: ``audience.<code>``).
    ``looks_back``: it can be shown as of an earlier day.

    The page is the module of the same name in ``dashboard/pages/`` and defines ``render(context)``.
    """

    url_path: str
    audience: str
    roles: frozenset[str] = EVERYONE
    looks_back: bool = True

    def render(self, context: Context) -> None:
        import_module(f"dashboard.pages.{self.url_path}").render(context)


MENU: tuple[Entry, ...] = (
    Entry("ueberblick", "body"),
    Entry("ziele", "body"),
    Entry("massnahmen", "body"),
    Entry("kooperationen", "body"),
    Entry("zustaendigkeiten", "body"),
    Entry("foerdermittel", "body"),
    Entry("ideen", "body"),
    Entry("sitzung", "body"),
    Entry("rueckmeldungen", "internal", frozenset({"coordinator", "partner"}), looks_back=False),
    Entry("klaerungen", "internal", frozenset({"coordinator", "partner"}), looks_back=False),
    Entry("organisation", "internal", frozenset({"coordinator", "partner"}), looks_back=False),
)


def may_open(role: Role, entry: Entry) -> bool:
    return role in entry.roles


def pages_for(
    language: str, role: Role | None, run: Callable[[Entry], None], entries: Iterable[Entry] = MENU
) -> dict[str, Any]:
    """Streamlit's pages by ``url_path``. All of them are known to everyone, so that a deep link keeps its address
    through the sign-in; those the role may not open are hidden, and ``run`` refuses them."""
    return {
        entry.url_path: st.Page(
            _runner(run, entry),
            title=say(language, f"menu.{entry.url_path}"),
            url_path=entry.url_path,
            default=entry is MENU[0],
            visibility="visible" if role is not None and may_open(role, entry) else "hidden",
        )
        for entry in entries
    }


def _runner(run: Callable[[Entry], None], entry: Entry) -> Callable[[], None]:
    return lambda: run(entry)
