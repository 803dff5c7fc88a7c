"""What the recorder's desk needs of a meeting: its agenda with what each item is about, houses, who may be present."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from dashboard.answers.goals import goals_in_order
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from dashboard.answers.room import Room
from dashboard.answers.room_pictures import pictures_of
from etl.model.bodies import members
from etl.model.composition import guests
from etl.model.meeting_results import stand_of_results
from etl.model.meetings import agenda, plans, present
from etl.model.store import Store
from etl.pipeline.ideas.collecting import workshop_in
from etl.pipeline.meeting.temperature import rated_record
from etl.rules.facts import Facts, Goal, Measure
from etl.rules.gaps import decisions_waiting
from etl.rules.meeting import Item

#: More measures than this are not offered in one list; those of the item's goals come first.
MOST_MEASURES = 150
#: Life-cycle statuses of measures from which „läuft“ is what an agreement usually changes.
_NOT_RUNNING = frozenset({"proposed", "planned", "delayed", "paused"})


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: its key, what it is called; for a measure whether it runs already, and its milestones that
    are not reached yet."""

    key: str
    name: str
    runs: bool = True
    milestones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeskItem:
    """An item as the form takes it: what is prefilled when it is on the wall.

    ``reports``: keys of the houses that speak about it; ``waiting``: the decision it is about, ``due``: until when that
    should be done (ISO, or empty)."""

    id: int
    place: int
    title: str
    proposal: str
    goals: tuple[Choice, ...]
    measures: tuple[Choice, ...]
    reports: tuple[str, ...]
    waiting: Choice | None
    due: str
    rated: str | None
    temperature: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """A member who may be present; ``partner`` is the key of their house."""

    id: int
    name: str
    house: str
    deputy: bool
    there: bool
    partner: str | None = None


@dataclass(frozen=True, slots=True)
class Invited:
    """A house that was invited beside the members, and whether it came (None: nobody said)."""

    key: str
    name: str
    came: bool | None


@dataclass(frozen=True)
class Desk:
    """Everything a recorder chooses from. ``collects``: a workshop is open, ideas can be typed in."""

    items: tuple[DeskItem, ...]
    partners: tuple[Choice, ...]
    goals: tuple[Choice, ...]
    measures: tuple[Choice, ...]
    seats: tuple[Seat, ...]
    guests: int | None
    invited: tuple[Invited, ...] = ()
    ratings: dict[str, str | None] = field(default_factory=dict)
    next_day: dt.date | None = None
    collects: bool = False

    @property
    def there(self) -> int:
        return sum(seat.there for seat in self.seats)

    @property
    def members(self) -> tuple[Seat, ...]:
        return tuple(seat for seat in self.seats if not seat.deputy)

    @property
    def deputies(self) -> tuple[Seat, ...]:
        return tuple(seat for seat in self.seats if seat.deputy)

    def item(self, number: int | None) -> DeskItem | None:
        return next((item for item in self.items if item.id == number), None)


def desk_of(store: Store, room: Room, day: dt.date) -> Desk:
    """The desk of a meeting, looked at on ``day``: it records what holds now, whatever day the wall shows."""
    with store.reading() as connection:
        items = agenda(connection, room.plan.key)
        asked = guests(connection).get(room.plan.key, {})
        planned = [plan for plan in plans(connection).values() if plan.body == room.body.id]
        collects = workshop_in(connection, room.body.id) is not None and room.plan.state != "closed"
    shown, now = pictures_of(store, room.plan, day)
    picture = now or shown
    facts = picture.facts
    there = {meeting.key for meeting in facts.meetings}  # what was called off is there no more
    later = (plan.day for plan in planned if plan.key in there and plan.day > room.plan.day)
    partners = sorted(facts.partners, key=lambda partner: alphabetical(partner.name))
    listed = _measures(facts, items)
    names = {partner.key: partner.name for partner in partners}
    return Desk(
        items=tuple(_item(item, place, facts) for place, item in enumerate(items, 1)),
        partners=tuple(Choice(partner.key, partner.name) for partner in partners),
        goals=tuple(Choice(goal.key, _goal_name(goal)) for goal in goals_in_order(facts)),
        measures=tuple(_measure(measure, facts) for measure in listed),
        seats=seats_of(store, room, names),
        guests=room.plan.guests,
        invited=tuple(
            Invited(partner.key, partner.name, asked[partner.key]) for partner in partners if partner.key in asked
        ),
        ratings=_codes(picture, items),
        next_day=min(later, default=None),
        collects=collects,
    )


def seats_of(store: Store, room: Room, names: dict[str, str]) -> tuple[Seat, ...]:
    """The members on the day of the meeting by house, then name; ``names``: key of a partner -> its name."""
    with store.reading() as connection:
        found = members(connection, room.body.id) if room.body.has_members else ()
        there = present(connection, room.plan.key)
    seats = [
        Seat(
            one.id, one.name, names.get(one.partner or "", ""), one.deputy_for is not None, one.id in there, one.partner
        )
        for one in found
        if one.belongs_on(room.plan.day) or one.id in there
    ]
    return tuple(sorted(seats, key=lambda seat: (alphabetical(seat.house), seat.deputy, alphabetical(seat.name))))


def absent_of(store: Store, room: Room, partners: Iterable[str]) -> tuple[str, ...]:
    """Those of ``partners`` that sit in the body and of which nobody is noted as present, once anybody is."""
    seats = seats_of(store, room, {})
    there = {seat.partner for seat in seats if seat.there}
    sitting = {seat.partner for seat in seats}
    return tuple(key for key in dict.fromkeys(partners) if there and key in sitting and key not in there)


def desk_stand(store: Store, room: Room) -> str:
    """Changes whenever the desk has something else to show."""
    with store.reading() as connection:
        written = stand_of_results(connection, room.plan.key)
        asked = guests(connection).get(room.plan.key, {})
        workshop = workshop_in(connection, room.body.id)
    row = room.row
    wall = f"{row.item or 0}-{row.revision}" if row is not None else "0"
    houses = "".join(f"{key}{came}" for key, came in asked.items())
    return f"{room.plan.state}.{room.plan.guests}.{houses}.{wall}.{written}.{workshop.id if workshop else 0}"


def _item(item: Item, place: int, facts: Facts) -> DeskItem:
    goals = [facts.goal_by_key[key] for key in item.records if key in facts.goal_by_key]
    measures = [facts.measure_by_key[key] for key in item.records if key in facts.measure_by_key]
    decisions = {decision.key: decision for decision in decisions_waiting(facts)}
    waiting = next((decisions[key] for key in item.records if key in decisions), None)
    if waiting is not None:
        about = [facts.goal_by_key[key] for key in waiting.goals if key in facts.goal_by_key]
        goals += [goal for goal in about if goal not in goals]
    return DeskItem(
        item.id,
        place,
        item.title,
        item.proposal,
        tuple(Choice(goal.key, _goal_name(goal)) for goal in goals),
        tuple(_measure(measure, facts) for measure in measures),
        item.reports,
        Choice(waiting.key, waiting.title) if waiting is not None else None,
        waiting.due.isoformat() if waiting is not None and waiting.due is not None else "",
        rated_record(item),
        item.temperature,
    )


def _goal_name(goal: Goal) -> str:
    named = (goal.id, goal.short_title or goal.title)
    return " ".join(filter(None, named))


def _measure(measure: Measure, facts: Facts) -> Choice:
    partner = facts.partner_by_key.get(measure.partner or "")
    name = f"{measure.title} ({partner.name})" if partner is not None else measure.title
    ahead = tuple(one.text for one in measure.milestones if one.text and not one.done)
    return Choice(measure.key, name, measure.status not in _NOT_RUNNING, ahead)


def _measures(facts: Facts, items: Iterable[Item]) -> list[Measure]:
    """Those of the agenda and of its goals first, all others as far as there is room."""
    wanted = {key for item in items for key in item.records}
    near = [m for m in facts.measures if m.key in wanted or wanted & set(m.goals)]
    named = {measure.key for measure in near}
    others = (measure for measure in facts.measures if measure.key not in named)
    found = [*near, *islice(others, max(0, MOST_MEASURES - len(near)))]
    return sorted(found, key=lambda measure: (alphabetical(measure.title), measure.key))


def _codes(picture: Picture, items: Iterable[Item]) -> dict[str, str | None]:
    found = filter(None, (rated_record(item) for item in items))
    return {key: picture.ratings[key].code for key in found if key in picture.ratings}
