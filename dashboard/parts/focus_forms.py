"""What can be entered about focus topics: the topic, its steps, that a step is done, a note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard.answers import focus as answers
from dashboard.answers.focus import Focus, FocusRow, NoteRow, StepRow
from dashboard.parts.attempts import done_or_stays
from dashboard.parts.context import Context
from dashboard.parts.focus_words import by_line
from dashboard.parts.html import plain_label, show
from dashboard.parts.no_clients import no_clients
from etl.rules.focus import FocusStep, Topic

_LONGEST = 2000


def topic_dialog(context: Context, found: Focus, row: FocusRow | None) -> None:
    title = context.say("focus.change" if row else "focus.new")
    st.dialog(plain_label(title), width="large")(lambda: _topic_form(context, found, row))()


def _topic_form(context: Context, found: Focus, row: FocusRow | None) -> None:
    say, facts = context.say, context.picture().facts
    seen = row.topic if row else None
    shown = seen or Topic(0, "", context.day)
    key = f"topic-{shown.id}"
    title = st.text_input(say("focus.field.title"), shown.title, key=f"{key}-title", max_chars=400)
    why = st.text_area(say("focus.why"), shown.why, key=f"{key}-why", height=70, max_chars=_LONGEST)
    show(no_clients(say))
    left, right = st.columns(2)
    agreed_on = left.date_input(
        say("focus.field.agreed_on"), shown.agreed_on, key=f"{key}-day", format="DD.MM.YYYY", max_value=context.day
    )
    bodies: dict[int | None, str] = {None: say("focus.field.no_body")} | {one.id: one.name for one in found.bodies}
    body = right.selectbox(
        say("focus.field.body"), list(bodies), _at(list(bodies), shown.body), format_func=bodies.__getitem__,
        key=f"{key}-body",
    )  # fmt: skip
    houses = _houses(context)
    watched_by = left.selectbox(
        say("focus.watched_by"), list(houses), _at(list(houses), shown.watched_by), format_func=houses.__getitem__,
        key=f"{key}-watched",
    )  # fmt: skip
    keys = [one for one in houses if one is not None]
    sites = right.multiselect(
        say("focus.sites"), keys, [one for one in shown.sites if one in houses], format_func=houses.__getitem__,
        key=f"{key}-sites", placeholder=say("missing.field.choose"),
    )  # fmt: skip
    goals = {goal.key: " ".join(filter(None, (goal.id, goal.short_title or goal.title))) for goal in facts.goals}
    about = st.multiselect(
        say("focus.goals"), list(goals), [one for one in shown.goals if one in goals], format_func=goals.__getitem__,
        key=f"{key}-goals", placeholder=say("missing.field.choose"),
    )  # fmt: skip
    ended = bool(seen) and st.checkbox(say("focus.field.ended"), shown.ended_on is not None, key=f"{key}-ended")
    if st.button(say("body.save"), type="primary", key=f"{key}-save"):
        told = replace(
            shown,
            title=title or "",
            why=why or "",
            agreed_on=agreed_on or shown.agreed_on,
            body=body,
            watched_by=watched_by,
            sites=tuple(sites),
            goals=tuple(about),
            ended_on=(shown.ended_on or context.day) if ended else None,
        )
        store, user, now = context.store, context.user, context.now
        done_or_stays(
            context, lambda: answers.store_topic(store, user, told, now=now, seen=seen), "focus.outcome.topic"
        )


def step_dialog(context: Context, row: FocusRow, step: FocusStep | None) -> None:
    title = context.say("focus.step.change" if step else "focus.step.add")
    st.dialog(plain_label(title))(lambda: _step_form(context, row, step))()


def _step_form(context: Context, row: FocusRow, seen: FocusStep | None) -> None:
    say, shown = context.say, seen or FocusStep(0, row.topic.id, "")
    key, houses = f"step-{shown.id}", _houses(context)
    text = st.text_area(say("focus.step.field.text"), shown.text, key=f"{key}-text", max_chars=_LONGEST)
    show(no_clients(say))
    who = st.selectbox(
        say("focus.step.field.responsible"), list(houses), _at(list(houses), shown.responsible),
        format_func=houses.__getitem__, key=f"{key}-who",
    )  # fmt: skip
    due = st.date_input(say("focus.step.field.due"), shown.due, key=f"{key}-due", format="DD.MM.YYYY")
    if st.button(say("body.save"), type="primary", key=f"{key}-save"):
        told = replace(shown, text=text or "", responsible=who, due=due)
        store, user, now = context.store, context.user, context.now
        done_or_stays(context, lambda: answers.store_step(store, user, told, now=now, seen=seen), "focus.outcome.step")


def finish_form(context: Context, row: FocusRow, may: Sequence[StepRow]) -> None:
    """Choose a step and say that it is done, or open after all."""
    say = context.say
    steps = {one.step.id: one.step for one in may}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox(
            say("focus.steps"), list(steps), format_func=lambda one: steps[one].text, key="focus-finish-which",
            label_visibility="collapsed",
        )  # fmt: skip
        done = steps[number].done_on is not None
        if st.button(say("focus.step.reopen" if done else "focus.step.finish"), key="focus-finish"):
            day = None if done else context.day
            store, user, now, topic = context.store, context.user, context.now, row.topic.id
            outcome = "focus.outcome.reopened" if done else "focus.outcome.done"
            done_or_stays(context, lambda: answers.finish_step(store, user, topic, number, day=day, now=now), outcome)


def note_form(context: Context, about: str, told: Sequence[NoteRow]) -> None:
    """A dated note, and taking one's own back."""
    say, store, user, now = context.say, context.store, context.user, context.now
    with st.form(f"note-{about}", clear_on_submit=True, border=False):
        text = st.text_area(say("focus.note.new"), key=f"note-{about}-text", height=70, max_chars=_LONGEST)
        show(no_clients(say))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            day = st.date_input(
                say("focus.note.day"), context.day, key=f"note-{about}-day", format="DD.MM.YYYY", max_value=context.day
            )
            sent = st.form_submit_button(say("focus.note.add"))
    if sent:
        day = day or context.day
        done_or_stays(
            context, lambda: answers.note_seen(store, user, about, day, text or "", now=now), "focus.outcome.note"
        )
    own = {one.note.id: one for one in told if one.may_take_back}
    if own:
        with st.popover(say("focus.note.back.which")):
            number = st.selectbox(
                say("focus.note.back.which"), list(own), key=f"note-{about}-back", label_visibility="collapsed",
                format_func=lambda one: f"{by_line(own[one], say)}: {own[one].note.text[:60]}",
            )  # fmt: skip
            if st.button(say("focus.note.back"), key=f"note-{about}-back-do"):
                done_or_stays(
                    context, lambda: answers.take_back_note(store, user, number, now=now), "focus.outcome.taken_back"
                )


def _houses(context: Context) -> dict[str | None, str]:
    names: dict[str | None, str] = {None: context.say("focus.nobody")}
    return names | {p.key: p.short_name or p.name for p in context.picture().facts.partners}


def _at(options: Sequence[object], chosen: object) -> int:
    return options.index(chosen) if chosen in options else 0
