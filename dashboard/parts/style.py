"""The one style sheet, sent on every run."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import streamlit as st

SHEET = Path(__file__).with_name("style.css")


def apply_style() -> None:
    """Send the sheet. Popovers and dialogs live outside the app's colour scheme, so it is named for the whole page."""
    scheme = "dark" if st.context.theme.type == "dark" else "light"
    st.html(f"<style>:root{{color-scheme:{scheme}}}\n{_sheet()}</style>")


@lru_cache(maxsize=1)
def _sheet() -> str:
    return SHEET.read_text(encoding="utf-8")
