"""What every transaction about ideas may answer, and what it asks first."""

from __future__ import annotations

from collections.abc import Iterable

from etl.model.accounts import User
from etl.pipeline.refused import Refused
from etl.pipeline.single_clients import tells_of_client


class IdeaRefused(Refused):
    """Nothing was stored. ``code``: not_allowed, without_title, single_client, too_long, unknown_idea, unknown_goal,
    unknown_body, unknown_house, without_ideas, already_measure, not_yours, title_taken (another idea's), over (the
    workshop, or the meeting), open (a workshop is open already), not_a_member, no_marks, no_mark, no_such_day or
    no_count."""

    sentences = "idea.refused."


def only_office(user: User) -> None:
    """Raises ``IdeaRefused`` (not_allowed)."""
    if user.role != "coordinator":
        raise IdeaRefused("not_allowed")


def refuse_clients(texts: Iterable[object]) -> None:
    """Raises ``IdeaRefused`` (single_client) where one of the texts tells of a single client."""
    if tells_of_client(texts):
        raise IdeaRefused("single_client")
