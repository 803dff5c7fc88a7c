"""Putting what a page found on the agenda of a coming meeting, where a body sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from dashboard.answers.meetings import MeetingView, coming_meetings
from dashboard.answers.picture import Picture
from dashboard.parts.blocks import note
from dashboard.parts.context import Context
from dashboard.parts.html import show, tag
from dashboard.parts.pressed import press


def show_to_agenda(
    context: Context,
    picture: Picture,
    already_on: Callable[[Sequence[MeetingView]], Sequence[MeetingView]],
    decision: str,
    subject: Any,
) -> None:
    """For who makes agendas: those it stands on, and the choice of another one. A press is ``decision`` with the
    subject and the meeting's key."""
    say = context.say
    meetings = coming_meetings(context.store, picture, context.user, context.now)
    on = already_on(meetings)
    for meeting in on:
        show(tag("p", say("to_agenda.stands_on", meeting=meeting.title)))
    left = {one.key: one.title for one in meetings if one not in on}
    if left:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen = st.selectbox(
                say("to_agenda.meeting"), list(left), key=f"{decision}-meeting", format_func=left.__getitem__
            )
            st.button(say("to_agenda.put"), key=decision, on_click=press, args=(decision, subject, chosen))
    elif not on:
        show(note(say("to_agenda.no_meeting")))
