"""What a page shows while the network has nothing for it yet: what to do first, and who does it."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.blocks import ListRow, headline, list_rows, section
from dashboard.parts.context import Context
from dashboard.parts.html import show

_STEPS = ("goals", "partners", "meeting")


def nothing_yet(context: Context, page: str) -> None:
    """For ``page`` (its ``url_path``): the office and partners get a way to send a list, all others hear who begins."""
    show(headline(context.network.name, context.say(f"empty.{page}")))
    sends = context.role in ("coordinator", "partner")
    show(section(context.say("empty.first")))
    if not sends:
        show(list_rows([ListRow(context.say("empty.office_begins"))]))
        return
    who = "office" if context.is_office else "partner"
    rows = [
        ListRow(context.say(f"empty.{who}.{step}"), context.say(f"empty.{who}.{step}.note"))
        for step in (_STEPS if context.is_office else _STEPS[:2])
    ]
    show(list_rows(rows, numbered=True))
    if st.button(context.say("empty.send"), type="primary", key=f"empty-{page}"):
        context.open("rueckmeldungen")
