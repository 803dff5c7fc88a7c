"""Sitzung: every meeting by body; with ``?sitzung=<key>`` one meeting in its views."""

from __future__ import annotations

import streamlit as st

from dashboard.answers.meetings import MeetingView, meeting_views
from dashboard.parts import meeting_agenda, meeting_papers
from dashboard.parts.blocks import headline
from dashboard.parts.context import Context
from dashboard.parts.empty import nothing_yet
from dashboard.parts.html import show
from dashboard.parts.meeting_frame import MEETING, View, as_shown, show_meeting
from dashboard.parts.meeting_list import show_meetings
from dashboard.reports.invitation import invitation


def _agenda(context: Context, meeting: MeetingView) -> None:
    def papers(kind: str) -> bytes:
        shown = as_shown(context, meeting).picture()
        return invitation(context.store, shown, meeting, kind, context.network.name, context.language)

    meeting_agenda.show_agenda(context, meeting, papers)


#: The views of one meeting in the order of their switch; the first is shown where the address names none.
VIEWS: tuple[View, ...] = (View("tagesordnung", _agenda),)


def render(context: Context) -> None:
    key = st.query_params.get(MEETING)
    meeting = _meeting(context, key) if key else None
    if meeting is not None:
        meeting_papers.carry_out(context, meeting)
        meeting_agenda.carry_out(context, meeting)
        show_meeting(context, _meeting(context, meeting.key) or meeting, VIEWS)
        return
    picture = context.picture()
    views = meeting_views(context.store, picture, context.user, context.now)
    if key:
        show(headline(context.say("meeting.list.over", n=len(views)), context.say("meeting.not_there")))
    elif views or picture.facts.partners:
        show_meetings(context, views)
    else:
        nothing_yet(context, "sitzung")


def _meeting(context: Context, key: str) -> MeetingView | None:
    views = meeting_views(context.store, context.picture(), context.user, context.now)
    return next((view for view in views if view.key == key), None)
