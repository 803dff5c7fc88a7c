"""What a sum or a count is made of: each record with the values that were counted, and each of these with its cell.

``sum_of(picture, "people", eyes)``. A name may carry choices behind colons: ``rating:off_track``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.answers.cooperations import taking_part, working_in
from dashboard.answers.funding import chosen_fundings
from dashboard.answers.goals import active_measures, deciding_indicator, providers_of, rated_goals
from dashboard.answers.money_parts import AMOUNT, MONEY_SUMS, money_parts
from dashboard.answers.offer_matrix import counted_offers
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from dashboard.answers.presence import working_for
from dashboard.answers.provenance import Eyes
from dashboard.answers.record_values import RecordValues, record_values
from dashboard.answers.selection import Selection
from dashboard.answers.spots import behind
from etl.rules.cooperation_rules import PLANNED, living
from etl.rules.facts import Funding, Goal
from etl.rules.finding import Finding
from etl.rules.funding import carried_measures
from etl.rules.funding_rules import is_granted
from etl.rules.gaps import is_active
from etl.rules.organisation import measures_of

#: A record and the fields of it that were counted.
_Counted = tuple[str, Sequence[str]]
#: Sums whose records have an order of their own.
_IN_ORDER = ("values", "indicator", "balance")


@dataclass(frozen=True, slots=True)
class SumOf:
    """``name`` without its choices; ``parts`` in alphabetical order. ``told``: by the key of a part how it counts, or
    why it does not, where its values alone do not say so."""

    name: str
    parts: tuple[RecordValues, ...]
    told: Mapping[str, Finding] = field(default_factory=dict)


def sum_of(picture: Picture, asked: str, eyes: Eyes) -> SumOf | None:
    """None for a name that stands for no sum: names come from the browser."""
    name, *choices = asked.split(":")
    counted = _SUMS.get(name)
    if name == "fragile":  # what is found about partners is told to them and the office only
        records: Iterable[_Counted] = behind(picture, eyes.viewer, ":".join(choices))
    elif counted is None:
        return None
    else:
        records = counted(picture, choices)
    found = [record_values(picture, record, eyes, fields) for record, fields in records]
    parts = [part for part in found if part]
    shown = tuple(parts if name in _IN_ORDER else sorted(parts, key=_by_name))
    return SumOf(name, shown, money_parts(picture, name, choices))


def _by_name(part: RecordValues) -> tuple[str, str]:
    return alphabetical(part.about or part.title), part.title


def _measures(picture: Picture, *fields: str) -> Iterator[_Counted]:
    """Active measures that state all of the fields."""
    known = picture.state.kind("measure")
    for measure in filter(is_active, picture.facts.measures):
        stated = [name for name in fields if known[measure.key].value(name) not in (None, "")]
        if len(stated) == len(fields):
            yield measure.key, fields


def _people(picture: Picture, _: Sequence[str]) -> Iterable[_Counted]:
    return _measures(picture, "participants_actual", "participants_planned")


def _stated(field: str) -> Callable[[Picture, Sequence[str]], Iterable[_Counted]]:
    return lambda picture, _: _measures(picture, field)


def _funding(picture: Picture, _: Sequence[str]) -> Iterable[_Counted]:
    """Granted money of what runs on the day."""
    day = picture.facts.day
    for funding in picture.facts.fundings:
        if is_granted(funding) and funding.granted and _runs(funding, day):
            yield funding.key, ("amount_granted",)


def _runs(funding: Funding, day: dt.date) -> bool:
    return (funding.start is None or funding.start <= day) and (funding.end is None or day <= funding.end)


def _rating(picture: Picture, choices: Sequence[str]) -> Iterable[_Counted]:
    """The goals of one rating (all where none is named), each with the value its rating rests on."""
    for goal in rated_goals(picture):
        if not choices or (picture.ratings[goal.key].code or "cannot_be_rated") == choices[0]:
            yield _value_of(goal, picture)


def _value_of(goal: Goal, picture: Picture) -> _Counted:
    indicator = deciding_indicator(goal, picture.ratings[goal.key], picture.facts)
    values = picture.facts.observations_of.get(indicator.key, ()) if indicator else ()
    return (values[-1].key, ("current_value",)) if values else (goal.key, ("title",))


def _goal_measures(picture: Picture, choices: Sequence[str]) -> Iterable[_Counted]:
    goal = picture.facts.goal_by_key.get(choices[0]) if choices else None
    return ((m.key, ("goal_ref", "status")) for m in (active_measures(goal, picture.facts) if goal else ()))


def _all_measures(picture: Picture, choices: Sequence[str]) -> Iterable[_Counted]:
    """Measures of one rating; all where none is named."""
    for measure in picture.facts.measures:
        if not choices or picture.ratings[measure.key].code == choices[0]:
            yield measure.key, ("title", "status")


def _own_measures(picture: Picture, choices: Sequence[str]) -> Iterable[_Counted]:
    """What a partner reports or leads."""
    found = measures_of(picture.facts, choices[0]) if choices else ()
    return ((measure.key, ("title", "lead_org", "status")) for measure in found)


def _agreed(picture: Picture, choices: Sequence[str]) -> Iterable[_Counted]:
    """The agreements and decisions of these keys: which body's they are stands in no record."""
    for kind, name in (("agreement", "title"), ("decision", "text")):
        for key in picture.state.kind(kind):
            if key in choices:
                yield key, (name, "responsible", "due", "status")


def _level(picture: Picture, choices: Sequence[str]) -> Iterable[_Counted]:
    """``level:<granted, applied or count>:<level>:<chosen level>:<chosen year>``; an empty choice is none."""
    what, level, chosen, year, *_ = [*choices, "", "", "", ""]
    selection = Selection(level=chosen or None, year=int(year) if year.isdecimal() and len(year) == 4 else None)
    for funding in chosen_fundings(picture.facts, selection):
        if (funding.level or "") != level or funding.status in ("rejected", "withdrawn"):
            continue
        granted = is_granted(funding)
        if what == "granted" and granted and funding.granted:
            yield funding.key, ("amount_granted",)
        elif what == "applied" and not granted and funding.applied:
            yield funding.key, ("amount_applied",)
        elif what == "count":
            yield funding.key, ("level", *AMOUNT)


def _cooperations(picture: Picture, _: Sequence[str]) -> Iterable[_Counted]:
    existing = (c for c in living(picture.facts) if c.status not in PLANNED)
    return ((c.key, ("partner_a", "partner_b", "status")) for c in existing)


def _interfaces(picture: Picture, _: Sequence[str]) -> Iterable[_Counted]:
    return ((line.key, ("step", "organisation", "responsible", "role")) for line in picture.facts.interfaces)


def _partners(picture: Picture, _: Sequence[str]) -> Iterable[_Counted]:
    return ((p.key, ("name",)) for p in picture.facts.partners)


def _presence(picture: Picture, choices: Sequence[str]) -> Iterable[_Counted]:
    """``presence:<partner>:<place of the field>``: what a partner leads or takes part in."""
    partner, place, *_ = [*choices, "", ""]
    fields = sorted(picture.facts.fields_of_action, key=lambda f: alphabetical(f.title))
    if not place.isdecimal() or int(place) >= len(fields):
        return
    for key, lead, others in working_in(fields[int(place)], picture.facts):
        if partner == lead or partner in others:
            yield key, ("lead_org", "partners", "partner_a", "partner_b")


def _goal_presence(picture: Picture, choices: Sequence[str]) -> Iterable[_Counted]:
    """``goal_presence:<partner>:<goal>``: what a partner leads or takes part in for a goal."""
    partner, key, *_ = [*choices, "", ""]
    goal = picture.facts.goal_by_key.get(key)
    for record, lead, others in working_for(goal, picture.facts, taking_part(picture)) if goal else ():
        if partner == lead or partner in others:
            yield record, ("lead_org", "partners", "partner_a", "partner_b")


def _carried(picture: Picture, choices: Sequence[str]) -> Iterable[_Counted]:
    """What a funding carries, whichever side said so."""
    funding = picture.facts.funding_by_key.get(choices[0]) if choices else None
    measures = carried_measures(funding, picture.facts) if funding else ()
    if funding:
        yield funding.key, ("measure_ref",)
    yield from ((m.key, ("funding_source", "goal_ref")) for m in measures)


def _values(picture: Picture, choices: Sequence[str]) -> Iterable[_Counted]:
    """Everything a goal's rating can rest on: all values of its indicators and what they are held against."""
    for indicator in picture.facts.indicators_of.get(choices[0], ()) if choices else ():
        yield from _indicator(picture, (indicator.key,))


def _indicator(picture: Picture, choices: Sequence[str]) -> Iterable[_Counted]:
    yield choices[0], ("indicator", "baseline_value", "baseline_date", "target_value", "target_date", "data_source")
    for observation in reversed(picture.facts.observations_of.get(choices[0], ())):
        yield observation.key, ("current_value", "current_date")


def _field(picture: Picture, choices: Sequence[str]) -> Iterable[_Counted]:
    title = ":".join(choices)
    return ((f.key, ("title",)) for f in picture.facts.fields_of_action if f.title == title)


def _without_goal(picture: Picture, choices: Sequence[str]) -> Iterable[_Counted]:
    facts = picture.facts
    for measure in filter(is_active, facts.measures):
        if providers_of(measure) & set(choices) and not any(goal in facts.goal_by_key for goal in measure.goals):
            yield measure.key, ("title", "goal_ref", "lead_org")


def _milestones(picture: Picture, choices: Sequence[str]) -> Iterable[_Counted]:
    children = (known for known in picture.state.kind("milestone").values() if known.parent in choices)
    return ((known.key, ()) for known in children)


def _ideas(picture: Picture, choices: Sequence[str]) -> Iterable[_Counted]:
    """The ideas of these keys; all where none is named."""
    found = (idea.key for idea in picture.facts.ideas if not choices or idea.key in choices)
    return ((key, ("title", "cluster")) for key in found)


def _contacts(picture: Picture, _: Sequence[str]) -> Iterable[_Counted]:
    """Those the viewer may not see fall out where their values are asked for."""
    return ((c.key, ("contact_name", "contact_last_name", "function", "vacant")) for c in picture.facts.contacts)


_SUMS: dict[str, Callable[[Picture, Sequence[str]], Iterable[_Counted]]] = {
    "people": _people,
    "staff": _stated("staff_fte"),
    "hours": _stated("volunteer_hours"),
    "cost": _stated("cost_total"),
    "funding": _funding,
    "rating": _rating,
    "goal_measures": _goal_measures,
    "measures": _all_measures,
    "own_measures": _own_measures,
    "agreed": _agreed,
    "level": _level,
    "cooperations": _cooperations,
    "interfaces": _interfaces,
    "partners": _partners,
    "presence": _presence,
    "offers": counted_offers,
    "goal_presence": _goal_presence,
    **MONEY_SUMS,
    "carried": _carried,
    "values": _values,
    "indicator": _indicator,
    "field": _field,
    "without_goal": _without_goal,
    "milestones": _milestones,
    "ideas": _ideas,
    "contacts": _contacts,
}
