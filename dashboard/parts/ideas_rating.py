"""Rating alone: a member's own cards, how many are done, and the office's ways to open, close and copy paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.answers import idea_workshops as answers
from dashboard.answers.idea_workshops import WorkshopView
from dashboard.answers.picture import Picture
from dashboard.parts.attempts import try_to
from dashboard.parts.blocks import note
from dashboard.parts.context import Context
from dashboard.parts.html import Content, show
from dashboard.parts.idea_cards import idea_cards, marks_in, with_earlier
from dashboard.parts.ideas_forms import paper_dialog, workshop_dialog
from dashboard.parts.ideas_frame import show_top
from dashboard.parts.pressed import press, pressed
from dashboard.parts.traced import sourced, sum_target

Say = Callable[..., str]

_CLOSE, _CARDS, _ANSWERED = "workshop-close", "idea-cards", "idea-cards-answered"


def carry_out(context: Context) -> None:
    """What was pressed or marked in the run before."""
    found = pressed(_CLOSE)
    if found is not None:
        store, user, now = context.store, context.user, context.now
        number = found[1][0]
        try_to(lambda: answers.close(store, user, number, now=now), "workshop.outcome.closed")


def show_rating(context: Context, picture: Picture, views: Sequence[str]) -> None:
    shown = answers.open_one(context.store, picture, context.user, context.now)
    if shown is not None and shown.may_rate and not context.as_shown:
        _keep(context, shown)
        shown = answers.open_one(context.store, picture, context.user, context.now) or shown
    say = context.say
    show_top(context, views, over_of(shown, say), headline_of(shown, say))
    if not context.as_shown:
        _office(context, picture, shown)
    if shown is None:
        show(note(say("workshop.none.what")))
    elif shown.may_rate and not context.as_shown:
        show(note(say("workshop.alone")))
        idea_cards(shown, say, _CARDS, st.session_state.get(_ANSWERED, 0))
    else:
        show(note(say("workshop.not_yours", body=shown.body) if shown.body else say("workshop.not_yours.houses")))


def _keep(context: Context, shown: WorkshopView) -> None:
    """Marks that came with this run are kept before anything is shown, so that the headline counts them."""
    state = st.session_state.get(_CARDS)
    sent = state.get("rate") if state else None
    if sent:
        st.session_state[_ANSWERED] = st.session_state.get(_ANSWERED, 0) + 1
    marks = marks_in(sent)
    if marks:
        store, user, now = context.store, context.user, context.now
        try_to(lambda: answers.rate(store, user, shown.workshop.id, with_earlier(marks, shown.mine), now=now))


def over_of(shown: WorkshopView | None, say: Say) -> Content:
    if shown is None:
        return say("workshop.over.none")
    body = shown.body or say("workshop.everybody")
    over = say("workshop.over", title=shown.workshop.title, body=body, n=len(shown.ideas))
    return sourced(over, say, sum_target("ideas", *(idea.key for idea in shown.ideas)))


def headline_of(shown: WorkshopView | None, say: Say) -> str:
    """How far one is oneself; for all others, how many have rated."""
    if shown is None:
        return say("workshop.none")
    total = len(shown.ideas)
    if not shown.may_rate:
        return say("workshop.people", n=shown.people)
    if shown.done == total:
        return say("workshop.all_done", n=total)
    return say("workshop.some_done", n=shown.done, total=total) if shown.done else say("workshop.wait", n=total)


def _office(context: Context, picture: Picture, shown: WorkshopView | None) -> None:
    if not context.is_office:
        return
    say = context.say
    with st.container(horizontal=True, vertical_alignment="center", key="ideas-office"):
        if shown is None:
            if picture.facts.ideas and st.button(say("workshop.open"), key="workshop-open-button", type="primary"):
                workshop_dialog(context, picture)
            return
        show(note(say("workshop.progress", n=shown.people, finished=shown.finished)))
        if shown.body and st.button(say("workshop.paper"), key="workshop-paper-button"):
            paper_dialog(context, shown)
        with st.popover(say("workshop.close")):
            show(note(say("workshop.close.what", n=shown.people)))
            st.button(
                say("workshop.close.do"), key="workshop-close-button", type="primary",
                on_click=press, args=(_CLOSE, shown.workshop.id),
            )  # fmt: skip
