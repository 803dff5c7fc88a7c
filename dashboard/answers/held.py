"""The meetings that were held: planned here, or known from a list alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dashboard.answers.picture import Picture, picture
from etl.model.bodies import bodies
from etl.model.meetings import plans
from etl.model.store import Store
from etl.rules.facts import Meeting
from etl.rules.meeting import Body, Plan


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting by its key: planned here (``plan``, ``body``), or known from a list alone."""

    key: str
    title: str
    day: dt.date
    body_name: str
    plan: Plan | None = None
    body: Body | None = None


class Pictures:
    """The network on several days, each read once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._known: dict[tuple[dt.date, dt.datetime | None], Picture] = {}

    def on(self, day: dt.date, known_on: dt.datetime | None = None) -> Picture:
        if (day, known_on) not in self._known:
            self._known[day, known_on] = picture(self.store, day, known_on)
        return self._known[day, known_on]


def held_meetings(store: Store, day: dt.date, pictures: Pictures | None = None) -> tuple[Held, ...]:
    """All meetings up to ``day``, the latest first; those of one day by body."""
    facts = (pictures or Pictures(store)).on(day).facts
    with store.reading() as connection:
        planned, of_body = plans(connection), {body.id: body for body in bodies(connection)}
    found = {m.key: _held(m, planned.get(m.key), of_body) for m in facts.meetings if m.day and m.day <= day}
    for key, plan in planned.items():
        if key not in found and plan.day <= day:
            found[key] = _held(Meeting(key=key, title="", day=plan.day), plan, of_body)
    by_body = sorted(found.values(), key=lambda held: (held.body_name, held.key))
    return tuple(sorted(by_body, key=lambda held: held.day, reverse=True))


def _held(meeting: Meeting, plan: Plan | None, of_body: dict[int, Body]) -> Held:
    body = of_body.get(plan.body) if plan else None
    day = plan.day if plan else meeting.day
    assert day is not None, "only meetings with a day are held"
    name = body.name if body else meeting.body or ""
    return Held(meeting.key, meeting.title or name or meeting.key, day, name, plan, body)


def held_of(store: Store, plan: Plan) -> Held:
    """A planned meeting."""
    facts = picture(store, plan.day).facts
    meeting = next((m for m in facts.meetings if m.key == plan.key), None)
    with store.reading() as connection:
        of_body = {body.id: body for body in bodies(connection)}
    return _held(meeting or Meeting(key=plan.key, title="", day=plan.day), plan, of_body)
