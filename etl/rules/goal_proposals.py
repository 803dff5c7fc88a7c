"""Which goal of the network a measure without one may serve, or a need may ask for, with what speaks for it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from etl.rules.facts import Facts, Goal, Measure, Need
from etl.rules.proposal import Evidence, Proposal, likeliest, weighed
from etl.rules.text_likeness import OTHER_BUSINESS, Likeness, Profile, Shared, Weighed
from etl.vocabulary import load_vocabulary, normalise

#: What one piece of evidence adds before the sum is squashed to 0 … 1.
_FIELD, _OTHER_FIELD, _GROUP, _PROGRAMME, _LIKE = 0.35, -0.45, 0.12, 0.3, 1.1
#: A measure that also speaks of buildings, computers or memberships is seldom about integration.
_OTHER_BUSINESS = -0.7
_LIKE_TITLE = 86
#: A safe one rests on so many of the record's words that say so much each, or on a measure like it.
_SAFE_WORDS, _TELLING = 2, 0.4
_SHOWN_WORDS, _SHOWN_FROM = 3, 0.15

Seeking = Measure | Need


def proposable_goals(facts: Facts) -> tuple[Goal, ...]:
    """Goals a measure serves: those beneath lead goals, and lead goals with nothing beneath them."""
    return tuple(g for g in facts.goals if g.level != "lead_goal" or not facts.children_of.get(g.key))


class GoalProposals:
    """Made once for the facts; asked for each measure."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._goals = proposable_goals(facts)
        self._profiles = {goal.key: Profile(_texts_of_goal(goal, facts)) for goal in self._goals}
        self._fields = {goal.key: fields_of_goal(goal, facts) for goal in self._goals}
        self._groups = {goal.key: _groups_in(f"{goal.short_title or ''} {goal.title}") for goal in self._goals}
        self._likeness = Likeness(self._profiles, [profile_of(m, facts) for m in facts.measures])
        self._served = [(m, normalise(m.title)) for m in facts.measures if m.goals]

    def of(self, record: Seeking) -> tuple[Proposal, ...]:
        """The likeliest goals, best first; empty where nothing is likely enough."""
        profile = profile_of(record, self._facts)
        return likeliest(self._weighed(record, profile, goal) for goal in self._goals)

    def _weighed(self, record: Seeking, profile: Profile, goal: Goal) -> Proposal:
        shared = self._likeness.shared(profile, goal.key)
        other_business = OTHER_BUSINESS in profile.features
        like = self._like(record, goal)
        told = [
            (sum(s.weight for s in shared), shown_words(shared)),
            (_OTHER_BUSINESS if other_business else 0.0, []),
            self._field(record, goal),
            self._group(record, goal, bool(shared)),
            self._programme(record, goal),
            like,
        ]
        several = sum(s.weight >= _TELLING for s in shared) >= _SAFE_WORDS
        return weighed(goal.key, told, may_be_safe=bool(like[1]) or (several and not other_business))

    def _field(self, record: Seeking, goal: Goal) -> tuple[float, list[Evidence]]:
        own = fields_meant(record.field_of_action)
        if not own or not self._fields[goal.key]:
            return 0.0, []
        if own & self._fields[goal.key]:
            return _FIELD, [Evidence("field", record.field_of_action or "")]
        return _OTHER_FIELD, []

    def _group(self, record: Seeking, goal: Goal, anything: bool) -> tuple[float, list[Evidence]]:
        both = [code for code in record.target_group if code in self._groups[goal.key]]
        return (_GROUP, [Evidence("group", both[0])]) if both and anything else (0.0, [])

    def _programme(self, record: Seeking, goal: Goal) -> tuple[float, list[Evidence]]:
        """The money that carries it carries measures of the goal, and of no other."""
        for funding in self._facts.fundings_of_measure.get(record.key, ()):
            name = normalise(funding.programme or "")
            alike = [f.key for f in self._facts.fundings if name and normalise(f.programme or "") == name]
            served = {
                key
                for other, fundings in self._facts.fundings_of_measure.items()
                if any(f.key in alike for f in fundings) and other in self._facts.measure_by_key
                for key in self._facts.measure_by_key[other].goals
            }
            if served == {goal.key}:
                return _PROGRAMME, [Evidence("programme", funding.programme or "")]
        return 0.0, []

    def _like(self, record: Seeking, goal: Goal) -> tuple[float, list[Evidence]]:
        """A measure with nearly the same title serves the goal, this partner's or another's, in this round or an
        earlier one."""
        title = normalise(record.title)
        best, named = 0.0, ""
        for other, name in self._served:
            if goal.key in other.goals and other.key != record.key:
                alike = fuzz.token_sort_ratio(title, name, score_cutoff=_LIKE_TITLE)
                if alike > best:
                    best, named = alike, other.title
        return (_LIKE, [Evidence("like", named)]) if best else (0.0, [])


def _texts_of_goal(goal: Goal, facts: Facts) -> list[Weighed]:
    texts = [(goal.short_title or "", 1.0), (goal.title, 1.0)]
    texts += [(indicator.title, 0.5) for indicator in facts.indicators_of.get(goal.key, ())]
    texts.append((_field_title(goal, facts) or "", 0.35))
    return texts


def shown_words(shared: Iterable[Shared]) -> list[Evidence]:
    """The most telling words both have in common."""
    return [Evidence("words", s.one, s.other) for s in shared if s.weight >= _SHOWN_FROM][:_SHOWN_WORDS]


def profile_of(record: Seeking, facts: Facts) -> Profile:
    """What a measure or need speaks of; the programmes that carry a measure too."""
    programmes = [f.programme or "" for f in facts.fundings_of_measure.get(record.key, ())]
    said = record.description if isinstance(record, Measure) else None
    texts = [(record.title, 1.0), (said or "", 0.75), (record.field_of_action or "", 0.3)]
    return Profile([*texts, *((programme, 0.6) for programme in programmes)])


def _field_title(goal: Goal, facts: Facts) -> str | None:
    """The goal's field of action, its own or that of a goal above."""
    seen: set[str] = set()
    current: Goal | None = goal
    while current is not None and current.key not in seen:
        if current.field_of_action:
            titles = {field.key: field.title for field in facts.fields_of_action}
            return titles.get(current.field_of_action, current.field_of_action)
        seen.add(current.key)
        current = facts.goal_by_key.get(current.parent or "")
    return None


def fields_of_goal(goal: Goal, facts: Facts) -> frozenset[str]:
    """Codes of the field of action of the goal or of one above it (see ``fields_meant``)."""
    return fields_meant(_field_title(goal, facts))


@lru_cache(maxsize=5_000)
def fields_meant(text: str | None) -> frozenset[str]:
    """The codes of the fields of action a text means, where the vocabulary knows them; else the text itself."""
    plain = normalise(text or "")
    if not plain:
        return frozenset()
    known = load_vocabulary().words["field_of_action"]
    if plain in known:
        return frozenset((known[plain],))
    parts = {known[word] for word in (*plain.split(" "), *plain.split(" und ")) if word in known}
    return frozenset(parts or {plain})


@lru_cache(maxsize=5_000)
def _groups_in(text: str) -> frozenset[str]:
    known = load_vocabulary().words["target_group"]
    return frozenset(known[word] for word in normalise(text).split(" ") if word in known)
