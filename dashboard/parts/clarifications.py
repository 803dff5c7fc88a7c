"""What both kinds of clarification share: the list at the left, the decision with its reason, what is told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.answers import clarifications as answers
from dashboard.answers import unassigned
from dashboard.answers.contacts import Viewer
from dashboard.answers.to_check import values_to_check
from dashboard.parts.blocks import ListRow, list_rows, note, section
from dashboard.parts.context import Context
from dashboard.parts.html import Markup, clickable, go, joined, plain_label, show, tag
from dashboard.parts.no_clients import no_clients
from dashboard.parts.targets import follow, page_target
from dashboard.parts.views import VIEW

#: Names in the address: the view, and the case that is shown.
CASE = "fall"
VIEWS = ("widersprueche", "doppelt", "pruefen", *unassigned.VIEWS)
_DECIDED, _TOLD = "clarify-decided", "clarify-told"


def viewer_of(context: Context) -> Viewer:
    return Viewer(context.role, context.user.partner)


def show_told(context: Context) -> None:
    """What became of the decision in the run before."""
    for key in st.session_state.pop(_TOLD, []):
        show(tag("p", context.say(key), class_="rt-told", role="status"))


def carry_out(context: Context) -> None:
    """Do what was decided with a button in the run before; whoever looks is asked anew from the store."""
    decision, subject, choice, reason = st.session_state.pop(_DECIDED, (None, None, None, ""))
    if decision is None:
        return
    store, viewer, person = context.store, viewer_of(context), context.user.display_name
    if decision == "dispute":
        told = {"person": person, "reason": reason, "now": context.now, "day": context.day}
        outcome = answers.decide(store, viewer, subject, choice, **told)
    elif decision == "pair":
        outcome = answers.judge(store, viewer, subject, choice, person=person, reason=reason, now=context.now)
    else:
        outcome = answers.take_back(store, viewer, choice, subject, now=context.now, by=person)
    st.session_state.setdefault(_TOLD, []).append(f"clarify.told.{outcome}")
    if outcome == "decided":  # what was decided stays in sight, not the next case
        merged = decision == "pair" and choice is not None
        st.query_params[CASE] = subject.key_if_kept(choice) if merged else subject.key


def case_list(
    context: Context, opened: Sequence[tuple[str, ListRow]], closed: Sequence[tuple[str, ListRow]], view: str
) -> str | None:
    """The cases by key, open ones first; the one that is shown: clicked, in the address, or the first."""
    say = context.say
    parts: list[Markup] = [section(say("clarify.open"), say("clarify.open_n", n=len(opened)))]
    parts.append(list_rows(row for _, row in opened) if opened else note(say(f"clarify.none.{view}")))
    if closed:
        parts += [section(say("clarify.closed"), str(len(closed))), list_rows(row for _, row in closed)]
    clicked = clickable(joined(parts), key=f"clarify-{view}")
    if clicked:
        st.query_params[CASE] = clicked
        st.rerun()
    keys = [key for key, _ in (*opened, *closed)]
    asked = st.query_params.get(CASE)
    return asked if asked in keys else next(iter(keys), None)


def decision_form(
    context: Context, kind: str, subject: Any, choices: Mapping[Any, str], label: str, *, beside: bool = False
) -> None:
    """One choice, a reason, a button: for the office. ``choices``: what is stored -> its words, few of them ``beside``
    one another.
    """
    key = f"{kind}-{subject.key}"
    with st.container(key="clarify-decision"):
        st.radio(
            label,
            list(choices),
            index=None,
            format_func=lambda choice: plain_label(choices[choice]),
            key=f"choice-{key}",
            horizontal=beside,
            label_visibility="visible" if beside else "collapsed",
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(context.say("clarify.reason"), key=f"reason-{key}", max_chars=500)
            words = context.say("clarify.decide")
            st.button(words, type="primary", key="clarify-do", on_click=_remember, args=(kind, subject, key))
        show(no_clients(context.say, context.say("clarify.recorded", person=context.user.display_name)))


def _remember(kind: str, subject: Any, key: str) -> None:
    """Callback: what was shown when the button was pressed is what is decided, in the run that follows."""
    choice, reason = st.session_state.get(f"choice-{key}"), st.session_state.get(f"reason-{key}") or ""
    if choice is None:
        st.session_state.setdefault(_TOLD, []).append("clarify.told.without_choice")
    else:
        st.session_state[_DECIDED] = (kind, subject, None if choice in ("both", "apart") else choice, reason)


def take_back_button(context: Context, what: str, number: int) -> None:
    """For the office: the decision is taken back, and the case is open again."""
    st.button(
        context.say("clarify.take_back"),
        key="clarify-take-back",
        on_click=_remember_take_back,
        args=(what, number),
    )
    show(note(context.say("clarify.take_back_help")))


def _remember_take_back(what: str, number: int) -> None:
    st.session_state[_DECIDED] = ("take_back", number, what, "")


def only_the_office(context: Context) -> None:
    show(note(context.say("clarify.office_decides")))


def link_to_cases(context: Context) -> None:
    """On other pages: how much waits, and the way there; nothing where nothing does."""
    picture, viewer = context.picture(), viewer_of(context)
    n, values = answers.waiting(picture, viewer), values_to_check(picture, viewer)
    ways = [go(context.say("clarify.link_n", n=n), page_target("klaerungen"), class_="rt-link")] if n else []
    if values:
        ways.append(go(context.say("clarify.link_values", n=values), "pruefen", class_="rt-link"))
    if not ways:
        return
    head = section(context.say("clarify.link"))
    listed = tag("div", (tag("p", way) for way in ways), class_="rt-lead-in")
    clicked = clickable(joined([head, listed]), key="clarify-link")
    if clicked == "pruefen":
        context.open("klaerungen", **{VIEW: clicked})
    follow(context, clicked)
