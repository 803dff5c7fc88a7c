"""The agenda of a meeting: what is spoken about, in which order and for how long; who runs the body changes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from dashboard.answers import meeting_changes as changes
from dashboard.answers.agenda import AgendaLine, AgendaView, agenda_view, proposed_items
from dashboard.answers.meetings import MeetingView, by_kind, came_of
from dashboard.parts.attempts import done, try_to
from dashboard.parts.blocks import ListRow, list_rows, note, section
from dashboard.parts.context import Context
from dashboard.parts.deliveries import show_told, tell
from dashboard.parts.findings import sentence
from dashboard.parts.html import Markup, clickable, go, joined, plain_label, show, tag, visually_hidden
from dashboard.parts.last_minutes import last_minutes, open_last_minutes
from dashboard.parts.meeting_frame import as_shown
from dashboard.parts.meeting_guests import show_guests
from dashboard.parts.meeting_papers import Papers, show_papers
from dashboard.parts.no_clients import no_clients
from dashboard.parts.pressed import press, pressed
from dashboard.parts.targets import follow, goal_target
from etl.rules.meeting import Item

Say = Callable[..., str]

_PROPOSE = "agenda-propose"
_UP, _DOWN, _EDIT, _BACK = "auf", "ab", "punkt", "zurueck"
_NEW = 0


def carry_out(context: Context, meeting: MeetingView) -> None:
    """What was pressed in the run before."""
    if pressed(_PROPOSE) is None:
        return
    shown, store, user, now = as_shown(context, meeting), context.store, context.user, context.now
    items = proposed_items(store, meeting, shown.picture(), context.say)
    added = try_to(lambda: changes.take_on(store, user, meeting.key, items, now=now))
    if added is not None:
        tell("agenda.outcome.proposed", n=added)


def show_agenda(context: Context, meeting: MeetingView, papers: Papers) -> None:
    """The items at the left, the papers at the right. ``papers`` makes the invitation."""
    say, shown = context.say, as_shown(context, meeting).picture()
    view = agenda_view(context.store, shown, meeting)
    changeable = meeting.runs and meeting.plan is not None and meeting.plan.state != "closed" and not context.as_shown
    left, right = st.columns([1.9, 1], gap="large")
    with left:
        show(section(say("meeting.view.tagesordnung"), _aside(context, view)))
        show_guests(context, meeting)
        if view.silent:
            show(note(say("agenda.silent", n=view.silent)))
        if not view.lines:
            show(note(say("agenda.empty" if meeting.plan else "agenda.unplanned")))
            _known(context, meeting)
        last = last_minutes(context, meeting)
        clicked = (
            clickable(_items(view, say, changeable, last), key="meeting-agenda") if view.lines or view.dropped else None
        )
        open_last_minutes(context, meeting, clicked)
        if changeable:
            _ways(context, meeting)
            _changed(context, meeting, view, clicked)
        else:
            follow(context, clicked)
    with right:
        show_papers(context, meeting, papers)


def _known(context: Context, meeting: MeetingView) -> None:
    """What lists say of a meeting that had no agenda here: what was resolved and promised."""
    taken, made = came_of(context.picture(), meeting)
    for kind, found in {**by_kind(taken, meeting.body), "agreement": made}.items():
        if found:
            rows = (ListRow(one.title, one.responsible) for one in found)
            show(section(context.say(f"agenda.known.{kind}")), list_rows(rows))


def _aside(context: Context, view: AgendaView) -> str:
    return sentence(view.finding, context.say) if view.lines else ""


def _ways(context: Context, meeting: MeetingView) -> None:
    """Proposals, and an item of one's own."""
    say = context.say
    with st.container(horizontal=True, key="agenda-ways"):
        first = "secondary" if meeting.plan and meeting.plan.invited_at else "primary"
        st.button(say("agenda.propose"), key="agenda-propose", type=first, on_click=press, args=(_PROPOSE,),
                  help=say("agenda.propose.what"))  # fmt: skip
        if st.button(say("agenda.add"), key="agenda-add"):
            _dialog(context, Item(_NEW, meeting.key, 0, "own", ""))


def _items(view: AgendaView, say: Say, changeable: bool, last: Markup | None) -> Markup:
    """``last``: the way to the last minutes, below the opening."""
    lines = tag("ol", (_line(line, say, changeable, last) for line in view.lines), class_="rt-list rt-agenda")
    if not view.dropped or not changeable:
        return lines
    dropped = (
        tag("li", tag("div", item.title), go(say("agenda.put_back"), f"{_BACK}:{item.id}", label=f" {item.title}"))
        for item in view.dropped
    )
    return joined([lines, section(say("agenda.dropped")), tag("ul", dropped, class_="rt-list rt-agenda-dropped")])


def _line(line: AgendaLine, say: Say, changeable: bool, last: Markup | None) -> Markup:
    item = line.item
    target = f"{_EDIT}:{item.id}" if changeable else goal_target(line.goal) if line.goal else None
    title = go(item.title, target) if target else item.title
    told = [
        tag("small", tag("b", say(f"agenda.label.{name}")), " ", words)
        for name, words in (("proposal", item.proposal), ("consequence", item.consequence))
        if words
    ]
    if last is not None and item.origin == "opening":
        told.append(tag("small", last))
    if line.reports:
        told.append(tag("small", say("agenda.reports", names=line.reports)))
    if changeable and line.goal:
        told.append(
            tag(
                "small",
                go(say("agenda.to_goal"), goal_target(line.goal), label=f": {item.title}", class_="rt-go rt-link"),
            )
        )
    minutes = tag("span", say("agenda.minutes", n=item.minutes), class_="rt-agenda-minutes")
    side = tag("span", minutes, _moves(item, say) if changeable else None, class_="rt-agenda-side")
    return tag("li", tag("div", tag("b", title), told), side)


def _moves(item: Item, say: Say) -> Markup:
    ways = (
        tag(
            "button",
            tag("span", arrow, aria_hidden="true"),
            visually_hidden(say(f"agenda.{word}", title=item.title)),
            type="button",
            data_go=f"{code}:{item.id}",
            class_="rt-go rt-move",
        )
        for code, arrow, word in ((_UP, "↑", "up"), (_DOWN, "↓", "down"))
    )
    return tag("span", ways, class_="rt-agenda-moves")


def _changed(context: Context, meeting: MeetingView, view: AgendaView, clicked: str | None) -> None:
    """Carry out a click on a line, or turn to where it leads."""
    kind, _, value = (clicked or "").partition(":")
    if kind in (_UP, _DOWN):
        seen = [line.item.id for line in view.lines]
        by = -1 if kind == _UP else 1
        store, user, now = context.store, context.user, context.now
        try_to(lambda: changes.move_item(store, user, meeting.key, int(value), by=by, seen=seen, now=now))
        st.rerun()
    elif kind == _BACK:
        _drop(context, meeting.key, int(value), dropped=False)
        st.rerun()
    elif kind == _EDIT:
        line = next((one for one in view.lines if str(one.item.id) == value), None)
        if line is not None:
            _dialog(context, line.item)
    else:
        follow(context, clicked)


def _dialog(context: Context, item: Item) -> None:
    title = context.say("agenda.edit" if item.id else "agenda.add")
    st.dialog(plain_label(title), width="medium")(lambda: _form(context, item))()


def _form(context: Context, item: Item) -> None:
    say, facts = context.say, context.picture().facts
    names = {p.key: p.short_name or p.name for p in facts.partners}
    number = item.id
    st.text_input(say("agenda.field.title"), item.title, key=f"agenda-title-{number}", max_chars=300)
    st.text_area(say("agenda.field.proposal"), item.proposal, key=f"agenda-proposal-{number}", height=100)
    st.text_area(say("agenda.field.consequence"), item.consequence, key=f"agenda-consequence-{number}", height=80)
    show(no_clients(say))
    minutes, reports = st.columns([1, 2])
    minutes.number_input(
        say("agenda.field.minutes"), 1, 24 * 60, max(1, item.minutes), 5, key=f"agenda-minutes-{number}"
    )  # fmt: skip
    reports.multiselect(
        say("agenda.field.reports"),
        list(names),
        [key for key in item.reports if key in names],
        format_func=names.__getitem__,
        key=f"agenda-reports-{number}",
        placeholder=say("agenda.field.reports.none"),
    )
    st.checkbox(say("agenda.field.temperature"), item.temperature, key=f"agenda-temperature-{number}")
    with st.container(horizontal=True):
        saves = st.button(say("agenda.save"), type="primary", key=f"agenda-save-{number}")
        drops = bool(number) and st.button(say("agenda.drop"), key=f"agenda-drop-{number}")
    store, user, now = context.store, context.user, context.now
    if saves:
        told, seen = _typed(item), item if item.id else None
        if try_to(lambda: changes.store_item(store, user, told, now=now, seen=seen), "agenda.outcome.saved"):
            st.rerun()
        show_told(context)
    elif drops and _drop(context, item.meeting, number, dropped=True):
        st.rerun()


def _drop(context: Context, meeting: str, number: int, *, dropped: bool) -> bool:
    """Whether it could be; the sentence is told in the next run."""
    store, user, now = context.store, context.user, context.now
    outcome = "agenda.outcome.dropped" if dropped else "agenda.outcome.put_back"
    return done(lambda: changes.drop_item(store, user, meeting, number, dropped=dropped, now=now), outcome)


def _typed(item: Item) -> Item:
    state, number = st.session_state, item.id
    return replace(
        item,
        title=str(state.get(f"agenda-title-{number}") or ""),
        proposal=str(state.get(f"agenda-proposal-{number}") or ""),
        consequence=str(state.get(f"agenda-consequence-{number}") or ""),
        minutes=int(state.get(f"agenda-minutes-{number}") or 0),
        reports=tuple(state.get(f"agenda-reports-{number}") or ()),
        temperature=bool(state.get(f"agenda-temperature-{number}")),
    )
