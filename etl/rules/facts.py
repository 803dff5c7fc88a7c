"""The network's facts on a day: what all rules are about. Built by the floor above, looked up by key here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, TypeVar

from etl.rules.meeting_records import Agreement, Decision, HumanRating, Idea, Meeting, Need, SaidBeside
from etl.rules.records import (
    Agreed,
    Allocation,
    Assigned,
    Confirmed,
    Contact,
    Cooperation,
    Count,
    Delivered,
    Direction,
    FieldOfAction,
    FollowUp,
    Funding,
    Goal,
    GoalLevel,
    Indicator,
    Marks,
    Measure,
    Milestone,
    Money,
    Observation,
    Partner,
    Per,
    RatingCode,
    Round,
    Way,
)
from etl.rules.steps import Interface

__all__ = [
    "Agreed",
    "Agreement",
    "Allocation",
    "Assigned",
    "Confirmed",
    "Contact",
    "Cooperation",
    "Count",
    "Decision",
    "Delivered",
    "Direction",
    "Facts",
    "FieldOfAction",
    "FollowUp",
    "Funding",
    "Goal",
    "GoalLevel",
    "HumanRating",
    "Idea",
    "Indicator",
    "Interface",
    "Marks",
    "Measure",
    "Meeting",
    "Milestone",
    "Money",
    "Need",
    "Observation",
    "Partner",
    "Per",
    "RatingCode",
    "Round",
    "SaidBeside",
    "Way",
]


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


_Record = TypeVar("_Record", bound=_Keyed)


def _by_key(records: Iterable[_Record]) -> dict[str, _Record]:
    return {record.key: record for record in records}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything that holds on ``day`` as known on ``known_on`` (None: now).

    ``observations`` are all with a day up to ``day``, corrected ones only as corrected; ``rounds`` are all, future ones
    too. ``delivered``: partner key -> its accepted, not undone deliveries about days up to ``day``; ``confirmed`` the
    same for its confirmations of everything. ``assigned``: (record, field) -> what the office says it belongs to, which
    counts where no source says so.
    """

    day: dt.date
    known_on: dt.datetime | None = None
    partners: tuple[Partner, ...] = ()
    contacts: tuple[Contact, ...] = ()
    fields_of_action: tuple[FieldOfAction, ...] = ()
    goals: tuple[Goal, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    observations: tuple[Observation, ...] = ()
    measures: tuple[Measure, ...] = ()
    cooperations: tuple[Cooperation, ...] = ()
    interfaces: tuple[Interface, ...] = ()
    fundings: tuple[Funding, ...] = ()
    needs: tuple[Need, ...] = ()
    ideas: tuple[Idea, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    decisions: tuple[Decision, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    rounds: tuple[Round, ...] = ()
    human_ratings: tuple[HumanRating, ...] = ()
    said_beside: tuple[SaidBeside, ...] = ()
    delivered: Mapping[str, tuple[Delivered, ...]] = field(default_factory=dict)
    confirmed: Mapping[str, tuple[Confirmed, ...]] = field(default_factory=dict)
    assigned: Mapping[tuple[str, str], Assigned] = field(default_factory=dict)

    @cached_property
    def partner_by_key(self) -> dict[str, Partner]:
        return _by_key(self.partners)

    @cached_property
    def goal_by_key(self) -> dict[str, Goal]:
        return _by_key(self.goals)

    @cached_property
    def indicator_by_key(self) -> dict[str, Indicator]:
        return _by_key(self.indicators)

    @cached_property
    def measure_by_key(self) -> dict[str, Measure]:
        return _by_key(self.measures)

    @cached_property
    def cooperation_by_key(self) -> dict[str, Cooperation]:
        return _by_key(self.cooperations)

    @cached_property
    def funding_by_key(self) -> dict[str, Funding]:
        return _by_key(self.fundings)

    @cached_property
    def indicators_of(self) -> dict[str, tuple[Indicator, ...]]:
        """Goal key -> its indicators, in the order of the facts."""
        grouped: dict[str, list[Indicator]] = {}
        for indicator in self.indicators:
            grouped.setdefault(indicator.goal, []).append(indicator)
        return {key: tuple(found) for key, found in grouped.items()}

    @cached_property
    def observations_of(self) -> dict[str, tuple[Observation, ...]]:
        """Indicator key -> its observations, oldest day first."""
        grouped: dict[str, list[Observation]] = {}
        for observation in sorted(self.observations, key=lambda o: (o.day, o.key)):
            grouped.setdefault(observation.indicator, []).append(observation)
        return {key: tuple(found) for key, found in grouped.items()}

    @cached_property
    def measures_of_goal(self) -> dict[str, tuple[Measure, ...]]:
        """Goal key -> the measures that serve it."""
        grouped: dict[str, list[Measure]] = {}
        for measure in self.measures:
            for goal in dict.fromkeys(measure.goals):
                grouped.setdefault(goal, []).append(measure)
        return {key: tuple(found) for key, found in grouped.items()}

    @cached_property
    def fundings_of_measure(self) -> dict[str, tuple[Funding, ...]]:
        """Measure key -> the fundings that carry it, whichever side stated the link."""
        grouped: dict[str, dict[str, Funding]] = {}
        for funding in self.fundings:
            for allocation in funding.measures:
                grouped.setdefault(allocation.measure, {})[funding.key] = funding
        for measure in self.measures:
            for key in measure.funding_keys:
                if key in self.funding_by_key:
                    grouped.setdefault(measure.key, {})[key] = self.funding_by_key[key]
        return {key: tuple(found.values()) for key, found in grouped.items()}

    @cached_property
    def measures_of_funding(self) -> dict[str, tuple[Measure, ...]]:
        """Funding key -> the measures it carries, whichever side stated the link, in the order of the facts."""
        grouped: dict[str, list[Measure]] = {}
        for measure in self.measures:
            for funding in self.fundings_of_measure.get(measure.key, ()):
                grouped.setdefault(funding.key, []).append(measure)
        return {key: tuple(found) for key, found in grouped.items()}

    @cached_property
    def ideas_of_measure(self) -> dict[str, tuple[Idea, ...]]:
        """Measure key -> the ideas it came from."""
        grouped: dict[str, list[Idea]] = {}
        for idea in self.ideas:
            for measure in idea.measures:
                grouped.setdefault(measure, []).append(idea)
        return {key: tuple(found) for key, found in grouped.items()}

    @cached_property
    def children_of(self) -> dict[str, tuple[Goal, ...]]:
        """Goal key -> the goals directly below it."""
        grouped: dict[str, list[Goal]] = {}
        for goal in self.goals:
            if goal.parent is not None:
                grouped.setdefault(goal.parent, []).append(goal)
        return {key: tuple(found) for key, found in grouped.items()}

    @cached_property
    def human_rating_of(self) -> dict[str, HumanRating]:
        """Record key -> the latest human rating made up to ``day``, an expired one too."""
        made = (rating for rating in self.human_ratings if rating.day <= self.day)
        return {rating.record: rating for rating in sorted(made, key=lambda r: r.day)}

    @cached_property
    def said_beside_of(self) -> dict[str, tuple[SaidBeside, ...]]:
        """Record key -> the latest sentence that each partner set beside its rating up to ``day``."""
        told = sorted((said for said in self.said_beside if said.day <= self.day), key=lambda s: s.day)
        grouped: dict[str, dict[str, SaidBeside]] = {}
        for said in told:
            grouped.setdefault(said.record, {})[said.partner] = said
        return {record: tuple(found.values()) for record, found in grouped.items()}
