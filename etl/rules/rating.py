"""What a rating consists of, and the search for the day on which it will change by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from etl.rules.meeting_records import HumanRating, SaidBeside
from etl.rules.records import Marks, RatingCode

#: From bad to good; codes not listed (None, cannot_be_rated) can't be compared.
BAD_TO_GOOD: tuple[RatingCode, ...] = ("off_track", "at_risk", "on_track")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says on one day. ``code`` None: shown by its status, not rated. ``inputs`` are the values it used."""

    code: RatingCode | None
    rule: str
    inputs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that stands beside the symbol without changing it: a code, the record and the day it is about."""

    code: str
    key: str
    day: dt.date | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating that proves itself.

    ``code`` is None where status and result are shown instead. ``data_age_days`` counts from the day the data are
    about. ``flips_on`` is the first day on which ``code`` would be another (``flips_to``) if nothing is reported.
    ``human`` stands beside and never overwrites, and so do partners' own sentences (``said``); ``marks`` are the
    inexact readings the rating rests on, as (field, issue code).
    """

    code: RatingCode | None
    rule: str
    inputs: Mapping[str, Any] = field(default_factory=dict)
    data_age_days: int | None = None
    flips_on: dt.date | None = None
    flips_to: RatingCode | None = None
    human: HumanRating | None = None
    beside: tuple[Remark, ...] = ()
    marks: Marks = ()
    said: tuple[SaidBeside, ...] = ()


def is_worse(after: str | None, before: str | None) -> bool:
    """Whether a rating is worse than another, or can no longer be given: what a partner is told before others see it.

    A record that had no rating can't get a worse one.
    """
    if before not in BAD_TO_GOOD:
        return False
    if after == "cannot_be_rated":
        return True
    return after in BAD_TO_GOOD and BAD_TO_GOOD.index(after) < BAD_TO_GOOD.index(before)


def first_flip(
    code: RatingCode | None,
    after: dt.date,
    candidates: Iterable[dt.date],
    verdict_on: Callable[[dt.date], Verdict],
) -> tuple[dt.date | None, RatingCode | None]:
    """The first candidate day later than ``after`` with another code.

    Exact as long as the verdict can change on candidate days only: every rule is piecewise constant in the day.
    """
    if code is None:
        return None, None
    for day in sorted({c for c in candidates if c > after}):
        later = verdict_on(day).code
        if later != code:
            return day, later
    return None, None
