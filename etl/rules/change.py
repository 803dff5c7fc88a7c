"""What a change consists of: a record, a cause from a closed list, the value and the rating before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from etl.rules.facts import Delivered
from etl.rules.rating import BAD_TO_GOOD, Rating

Cause = Literal[
    "new_value",
    "deadline_passed",
    "reported_late",
    "correction",
    "new_rule",
    "too_old",
    "decided_by_group",
    "delivery_withdrawn",
    "new",
    "ended",
    "status_changed",
]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one record.

    ``kind`` is the record's entity (goal, measure, funding, …). ``before`` and ``after`` are the ratings this very
    cause leads from and to: several changes of one record form a chain. ``day`` is the day the new fact is about,
    ``indicator`` the one it is about where the record is a goal.
    """

    kind: str
    key: str
    cause: Cause
    field: str | None = None
    old: Any = None
    new: Any = None
    day: dt.date | None = None
    before: Rating | None = None
    after: Rating | None = None
    indicator: str | None = None

    @property
    def rating_changed(self) -> bool:
        return self.before is not None and self.after is not None and self.before.code != self.after.code

    @property
    def is_progress(self) -> bool:
        """Whether things got better: only news says so, never a correction, a late report, a rule or an undo."""
        return self._moved() > 0 and self.cause in ("new_value", "status_changed")

    @property
    def is_setback(self) -> bool:
        """Whether a rating got worse because of news or because a day has passed."""
        return self._moved() < 0 and self.cause in ("new_value", "status_changed", "deadline_passed", "too_old")

    def _moved(self) -> int:
        """Steps between two comparable ratings; 0 where one of them can't be compared."""
        codes = [rating.code if rating else None for rating in (self.before, self.after)]
        if codes[0] not in BAD_TO_GOOD or codes[1] not in BAD_TO_GOOD:
            return 0
        return BAD_TO_GOOD.index(codes[1]) - BAD_TO_GOOD.index(codes[0])


def withdrawn_deliveries(
    before: Mapping[str, tuple[Delivered, ...]], after: Mapping[str, tuple[Delivered, ...]], day: dt.date
) -> frozenset[int]:
    """Numbers of deliveries about days up to ``day`` that held before and no longer hold."""
    still = {delivery.number for deliveries in after.values() for delivery in deliveries}
    held = (delivery for deliveries in before.values() for delivery in deliveries)
    return frozenset(d.number for d in held if d.number not in still and d.day <= day)
