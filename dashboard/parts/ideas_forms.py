"""Dialogs about ideas: a list typed in, ideas clustered, a workshop opened, dots and paper copied."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.answers import idea_workshops as answers
from dashboard.answers.bodies import every_body
from dashboard.answers.idea_workshops import Standing, WorkshopView
from dashboard.answers.ideas import challenges, effect_goals
from dashboard.answers.picture import Picture
from dashboard.parts.attempts import done, try_to
from dashboard.parts.blocks import note
from dashboard.parts.context import Context
from dashboard.parts.deliveries import show_told, tell
from dashboard.parts.html import plain_label, show
from dashboard.parts.no_clients import no_clients
from etl.rules.idea_workshop import Workshop

#: Ideas whose dots are entered in one go.
_DOTS_AT_ONCE = 60
#: So many lines that could not be read are told one by one.
_TOLD_LINES = 8


def _opened(context: Context, title: str, form: Callable[[], None]) -> None:
    def body() -> None:
        form()
        show_told(context)

    st.dialog(plain_label(context.say(title)), width="large")(body)()


def collect_dialog(context: Context, picture: Picture) -> None:
    _opened(context, "idea.collect", lambda: _collect(context, picture))


def _collect(context: Context, picture: Picture) -> None:
    say = context.say
    with st.form("idea-collect", border=False):
        text = st.text_area(say("idea.collect.list"), key="idea-titles", height=180, help=say("idea.collect.help"))
        show(no_clients(say))
        cluster, goals = _under(context, picture, "collect")
        if not st.form_submit_button(say("idea.collect.do"), type="primary"):
            return
    told = {"reason": say("idea.reason.collected"), "day": context.day, "now": context.now}
    titles = text.splitlines()
    store, user = context.store, context.user
    found = try_to(lambda: answers.collect(store, user, titles, cluster=cluster, goals=goals, **told))
    if found is not None:
        tell("idea.outcome.collected", n=len(found.keys))
        if found.known:
            tell("idea.outcome.known", n=len(found.known), titles=list(found.known[:5]))
        st.rerun()


def cluster_dialog(context: Context, picture: Picture) -> None:
    _opened(context, "idea.cluster", lambda: _cluster(context, picture))


def _cluster(context: Context, picture: Picture) -> None:
    say = context.say
    titles = _by_title(picture)
    with st.form("idea-cluster", border=False):
        keys = st.multiselect(
            say("idea.cluster.ideas"), list(titles), format_func=titles.__getitem__, key="idea-keys",
            placeholder=say("idea.cluster.choose"),
        )  # fmt: skip
        cluster, goals = _under(context, picture, "cluster")
        if not st.form_submit_button(say("idea.cluster.do"), type="primary"):
            return
    told = {"reason": say("idea.reason.clustered"), "day": context.day, "now": context.now}
    store, user = context.store, context.user
    changed = try_to(lambda: answers.cluster(store, user, keys, cluster=cluster, goals=goals, **told))
    if changed is not None:
        tell("idea.outcome.clustered", n=changed)
        st.rerun()


def _by_title(picture: Picture) -> dict[str, str]:
    """Key -> title and challenge; those under none come first, for they are to be placed."""
    ideas = sorted(picture.facts.ideas, key=lambda idea: (bool(idea.cluster), idea.title.casefold()))
    return {idea.key: f"{idea.title} ({idea.cluster})" if idea.cluster else idea.title for idea in ideas}


def _under(context: Context, picture: Picture, form: str) -> tuple[str, list[str]]:
    """The challenge, one that is there or a new one, and the effect goals."""
    say, goals = context.say, effect_goals(picture)
    left, right = st.columns(2)
    cluster = left.selectbox(
        say("idea.challenge"), challenges(picture), index=None, key=f"idea-challenge-{form}",
        accept_new_options=True, placeholder=say("idea.challenge.choose"),
    )  # fmt: skip
    chosen = right.multiselect(
        say("idea.goals"), list(goals), format_func=goals.__getitem__, key=f"idea-goals-{form}",
        placeholder=say("idea.goals.choose"),
    )  # fmt: skip
    return cluster or "", chosen


def workshop_dialog(context: Context, picture: Picture) -> None:
    _opened(context, "workshop.open", lambda: _workshop(context, picture))


def _workshop(context: Context, picture: Picture) -> None:
    say = context.say
    bodies: dict[int | None, str] = {one.id: one.name for one in every_body(context.store) if one.ended_on is None}
    steering = next((n for n, name in bodies.items() if "steuerung" in name.casefold()), None)
    bodies |= {None: say("workshop.everybody")}
    titles = _by_title(picture)
    waiting = [idea.key for idea in picture.facts.ideas if not idea.measures]
    with st.form("workshop-open", border=False):
        left, right = st.columns([2, 1])
        title = left.text_input(say("workshop.title"), say("workshop.usual", day=context.day), key="workshop-title")
        order = list(bodies)
        body = right.selectbox(
            say("workshop.body"), order, order.index(steering), format_func=bodies.__getitem__, key="workshop-body"
        )
        ideas = st.multiselect(
            say("workshop.ideas"), list(titles), waiting, format_func=titles.__getitem__, key="workshop-ideas"
        )
        if not st.form_submit_button(say("workshop.open.do"), type="primary"):
            return
    wanted = Workshop(0, title, context.day, body, ideas=tuple(ideas))
    store, user, now = context.store, context.user, context.now
    if done(lambda: answers.open_new(store, user, wanted, now=now), "workshop.outcome.opened"):
        st.rerun()


def dots_dialog(context: Context, shown: Standing) -> None:
    _opened(context, "workshop.dots", lambda: _dots(context, shown))


def _dots(context: Context, shown: Standing) -> None:
    """For the latest closed workshop: what its flipchart says."""
    workshop, say = shown.workshops[0], context.say
    found = {one.idea.key: one for one in shown.found if one.idea.key in workshop.ideas}
    ideas = sorted(found.values(), key=lambda one: one.idea.title.casefold())[:_DOTS_AT_ONCE]
    show(note(say("workshop.dots.what", title=workshop.title)))
    with st.form("workshop-dots", border=False):
        counts = {}
        for start in range(0, len(ideas), 2):
            for column, one in zip(st.columns(2), ideas[start : start + 2], strict=False):
                label, key = plain_label(one.idea.title), f"dots-{workshop.id}-{one.idea.key}"
                counts[one.idea.key] = column.number_input(label, 0, 500, one.dots or 0, key=key)
        if not st.form_submit_button(say("workshop.dots.do"), type="primary"):
            return
    store, user, now = context.store, context.user, context.now
    if done(lambda: answers.count_dots(store, user, workshop.id, counts, now=now), "workshop.outcome.dots"):
        st.rerun()


def paper_dialog(context: Context, shown: WorkshopView) -> None:
    _opened(context, "workshop.paper", lambda: _paper(context, shown))


def _paper(context: Context, shown: WorkshopView) -> None:
    say = context.say
    show(note(say("workshop.paper.what")))
    with st.form("workshop-paper", border=False):
        text = st.text_area(say("workshop.paper.list"), key="workshop-paper-list", height=200)
        if not st.form_submit_button(say("workshop.paper.do"), type="primary"):
            return
    lines = [line.split("\t" if "\t" in line else ";") for line in text.splitlines()]
    store, user, now = context.store, context.user, context.now
    found = try_to(lambda: answers.copy(store, user, shown.workshop.id, lines, now=now))
    if found is not None:
        tell("workshop.outcome.copied", n=found.stored)
        if found.twice:
            tell("workshop.outcome.twice", n=len(found.twice), names=list(found.twice))
        for one in found.unknown[:_TOLD_LINES]:
            tell(f"workshop.unread.{one.why}", line=one.line, found=one.found[:80])
        if rest := len(found.unknown[_TOLD_LINES:]):
            tell("workshop.unread.more", n=rest)
        if not found.unknown:
            st.rerun()  # else the lines stay, to be put right
