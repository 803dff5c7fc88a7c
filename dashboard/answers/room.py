"""A meeting as those in the room see it: what is on the wall, its agenda, how long there is still to talk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.answers.follow_up import standing_now
from dashboard.answers.goals import goals_in_order
from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from dashboard.answers.room_pictures import pictures_of
from dashboard.answers.slide import Slide, item_slide, target_slide
from etl.model.accounts import User
from etl.model.bodies import body_of
from etl.model.meetings import agenda, began_at, meeting_roles, plan_of
from etl.model.presenting import PresentationRow, presentation_of, running_presentations, shown_items
from etl.model.store import Connection, Store
from etl.pipeline.meeting.rights import presents, sees_papers
from etl.pipeline.picture.facts import BERLIN
from etl.rules.facts import Measure
from etl.rules.meeting import Body, Item, Plan

#: Where the wall of a meeting is found, and behind it the page of those who follow.
WALL = "/saal"
#: As many goals and measures are offered while somebody looks for one.
MOST_FOUND = 8


@dataclass(frozen=True)
class Room:
    """A meeting with who runs it. ``row`` None: nobody has begun to present, or prepared it."""

    plan: Plan
    body: Body
    row: PresentationRow | None
    roles: dict[str, frozenset[str]]

    @property
    def live(self) -> bool:
        row = self.row
        return row is not None and row.ended_at is None and bool(row.presented_by) and self.plan.state == "running"

    @property
    def ended(self) -> bool:
        return self.plan.state == "closed" or (self.row is not None and self.row.ended_at is not None)


@dataclass(frozen=True)
class Wall:
    """What stands on the wall: ``item`` (None: the opening) and its slide, with all that stands around it.

    ``began`` is since when the item is spoken about, ``numbers`` the agenda's items that have been shown."""

    title: str
    items: tuple[Item, ...]
    item: Item | None
    slide: Slide | None
    began: dt.datetime | None
    numbers: frozenset[int]

    @property
    def place(self) -> int:
        """Of the item in the agenda, from 1; 0 for the opening."""
        return next((n for n, one in enumerate(self.items, 1) if self.item and one.id == self.item.id), 0)

    @property
    def minutes_after(self) -> int:
        """What the items to come need."""
        return sum(one.minutes for one in self.items[self.place :])


@dataclass(frozen=True, slots=True)
class Found:
    """A goal or measure somebody may have looked for."""

    key: str
    kind: str
    text: str
    rating: str | None


def room_of(connection: Connection, meeting: str) -> Room | None:
    """None where no such meeting is planned."""
    plan = plan_of(connection, meeting) if len(meeting) <= 40 else None
    body = body_of(connection, plan.body) if plan is not None else None
    if plan is None or body is None:
        return None
    return Room(plan, body, presentation_of(connection, meeting), meeting_roles(connection, meeting))


def wall_of(store: Store, room: Room, day: dt.date, item: int | None, target: str | None) -> Wall:
    """The wall at a place, looked at on ``day``."""
    with store.reading() as connection:
        items = agenda(connection, room.plan.key)
        numbers = shown_items(connection, room.plan.key)
        began = began_at(connection, item) if item is not None else None
    shown, now = pictures_of(store, room.plan, day)
    chosen = next((one for one in items if one.id == item), None)
    slide = target_slide(shown, target, now) if target else None
    if slide is None and chosen is not None:
        agreed = chosen.origin == "open_agreements"
        slide = item_slide(shown, chosen, items, now, standing_now(store, room.body, day) if agreed else ())
    return Wall(meeting_title(shown, room), items, chosen, slide, began, numbers)


def meeting_title(shown: Picture, room: Room) -> str:
    """As it is called among the facts; a meeting planned after the day shown, by its body."""
    return next((m.title for m in shown.facts.meetings if m.key == room.plan.key), room.body.name)


def start_times(plan: Plan, items: Sequence[Item]) -> list[dt.datetime | None]:
    """When each item should begin; nothing where the meeting's own time is not planned."""
    if plan.starts_at is None:
        return [None for _ in items]
    found, at = [], plan.starts_at.astimezone(dt.UTC)
    for item in items:
        found.append(at.astimezone(BERLIN))
        at += dt.timedelta(minutes=item.minutes)
    return list(found)


def moderator_invited(store: Store, meeting: str) -> bool:
    """Whether somebody without a sign-in may present it, or could with the link they were sent."""
    with store.reading() as connection:
        row = presentation_of(connection, meeting)
    return row is not None and row.moderator_hash is not None


def running_for(store: Store, user: User, now: dt.datetime) -> Room | None:
    """The meeting that is presented right now to this person too, the one begun last."""
    with store.reading() as connection:
        for meeting in running_presentations(connection):
            room = room_of(connection, meeting)
            if room is not None and (
                presents(user, room.body, room.roles) or sees_papers(user, room.body, room.plan, now)
            ):
                return room
    return None


def look_for(shown: Picture, text: str) -> tuple[Found, ...]:
    """Goals in the order of the catalogue, then measures by title, that hold every word of ``text``."""
    words = text.casefold().split()
    facts = shown.facts
    found: list[Found] = []
    for goal in goals_in_order(facts):
        named = " ".join(filter(None, (goal.id, goal.short_title or goal.title)))
        if _holds(words, f"{named} {goal.title}"):
            found.append(Found(goal.key, "goal", named, shown.ratings[goal.key].code))
    for measure in _by_title(shown):
        if len(found) >= MOST_FOUND:
            break
        if _holds(words, measure.title):
            found.append(Found(measure.key, "measure", measure.title, shown.ratings[measure.key].code))
    return tuple(found[:MOST_FOUND])


def _sorted(shown: Picture) -> tuple[Measure, ...]:
    return tuple(sorted(shown.facts.measures, key=lambda m: (alphabetical(m.title), m.key)))


#: Asked with every letter that is typed.
_by_title = Once[Picture, tuple[Measure, ...]](_sorted)


def _holds(words: Sequence[str], text: str) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)
