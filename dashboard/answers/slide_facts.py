"""The facts a screen of a meeting shows about a goal, measure, decision or funding, each with its number first."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from dashboard.answers.funding import funding_row
from dashboard.answers.goal_page import GoalPage, goal_fundings
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from dashboard.answers.provenance import Eyes, origin_of
from etl.rules.facts import Count, Decision, Funding, Marks, Measure, Milestone, Money
from etl.rules.finding import Finding, shortened
from etl.rules.funding_rules import ending_day, is_granted
from etl.rules.gaps import is_active
from etl.rules.measure_rules import ENDED
from etl.wording.quantity import Quantity

#: The day with which partners begin a milestone's words: it stands before them already.
_DATE = re.compile(r"^\s*(\d{1,2}\.\s*\d{1,2}\.\s*\d{2,4}|\d{4}-\d{2}-\d{2})\s*[:–-]?\s*")
#: What stands large before a fact.
Lead = Quantity | Money | Count | int | dt.date | str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number comes from. ``file`` None: entered by a signed-in person, who is not named. ``day``: the one it is
    about, as the goal page names it; an age would be another on the day of the editorial deadline than on the wall."""

    partner: str | None
    file: str | None
    cell: str | None
    day: dt.date


@dataclass(frozen=True, slots=True)
class Fact:
    """A number and what it says (``said``); ``rating`` where it decides one; ``marks`` travel with it."""

    lead: Lead
    said: Finding
    rating: str | None = None
    source: Source | None = None
    marks: Marks = field(default=())


def goal_facts(page: GoalPage, picture: Picture) -> tuple[Fact, ...]:
    """Its value, where it should lead, and the money or the measures that carry it."""
    found: list[Fact] = []
    view = next((v for v in page.indicators if v.decides), None)
    rated = page.rating.code
    if view is not None and view.latest is not None:
        values = {"title": view.indicator.title}
        said = Finding("room.fact.value", values)
        if view.expected is not None:
            values |= {"expected": Quantity(shortened(view.expected), view.indicator.unit)}  # type: ignore[dict-item]
            said = Finding("room.fact.value_expected", values)
        source = source_of(picture, view.latest.key, "current_value")
        found.append(Fact(Quantity(view.latest.value, view.indicator.unit), said, rated, source, view.marks))
    if view is not None and view.indicator.target is not None:
        indicator = view.indicator
        code = "room.fact.target" if indicator.target_day else "room.fact.target_undated"
        target = Quantity(indicator.target, indicator.unit)  # type: ignore[arg-type]
        source = source_of(picture, indicator.key, "target_value")
        found.append(Fact(target, Finding(code, {"day": indicator.target_day}), source=source))
    found += _carried(page, picture)
    return tuple(found)


def _carried(page: GoalPage, picture: Picture) -> list[Fact]:
    """The money that ends first without a follow-up; else how many measures work towards the goal."""
    ending = next((line for line in goal_fundings(page, picture.facts) if line.open and line.granted), None)
    if ending is not None:
        told = funding_facts(ending.funding, picture)
        if told:
            return [told[0]]
    running = [line for line in page.measures if is_active(line.measure)]
    if not running:
        return [Fact(0, Finding("room.fact.measures.none"))] if not page.below else []
    on_track = sum(line.rating.code == "on_track" for line in running)
    return [Fact(len(running), _working(len(running), on_track))]


def _working(total: int, on_track: int) -> Finding:
    """How many of the measures that work towards a goal are on track, as people say it."""
    if total == 1:
        return Finding(f"room.fact.measure.{'on_track' if on_track else 'alone'}")
    if on_track == total:
        return Finding(f"room.fact.measures.{'both' if total == 2 else 'all'}")
    return Finding("room.fact.measures", {"n": on_track})


def measure_facts(measure: Measure, picture: Picture) -> tuple[Fact, ...]:
    """Who it has reached, until when it runs, what comes next."""
    found: list[Fact] = []
    rating = picture.ratings[measure.key].code
    if measure.participants_reached is not None:
        planned = measure.participants_planned
        said = Finding("room.fact.reached", {"n": _number(measure.participants_reached)})
        if planned is not None:
            said = Finding("room.fact.reached_of", {"planned": planned.max, "n": _number(measure.participants_reached)})
        marks = marks_of(measure.marks, "participants_actual")
        source = source_of(picture, measure.key, "participants_actual")
        found.append(Fact(measure.participants_reached, said, rating, source, marks))
    if measure.end is not None and not measure.open_end:
        over = "room.fact.ended" if measure.end < picture.facts.day else "room.fact.ends"
        marks = marks_of(measure.marks, "end")
        source = source_of(picture, measure.key, "end")
        found.append(Fact(measure.end, Finding(over), None if found else rating, source, marks))
    step = None if measure.status in ENDED else _open_milestone(measure)
    if step is not None and step.day is not None:
        code = "room.fact.milestone" if step.day >= picture.facts.day else "room.fact.milestone_open"
        found.append(Fact(step.day, Finding(code, {"text": _DATE.sub("", step.text)})))
    elif measure.cost is not None:
        source = source_of(picture, measure.key, "cost_total")
        found.append(Fact(measure.cost, Finding("room.fact.cost"), source=source))
    return tuple(found)


def _open_milestone(measure: Measure) -> Milestone | None:
    """The first one nobody has called reached."""
    dated = [milestone for milestone in measure.milestones if milestone.day and not milestone.done]
    return min(dated, key=lambda milestone: milestone.day or dt.date.max, default=None)


def decision_facts(decision: Decision, picture: Picture) -> tuple[Fact, ...]:
    """What it costs, which goal it serves and how that stands, by when it is needed."""
    found: list[Fact] = []
    if decision.amount is not None:
        source = source_of(picture, decision.key, "amount")
        found.append(Fact(decision.amount, Finding("room.fact.decision_costs"), source=source))
    if decision.due is not None:
        source = source_of(picture, decision.key, "due")
        asked = organisations([decision.responsible] if decision.responsible else [], picture)
        said = Finding("room.fact.due_by", {"name": asked[0]}) if asked else Finding("room.fact.due")
        found.append(Fact(decision.due, said, source=source))
    return tuple(found)


def decision_question(text: str) -> tuple[str, str]:
    """A text that begins with a question is the question, and what stands behind it."""
    head, mark, rest = text.partition("? ")
    return (head + "?", rest.strip()) if mark else (text, "")


def funding_facts(funding: Funding, picture: Picture) -> tuple[Fact, ...]:
    """The amount with its end and whether something follows."""
    stated = funding.granted if is_granted(funding) else funding.applied
    ends = ending_day(funding)
    if stated is None:
        return ()
    name = "amount_granted" if is_granted(funding) else "amount_applied"
    source = source_of(picture, funding.key, name)
    marks = marks_of(funding.marks, name)
    if not is_granted(funding):
        said = Finding("room.fact.applied", {"title": funding.name})
    elif ends is None:
        said = Finding("room.fact.granted", {"title": funding.name})
    else:
        follows = Finding(f"room.fact.next.{funding_row(funding, picture).next_step}")
        said = Finding("room.fact.granted_until", {"title": funding.name, "day": ends}, follows)
    return (Fact(stated, said, source=source, marks=marks),)


def late_facts(keys: Iterable[str], then: Picture, now: Picture) -> tuple[Fact, ...]:
    """What came after the editorial deadline about these goals and measures: a newer value, another rating."""
    found: list[Fact] = []
    for key in keys:
        for indicator in now.facts.indicators_of.get(key, ()):
            values, before = (p.facts.observations_of.get(indicator.key, ()) for p in (now, then))
            if values and (not before or (before[-1].day, before[-1].value) != (values[-1].day, values[-1].value)):
                latest = values[-1]
                said = Finding("room.late.value", {"title": indicator.title, "day": latest.day})
                marks: Marks = (("current_value", "value_provisional"),) if latest.provisional else ()
                source = source_of(now, latest.key, "current_value")
                found.append(Fact(Quantity(latest.value, indicator.unit), said, None, source, marks + latest.marks))
        known, known_then = now.state.find(key), then.state.find(key)
        if known is not None and known.kind == "measure":
            codes = [p.ratings[key].code if key in p.ratings else None for p in (then, now)]
            later = [s for s in known.said if known_then is None or s.id not in {t.id for t in known_then.said}]
            if later and codes[0] != codes[1] and codes[1] is not None:
                found.append(Fact("", Finding("room.late.rating"), codes[1]))
            elif later:
                found.append(Fact("", Finding("room.late.report", {"day": max(s.day for s in later)})))
    return tuple(found)


def source_of(picture: Picture, record: str, name: str) -> Source | None:
    """The source of the statement that holds about a field; None where nobody stated it."""
    known = picture.state.find(record)
    holds = known.holds.get(name) if known is not None else None
    if known is None or holds is None:
        return None
    origin = origin_of(picture, known, name, holds, Eyes(), whole=False)
    cell = next((c.cell for c in origin.cells if c.role == "value"), None)
    return Source(origin.partner, origin.file, cell, origin.day)


def organisations(texts: Iterable[str], picture: Picture) -> list[str]:
    """The names of those that are partners of the network (by key or name), alphabetical: a text may name a person."""
    known: dict[str, str] = {}
    for partner in picture.facts.partners:
        shown = partner.short_name or partner.name
        known |= {text.casefold(): shown for text in (partner.key, partner.name, shown)}
    found = {known[text.strip().casefold()] for text in texts if text.strip().casefold() in known}
    return sorted(found, key=alphabetical)


def marks_of(marks: Marks, *names: str) -> Marks:
    """Those about these fields."""
    return tuple(mark for mark in marks if mark[0] in names)


def _number(count: Count) -> int:
    return count.max
