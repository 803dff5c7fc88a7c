"""A version of the goal catalogue that a body released: the form for it, and the way back."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.answers import catalogue as answers
from dashboard.answers.picture import Picture
from dashboard.parts.context import Context
from dashboard.parts.deliveries import tell, viewer_of
from dashboard.parts.html import plain_label
from dashboard.parts.pressed import press

#: Names of the buttons.
RELEASE, TAKE_BACK = "catalogue-release", "catalogue-unrelease"


def release(context: Context) -> bool:
    """Whether it was; the sentence is told."""
    typed = st.session_state
    outcome = answers.release_version(
        context.store,
        viewer_of(context),
        typed.get("release-name") or "",
        body=typed.get("release-body") or "",
        day=typed.get("release-day") or context.day,
        note=typed.get("release-note") or "",
        now=context.now,
        by=context.user.display_name,
    )
    tell(f"catalogue.outcome.{outcome}", field=context.say("catalogue.release.name"), found=typed.get("release-name"))
    return outcome == "released"


def show_release(context: Context, picture: Picture) -> None:
    say = context.say
    found = answers.catalogue(context.store, picture)
    left, _ = st.columns([1.6, 1], gap="large")
    with left, st.form("catalogue-release", border=False):
        st.session_state.setdefault("release-name", say("catalogue.release.next", n=len(found.releases) + 1))
        st.text_input(say("catalogue.release.name"), key="release-name", max_chars=120)
        st.selectbox(
            say("catalogue.release.body"),
            list(answers.bodies(picture)),
            index=None,
            key="release-body",
            placeholder=say("catalogue.choose"),
            accept_new_options=True,
        )
        st.session_state.setdefault("release-day", context.day)
        st.date_input(say("catalogue.release.day"), key="release-day", format="DD.MM.YYYY", width=240)
        st.text_input(say("catalogue.release.note"), key="release-note", placeholder=say("catalogue.release.note_hint"))
        st.form_submit_button(
            say("catalogue.release.do"), type="primary", key="catalogue-release", on_click=press, args=(RELEASE,)
        )


def show_take_back_version(context: Context, row: Any) -> None:
    """The last version can be taken back."""
    label = plain_label(context.say("catalogue.release.take_back", name=row.name))
    st.button(label, key="catalogue-unrelease", on_click=press, args=(TAKE_BACK, row.id))
