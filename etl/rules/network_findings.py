"""The headlines about cooperations, money and reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from etl.rules.cooperation_rules import PLANNED
from etl.rules.coverage import Coverage, coverage
from etl.rules.days import add_months, first_of_month, latest_round
from etl.rules.facts import Facts, FieldOfAction
from etl.rules.finding import Finding
from etl.rules.funding import funding_ending_within
from etl.rules.funding_rules import follow_up_applied
from etl.rules.gaps import (
    fields_without_migrant_organisation,
    goals_without_current_value,
    is_active,
    reported_in_round,
)
from etl.rules.rounding import rounded
from etl.rules.thresholds import Thresholds

_OVER = ("ended", "dormant")
_MONTHS_AHEAD = 24
#: As many fields of action are named, more are counted.
_FIELDS_NAMED = 2


def cooperations_finding(facts: Facts) -> Finding:
    """How many cooperations live, and which fields of action lack migrant organisations; else what lacks agreement."""
    active = [c for c in facts.cooperations if c.status not in _OVER]
    planned = sum(c.status in PLANNED for c in active)
    missing = fields_without_migrant_organisation(facts)
    active = [c for c in active if c.status not in PLANNED]
    informal = sum(c.agreement == "none" for c in active)
    if not facts.cooperations:
        return Finding("finding.cooperations.none", also=_without_migrant_organisation(missing) if missing else None)
    if missing:
        also = _in_preparation(len(active), planned, _without_migrant_organisation(missing))
    else:
        also = _in_preparation(len(active), planned, None)
        if informal == len(active) == 1:
            also = Finding("finding.cooperations.only_without_agreement", also=also)
        elif informal:  # says „davon“ of those that exist, so it stands before those that don't yet
            also = Finding("finding.cooperations.without_agreement", {"n": informal}, also)
    return Finding("finding.cooperations.active", {"n": len(active)}, also)


def _in_preparation(active: int, planned: int, also: Finding | None) -> Finding | None:
    code = "finding.cooperations.planned" if active else "finding.cooperations.only_planned"
    return Finding(code, {"n": planned}, also) if planned else also


def _without_migrant_organisation(missing: Sequence[FieldOfAction]) -> Finding:
    named = len(missing) <= _FIELDS_NAMED
    code = "named_without_migrant_organisation" if named else "without_migrant_organisation"
    values = {"n": len(missing)} | ({"fields": [field.title for field in missing]} if named else {})
    return Finding(f"finding.cooperations.{code}", values)


def cooperations_matrix_finding(facts: Facts) -> Finding:
    """In how many fields of action nobody, only one partner, or several work."""
    if not facts.fields_of_action:
        return Finding("finding.matrix.no_fields")
    present = [len(partners_in_field(field, facts)) for field in facts.fields_of_action]
    empty, single = present.count(0), present.count(1)
    also = Finding("finding.matrix.single", {"n": single}) if single else None
    if empty:
        return Finding("finding.matrix.empty", {"n": empty}, also)
    return also or Finding("finding.matrix.shared", {"n": len(present)})


def partners_in_field(field: FieldOfAction, facts: Facts) -> tuple[str, ...]:
    """Keys of the partners that lead, deliver or take part in something active in the field, in key order."""
    names, present = {field.key, field.title}, set[str | None]()
    for measure in filter(is_active, facts.measures):
        served = {facts.goal_by_key[g].field_of_action for g in measure.goals if g in facts.goal_by_key}
        if names & {measure.field_of_action, *served}:
            present |= {measure.lead_partner or measure.partner, *measure.partner_keys}
    for cooperation in facts.cooperations:
        if cooperation.field_of_action in names and cooperation.status not in _OVER:
            present |= set(cooperation.partner_keys)
    return tuple(sorted(key for key in present if key))


def funding_finding(facts: Facts, thresholds: Thresholds) -> Finding:
    """From when money is missing, and from when more than half of it; where costs are not known, what runs out."""
    if not facts.fundings:
        return Finding("finding.funding.none")
    ending = _ending(facts, thresholds)
    shown = coverage(facts, facts.day, _MONTHS_AHEAD)
    first = next((i for i, missing in enumerate(shown.gap) if missing >= 1), None)
    if first is None:
        if any(shown.need):
            covered = "finding.funding.covered", "finding.funding.covered_of"
            return _resting_on(*covered, {"month": shown.months[-1]}, shown, ending)
        return ending or Finding("finding.funding.nothing_ends", {"months": thresholds.funding_warning_months})
    return _gap(shown, first, facts.day)


def _gap(shown: Coverage, first: int, day: dt.date) -> Finding:
    values = {"month": shown.months[first], "amount": rounded(shown.gap[first], 0)}
    half = next((i for i in range(first + 1, len(shown.months)) if shown.gap[i] * 2 > shown.need[i]), None)
    already_half = shown.gap[first] * 2 > shown.need[first]
    more = {"month": shown.months[half]} if half is not None and not already_half else None
    also = Finding("finding.funding.more_than_half", more) if more else None
    if shown.months[first] == first_of_month(day):
        return _resting_on("finding.funding.gap_now", "finding.funding.gap_now_of", values, shown, also)
    return _resting_on("finding.funding.gap", "finding.funding.gap_of", values, shown, also)


def _resting_on(code: str, of_some: str, values: dict[str, Any], shown: Coverage, also: Finding | None) -> Finding:
    """``code`` where all costs are known, else ``of_some``, which says in the same breath on how many it rests."""
    known, unknown = len(shown.measures.counted), len(shown.measures.unpriced)
    if not unknown:
        return Finding(code, values, also)
    return Finding(of_some, values | {"n": known, "of": known + unknown}, also)


def _ending(facts: Facts, thresholds: Thresholds) -> Finding | None:
    """How many fundings run out within the warning time; how many of them have nothing after them."""
    last = add_months(facts.day, thresholds.funding_warning_months)
    ending = funding_ending_within(facts, (last - facts.day).days)
    if not ending:
        return None
    missing = sum(e.follow_up_missing for e in ending)
    applied = sum(follow_up_applied(e.funding) for e in ending)
    also = None
    if missing:
        code = "all_follow_up_missing" if missing == len(ending) else "follow_up_missing"
        values = {"n": missing} if code == "follow_up_missing" or applied else {}
        if applied:
            code, values = f"{code}_applied", values | {"applied": applied}
        also = Finding(f"finding.funding.{code}", values)
    return Finding("finding.funding.ending", {"n": len(ending), "months": thresholds.funding_warning_months}, also)


def deliveries_finding(facts: Facts, thresholds: Thresholds) -> Finding:
    """How many partners reported in the round; which one matters less than what can't be rated without them."""
    missing = len(goals_without_current_value(facts, thresholds))
    also = Finding("finding.goals.without_value", {"n": missing}) if missing else None
    this = latest_round(facts.rounds, facts.day)
    if this is None:
        return Finding("finding.deliveries.no_round", {"n": len(facts.delivered)}, also)
    reported, expected = reported_in_round(facts, this)
    if also is None and this.deadline >= facts.day and len(reported) < len(expected):
        also = Finding("finding.deliveries.open_until", {"deadline": this.deadline})
    if not expected:
        return Finding("finding.deliveries.nobody_expected", also=also)
    if len(reported) == len(expected):
        return Finding(f"finding.deliveries.{'both' if len(expected) == 2 else 'all'}", {"n": len(expected)}, also)
    if len(expected) == 1:
        return Finding("finding.deliveries.only_missing", also=also)
    return Finding("finding.deliveries.reported", {"n": len(reported), "total": len(expected)}, also)


def clarifications_finding(contradictions: int, pairs: int, *, own: bool = False) -> Finding:
    """How many contradictions wait for a decision, how many records may be reported twice (``own``: a partner's)."""
    of = "own." if own else ""
    if not contradictions and not pairs:
        return Finding(f"finding.clarify.{of}nothing")
    twice = Finding(f"finding.clarify.{of}pairs", {"n": pairs}) if pairs else None
    if not contradictions and twice is not None:
        return twice
    return Finding(f"finding.clarify.{of}contradictions", {"n": contradictions}, twice)


def unassigned_finding(view: str, n: int, proposed: int, *, own: bool = False) -> Finding:
    """How many records of a view (``ohne-ziel`` …) belong to nothing yet, and for how many there is a proposal."""
    also = Finding("finding.unassigned.proposed", {"n": proposed}) if n else None
    of = "own." if own else ""
    return Finding(f"finding.unassigned.{of}{view.replace('-', '_')}", {"n": n}, also)
