"""Carries out a change about a meeting and tells what came of it in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from dashboard.answers.meeting_changes import attempt
from dashboard.parts.deliveries import tell

Result = TypeVar("Result")


def try_to(change: Callable[[], Result], outcome: str | None = None, **values: Any) -> Result | None:
    """What the change gave; None where it was refused, with the sentence ``meeting.refused.<code>``. ``outcome``: the
    sentence where it was not."""
    result, code, found = attempt(change)
    if code is not None:
        tell(f"meeting.refused.{code}", found=found)
    elif outcome is not None:
        tell(outcome, **values)
    return result
