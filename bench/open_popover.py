"""The dashboard with „woher?“ on a goal's page always open, so that every rerun makes the whole proof."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import goal_view
from dashboard.parts.context import Context
from dashboard.parts.html import plain_label
from dashboard.parts.provenance import where_from
from dashboard.shell.frame import run


def _open(context: Context, label: str, record: str, field: str, title: str | None = None) -> None:
    with st.popover(plain_label(label), key=f"woher-{record}-{field}"):
        where_from(context, record, field, title, within="popover")


goal_view.where_from_popover = _open

run()
