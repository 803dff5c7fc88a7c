"""Throwaway pages that give themselves away when they are shown."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from dashboard.shell.menu import MENU

SOURCE = """
import streamlit as st

from dashboard.parts.blocks import headline
from dashboard.parts.html import show


def render(context):
    name = "{name}"
    context.store
    show(headline(context.role, "GEHEIM " + name))
    if st.query_params.get("kaputt"):
        raise RuntimeError("ein Geheimnis im Fehler")
    if st.button("weiter"):
        context.open("ziele", ziel="S2")
    st.button("bricht", on_click=_break)
    _part(context)


@st.fragment
def _part(context):
    # runs alone when its button is pressed: without the shell
    st.button("Teil")
    context.store
    st.markdown("GEHEIM im Teil")


def _break():
    raise RuntimeError("ein Geheimnis im Rückruf")
"""


def page_sources(folder: Path) -> Path:
    """The pages as files, for a server of its own."""
    for entry in MENU:
        (folder / f"{entry.url_path}.py").write_text(SOURCE.replace("{name}", entry.url_path), encoding="utf-8")
    return folder


@pytest.fixture
def throwaway_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages in this process, in place of the real ones."""
    for entry in MENU:
        module = ModuleType(f"dashboard.pages.{entry.url_path}")
        exec(SOURCE.replace("{name}", entry.url_path), module.__dict__)
        monkeypatch.setitem(sys.modules, module.__name__, module)
