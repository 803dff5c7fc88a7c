"""Focus topics as the page shows them, and the notes of who watches, on topics and on goals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.answers.once import Once
from dashboard.answers.picture import Picture
from etl.model.accounts import User
from etl.model.bodies import bodies
from etl.model.focus import notes, stand_of_focus, topics
from etl.model.store import Store
from etl.pipeline.focus import (
    finish_step,
    may_finish,
    may_note,
    may_take_back,
    note_seen,
    store_step,
    store_topic,
    take_back_note,
)
from etl.pipeline.meeting import rights
from etl.rules.finding import Finding
from etl.rules.focus import FocusState, FocusStep, Note, Topic, about_topic, focus_finding, last_note, overdue, state_of
from etl.rules.meeting import Body

__all__ = ["finish_step", "note_seen", "store_step", "store_topic", "take_back_note"]


_NAMES = Once(lambda seen: seen.names_of(partner.key for partner in seen.facts.partners))


@dataclass(frozen=True, slots=True)
class StepRow:
    """``late``: its day has passed and it is open; ``may_finish``: this viewer may say that it is done."""

    step: FocusStep
    late: bool
    may_finish: bool


@dataclass(frozen=True, slots=True)
class NoteRow:
    """``house`` is None where the office wrote it."""

    note: Note
    house: str | None
    may_take_back: bool


@dataclass(frozen=True)
class FocusRow:
    """A topic as this viewer may see it. ``notes``: the latest first; ``names``: key -> name of a house;
    ``quiet_sites``: sites it runs across that have noted nothing yet."""

    topic: Topic
    state: FocusState
    body: Body | None
    steps: tuple[StepRow, ...]
    notes: tuple[NoteRow, ...]
    last: Note | None
    names: Mapping[str, str]
    goals: Mapping[str, str]
    quiet_sites: tuple[str, ...]
    may_change: bool
    may_note: bool


@dataclass(frozen=True)
class Focus:
    """Those that are watched first, ended ones behind them."""

    rows: tuple[FocusRow, ...]
    finding: Finding
    bodies: tuple[Body, ...]

    def row(self, number: int) -> FocusRow | None:
        return next((row for row in self.rows if row.topic.id == number), None)


def focus_topics(store: Store, seen: Picture, user: User) -> Focus:
    with store.reading() as connection:
        stand = f"{store.writes}|{stand_of_focus(connection)}"
    return _FOCUS(seen, store, user, stand)


def _focus(seen: Picture, store: Store, user: User, _stand: str) -> Focus:
    day = seen.facts.day
    with store.reading() as connection:
        known = tuple(topic for topic in topics(connection) if topic.agreed_on <= day)
        told = notes(connection)
        every = bodies(connection)
    numbered = {body.id: body for body in every}
    rows = [_row(topic, told, numbered.get(topic.body or 0), seen, user) for topic in known]
    rows.sort(key=lambda row: row.state == "ended")
    return Focus(tuple(rows), focus_finding(known, told, day), every)


_FOCUS: Once[Picture, Focus] = Once(_focus)


def _row(
    topic: Topic, told: Sequence[Note], body: Body | None, seen: Picture, user: User
) -> FocusRow:  # fmt: skip
    facts, day = seen.facts, seen.facts.day
    changes = rights.runs(user, body) if body is not None else user.role == "coordinator"
    late = overdue(topic, day)
    steps = []
    for step in topic.steps:
        steps.append(StepRow(step, step in late, changes or may_finish(user, topic, step)))
    houses = _NAMES(seen)
    about = [note for note in told if note.about == about_topic(topic.id) and note.day <= day]
    wrote = {note.partner for note in about if note.withdrawn_at is None}
    goals = (facts.goal_by_key[key] for key in topic.goals if key in facts.goal_by_key)
    return FocusRow(
        topic=topic,
        state=state_of(topic, told, day),
        body=body,
        steps=tuple(steps),
        notes=_notes(about, houses, user),
        last=last_note(topic, told, day),
        names=houses,
        goals={goal.key: goal.short_title or goal.title for goal in goals},
        quiet_sites=tuple(site for site in topic.sites if site not in wrote),
        may_change=changes,
        may_note=may_note(user, about_topic(topic.id), (topic,)),
    )


def notes_on(store: Store, seen: Picture, user: User, goal: str) -> tuple[tuple[NoteRow, ...], bool]:
    """(what was noted on a goal up to the picture's day, the latest first; whether this user may note something)."""
    with store.reading() as connection:
        told = notes(connection, goal)
        may = goal in seen.facts.goal_by_key and may_note(user, goal, topics(connection))
    houses = seen.names_of({note.partner for note in told if note.partner})
    return _notes([note for note in told if note.day <= seen.facts.day], houses, user), may


def reads_notes(role: str) -> bool:
    """Observers of the network read none: they are the group's working notes."""
    return role != "observer"


def _notes(told: Sequence[Note], houses: Mapping[str, str], user: User) -> tuple[NoteRow, ...]:
    """Without those taken back."""
    if not reads_notes(user.role):
        return ()
    return tuple(
        NoteRow(
            note,
            houses.get(note.partner, note.partner) if note.partner else None,
            may_take_back(user, note),
        )
        for note in told
        if note.withdrawn_at is None
    )
