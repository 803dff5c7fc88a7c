"""A meeting's papers beside its agenda: which day they show, when they are due, who has them, what came later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st

from dashboard.answers import meeting_changes as changes
from dashboard.answers.meetings import MeetingView
from dashboard.answers.reported_later import Later, reported_later
from dashboard.parts.attempts import try_to
from dashboard.parts.blocks import ListRow, definition_list, list_rows, note, section
from dashboard.parts.context import Context
from dashboard.parts.html import Content, clickable, joined, show
from dashboard.parts.pressed import press, pressed
from dashboard.parts.targets import follow, goal_target, measure_target
from etl.rules.days import in_berlin
from etl.rules.meeting import Plan
from etl.rules.meeting_series import INVITED_BEFORE

#: Makes the invitation with its papers: "pdf" or "docx" -> the file's bytes.
Papers = Callable[[str], bytes]

_SHOW, _INVITE = "papers-show", "papers-invite"
_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
#: So many later reports stand in the column.
_MOST = 8


def carry_out(context: Context, meeting: MeetingView) -> None:
    """What was pressed in the run before."""
    found = pressed(_SHOW, _INVITE)
    if found is None:
        return
    store, user, now = context.store, context.user, context.now
    if found[0] == _SHOW:
        try_to(lambda: changes.show_to_leadership(store, user, meeting.key, now=now), "meeting.outcome.shown")
    else:
        try_to(lambda: changes.invite(store, user, meeting.key, now=now), "meeting.outcome.invited")


def show_papers(context: Context, meeting: MeetingView, papers: Papers) -> None:
    if meeting.plan is not None:
        show(section(context.say("papers.title")), definition_list(_days(context, meeting.plan)))
        waits = meeting.plan.invited_at is None and not meeting.is_over
        if meeting.runs and waits and not context.as_shown:
            _next_step(context, meeting.plan)
        _downloads(context, meeting, papers)
    _show_later(context, meeting)


def _days(context: Context, plan: Plan) -> list[tuple[Content, Content]]:
    """What is fixed about the papers, in the order of time."""
    say = context.say
    pairs: list[tuple[Content, Content]] = []
    if plan.shown_to_leadership:
        pairs.append((say("papers.leadership"), say("papers.on", day=in_berlin(plan.shown_to_leadership))))
    if plan.invited_at:
        pairs.append((say("papers.invited"), say("papers.on", day=in_berlin(plan.invited_at))))
    else:
        pairs.append((say("papers.due"), say("papers.on", day=plan.day - INVITED_BEFORE)))
    if plan.editorial_deadline:
        pairs.append((say("papers.deadline"), say("papers.on", day=plan.editorial_deadline)))
        passed = plan.editorial_deadline < context.day
        state = say("papers.shows", day=plan.editorial_deadline) if passed else say("papers.draft")
        pairs.append((say("papers.state"), state))
    return pairs


def _next_step(context: Context, plan: Plan) -> None:
    """Leadership sees the papers first, then everyone."""
    say = context.say
    late = (context.day - (plan.day - INVITED_BEFORE)).days
    if late > 0:
        show(note(say("papers.late", n=late)))
    if plan.shown_to_leadership is None:
        st.button(say("papers.show"), key="papers-show", type="primary", on_click=press, args=(_SHOW,))
        show(note(say("papers.show.what")))
    else:
        st.button(say("papers.invite"), key="papers-invite", type="primary", on_click=press, args=(_INVITE,))
        show(note(say("papers.invite.what")))


def _downloads(context: Context, meeting: MeetingView, papers: Papers) -> None:
    def make(kind: str) -> Callable[[], bytes]:
        def data() -> bytes:
            context.admit()
            return papers(kind)

        return data

    with st.container(horizontal=True, key="papers-downloads"):
        for kind, mime in _TYPES.items():
            st.download_button(
                context.say(f"papers.download.{kind}"),
                data=make(kind),
                file_name=f"{context.say('papers.file')}-{(meeting.day or dt.date.min).isoformat()}.{kind}",
                mime=mime,
                on_click="ignore",
                key=f"papers-{kind}",
            )


def _show_later(context: Context, meeting: MeetingView) -> None:
    """What was reported after the editorial deadline: apart, and not in the papers."""
    found = reported_later(context.picture(), meeting)
    if not found:
        return
    say = context.say
    show(section(say("papers.later"), say("papers.later.n", n=len(found))))
    rows = [_row(one, context) for one in found[:_MOST]]
    more = note(say("papers.later.more", n=len(found) - _MOST)) if len(found) > _MOST else None
    follow(context, clickable(joined([list_rows(rows), more]), key="papers-later"))


def _row(one: Later, context: Context) -> ListRow:
    target = goal_target(one.key) if one.kind == "goal" else measure_target(one.key)
    said = context.say("papers.later.by", names=one.partners) if one.partners else None
    return ListRow(one.title, said, target=target)
