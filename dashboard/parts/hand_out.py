"""The way back out: a partner's own workbook, marked or prefilled, in a dialog that says what did not come along."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.answers.deliveries import DeliveryRow
from dashboard.answers.hand_out import HandedOut, Way, delivered_workbook, waiting_workbook
from dashboard.answers.uploads import Preview
from dashboard.parts.blocks import note
from dashboard.parts.context import Context
from dashboard.parts.deliveries import viewer_of
from dashboard.parts.html import plain_label, show, tag

#: Before the number of a delivery whose file is asked for.
ASKED = "datei:"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def waiting_button(context: Context, preview: Preview) -> None:
    """Beside the decision: the file that waits, with marks at the cells in question."""
    if st.button(context.say("handout.marked"), key="handout-waiting", type="tertiary"):
        _dialog(
            context, lambda: _made(context, lambda: waiting_workbook(preview, viewer_of(context), context.language))
        )


def delivery_dialog(context: Context, row: DeliveryRow) -> None:
    """For an accepted delivery: which of both, then the file."""

    def body() -> None:
        show(note(context.say("handout.what", file=row.file)))
        choices: dict[Way, str] = {
            "marked": context.say("handout.marked"),
            "prefilled": context.say("handout.prefilled"),
        }
        chosen = st.radio(context.say("handout.which"), list(choices), format_func=choices.__getitem__, index=None)
        if chosen is not None:
            _made(context, lambda: _delivered(context, row.number, chosen))

    _dialog(context, body)


def _delivered(context: Context, number: int, way: Way) -> HandedOut | None:
    return delivered_workbook(
        context.store, number, way, viewer_of(context), language=context.language, now=context.now
    )


def _dialog(context: Context, body: Callable[[], None]) -> None:
    st.dialog(plain_label(context.say("handout.title")), width="medium")(body)()


def _made(context: Context, make: Callable[[], HandedOut | None]) -> None:
    with st.spinner(context.say("handout.making")):
        context.admit()
        made = make()
    if made is None:
        show(tag("p", context.say("handout.not_possible"), class_="rt-told"))
        return
    show(tag("p", made.sentence or context.say("handout.whole"), class_="rt-told"))
    st.download_button(
        context.say("handout.download"),
        data=made.content,
        file_name=made.file,
        mime=_XLSX,
        on_click="ignore",
        type="primary",
        key="handout-download",
    )
