"""What a body, its office or the responsible house says of an agreement or decision afterwards; nothing is lost by it.

A word that holds is an entry on the record like any other, so that it is undone and asked for its source alike. What
the responsible house proposes waits until whoever runs the body takes it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from etl.model.accounts import User
from etl.model.bodies import body_of
from etl.model.following import add_word, note_in, own_words, say_own_words, settle_word, word_of
from etl.model.meetings import meeting_roles, plan_of
from etl.model.presenting import raise_revision, running_presentations
from etl.model.state import Known, State, state_on
from etl.model.store import Connection, Store, raise_version
from etl.pipeline.authority import NotYours
from etl.pipeline.enter import EntryRefused, enter_in, refuse_client
from etl.pipeline.meeting.followed import extras_in
from etl.pipeline.meeting.rights import records, runs
from etl.pipeline.picture.facts import facts_of
from etl.rules.facts import Facts
from etl.rules.follow_up import TO_NOTE, Extras, Followed, bodies_of, follow_up
from etl.rules.meeting import Body

#: What can be said of one that is not off the list.
KINDS = ("done", "moved", "permanent")
#: What its responsible house can say itself.
PROPOSALS = ("done", "moved")
_DONE = {"agreement": "kept", "decision": "done"}
#: A new date leaves these as they are; anything else is being carried out again.
_GOES_ON = frozenset({"open", "in_progress", "ongoing", "decided"})


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody says: ``text`` is the note of completion, the reason or the next step; ``due`` the new date or that
    of the next step; ``responsible``: names of the houses, where that was missing."""

    kind: str
    text: str
    due: dt.date | None = None
    responsible: str = ""


@dataclass(frozen=True, slots=True)
class _Here:
    """What a transaction looks at."""

    state: State
    facts: Facts
    extras: Extras

    def followed(self, record: str) -> Followed:
        found = next((f for f in follow_up(self.facts, self.extras) if f.key == self.state.counts_as(record)), None)
        if found is None:
            raise EntryRefused("not_there", record)
        return found

    def known(self, record: str) -> Known:
        known = self.state.find(record)
        assert known is not None, "it is among what is followed up"
        return known

    def bodies(self, record: str) -> tuple[Body, ...]:
        """What is nobody's is the steering group's (``etl.rules.follow_up.of_body``)."""
        numbers = bodies_of(record, self.facts, self.extras)
        if not numbers:
            return tuple(body for body in self.extras.bodies if body.kind == "steering_group")
        return tuple(body for body in self.extras.bodies if body.id in numbers)


def may_say(user: User, bodies: Sequence[Body]) -> bool:
    """The office always, a partner for what is of a body that it runs."""
    return user.role == "coordinator" or any(runs(user, body) for body in bodies)


def may_propose(user: User, followed: Followed) -> bool:
    """The house that is responsible for it."""
    return user.role == "partner" and user.partner is not None and user.partner in followed.houses


def records_in(connection: Connection, user: User, meeting: str, body: Body | None) -> bool:
    """Whether this person records in a meeting of the body."""
    plan = plan_of(connection, meeting)
    if body is None or plan is None or plan.body != body.id:
        return False
    return records(user, body, meeting_roles(connection, meeting))


def say_of(
    store: Store, user: User, record: str, word: Word, *, day: dt.date, now: dt.datetime, meeting: str | None = None
) -> int:
    """State ``word`` about an agreement or decision as of ``day``; the number of the entry.

    Raises ``NotYours``, and ``EntryRefused``: not_there, without_reason, without_date, date_past, not_possible (no such
    word), same_value, single_client.
    """
    _check(word, day)
    with store.writing() as connection:
        here = _here(connection, day)
        followed = here.followed(record)
        if not may_say(user, here.bodies(followed.key)) and not _records(connection, user, here, followed, meeting):
            raise NotYours
        entry = _enter(connection, here.known(followed.key), word, user, day, now)
        _keep(connection, followed.key, word, user, now, state="said", entry=entry, meeting=meeting)
        _changed(connection, meeting)
    return entry


def propose(store: Store, user: User, record: str, word: Word, *, day: dt.date, now: dt.datetime) -> int:
    """The responsible house says that it is done, or why not and until when; whoever runs the body takes it. The number
    of the word. Raises as ``say_of``; not_possible where one is waiting already."""
    _check(word, day)
    with store.writing() as connection:
        here = _here(connection, day)
        followed = here.followed(record)
        if not may_propose(user, followed):
            raise NotYours
        if word.kind not in PROPOSALS or followed.proposed is not None or not followed.on_list:
            raise EntryRefused("not_possible", word.kind)
        number = _keep(connection, followed.key, word, user, now, state="proposed", partner=user.partner)
        raise_version(connection)
    return number


def settle(store: Store, user: User, number: int, *, take: bool, day: dt.date, now: dt.datetime) -> None:
    """Take or refuse what a house proposed. Raises ``NotYours``; ``EntryRefused``: not_there, changed_since (it was
    settled meanwhile), date_past (the new date has passed since)."""
    with store.writing() as connection:
        row = word_of(connection, number)
        if row is None:
            raise EntryRefused("not_there", str(number))
        here = _here(connection, day)
        followed = here.followed(row.record)
        if not may_say(user, here.bodies(followed.key)):
            raise NotYours
        entry = None
        if take:
            word = Word(row.kind, row.text, row.due)
            _check(word, day)
            entry = _enter(connection, here.known(followed.key), word, user, day, now)
        if not settle_word(connection, number, "taken" if take else "refused", entry, by=user.display_name, now=now):
            raise EntryRefused("changed_since", str(number))
        _changed(connection)


def note(
    store: Store, user: User, keys: Sequence[str], *, meeting: str, day: dt.date, now: dt.datetime, text: str = ""
) -> int:
    """The body takes note, at a meeting, of what is done or given up: off the list from now on; how many.

    What the data show and nobody said is stated as done with it; ``text`` is its note of completion then. Raises
    ``NotYours``; ``EntryRefused``: not_there, not_possible (it is still to be done), without_reason.
    """
    with store.writing() as connection:
        here = _here(connection, day)
        for key in keys:
            followed = here.followed(key)
            if not may_say(user, here.bodies(followed.key)) and not _records(connection, user, here, followed, meeting):
                raise NotYours
            if followed.state not in TO_NOTE:
                raise EntryRefused("not_possible", key)
            at = now
            if followed.state == "fulfilled":
                word = Word("done", text)
                _check(word, day)
                entry = _enter(connection, here.known(followed.key), word, user, day, now)
                _keep(connection, followed.key, word, user, now, state="said", entry=entry, meeting=meeting)
                at = _known_from(connection, here, followed.key, now)
            note_in(connection, followed.key, meeting, by=user.display_name, now=at)
        _changed(connection, meeting)
    return len(keys)


def write_own_words(store: Store, user: User, body: int, text: str, *, now: dt.datetime) -> None:
    """The group's own words for those who join late; blank takes them away. Raises ``NotYours``, ``EntryRefused``."""
    refuse_client([text])
    with store.writing() as connection:
        found = body_of(connection, body)
        if found is None:
            raise EntryRefused("not_there", str(body))
        if not runs(user, found):
            raise NotYours
        before = own_words(connection, body)
        if text.strip() != (before.text if before else ""):
            say_own_words(connection, body, text.strip(), by=user.display_name, now=now)


def _changed(connection: Connection, meeting: str | None = None) -> None:
    """Every wall that is being followed may show it: the list of what was agreed is shown as it stands."""
    raise_version(connection)
    for running in {*running_presentations(connection), *([meeting] if meeting else [])}:
        raise_revision(connection, running)


def _check(word: Word, day: dt.date) -> None:
    if word.kind not in KINDS:
        raise EntryRefused("not_possible", word.kind)
    if not word.text.strip():
        raise EntryRefused("without_reason")
    if word.kind != "done" and word.due is None:
        raise EntryRefused("without_date")
    if word.kind != "done" and word.due is not None and word.due < day:
        raise EntryRefused("date_past", word.due.isoformat())
    refuse_client([word.text, word.responsible])


def _here(connection: Connection, day: dt.date) -> _Here:
    state = state_on(connection, day)
    return _Here(state, facts_of(connection, state, day), extras_in(connection, state))


def _records(connection: Connection, user: User, here: _Here, followed: Followed, meeting: str | None) -> bool:
    """Whoever records in a meeting, for what is of its body."""
    return meeting is not None and any(records_in(connection, user, meeting, b) for b in here.bodies(followed.key))


def _enter(connection: Connection, known: Known, word: Word, user: User, day: dt.date, now: dt.datetime) -> int:
    values: dict[str, Any] = {}
    if word.kind == "done":
        values["status"] = _DONE[known.kind]
    else:
        assert word.due is not None, "checked before"
        values = {"due": word.due.isoformat(), "due_precision": "day"}
        if word.kind == "moved" and values["due"] == known.value("due"):
            raise EntryRefused("same_value")
        if word.kind == "permanent":
            values |= {"status": "ongoing", "comment": word.text.strip()}
        elif known.value("status") not in _GOES_ON:
            values["status"] = "in_progress"
    if word.responsible.strip():
        values["responsible"] = [word.responsible.strip()]
    reason = word.text.strip()
    return enter_in(
        connection, known.kind, values, day=day, person=user.display_name, reason=reason, now=now, key=known.key
    ).number


def _keep(connection: Connection, record: str, word: Word, user: User, now: dt.datetime, **more: Any) -> int:
    said = {"kind": word.kind, "due": word.due, "text": word.text.strip(), "by": user.display_name, "at": now}
    return add_word(connection, record=record, **said, **more)


def _known_from(connection: Connection, here: _Here, record: str, now: dt.datetime) -> dt.datetime:
    """Not earlier than since when it is known to be done: an entry may be known later than the clock says."""
    known = state_on(connection, here.facts.day).find(record)
    return max([now, *(s.known_from for s in known.said)]) if known else now
