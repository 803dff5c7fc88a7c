"""Sitzung: every meeting by body; with ``?sitzung=<key>`` one meeting in its views."""

from __future__ import annotations

import streamlit as st

from dashboard.answers.bodies import body_view, every_body
from dashboard.answers.meetings import MeetingView, by_body, meeting_views
from dashboard.parts import meeting_agenda, meeting_body, meeting_papers, meeting_planning
from dashboard.parts.blocks import headline
from dashboard.parts.context import Context
from dashboard.parts.empty import nothing_yet
from dashboard.parts.follow_up import show_agreements
from dashboard.parts.html import show
from dashboard.parts.meeting_frame import MEETING, View, as_shown, show_meeting
from dashboard.parts.meeting_list import show_meetings
from dashboard.parts.meeting_results import offered, show_results
from dashboard.reports.invitation import invitation


def _agenda(context: Context, meeting: MeetingView) -> None:
    def papers(kind: str) -> bytes:
        shown = as_shown(context, meeting).picture()
        return invitation(context.store, shown, meeting, kind, context.network.name, context.language)

    meeting_agenda.show_agenda(context, meeting, papers)


#: The views of one meeting in the order of their switch; the first is shown where the address names none.
VIEWS: tuple[View, ...] = (
    View("tagesordnung", _agenda),
    View("vereinbarungen", show_agreements),
    View("ergebnisse", show_results, offered),
    View("planung", meeting_planning.show_planning, lambda meeting: meeting.runs),
)


def render(context: Context) -> None:
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
    picture = context.picture()
    views = meeting_views(context.store, picture, context.user, context.now)
    if key:
        show(headline(context.say("meeting.list.over", n=len(views)), context.say("meeting.not_there")))
    elif _show_body(context, views):
        return
    elif views or picture.facts.partners:
        show_meetings(context, views, by_body(views, every_body(context.store), context.user))
    else:
        nothing_yet(context, "sitzung")


def _show_body(context: Context, views: tuple[MeetingView, ...]) -> bool:
    """A body, or a new meeting of one, where the address names it."""
    new = st.query_params.get(meeting_planning.NEW)
    asked = new or st.query_params.get(meeting_body.BODY, "")
    number = int(asked[:9]) if asked.isascii() and asked.isdigit() else 0
    view = body_view(context.store, context.picture(), context.user, number) if number else None
    if view is None:
        return False
    if new and view.runs:
        meeting_planning.show_new(context, view)
    else:
        own = tuple(one for one in views if one.body is not None and one.body.id == number)
        meeting_body.show_body(context, view, own)
    return True


def _meeting(context: Context, key: str) -> MeetingView | None:
    views = meeting_views(context.store, context.picture(), context.user, context.now)
    return next((view for view in views if view.key == key), None)
