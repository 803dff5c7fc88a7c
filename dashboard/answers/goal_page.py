"""Everything one goal's page shows: its rating and proof, its indicators, and what works towards it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from dashboard.answers.catalogue_history import earlier_targets_of, redefinitions_of
from dashboard.answers.goals import (
    active_measures,
    deciding_indicator,
    field_title,
    goals_are_assigned,
    goals_below,
    goals_in_order,
    providers_of,
)
from dashboard.answers.measures import lead_name
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from dashboard.answers.provenance import Decided, decided_about
from dashboard.answers.said import Sentence, said_about
from etl.rules.catalogue import EarlierTarget, Redefined
from etl.rules.facts import Cooperation, Facts, Funding, Goal, Indicator, Marks, Measure, Observation, Partner
from etl.rules.findings import Finding, goal_finding
from etl.rules.funding import carried_measures
from etl.rules.funding_rules import is_granted
from etl.rules.goal_rules import indicator_verdict
from etl.rules.measure_rules import ENDED
from etl.rules.need import awaits_follow_up
from etl.rules.path import Path, gap, path_of
from etl.rules.rating import Rating, Verdict


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """One indicator with its values, oldest first. ``gap`` is how far the latest lies behind the path, in its unit;
    negative: ahead. ``decides``: the goal's rating rests on it. ``contested``: sources state the latest value
    differently. ``earlier`` are the targets it had before, ``redefined`` what it measured before, oldest first."""

    indicator: Indicator
    values: tuple[Observation, ...]
    path: Path | None
    verdict: Verdict
    decides: bool
    contested: bool = False
    expected: Decimal | None = None
    gap: Decimal | None = None
    earlier: tuple[EarlierTarget, ...] = ()
    redefined: tuple[Redefined, ...] = ()

    @property
    def latest(self) -> Observation | None:
        return self.values[-1] if self.values else None

    @property
    def marks(self) -> Marks:
        """Inexact readings the shown number rests on."""
        latest = self.latest
        provisional: Marks = (("current_value", "value_provisional"),) if latest and latest.provisional else ()
        contested: Marks = (("current_value", "value_contested"),) if self.contested else ()
        return tuple(dict.fromkeys((*provisional, *(latest.marks if latest else ()), *contested)))


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A field two sources state differently; ``title`` is the record's own words. ``decided``: both are right, and why
    (a decision for one of them stands under „woher?“)."""

    record: str
    field: str
    title: str
    decided: Decided | None = None


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure that serves the goal, with its rating and who carries it out. ``assigned``: by the office's word."""

    measure: Measure
    rating: Rating
    lead: str
    assigned: bool = False
    said: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class FundingLine:
    """A funding that carries ``measures`` of the goal; ``open``: it ends, and nothing secures what follows."""

    funding: Funding
    granted: bool
    measures: tuple[Measure, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class GoalPage:
    """One goal on the picture's day. ``below`` are the goals beneath it, at any depth, with their ratings,
    ``said_below`` what partners say beside these, ``funding_names`` the names of the fundings that the rating's
    remarks are about."""

    goal: Goal
    field: str | None
    finding: Finding
    rating: Rating
    indicators: tuple[IndicatorView, ...]
    contradictions: tuple[Contradiction, ...]
    measures: tuple[MeasureLine, ...]
    below: tuple[tuple[Goal, Rating], ...]
    previous: Goal | None
    following: Goal | None
    day: dt.date
    funding_names: dict[str, str]
    partner_names: dict[str, str]
    said_below: dict[str, tuple[Sentence, ...]]


def goal_page(picture: Picture, key: str) -> GoalPage | None:
    """The page of the goal ``key``; None where there is no such goal on that day."""
    facts = picture.facts
    goal = facts.goal_by_key.get(key)
    if goal is None:
        return None
    order = goals_in_order(facts)
    at = order.index(goal)
    rating = picture.ratings[key]
    return GoalPage(
        goal=goal,
        field=field_title(goal, facts),
        finding=goal_finding(goal, facts, picture.thresholds),
        rating=rating,
        indicators=_indicators(goal, rating, picture),
        contradictions=_contradictions(goal, picture),
        measures=measure_lines(goal, picture),
        below=tuple((child, picture.ratings[child.key]) for child in goals_below(goal, facts)),
        previous=order[at - 1] if at > 0 else None,
        following=order[at + 1] if at + 1 < len(order) else None,
        day=facts.day,
        partner_names=picture.names_of(said.partner for said in rating.said),
        said_below={child.key: said_about(picture.ratings[child.key], picture) for child in goals_below(goal, facts)},
        funding_names={r.key: facts.funding_by_key[r.key].name for r in rating.beside if r.key in facts.funding_by_key},
    )


def _indicators(goal: Goal, rating: Rating, picture: Picture) -> tuple[IndicatorView, ...]:
    """The deciding indicator first, the others in the order of the catalogue."""
    deciding = deciding_indicator(goal, rating, picture.facts)
    views = [
        _indicator_view(indicator, indicator == deciding, picture)
        for indicator in picture.facts.indicators_of.get(goal.key, ())
    ]
    return tuple(sorted(views, key=lambda view: not view.decides))


def _indicator_view(indicator: Indicator, decides: bool, picture: Picture) -> IndicatorView:
    facts = picture.facts
    values = facts.observations_of.get(indicator.key, ())
    path = path_of(indicator)
    latest = values[-1] if values else None
    return IndicatorView(
        indicator,
        values,
        path,
        indicator_verdict(indicator, values, facts.day, picture.thresholds),
        decides,
        _is_contested(latest, picture),
        path.expected(latest.day) if path and latest else None,
        gap(indicator, latest) if latest else None,
        earlier_targets_of(picture, indicator.key),
        redefinitions_of(picture, indicator.key),
    )


def _is_contested(latest: Observation | None, picture: Picture) -> bool:
    known = picture.state.find(latest.key) if latest else None
    return known is not None and "current_value" in known.contested


def _contradictions(goal: Goal, picture: Picture) -> tuple[Contradiction, ...]:
    facts = picture.facts
    indicators = facts.indicators_of.get(goal.key, ())
    titled = {goal.key: goal.title} | {i.key: i.title for i in indicators}
    titled |= {o.key: i.title for i in indicators for o in facts.observations_of.get(i.key, ())}
    found = []
    for key, title in titled.items():
        known = picture.state.find(key)
        if known is not None:
            both = [name for name, (row, _) in known.settled.items() if row.holds is None]
            found += [Contradiction(key, name, title) for name in known.contested]
            found += [Contradiction(key, name, title, decided_about(picture, key, name)) for name in both]
    return tuple(found)


def measure_lines(goal: Goal, picture: Picture) -> tuple[MeasureLine, ...]:
    """Measures that serve the goal or one beneath it, alphabetical; ended ones after those that still run."""
    facts = picture.facts
    direct = {m.key: m for m in facts.measures_of_goal.get(goal.key, ())}
    found = direct | {m.key: m for m in active_measures(goal, facts)}
    lines = [_measure_line(m, picture) for m in found.values()]
    return tuple(sorted(lines, key=lambda x: (x.measure.status in ENDED, alphabetical(x.measure.title))))


def _measure_line(measure: Measure, picture: Picture) -> MeasureLine:
    rating = picture.ratings[measure.key]
    facts = picture.facts
    assigned = goals_are_assigned(measure, facts)
    return MeasureLine(measure, rating, lead_name(measure, facts), assigned, said_about(rating, picture))


def goal_partners(page: GoalPage, facts: Facts) -> tuple[Partner, ...]:
    """Who carries out the goal's running measures, alphabetical."""
    keys = {key for line in page.measures if line.measure.status not in ENDED for key in providers_of(line.measure)}
    found = (facts.partner_by_key[key] for key in keys if key in facts.partner_by_key)
    return tuple(sorted(found, key=lambda p: alphabetical(p.short_name or p.name)))


def goal_cooperations(page: GoalPage, facts: Facts) -> tuple[Cooperation, ...]:
    """Cooperations that live, between partners of the goal's measures or about one of these measures; alphabetical."""
    partners = {partner.key for partner in goal_partners(page, facts)}
    measures = {line.measure.key for line in page.measures}
    found = [
        c
        for c in facts.cooperations
        if c.status != "ended" and (len(partners & set(c.partner_keys)) > 1 or measures & set(c.measures))
    ]
    return tuple(sorted(found, key=lambda c: (alphabetical(c.title), c.key)))


def goal_fundings(page: GoalPage, facts: Facts) -> tuple[FundingLine, ...]:
    """The money that carries the goal's running measures, what ends first at the top, permanent money last."""
    running = {line.measure.key for line in page.measures if line.measure.status not in ENDED}
    found = []
    for funding in facts.fundings:
        carried = tuple(m for m in carried_measures(funding, facts) if m.key in running)
        ended = funding.end is not None and funding.end < facts.day and not funding.open_end
        if carried and not ended and funding.status not in ("rejected", "withdrawn"):
            ends = funding.end is not None and not funding.open_end
            found.append(FundingLine(funding, is_granted(funding), carried, ends and awaits_follow_up(funding, facts)))
    return tuple(sorted(found, key=lambda x: (_last_day(x.funding), alphabetical(x.funding.name))))


def _last_day(funding: Funding) -> dt.date:
    return funding.end if funding.end and not funding.open_end else dt.date.max
