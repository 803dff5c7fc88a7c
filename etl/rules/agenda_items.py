"""What stands behind the items of an agenda: each origin a rule of its own about the facts of a meeting's day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from etl.rules.days import add_months
from etl.rules.facts import Cooperation, Decision, Facts, Goal
from etl.rules.finding import Finding
from etl.rules.follow_up import TO_NOTE, Followed
from etl.rules.funding import Ending, funding_ending_within
from etl.rules.gaps import decisions_waiting, fundings_without_measure
from etl.rules.meeting import Body, ItemOrigin
from etl.rules.rating import Rating, is_worse
from etl.rules.thresholds import Thresholds

#: A cooperation that needs a voice: it rests, or its time is over while it is said to go on.
_RESTS = frozenset({"dormant"})


@dataclass(frozen=True, slots=True)
class Proposed:
    """An item to be put on the agenda. ``title``, ``proposal`` and ``consequence`` are sentences as codes; a text that
    somebody wrote stands in ``values``."""

    origin: ItemOrigin
    title: Finding
    records: tuple[str, ...] = ()
    proposal: tuple[Finding, ...] = ()
    consequence: tuple[Finding, ...] = ()
    reports: tuple[str, ...] = ()
    minutes: int = 5


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What a meeting is about and comes after. ``ratings_before`` and ``ideas_before``: how goals were rated and which
    ideas were known at the body's meeting before (``last``). ``contradictions``: keys of records that sources state
    differently, with the goal or measure they are about. ``followed``: the body's agreements and decisions as they
    stand. ``next_day``: when the body could meet next."""

    body: Body | None
    facts: Facts
    ratings: Mapping[str, Rating]
    thresholds: Thresholds
    last: dt.date | None = None
    ratings_before: Mapping[str, Rating] = field(default_factory=dict)
    ideas_before: frozenset[str] = frozenset()
    contradictions: tuple[tuple[str, str], ...] = ()
    followed: tuple[Followed, ...] = ()
    council: str | None = None
    next_day: dt.date | None = None

    def is_of(self, field_of_action: str | None) -> bool:
        """Whether the body deals with a field, as facts name it (by title or key)."""
        if self.body is None or not self.body.fields or field_of_action is None:
            return True
        own = set(self.body.fields)
        own |= {known.title for known in self.facts.fields_of_action if known.key in own}
        return field_of_action in own

    def is_of_goals(self, goals: Iterable[str]) -> bool:
        """Whether one of the goals is the body's; matters without a goal are only those of a body for all fields."""
        known = [self.facts.goal_by_key[key] for key in goals if key in self.facts.goal_by_key]
        if not known:
            return self.body is None or not self.body.fields
        return any(self.is_of(goal.field_of_action) for goal in known)


def _opening(occasion: Occasion, _: set[str]) -> list[Proposed]:
    code = "agenda.title.opening" if occasion.last else "agenda.title.opening.first"
    return [Proposed("opening", Finding(code, {"day": occasion.last} if occasion.last else {}))]


def _open_agreements(occasion: Occasion, _: set[str]) -> list[Proposed]:
    """One item for all that the body has to hear about."""
    found = [one for one in occasion.followed if one.on_list]
    if not found:
        return []
    late, done = sum(one.state == "overdue" for one in found), sum(one.state in TO_NOTE for one in found)
    told = [Finding(f"agenda.proposal.{code}", {"n": n}) for code, n in (("overdue", late), ("done", done)) if n]
    if len(found) > done:
        told.append(Finding("agenda.proposal.open_agreements"))
    title = Finding("agenda.title.open_agreements", {"n": len(found) - done})
    return [Proposed("open_agreements", title, tuple(one.key for one in found), tuple(told))]


def _goals(occasion: Occasion, stands: set[str]) -> list[Proposed]:
    """Off track, or worse than at the meeting before; the worst first."""
    found = [goal for goal in occasion.facts.goals if goal.key not in stands and _needs_a_voice(goal, occasion)]
    found.sort(key=lambda goal: _badness(occasion.ratings[goal.key]), reverse=True)
    return [_goal(goal, occasion) for goal in found]


def _needs_a_voice(goal: Goal, occasion: Occasion) -> bool:
    rating = occasion.ratings.get(goal.key)
    if rating is None or rating.code is None or not occasion.is_of(goal.field_of_action):
        return False
    before = occasion.ratings_before.get(goal.key)
    worse = before is not None and rating.code == "at_risk" and is_worse(rating.code, before.code)
    return rating.code == "off_track" or worse or rating.rule == "moving_wrong_way"


def _badness(rating: Rating) -> tuple[bool, bool, Decimal]:
    """Off track before at risk, the wrong way before too slow, then the share of the way that is missing."""
    reached, expected = rating.inputs.get("p"), rating.inputs.get("e")
    missing = Decimal(expected) - Decimal(reached) if reached is not None and expected is not None else Decimal(0)
    return rating.code == "off_track", rating.rule == "moving_wrong_way", missing


def _goal(goal: Goal, occasion: Occasion) -> Proposed:
    rating = occasion.ratings[goal.key]
    name = f"{goal.id} {goal.short_title or goal.title}" if goal.id else goal.short_title or goal.title
    before = occasion.ratings_before.get(goal.key)
    worse = before is not None and is_worse(rating.code, before.code)
    title = Finding("agenda.title.goal", {"goal": name.rstrip("."), "rating": rating.code})
    inputs = {k: rating.inputs.get(k) for k in ("forecast_missing", "target_day", "unit")}
    foreseen = inputs["forecast_missing"] and inputs["target_day"]
    consequence = (Finding(f"agenda.consequence.goal.{_side(rating)}", inputs),) if foreseen else ()
    proposal = Finding("agenda.proposal.goal_worse" if worse else "agenda.proposal.goal")
    return Proposed("goal", title, (goal.key,), (proposal,), consequence, _partners(occasion, goal.responsible))


def _side(rating: Rating) -> str:
    """On which side of the target a value lies that misses it."""
    baseline, target = rating.inputs.get("baseline"), rating.inputs.get("target")
    return "above" if baseline is not None and target is not None and target < baseline else "below"


def _decisions(occasion: Occasion, stands: set[str]) -> list[Proposed]:
    """What waits for this body, the earliest needed first. Who may not decide recommends."""
    waiting = [d for d in decisions_waiting(occasion.facts) if d.key not in stands and _is_put_to(d, occasion)]
    waiting.sort(key=lambda d: (d.due or dt.date.max, d.id or "", d.key))
    return [_decision(decision, occasion) for decision in waiting]


def _is_put_to(decision: Decision, occasion: Occasion) -> bool:
    if occasion.body is None or decision.body is None:
        return occasion.is_of_goals(decision.goals)
    return decision.body.casefold() == occasion.body.name.casefold()


def _decision(decision: Decision, occasion: Occasion) -> Proposed:
    head, mark, rest = decision.title.partition("? ")
    question, details = (head + "?", rest.strip()) if mark else (decision.title, "")
    may = occasion.body is None or occasion.body.may_decide
    title = Finding("agenda.title.decision" if may else "agenda.title.recommendation", {"question": question})
    code = "agenda.proposal.decide" if may else "agenda.proposal.recommend"
    proposal = [Finding(code)] + ([Finding("agenda.text", {"text": details})] if details else [])
    consequence = []
    if decision.consequence:
        consequence.append(Finding("agenda.text", {"text": decision.consequence}))
    if decision.due:
        consequence.append(Finding("agenda.consequence.due", {"day": decision.due}))
    records = (decision.key, *decision.goals)
    reports = _partners(occasion, decision.responsible)
    return Proposed("decision", title, records, tuple(proposal), tuple(consequence), reports)


def _money(occasion: Occasion, stands: set[str]) -> list[Proposed]:
    """Money that runs out with nothing after it, and money that carries nothing we know."""
    facts = occasion.facts
    last = add_months(facts.day, int(occasion.thresholds.funding_warning_months))
    within = (last - facts.day).days
    ending = [
        e
        for e in funding_ending_within(facts, within, without_follow_up=True)
        if e.funding.key not in stands and occasion.is_of_goals(goal.key for goal in e.goals)
    ]
    found = []
    if ending:
        found.append(_ending(ending, occasion))
    told = stands | {e.funding.key for e in ending}
    idle = [f for f in fundings_without_measure(facts) if f.key not in told and occasion.is_of_goals(())]
    if idle:
        title = Finding("agenda.title.unallocated", {"n": len(idle), "names": [f.name for f in idle]})
        proposal = (Finding("agenda.proposal.unallocated"),)
        found.append(Proposed("funding", title, tuple(f.key for f in idle), proposal))
    return found


def _ending(ending: list[Ending], occasion: Occasion) -> Proposed:
    carried = {m.lead_partner or m.partner for e in ending for m in e.measures}
    title = Finding("agenda.title.ending", {"n": len(ending), "name": ending[0].funding.name})
    reports = tuple(p.key for p in occasion.facts.partners if p.key in carried)
    records = tuple(e.funding.key for e in ending)
    return Proposed("funding", title, records, (Finding("agenda.proposal.ending"),), (_when_ended(ending),), reports)


def _when_ended(ending: list[Ending]) -> Finding:
    """Of several, their number and what they carry: their names stand in the list beside it."""
    if len(ending) > 1:
        carried = {m.key for e in ending for m in e.measures}
        last = max(e.day for e in ending)
        return Finding("agenda.consequence.endings", {"n": len(carried), "fundings": len(ending), "day": last})
    [one] = ending
    titles = [m.title for m in one.measures]
    values = {"name": one.funding.name, "day": one.day, "n": len(titles), "measures": titles}
    return Finding("agenda.consequence.ending", values)


def _cooperations(occasion: Occasion, stands: set[str]) -> list[Proposed]:
    found = [c for c in occasion.facts.cooperations if c.key not in stands and _at_risk(c, occasion)]
    if not found:
        return []
    partners = {key for cooperation in found for key in cooperation.partner_keys}
    title = Finding("agenda.title.cooperation", {"n": len(found), "title": found[0].title})
    reports = tuple(p.key for p in occasion.facts.partners if p.key in partners)
    consequence = tuple(Finding(f"agenda.consequence.{_why(c)}", {"title": c.title, "day": c.end}) for c in found)
    records = tuple(c.key for c in found)
    return [Proposed("cooperation", title, records, (Finding("agenda.proposal.cooperation"),), consequence, reports)]


def _at_risk(cooperation: Cooperation, occasion: Occasion) -> bool:
    if cooperation.status == "ended":
        return False
    over = cooperation.end is not None and cooperation.end < occasion.facts.day
    measures = [m for key in cooperation.measures if (m := occasion.facts.measure_by_key.get(key))]
    goals = [goal for measure in measures for goal in measure.goals]
    own = occasion.is_of(cooperation.field_of_action) if cooperation.field_of_action else occasion.is_of_goals(goals)
    return own and (cooperation.status in _RESTS or over)


def _why(cooperation: Cooperation) -> str:
    return "cooperation_rests" if cooperation.status in _RESTS else "cooperation_over"


def _contradictions(occasion: Occasion, stands: set[str]) -> list[Proposed]:
    found = [
        (key, about)
        for key, about in occasion.contradictions
        if key not in stands and occasion.is_of_goals(_goals_of(about, occasion.facts))
    ]
    if not found:
        return []
    title = Finding("agenda.title.contradiction", {"n": len(found)})
    return [
        Proposed("contradiction", title, tuple(key for key, _ in found), (Finding("agenda.proposal.contradiction"),))
    ]


def _goals_of(record: str, facts: Facts) -> tuple[str, ...]:
    if record in facts.indicator_by_key:
        return (facts.indicator_by_key[record].goal,)
    measure = facts.measure_by_key.get(record)
    return measure.goals if measure else (record,)


def _ideas(occasion: Occasion, stands: set[str]) -> list[Proposed]:
    """Those that came in since the body met last."""
    facts = occasion.facts
    found = [
        idea
        for idea in facts.ideas
        if idea.key not in stands | occasion.ideas_before
        and (occasion.is_of_goals(idea.goals) if idea.goals else occasion.is_of(idea.field_of_action or idea.cluster))
    ]
    if not found:
        return []
    title = Finding("agenda.title.idea", {"n": len(found), "title": found[0].title})
    return [Proposed("idea", title, tuple(idea.key for idea in found), (Finding("agenda.proposal.idea"),))]


def _council_report(occasion: Occasion, _: set[str]) -> list[Proposed]:
    """Only a steering group reports to the council."""
    if occasion.body is not None and occasion.body.kind != "steering_group":
        return []
    code = "agenda.title.council_report" if occasion.council else "agenda.title.council_report.unnamed"
    return [Proposed("council_report", Finding(code, {"council": occasion.council}))]


def _next_meeting(occasion: Occasion, _: set[str]) -> list[Proposed]:
    proposal = (Finding("agenda.proposal.next_meeting", {"day": occasion.next_day}),) if occasion.next_day else ()
    return [Proposed("next_meeting", Finding("agenda.title.next_meeting"), proposal=proposal)]


def _partners(occasion: Occasion, name: str | None) -> tuple[str, ...]:
    """The partner that a text names as responsible; none where the network does not know it by that name."""
    if not name:
        return ()
    said = name.casefold()
    known = occasion.facts.partners
    return tuple(p.key for p in known if said in (p.key, p.name.casefold(), (p.short_name or "").casefold()))[:1]


#: Origin of an item -> what is to be put on the agenda, given the records that stand there already.
MAKERS: Mapping[ItemOrigin, Callable[[Occasion, set[str]], list[Proposed]]] = {
    "opening": _opening,
    "open_agreements": _open_agreements,
    "goal": _goals,
    "decision": _decisions,
    "funding": _money,
    "cooperation": _cooperations,
    "contradiction": _contradictions,
    "idea": _ideas,
    "council_report": _council_report,
    "next_meeting": _next_meeting,
}
