"""The way from a meeting to the minutes of the one before it."""

from __future__ import annotations

from dashboard.answers.meetings import MeetingView
from dashboard.parts.context import Context
from dashboard.parts.html import Markup, go

#: What a click on it reports, and the view it leads to.
_LAST = "letzte-niederschrift"
MINUTES = "niederschrift"


def last_minutes(context: Context, meeting: MeetingView) -> Markup | None:
    """To be shown inside ``clickable``; None where the body had not met before."""
    if meeting.previous is None:
        return None
    return go(context.say("kept.last_minutes", day=meeting.previous.day), _LAST, class_="rt-go rt-link")


def open_last_minutes(context: Context, meeting: MeetingView, clicked: str | None) -> None:
    """Turn there, where that was clicked."""
    if clicked == _LAST and meeting.previous is not None:
        context.open("sitzung", sitzung=meeting.previous.key, ansicht=MINUTES)
