"""Focus topics, their steps and the notes of who watches them.

The office lays topics down, or the partner that runs the body they were agreed in. Whoever watches one, and the sites
it runs across, note what they see; whoever is responsible for a step says that it is done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from etl.model.accounts import User
from etl.model.bodies import body_of
from etl.model.focus import add_note, notes, save_step, save_topic, topic_of, topics, withdraw_note
from etl.model.meetings import plan_of
from etl.model.state import state_on
from etl.model.store import Connection, Store
from etl.pipeline.meeting.refused import MeetingRefused, refuse_clients
from etl.pipeline.meeting.rights import runs
from etl.pipeline.typed_text import one_line, paragraphs, refuse_day, refuse_long
from etl.rules.days import in_berlin
from etl.rules.focus import FocusStep, Note, Topic, about_topic

_GOAL = "goal-"
#: Characters of a topic's title, and of whatever else is said about it.
LONGEST_TITLE, LONGEST = 400, 2000


def store_topic(store: Store, user: User, topic: Topic, *, now: dt.datetime, seen: Topic | None = None) -> int:
    """A new topic (``id`` 0) or what is now said of one (``seen``: as it was shown); its number. Raises
    ``MeetingRefused`` (also before_start: it ends before it was agreed; too_late: agreed after today)."""
    told = replace(topic, title=one_line(topic.title), why=paragraphs(topic.why))
    if not told.title:
        raise MeetingRefused("without_name")
    if told.ended_on is not None and told.ended_on < told.agreed_on:
        raise MeetingRefused("before_start", told.title)
    if told.agreed_on > in_berlin(now):
        raise MeetingRefused("too_late", told.title)
    refuse_day(MeetingRefused, told.agreed_on, told.ended_on)
    refuse_long(MeetingRefused, told.title, LONGEST_TITLE)
    refuse_long(MeetingRefused, told.why, LONGEST)
    refuse_clients([told.title, told.why])
    with store.writing() as connection:
        if told.id:
            before = _topic(connection, told.id)
            _lays_down(connection, user, before)
            if seen is not None and seen != before:
                raise MeetingRefused("changed_since", before.title)
        _lays_down(connection, user, told)
        _refuse_unknown(connection, "partner", [*told.sites, *([told.watched_by] if told.watched_by else [])])
        _refuse_unknown(connection, "goal", told.goals)
        if told.meeting is not None and plan_of(connection, told.meeting) is None:
            raise MeetingRefused("not_there", told.meeting)
        return save_topic(connection, told, by=user.display_name, now=now)


def store_step(store: Store, user: User, step: FocusStep, *, now: dt.datetime, seen: FocusStep | None = None) -> int:
    """A new step (``id`` 0) or what is now said of one; its number. Raises ``MeetingRefused`` (also before_start: due
    before its topic was agreed)."""
    told = replace(step, text=one_line(step.text))
    if not told.text:
        raise MeetingRefused("without_name")
    refuse_day(MeetingRefused, told.due)
    refuse_long(MeetingRefused, told.text, LONGEST)
    refuse_clients([told.text])
    if told.done_on is not None and told.done_on > in_berlin(now):
        raise MeetingRefused("too_late", told.text)
    with store.writing() as connection:
        topic = _topic(connection, told.topic)
        _lays_down(connection, user, topic)
        if told.due is not None and told.due < topic.agreed_on:
            raise MeetingRefused("before_start", told.text)
        before = next((one for one in topic.steps if one.id == told.id), None)
        if told.id and (before is None or (seen is not None and seen != before)):
            raise MeetingRefused("changed_since", told.text)
        _refuse_unknown(connection, "partner", [told.responsible] if told.responsible else [])
        return save_step(connection, told, by=user.display_name, now=now)


def finish_step(
    store: Store, user: User, topic: int, step: int, *, day: dt.date | None, now: dt.datetime
) -> None:  # fmt: skip
    """A step is done since ``day`` (None: it is open again): said by whoever lays the topic down, watches it, or is
    responsible for the step. Raises ``MeetingRefused``."""
    refuse_day(MeetingRefused, day)
    if day is not None and day > in_berlin(now):
        raise MeetingRefused("too_late")
    with store.writing() as connection:
        found = _topic(connection, topic)
        before = next((one for one in found.steps if one.id == step), None)
        if before is None:
            raise MeetingRefused("not_there")
        if not may_finish(user, found, before) and not _may_lay_down(connection, user, found):
            raise MeetingRefused("not_allowed", found.title)
        save_step(connection, replace(before, done_on=day), by=user.display_name, now=now)


def note_seen(store: Store, user: User, about: str, day: dt.date, text: str, *, now: dt.datetime) -> int:
    """What somebody who watches saw on ``day``, about a topic or a goal (see ``Note.about``); the note's number. Raises
    ``MeetingRefused`` (also too_late: a day that has not come)."""
    said = paragraphs(text)
    if not said:
        raise MeetingRefused("without_name")
    if day > in_berlin(now):
        raise MeetingRefused("too_late", said)
    refuse_day(MeetingRefused, day)
    refuse_long(MeetingRefused, said, LONGEST)
    refuse_clients([said])
    with store.writing() as connection:
        if not may_note_in(connection, user, about):
            raise MeetingRefused("not_allowed")
        partner = None if user.role == "coordinator" else user.partner
        return add_note(connection, Note(0, about, day, said, user.display_name, partner), now)


def take_back_note(store: Store, user: User, number: int, *, now: dt.datetime) -> None:
    """By the office or the house that wrote it; it stays as withdrawn. Raises ``MeetingRefused``."""
    with store.writing() as connection:
        note = next((one for one in notes(connection) if one.id == number and one.withdrawn_at is None), None)
        if note is None:
            raise MeetingRefused("not_there")
        if not may_take_back(user, note):
            raise MeetingRefused("not_allowed")
        withdraw_note(connection, number, by=user.display_name, now=now)


def may_note_in(connection: Connection, user: User, about: str) -> bool:
    """The office about everything; a house about topics it watches or runs across its site, and about their goals."""
    if about.startswith(_GOAL) and state_on(connection, kinds=["goal"]).find(about) is None:
        return False
    return may_note(user, about, topics(connection))


def may_note(user: User, about: str, every: Iterable[Topic]) -> bool:
    """As ``may_note_in``, of a topic or of a goal there is."""
    known = [topic for topic in every if about in (about_topic(topic.id), *topic.goals)]
    if user.role == "coordinator":
        return about.startswith(_GOAL) or bool(known)
    return _speaks(user) and any(user.partner in (topic.watched_by, *topic.sites) for topic in known)


def may_finish(user: User, topic: Topic, step: FocusStep) -> bool:
    """Beside whoever lays the topic down: the house that is responsible, and the one that watches."""
    return _speaks(user) and user.partner in (step.responsible, topic.watched_by)


def may_take_back(user: User, note: Note) -> bool:
    return user.role == "coordinator" or (_speaks(user) and user.partner == note.partner)


def _speaks(user: User) -> bool:
    """For a house; observers look only."""
    return user.partner is not None and user.role != "observer"


def _lays_down(connection: Connection, user: User, topic: Topic) -> None:
    if not _may_lay_down(connection, user, topic):
        raise MeetingRefused("not_allowed", topic.title)


def _may_lay_down(connection: Connection, user: User, topic: Topic) -> bool:
    body = body_of(connection, topic.body) if topic.body is not None else None
    if topic.body is not None and body is None:
        raise MeetingRefused("not_there")
    return runs(user, body) if body is not None else user.role == "coordinator"


def _topic(connection: Connection, number: int) -> Topic:
    found = topic_of(connection, number)
    if found is None:
        raise MeetingRefused("not_there")
    return found


def _refuse_unknown(connection: Connection, kind: str, keys: Sequence[str]) -> None:
    if keys:
        state = state_on(connection, kinds=[kind])
        for key in keys:
            found = state.find(key)
            if found is None or found.kind != kind:
                raise MeetingRefused("no_such_partner" if kind == "partner" else "not_there", key)
