"""Carries out a change and tells what came of it in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from dashboard.parts.context import Context
from dashboard.parts.deliveries import show_told, tell
from etl.pipeline.refused import Refused

Result = TypeVar("Result")


def try_to(change: Callable[[], Result], outcome: str | None = None, **values: Any) -> Result | None:
    """What the change gave; None where it was refused, with the sentence of the refusal. ``outcome``: the sentence
    where it was not."""
    try:
        result = change()
    except Refused as refused:
        tell(refused.sentence, found=refused.found)
        return None
    if outcome is not None:
        tell(outcome, **values)
    return result


def done(change: Callable[[], object], outcome: str | None = None, **values: Any) -> bool:
    """Whether the change was stored; tells as ``try_to`` does."""
    return try_to(lambda: (change(),), outcome, **values) is not None


def done_or_stays(context: Context, change: Callable[[], object], outcome: str, **values: Any) -> None:
    """Close the dialog or start anew where the change was stored; else what was typed stays, with the sentence why."""
    if done(change, outcome, **values):
        st.rerun()
    show_told(context)
