"""Where the network would tear: what would mend each spot, what partners say about it, the way to an agenda."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

import streamlit as st

from dashboard.answers import spots as answers
from dashboard.answers.contacts import Viewer
from dashboard.answers.meeting_changes import store_item
from dashboard.answers.picture import Picture
from dashboard.answers.spots import SpotPage, SpotRow
from dashboard.parts import filters
from dashboard.parts.attempts import try_to
from dashboard.parts.blocks import ListRow, list_rows, note, section
from dashboard.parts.context import Context
from dashboard.parts.cooperations_frame import Top, show_top
from dashboard.parts.deliveries import tell
from dashboard.parts.downloads import Table
from dashboard.parts.findings import sentence
from dashboard.parts.html import Markup, clickable, go, joined, show, tag
from dashboard.parts.measures import pages
from dashboard.parts.no_clients import no_clients
from dashboard.parts.pressed import press, pressed
from dashboard.parts.targets import follow, goal_target
from dashboard.parts.to_agenda import show_to_agenda
from dashboard.parts.traced import sum_target, where_link

Say = Callable[..., str]

SPOT = "stelle"
_SAY, _BACK, _PUT = "spot-say", "spot-back", "spot-put"
_TEXT, _CLICKS = "spot-text", "spot-clicks"
#: Lines of a kind that are shown without unfolding.
_LISTED = 8


def offered(context: Context) -> bool:
    """The office, and everyone who speaks for a partner."""
    return answers.sees_spots(context.role, context.user.partner)


def carry_out(context: Context) -> None:
    """What was pressed in the run before."""
    found = pressed(_SAY, _BACK, _PUT)
    if found is None:
        return
    decision, subject = found
    if decision == _SAY:
        spot, text = subject
        came = answers.comment(context.store, context.picture(), context.user, spot, text, now=context.now)
        if came == "said":
            st.session_state.pop(_TEXT, None)
        tell(f"fragile.outcome.{came}")
    elif decision == _BACK:
        tell(f"fragile.outcome.{answers.take_back(context.store, context.user, subject[0], now=context.now)}")
    else:
        row, meeting = subject
        item = answers.item_for(row, meeting, context.say)
        try_to(lambda: store_item(context.store, context.user, item, now=context.now), "fragile.outcome.put")


def show_spots(context: Context, picture: Picture, views: Sequence[str]) -> None:
    say, viewer = context.say, Viewer(context.role, context.user.partner)
    shown = answers.spot_page(context.store, picture, viewer, filters.selected().page, st.query_params.get(SPOT))
    found = sentence(answers.spots_headline(picture, viewer), say)
    top = Top(found, {}, _download(shown, say), counted="fragile", audience="internal")
    show_top(context, "fragil", views, top)
    show(note(say("fragile.for_whom")))
    with st.container(key="rt-spots"):
        left, right = st.columns([1.7, 1], gap="large")
    with left:
        clicked = clickable(_listed(shown, say, office=context.is_office), key="spots")
    with right, st.container(key="spot-opened"):
        _show_one(context, picture, shown)
    filters.turn_page(clicked)
    if clicked and clicked.startswith(f"{SPOT}:"):
        st.session_state[_CLICKS] = st.session_state.get(_CLICKS, 0) + 1
        st.query_params[SPOT] = clicked.removeprefix(f"{SPOT}:")
        st.rerun()
    follow(context, clicked)


def _listed(shown: SpotPage, say: Say, *, office: bool) -> Markup:
    if not shown.rows:
        return note(say("fragile.nothing" if office else "fragile.nothing.own"))
    parts: list[Markup | None] = []
    for kind, found in groupby(shown.rows, key=lambda row: row.spot.kind):
        lines = [_line(row, shown, say) for row in found]
        parts += [section(say(f"fragile.kind.{kind}"), str(shown.counts[kind])), list_rows(lines[:_LISTED])]
        if rest := lines[_LISTED:]:
            opened = any(line.strong for line in rest)
            more = tag("summary", say("fragile.more", n=len(rest)))
            parts.append(tag("details", more, list_rows(rest), class_="rt-more", open=opened))
    return joined([*parts, pages(shown.page, shown.pages, say)])


def _line(row: SpotRow, shown: SpotPage, say: Say) -> ListRow:
    """Shorter than the whole sentence: the section above says what they have in common."""
    told = say("fragile.comments", n=len(row.comments)) if row.comments else None
    chosen = shown.chosen is not None and row.spot.key == shown.chosen.spot.key
    short = row.told.code.replace("fragile.spot.", "fragile.line.")
    return ListRow(say(short, **row.told.values), told, target=f"{SPOT}:{row.spot.key}", strong=chosen)


def _words(finding: answers.Finding, say: Say) -> str:
    return say(finding.code, **finding.values)


def _show_one(context: Context, picture: Picture, shown: SpotPage) -> None:
    """The spot that was opened, with what can be done about it."""
    say, row = context.say, shown.chosen
    if row is None:
        if shown.rows:
            show(note(say("fragile.choose")))
        return
    goal = row.spot.record if row.spot.kind == "goal_on_one" else None
    way = go(say("fragile.to_goal"), goal_target(goal), class_="rt-link") if goal else None
    links = tag("p", way, " · " if way else None, where_link(say, sum_target("fragile", row.spot.key)))
    head = [tag("p", tag("b", _words(row.told, say))), tag("p", _words(row.mend, say)), links]
    here = f"{row.spot.key} {st.session_state.get(_CLICKS, 0)}"  # the same line clicked again leads here again
    opened = tag("div", section(say("fragile.mend")), head, data_here=here)
    follow(context, clickable(opened, key="spot"))
    show(section(say("fragile.said"), str(len(row.comments))))
    for one in row.comments:
        who = say("fragile.said_by", by=one.by, house=one.house) if one.house else one.by
        show(tag("p", one.text, tag("br"), tag("small", f"{who}, {say('fragile.said_on', at=one.day)}")))
        if one.mine and not context.as_shown:
            st.button(say("fragile.take_back"), key=f"spot-back-{one.number}", on_click=press, args=(_BACK, one.number))
    if context.as_shown or not answers.can_comment(context.user, row.spot):
        return
    with st.form("spot-form", border=False):
        st.text_area(say("fragile.comment"), key=_TEXT, max_chars=2000, height=100)
        show(no_clients(say))
        st.form_submit_button(say("fragile.send"), on_click=_send, args=(row.spot.key,))
    if context.is_office:
        show(section(context.say("fragile.agenda")))
        show_to_agenda(context, picture, lambda meetings: answers.already_on(context.store, meetings, row), _PUT, row)


def _send(spot: str) -> None:
    press(_SAY, spot, st.session_state.get(_TEXT, ""))


def _download(shown: SpotPage, say: Say) -> Table:
    return Table(
        tuple(say(f"fragile.column.{name}") for name in ("kind", "spot", "mend", "comments")),
        lambda: [
            [
                say(f"fragile.kind.{row.spot.kind}"),
                _words(row.told, say),
                _words(row.mend, say),
                " / ".join(f"{one.house or one.by}: {one.text}" for one in row.comments),
            ]
            for row in shown.every
        ],
    )
