"""What can be said and changed about the interface paper: the way from the page to the transactions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from etl.pipeline.interface.lines import LONGEST_NOTE, say_lines, take_back
from etl.pipeline.interface.refused import InterfaceRefused
from etl.pipeline.interface.steps import LONGEST_TITLE, end_step, move_step, store_step

__all__ = [
    "LONGEST_NOTE",
    "LONGEST_TITLE",
    "attempt",
    "end_step",
    "move_step",
    "say_lines",
    "store_step",
    "take_back",
]

Result = TypeVar("Result")


def attempt(change: Callable[[], Result]) -> tuple[Result | None, str | None, str]:
    """(what the change gave, None, "") or (None, code of the refusal, what it is about)."""
    try:
        return change(), None, ""
    except InterfaceRefused as refused:
        return None, refused.code, refused.found
