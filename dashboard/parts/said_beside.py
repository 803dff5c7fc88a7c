"""Partners' own sentences beside a rating that became worse."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dashboard.parts.html import Content
from etl.rules.rating import Rating

Say = Callable[..., str]


def said_beside(rating: Rating, names: Mapping[str, str], say: Say) -> list[tuple[Content, Content]]:
    """Who says it, and the sentence with its day: pairs for the list of what a rating rests on."""
    return [
        (
            say("rating.said", partner=names.get(said.partner, say("kind.partner", n=1))),
            say("rating.said.of", text=said.text, day=said.day),
        )
        for said in rating.said
    ]
