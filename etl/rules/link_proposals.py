"""What else may belong together: money and the measure it carries, a need and the measure that answers it, a measure
and the partner that leads it.
"""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz

from etl.rules.facts import Facts, Funding, Measure, Need, Partner
from etl.rules.goal_proposals import profile_of, shown_words
from etl.rules.measure_rules import ENDED
from etl.rules.proposal import Evidence, Proposal, likeliest, weighed
from etl.rules.text_likeness import Likeness, Profile
from etl.vocabulary import normalise
from etl.vocabulary.names import load_names

_SAME_PARTNER, _SAME_GROUP, _SAME_PLACE = 0.4, 0.12, 0.15
_NAMED, _STANDS_FOR = 1.3, 1.6
#: Names less alike than this (0 to 100) are two names.
_NAME_LIKE, _NAME_NEARLY = 70, 85
_TELLING = 0.4


class MeasureProposals:
    """Which running measure a funding may carry, or which may answer a need."""

    def __init__(self, facts: Facts) -> None:
        self._measures = tuple(m for m in facts.measures if m.status not in ENDED)
        self._likeness = Likeness({m.key: profile_of(m, facts) for m in self._measures})
        self._facts = facts

    def of_funding(self, funding: Funding) -> tuple[Proposal, ...]:
        profile = Profile([(funding.title or "", 1.0), (funding.programme or "", 0.8)])
        received = {key for key in (funding.partner, self._named(funding.recipient)) if key}
        return likeliest(self._weighed(profile, m, [self._same_partner(m, received)]) for m in self._measures)

    def of_need(self, need: Need) -> tuple[Proposal, ...]:
        profile = profile_of(need, self._facts)
        found = (self._weighed(profile, m, [_same_group(m, need), _same_place(m, need)]) for m in self._measures)
        return likeliest(found)

    def _weighed(self, profile: Profile, m: Measure, others: list[tuple[float, list[Evidence]]]) -> Proposal:
        shared = self._likeness.shared(profile, m.key)
        told = [(sum(s.weight for s in shared), shown_words(shared))]
        told += others if shared else []
        return weighed(m.key, told, may_be_safe=sum(s.weight >= _TELLING for s in shared) > 1)

    def _named(self, name: str | None) -> str | None:
        wanted = normalise(name or "")
        known = (p for p in self._facts.partners if wanted in (normalise(p.name), normalise(p.short_name or "")))
        return next((p.key for p in known), None) if wanted else None

    @staticmethod
    def _same_partner(m: Measure, received: set[str]) -> tuple[float, list[Evidence]]:
        same = received & {m.partner, m.lead_partner}
        return (_SAME_PARTNER, [Evidence("partner")]) if same else (0.0, [])


def _same_group(m: Measure, need: Need) -> tuple[float, list[Evidence]]:
    both = [code for code in need.target_group if code in m.target_group]
    return (_SAME_GROUP, [Evidence("group", both[0])]) if both else (0.0, [])


def _same_place(m: Measure, need: Need) -> tuple[float, list[Evidence]]:
    same = need.location and m.location and normalise(need.location) in normalise(m.location)
    return (_SAME_PLACE, [Evidence("place", need.location or "")]) if same else (0.0, [])


class PartnerProposals:
    """Which partner of the network a measure's lead may mean."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._meant: dict[str, str] = {}
        for measure in facts.measures:
            assigned = facts.assigned.get((measure.key, "lead_org"))
            if assigned and assigned.targets and measure.lead:
                self._meant[normalise(measure.lead)] = assigned.targets[0]

    def of(self, measure: Measure) -> tuple[Proposal, ...]:
        lead = measure.lead or ""
        return likeliest(self._weighed(lead, p) for p in self._facts.partners) if lead.strip() else ()

    def _weighed(self, lead: str, partner: Partner) -> Proposal:
        stands_for = self._meant.get(normalise(lead)) == partner.key
        alike = max(_alike(lead, name) for name in _names(partner))
        told: list[tuple[float, list[Evidence]]] = [(_STANDS_FOR, [Evidence("lead", lead)])] if stands_for else []
        if alike >= _NAME_LIKE:
            told.append((_NAMED * (alike / 100), [Evidence("name", lead)]))
        return weighed(partner.key, told, may_be_safe=stands_for or alike >= _NAME_NEARLY)


def _names(partner: Partner) -> Iterable[str]:
    return (name for name in (partner.name, partner.short_name) if name)


def _alike(lead: str, name: str) -> float:
    own, other = (load_names().legal.sub("", normalise(text)).strip() for text in (lead, name))
    return float(fuzz.token_set_ratio(own, other)) if own and other else 0.0
