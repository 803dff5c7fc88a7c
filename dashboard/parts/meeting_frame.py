"""What stands around every view of one meeting: when, where, in which state, and the way between the views."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from dashboard.answers.meetings import MeetingView, by_kind, came_of, decisions_on
from dashboard.parts.blocks import headline, note
from dashboard.parts.context import Context
from dashboard.parts.deliveries import show_told
from dashboard.parts.html import clickable, show
from dashboard.parts.room_entry import show_room_entry
from dashboard.parts.switches import asked, switch
from dashboard.parts.targets import follow
from dashboard.parts.traced import sourced, value_target
from dashboard.parts.views import VIEW, everyone
from etl.rules.days import end_of_day

MEETING = "sitzung"


class View(NamedTuple):
    """A view of one meeting: its code in the address (wording ``meeting.view.<code>``), what shows it, and for which
    meetings and people it is there. ``finds``: it opens with a finding of its own, which is the page's headline."""

    code: str
    show: Callable[[Context, MeetingView], None]
    offered: Callable[[MeetingView], bool] = everyone
    finds: bool = False


def as_shown(context: Context, meeting: MeetingView) -> Context:
    """The context in which the meeting's papers and screens speak: as of its editorial deadline, once it has passed."""
    known_on = end_of_day(meeting.known_on) if meeting.known_on else context.known_on
    if known_on is not None and context.known_on is not None:
        known_on = min(known_on, context.known_on)
    return replace(context, day=meeting.shown_day, known_on=known_on)


def show_meeting(context: Context, meeting: MeetingView, views: Sequence[View]) -> None:
    """The meeting with its views; where its papers are still being prepared, only when they come."""
    say = context.say
    offered = {view.code: view for view in views if view.offered(meeting)}
    shown = offered.get(asked(VIEW, tuple(offered))) if offered and meeting.sees_papers else None
    if shown is None or not shown.finds:
        over = sourced(over_line(context, meeting), say, value_target(meeting.key))
        follow(context, clickable(headline(over, finding(context, meeting)), key="kopf"))
    show_told(context)
    if not meeting.sees_papers:
        show(note(say("meeting.papers_to_come")))
        return
    chosen = None
    with st.container(
        key="rt-meeting-top", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        if offered:
            with st.container(key="rt-meeting-controls", width="content"):
                chosen = switch(say("meeting.views"), VIEW, tuple(offered), lambda code: say(f"meeting.view.{code}"))
        if not context.as_shown:
            show_room_entry(context, meeting)
    if chosen is not None:
        offered[chosen].show(context, meeting)


def over_line(context: Context, meeting: MeetingView) -> str:
    """Body, title, day, time and place, as far as they are known."""
    say, plan = context.say, meeting.plan
    parts = [meeting.title]
    if meeting.body_name and meeting.body_name not in meeting.title:
        parts.insert(0, meeting.body_name)
    if plan is not None and plan.starts_at is not None:
        parts.append(say("meeting.when", day=meeting.day, time=plan.starts_at))
    elif meeting.day is not None:
        parts.append(say("meeting.day", day=meeting.day))
    if plan is not None and plan.place:
        parts.append(plan.place)
    return " · ".join(parts)


def finding(context: Context, meeting: MeetingView) -> str:
    """How far the meeting is, in one sentence."""
    say, plan = context.say, meeting.plan
    if meeting.day is None:
        return say("meeting.finding.without_day")
    days = (meeting.day - meeting.today).days
    if days < 0 or (plan is not None and plan.state == "closed"):
        return _past(context, meeting, days)
    if plan is None:
        return say("meeting.finding.will", day=meeting.day)
    if plan.state == "running":
        return say("meeting.finding.running")
    invited = "invited" if plan.invited_at is not None else "planned"
    told = say(f"meeting.finding.{invited}", n=days, day=meeting.day)
    asked = decisions_on(context.store, meeting.key) if meeting.sees_papers else 0
    return f"{told} {say('meeting.finding.decisions', n=asked)}" if asked else told


def _past(context: Context, meeting: MeetingView, days: int) -> str:
    """That it was, and what came of it as far as lists and minutes say."""
    say = context.say
    told = [say("meeting.finding.was", day=meeting.day) if days < 0 else say("meeting.finding.closed")]
    taken, made = came_of(context.picture(), meeting)
    told += [say(f"meeting.finding.{kind}", n=len(found)) for kind, found in by_kind(taken, meeting.body).items()]
    if made:
        told.append(say("meeting.finding.made", n=len(made)))
    return " ".join(told)
