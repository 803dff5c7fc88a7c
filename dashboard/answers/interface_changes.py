"""What can be said and changed about the interface paper: the way from the page to the transactions."""

from __future__ import annotations

from etl.pipeline.interface.lines import LONGEST_NOTE, say_lines, take_back
from etl.pipeline.interface.steps import LONGEST_TITLE, end_step, move_step, store_step

__all__ = [
    "LONGEST_NOTE",
    "LONGEST_TITLE",
    "end_step",
    "move_step",
    "say_lines",
    "store_step",
    "take_back",
]
