"""The form in which people decide how two records stand to each other: two measures, or a house's goal and a shared."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.parts.context import Context
from dashboard.parts.html import plain_label, show
from dashboard.parts.no_clients import no_clients
from etl.pipeline.relate import LONGEST_REASON

#: Given the verdict and the reason; "" where none was said.
Take = Callable[[str, str], None]


def show_verdict_form(
    context: Context,
    kind: str,
    key: str,
    question: str,
    verdicts: Sequence[str],
    words: Callable[[str], str],
    take: Take,
    *,
    primary: bool = True,
) -> None:
    """``kind`` says what is recorded (wording ``<kind>.recorded``), ``key`` of what; ``question`` asks it, in words.
    ``take`` is called when the button is pressed, before the run that follows."""
    say = context.say
    st.radio(
        plain_label(question),
        verdicts,
        index=None,
        format_func=words,
        key=f"{kind}-verdict-{key}",
        horizontal=True,
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(say("overlap.reason"), key=f"{kind}-reason-{key}", max_chars=LONGEST_REASON)
        st.button(
            say("overlap.decide"),
            type="primary" if primary else "secondary",
            key=f"{kind}-do",
            on_click=_press,
            args=(kind, key, take),
        )
    show(no_clients(say, say(f"{kind}.recorded", person=context.user.display_name)))


def _press(kind: str, key: str, take: Take) -> None:
    """Callback: what was shown when the button was pressed is what is decided."""
    verdict, reason = (st.session_state.get(f"{kind}-{name}-{key}") or "" for name in ("verdict", "reason"))
    take(verdict, reason)
