"""The ways from a meeting's page into the room: present, follow, invite a moderator from outside."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from dashboard.answers.meetings import MeetingView
from dashboard.answers.room import WALL, moderator_invited
from dashboard.parts.blocks import note
from dashboard.parts.context import Context
from dashboard.parts.html import Markup, joined, show, tag
from etl.pipeline.meeting.presenting import PresentingRefused, invite_moderator, revoke_moderator


def show_room_entry(context: Context, meeting: MeetingView) -> None:
    """One line of links; nothing where there is nothing to present any more."""
    if meeting.plan is None or meeting.body is None or meeting.plan.state == "closed" or not meeting.sees_papers:
        return
    say = context.say
    links = [_link(f"{WALL}/{meeting.key}", say("room.entry.present"))] if meeting.presents else []
    if meeting.presents or meeting.plan.state == "running":
        links.append(_link(f"{WALL}/{meeting.key}/mitlesen", say("room.entry.follow")))
    if meeting.records:
        links.append(_link(f"{WALL}/{meeting.key}/protokoll", say("desk.title")))
    if not links:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="rt-room-entry", width="content"):
        show(tag("p", joined(links, " · "), class_="rt-room-entry"))
        if meeting.runs:
            with st.popover(say("room.entry.moderate")):
                _moderator(context, meeting)


def show_running(context: Context, meeting: str, body: str) -> None:
    """The line above every page while a meeting of ``body`` is presented."""
    say = context.say
    link = _link(f"{WALL}/{meeting}/mitlesen", say("room.running.follow"))
    show(tag("p", joined([say("room.running", body=body), link], " · "), class_="rt-running", role="status"))


def _link(address: str, words: str) -> Markup:
    return tag("a", words, href=address, target="_self", class_="rt-link")


def _moderator(context: Context, meeting: MeetingView) -> None:
    say = context.say
    show(note(say("room.entry.moderate.what")))
    with st.form(f"moderator-{meeting.key}", border=False):
        name = st.text_input(say("room.entry.moderate.name"), max_chars=100)
        asked = st.form_submit_button(say("room.entry.moderate.make"))
    if asked and name.strip():
        try:
            token = invite_moderator(context.store, meeting.key, name, by=context.user.display_name, now=context.now)
        except PresentingRefused:
            st.rerun()
        parts = urlsplit(st.context.url or "")
        origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
        show(note(say("room.entry.moderate.link")))
        st.code(f"{origin}{WALL}/{meeting.key}/moderation/{token}", language=None, wrap_lines=True)
    elif moderator_invited(context.store, meeting.key) and st.button(
        say("room.entry.moderate.revoke"), key=f"revoke-moderator-{meeting.key}"
    ):
        revoke_moderator(context.store, meeting.key)
        show(note(say("room.entry.moderate.revoked")))
