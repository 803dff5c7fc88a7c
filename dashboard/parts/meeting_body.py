"""One body: what it is for, who sits in it, whom it shares a field with, when it meets next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st

from dashboard.answers.bodies import BodyView, Seat, Shared
from dashboard.answers.meetings import MeetingView
from dashboard.parts import meeting_body_forms as forms
from dashboard.parts.blocks import Column, ListRow, definition_list, headline, list_rows, note, section, table
from dashboard.parts.context import Context
from dashboard.parts.deliveries import address, show_told
from dashboard.parts.html import Content, Markup, clickable, go, joined, show, tag
from dashboard.parts.meeting_frame import MEETING
from dashboard.parts.meeting_planning import NEW
from etl.wording import formatted

Say = Callable[..., str]
#: The name in the address.
BODY = "gremium"
_MEMBER, _PLAN, _OTHER, _HELD = "mitglied", "planen", "gremium", "sitzung"
_PAST = 6


def show_body(context: Context, view: BodyView, meetings: tuple[MeetingView, ...]) -> None:
    say, body = context.say, view.body
    led = say("body.led_by", name=view.led_by) if view.led_by else say("body.office")
    over = dict.fromkeys([body.name, say(f"body.kind.{body.kind}"), led])  # a „Steuerungsgruppe“ is not said twice
    show(headline(" · ".join(over), _finding(view, say)))
    show_told(context)
    st.button(say("body.leave"), key="body-leave", on_click=address, kwargs={BODY: None})
    left, right = st.columns([1.7, 1], gap="large")
    with left:
        clicked = _members(context, view)
    with right:
        about = clickable(joined([_about(view, say), _dates(context, view, meetings)]), key="body-about")
        if view.runs and st.button(say("body.change"), key="body-change"):
            forms.body_dialog(context, body)
    _follow(context, view, clicked or about)


def _finding(view: BodyView, say: Say) -> str:
    if not view.body.has_members:
        return say("body.finding.open")
    told = [say("body.finding.members", n=len(view.seats))]
    if view.seats:
        told.append(say("body.finding.deciding", n=view.deciding))
    return " ".join(told)


def _members(context: Context, view: BodyView) -> str | None:
    say = context.say
    show(section(say("body.members"), say("body.members.past", n=view.past) if view.past else None))
    if not view.body.has_members:
        show(note(say("body.members.none_needed")))
        return None
    if view.too_many:
        show(tag("p", say("body.many", n=len(view.seats)), class_="rt-told"))
    clicked = None
    if view.seats:
        clicked = clickable(_table(context, view), key="body-members")
    else:
        show(note(say("body.members.nobody")))
    if view.runs and st.button(say("body.member.add"), key="body-member-add"):
        forms.member_dialog(context, view, None)
    return clicked


def _table(context: Context, view: BodyView) -> Markup:
    """Houses in the order of the alphabet; names only for those who may see contacts."""
    say = context.say
    names = ("house", "name", "decides", "attends", "deputy") if view.names else ("house", "decides")
    columns = [Column(say(f"body.column.{name}"), narrow=name == "decides") for name in names]
    rows = [[_cell(context, view, seat, name) for name in names] for seat in view.seats]
    return table(columns, rows, label=say("body.members"))


def _cell(context: Context, view: BodyView, seat: Seat, name: str) -> Content:
    say, member = context.say, seat.member
    if name == "house":
        return seat.house or say("body.no_house")
    if name == "decides":
        return say("body.may_promise" if member.decides else "body.asks_back")
    if name == "attends":
        return say(f"body.attends.{member.attends}")
    if name == "deputy":
        return joined([_person(context, view, d.id, d.name) for d in seat.deputies], ", ") if seat.deputies else "–"
    function = tag("small", member.function) if member.function else None
    return tag("div", _person(context, view, member.id, member.name), function, class_="rt-person")


def _person(context: Context, view: BodyView, number: int, name: str) -> Content:
    shown = name or context.say("body.erased")
    return go(shown, f"{_MEMBER}:{number}") if view.runs else shown


def _about(view: BodyView, say: Say) -> Markup:
    body = view.body
    pairs: list[tuple[Content, Content]] = []
    if body.purpose:
        pairs.append((say("body.purpose"), body.purpose))
    if body.differs:
        pairs.append((say("body.differs"), body.differs))
    pairs.append((say("body.decides"), say("body.may_decide" if body.may_decide else "body.may_recommend")))
    fields = [_field(shared, say) for shared in view.fields] or [say("body.all_fields")]
    pairs.append((say("body.fields"), joined([tag("div", one) for one in fields])))
    return joined([section(say("body.about")), definition_list(pairs)])


def _field(shared: Shared, say: Say) -> Content:
    """The field, and who deals with it too: told, so that nobody does the same work twice unawares."""
    if not shared.others:
        return shared.title
    others = [go(other.name, f"{_OTHER}:{other.id}", class_="rt-go rt-link") for other in shared.others]
    return joined([shared.title, tag("small", say("body.also"), " ", joined(others, ", "))])


def _dates(context: Context, view: BodyView, meetings: tuple[MeetingView, ...]) -> Markup:
    say = context.say
    coming = [one for one in meetings if not one.is_over]
    past = sorted((one for one in meetings if one.is_over), key=lambda one: one.day or dt.date.min, reverse=True)
    rows = [_held(one, say) for one in (*coming, *past[:_PAST])]
    parts = [section(say("body.meetings")), list_rows(rows) if rows else note(say("body.meetings.none"))]
    if past[_PAST:]:
        older = tag("div", list_rows(_held(one, say) for one in past[_PAST:]))
        parts.append(tag("details", tag("summary", say("body.meetings.older", n=len(past[_PAST:]))), older))
    if view.runs and view.body.ended_on is None:
        days = [
            go(formatted(context.language, day, "weekday_date"), f"{_PLAN}:{day.isoformat()}", class_="rt-go rt-link")
            for day in view.coming
        ]
        days.append(go(say("body.plan_other"), f"{_PLAN}:", class_="rt-go rt-link"))
        rhythm = say("body.rhythm", n=view.body.rhythm_months) if view.body.rhythm_months else say("body.no_rhythm")
        parts += [section(say("body.plan"), rhythm), list_rows(ListRow(day) for day in days)]
    return joined(parts)


def _held(meeting: MeetingView, say: Say) -> ListRow:
    day = say("meeting.day", day=meeting.day) if meeting.day else None
    return ListRow(meeting.title, day, target=f"{_HELD}:{meeting.key}", strong=not meeting.is_over)


def _follow(context: Context, view: BodyView, clicked: str | None) -> None:
    kind, _, value = (clicked or "").partition(":")
    if kind == _MEMBER:
        every = [one for seat in view.seats for one in (seat.member, *seat.deputies)]
        member = next((one for one in every if str(one.id) == value), None)
        if member is not None:
            forms.member_dialog(context, view, member)
    elif kind == _OTHER:
        context.open("sitzung", **{BODY: value})
    elif kind == _HELD:
        context.open("sitzung", **{MEETING: value})
    elif kind == _PLAN:
        context.open("sitzung", **{NEW: str(view.body.id), **({"tag": value} if value else {})})
