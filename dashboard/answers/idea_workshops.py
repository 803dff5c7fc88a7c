"""Idea workshops as the page shows them: who may rate, how far people are, and what was said once one is closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from etl.model.accounts import User
from etl.model.bodies import body_of
from etl.model.store import Connection, Store
from etl.model.workshops import dots, voices, workshops
from etl.pipeline.ideas import changing, collecting, rating
from etl.pipeline.ideas.collecting import COLLECTS, Collected
from etl.pipeline.ideas.rating import Copied
from etl.rules.days import in_berlin
from etl.rules.facts import Idea
from etl.rules.finding import Finding
from etl.rules.idea_workshop import (
    CRITERIA,
    QUADRANTS,
    Quadrant,
    Rated,
    Voice,
    Workshop,
    most_divided,
    rated,
    sorted_by,
)

__all__ = ["COLLECTS", "CRITERIA", "Collected", "Copied", "Marks", "Standing", "WorkshopView", "become", "changeable",
           "close", "cluster", "collect", "copy", "count_dots", "open_new", "open_one", "rate", "reword",
           "standing", "withdraw"]  # fmt: skip

Marks = Mapping[str, Mapping[str, int | None]]


@dataclass(frozen=True, slots=True)
class WorkshopView:
    """A workshop as one user sees it. ``ideas`` by challenge, those that are still there; ``mine``: what this user
    said, by idea; ``may_rate``: sits in the body. ``people`` have rated something, ``finished`` every idea: how many,
    never who."""

    workshop: Workshop
    body: str | None
    ideas: tuple[Idea, ...]
    mine: Mapping[str, Voice]
    may_rate: bool
    people: int
    finished: int

    @property
    def done(self) -> int:
        """How many ideas this user has rated by all three criteria."""
        return sum(1 for idea in self.ideas if _whole(self.mine.get(idea.key)))


@dataclass(frozen=True, slots=True)
class Standing:
    """All ideas as they stand, simple and strong first. ``workshops`` closed so far, the latest first."""

    found: tuple[Rated, ...]
    workshops: tuple[Workshop, ...]

    def of(self, quadrant: Quadrant | None) -> tuple[Rated, ...]:
        return tuple(one for one in self.found if one.quadrant == quadrant)

    @property
    def finding(self) -> Finding:
        """How many are simple and strong, then where people disagree most."""
        total = sum(1 for one in self.found if one.quadrant)
        if not total:
            return Finding("idea.results.none")
        apart = most_divided(self.found)
        also = Finding(f"idea.divided.{apart[0]}", {"n": apart[1]}) if apart else None
        return Finding("idea.results.first", {"n": len(self.of(QUADRANTS[0])), "total": total}, also)


def open_one(store: Store, picture: Picture, user: User, now: dt.datetime) -> WorkshopView | None:
    """The workshop that is open."""
    with store.reading() as connection:
        found = next((one for one in workshops(connection) if one.closed_at is None), None)
        return _view(connection, found, picture, user, now) if found else None


def _view(connection: Connection, workshop: Workshop, picture: Picture, user: User, now: dt.datetime) -> WorkshopView:
    known = {idea.key: idea for idea in picture.facts.ideas}
    ideas = [known[key] for key in workshop.ideas if key in known]
    by_person: dict[str, dict[str, Voice]] = {}
    for voice in voices(connection, workshop.id):
        by_person.setdefault(voice.username, {})[voice.idea] = voice
    body = body_of(connection, workshop.body) if workshop.body is not None else None
    return WorkshopView(
        workshop=workshop,
        body=body.name if body else None,
        ideas=tuple(sorted(ideas, key=lambda i: (not i.cluster, alphabetical(i.cluster or ""), alphabetical(i.title)))),
        mine=by_person.get(user.username, {}),
        may_rate=rating.sits_in(connection, user, workshop, in_berlin(now)),
        people=len(by_person),
        finished=sum(1 for said in by_person.values() if all(_whole(said.get(idea.key)) for idea in ideas)),
    )


def _whole(voice: Voice | None) -> bool:
    return voice is not None and all(getattr(voice, name) is not None for name in CRITERIA)


def standing(store: Store, picture: Picture, number: int | None = None) -> Standing:
    """All ideas with what the latest closed workshop said of each, or those of workshop ``number``. What is still open
    says nothing, nor what was closed after the moment the picture shows."""
    facts = picture.facts
    known = {idea.key: idea for idea in facts.ideas}
    with store.reading() as connection:
        closed = tuple(w for w in workshops(connection) if _over(w, facts.day, facts.known_on))
        chosen = [one for one in closed if one.id == number] if number is not None else list(closed)
        found: dict[str, Rated] = {} if number is not None else {r.idea.key: r for r in rated(facts.ideas, (), ())}
        for workshop in reversed(chosen):
            ideas = [known[key] for key in workshop.ideas if key in known]
            for one in rated(ideas, voices(connection, workshop.id), dots(connection, workshop.id)):
                if one.opinions or one.idea.key not in found or not found[one.idea.key].opinions:
                    found[one.idea.key] = one
    return Standing(sorted_by(found.values()), closed)


def _over(workshop: Workshop, day: dt.date, known_on: dt.datetime | None) -> bool:
    closed = workshop.closed_at
    return closed is not None and workshop.day <= day and (known_on is None or closed <= known_on)


collect, cluster, become = collecting.collect, collecting.cluster_ideas, collecting.become_measure
changeable, reword, withdraw = changing.changeable_ideas, changing.reword_idea, changing.withdraw_idea
open_new, close, rate = rating.open_workshop, rating.close_workshop, rating.rate
copy, count_dots = rating.copy_ratings, rating.enter_dots
