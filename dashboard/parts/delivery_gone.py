"""Records no list names any more: a person says what became of them, with a reason, and may take it back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.answers.gone import Told, Unnamed, take_word_back, tell_gone, told_records, unnamed_records
from dashboard.parts.blocks import ListRow, list_rows, note, section
from dashboard.parts.context import Context
from dashboard.parts.deliveries import address, tell, viewer_of
from dashboard.parts.html import Markup, clickable, go, joined, plain_label, show, tag
from dashboard.parts.no_clients import no_clients

#: The record somebody is speaking about, in the address.
_RECORD = "eintrag"
_BACK = "wort:"
_SHOWN = 6


def show_gone(context: Context) -> None:
    """What is asked about, then what was said; nothing where there is neither."""
    picture, viewer = context.picture(), viewer_of(context)
    asked = unnamed_records(context.store, picture, viewer)
    told = told_records(context.store, picture, viewer)
    if not asked and not told:
        return
    say = context.say
    show(section(say("deliveries.gone"), say("deliveries.gone.n", n=len(asked))))
    show(note(say("deliveries.gone.what")))
    chosen = next((record for record in asked if record.key == st.query_params.get(_RECORD)), None)
    if chosen is not None:
        _form(context, chosen)
    clicked = clickable(joined([_asked(asked, context), _told(told, context)]), key="deliveries-gone")
    if clicked and clicked.startswith(_BACK):
        entry = int(clicked.removeprefix(_BACK))
        tell(f"deliveries.gone.{take_word_back(context.store, viewer, entry, now=context.now)}")
        st.rerun()
    elif clicked:
        address(**{_RECORD: clicked})
        st.rerun()


def _asked(records: Sequence[Unnamed], context: Context) -> Markup | None:
    say = context.say
    rows = [
        ListRow(
            record.title,
            note=" · ".join(filter(None, (say(f"kind.{record.kind}", n=1), record.partner, record.file))),
            target=record.key,
        )
        for record in records
    ]
    return _folded(rows, context) if rows else None


def _told(told: Sequence[Told], context: Context) -> Markup | None:
    if not told:
        return None
    rows = [_told_row(word, context) for word in told]
    summary = tag("summary", context.say("deliveries.gone.told_n", n=len(told)))
    return tag("details", summary, list_rows(rows), class_="rt-more")


def _told_row(word: Told, context: Context) -> ListRow:
    say = context.say
    how = say(f"deliveries.gone.was.{word.how}", into=word.into or "")
    by = say("deliveries.gone.by", person=word.person, day=word.day, reason=word.reason)
    back = go(say("deliveries.gone.take_back"), f"{_BACK}{word.entry}", label=word.title, class_="rt-link")
    return ListRow(joined([tag("b", word.title), " ", how]), note=joined([by, " ", back]))


def _folded(rows: Sequence[ListRow], context: Context) -> Markup:
    rest = rows[_SHOWN:]
    summary = tag("summary", context.say("deliveries.and_more", n=len(rest)))
    more = tag("details", summary, list_rows(rest), class_="rt-more") if rest else None
    return joined([list_rows(rows[:_SHOWN]), more])


def _form(context: Context, record: Unnamed) -> None:
    say = context.say
    with st.form(f"gone-{record.key}"):
        question = plain_label(say("deliveries.gone.ask", title=record.title))
        how = st.radio(question, record.ways, format_func=lambda way: say(f"deliveries.gone.{way}"), key="gone-how")
        into = None
        if record.others:
            options = [None, *record.others]
            named = lambda key: record.others.get(key or "", "–")  # noqa: E731
            into = st.selectbox(say("deliveries.gone.into"), options, format_func=named, key="gone-into")
        reason = st.text_input(say("deliveries.gone.reason"), key=f"gone-reason-{record.key}", max_chars=400)
        show(no_clients(say))
        if st.form_submit_button(say("deliveries.gone.say"), type="primary"):
            _say(context, record, how, into if how == "merged" else None, reason)


def _say(context: Context, record: Unnamed, how: str, into: str | None, reason: str) -> None:
    by = context.user.display_name
    outcome = tell_gone(
        context.store,
        viewer_of(context),
        record.key,
        how,
        into=into,
        reason=reason,
        day=context.day,
        by=by,
        now=context.now,
    )
    tell(f"deliveries.gone.{outcome}")
    if outcome == "told":
        address(**{_RECORD: None})
    st.rerun()
