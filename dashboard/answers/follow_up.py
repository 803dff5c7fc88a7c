"""Agreements and decisions followed up, for a body or one of its meetings: what stands, and who may say what of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from dashboard.answers.picture import Picture
from etl.model.accounts import User
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline.authority import NotYours
from etl.pipeline.enter import EntryRefused
from etl.pipeline.meeting import following
from etl.pipeline.meeting.followed import extras_in, title_of
from etl.pipeline.meeting.following import Word, may_propose, may_say
from etl.pipeline.picture.facts import facts_of
from etl.rules.finding import Finding
from etl.rules.follow_up import (
    TO_NOTE,
    Extras,
    Followed,
    bodies_of,
    follow_up,
    follow_up_finding,
    of_body,
    open_agreements,
)
from etl.rules.follow_up_checks import Check
from etl.rules.meeting import Body

__all__ = ["About", "FollowRow", "FollowUp", "Word", "extras_of", "followed_for", "overdue_of", "say_about"]


#: Number of a body that has no row.
_ONLY_NAMED = -1


@dataclass(frozen=True, slots=True)
class About:
    """A goal, measure, partner … by its name; ``kind`` of record."""

    key: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class House:
    """A responsible house; ``stance`` where it promised in the room itself."""

    name: str
    stance: str | None = None


@dataclass(frozen=True, slots=True)
class FollowRow:
    """One line. ``houses`` are names, or the words of the list where they name no partner we know; ``targets``: what
    its checks look at; ``asked``: houses that have not answered. ``says``, ``proposes``: whether this person may;
    ``proposer``: name of the house that proposes. ``listed``: a list calls it the decision of a body that may not
    decide."""

    followed: Followed
    houses: tuple[House, ...]
    targets: Mapping[str, About]
    about: tuple[About, ...]
    asked: tuple[str, ...] = ()
    says: bool = False
    proposes: bool = False
    proposer: str = ""
    listed: bool = False

    @property
    def key(self) -> str:
        return self.followed.key

    @property
    def to_note(self) -> bool:
        return self.followed.state in TO_NOTE

    def target(self, check: Check) -> str:
        found = self.targets.get(check.expectation.target)
        return found.title if found else check.expectation.target


@dataclass(frozen=True, slots=True)
class AskedRow:
    """What nobody has promised yet: the names of the houses that were asked, the meeting it was written down in."""

    title: str
    houses: tuple[str, ...]
    due: dt.date | None
    meeting: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """``rows`` stand on the list, ``noted`` have left it, the latest first; ``asked`` bind nobody yet."""

    finding: Finding
    rows: tuple[FollowRow, ...]
    noted: tuple[FollowRow, ...] = ()
    asked: tuple[AskedRow, ...] = ()
    day: dt.date = field(default=dt.date.min)

    @property
    def overdue(self) -> int:
        return sum(row.followed.state == "overdue" for row in self.rows)


def extras_of(store: Store, picture: Picture) -> Extras:
    """Read anew each time: bodies and plans change without the facts."""
    with store.reading() as connection:
        return extras_in(connection, picture.state)


def standing_now(store: Store, body: Body, day: dt.date) -> tuple[Followed, ...]:
    """What is on a body's list at this moment, whatever day its papers show: what was said a minute ago counts."""
    with store.reading() as connection:
        state = state_on(connection, day)
        return open_agreements(facts_of(connection, state, day), extras_in(connection, state), body, day)


def standing_then(store: Store, picture: Picture, body: Body) -> tuple[Followed, ...]:
    """What was on a body's list as the picture knows it."""
    return open_agreements(picture.facts, extras_of(store, picture), body, picture.facts.day)


def followed_for(
    store: Store,
    picture: Picture,
    user: User,
    body: Body | None,
    *,
    named: str | None = None,
    meeting: str | None = None,
) -> FollowUp:
    """The list of a body (None: of one that is only ``named`` in lists, or of the whole network). ``meeting``: in which
    whoever records in it may say things too."""
    extras = extras_of(store, picture)
    if body is None and named:
        body = Body(_ONLY_NAMED, named, "working_group")
        extras = replace(extras, bodies=(*extras.bodies, body))
    found = [f for f in follow_up(picture.facts, extras) if body is None or of_body(f.key, picture.facts, extras, body)]
    with store.reading() as connection:
        recorder = meeting is not None and following.records_in(connection, user, meeting, body)
    rows = [_row(one, picture, extras, user, recorder) for one in found]
    if picture.facts.known_on is not None:  # as it was shown then: nothing is said into the past
        rows = [replace(row, says=False, proposes=False) for row in rows]
    noted = sorted((r for r in rows if not r.followed.on_list), key=lambda r: _noted_at(r.followed), reverse=True)
    return FollowUp(
        finding=follow_up_finding(found),
        rows=tuple(row for row in rows if row.followed.on_list),
        noted=tuple(noted),
        asked=_asked(picture, extras, body),
        day=picture.facts.day,
    )


def _asked(picture: Picture, extras: Extras, body: Body | None) -> tuple[AskedRow, ...]:
    titles = {meeting.key: meeting.title for meeting in picture.facts.meetings}
    own = [one for one in extras.asked if body is None or extras.body_of.get(one.meeting) == body.id]
    return tuple(
        AskedRow(one.title, tuple(picture.names_of(one.houses).values()), one.due, titles.get(one.meeting, ""))
        for one in own
    )


def _noted_at(followed: Followed) -> dt.datetime:
    return max((one.at for one in followed.noted), default=dt.datetime.min.replace(tzinfo=dt.UTC))


def overdue_of(store: Store, picture: Picture) -> dict[int, int]:
    """Number of a body -> how many of its agreements and decisions are late."""
    extras = extras_of(store, picture)
    late = [f for f in follow_up(picture.facts, extras) if f.state == "overdue"]
    return {b.id: sum(of_body(f.key, picture.facts, extras, b) for f in late) for b in extras.bodies}


def _row(followed: Followed, picture: Picture, extras: Extras, user: User, recorder: bool) -> FollowRow:
    numbers = bodies_of(followed.key, picture.facts, extras)
    steering = [body for body in extras.bodies if body.kind == "steering_group"]
    bodies = [body for body in extras.bodies if body.id in numbers] if numbers else steering
    targets = {one.expectation.target for one in followed.checks}
    proposed = followed.proposed
    return FollowRow(
        followed=followed,
        houses=_houses(followed, picture, extras),
        targets={key: found for key in targets if (found := about_of(picture, key))},
        about=tuple(found for key in followed.about if (found := about_of(picture, key))),
        asked=tuple(
            picture.names_of(k for k, s in extras.stances.get(followed.key, {}).items() if s == "open").values()
        ),
        says=recorder or may_say(user, bodies),
        proposes=may_propose(user, followed) and proposed is None and followed.on_list,
        proposer=picture.names_of([proposed.partner]).get(proposed.partner, proposed.partner) if proposed else "",
        listed=followed.result == "decision" and bool(bodies) and not any(body.may_decide for body in bodies),
    )


def _houses(followed: Followed, picture: Picture, extras: Extras) -> tuple[House, ...]:
    names = picture.names_of(followed.houses)
    if not names:
        return (House(followed.responsible),) if followed.responsible else ()
    stances = extras.stances.get(followed.key, {})
    return tuple(House(name, stances.get(key)) for key, name in names.items())


def about_of(picture: Picture, key: str) -> About | None:
    known = picture.state.find(key)
    if known is None:
        return None
    goal = picture.facts.goal_by_key.get(known.key)
    return About(known.key, known.kind, (goal.short_title or goal.title) if goal else title_of(known))


Outcome = Literal["said", "proposed", "taken", "refused", "noted"]


def say_about(
    store: Store, user: User, record: str, word: Word, *, day: dt.date, now: dt.datetime, meeting: str | None, own: bool
) -> str:
    """Say it, or propose it for one's ``own`` house; said, proposed or the code of why not."""
    try:
        if own:
            following.propose(store, user, record, word, day=day, now=now)
            return "proposed"
        following.say_of(store, user, record, word, day=day, now=now, meeting=meeting)
    except EntryRefused as refused:
        return refused.code
    except NotYours:
        return "not_yours"
    return "said"


def settle_proposal(store: Store, user: User, number: int, *, take: bool, day: dt.date, now: dt.datetime) -> str:
    """taken, refused or the code of why not."""
    try:
        following.settle(store, user, number, take=take, day=day, now=now)
    except EntryRefused as refused:
        return refused.code
    except NotYours:
        return "not_yours"
    return "taken" if take else "refused"


def note_all(
    store: Store, user: User, keys: Sequence[str], *, meeting: str, day: dt.date, now: dt.datetime, text: str
) -> str:
    """noted or the code of why not: all of them or none."""
    try:
        following.note(store, user, keys, meeting=meeting, day=day, now=now, text=text)
    except EntryRefused as refused:
        return refused.code
    except NotYours:
        return "not_yours"
    return "noted"
