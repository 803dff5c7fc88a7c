"""A house whose record was merged into another keeps what it runs, watches, wrote and was invited to."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from dashboard.answers.focus import focus_topics
from dashboard.answers.picture import picture
from etl.model.accounts import User
from etl.model.bodies import body_of
from etl.model.composition import guests
from etl.model.focus import notes, topic_of
from etl.model.judgements import root_of
from etl.model.process_steps import line_words
from etl.model.spots import spot_comments
from etl.model.store import Store
from etl.pipeline.enter import enter
from etl.pipeline.focus import finish_step, note_seen, store_step, store_topic, take_back_note
from etl.pipeline.interface.lines import say_lines, take_back
from etl.pipeline.meeting.bodies import store_body, store_member
from etl.pipeline.meeting.inviting import invite_house, take_back_invitation
from etl.pipeline.meeting.planning import Wish, plan_meeting
from etl.pipeline.meeting.refused import MeetingRefused
from etl.pipeline.meeting.rights import runs
from etl.pipeline.merging import merge, undo_judgement
from etl.pipeline.spots import comment_spot, take_back_comment
from etl.rules.focus import FocusStep, Topic
from etl.rules.meeting import Body, Member
from tests.signed_in import a_user

_NOW = dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)
_DAY = dt.date(2026, 10, 1)
_STATED: dict[str, Any] = {"day": _DAY, "person": "Amt", "reason": "Liste", "now": _NOW}


class _Network:
    """The VHS runs a body, watches a topic and wrote a note, a comment and a word about a line; a second record of it
    is there, as another list names it."""

    def __init__(self, store: Store) -> None:
        self.store, self.office = store, a_user(store, "amt", "coordinator")
        self.vhs, self.twin, self.other = (self.house(n) for n in ("VHS", "Volkshochschule", "DRK"))
        self.user = a_user(store, "vhs", "partner", partner=self.vhs)
        self.body = store_body(store, self.office, Body(0, "AG Sprache", "working_group", self.vhs), now=_NOW)
        topic = Topic(0, "Abendkurse", _DAY, watched_by=self.vhs, sites=(self.vhs, self.other))
        self.topic = store_topic(store, self.office, topic, now=_NOW)
        self.step = store_step(store, self.office, FocusStep(0, self.topic, "Raum suchen", self.vhs), now=_NOW)
        self.note = note_seen(store, self.user, f"focus-{self.topic}", _DAY, "Läuft.", now=_NOW)
        self.comment = comment_spot(store, self.user, "bridge:x", (self.vhs,), "Wir suchen.", now=_NOW)
        line = {"step": "language", "organisation": "VHS", "role": "leads"}
        record = enter(store, "interface", line, partner=self.vhs, **_STATED).key
        say_lines(store, self.user, {record: "Raum 2"}, day=_DAY, now=_NOW)

    def house(self, name: str) -> str:
        return enter(self.store, "partner", {"name": name}, **_STATED).key

    def merged(self) -> tuple[User, int]:
        """Its person as signed in after the office kept the other record, and the number that takes it back."""
        number = merge(self.store, self.twin, self.vhs, person="Amt", reason="ein Haus", now=_NOW)
        with self.store.reading() as connection:
            return replace(self.user, partner=root_of(connection, self.vhs)), number


@pytest.fixture
def network(sqlite_store: Store) -> _Network:
    return _Network(sqlite_store)


def test_it_runs_watches_and_wrote_what_it_did_before(network: _Network) -> None:
    store, (user, _) = network.store, network.merged()
    assert user.partner == network.twin
    with store.reading() as connection:
        body, topic = body_of(connection, network.body.id), topic_of(connection, network.topic)
        said = [word.partner for word in line_words(connection)] + [row.partner for row in spot_comments(connection)]
        assert {note.partner for note in notes(connection)} == {network.twin}
    assert body is not None
    assert topic is not None
    assert runs(user, body)
    assert (topic.watched_by, topic.sites) == (network.twin, (network.twin, network.other))
    assert said == [network.twin, network.twin]
    finish_step(store, user, network.topic, network.step, day=_DAY, now=_NOW)
    note_seen(store, user, f"focus-{network.topic}", _DAY, "Weiter.", now=_NOW)
    take_back_note(store, user, network.note, now=_NOW)
    take_back_comment(store, user, network.comment, now=_NOW)
    with store.reading() as connection:
        word = line_words(connection)[0]
    take_back(store, user, word.id, now=_NOW)
    store_topic(store, user, Topic(0, "Neu", _DAY, body=network.body.id), now=_NOW)


def test_the_page_names_it_and_saving_the_form_drops_nobody(network: _Network) -> None:
    user, _ = network.merged()
    row = focus_topics(network.store, picture(network.store, _DAY), user).row(network.topic)
    assert row is not None
    assert row.names[row.topic.watched_by or ""] == "Volkshochschule"
    assert [(note.house, note.may_take_back) for note in row.notes] == [("Volkshochschule", True)]
    assert (row.may_note, row.quiet_sites) == (True, (network.other,))
    store_topic(network.store, network.office, replace(row.topic, why="Neu"), seen=row.topic, now=_NOW)


def test_taken_back_each_has_its_own_again(network: _Network) -> None:
    user, number = network.merged()
    undo_judgement(network.store, number, now=_NOW, by="Amt")
    with network.store.reading() as connection:
        body, topic = body_of(connection, network.body.id), topic_of(connection, network.topic)
    assert body is not None
    assert topic is not None
    assert (runs(user, body), runs(network.user, body), topic.watched_by) == (False, True, network.vhs)


def test_it_is_invited_once_and_not_beside_its_own_seat(network: _Network) -> None:
    store, office = network.store, network.office
    wish = Wish(network.body.id, "AG Sprache, Herbst", dt.date(2026, 11, 10), dt.time(14))
    meeting = plan_meeting(store, office, wish, day=_DAY, reason="geplant", now=_NOW).key
    for house in (network.vhs, network.twin):
        invite_house(store, office, meeting, house, now=_NOW)
    network.merged()

    def invited() -> dict[str, bool | None]:
        with store.reading() as connection:
            return guests(connection).get(meeting, {})

    assert invited() == {network.twin: None}
    invite_house(store, office, meeting, network.vhs, now=_NOW)
    assert invited() == {network.twin: None}
    take_back_invitation(store, office, meeting, network.twin)
    assert invited() == {}
    store_member(store, office, Member(0, network.body.id, "Ada Beispiel", network.vhs), now=_NOW)
    for house in (network.vhs, network.twin):
        with pytest.raises(MeetingRefused, match=r"^member_already:"):
            invite_house(store, office, meeting, house, now=_NOW)
