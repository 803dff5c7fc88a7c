"""Planning a meeting: when, where, how long, editorial deadline; who can come that day; who presents and records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st

from dashboard.answers import meeting_changes as changes
from dashboard.answers.bodies import BodyView, accounts, body_view, round_for, times_to_choose, who_can_come
from dashboard.answers.meeting_changes import Wish
from dashboard.answers.meetings import MeetingView
from dashboard.parts.attempts import done, try_to
from dashboard.parts.blocks import ListRow as Row
from dashboard.parts.blocks import definition_list, headline, list_rows, note, section
from dashboard.parts.context import Context
from dashboard.parts.deliveries import address, show_told
from dashboard.parts.html import Content, show, tag
from dashboard.parts.meeting_guests import show_guests
from dashboard.parts.no_clients import no_clients
from dashboard.parts.pressed import press, pressed
from etl.rules.meeting import Member, Plan
from etl.rules.meeting_series import BERLIN, DEADLINE_BEFORE, INVITED_BEFORE, Attending

Say = Callable[..., str]
#: Names in the address: for which body a meeting is planned, and on which day.
NEW, DAY = "neu", "tag"
_PLAN, _ROLES = "meeting-plan", "meeting-roles"
_USUAL = dt.time(14, 0)
_PARTS = ("presenter", "recorder")


def carry_out(context: Context) -> Plan | None:
    """What was pressed in the run before; the plan that was stored."""
    found = pressed(_PLAN, _ROLES)
    if found is None:
        return None
    decision, subject = found
    store, user, now = context.store, context.user, context.now
    if decision == _ROLES:
        _give(context, *subject)
        return None
    body, key, title, seen = subject
    wish = _typed(body, key, title)
    reason = context.say("meeting.reason")
    outcome = "meeting.outcome.changed" if seen else "meeting.outcome.planned"
    if seen is not None and seen.invited_at is not None:
        outcome = "meeting.outcome.changed_invited"  # those who are invited know the earlier plan
    return try_to(
        lambda: changes.plan_meeting(store, user, wish, day=context.day, reason=reason, now=now, seen=seen), outcome
    )  # fmt: skip


def _typed(body: int | str, key: str | None, title: str) -> Wish:
    state, name = st.session_state, _name(key)
    return Wish(
        body=body,
        title=str(state.get(f"{name}-title", title) or ""),
        day=state[f"{name}-day"],
        time=state.get(f"{name}-time"),
        minutes=int(state.get(f"{name}-minutes") or 0),
        place=str(state.get(f"{name}-place") or ""),
        editorial_deadline=state.get(f"{name}-deadline"),
        own_words=str(state.get(f"{name}-words") or ""),
        key=key,
    )


def _name(key: str | None) -> str:
    return f"plan-{key or 'new'}"


def show_new(context: Context, view: BodyView) -> None:
    """A further meeting of a body this user runs."""
    say = context.say
    show(headline(say("planning.over", body=view.body.name), say("planning.headline")))
    show_told(context)
    st.button(say("planning.leave"), key="planning-leave", on_click=address, kwargs={NEW: None, DAY: None})
    asked = st.query_params.get(DAY, "")
    day = view.coming[0] if view.coming else context.day + dt.timedelta(weeks=6)
    try:
        day = dt.date.fromisoformat(asked) if asked else day
    except ValueError:
        day = view.coming[0] if view.coming else day
    _form(context, view, view.body.id, None, view.title, day, None)


def show_planning(context: Context, meeting: MeetingView) -> None:
    """What is planned about a meeting; one that so far stands in a list only is planned here."""
    body = meeting.body
    view = body_view(context.store, context.picture(), context.user, body.id) if body else None
    number: int | str = body.id if body else meeting.body_name or ""
    if meeting.plan is not None and meeting.said_day not in (None, meeting.plan.day):
        told = context.say("planning.other_day", said=meeting.said_day, day=meeting.plan.day)
        show(tag("p", told, class_="rt-told"))
    show_guests(context, meeting)
    _form(context, view, number, meeting.key, meeting.title, meeting.day or context.day, meeting.plan)
    if meeting.plan is not None:
        _roles(context, meeting)
        if meeting.plan.state in ("planned", "invited"):
            _calling_off(context, meeting)


def _form(
    context: Context,
    view: BodyView | None,
    body: int | str,
    key: str | None,
    title: str,
    day: dt.date,
    plan: Plan | None,
) -> None:
    say, name = context.say, _name(key)
    closed = plan is not None and plan.state == "closed"
    left, right = st.columns([1.5, 1], gap="large")
    with left:
        show(section(say("planning.what")))
        st.text_input(say("planning.title"), title, key=f"{name}-title", max_chars=300, disabled=closed)
        first, second, third = st.columns(3)
        chosen = first.date_input(
            say("planning.day"), day, key=f"{name}-day", format="DD.MM.YYYY", disabled=closed,
            on_change=_follow_day, args=(name,),
        )  # fmt: skip
        start = plan.starts_at.astimezone(BERLIN).time() if plan and plan.starts_at else _USUAL
        time = second.time_input(say("planning.time"), start, key=f"{name}-time", step=900, disabled=closed)
        minutes = third.number_input(
            say("planning.minutes"),
            5,
            24 * 60,
            plan.minutes if plan else 120,
            15,
            key=f"{name}-minutes",
            disabled=closed,
        )
        place, deadline = st.columns([2, 1])
        place.text_input(
            say("planning.place"), plan.place if plan else "", key=f"{name}-place", max_chars=400, disabled=closed
        )
        with deadline:
            closing = _deadline(context, plan, day, name, closed)
        st.text_area(
            say("planning.words"), plan.own_words if plan else "", key=f"{name}-words", height=80, disabled=closed
        )
        show(no_clients(say))
        label = say("planning.save" if plan else "planning.plan")
        args = (_PLAN, body, key, title, plan)
        st.button(label, type="primary", key=f"{name}-save", on_click=press, args=args, disabled=closed)
    with right:
        if isinstance(chosen, dt.date):
            _about_the_day(context, view, chosen, closing if isinstance(closing, dt.date) else None)
            _who_can(context, view, chosen, time, int(minutes))


def _deadline(context: Context, plan: Plan | None, day: dt.date, name: str, closed: bool) -> object:
    """It follows the day until somebody chooses another one; one that was chosen before stays."""
    key, proposed = f"{name}-deadline", day - DEADLINE_BEFORE
    if key not in st.session_state:
        st.session_state[key] = start = plan.editorial_deadline if plan else proposed
        st.session_state[f"{name}-proposed"] = proposed if start == proposed else None
    words, about = context.say("planning.deadline"), context.say("planning.deadline.what")
    return st.date_input(words, None, key=key, format="DD.MM.YYYY", help=about, disabled=closed)


def _follow_day(name: str) -> None:
    """Callback: another day of the meeting moves the deadline, unless it is no longer the one proposed."""
    state, key = st.session_state, f"{name}-deadline"
    day, proposed = state.get(f"{name}-day"), state.get(f"{name}-proposed")
    if isinstance(day, dt.date) and proposed is not None and state.get(key) == proposed:
        state[key] = state[f"{name}-proposed"] = day - DEADLINE_BEFORE


def _about_the_day(context: Context, view: BodyView | None, day: dt.date, closing: dt.date | None) -> None:
    """What follows from the day: when the invitation is due, which round it speaks about."""
    say = context.say
    pairs: list[tuple[Content, Content]] = [(say("papers.due"), say("papers.on", day=day - INVITED_BEFORE))]
    this = round_for(context.picture(), view.body if view else None, day)
    if this is not None:
        pairs.append((say("planning.round"), say("planning.round.named", name=this.name, deadline=this.deadline)))
    show(section(say("meeting.day", day=day)), definition_list(pairs))
    if this is not None and closing is not None and closing <= this.deadline <= day:
        show(note(say("planning.before_round", deadline=this.deadline)))


def _who_can(context: Context, view: BodyView | None, day: dt.date, time: dt.time | None, minutes: int) -> None:
    say = context.say
    if view is None or not view.body.has_members or time is None:
        return
    found = who_can_come(context.store, view.body.id, day, time, minutes)
    if found is None:
        show(tag("p", say("meeting.refused.no_such_time", found=f"{time:%H:%M}"), class_="rt-told"))
        return
    show(section(say("planning.who")), tag("p", _came(found, say)))
    houses = context.picture().names_of({m.partner for m in found.cannot if m.partner})
    rows = [Row(_who(m, houses), say(f"body.attends.{m.attends}")) for m in found.cannot]
    if rows:
        show(list_rows(rows))
    times = times_to_choose(context.store, view.body.id, day, minutes)
    if found.cannot and times:
        show(note(say("planning.times")), list_rows(_time(start, n, seats, say) for start, n, seats in times))


def _time(start: dt.datetime, n: int, seats: int, say: Say) -> Row:
    local = start.astimezone(BERLIN)
    return Row(say("planning.time_of", n=n, seats=seats), lead=say("planning.at", day=local.date(), time=start))


def _came(found: Attending, say: Say) -> str:
    told = [say("planning.can", n=len(found.can) + len(found.by_deputy))]
    if found.by_deputy:
        told.append(say("planning.by_deputy", n=len(found.by_deputy)))
    if found.cannot:
        told.append(say("planning.cannot", n=len(found.cannot)))
    return " ".join(told)


def _who(member: Member, houses: dict[str, str]) -> str:
    house = houses.get(member.partner or "")
    return f"{member.name} ({house})" if house else member.name


def _roles(context: Context, meeting: MeetingView) -> None:
    """Who presents and who records beside whoever runs the body: an outside moderator too."""
    say = context.say
    known = accounts(context.store, context.user, meeting.body.id if meeting.body else None)
    known |= {name: name for name in meeting.roles if name not in known}
    show(section(say("planning.roles")), note(say("planning.roles.what")))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for part in _PARTS:
            st.multiselect(
                say(f"planning.role.{part}"),
                list(known),
                [name for name, parts in meeting.roles.items() if part in parts],
                format_func=known.__getitem__,
                key=f"role-{part}-{meeting.key}",
                placeholder=say("planning.role.nobody"),
            )
        st.button(say("body.save"), key="roles-save", on_click=press, args=(_ROLES, meeting.key, dict(meeting.roles)))


def _calling_off(context: Context, meeting: MeetingView) -> None:
    """Asked for its reason; what was planned stays known with it."""
    say = context.say
    with st.popover(say("planning.call_off")):
        show(note(say("planning.call_off.what")))
        reason = st.text_input(say("planning.call_off.reason"), key=f"call-off-reason-{meeting.key}", max_chars=300)
        show(no_clients(say))
        if st.button(say("planning.call_off.do"), key="call-off-do"):
            store, user, day, now = context.store, context.user, context.day, context.now
            if done(
                lambda: changes.call_off(store, user, meeting.key, day=day, reason=reason, now=now),
                "meeting.outcome.called_off",
            ):
                context.open("sitzung")
            show_told(context)


def _give(context: Context, key: str, before: dict[str, frozenset[str]]) -> None:
    store, user = context.store, context.user
    for part in _PARTS:
        wanted = set(st.session_state.get(f"role-{part}-{key}") or ())
        had = {name for name, parts in before.items() if part in parts}
        for name in sorted(wanted ^ had):
            holds = name in wanted
            try_to(lambda n=name, p=part, h=holds: changes.give_role(store, user, key, n, p, holds=h))  # type: ignore[misc]
    try_to(lambda: None, "meeting.outcome.roles")
