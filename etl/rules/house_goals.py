"""What one house names as its goal that is none of the shared ones: beside the shared goal it is nearest to.

Whether it supports the shared goal, competes with it or stands by itself, people say (``etl.rules.relations``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from etl.rules.facts import Facts
from etl.rules.goal_proposals import proposable_goals
from etl.rules.text_likeness import Likeness, Profile
from etl.vocabulary import normalise

#: Below this much in common no shared goal is near.
_NEAR = 0.3
#: A number or a single word is a slip in naming a shared goal, no goal of one's own.
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class HouseGoal:
    """``key`` stays while house and words do. ``measures`` name it; ``near`` is the shared goal most alike, and the
    ``words`` that say so."""

    key: str
    partner: str | None
    text: str
    measures: tuple[str, ...]
    near: str | None
    words: tuple[str, ...]


def house_goal_key(partner: str | None, text: str) -> str:
    """At most 40 characters, as keys of records are."""
    return "own-" + hashlib.sha1(f"{partner}:{normalise(text)}".encode(), usedforsecurity=False).hexdigest()[:32]


def house_goals(facts: Facts) -> tuple[HouseGoal, ...]:
    """Goals that only one house names, by house and words, each once."""
    named: dict[str, list[tuple[str | None, str, str]]] = {}
    for measure in facts.measures:
        for text in measure.own_goals if facts.goals else ():
            if len(text.split()) < _FEWEST_WORDS:
                continue
            named.setdefault(house_goal_key(measure.partner, text), []).append((measure.partner, text, measure.key))
    if not named:
        return ()
    shared = proposable_goals(facts)
    profiles = {goal.key: Profile([(goal.title, 1.0), (goal.short_title or "", 1.0)]) for goal in shared}
    likeness = Likeness(profiles)
    found = []
    for key, told in named.items():
        partner, text, _ = told[0]
        near, words = _nearest(Profile([(text, 1.0)]), list(profiles), likeness)
        found.append(HouseGoal(key, partner, text, tuple(measure for _, _, measure in told), near, words))
    return tuple(sorted(found, key=lambda goal: (goal.partner or "", goal.text)))


def _nearest(profile: Profile, goals: Sequence[str], likeness: Likeness) -> tuple[str | None, tuple[str, ...]]:
    best: str | None = None
    told, words = _NEAR, tuple[str, ...]()
    for key in goals:
        shared = likeness.shared(profile, key)
        weight = sum(one.weight for one in shared)
        if weight > told:
            best, told, words = key, weight, tuple(one.one for one in shared)
    return best, words
