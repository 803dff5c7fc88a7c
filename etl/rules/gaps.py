"""What is missing: goals nobody works on, measures that serve nothing, values and reports that did not come.

Names of partners in these answers are for the office and the partner itself; others see counts.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from etl.rules.days import falls_in_round, latest_round, reported_since
from etl.rules.facts import (
    Contact,
    Decision,
    Facts,
    FieldOfAction,
    Funding,
    Goal,
    Measure,
    Need,
    Partner,
    Round,
)
from etl.rules.funding_rules import is_granted
from etl.rules.measure_rules import ENDED
from etl.rules.ratings import rate_goal
from etl.rules.thresholds import Thresholds

_NOT_COOPERATING = ("ended", "dormant")
#: Rules that say that a value is missing, not that the goal can't have one.
_VALUE_MISSING = ("no_value", "value_too_old", "no_value_since_baseline")


def is_active(measure: Measure) -> bool:
    """Neither ended nor a mere proposal."""
    return measure.status not in ENDED and measure.status != "proposed"


def decisions_waiting(facts: Facts) -> tuple[Decision, ...]:
    """What a body still has to resolve. „offen“ beside a day that is past means resolved and not carried out yet."""
    return tuple(
        decision
        for decision in facts.decisions
        if decision.status in ("to_decide", "postponed")
        or (decision.status == "open" and (decision.day is None or decision.day >= facts.day))
    )


def goals_without_measures(facts: Facts) -> tuple[Goal, ...]:
    """Goals that no active measure serves, neither directly nor through a goal below them."""
    served = {goal for measure in facts.measures if is_active(measure) for goal in measure.goals}
    waiting = list(served)
    while waiting:
        goal = facts.goal_by_key.get(waiting.pop())
        if goal and goal.parent and goal.parent not in served:
            served.add(goal.parent)
            waiting.append(goal.parent)
    return tuple(goal for goal in facts.goals if goal.key not in served)


def measures_without_goal(facts: Facts) -> tuple[Measure, ...]:
    """Active measures that serve no goal of the network."""
    return tuple(m for m in facts.measures if is_active(m) and not any(g in facts.goal_by_key for g in m.goals))


def measures_to_assign(facts: Facts) -> tuple[Measure, ...]:
    """Measures without goal of which nobody has said yet that they serve none."""
    return tuple(m for m in measures_without_goal(facts) if not _to_nothing(m.key, "goal_ref", facts))


def measures_without_partner(facts: Facts) -> tuple[Measure, ...]:
    """Active measures of which no partner of the network is known to be accountable, nor said to be none."""
    unled = (m for m in facts.measures if is_active(m) and m.lead_partner not in facts.partner_by_key)
    return tuple(m for m in unled if not _to_nothing(m.key, "lead_org", facts))


def fundings_without_measure(facts: Facts) -> tuple[Funding, ...]:
    """Money, neither refused nor withdrawn nor over, that carries no measure we know, and is not said to carry none."""
    carried = {funding.key for found in facts.fundings_of_measure.values() for funding in found}
    return tuple(
        f
        for f in facts.fundings
        if f.key not in carried
        and f.status not in ("rejected", "withdrawn")
        and (f.open_end or f.end is None or f.end >= facts.day)
        and not _to_nothing(f.key, "measure_ref", facts)
    )


def goals_with_money_only(facts: Facts) -> tuple[Goal, ...]:
    """Goals for which money is promised and not over, though no measure that is active serves them."""
    paid = _paid(facts, facts.measures)
    idle = {goal for m in facts.measures if not is_active(m) and m.key in paid for goal in m.goals}
    return tuple(goal for goal in goals_without_measures(facts) if goal.key in idle)


def goals_without_money(facts: Facts) -> tuple[Goal, ...]:
    """Goals that active measures serve, none of which is carried by promised money that is not over."""
    active = [measure for measure in facts.measures if is_active(measure)]
    paid = _paid(facts, active)
    served = {goal for measure in active for goal in measure.goals}
    covered = {goal for measure in active if measure.key in paid for goal in measure.goals}
    return tuple(goal for goal in facts.goals if goal.key in served - covered) if facts.fundings else ()


def _paid(facts: Facts, measures: Iterable[Measure]) -> set[str]:
    return {m.key for m in measures if any(_holds(f, facts.day) for f in facts.fundings_of_measure.get(m.key, ()))}


def _holds(funding: Funding, day: dt.date) -> bool:
    return is_granted(funding) and (funding.open_end or funding.end is None or funding.end >= day)


def needs_without_answer(facts: Facts) -> tuple[Need, ...]:
    """Needs that no goal and no measure answers, and of which nobody has said that none does."""
    open_ = (need for need in facts.needs if not need.goals and not need.measures)
    return tuple(n for n in open_ if not any(_to_nothing(n.key, name, facts) for name in ("goal_ref", "measure_ref")))


def _to_nothing(record: str, field: str, facts: Facts) -> bool:
    """Whether a person said that the record belongs to nothing of that kind."""
    assigned = facts.assigned.get((record, field))
    return assigned is not None and not assigned.targets


def goals_without_current_value(facts: Facts, thresholds: Thresholds) -> tuple[Goal, ...]:
    """Goals with indicators of which none can be rated, because no value (or none that is recent) was reported."""
    return tuple(
        goal
        for goal in facts.goals
        if goal.key in facts.indicators_of and rate_goal(goal, facts, thresholds).rule in _VALUE_MISSING
    )


def fields_without_migrant_organisation(facts: Facts) -> tuple[FieldOfAction, ...]:
    """Fields of action in which no migrant organisation leads, delivers or takes part in anything active."""
    migrant = {partner.key for partner in facts.partners if partner.type == "migrant_organisation"}
    present: set[str | None] = set()
    for measure in filter(is_active, facts.measures):
        if migrant & {measure.partner, measure.lead_partner, *measure.partner_keys}:
            present.add(measure.field_of_action)
            present |= {facts.goal_by_key[g].field_of_action for g in measure.goals if g in facts.goal_by_key}
    for cooperation in facts.cooperations:
        if cooperation.status not in _NOT_COOPERATING and migrant & {cooperation.partner, *cooperation.partner_keys}:
            present.add(cooperation.field_of_action)
    return tuple(field for field in facts.fields_of_action if not present & {field.key, field.title})


def houses_with_deputy(facts: Facts) -> frozenset[str]:
    """Houses (keys) for which a line of the interface paper names a deputy: who is named responsible, else who reports.
    A line of several houses speaks for the one it names."""
    told = (line for line in facts.interfaces if line.deputy and line.deputy.strip())
    houses = (line.organisation_key if line.organisation else line.partner for line in told)
    return frozenset(house for house in houses if house)


def partners_with_one_contact(facts: Facts) -> tuple[Partner, ...]:
    """Partners whose link hangs on one person: exactly one contact that is not vacant, and no deputy in any list."""
    reachable = [c for c in facts.contacts if not c.vacant]
    counted = Counter(contact.partner for contact in reachable)
    deputised = {contact.partner for contact in reachable if contact.deputy} | houses_with_deputy(facts)
    return tuple(p for p in facts.partners if counted[p.key] == 1 and p.key not in deputised)


def contacts_vacant(facts: Facts) -> tuple[Contact, ...]:
    """Contacts that were stated to be unfilled (N.N.)."""
    return tuple(contact for contact in facts.contacts if contact.vacant)


def partners_expected(facts: Facts) -> tuple[Partner, ...]:
    """Partners a report is expected of: they deliver, or an active measure is theirs. Mere mentions are not asked."""
    asked = {*facts.delivered, *facts.confirmed}
    for measure in filter(is_active, facts.measures):
        asked |= {key for key in (measure.partner, measure.lead_partner) if key}
    return tuple(partner for partner in facts.partners if partner.key in asked)


def not_reported_since(facts: Facts, day: dt.date) -> tuple[Partner, ...]:
    """Expected partners without a delivery or confirmation about a day from ``day`` on."""
    return tuple(p for p in partners_expected(facts) if not any(said >= day for said in _days_of_reports(facts, p)))


def _days_of_reports(facts: Facts, partner: Partner) -> list[dt.date]:
    """The days its deliveries are about and those on which it confirmed everything."""
    confirmed = [confirmation.day for confirmation in facts.confirmed.get(partner.key, ())]
    return [delivery.day for delivery in facts.delivered.get(partner.key, ())] + confirmed


def reported_in_round(facts: Facts, this: Round) -> tuple[tuple[Partner, ...], tuple[Partner, ...]]:
    """(reported, expected): the partners with a delivery, or a confirmation of everything, that counts for the round,
    and all a report is expected of. While the round is spoken of, what comes after its deadline is late, not missing.
    """
    expected, spoken_of = partners_expected(facts), this == latest_round(facts.rounds, facts.day)

    def counts(day: dt.date) -> bool:
        in_time = falls_in_round(day, facts.rounds, this)
        return in_time or (spoken_of and reported_since((day,), facts.rounds, this))

    return tuple(p for p in expected if any(map(counts, _days_of_reports(facts, p)))), expected


def measures_reported_in_round(facts: Facts, this: Round) -> tuple[tuple[Measure, ...], tuple[Measure, ...]]:
    """(reported, expected) of the active measures."""
    expected = tuple(filter(is_active, facts.measures))
    reported = tuple(
        m for m in expected if any(falls_in_round(day, facts.rounds, this) for day in m.reported_in_rounds)
    )
    return reported, expected
