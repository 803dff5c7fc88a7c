"""Cooperations as a list: what each rests on, what everybody brings along, how long it goes on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dashboard.answers.cooperation_choice import chosen_cooperations
from dashboard.answers.cooperations import partner_name, taking_part, unknown_names
from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from dashboard.answers.selection import EVERYTHING, Selection
from etl.rules.cooperation_rules import Renewal, renewal
from etl.rules.facts import Agreed, Cooperation
from etl.rules.finding import Finding

ROWS_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """A cooperation. ``partners`` are names as known, else as stated; ``alone``: no second one is named. ``agreed``
    None: nobody said. ``contributions`` are codes, or words as they were written."""

    key: str
    title: str
    partners: tuple[str, ...]
    type: str | None
    agreed: Agreed | None
    status: str | None
    start: dt.date | None
    end: dt.date | None
    purpose: str | None
    contributions: tuple[str, ...] = ()
    renewal: Renewal | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class AgreementList:
    """One page of the chosen cooperations that live, by title; ``every`` row for a download."""

    rows: tuple[AgreementRow, ...]
    every: tuple[AgreementRow, ...]
    page: int
    pages: int


def agreements(picture: Picture, selection: Selection = EVERYTHING) -> AgreementList:
    chosen = {cooperation.key for cooperation in chosen_cooperations(picture, selection)}
    rows = tuple(row for row in _ROWS(picture) if row.key in chosen)
    pages = max(1, -(-len(rows) // ROWS_PER_PAGE))
    page = min(selection.page, pages)
    return AgreementList(rows[(page - 1) * ROWS_PER_PAGE : page * ROWS_PER_PAGE], rows, page, pages)


def agreements_headline(found: AgreementList) -> Finding:
    """How many have no agreement, then how many are over or end soon; else that all are agreed."""
    rows = found.every
    ends = sum(row.renewal in ("over", "soon") for row in rows)
    also = Finding("finding.agreements.to_renew", {"n": ends}) if ends else None
    if not rows:
        return Finding("finding.agreements.nothing_found")
    without = sum(row.agreed == "none" for row in rows)
    if without:
        return Finding("finding.agreements.without", {"n": without}, also)
    unknown = sum(row.agreed is None for row in rows)
    if unknown:
        return Finding("finding.agreements.unknown", {"n": unknown}, also)
    return Finding("finding.agreements.all", {"n": len(rows)}, also)


def _rows(picture: Picture) -> tuple[AgreementRow, ...]:
    rows = (_row(cooperation, picture) for cooperation in chosen_cooperations(picture, EVERYTHING))
    return tuple(sorted(rows, key=lambda row: (alphabetical(row.title), row.key)))


_ROWS: Once[Picture, tuple[AgreementRow, ...]] = Once(_rows)


def _row(cooperation: Cooperation, picture: Picture) -> AgreementRow:
    facts, keys = picture.facts, taking_part(picture)[cooperation.key]
    names = [partner_name(facts.partner_by_key[key]) for key in keys] + unknown_names(cooperation, facts, keys)
    return AgreementRow(
        key=cooperation.key,
        title=cooperation.title,
        partners=tuple(sorted(names, key=alphabetical)),
        type=cooperation.type,
        agreed=cooperation.agreement,
        status=cooperation.status,
        start=cooperation.start,
        end=cooperation.end,
        purpose=cooperation.purpose,
        contributions=cooperation.contribution,
        renewal=renewal(cooperation, facts, picture.thresholds),
        alone=len(names) < 2,
    )
