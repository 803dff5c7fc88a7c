"""Dialog to put an idea right that was typed in here: other words for it, or taken off the table."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.answers import idea_workshops as answers
from dashboard.parts.attempts import done_or_stays
from dashboard.parts.blocks import note
from dashboard.parts.context import Context
from dashboard.parts.html import plain_label, show
from dashboard.parts.no_clients import no_clients


def change_dialog(context: Context) -> None:
    st.dialog(plain_label(context.say("idea.change")), width="large")(lambda: _change(context))()


def _change(context: Context) -> None:
    say, store, user = context.say, context.store, context.user
    titles = answers.changeable(store, user)
    show(note(say("idea.change.what" if context.is_office else "idea.change.what.own")))
    if not titles:
        show(note(say("idea.change.none")))
        return
    order = sorted(titles, key=lambda one: titles[one].casefold())
    key = st.selectbox(
        say("idea.change.which"), order, None, format_func=titles.__getitem__, key="idea-change-which",
        placeholder=say("idea.change.choose"),
    )  # fmt: skip
    if key is None:
        return
    title = st.text_input(say("idea.change.title"), titles[key], key=f"idea-change-{key}", max_chars=200)
    show(no_clients(say))
    with st.container(horizontal=True):
        saves = st.button(say("idea.change.do"), type="primary", key="idea-change-do")
        withdraws = st.button(say("idea.withdraw"), key="idea-withdraw-do")
    about: dict[str, Any] = {"day": context.day, "now": context.now}
    if saves:
        told = {"reason": say("idea.reason.changed"), **about}
        done_or_stays(context, lambda: answers.reword(store, user, key, title or "", **told), "idea.outcome.changed")
    elif withdraws:
        told = {"reason": say("idea.reason.withdrawn"), **about}
        withdrawn, old = "idea.outcome.withdrawn", titles[key]
        done_or_stays(context, lambda: answers.withdraw(store, user, key, **told), withdrawn, title=old)
