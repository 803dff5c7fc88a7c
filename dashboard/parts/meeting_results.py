"""Everything a meeting wrote down, by item of its agenda; what waits for the office is settled here."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.answers.meetings import MeetingView
from dashboard.answers.result_words import counted, worded, worded_temperature
from dashboard.answers.results import Assessed, Result, of_item, results, temperatures, unnamed
from dashboard.answers.room import WALL
from dashboard.parts.blocks import ListRow, headline, list_rows, note, rating_symbol, section
from dashboard.parts.context import Context
from dashboard.parts.html import Content, clickable, joined, show, tag
from dashboard.parts.meeting_frame import over_line
from dashboard.parts.no_clients import no_clients
from dashboard.parts.targets import follow
from dashboard.parts.traced import sourced, value_target
from etl.model.meetings import agenda
from etl.pipeline.meeting.recording import settle_correction
from etl.pipeline.meeting.stating import RecordingRefused
from etl.rules.meeting import Item


def offered(meeting: MeetingView) -> bool:
    """Only a meeting that was planned here can have results."""
    return meeting.plan is not None


def show_results(context: Context, meeting: MeetingView) -> None:
    say, language = context.say, context.language
    found = results(context.store, meeting.key, with_withdrawn=meeting.records)
    if not meeting.records:
        found = unnamed(context.store, found)
    felt = temperatures(context.store, meeting.key)
    standing = tuple(one for one in found if not one.withdrawn)
    over = sourced(over_line(context, meeting), say, value_target(meeting.key))
    told = say("result.view.finding", n=len(standing), counted=counted(standing, language, most=3))
    follow(context, clickable(headline(over, told), key="kopf"))
    if meeting.records and meeting.plan is not None:
        _way_to_desk(context, meeting)
    with context.store.reading() as connection:
        items = agenda(connection, meeting.key, with_dropped=True)
    for item in items:
        _item(context, item, of_item(found, item.id), [one for one in felt if one.item == item.id and not one.open])
    without = of_item(found, None)
    if without:
        show(section(say("desk.item.none")), list_rows(_row(context, one) for one in without))
    if context.user.role == "coordinator":
        _corrections(context, [one for one in found if one.to_settle])


def _way_to_desk(context: Context, meeting: MeetingView) -> None:
    say = context.say
    if meeting.plan is not None and meeting.plan.state == "closed":
        show(note(say("desk.closed")))
        return
    words = say("result.view.desk")
    show(tag("p", tag("a", words, href=f"{WALL}/{meeting.key}/protokoll", target="_self", class_="rt-link")))


def _item(context: Context, item: Item, found: Sequence[Result], felt: Sequence[Assessed]) -> None:
    if not found and not felt:
        return
    language = context.language
    rows = [_row(context, one) for one in found] + [_felt(one, language) for one in felt]
    show(section(item.title), list_rows(rows))


def _row(context: Context, result: Result) -> ListRow:
    say, words = context.say, worded(result, context.language)
    kind = [words.word]
    if words.supplement:
        kind.append(say("result.supplement"))
    if words.withdrawn:
        kind.append(say("result.withdrawn"))
    apart = result.kind == "dissent"
    lines: list[Content] = [" · ".join(kind), *words.notes] if apart else [" · ".join([*kind, *words.notes])]
    beside = [say("result.beside", words=one) for one in words.beside]
    lines += [*beside, *words.later, *([words.check] if words.check else [])]
    text: Content = tag("s", words.text) if words.withdrawn else words.text or words.word
    return ListRow(text, joined(tag("small", line, class_="rt-below-line") for line in lines), strong=True)


def _felt(assessed: Assessed, language: str) -> ListRow:
    worded_ = worded_temperature(assessed, language)
    counts = joined((joined([rating_symbol(bar.code, language), f" {bar.n}"]) for bar in worded_.bars), " · ")
    lines = [worded_.title, counts, worded_.computed]
    told = joined(tag("small", line, class_="rt-below-line") for line in lines if line)
    return ListRow(worded_.finding, told)


def _where(context: Context, result: Result) -> Content:
    """The way to what is to be put right."""
    key = result.said.about or ""
    pages = {"goal": "/ziele?ziel=", "measure": "/massnahmen?massnahme="}
    page = pages.get(key.split("-")[0])
    if page is None or result.named[key].gone:
        return None
    words = context.say("result.view.where", title=result.called(key))
    return tag("p", tag("a", words, href=f"{page}{key}", target="_self", class_="rt-link"))


def _corrections(context: Context, waiting: Sequence[Result]) -> None:
    """What the room said is wrong: the office puts it right where the value stands, and notes here what it did."""
    if not waiting:
        return
    say = context.say
    show(section(say("result.view.corrections", n=len(waiting))))
    for one in waiting:
        show(list_rows([_row(context, one)]), _where(context, one))
        with st.form(f"correction-{one.id}", border=False):
            how = st.text_input(say("result.view.settled"), max_chars=400)
            show(no_clients(say))
            sent = st.form_submit_button(say("result.view.settle"))
        if sent:
            try:
                settle_correction(context.store, one.id, how, user=context.user, now=context.now)
            except RecordingRefused as refused:
                st.error(say(refused.sentence))
            else:
                st.rerun()
