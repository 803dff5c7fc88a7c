"""Niederschrift: the minutes to take along, what is kept of a meeting and whether it is whole, closing and opening."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from dashboard.answers import closing
from dashboard.answers.closing import KeptState, MinutesState, Papers
from dashboard.answers.meetings import MeetingView, meeting_view
from dashboard.parts.blocks import note, section
from dashboard.parts.context import Context
from dashboard.parts.deliveries import address, show_told, tell
from dashboard.parts.html import clickable, plain_label, show, tag
from dashboard.parts.last_minutes import last_minutes, open_last_minutes
from dashboard.parts.no_clients import no_clients
from dashboard.parts.pressed import press, pressed

_CLOSE, _REOPEN = "meeting-close", "meeting-reopen"
#: The name in the address of the second step, before a meeting is closed.
CLOSING = "schliessen"
_REASON = "meeting-reopen-reason"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Writers(NamedTuple):
    """What makes files, from the floor of the reports: ``papers`` to be kept, the minutes as ``docx`` and ``pdf``."""

    papers: Callable[[Context], Papers]
    docx: Callable[[Context, str], bytes]
    pdf: Callable[[Context, str], bytes]


def carry_out(context: Context, writers: Writers) -> None:
    """What was pressed in the run before."""
    found = pressed(_CLOSE, _REOPEN)
    if found is None:
        return
    decision, (meeting,) = found
    store = context.store
    if decision == _CLOSE:
        papers = writers.papers(context)
        outcome = closing.close(store, meeting, context.user, now=context.now, papers=papers)
        address(**{CLOSING: None})
    else:
        reason = str(st.session_state.get(_REASON) or "")
        outcome = closing.reopen(store, meeting, context.user, reason=reason, now=context.now)
    tell(outcome)


def show_minutes(context: Context, meeting: MeetingView, writers: Writers) -> None:
    state = closing.minutes_state(context.store, meeting, context.user, context.now)
    show_told(context)
    show(section(context.say("kept.minutes"), context.say(_standing(state))))
    _download_minutes(context, meeting, state, writers)
    last = last_minutes(context, meeting) if not state.closed else None
    if last is not None:
        open_last_minutes(context, meeting, clickable(tag("p", last), key="last-minutes"))
    _closing(context, meeting, state)
    for kept in reversed(state.kept):
        _show_kept(context, kept)
    if state.may_reopen and not context.as_shown:
        _reopening(context, meeting)


def _standing(state: MinutesState) -> str:
    if not state.planned:
        return "kept.state.lists"
    if state.closed:
        return "kept.state.closed"
    return "kept.state.reopened" if state.kept else "kept.state.open"


def _download_minutes(context: Context, meeting: MeetingView, state: MinutesState, writers: Writers) -> None:
    say = context.say
    if not state.names:
        show(note(say("kept.no_minutes")))
        return
    name = f"{say('kept.file.minutes')}_{meeting.day.isoformat() if meeting.day else ''}"
    ways = (("docx", writers.docx, _DOCX), ("pdf", writers.pdf, "application/pdf"))
    with st.container(horizontal=True, key="rt-minutes-doing"):
        for ending, write, media_type in ways:
            st.download_button(
                say(f"kept.minutes.{ending}"),
                data=lambda write=write: _made(context, meeting.key, write),
                file_name=f"{name}.{ending}",
                mime=media_type,
                on_click="ignore",
                key=f"minutes-{ending}",
            )


def _made(context: Context, key: str, write: Callable[[Context, str], bytes]) -> bytes:
    """Asked anew when it is fetched: who may have it, may have changed since the page was drawn."""
    store = context.store
    meeting = meeting_view(store, context.picture(), key, context.user, context.now)
    if meeting is None or not closing.minutes_state(store, meeting, context.user, context.now).names:
        return b""
    return write(context, key)


def _closing(context: Context, meeting: MeetingView, state: MinutesState) -> None:
    if not state.may_close or context.as_shown:
        return
    say, again = context.say, bool(state.kept)
    label = say("kept.close.supplement" if again else "kept.close")
    if not st.query_params.get(CLOSING):
        st.button(label, type="primary", key="meeting-close", on_click=address, kwargs={CLOSING: "1"})
        return
    with st.container(key="rt-meeting-closing"):
        ask = "kept.close.ask.supplement" if again else "kept.close.ask"
        show(tag("p", tag("b", say(ask)), " ", say("kept.close.what"), class_="rt-told"))
        with st.container(horizontal=True):
            st.button(label, type="primary", key="meeting-close-do", on_click=press, args=(_CLOSE, meeting.key))
            st.button(say("kept.close.keep"), key="meeting-close-keep", on_click=address, kwargs={CLOSING: None})


def _show_kept(context: Context, kept: KeptState) -> None:
    say, one = context.say, kept.verified.closing
    title = say("kept.heading.supplement" if one.supplement else "kept.heading")
    show(section(title, say("kept.closed_at", at=one.closed_at)))
    with st.container(horizontal=True, key=f"rt-kept-{one.id}"):
        for number, paper in enumerate(kept.papers):
            st.download_button(
                plain_label(paper.name),
                data=paper.content,
                file_name=paper.name,
                mime=paper.media_type,
                on_click="ignore",
                key=f"kept-{one.id}-{number}",
            )
    show(tag("p", tag("b", _whole(context, kept)), class_="rt-told" if not kept.verified.whole else None))
    show(tag("p", say("kept.checksum"), " ", tag("span", one.sha256, class_="rt-file"), class_="rt-note"))
    if one.reason and one.reopened_at:
        show(note(say("kept.reopened", at=one.reopened_at, reason=one.reason)))


def _whole(context: Context, kept: KeptState) -> str:
    found = kept.verified
    if found.whole:
        return context.say("kept.whole")
    if found.differing:
        return context.say("kept.differing", n=len(found.differing), papers=list(found.differing))
    return context.say("kept.list_differs")


def _reopening(context: Context, meeting: MeetingView) -> None:
    say = context.say
    show(section(say("kept.reopen"), say("kept.reopen.what")))
    with st.form("meeting-reopen-form", border=False):
        st.text_input(say("kept.reopen.reason"), key=_REASON, max_chars=400)
        show(no_clients(say))
        st.form_submit_button(say("kept.reopen.do"), key="meeting-reopen", on_click=press, args=(_REOPEN, meeting.key))
