"""Which fields of action a record belongs to, as their keys."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from etl.rules.facts import Facts, Goal, Measure


class FieldsOf:
    """Looks up the fields of the records of some facts; an empty set where a record belongs to none."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    @cached_property
    def _key_of(self) -> dict[str, str]:
        """Title or key of a field -> its key."""
        fields = self._facts.fields_of_action
        return {f.title: f.key for f in fields} | {f.key: f.key for f in fields}

    @cached_property
    def _of_partner(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for measure in self._facts.measures:
            for partner in {measure.partner, measure.lead_partner, *measure.partner_keys} - {None}:
                found.setdefault(str(partner), set()).update(self._of_measure(measure))
        return found

    @cached_property
    def _carried(self) -> dict[str, list[Measure]]:
        """Funding -> the measures it carries."""
        found: dict[str, list[Measure]] = {}
        for measure, fundings in self._facts.fundings_of_measure.items():
            for funding in fundings:
                if measure in self._facts.measure_by_key:
                    found.setdefault(funding.key, []).append(self._facts.measure_by_key[measure])
        return found

    def of(self, kind: str, key: str) -> frozenset[str]:
        facts = self._facts
        if kind == "goal":
            return self._of_goals((key,))
        if kind == "measure" and key in facts.measure_by_key:
            return self._of_measure(facts.measure_by_key[key])
        if kind == "funding" and key in facts.funding_by_key:
            return frozenset().union(*map(self._of_measure, self._carried.get(key, ())))
        if kind == "partner":
            return frozenset(self._of_partner.get(key, ()))
        if kind == "field_of_action":
            return frozenset((key,))
        found = self._others.get(key)
        return self._named(getattr(found, "field_of_action", None)) or self._of_goals(getattr(found, "goals", ()))

    @cached_property
    def _others(self) -> dict[str, object]:
        facts = self._facts
        groups = (facts.cooperations, facts.needs, facts.ideas, facts.decisions, facts.agreements)
        return {record.key: record for group in groups for record in group}  # type: ignore[attr-defined]

    def _of_measure(self, measure: Measure) -> frozenset[str]:
        return self._of_goals(measure.goals) or self._named(measure.field_of_action)

    def _of_goals(self, keys: Iterable[str]) -> frozenset[str]:
        return frozenset().union(*(self._of_goal(self._facts.goal_by_key.get(key)) for key in keys))

    def _of_goal(self, goal: Goal | None) -> frozenset[str]:
        """Its own field, else that of the nearest goal above it that names one."""
        seen: set[str] = set()
        while goal is not None and goal.key not in seen:
            seen.add(goal.key)
            if goal.field_of_action:
                return self._named(goal.field_of_action)
            goal = self._facts.goal_by_key.get(goal.parent) if goal.parent else None
        return frozenset()

    def _named(self, name: str | None) -> frozenset[str]:
        key = self._key_of.get(name or "")
        return frozenset((key,)) if key else frozenset()
