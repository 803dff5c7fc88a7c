"""Sitzung: every meeting by body; with ``?sitzung=<key>`` one meeting in its views."""

from __future__ import annotations

import streamlit as st

from dashboard.answers.bodies import every_body
from dashboard.answers.meetings import MeetingView, by_body, meeting_view, meeting_views
from dashboard.parts import meeting_agenda, meeting_papers, meeting_planning
from dashboard.parts.blocks import headline
from dashboard.parts.body_views import show_body
from dashboard.parts.context import Context
from dashboard.parts.empty import nothing_yet
from dashboard.parts.follow_up import show_agreements
from dashboard.parts.html import show
from dashboard.parts.meeting_frame import MEETING, View, as_shown, show_meeting
from dashboard.parts.meeting_list import show_meetings
from dashboard.parts.meeting_minutes import Writers, carry_out, show_minutes
from dashboard.parts.meeting_results import offered, show_results
from dashboard.parts.since import show_since
from dashboard.reports.invitation import invitation
from dashboard.reports.kept_papers import papers_for
from dashboard.reports.minutes_files import minutes_docx, minutes_pdf

_WRITERS = Writers(
    papers=lambda context: papers_for(context.language),
    docx=lambda context, key: minutes_docx(context.store, key, context.day, context.language),
    pdf=lambda context, key: minutes_pdf(context.store, key, context.day, context.language),
)


def _agenda(context: Context, meeting: MeetingView) -> None:
    def papers(kind: str) -> bytes:
        shown = as_shown(context, meeting).picture()
        return invitation(context.store, shown, meeting, kind, context.network.name, context.language)

    meeting_agenda.show_agenda(context, meeting, papers)


#: The views of one meeting in the order of their switch; the first is shown where the address names none.
VIEWS: tuple[View, ...] = (
    View("seit", show_since, lambda meeting: meeting.day is not None, finds=True),
    View("tagesordnung", _agenda),
    View("vereinbarungen", show_agreements, finds=True),
    View("ergebnisse", show_results, offered, finds=True),
    View("niederschrift", lambda context, meeting: show_minutes(context, meeting, _WRITERS)),
    View("planung", meeting_planning.show_planning, lambda meeting: meeting.runs),
)


def render(context: Context) -> None:
    carry_out(context, _WRITERS)
    planned = meeting_planning.carry_out(context)
    if planned is not None and meeting_planning.NEW in st.query_params:
        context.open("sitzung", **{MEETING: planned.key})
    key = st.query_params.get(MEETING)
    meeting = _meeting(context, key) if key else None
    if meeting is not None:
        meeting_papers.carry_out(context, meeting)
        meeting_agenda.carry_out(context, meeting)
        show_meeting(context, _meeting(context, meeting.key) or meeting, VIEWS)
        return
    if not key and show_body(context):
        return
    picture = context.picture()
    views = meeting_views(context.store, picture, context.user, context.now)
    if key:
        show(headline(context.say("meeting.list.over", n=len(views)), context.say("meeting.not_there")))
    elif views or picture.facts.partners:
        show_meetings(context, views, by_body(views, every_body(context.store), context.user))
    else:
        nothing_yet(context, "sitzung")


def _meeting(context: Context, key: str) -> MeetingView | None:
    return meeting_view(context.store, context.picture(), key, context.user, context.now)
