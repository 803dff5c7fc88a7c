"""„Wer fehlt“: over all tables beside the cooperations, and for one body on its own page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard.answers import cooperations
from dashboard.answers.missing import Missed, TableView, table_view, who_is_missing
from dashboard.answers.picture import Picture
from dashboard.parts import missing_forms as forms
from dashboard.parts import missing_words as words
from dashboard.parts.blocks import headline, note, section
from dashboard.parts.context import Context
from dashboard.parts.cooperations_frame import Top, show_top
from dashboard.parts.deliveries import show_told
from dashboard.parts.downloads import download
from dashboard.parts.drawn import drawn
from dashboard.parts.findings import sentence
from dashboard.parts.html import Markup, clickable, go, joined, show, tag
from dashboard.parts.targets import follow
from dashboard.parts.views import VIEW
from etl.rules.meeting import Body

#: A body's own view of who is missing, in the address.
SEATS = "besetzung"
_SHOWN = 6


def show_missing(context: Context, picture: Picture, views: Sequence[str]) -> None:
    """Every table beside the reference."""
    say = context.say
    found = who_is_missing(context.store, picture, context.user)
    table = words.missing_download(found.tables, say)
    top = Top(
        sentence(found.finding, say), cooperations.counts(picture), table, counted="partners", audience="internal"
    )
    show_top(context, "fehlt", views, top)
    if not found.tables:
        show(note(say("missing.no_tables")))
        return
    may_change = context.is_office and not context.as_shown
    make = partial(words.matrix_markup, found, say, may_change=may_change)
    matrix = drawn(found, "matrix", make, may_change, context.language)
    clicked = clickable(matrix, key="missing-matrix")
    unknown = [view.body.name for view in found.tables if not view.sitting]
    told = [say("missing.unknown", n=len(unknown), bodies=unknown)] if unknown else []
    told.append(say("missing.reference.own" if found.own_reference else "missing.reference.usual"))
    show(note(" ".join(told)))
    if may_change and st.button(say("missing.seat.add"), key="missing-seat-add"):
        forms.seat_dialog(context, None)
    clicked = _houses(context, found) or clicked
    kind, _, value = (clicked or "").partition(":")
    if kind == words.SEAT and may_change:
        forms.seat_dialog(context, found.seats[int(value)])
    elif kind == words.BODY:
        context.open("sitzung", **{words.BODY: value, VIEW: SEATS})
    else:
        follow(context, clicked)


def _houses(context: Context, found: Missed) -> str | None:
    say = context.say
    concerned = [view for view in found.tables if view.about_houses]
    show(section(say("missing.houses"), say("missing.houses.aside")))
    if not concerned:
        show(note(say("missing.houses.none" if context.is_office else "missing.houses.hidden")))
        return None
    blocks = drawn(found, "houses", partial(_blocks, concerned, say), context.language)
    return clickable(blocks, key="missing-houses")


def _blocks(concerned: Sequence[TableView], say: words.Say) -> Markup:
    blocks = []
    for view in concerned:
        name = go(view.body.name, f"{words.BODY}:{view.body.id}", class_="rt-go rt-link")
        blocks.append(tag("section", tag("h3", name), words.houses_markup(view, say, _SHOWN, leads_on=True)))
    return tag("div", blocks, class_="rt-missing")


def show_missing_at(context: Context, body: Body) -> None:
    """One body: its seats, houses that are missing, who was asked and came."""
    say = context.say
    view = table_view(context.store, context.picture(), context.user, body)
    show(headline(say("missing.over", body=body.name), sentence(view.finding, say)))
    show_told(context)
    left, right = st.columns([1, 1.2], gap="large")
    with left:
        show(drawn(view, "seats", partial(words.seats_markup, view, say), context.language))
    with right:
        clicked = clickable(drawn(view, "about", partial(_about, view, say), context.language), key="missing-about")
        if view.found:
            download(words.missing_download((view,), say), "wer-fehlt", context, "internal")
    if view.whole or view.houses:
        show(section(say("missing.meetings"), say("missing.meetings.aside")))
        meetings = drawn(view, "meetings", partial(words.meetings_markup, view, say), context.language)
        clicked = clickable(meetings, key="missing-meetings") or clicked
    if view.runs and not context.as_shown:
        _ways(context, view)
    follow(context, clicked)


def _about(view: TableView, say: words.Say) -> Markup:
    return joined([section(say("missing.houses"), say("missing.houses.aside")), words.houses_markup(view, say, 10)])


def _ways(context: Context, view: TableView) -> None:
    """What can be done about it: invite a house, put it on the agenda."""
    say = context.say
    show(section(say("missing.next")))
    if not view.coming:
        show(note(say("missing.no_meeting")))
        return
    for meeting, day in view.coming:
        invited = [view.names[key] for key in view.guests.get(meeting, ()) if key in view.names]
        show(note(say("missing.invited", day=day, houses=invited) if invited else say("missing.coming", day=day)))
    with st.container(horizontal=True):
        if st.button(say("missing.invite"), key="missing-invite"):
            forms.invite_dialog(context, view)
        if view.found and st.button(say("missing.to_agenda"), key="missing-agenda"):
            forms.agenda_dialog(context, view)
