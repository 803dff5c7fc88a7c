"""Corrections for a partner: the office's form, the list with the day the partner was told, the note in „woher?“."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.answers import corrections as answers
from dashboard.answers.corrections import Correctable, CorrectionRow, Stated
from dashboard.parts.blocks import Column, definition_list, headline, section, table
from dashboard.parts.context import Context
from dashboard.parts.deliveries import address, show_told, tell, viewer_of
from dashboard.parts.html import Content, Markup, clickable, go, joined, plain_label, show, tag
from dashboard.parts.no_clients import no_clients
from dashboard.parts.pressed import press, pressed
from dashboard.parts.values import code_word, value_text
from etl.rules.days import in_berlin
from etl.wording import has

Say = Callable[..., str]

_CORRECT, _CHECK, _TOLD_ON, _BACK = "correct", "correct-check", "correct-told", "correct-back"
#: Session key: the correction just made, until it was shown.
_NEWEST = "correct-newest"
#: Names in the address: the record and field to put right, the correction whose day is to be noted.
RECORD, FIELD, NUMBER = "berichtigen", "angabe", "berichtigung"
#: Beside them: the value was opened from the list of those to be looked at, to which one comes back.
FROM_LIST = "liste"


def carry_out(context: Context) -> None:
    """What was pressed in the run before."""
    found = pressed(_CORRECT, _CHECK, _TOLD_ON, _BACK)
    if found is None:
        return
    decision, subject = found
    viewer, by = viewer_of(context), context.user.display_name
    if decision in (_CORRECT, _CHECK):
        (_correct if decision == _CORRECT else _check)(context, subject[0])
        return
    if decision == _TOLD_ON:
        day = st.session_state.get("correct-told-day")
        outcome = answers.note_told(context.store, viewer, subject[0], day, today=context.day, by=by)
    else:
        outcome = answers.take_back_correction(context.store, viewer, subject[0], now=context.now)
    tell(f"correct.outcome.{outcome}")
    address(**{NUMBER: None})


def _correct(context: Context, wanted: Correctable) -> None:
    given, reason = st.session_state.get("correct-value"), st.session_state.get("correct-reason", "")
    outcome = answers.correct_value(
        context.store,
        viewer_of(context),
        wanted,
        given if isinstance(given, list) else str(given or ""),
        reason=reason,
        day=context.day,
        now=context.now,
        by=_person(context),
    )
    if outcome != "corrected":
        tell(f"correct.outcome.{outcome}")
        return
    if FROM_LIST in st.query_params:
        tell("correct.outcome.corrected" if context.is_office else "correct.outcome.corrected_own")
        _leave(context)
    newest = answers.correction_rows(context.store, context.picture(), viewer_of(context))[0].number
    st.session_state[_NEWEST] = newest
    st.query_params.clear()
    address(**{NUMBER: str(newest)})


def _person(context: Context) -> str:
    """Whose word it is: of a partner, its name stands behind the person's."""
    own = context.picture().names_of([context.own_partner] if context.own_partner else []).values()
    return ", ".join([context.user.display_name, *own])[:120]


def _check(context: Context, wanted: Correctable) -> None:
    reason, by = st.session_state.get("correct-reason", "").strip(), _person(context)
    reason = reason or context.say("correct.checked_reason")
    told = {"reason": reason, "day": context.day, "now": context.now, "by": by}
    outcome = answers.check_value(context.store, viewer_of(context), wanted, **told)
    tell(f"correct.outcome.{outcome}{'' if context.is_office or outcome != 'checked' else '_own'}")
    if outcome == "checked":
        _leave(context)


def _leave(context: Context) -> None:
    """Back to the list one came from, else to the start of the page."""
    if FROM_LIST in st.query_params:
        context.open("klaerungen", ansicht="pruefen")
    st.query_params.clear()
    st.rerun()


def asked(context: Context) -> Correctable | None:
    """The value the address asks to put right, for those who may."""
    record, name = st.query_params.get(RECORD), st.query_params.get(FIELD)
    return answers.correctable(context.picture(), viewer_of(context), record, name) if record and name else None


def show_form(context: Context, wanted: Correctable, proof: Callable[[], None]) -> None:
    """What holds, what is right, why; beside it the ``proof``: what stood there, in which cell, how it was read."""
    say = context.say
    over = say("correct.over", title=wanted.title, field=_field(wanted.field, say))
    words = stated_words(wanted.stated, context)
    show(headline(over, say("correct.headline", value=words, partner=wanted.partner or say("correct.network"))))
    show_told(context)
    if answers.waits_for_office(context.store, viewer_of(context)):
        show(tag("p", say("correct.outcome.for_office"), class_="rt-told"))
        st.button(say("correct.leave"), key="correct-leave", on_click=address, kwargs={RECORD: None, FIELD: None})
        return
    left, right = st.columns([1.2, 1], gap="large")
    with right:
        proof()
    with left, st.form("correct", border=False):
        _value_input(context, wanted)
        label = say("correct.reason_optional" if wanted.marked else "correct.reason")
        st.text_input(label, key="correct-reason", placeholder=say("correct.reason_hint"))
        what = "correct.what" if context.is_office else "correct.what_own"
        show(no_clients(say, say(what, partner=wanted.partner or say("correct.network"))))
        with st.container(horizontal=True):
            st.form_submit_button(
                say("correct.do"), type="primary", key="correct-do", on_click=press, args=(_CORRECT, wanted)
            )
            if wanted.marked:
                label = plain_label(say("correct.check", value=words))
                st.form_submit_button(label, key="correct-check", on_click=press, args=(_CHECK, wanted))
    if st.button(say("correct.leave"), key="correct-leave"):
        _leave(context)


def _value_input(context: Context, wanted: Correctable) -> None:
    label, stated = plain_label(context.say("correct.value")), wanted.stated
    if stated.type in ("code", "codes"):
        choose = st.multiselect if stated.type == "codes" else st.selectbox
        choose(  # type: ignore[operator]
            label,
            wanted.codes,
            key="correct-value",
            format_func=lambda code: code_word(stated.domain, code, context.language),
        )
    else:
        st.text_input(label, key="correct-value", placeholder=context.say("correct.value_hint"))


def show_list(context: Context) -> None:
    """For the office all corrections, for a partner its own; nothing where there are none."""
    rows = answers.correction_rows(context.store, context.picture(), viewer_of(context))
    if not rows:
        return
    say = context.say
    aside = say("correct.list_untold", n=sum(row.told_on is None for row in rows))
    show(section(say("correct.list" if context.is_office else "correct.list_own"), aside))
    newest = st.session_state.pop(_NEWEST, None)
    if newest is not None:
        outcome = "corrected" if context.is_office else "corrected_own"
        show(tag("p", say(f"correct.outcome.{outcome}"), class_="rt-told", role="status"))
    _told_form(context, rows)
    clicked = clickable(_table(context, rows, newest), key="corrections-list")
    if clicked:
        address(**{NUMBER: clicked})
        st.rerun()


def _told_form(context: Context, rows: Sequence[CorrectionRow]) -> None:
    """The chosen correction: on which day the partner was told, or take it back."""
    chosen = next((row for row in rows if str(row.number) == st.query_params.get(NUMBER)), None)
    if chosen is not None and chosen.own:
        _take_back_own(context, chosen)
    if chosen is None or chosen.own or not context.is_office:
        return
    say = context.say
    with st.container(key="correct-chosen"):
        what = say("correct.chosen", field=_field(chosen.field, say), title=chosen.title, partner=chosen.partner)
        show(tag("p", tag("b", what), class_="rt-told"))
        st.date_input(
            say("correct.told_on"),
            value=chosen.told_on or context.day,
            max_value=context.day,
            key="correct-told-day",
            format="DD.MM.YYYY",
            width=240,
        )
        with st.container(horizontal=True):
            told, back = say("correct.told_do"), say("correct.take_back")
            args = (chosen.number,)
            st.button(told, type="primary", key="correct-told", on_click=press, args=(_TOLD_ON, *args))
            st.button(back, key="correct-back", on_click=press, args=(_BACK, *args))
            st.button(say("correct.leave"), key="correct-close", on_click=address, kwargs={NUMBER: None})


def _take_back_own(context: Context, chosen: CorrectionRow) -> None:
    """What a partner put right itself is told to nobody; it, or the office, can take it back."""
    say = context.say
    with st.container(key="correct-chosen"):
        what = say("correct.chosen_own", field=_field(chosen.field, say), title=chosen.title)
        show(tag("p", tag("b", what), class_="rt-told"))
        with st.container(horizontal=True):
            args = (_BACK, chosen.number)
            st.button(say("correct.take_back"), key="correct-back", on_click=press, args=args)
            st.button(say("correct.leave"), key="correct-close", on_click=address, kwargs={NUMBER: None})


def _table(context: Context, rows: Sequence[CorrectionRow], newest: int | None) -> Markup:
    """``newest`` is scrolled into view."""
    say = context.say
    columns = [
        Column(say("correct.column.what")),
        Column(say("correct.column.partner")),
        Column(say("correct.column.change")),
        Column(say("correct.column.reason")),
        Column(say("correct.column.told"), narrow=True),
    ]
    return table(columns, (_row(context, row, row.number == newest) for row in rows), label=say("correct.list"))


def _row(context: Context, row: CorrectionRow, here: bool) -> list[Content]:
    say = context.say
    made = say("correct.made", person=row.person, day=in_berlin(row.made))
    told = _told(row, say)
    before, after = stated_words(row.before, context), stated_words(row.after, context)
    words = (
        say("correct.checked", value=after) if before == after else say("correct.change", before=before, after=after)
    )
    return [
        tag("span", _field(row.field, say), tag("small", row.title), data_here=str(row.number) if here else None),
        row.partner or "–",
        joined([words, None if row.holds else tag("small", say("correct.replaced"))]),
        joined([row.reason, tag("small", made)]),
        go(told, str(row.number), label=row.title, class_="rt-link") if context.is_office or row.own else told,
    ]


def _told(row: CorrectionRow, say: Say) -> str:
    if row.own:
        return say("correct.own", partner=row.partner)
    return say("correct.told_day", day=row.told_on) if row.told_on else say("correct.not_told")


def show_beside_origin(context: Context, record: str, name: str) -> None:
    """In „woher?“: what stood there before a correction, whether the partner knows; the office's way to the form."""
    store, say = context.store, context.say
    found = answers.correction_of(store, context.picture(), record, name)
    if found is not None:
        told = _told(found, say)
        before = stated_words(found.before, context)
        pairs: list[tuple[Content, Content]] = [
            (say("correct.before"), say("correct.before_from", value=before, partner=found.partner or "–")),
            (say("correct.told"), told),
        ]
        show(tag("div", definition_list(pairs), class_="rt-origin"))
    if context.as_shown or answers.correctable(context.picture(), viewer_of(context), record, name) is None:
        return
    if st.button(say("correct.open"), key=f"correct-open-{record}-{name}"):
        context.open("rueckmeldungen", **{RECORD: record, FIELD: name})


def stated_words(stated: Stated, context: Context) -> str:
    """The value as people read it."""
    if stated.qualifier.get("open_end") and not stated.value:
        return context.say("provenance.open_end")
    if stated.value in (None, "", []):
        return context.say("word.unknown")
    return value_text(stated.value, stated.type, stated.domain, stated.qualifier, context.language)


def _field(name: str, say: Say) -> str:
    entity, _, short = name.partition(".")
    if has("de", f"{entity}.field.{short}"):
        return say(f"{entity}.field.{short}")
    return say(f"field.{name}") if has("de", f"field.{name}") else short
