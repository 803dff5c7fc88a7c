"""How a round stands in one line of figures; closing it and opening it again; its timeline on paper."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.answers import chasing
from dashboard.answers.rounds import RoundView
from dashboard.parts.blocks import figures
from dashboard.parts.context import Context
from dashboard.parts.deliveries import address, tell, viewer_of
from dashboard.parts.html import Markup, joined, plain_label, show, tag
from dashboard.parts.pressed import press, pressed
from etl.wording import formatted

Say = Callable[..., str]
#: Makes the timeline of the round as PDF; None where there is none for this viewer.
Timeline = Callable[[], bytes | None]

_CLOSE, _REOPEN = "round-close", "round-reopen"
#: The name in the address of the second step, before a round is closed.
CLOSING = "schliessen"


def carry_out(context: Context) -> None:
    """What was pressed in the run before."""
    found = pressed(_CLOSE, _REOPEN)
    if found is None:
        return
    decision, (name,) = found
    turn = chasing.close_round if decision == _CLOSE else chasing.reopen_round
    outcome = turn(context.store, viewer_of(context), name, now=context.now, by=context.user.display_name)
    tell(f"round.outcome.{outcome}")
    address(**{CLOSING: None})


def state_line(view: RoundView, say: Say, language: str) -> Markup:
    """How many reported in which way, how many are open; who closed the round and when."""
    numbers = figures((formatted(language, n, "count"), say(f"round.way.{way}")) for way, n in view.ways.items())
    if view.closing is None:
        return numbers
    told = say("round.closed_by", at=view.closing.closed_at, person=view.closing.closed_by)
    return joined([numbers, tag("p", told, class_="rt-note")])


def show_doing(context: Context, view: RoundView, timeline: Timeline, call: Callable[[], None]) -> None:
    """Ring up, print, close: what the office does with the whole round. ``call`` draws the way to the list of calls."""
    if st.query_params.get(CLOSING) and view.closing is None:
        _ask(context, view)
    with st.container(horizontal=True, key="round-doing"):
        call()
        _download(context, view, timeline)
        if view.closing is not None:
            args = (_REOPEN, view.this.name)
            st.button(context.say("round.reopen"), key="round-reopen", on_click=press, args=args)
        elif not st.query_params.get(CLOSING):
            label = context.say("round.close")
            st.button(label, key="round-close", on_click=address, kwargs={CLOSING: "1"})


def _ask(context: Context, view: RoundView) -> None:
    """The second step: what closing means."""
    say = context.say
    with st.container(key="round-closing"):
        sure = tag("b", say("round.close.ask", name=view.this.name))
        show(tag("p", sure, " ", say("round.close.what", n=view.ways["open"]), class_="rt-told"))
        with st.container(horizontal=True):
            args = (_CLOSE, view.this.name)
            st.button(say("round.close"), type="primary", key="round-close-do", on_click=press, args=args)
            st.button(say("round.close.keep"), key="round-close-keep", on_click=address, kwargs={CLOSING: None})


def _download(context: Context, view: RoundView, timeline: Timeline) -> None:
    def data() -> bytes:
        context.admit()
        return timeline() or b""

    name = "-".join(view.this.name.split()).replace("/", "-")
    st.download_button(
        plain_label(context.say("timeline.download")),
        data=data,
        file_name=f"{context.say('timeline.file')}-{name}-{context.day.isoformat()}.pdf",
        mime="application/pdf",
        on_click="ignore",
        key="round-timeline",
    )
