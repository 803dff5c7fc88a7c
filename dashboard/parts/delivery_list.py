"""What was received so far, how far the round is, and taking a delivery back, asked in a dialog."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.answers.deliveries import DeliveryRow, RoundState
from dashboard.parts.blocks import Column, definition_list, note, section, table
from dashboard.parts.context import Context
from dashboard.parts.deliveries import ACCEPTED, BACK, address, decide_later
from dashboard.parts.delivery_consent import show_undoing
from dashboard.parts.downloads import Table, download
from dashboard.parts.hand_out import ASKED, delivery_dialog
from dashboard.parts.html import Content, Markup, clickable, go, joined, plain_label, show, tag
from etl.rules.days import in_berlin
from etl.wording import formatted

Say = Callable[..., str]

_SHOWN = 12
_ALL = "liste"
_CHANGES = ("new", "changed", "unchanged")


def round_markup(state: RoundState | None, say: Say) -> Markup:
    """How many have reported; names of those who have not for the office only."""
    if state is None:
        return joined([section(say("deliveries.round.none")), note(say("deliveries.round.none_note"))])
    pairs: list[tuple[Content, Content]] = [
        (
            say("deliveries.round.reported"),
            tag("b", say("deliveries.round.of", n=state.reported, total=state.expected)),
        ),
        (say("deliveries.round.meeting"), say("deliveries.round.day", day=state.day)),
        (say("deliveries.round.deadline"), say("deliveries.round.day", day=state.deadline)),
    ]
    if state.own is not None:
        pairs.append((say("deliveries.round.you"), say(f"deliveries.round.own_{'yes' if state.own else 'no'}")))
    if state.missing:
        pairs.append((say("deliveries.round.missing"), ", ".join(state.missing)))
    return joined([section(say("deliveries.round", name=state.name)), definition_list(pairs)])


def show_accepted(context: Context, row: DeliveryRow | None) -> None:
    """What became of the delivery that was just accepted."""
    if row is None or row.outcome == "undone":
        return
    say = context.say
    told = say("deliveries.accepted", partner=row.partner, number=row.number)
    show(tag("p", tag("b", told), " ", records_words(row, say), class_="rt-told", role="status"))
    if st.button(say("deliveries.to_measures"), key="deliveries-to-measures"):
        context.open("massnahmen")


def show_list(context: Context, rows: Sequence[DeliveryRow]) -> None:
    """All deliveries this viewer may see, newest first, each with a way to take it back."""
    say = context.say
    show(section(say("deliveries.list"), say("deliveries.list_n", n=len(rows))))
    if not rows:
        show(note(say("deliveries.list_empty")))
        return
    whole = _ALL in st.query_params
    clicked = clickable(_table(rows if whole else rows[:_SHOWN], len(rows), say), key="deliveries-list")
    download(_download(rows, say, context.language), "rueckmeldungen", context, "internal")
    asked_file = next((row for row in rows if clicked == f"{ASKED}{row.number}"), None)
    if asked_file is not None:
        delivery_dialog(context, asked_file)
    elif clicked:
        address(**({_ALL: "alle"} if clicked == _ALL else {BACK: clicked, ACCEPTED: None}))
        st.rerun()
    else:
        _confirm(context, rows)


def _confirm(context: Context, rows: Sequence[DeliveryRow]) -> None:
    """The second step: what would be taken back, and what happens then."""
    asked = st.query_params.get(BACK)
    row = next((row for row in rows if str(row.number) == asked and row.may_be_undone), None)
    if row is None:
        return
    title = plain_label(context.say("deliveries.take_back.title"))
    st.dialog(title, width="large", on_dismiss=_keep)(lambda: _question(context, row))()


def _keep() -> None:
    address(**{BACK: None})


def _question(context: Context, row: DeliveryRow) -> None:
    """Inside the dialog, which runs by itself: what is pressed is carried out by the page, in the run that follows."""
    say = context.say
    values = {"number": row.number, "partner": row.partner, "file": row.file, "day": row.day}
    with st.container(key="deliveries-confirm"):
        show(tag("p", tag("b", say("deliveries.take_back.ask", **values)), class_="rt-told"))
        show(note(say("deliveries.take_back.what")))
        allowed = show_undoing(context, row.number)
        with st.container(horizontal=True):
            done = st.button(
                say("deliveries.take_back.do"),
                type="primary",
                key="deliveries-undo",
                disabled=not allowed,
                on_click=decide_later,
                args=("take_back", row.number),
            )
            kept = st.button(say("deliveries.take_back.keep"), key="deliveries-keep", on_click=_keep)
    if done or kept:
        st.rerun()


def _table(rows: Sequence[DeliveryRow], total: int, say: Say) -> Markup:
    columns = [
        Column(say("deliveries.column.file")),
        Column(say("deliveries.column.partner")),
        Column(say("deliveries.column.day"), narrow=True),
        Column(say("deliveries.column.outcome")),
        Column(say("deliveries.column.fetch"), narrow=True),
        Column(say("deliveries.column.back"), narrow=True),
    ]
    body = table(columns, (_row(row, say) for row in rows), label=say("deliveries.list"))
    more = go(say("deliveries.list_all", n=total), _ALL, class_="rt-link") if total > len(rows) else None
    return joined([body, tag("p", more, class_="rt-note") if more else None])


def _row(row: DeliveryRow, say: Say) -> list[Content]:
    back = go(say("deliveries.take_back"), str(row.number), label=row.file, class_="rt-link")
    return [
        tag("span", row.file, class_="rt-file"),
        joined([row.partner, tag("small", behalf_words(row, say)) if row.on_behalf else None]),
        joined([say("deliveries.as_of", day=row.day), tag("small", say("deliveries.received", day=_received(row)))]),
        joined([outcome_words(row, say), tag("small", records_words(row, say))]),
        go(say("handout.ask"), f"{ASKED}{row.number}", label=row.file, class_="rt-link"),
        back if row.may_be_undone else "–",
    ]


def behalf_words(row: DeliveryRow, say: Say) -> str:
    """„für den Partner angenommen von Henrike Aulbach, aus der E-Mail „…““."""
    taken = say("deliveries.on_behalf", person=row.sent_by or "–")
    return f"{taken}, {say('folder.came', mail=row.mail)}" if row.mail else taken


def _received(row: DeliveryRow) -> dt.date:
    return in_berlin(row.received)


def outcome_words(row: DeliveryRow, say: Say) -> str:
    if row.undone_at is not None:
        return say("deliveries.outcome.undone", day=in_berlin(row.undone_at))
    return say(f"deliveries.outcome.{row.outcome}")


def records_words(row: DeliveryRow, say: Say) -> str:
    """„3 neu, 2 geändert, 12 unverändert“."""
    return ", ".join(say(f"deliveries.change.{c}", n=row.records[c]) for c in _CHANGES if row.records.get(c))


def _download(rows: Sequence[DeliveryRow], say: Say, language: str) -> Table:
    headings = ("number", "file", "partner", "day", "received", "outcome", "records")
    return Table(
        tuple(say(f"deliveries.column.{name}") for name in headings),
        lambda: [
            [
                str(row.number),
                row.file,
                row.partner,
                formatted(language, row.day, "short_date"),
                formatted(language, _received(row), "short_date"),
                outcome_words(row, say),
                records_words(row, say),
            ]
            for row in rows
        ],
    )
