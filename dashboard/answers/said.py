"""What partners say beside a rating, for lists: each sentence with who says it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from dashboard.answers.picture import Picture
from etl.rules.rating import Rating

#: The fields of a measure that its rating rests on.
RATED_BY = ("status", "end", "period", "participants_actual", "participants_planned", "progress_pct", "report_date")
#: Those of an indicator and its values that the rating of its goal rests on.
_GOAL_RATED_BY = frozenset(
    ("current_value", "current_date", "baseline_value", "baseline_date", "target_value", "target_date")
)


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


def said_behind(picture: Picture, record: str, fields: Collection[str] = ()) -> tuple[Sentence, ...]:
    """The sentences beside the rating that rests on one of these ``fields`` of a record (all of it where none is
    named): a measure's own, or for an indicator and its values that of their goal."""
    known = picture.state.find(record)
    if known is None:
        return ()
    if known.kind == "observation":
        return said_behind(picture, known.parent or "", fields)
    rated_by = RATED_BY if known.kind == "measure" else _GOAL_RATED_BY
    if fields and known.kind != "goal" and not set(fields) & set(rated_by):
        return ()
    return said_about(picture.ratings.get((known.parent or "") if known.kind == "indicator" else record), picture)
