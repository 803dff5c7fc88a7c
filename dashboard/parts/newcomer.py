"""„Neu dabei“: why a body exists, how it differs, what it resolved and why, who is who, what is open; prints on A4."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.answers import newcomer as answers
from dashboard.answers.newcomer import Newcomer, Past, Resolved, SeatOf
from dashboard.parts.blocks import (
    Column,
    ListRow,
    definition_list,
    list_rows,
    note,
    rating_symbol,
    section,
    table,
)
from dashboard.parts.context import Context
from dashboard.parts.deliveries import tell
from dashboard.parts.follow_up_words import gone_words, line_of, state_words
from dashboard.parts.head import show_head
from dashboard.parts.html import Content, Markup, clickable, go, joined, plain_label, show, tag
from dashboard.parts.no_clients import no_clients
from dashboard.parts.targets import follow, page_target
from dashboard.parts.traced import sourced, sum_target, value_target, where_link
from etl.rules.meeting import Body
from etl.wording import formatted

Say = Callable[..., str]

#: Words of the field that a newcomer meets first, in this order.
_WORDS = ("goal", "indicator", "agreement", "recommendation", "decision", "examination", "round")
_RATINGS = ("on_track", "at_risk", "off_track", "cannot_be_rated")


def show_newcomer(context: Context, body: Body) -> None:
    found = answers.newcomer(context.store, context.picture(), context.user, body, context.now)
    say, language = context.say, context.language
    sentence = " ".join(say(one.code, **one.values) for one in found.finding.sentences)
    counted = [row.key for row in found.open.rows]
    counted += [one.record for past in found.past for one in past.resolved if one.record]
    over = say("newcomer.over", body=body.name)
    over_line = sourced(over, say, sum_target("agreed", *dict.fromkeys(counted))) if counted else over
    show_head(context, over_line, sentence, "newcomer-head")
    _own_words(context, found)
    parts = [_why(found, say), _open(found, say), _past(found, say, language), _who(found, say), _words(say, language)]
    follow(context, clickable(tag("div", parts, class_="rt-newcomer"), key="newcomer"))


def _own_words(context: Context, found: Newcomer) -> None:
    """What the group says itself; who runs it writes it here."""
    say, own = context.say, found.own
    if own is not None:
        lines = [tag("p", line) for line in own.text.splitlines() if line.strip()]
        who = note(say("newcomer.own_by", person=own.by, at=own.at)) if context.sees_contacts else None
        show(section(say("newcomer.own")), tag("div", lines, who, class_="rt-newcomer-own"))
    if not found.may_write:
        return
    with (
        st.expander(plain_label(say("newcomer.own_write")), key="rt-newcomer-write"),
        st.form("newcomer-own", border=False),
    ):
        label = plain_label(say("newcomer.own_label"))
        text = st.text_area(label, value=own.text if own else "", height=140, key="newcomer-own-text")
        show(no_clients(say))
        if st.form_submit_button(plain_label(say("newcomer.own_save"))):
            outcome = answers.write_own_words(context.store, context.user, found.body.id, text, now=context.now)
            tell(f"newcomer.outcome.{outcome}")
            st.rerun()


def _why(found: Newcomer, say: Say) -> Markup:
    body = found.body
    decides = say("newcomer.may_decide" if body.may_decide else "newcomer.may_recommend")
    led = say("newcomer.led_by", name=found.led_by) if found.led_by else say("newcomer.led_by_office")
    pairs: list[tuple[Content, Content]] = [
        (say("newcomer.purpose"), body.purpose or say("newcomer.purpose.none")),
        (say("newcomer.differs"), joined(_lines([body.differs, decides, led]))),
        (say("newcomer.fields"), joined(_lines(_fields(found, say)))),
    ]
    if found.next_meeting is not None:
        pairs.append(
            (say("newcomer.next"), say("newcomer.next_on", title=found.next_meeting.title, day=found.next_meeting.day))
        )
    return joined([section(say("newcomer.why")), definition_list(pairs)])


def _lines(texts: list[str]) -> list[Markup]:
    return [tag("div", text) for text in texts if text]


def _fields(found: Newcomer, say: Say) -> list[str]:
    if not found.fields:
        return [say("newcomer.fields.all")]
    return [
        say("newcomer.field_shared", field=field, others=list(others)) if others else say("newcomer.field", field=field)
        for field, others in found.fields.items()
    ]


def _open(found: Newcomer, say: Say) -> Markup:
    head = section(say("newcomer.open"), say("follow.n", n=len(found.open.rows)))
    if not found.open.rows:
        return joined([head, note(say("newcomer.open.none"))])
    rows = []
    for row in found.open.rows:
        state = tag("b", state_words(row.followed, say, found.open.day), class_=f"rt-follow-{row.followed.state}")
        where = where_link(say, value_target(row.key), row.followed.title)
        rows.append(ListRow(row.followed.title, joined([state, " · ", line_of(row, say), " · ", where])))
    return joined([head, list_rows(rows)])


def _past(found: Newcomer, say: Say, language: str) -> Markup:
    may = found.body.may_decide
    title = say("newcomer.past" if may else "newcomer.past.may_not")
    head = section(title, say("follow.n", n=sum(len(past.resolved) for past in found.past)))
    if not found.past:
        return joined([head, note(say("newcomer.past.none" if may else "newcomer.past.none.may_not"))])
    return joined([head, *(_meeting(past, say, language, may_decide=may) for past in found.past)])


def _meeting(past: Past, say: Say, language: str, *, may_decide: bool) -> Markup:
    day = formatted(language, past.day, "date") if past.day else ""
    title = ", ".join(filter(None, (past.title, day))) or say("newcomer.past.undated")
    return joined([tag("h3", title), list_rows(_line(one, say, may_decide=may_decide) for one in past.resolved)])


def _line(one: Resolved, say: Say, *, may_decide: bool) -> ListRow:
    """What a list calls the decision of a body that may not decide is told as the list's word."""
    told: list[Content] = []
    if one.why:
        told.append(say("newcomer.because", reason=one.why))
    told += [tag("div", view) for view in one.views]
    told += [tag("div", words) for words in gone_words(one.gone, say)]
    if one.state is not None:
        told.append(tag("div", say(f"newcomer.state.{one.state}")))
    where = joined([" ", where_link(say, value_target(one.record), one.text)]) if one.record else None
    said = "newcomer.list_decided" if one.kind == "decision" and not may_decide else f"became.led.{one.kind}"
    return ListRow(joined([say(said, text=one.text), where]), joined(told) if told else None)


def _who(found: Newcomer, say: Say) -> Markup:
    head = section(say("newcomer.who"), say("follow.n", n=len(found.seats)))
    if not found.seats:
        return joined([head, note(say("newcomer.who.none" if found.body.has_members else "newcomer.who.open"))])
    named = any(seat.name is not None for seat in found.seats)
    columns = [Column(say("newcomer.column.house")), Column(say("newcomer.column.function"))]
    columns = [columns[0], Column(say("newcomer.column.name")), columns[1]] if named else columns
    rows = [_seat(seat, say, named=named) for seat in found.seats]
    there = tag(
        "p", go(say("newcomer.contacts"), page_target("kooperationen"), class_="rt-link"), class_="rt-screen-only"
    )
    return joined([head, table(columns, rows, label=say("newcomer.who")), there if named else None])


def _seat(seat: SeatOf, say: Say, *, named: bool) -> list[Content]:
    decides = say("newcomer.decides") if seat.decides else ""
    function = " · ".join(filter(None, (seat.function, decides))) or "–"
    house = seat.house or say("newcomer.no_house")
    if not named:
        return [house, function]
    deputies = tag("small", say("newcomer.deputies", names=list(seat.deputies))) if seat.deputies else None
    return [house, joined([seat.name or say("newcomer.erased"), deputies]), function]


def _words(say: Say, language: str) -> Markup:
    ratings = [(rating_symbol(code, language), say(f"newcomer.rating.{code}")) for code in _RATINGS]
    words = [(say(f"newcomer.word.{name}"), say(f"newcomer.word.{name}.means")) for name in _WORDS]
    return joined([section(say("newcomer.words")), definition_list([*ratings, *words])])
