"""„Alles unverändert“: saying so, for everything after a question, and what was said."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.answers import confirmations as answers
from dashboard.answers.confirmations import Confirmable
from dashboard.parts.blocks import note, section
from dashboard.parts.context import Context
from dashboard.parts.deliveries import tell, viewer_of
from dashboard.parts.html import Markup, plain_label, show, tag
from dashboard.parts.pressed import press, pressed

Say = Callable[..., str]

_CONFIRM, _BACK = "confirm", "confirm-back"
#: Session key: whether everything is about to be confirmed.
_ASKED = "confirm-asked"


def carry_out(context: Context) -> None:
    """What was pressed in the run before."""
    found = pressed(_CONFIRM, _BACK)
    if found is None:
        return
    decision, subject = found
    viewer, now = viewer_of(context), context.now
    if decision == _CONFIRM:
        record, seen = subject
        outcome = answers.confirm_unchanged(
            context.store, viewer, record, seen, day=context.day, now=now, by=context.user.display_name
        )
        tell(f"confirm.outcome.{outcome}", day=context.day)
    else:
        tell(f"confirm.back.{answers.take_back_confirmation(context.store, viewer, subject[0], now=now)}")


def show_confirm_all(context: Context) -> None:
    """For a partner, which is named: everything it reported is unchanged; asked once more before it is done."""
    found = answers.confirmable(context.store, context.picture(), viewer_of(context))
    if found is None:
        return
    say, last = context.say, found.last
    whose = context.picture().names_of([found.partner]).get(found.partner, found.partner)
    values = {"partner": whose, "what": _counts(found, say), "day": context.day}
    asked = not found.done and st.session_state.get(_ASKED, False)
    show(section(say("confirm.all")))
    if last is not None:
        show(_last(found, say))
    if asked:
        show(tag("p", tag("b", say("confirm.all_ask", **values)), class_="rt-told"))
    elif not found.done:
        show(note(say("confirm.all_what", **values)))
    with st.container(horizontal=True):
        if asked:
            _sure(context, found, plain_label(say("confirm.all_sure", partner=whose)))
        elif not found.done:
            st.button(say("confirm.all_do"), key="confirm-ask", on_click=_ask, args=(True,))
        if last is not None and not asked:
            back = plain_label(say("confirm.all_back", partner=whose))
            st.button(back, key="confirm-back", on_click=press, args=(_BACK, last.number))


def _sure(context: Context, found: Confirmable, yes: str) -> None:
    st.button(yes, type="primary", key="confirm-unchanged", on_click=_confirm_all, args=(found,))
    st.button(context.say("confirm.all_not"), key="confirm-not", on_click=_ask, args=(False,))


def _ask(asked: bool) -> None:
    st.session_state[_ASKED] = asked


def _confirm_all(found: Confirmable) -> None:
    _ask(False)
    press(_CONFIRM, found.record, found.seen)


def show_confirm_one(context: Context, record: str) -> None:
    """For the partner a record belongs to: this record is unchanged."""
    if context.as_shown:
        return
    found = answers.confirmable(context.store, context.picture(), viewer_of(context), record)
    if found is not None:
        _buttons(context, found)


def show_confirm_of_kind(context: Context, kind: str) -> None:
    """For a partner on a page that lists this kind of record: one of its own, chosen, is unchanged."""
    if context.as_shown:
        return
    own = answers.own_of_kind(context.picture(), viewer_of(context), kind)
    if not own:
        return
    show(section(context.say("confirm.all")))
    label = plain_label(context.say(f"confirm.which.{kind}"))
    chosen = st.selectbox(label, list(own), key=f"confirm-{kind}", format_func=own.__getitem__)
    show_confirm_one(context, chosen)


def show_confirm_in_dialog(context: Context, record: str) -> None:
    """The same below the list of a record's values; a dialog stays open, so it is carried out at once."""
    if context.as_shown:
        return
    found = answers.confirmable(context.store, context.picture(), viewer_of(context), record)
    if found is None:
        return
    if found.last is not None:
        show(_last(found, context.say))
    if not found.done and st.button(context.say("confirm.one_do"), key="confirm-in-dialog"):
        when = {"day": context.day, "now": context.now, "by": context.user.display_name}
        outcome = answers.confirm_unchanged(context.store, viewer_of(context), record, found.seen, **when)
        if outcome == "confirmed":
            st.rerun(scope="fragment")
        show(note(context.say(f"confirm.outcome.{outcome}", day=context.day)))


def _buttons(context: Context, found: Confirmable) -> None:
    say, last = context.say, found.last
    if last is not None:
        show(_last(found, say))
    with st.container(horizontal=True):
        if not found.done:
            args = (_CONFIRM, found.record, found.seen)
            st.button(say("confirm.one_do"), key="confirm-unchanged", on_click=press, args=args)
        if last is not None:
            st.button(say("confirm.take_back"), key="confirm-back", on_click=press, args=(_BACK, last.number))


def _last(found: Confirmable, say: Say) -> Markup:
    assert found.last is not None, "asked only where something was confirmed"
    return tag("p", say("confirm.last", day=found.last.day, person=found.last.person))


def _counts(found: Confirmable, say: Say) -> list[str]:
    """„12 Maßnahmen“, „3 Förderungen“."""
    return [say(f"kind_count.{kind}", n=n) for kind, n in found.counts.items()]
