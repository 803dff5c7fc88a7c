"""The agenda of a meeting: what is spoken about, in which order and for how long."""

from __future__ import annotations

from dashboard.answers.meetings import MeetingView
from dashboard.parts.blocks import ListRow, list_rows, note
from dashboard.parts.context import Context
from dashboard.parts.html import show
from etl.model.meetings import agenda


def show_agenda(context: Context, meeting: MeetingView) -> None:
    with context.store.reading() as connection:
        items = agenda(connection, meeting.key)
    if not items:
        show(note(context.say("agenda.empty")))
        return
    rows = [ListRow(item.title, context.say("agenda.minutes", n=item.minutes)) for item in items]
    show(list_rows(rows, numbered=True))
