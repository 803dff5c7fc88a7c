"""Sitzung: every meeting by body; with ``?sitzung=<key>`` one meeting in its views."""

from __future__ import annotations

import streamlit as st

from dashboard.answers.meetings import meeting_views
from dashboard.parts.blocks import headline
from dashboard.parts.context import Context
from dashboard.parts.empty import nothing_yet
from dashboard.parts.follow_up import show_agreements
from dashboard.parts.html import show
from dashboard.parts.meeting_agenda import show_agenda
from dashboard.parts.meeting_frame import MEETING, View, show_meeting
from dashboard.parts.meeting_list import show_meetings
from dashboard.parts.meeting_results import offered, show_results

#: The views of one meeting in the order of their switch; the first is shown where the address names none.
VIEWS: tuple[View, ...] = (
    View("tagesordnung", show_agenda),
    View("vereinbarungen", show_agreements),
    View("ergebnisse", show_results, offered),
)


def render(context: Context) -> None:
    picture = context.picture()
    views = meeting_views(context.store, picture, context.user, context.now)
    key = st.query_params.get(MEETING)
    if key:
        meeting = next((view for view in views if view.key == key), None)
        if meeting is None:
            show(headline(context.say("meeting.list.over", n=len(views)), context.say("meeting.not_there")))
        else:
            show_meeting(context, meeting, VIEWS)
    elif views or picture.facts.partners:
        show_meetings(context, views)
    else:
        nothing_yet(context, "sitzung")
