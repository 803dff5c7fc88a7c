"""The one style sheet, sent on every run."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import streamlit as st

SHEET = Path(__file__).with_name("style.css")
_COMMENT = re.compile(r"/\*.*?\*/", re.S)


def apply_style() -> None:
    """Send the sheet. Popovers and dialogs live outside the app's colour scheme, so it is named for the whole page."""
    scheme = "dark" if st.context.theme.type == "dark" else "light"
    st.html(f"<style>:root{{color-scheme:{scheme}}} {_sheet()}</style>")


@lru_cache(maxsize=1)
def _sheet() -> str:
    """Without comments and on one line: Streamlit looks at every line of it on every run."""
    text = _COMMENT.sub("", SHEET.read_text(encoding="utf-8"))
    return " ".join(line.strip() for line in text.splitlines() if line.strip())
