"""What is shown when something of ours went wrong: a sentence and a number, never a trace."""

from __future__ import annotations

import logging
import secrets

import streamlit as st

from dashboard.parts.blocks import note, section
from dashboard.parts.html import show
from etl.model.store import StoreIsReadOnly
from etl.wording import LANGUAGES, say

#: The one key under which the run's language stands for callbacks and fragments, which run without the shell.
LANGUAGE_OF_RUN = "rt-language-of-run"


def show_trouble(error: Exception, language: str) -> str:
    """Log the error under a reference number and show the number; returns it."""
    reference = secrets.token_hex(3).upper()
    logging.getLogger("rundertisch").error("trouble %s", reference, exc_info=error)
    show(section(say(language, "trouble.headline")), note(say(language, "trouble.sentence", reference=reference)))
    return reference


def on_script_error(error: Exception) -> bool:
    """For what the shell cannot catch itself: callbacks and fragments."""
    language = str(st.session_state.get(LANGUAGE_OF_RUN, LANGUAGES[0]))
    if isinstance(error, StoreIsReadOnly):
        show(note(say(language, "as_shown.refused")))
    else:
        show_trouble(error, language)
    return True
