"""Dialogs about who is missing: a seat of the reference, an invitation, an item for the agenda."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.answers import meeting_changes as changes
from dashboard.answers.missing import TableView
from dashboard.parts.attempts import done_or_stays
from dashboard.parts.blocks import note
from dashboard.parts.context import Context
from dashboard.parts.html import plain_label, show
from dashboard.parts.meeting_guests import take_back_button, tell_and_rerun
from dashboard.parts.missing_words import sentence_of
from dashboard.parts.no_clients import no_clients
from etl.rules.composition import WEIGHTS, ReferenceSeat
from etl.rules.goal_proposals import fields_meant
from etl.rules.meeting import BODY_KINDS, WITHOUT_MEMBERS, Item
from etl.vocabulary import load_vocabulary

_MINUTES = 10


def seat_dialog(context: Context, seat: ReferenceSeat | None) -> None:
    title = context.say("missing.seat.change" if seat else "missing.seat.add")
    st.dialog(plain_label(title), width="large")(lambda: _seat_form(context, seat))()


def _seat_form(context: Context, seat: ReferenceSeat | None) -> None:
    say, shown = context.say, seat or ReferenceSeat(0, "", ())
    key = f"seat-{shown.id}-{shown.title}"
    title = st.text_input(say("missing.field.title"), shown.title, key=f"{key}-title", max_chars=200)
    kinds = sorted(set(load_vocabulary().words["organisation.type"].values()) | set(shown.types))
    types = st.multiselect(
        say("missing.field.types"),
        kinds,
        list(shown.types),
        format_func=lambda code: say(f"template.word.organisation.type.{code}"),
        key=f"{key}-types",
        placeholder=say("missing.field.choose"),
    )
    words = st.text_input(
        say("missing.field.words"), ", ".join(shown.words), key=f"{key}-words", help=say("missing.field.words.what")
    )
    fields = _fields(context, shown, key)
    bodies = [kind for kind in BODY_KINDS if kind not in WITHOUT_MEMBERS]
    body_kinds = st.multiselect(
        say("missing.field.body_kinds"),
        bodies,
        list(shown.body_kinds),
        format_func=lambda kind: say(f"body.kind.{kind}"),
        key=f"{key}-kinds",
        placeholder=say("missing.field.all_bodies"),
    )
    weight = st.radio(
        say("missing.field.weight"),
        WEIGHTS,
        WEIGHTS.index(shown.weight),
        format_func=lambda code: say(f"missing.weight.{code}"),
        key=f"{key}-weight",
        horizontal=True,
    )
    source = st.text_input(say("missing.field.source"), shown.source, key=f"{key}-source", max_chars=400)
    ended = bool(seat) and st.checkbox(say("missing.field.ended"), shown.ended, key=f"{key}-ended")
    if st.button(say("body.save"), type="primary", key=f"{key}-save"):
        told = replace(
            shown,
            title=title or "",
            types=tuple(types),
            words=tuple((words or "").split(",")),
            fields=fields,
            body_kinds=tuple(body_kinds),
            weight=weight or shown.weight,
            source=source or "",
            ended=ended,
        )
        store, user, now = context.store, context.user, context.now
        done_or_stays(
            context, lambda: changes.store_seat(store, user, told, now=now, seen=seat), "missing.outcome.seat"
        )


def _fields(context: Context, seat: ReferenceSeat, key: str) -> tuple[str, ...]:
    """The network's fields of action that the seat is about; fields it does not have stay as they are."""
    own = context.picture().facts.fields_of_action
    meant = {field.title: fields_meant(field.title) for field in own}
    chosen = [title for title, codes in meant.items() if codes & set(seat.fields)]
    picked = st.multiselect(
        context.say("body.field.fields"), list(meant), chosen, key=f"{key}-fields",
        placeholder=context.say("body.all_fields"),
    )  # fmt: skip
    if picked == chosen:
        return seat.fields
    known = frozenset[str]().union(*meant.values())
    elsewhere = [code for code in seat.fields if code not in known]
    return (*dict.fromkeys(code for title in picked for code in sorted(meant[title])), *elsewhere)


def invite_dialog(context: Context, view: TableView) -> None:
    st.dialog(plain_label(context.say("missing.invite")))(lambda: _invite_form(context, view))()


def _invite_form(context: Context, view: TableView) -> None:
    say = context.say
    meeting = _meeting(context, view, "missing-invite")
    members = {row.key for row in view.houses if not row.guest}
    invited = view.guests.get(meeting, ())
    houses = [key for key in view.names if key not in members and key not in invited]
    fitting = {key for one in view.found for key in (*one.fitting, *([one.partner] if one.partner else []))}
    houses.sort(key=lambda key: (key not in fitting, view.names[key].casefold()))
    house = st.selectbox(
        say("body.column.house"), houses, None, format_func=view.names.__getitem__, key="missing-house",
        placeholder=say("missing.field.choose"),
    )  # fmt: skip
    store, user, now = context.store, context.user, context.now
    if st.button(say("missing.invite.do"), type="primary", key="missing-invite-do", disabled=house is None):
        key = str(house)
        tell_and_rerun(
            context, lambda: changes.invite_house(store, user, meeting, key, now=now),
            "missing.outcome.invited", view.names[key],
        )  # fmt: skip
    for key in invited:
        take_back_button(context, meeting, key, view.names.get(key, key))


def agenda_dialog(context: Context, view: TableView) -> None:
    st.dialog(plain_label(context.say("missing.to_agenda")), width="large")(lambda: _agenda_form(context, view))()


def _agenda_form(context: Context, view: TableView) -> None:
    say, names = context.say, dict(view.names)
    meeting = _meeting(context, view, "missing-agenda")
    lines = {sentence_of(one, names, say): one for one in view.found}
    seats = [line for line, one in lines.items() if one.kind == "seat"]
    picked = st.multiselect(
        say("missing.agenda.lines"), list(lines), seats, key="missing-lines", placeholder=say("missing.field.choose")
    )
    if any(lines[line].kind != "seat" for line in picked):
        show(note(say("missing.agenda.seen_by_all")))
    title = st.text_input(
        say("missing.agenda.title"), say("missing.agenda.title.usual"), key="missing-title", max_chars=200
    )
    show(no_clients(say))
    if st.button(say("missing.agenda.do"), type="primary", key="missing-agenda-do", disabled=not picked):
        item = Item(0, meeting, 0, "own", title or "", proposal="\n".join(picked), minutes=_MINUTES)
        store, user, now = context.store, context.user, context.now
        done_or_stays(context, lambda: changes.store_item(store, user, item, now=now), "missing.outcome.agenda")


def _meeting(context: Context, view: TableView, key: str) -> str:
    days = dict(view.coming)
    chosen = st.selectbox(
        context.say("missing.field.meeting"),
        list(days),
        format_func=lambda meeting: context.say("meeting.day", day=days[meeting]),
        key=f"{key}-meeting",
    )
    return str(chosen or next(iter(days)))
