"""Houses invited to a meeting beside its members: who they are, and the way to take an invitation back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.answers import meeting_changes as changes
from dashboard.answers.meetings import MeetingView
from dashboard.parts.attempts import try_to
from dashboard.parts.blocks import note
from dashboard.parts.context import Context
from dashboard.parts.deliveries import show_told, tell
from dashboard.parts.html import plain_label, show


def show_guests(context: Context, meeting: MeetingView) -> None:
    """Nothing where only the members are invited."""
    if not meeting.guests:
        return
    say = context.say
    to_come = meeting.plan is not None and meeting.plan.state in ("planned", "invited")
    with st.container(horizontal=True, vertical_alignment="center", key="meeting-guests"):
        show(note(say("meeting.guests", houses=list(meeting.guests.values()))))
        if meeting.runs and to_come and not context.as_shown:
            with st.popover(say("meeting.guests.back")):
                for key, name in meeting.guests.items():
                    take_back_button(context, meeting.key, key, name)


def take_back_button(context: Context, meeting: str, house: str, name: str) -> None:
    """Takes the invitation back when pressed; says whether the house has to be told."""
    if st.button(plain_label(context.say("missing.invite.back", house=name)), key=f"guest-back-{meeting}-{house}"):
        tell_and_rerun(
            context, lambda: changes.take_back_invitation(context.store, context.user, meeting, house),
            "missing.outcome.taken_back", name,
        )  # fmt: skip


def tell_and_rerun(context: Context, change: Callable[[], bool], outcome: str, name: str) -> None:
    """``change`` says whether the invitation is out: then somebody has to write to the house."""
    is_out = try_to(change)
    if is_out is not None:
        tell(f"{outcome}.out" if is_out else outcome, house=name)
        st.rerun()
    show_told(context)
