"""What became of what a partner reported, for the partner itself and the office; and its own figures as a sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dashboard.answers.contacts import Viewer
from dashboard.answers.follow_up import About, about_of, extras_of
from dashboard.answers.meetings import MeetingView, meeting_views
from dashboard.answers.organisation import may_open
from dashboard.answers.picture import Picture
from etl.model.accounts import User
from etl.model.following import results_with_record
from etl.model.meetings import agenda
from etl.model.store import Store
from etl.pipeline.correct import CORRECTED
from etl.pipeline.meeting.unnamed import known_persons
from etl.rules.became import LedTo, Supported, Told, became_finding, led_to, supported_goals
from etl.rules.facts import Count, Measure, Money, Observation
from etl.rules.finding import Finding
from etl.rules.follow_up import Extras, bodies_of
from etl.rules.organisation import measures_of
from etl.wording.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Value:
    """A value the partner sent, ``of`` an indicator (key, and its name)."""

    key: str
    of: str
    indicator: str
    quantity: Quantity
    day: dt.date


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal its figures support. ``rating`` None: the goal has ended."""

    key: str
    title: str
    rating: str | None
    values: tuple[Value, ...]
    measures: tuple[About, ...]


@dataclass(frozen=True, slots=True)
class LedLine:
    """What a meeting did: ``kind`` is item, agreement, decision …; ``because`` is what it was about."""

    kind: str
    text: str
    because: tuple[About, ...]
    record: str | None = None


@dataclass(frozen=True, slots=True)
class MeetingLines:
    """``title`` is None where only the day is known."""

    title: str | None
    day: dt.date | None
    lines: tuple[LedLine, ...]


@dataclass(frozen=True, slots=True)
class Became:
    """``next_deadline``: until when the next report is in time, None where no round is open."""

    finding: Finding
    goals: tuple[GoalLine, ...]
    meetings: tuple[MeetingLines, ...]
    next_deadline: dt.date | None = None


def became(store: Store, picture: Picture, user: User, partner: str, now: dt.datetime) -> Became | None:
    """None where this person may not open the partner's page."""
    if not may_open(Viewer(user.role, user.partner), partner):
        return None
    facts = picture.facts
    goals = supported_goals(facts, partner)
    views = {view.key: view for view in meeting_views(store, picture, user, now) if view.sees_papers}
    found = led_to(facts, partner, goals, told_in(store, picture, views))
    deadlines = [r.deadline for r in facts.rounds if r.last_day >= facts.day]
    return Became(
        finding=became_finding(len(goals), len(found)),
        goals=tuple(_goal(one, picture) for one in goals),
        meetings=_by_meeting(found, picture, views),
        next_deadline=min(deadlines, default=None),
    )


def told_in(store: Store, picture: Picture, views: dict[str, MeetingView]) -> list[Told]:
    """Items and results of the meetings this person may see, then every agreement and decision."""
    extras = extras_of(store, picture)
    found: list[Told] = []
    with store.reading() as connection:
        planned = [key for key, view in views.items() if view.plan is not None]
        items = {item.id: item for key in planned for item in agenda(connection, key)}
        clean = known_persons(connection).without
        results = [row for row in results_with_record(connection, picture.facts.known_on) if row.meeting in views]
    for item in items.values():
        found.append(Told("item", item.title, _counted(picture, item.records), item.meeting, views[item.meeting].day))
    for row in results:
        if row.record is None or not row.record.startswith(("agreement-", "decision-")):
            item = items.get(row.item)
            about = [*row.said.get("goals", ()), *row.said.get("measures", ()), *([row.record] if row.record else [])]
            records = tuple(about) or (item.records if item else ())
            text = clean(str(row.said.get("text") or ""))
            found.append(Told(row.kind, text, _counted(picture, records), row.meeting, views[row.meeting].day))
    return [*found, *_agreed(picture, extras, views)]


def _counted(picture: Picture, keys: object) -> tuple[str, ...]:
    """What was merged since counts as what it is now."""
    return tuple(picture.state.counts_as(str(key)) for key in keys)  # type: ignore[attr-defined]


def _agreed(picture: Picture, extras: Extras, views: dict[str, MeetingView]) -> Iterator[Told]:
    facts = picture.facts
    for agreement in facts.agreements:
        about = (*agreement.goals, *agreement.measures, *_more(agreement.key, extras))
        meeting = _meeting(agreement.key, agreement.meeting_day, picture, extras, views)
        houses = extras.houses.get(agreement.key, ())
        yield Told("agreement", agreement.title, about, meeting, agreement.meeting_day, agreement.key, houses)
    for decision in facts.decisions:
        about = (*decision.goals, *_more(decision.key, extras))
        meeting = _meeting(decision.key, decision.day, picture, extras, views)
        kind = "question" if decision.status in ("to_decide", "postponed") else decision.kind or "decision"
        # a recommendation binds whoever it goes to
        houses = () if kind == "recommendation" else extras.houses.get(decision.key, ())
        yield Told(kind, decision.title, about, meeting, decision.day, decision.key, houses)


def _more(key: str, extras: Extras) -> tuple[str, ...]:
    return (*extras.about.get(key, ()), *(one.target for one in extras.expects.get(key, ())))


def _meeting(
    record: str, day: dt.date | None, picture: Picture, extras: Extras, views: dict[str, MeetingView]
) -> str | None:
    """The meeting it was written down in, else that of its body on its day."""
    told = extras.meeting_of.get(record)
    if told is not None:
        return told
    bodies = bodies_of(record, picture.facts, extras)
    same = [v for v in views.values() if day is not None and v.day == day]
    own = [v for v in same if v.body is not None and v.body.id in bodies]
    return (own or same)[0].key if (own or len(same) == 1) else None


def _goal(one: Supported, picture: Picture) -> GoalLine:
    goal = picture.facts.goal_by_key[one.goal]
    rating = picture.ratings.get(one.goal)
    values = tuple(_value(v, picture) for v in one.values)
    measures = tuple(About(m.key, "measure", m.title) for m in one.measures)
    return GoalLine(goal.key, goal.short_title or goal.title, rating.code if rating else None, values, measures)


def _value(value: Observation, picture: Picture) -> Value:
    indicator = picture.facts.indicator_by_key[value.indicator]
    said = Quantity(value.value, indicator.unit, value.provisional)
    return Value(value.key, indicator.key, indicator.title, said, value.day)


def _by_meeting(found: tuple[LedTo, ...], picture: Picture, views: dict[str, MeetingView]) -> tuple[MeetingLines, ...]:
    grouped: dict[tuple[str | None, dt.date | None], list[LedLine]] = {}
    for one in found:
        because = tuple(about for key in one.because if (about := _about(picture, key)))
        line = LedLine(one.told.kind, one.told.text, because, one.told.record)
        grouped.setdefault((one.told.meeting, one.told.day), []).append(line)
    titles = {key: view.title for key, view in views.items()}
    return tuple(MeetingLines(titles.get(key or ""), day, tuple(lines)) for (key, day), lines in grouped.items())


def _about(picture: Picture, key: str) -> About | None:
    """A value stands for its indicator."""
    known = picture.state.find(key)
    if known is not None and known.kind == "observation" and known.parent:
        return about_of(picture, known.parent)
    return about_of(picture, key)


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the sheet. ``code``: value (of an indicator), or the field of a measure; ``value`` is a number, a text
    where it is a range; ``people``: it counts people, so that few of them are not told; ``per``: year or month.
    ``mark``: wording of how exact it is (provisional, interpreted …), None where it is just so."""

    about: str
    code: str
    value: Decimal | str
    unit: str | None
    day: dt.date | None
    goals: tuple[str, ...]
    rating: str | None
    sources: tuple[str, ...]
    led: tuple[tuple[LedLine, str | None, dt.date | None], ...]
    people: bool = False
    per: str | None = None
    mark: str | None = None


#: Figures of a measure in the sheet: field -> attribute.
_FIGURES = {
    "participants_actual": "participants_reached",
    "participants_planned": "participants_planned",
    "staff_fte": "staff_fte",
    "volunteer_hours": "volunteer_hours",
    "cost_total": "cost",
}


def figures(picture: Picture, partner: str, told: Became) -> tuple[Figure, ...]:
    """Every figure of the partner that the network knows: its values, then those of its measures."""
    found: list[Figure] = []
    for line in told.goals:
        for value in line.values:
            number, unit = Decimal(str(value.quantity.number)), value.quantity.unit
            led = _led(told, {value.key, line.key, value.of})
            cells = _cells(picture, value.key, "current_value")
            row = (value.indicator, "value", number, unit, value.day, (line.title,), line.rating, cells, led)
            found.append(Figure(*row, mark=_mark(picture, value.key, "current_value", value.quantity.provisional)))
    for measure in measures_of(picture.facts, partner):
        found += _of_measure(measure, picture, told)
    return tuple(found)


def _of_measure(measure: Measure, picture: Picture, told: Became) -> Iterator[Figure]:
    known, rating = picture.state.find(measure.key), picture.ratings.get(measure.key)
    goals = picture.facts.goal_by_key
    titles = tuple((goals[k].short_title or goals[k].title) for k in measure.goals if k in goals)
    led = _led(told, {measure.key, *measure.goals})
    for name, attribute in _FIGURES.items():
        value = getattr(measure, attribute)
        if value is None or known is None:
            continue
        held = known.holds.get(name)
        yield Figure(
            about=measure.title,
            code=name,
            value=_number(value),
            unit="€" if isinstance(value, Money) else None,
            day=held.day if held else measure.reported_on,
            goals=titles,
            rating=rating.code if rating else None,
            sources=_cells(picture, measure.key, name),
            led=led,
            people=name.startswith("participants"),
            per=value.per if isinstance(value, Money) else None,
            mark=_mark(picture, measure.key, name, False),
        )


def _mark(picture: Picture, record: str, name: str, provisional: bool) -> str | None:
    """The mark travels with the value into the sheet too."""
    known = picture.state.find(record)
    code = known.mark(name) if known else None
    if provisional or code == "value_provisional":
        return "mark.provisional"
    return "mark.corrected" if code == CORRECTED else "mark.interpreted" if code else None


def _number(value: Count | Money | Decimal) -> Decimal | str:
    """A range stays a range."""
    if isinstance(value, Money):
        return value.amount
    if isinstance(value, Count):
        return Decimal(value.min) if value.min == value.max else f"{value.min}–{value.max}"
    return value


def _led(told: Became, keys: set[str]) -> tuple[tuple[LedLine, str | None, dt.date | None], ...]:
    return tuple(
        (line, meeting.title, meeting.day)
        for meeting in told.meetings
        for line in meeting.lines
        if keys & {about.key for about in line.because}
    )


def _cells(picture: Picture, record: str, name: str) -> tuple[str, ...]:
    """„Datei, Blatt, Zelle“ of the value that holds; nothing for an entry."""
    known = picture.state.find(record)
    held = known.holds.get(name) if known else None
    if held is None or held.delivery is None:
        return ()
    return tuple(f"{s.file}, {s.sheet}, {s.cell}" for s in picture.provenance.sources(held, name) if s.role == "value")
