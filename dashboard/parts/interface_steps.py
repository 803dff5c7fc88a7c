"""The network's list of steps, changed by the office."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.answers import interface_changes as changes
from dashboard.answers import interface_paper as answers
from dashboard.answers.picture import Picture
from dashboard.parts.attempts import done
from dashboard.parts.blocks import note
from dashboard.parts.context import Context
from dashboard.parts.deliveries import show_told
from dashboard.parts.html import Markup, clickable, go, plain_label, show, tag
from dashboard.parts.interface_frame import show_top
from etl.rules.steps import ProcessStep

_CHANGE, _UP, _DOWN = "aendern", "hoch", "runter"
_SHOWN_WORDS = 8


def show_steps(context: Context, picture: Picture, views: Sequence[str]) -> None:
    say = context.say
    show_top(context, picture, "schritte", views, answers.headline(picture))
    show(note(say("interface.steps.what")))
    lines = {row.code: len({part.line.key for part in row.parts}) for row in answers.paper(picture).rows}
    rows = tag(
        "ol", (_row(context, step, lines.get(step.code, 0)) for step in picture.steps), class_="rt-list rt-agenda"
    )
    clicked = clickable(rows, key="interface-step-list")
    new = st.button(say("interface.steps.new"), key="interface-step-new")
    kind, _, code = (clicked or "").partition(":")
    store, user, now = context.store, context.user, context.now
    if kind in (_UP, _DOWN):
        if done(lambda: changes.move_step(store, user, code, -1 if kind == _UP else 1, now=now)):
            st.rerun()
    elif kind == _CHANGE or new:
        step = next((one for one in picture.steps if one.code == code), None) if not new else None
        _dialog(context, step)


def _row(context: Context, step: ProcessStep, lines: int) -> Markup:
    """Title, what people call it, how many lines it has, and its way up and down."""
    say, title = context.say, answers.step_title(step.code, step.title, context.language)
    more = " …" if len(step.words) > _SHOWN_WORDS else ""
    ended = tag("span", say("interface.steps.ended"), class_="rt-tag") if step.ended else None
    moves = [
        go("↑", f"{_UP}:{step.code}", label=f" {title}: {say('interface.steps.up')}", class_="rt-go rt-move"),
        go("↓", f"{_DOWN}:{step.code}", label=f" {title}: {say('interface.steps.down')}", class_="rt-go rt-move"),
    ]
    words = tag("small", ", ".join(step.words[:_SHOWN_WORDS]) + more)
    told = tag("div", tag("b", go(title, f"{_CHANGE}:{step.code}")), " ", ended, words)
    side = tag("span", say("interface.steps.lines", n=lines), class_="rt-agenda-side")
    return tag("li", told, side, None if step.ended else tag("span", moves, class_="rt-agenda-moves"))


def _dialog(context: Context, step: ProcessStep | None) -> None:
    title = context.say("interface.steps.change" if step else "interface.steps.new")
    st.dialog(plain_label(title), width="medium")(lambda: _form(context, step))()


def _form(context: Context, step: ProcessStep | None) -> None:
    say, key = context.say, f"interface-step-{step.code if step else 'new'}"
    shown = answers.step_title(step.code, step.title, context.language) if step else ""
    title = st.text_input(say("interface.steps.title"), shown, key=f"{key}-title", max_chars=changes.LONGEST_TITLE)
    words = st.text_area(
        say("interface.steps.words"), "\n".join(step.words if step else ()), key=f"{key}-words", height=220
    )
    store, user, now = context.store, context.user, context.now
    with st.container(horizontal=True):
        saves = st.button(say("interface.steps.save"), type="primary", key=f"{key}-save")
        ends = step is not None and st.button(
            say("interface.steps.again" if step.ended else "interface.steps.end"), key=f"{key}-end"
        )
    if saves:
        told = "" if step is not None and not step.title and title.strip() == shown else title
        code = step.code if step else None
        _close(
            lambda: changes.store_step(store, user, code, told, words.splitlines(), now=now, seen=step), "step_saved"
        )
    elif ends and step is not None:
        ended = not step.ended
        outcome = "step_ended" if ended else "step_again"
        _close(lambda: changes.end_step(store, user, step.code, ended=ended, now=now), outcome)
    show_told(context)


def _close(change: Callable[[], object], outcome: str) -> None:
    """Close the dialog where the change was stored; else it stays, with the sentence why."""
    if done(change, f"interface.outcome.{outcome}"):
        st.rerun()
