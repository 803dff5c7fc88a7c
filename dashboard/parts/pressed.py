"""What was shown when a button was pressed is what is decided, in the run that follows."""

from __future__ import annotations

from typing import Any

import streamlit as st

_PRESSED = "round-pressed"


def press(decision: str, *subject: Any) -> None:
    """Callback of a button."""
    st.session_state[_PRESSED] = (decision, subject)


def pressed(*decisions: str) -> tuple[str, tuple[Any, ...]] | None:
    """What was pressed, once, where it is one of ``decisions``."""
    found: tuple[str, tuple[Any, ...]] | None = st.session_state.get(_PRESSED)
    if found is None or found[0] not in decisions:
        return None
    del st.session_state[_PRESSED]
    return found
