"""What each house works on: its running measures, living cooperations and goals, with their fields of action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from etl.rules.facts import Facts, Measure
from etl.rules.gaps import is_active
from etl.rules.goal_proposals import fields_meant, fields_of_goal
from etl.vocabulary.themes import load_themes

#: Field of action -> themes of a title that speak of it, for measures of which nobody said the field.
_THEMES: Mapping[str, frozenset[str]] = {
    "language": frozenset(("language", "course_place", "evening_course", "language_exam")),
    "education": frozenset(("early_education", "school_place", "school_leaving", "learning_help", "school_to_work")),
    "work": frozenset(("apprenticeship", "craft", "school_to_work", "recognition", "qualification", "employment")),
    "housing": frozenset(("housing", "moving_out", "moving_help", "tenancy")),
    "health": frozenset(("health", "mental_health", "family_health")),
    "volunteering": frozenset(("volunteering",)),
    "participation": frozenset(("participation", "voting", "naturalisation")),
    "advice": frozenset(("first_advice", "orientation_course", "guide")),
    "intercultural_opening": frozenset(("diverse_staff", "open_services", "staff_training")),
    "living_together": frozenset(("encounter", "antidiscrimination")),
    "culture_sport": frozenset(("sport_culture",)),
    "ageing": frozenset(("ageing",)),
}
_OVER = ("ended", "dormant")


@dataclass(frozen=True, slots=True)
class Work:
    """A record (``key``) a house works on. ``fields``: codes (see ``fields_meant``), none where nothing tells;
    ``read``: nobody said them, its title was read."""

    key: str
    kind: Literal["measure", "cooperation", "goal"]
    title: str
    fields: frozenset[str]
    read: bool = False


def work_of_houses(facts: Facts) -> dict[str, tuple[Work, ...]]:
    """Partner's key -> what it leads or reports itself and still does, cooperations it takes part in, goals it is
    responsible for."""
    found: dict[str, dict[str, Work]] = {}
    titles = {field.key: field.title for field in facts.fields_of_action}
    of_goal = {goal.key: fields_of_goal(goal, facts) for goal in facts.goals}
    for measure in facts.measures:
        if is_active(measure):
            work = _measure(measure, titles, of_goal)
            for house in {measure.lead_partner or measure.partner}:
                found.setdefault(house or "", {})[measure.key] = work
    for cooperation in facts.cooperations:
        if cooperation.status not in _OVER and (cooperation.end is None or cooperation.end >= facts.day):
            fields = fields_meant(titles.get(cooperation.field_of_action or "", cooperation.field_of_action))
            work = Work(cooperation.key, "cooperation", cooperation.title, fields)
            for house in {*cooperation.partner_keys, cooperation.partner}:
                found.setdefault(house or "", {})[cooperation.key] = work
    named = _by_name(facts)
    for goal in facts.goals:
        work = Work(goal.key, "goal", goal.short_title or goal.title, of_goal[goal.key])
        found.setdefault(named.get((goal.responsible or "").casefold(), ""), {})[goal.key] = work
    return {house: tuple(work.values()) for house, work in found.items() if house in facts.partner_by_key}


def _measure(measure: Measure, titles: Mapping[str, str], of_goal: Mapping[str, frozenset[str]]) -> Work:
    """Its goals' fields, else its own; else what its title speaks of."""
    by_goal = frozenset[str]().union(*(of_goal.get(goal, frozenset()) for goal in measure.goals))
    said = by_goal or fields_meant(titles.get(measure.field_of_action or "", measure.field_of_action))
    return Work(measure.key, "measure", measure.title, said or fields_in(measure.title), read=not said)


@lru_cache(maxsize=5_000)
def fields_in(text: str) -> frozenset[str]:
    """Codes of the fields of action that a text speaks of, by the themes of its words."""
    themes = {theme for theme, _ in load_themes().in_text(text)}
    return frozenset(field for field, of_it in _THEMES.items() if themes & of_it)


def _by_name(facts: Facts) -> dict[str, str]:
    """Every name, short name and key people use for a partner, in lower case -> its key."""
    found: dict[str, str] = {}
    for partner in facts.partners:
        for name in (partner.name, partner.short_name or "", partner.key):
            if name:
                found.setdefault(name.casefold(), partner.key)
    return found
