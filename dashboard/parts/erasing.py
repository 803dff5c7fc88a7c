"""Erasing a person, by the office: choose, say why, confirm."""

from __future__ import annotations

import streamlit as st

from dashboard.answers import erasing
from dashboard.answers.contacts import Viewer
from dashboard.answers.picture import Picture
from dashboard.parts.blocks import section
from dashboard.parts.context import Context
from dashboard.parts.deliveries import tell
from dashboard.parts.html import show, tag
from dashboard.parts.pressed import press, pressed

_ERASE = "contact-erase"
_WHOM, _WHY, _SURE = "erase-whom", "erase-why", "erase-sure"


def carry_out(context: Context) -> None:
    """What was pressed in the run before."""
    found = pressed(_ERASE)
    if found is None:
        return
    key = st.session_state.get(_WHOM)
    if not key or not st.session_state.get(_SURE):
        tell("erase.refused.not_sure")
        return
    reason = str(st.session_state.get(_WHY) or "")
    st.session_state[_SURE], st.session_state[_WHY] = False, ""
    for sentence, values in erasing.erase(context.store, key, context.user, reason=reason, now=context.now):
        tell(sentence, **values)


def show_erasing(context: Context, picture: Picture, viewer: Viewer) -> None:
    """Below the list of contacts; nothing for anybody but the office."""
    may = context.is_office and not context.as_shown
    whom = erasing.erasable(context.store, picture, viewer) if may else {}
    if not whom:
        return
    say = context.say
    show(section(say("erase.title"), say("erase.aside")))
    with st.form("contact-erase-form", border=False):
        show(tag("p", say("erase.what")))
        st.selectbox(
            say("erase.whom"), list(whom), index=None, key=_WHOM, format_func=whom.__getitem__,
            placeholder=say("erase.choose"),
        )  # fmt: skip
        st.text_input(say("erase.why"), key=_WHY, max_chars=400)
        st.checkbox(say("erase.sure"), key=_SURE)
        st.form_submit_button(say("erase.do"), key="contact-erase", on_click=press, args=(_ERASE,))
