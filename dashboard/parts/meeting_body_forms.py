"""Dialogs for a body and its members: what is said about them, entered and changed by whoever runs the body."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.answers import meeting_changes as changes
from dashboard.answers.bodies import BodyView, accounts
from dashboard.parts.attempts import done_or_stays, try_to
from dashboard.parts.blocks import note
from dashboard.parts.context import Context
from dashboard.parts.deliveries import tell
from dashboard.parts.html import plain_label, show
from etl.rules.meeting import ATTENDS, BODY_KINDS, Body, Member

_MONTHS = (0, 1, 2, 3, 4, 6, 12)


def adopt(context: Context, name: str) -> Body | None:
    """A body that is only a name in a list becomes one of the network; its kind is read from the name, and told."""
    body = try_to(lambda: changes.adopt_body(context.store, context.user, name, now=context.now))
    if body is not None:
        tell("body.outcome.adopted", kind=context.say(f"body.kind.{body.kind}"))
    return body


def body_dialog(context: Context, body: Body | None) -> None:
    shown = body or Body(0, "", "working_group")
    title = context.say("body.change" if shown.id else "body.new")
    st.dialog(plain_label(title), width="large")(lambda: _body_form(context, shown))()


def _body_form(context: Context, body: Body) -> None:
    say, facts, key = context.say, context.picture().facts, f"body-{body.id}"
    left, right = st.columns([2, 1])
    left.text_input(say("body.field.name"), body.name, key=f"{key}-name", max_chars=200)
    right.selectbox(
        say("body.field.kind"),
        BODY_KINDS,
        BODY_KINDS.index(body.kind),
        format_func=lambda kind: say(f"body.kind.{kind}"),
        key=f"{key}-kind",
    )
    titles = {field.key: field.title for field in facts.fields_of_action}
    st.multiselect(
        say("body.field.fields"),
        list(titles),
        [one for one in body.fields if one in titles],
        format_func=titles.__getitem__,
        key=f"{key}-fields",
        placeholder=say("body.all_fields"),
    )
    st.text_area(say("body.purpose"), body.purpose, key=f"{key}-purpose", height=70)
    st.text_area(say("body.differs"), body.differs, key=f"{key}-differs", height=70)
    names: dict[str | None, str] = {None: say("body.office.short")}
    names |= {p.key: p.short_name or p.name for p in facts.partners}
    first, second, third = st.columns(3, vertical_alignment="bottom")
    first.selectbox(
        say("body.field.run_by"),
        list(names),
        list(names).index(body.run_by) if body.run_by in names else 0,
        format_func=names.__getitem__,
        key=f"{key}-run_by",
        disabled=not context.is_office,
    )
    months = _MONTHS if (body.rhythm_months or 0) in _MONTHS else (*_MONTHS, body.rhythm_months or 0)
    second.selectbox(
        say("body.field.rhythm"),
        months,
        months.index(body.rhythm_months or 0),
        format_func=lambda n: say("body.rhythm", n=n) if n else say("body.no_rhythm"),
        key=f"{key}-rhythm",
    )
    third.checkbox(say("body.field.may_decide"), body.may_decide, key=f"{key}-may_decide")
    if body.id:
        st.checkbox(say("body.field.ended"), body.ended_on is not None, key=f"{key}-ended")
    if st.button(say("body.save"), type="primary", key=f"{key}-save"):
        told, seen = _typed_body(context, body), body if body.id else None
        store, user, now = context.store, context.user, context.now
        done_or_stays(context, lambda: changes.store_body(store, user, told, now=now, seen=seen), "body.outcome.saved")


def _typed_body(context: Context, body: Body) -> Body:
    state, key = st.session_state, f"body-{body.id}"
    ended = body.ended_on or context.day if state.get(f"{key}-ended") else None
    return replace(
        body,
        name=str(state.get(f"{key}-name") or ""),
        kind=state.get(f"{key}-kind") or body.kind,
        fields=tuple(state.get(f"{key}-fields") or ()),
        purpose=str(state.get(f"{key}-purpose") or "").strip(),
        differs=str(state.get(f"{key}-differs") or "").strip(),
        run_by=state.get(f"{key}-run_by") if context.is_office else body.run_by,
        rhythm_months=state.get(f"{key}-rhythm") or None,
        may_decide=bool(state.get(f"{key}-may_decide")),
        ended_on=ended,
    )


def member_dialog(context: Context, view: BodyView, member: Member | None) -> None:
    shown = member or Member(0, view.body.id, "")
    title = context.say("body.member.change" if shown.id else "body.member.add")
    st.dialog(plain_label(title), width="medium")(lambda: _member_form(context, view, shown))()


def _member_form(context: Context, view: BodyView, member: Member) -> None:
    say, facts, key = context.say, context.picture().facts, f"member-{member.id}"
    st.text_input(say("body.column.name"), member.name, key=f"{key}-name", max_chars=200)
    st.text_input(say("body.field.function"), member.function, key=f"{key}-function", max_chars=200)
    houses: dict[str | None, str] = {None: say("body.no_house")}
    houses |= {p.key: p.short_name or p.name for p in facts.partners}
    _choose(say("body.column.house"), houses, member.partner, f"{key}-partner")
    seats: dict[int | None, str] = {None: say("body.no_deputy")}
    seats |= {s.member.id: s.member.name or str(s.house) for s in view.seats if s.member.id != member.id}
    _choose(say("body.field.deputy_for"), seats, member.deputy_for, f"{key}-deputy_for")
    _choose(
        say("body.field.attends"),
        {one: say(f"body.attends.{one}") for one in ATTENDS},
        member.attends,
        f"{key}-attends",
    )
    known: dict[str | None, str] = {None: say("body.no_account")}
    known |= {name: f"{shown} ({name})" for name, shown in accounts(context.store, context.user, view.body.id).items()}
    if member.username and member.username not in known:
        known[member.username] = member.username
    _choose(say("body.field.account"), known, member.username, f"{key}-username")
    st.checkbox(say("body.field.decides"), member.decides, key=f"{key}-decides")
    store, user, now = context.store, context.user, context.now
    with st.container(horizontal=True):
        saves = st.button(say("body.save"), type="primary", key=f"{key}-save")
        if member.id:
            ends = st.button(say("body.member.end"), key=f"{key}-end", help=say("body.member.end.what"))
            with st.popover(say("body.member.erase")):
                show(note(say("body.member.erase.what")))
                erases = st.button(say("body.member.erase.do"), key=f"{key}-erase")
        else:
            ends = erases = False
    if saves:
        told, seen = _typed_member(context, member), member if member.id else None
        done_or_stays(
            context, lambda: changes.store_member(store, user, told, now=now, seen=seen), "body.outcome.member_saved"
        )
    elif ends:
        day = context.day
        done_or_stays(
            context, lambda: changes.end_membership(store, user, member.id, day=day, now=now), "body.outcome.ended"
        )
    elif erases:
        done_or_stays(context, lambda: changes.erase_person(store, user, member.id, now=now), "body.outcome.erased")


def _choose(
    label: str, options: dict[str | None, str] | dict[int | None, str] | dict[str, str], now: object, key: str
) -> None:
    keys = list(options)
    at = keys.index(now) if now in options else 0  # type: ignore[arg-type]
    st.selectbox(label, keys, at, format_func=options.__getitem__, key=key)


def _typed_member(context: Context, member: Member) -> Member:
    state, key = st.session_state, f"member-{member.id}"
    return replace(
        member,
        name=str(state.get(f"{key}-name") or ""),
        function=str(state.get(f"{key}-function") or ""),
        partner=state.get(f"{key}-partner"),
        deputy_for=state.get(f"{key}-deputy_for"),
        attends=state.get(f"{key}-attends") or member.attends,
        username=state.get(f"{key}-username"),
        decides=bool(state.get(f"{key}-decides")),
        since=member.since or (context.day if not member.id else None),
    )
