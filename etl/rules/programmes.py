"""Funding programmes a network knows of: who may apply, what it takes, until when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

#: Kinds of houses (codes of organisation.type) that can apply.
APPLICANTS = (
    "district",
    "municipality",
    "public_authority",
    "welfare",
    "church",
    "education_provider",
    "association",
    "migrant_organisation",
    "foundation",
    "business",
    "advisory_body",
)


@dataclass(frozen=True, slots=True)
class Programme:
    """``level`` as in the vocabulary (funding.level; donations, crowdfunding and a Förderverein are levels like any
    other). ``applicants``: codes of organisation.type that may apply (none: all). ``own_share``: percent of the whole.
    ``deadline``: the next day on which an application is in time; ``yearly``: it comes again every year on that day.
    ``lead_months``: how long before the start an application has to be in (0: shortly before will do; without a
    deadline that means at any time). ``most_per_year``, ``least_per_year``: euros of a
    grant.
    ``fields``: keys of the fields of action it pays for (none: all). ``seen_on``: when the network last looked whether
    this still holds. ``changed_by``, ``changed_on``: who said all this last, and when."""

    id: int
    title: str
    funder: str
    level: str | None = None
    applicants: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    own_share: Decimal | None = None
    most_per_year: Decimal | None = None
    least_per_year: Decimal | None = None
    longest_months: int | None = None
    lead_months: int | None = None
    deadline: dt.date | None = None
    yearly: bool = False
    note: str = ""
    seen_on: dt.date | None = None
    ended: bool = False
    changed_by: str = ""
    changed_on: dt.date | None = None

    @property
    def checked(self) -> bool:
        """Whether somebody looked it up and said for whom or what it is; else it is one to look up, no way out."""
        return self.seen_on is not None and bool(self.applicants or self.fields)
