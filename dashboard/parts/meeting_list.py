"""Every meeting, by body: what comes, and what was."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.answers.meetings import BodyMeetings, MeetingView, by_body
from dashboard.parts.blocks import ListRow, headline, list_rows, section
from dashboard.parts.context import Context
from dashboard.parts.html import Markup, clickable, joined, show
from dashboard.parts.meeting_frame import MEETING

#: So many past meetings of a body stand in the list at once.
_PAST = 4


def show_meetings(context: Context, views: Sequence[MeetingView]) -> None:
    """The list; a click opens a meeting."""
    say = context.say
    coming = [view for view in views if not view.is_over and view.day is not None]
    if coming:
        said = say("meeting.list.next", n=(coming[0].day - context.day).days, title=coming[0].title, day=coming[0].day)  # type: ignore[operator]
    else:
        said = say("meeting.list.none")
    show(headline(say("meeting.list.over", n=len(views)), said))
    bodies = by_body(views)
    clicked = clickable(joined(_body(context, body) for body in bodies), key="meeting-list")
    if clicked:
        context.open("sitzung", **{MEETING: clicked})


def _body(context: Context, body: BodyMeetings) -> Markup:
    name = body.name or context.say("meeting.list.without_body")
    shown = [*body.coming, *body.past[:_PAST]]
    return joined([section(name), list_rows(_row(context, view) for view in shown)])


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
    return f"{day} · {say(f'meeting.state.{state}')}"
