"""What partners say beside a rating, for lists: each sentence with who says it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dashboard.answers.picture import Picture
from etl.rules.rating import Rating


@dataclass(frozen=True, slots=True)
class Sentence:
    """``partner`` is a name, None where it is not known by one any more."""

    partner: str | None
    text: str
    day: dt.date


def said_about(rating: Rating | None, picture: Picture) -> tuple[Sentence, ...]:
    """The sentences that stand beside a rating wherever it shows."""
    if rating is None or not rating.said:
        return ()
    names = picture.names_of(said.partner for said in rating.said)
    return tuple(Sentence(names.get(said.partner), said.text, said.day) for said in rating.said)
