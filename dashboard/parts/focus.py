"""„Schwerpunkte“: what workshops and conferences agreed to watch, one topic with its steps; notes on goals too."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.answers.focus import Focus, FocusRow, focus_topics, notes_on
from dashboard.answers.picture import Picture
from dashboard.parts import focus_forms as forms
from dashboard.parts import focus_words as words
from dashboard.parts.blocks import headline, note, section
from dashboard.parts.context import Context
from dashboard.parts.deliveries import address, show_told
from dashboard.parts.drawn import drawn
from dashboard.parts.findings import sentence
from dashboard.parts.html import clickable, show
from dashboard.parts.ideas_frame import show_top
from dashboard.parts.targets import follow

#: The name in the address.
TOPIC = "schwerpunkt"


def show_focus(context: Context, picture: Picture, views: Sequence[str]) -> None:
    """Every topic, or the one the address names."""
    say = context.say
    found = focus_topics(context.store, picture, context.user)
    asked = st.query_params.get(TOPIC, "")
    row = found.row(int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 9 else None
    if row is not None:
        _one(context, found, row)
        return
    show_top(context, views, say("focus.over"), sentence(found.finding, say) if not asked else say("focus.not_there"))
    if found.rows:
        listed = drawn(found, "topics", lambda: words.topics_table(found, say), context.language)
        clicked = clickable(listed, key="focus-topics")
        kind, _, value = (clicked or "").partition(":")
        if kind == words.TOPIC:
            address(**{TOPIC: value})
            st.rerun()
        follow(context, clicked)
    else:
        show(note(say("focus.none")))
    if context.is_office and not context.as_shown and st.button(say("focus.new"), key="focus-new"):
        forms.topic_dialog(context, found, None)


def _one(context: Context, found: Focus, row: FocusRow) -> None:
    say, may_change = context.say, row.may_change and not context.as_shown
    show(headline(words.over(row, say), f"{row.topic.title}. {words.finding(row, context.day, say)}"))
    show_told(context)
    with st.container(horizontal=True):
        st.button(say("focus.all"), key="focus-all", on_click=address, kwargs={TOPIC: None})
        if may_change and st.button(say("focus.change"), key="focus-change"):
            forms.topic_dialog(context, found, row)
    left, right = st.columns([1, 1.4], gap="large")
    with left:
        clicked = clickable(words.about(row, say), key="focus-about")
    with right:
        show(section(say("focus.steps")))
        clicked = clickable(words.steps(row, say, may_change=may_change), key="focus-steps") or clicked
        _finishing(context, row)
        if may_change and st.button(say("focus.step.add"), key="focus-step-add"):
            forms.step_dialog(context, row, None)
        show(section(say("focus.notes")), words.notes(row.notes, say, context.role))
        if row.may_note and not context.as_shown:
            forms.note_form(context, f"focus-{row.topic.id}", row.notes)
    kind, _, value = (clicked or "").partition(":")
    if kind == words.STEP and may_change:
        step = next((one.step for one in row.steps if str(one.step.id) == value), None)
        forms.step_dialog(context, row, step)
    else:
        follow(context, clicked)


def _finishing(context: Context, row: FocusRow) -> None:
    """Steps this viewer may call done, those that are late first."""
    may = [one for one in row.steps if one.may_finish]
    if may and not context.as_shown:
        forms.finish_form(context, row, sorted(may, key=lambda one: (one.step.done_on is not None, not one.late)))


def show_goal_notes(context: Context, picture: Picture, goal: str) -> None:
    """What was noted on a goal; nothing where there is nothing to read or to write."""
    say = context.say
    told, may_note = notes_on(context.store, picture, context.user, goal)
    if not told and not may_note:
        return
    show(section(say("focus.notes")), words.notes(told, say, context.role))
    if may_note and not context.as_shown:
        forms.note_form(context, goal, told)
