"""Every meeting, by body: what comes, and what was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.answers.follow_up import overdue_of
from dashboard.answers.meetings import BodyMeetings, MeetingView
from dashboard.parts import meeting_body_forms as forms
from dashboard.parts.blocks import ListRow, list_rows, note, section
from dashboard.parts.body_ways import WAY, follow_way, ways_of
from dashboard.parts.context import Context
from dashboard.parts.head import show_head
from dashboard.parts.html import Content, Markup, clickable, go, joined
from dashboard.parts.meeting_body import BODY
from dashboard.parts.meeting_frame import MEETING
from dashboard.parts.meeting_planning import NEW
from dashboard.parts.traced import sourced, value_target
from etl.rules.meeting_series import INVITED_BEFORE

#: So many past meetings of a body stand in the list at once.
_PAST = 3
_BODY, _PLAN, _ADOPT = "gremium:", "planen:", "annehmen:"


def show_meetings(context: Context, views: Sequence[MeetingView], bodies: Sequence[BodyMeetings]) -> None:
    """The list; a click opens a meeting or a body."""
    say = context.say
    coming = [view for view in views if not view.is_over and view.day is not None]
    if coming:
        said = say("meeting.list.next", n=(coming[0].day - context.day).days, title=coming[0].title, day=coming[0].day)  # type: ignore[operator]
    else:
        said = say("meeting.list.none")
    over: Content = say("meeting.list.over", n=len(views))
    over = sourced(over, say, value_target(coming[0].key)) if coming else over
    show_head(context, over, said)
    late = overdue_of(context.store, context.picture())
    left, right = st.columns(2, gap="large")
    half = (len(bodies) + 1) // 2
    with left:
        first = clickable(joined(_body(context, body, late) for body in bodies[:half]), key="meeting-list")
    with right:
        second = clickable(joined(_body(context, body, late) for body in bodies[half:]), key="meeting-list-more")
        if context.is_office and st.button(say("body.new"), key="body-new"):
            forms.body_dialog(context, None)
    _follow(context, first or second)


def _follow(context: Context, clicked: str | None) -> None:
    if not clicked:
        return
    if clicked.startswith(WAY):
        follow_way(context, clicked)
    elif clicked.startswith(_BODY):
        context.open("sitzung", **{BODY: clicked.removeprefix(_BODY)})
    elif clicked.startswith(_PLAN):
        context.open("sitzung", **{NEW: clicked.removeprefix(_PLAN)})
    elif clicked.startswith(_ADOPT):
        adopted = forms.adopt(context, clicked.removeprefix(_ADOPT))
        if adopted is None:
            st.rerun()
        context.open("sitzung", **{BODY: str(adopted.id)})
    else:
        context.open("sitzung", **{MEETING: clicked})


def _body(context: Context, body: BodyMeetings, late: Mapping[int, int]) -> Markup:
    shown = [*body.coming, *body.past[:_PAST]]
    rows = list_rows(_row(context, view) for view in shown) if shown else note(context.say("body.meetings.none"))
    ways = ways_of(body.body, late.get(body.body.id, 0), context.say) if body.body else None
    return joined([section(_title(context, body), _ways(context, body)), rows, ways])


def _title(context: Context, body: BodyMeetings) -> Content:
    name = body.name or context.say("meeting.list.without_body")
    return go(name, f"{_BODY}{body.body.id}") if body.body else name


def _ways(context: Context, body: BodyMeetings) -> Content:
    """What kind it is; for whoever runs it a way to plan, for the office one to make a body of a mere name."""
    say = context.say
    if body.body is None:
        if not context.is_office or body.name is None:
            return None
        return go(say("body.adopt"), f"{_ADOPT}{body.name}", class_="rt-go rt-link")
    kind = say(f"body.kind.{body.body.kind}")
    kind = "" if kind == body.name else kind
    if not body.runs or body.body.ended_on is not None:
        return say("body.ended", day=body.body.ended_on) if body.body.ended_on else kind
    plan = go(say("planning.plan"), f"{_PLAN}{body.body.id}", label=f": {body.name}", class_="rt-go rt-link")
    return joined([kind, " · ", plan] if kind else [plan])


def _row(context: Context, view: MeetingView) -> ListRow:
    return ListRow(view.title, _state(context, view), target=view.key, strong=not view.is_over)


def _state(context: Context, view: MeetingView) -> str:
    say, plan = context.say, view.plan
    if view.day is None:
        return say("meeting.finding.without_day")
    day = say("meeting.day", day=view.day)
    if plan is None:
        return day
    state = "over" if view.is_over and plan.state in ("planned", "invited") else plan.state
    if state == "planned" and view.sees_papers and plan.shown_to_leadership is not None:
        state = "shown"  # to leadership, and to whoever runs the body
    told = [day, say(f"meeting.state.{state}")]
    if view.runs and plan.invited_at is None and not view.is_over:
        told.append(say("papers.due_by", day=view.day - INVITED_BEFORE))
    return " · ".join(told)
