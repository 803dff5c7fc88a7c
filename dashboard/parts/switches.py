"""A switch between views of one page, whose truth is the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st


def asked(parameter: str, options: Sequence[str]) -> str:
    """The option the address asks for; one that nobody offers, or none, is the first one."""
    said = st.query_params.get(parameter, options[0])
    return said if said in options else options[0]


def switch(label: str, parameter: str, options: Sequence[str], words: Callable[[str], str]) -> str:
    """A segmented control kept in the address as ``?parameter=option``; the first option is left out of it."""
    shown = asked(parameter, options)
    key = f"switch-{parameter}"
    st.session_state[key] = shown
    st.segmented_control(
        label,
        list(options),
        key=key,
        format_func=words,
        required=True,
        wrap=True,
        label_visibility="collapsed",
        on_change=_take,
        args=(parameter, key, options[0]),
    )
    return shown


def _take(parameter: str, key: str, first: str) -> None:
    chosen = st.session_state[key]
    if chosen in (None, first):
        st.query_params.pop(parameter, None)
    else:
        st.query_params[parameter] = chosen
