"""A house confirms its lines of the interface paper one by one, or says what is otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.answers import interface_changes as changes
from dashboard.answers import interface_paper as answers
from dashboard.answers.picture import Picture
from dashboard.parts.attempts import try_to
from dashboard.parts.blocks import definition_list, note
from dashboard.parts.context import Context
from dashboard.parts.deliveries import viewer_of
from dashboard.parts.html import Content, plain_label, show, tag
from dashboard.parts.interface_frame import show_top
from dashboard.parts.interface_part import confirmation, handover, offer, persons, role_word
from dashboard.parts.no_clients import no_clients
from dashboard.parts.pressed import press, pressed
from etl.rules.interface_paper import Part, Row

_SAY, _BACK = "interface-say", "interface-back"
#: How often something was said: a new popover, closed and empty, follows each time.
_SENT = "interface-sent"
#: What was answered, to be told where it was pressed: the line, a sentence and how many lines.
_ANSWER = "interface-answer"


def has_own(context: Context) -> bool:
    """Whether this user speaks for a house that the paper names."""
    speaks = context.role in ("partner", "coordinator") and not context.as_shown
    return speaks and bool(answers.own_parts(context.picture(), context.user.partner))


def carry_out(context: Context) -> None:
    """What was pressed in the run before."""
    found = pressed(_SAY, _BACK)
    if found is None:
        return
    store, user, now = context.store, context.user, context.now
    if found[0] == _SAY:
        said: Mapping[str, str | None] = found[1][0]
        n = try_to(lambda: changes.say_lines(store, user, said, day=context.day, now=now))
        if n is not None:
            _answer(next(iter(said)) if len(said) == 1 else "", "interface.outcome.said", n)
            if any(said.values()):
                st.session_state[_SENT] = st.session_state.get(_SENT, 0) + 1
    else:
        key, word = found[1]
        if try_to(lambda: (changes.take_back(store, user, word, now=now), True)) is not None:
            _answer(key, "interface.outcome.back", 0)


def _answer(line: str, sentence: str, n: int) -> None:
    st.session_state[_ANSWER] = line, sentence, n


def _answered(context: Context, line: str) -> None:
    """On a phone the head of the page is far off: the answer stands where the finger was."""
    if st.session_state.get(_ANSWER, ("", "", 0))[0] == line and (told := st.session_state.pop(_ANSWER, None)):
        show(tag("p", context.say(told[1], n=told[2]), class_="rt-told", role="status"))


def show_own(context: Context, picture: Picture, views: Sequence[str]) -> None:
    say, partner = context.say, context.user.partner
    show_top(context, picture, "zeilen", views, answers.own_headline(picture, partner))
    show(note(say("interface.own.what")))
    own = answers.own_parts(picture, partner)
    waiting = {part.line.key: None for row, part in own if answers.waits(row, part) and part.objection is None}
    if len(waiting) > 1:
        st.button(say("interface.own.all"), key="interface-all", on_click=press, args=(_SAY, waiting))
    _answered(context, "")
    words = {word.record: word.id for word in picture.line_words if word.partner == partner}
    for row, part in own:
        _line(context, picture, row, part, words)


def _line(context: Context, picture: Picture, row: Row, part: Part, words: Mapping[str, int]) -> None:
    say, key = context.say, part.line.key
    title = answers.row_title(row, context.language)
    reached = answers.reached(part, picture, viewer_of(context), general=False)
    pairs: list[tuple[Content, Content]] = [
        (say("interface.column.offer"), offer(part)),
        (say("interface.column.contact"), persons(part, reached, say)),
        (say("interface.column.handover"), handover(part, say)),
        (say("interface.own.objection" if part.objection else "interface.column.confirmed"), confirmation(part, say)),
    ]
    with st.container(key=f"interface-own-{key}"):
        show(
            tag("h2", title, " ", role_word(part, say), class_="rt-own-head"),
            definition_list([(term, meaning) for term, meaning in pairs if meaning != "–"]),
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                say("interface.own.holds"),
                key=f"interface-holds-{key}",
                type="primary" if answers.waits(row, part) else "secondary",
                help=plain_label(title),
                on_click=press,
                args=(_SAY, {key: None}),
            )
            sent = st.session_state.get(_SENT, 0)
            with st.popover(say("interface.own.otherwise"), key=f"interface-otherwise-{key}-{sent}"):
                _otherwise(context, key, sent)
            if key in words:
                st.button(
                    say("interface.own.back"),
                    key=f"interface-back-{key}",
                    type="tertiary",
                    on_click=press,
                    args=(_BACK, key, words[key]),
                )
        _answered(context, key)


def _otherwise(context: Context, key: str, sent: int) -> None:
    field = f"interface-note-{key}-{sent}"
    st.text_area(context.say("interface.own.note"), key=field, max_chars=changes.LONGEST_NOTE, height=90)
    show(no_clients(context.say))
    st.button(context.say("interface.own.say"), key=f"interface-say-{key}", on_click=_press_note, args=(key, field))


def _press_note(key: str, field: str) -> None:
    press(_SAY, {key: str(st.session_state.get(field) or "")})
