"""Focus topics, steps and notes in the store: who may, what is refused, what stays."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from dashboard.answers.focus import Focus, focus_topics, notes_on
from dashboard.answers.picture import picture
from dashboard.parts.focus_words import notes as shown_notes
from etl.model.accounts import User, find_user
from etl.model.focus import notes, topic_of
from etl.model.store import Store
from etl.pipeline.catalogue import add_record
from etl.pipeline.enter import enter
from etl.pipeline.focus import finish_step, note_seen, store_step, store_topic, take_back_note
from etl.pipeline.meeting.bodies import store_body
from etl.pipeline.meeting.refused import MeetingRefused
from etl.rules.focus import FocusStep, Note, Topic, focus_finding, state_of
from etl.rules.meeting import Body
from etl.wording import say
from tests.demo import DEMO_DAY
from tests.signed_in import a_user

_NOW = dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)
_DAY = dt.date(2026, 10, 1)
_AGREED = dt.date(2026, 9, 1)


def _refused(code: str) -> Any:
    return pytest.raises(MeetingRefused, match=f"^{code}:")


class _Network:
    """A goal and three houses: one watches, one is a site, one has nothing to do with it."""

    def __init__(self, store: Store) -> None:
        self.store, self.office = store, a_user(store, "amt", "coordinator")
        stated: dict[str, Any] = {"day": _DAY, "person": "Amt", "reason": "Liste", "now": _NOW}
        self.houses = {n: enter(store, "partner", {"name": n}, **stated).key for n in ("Klinikum", "DRK", "VHS")}
        self.goal = add_record(store, "goal", {"title": "Alle verstehen", "id": "G1"}, **stated).key
        self.users = {n: a_user(store, n, "partner", partner=key) for n, key in self.houses.items()}
        sites = (self.houses["Klinikum"], self.houses["DRK"])
        topic = Topic(0, " Sprachmittlung  überall ", _AGREED, "", watched_by=sites[0], sites=sites, goals=(self.goal,))
        self.topic = store_topic(store, self.office, topic, now=_NOW)

    def now(self) -> Topic:
        with self.store.reading() as connection:
            found = topic_of(connection, self.topic)
        assert found is not None
        return found

    def seen(self, user: User | None = None, day: dt.date = _DAY) -> Focus:
        return focus_topics(self.store, picture(self.store, day), user or self.office)


@pytest.fixture
def network(store: Store) -> _Network:
    return _Network(store)


def test_a_topic_is_watched_with_steps_done_by_those_who_are_responsible(network: _Network) -> None:
    store, drk = network.store, network.users["DRK"]
    assert network.now().title == "Sprachmittlung überall"
    step = FocusStep(0, network.topic, "Liste an jeden Tresen", network.houses["DRK"], dt.date(2026, 9, 20))
    number = store_step(store, network.office, step, now=_NOW)
    assert [s.code for s in network.seen().finding.sentences] == ["focus.headline.topics", "focus.headline.overdue"]
    assert [(row.late, row.may_finish) for row in network.seen(drk).rows[0].steps] == [(True, True)]
    with _refused("not_allowed"):
        finish_step(store, network.users["VHS"], network.topic, number, day=_DAY, now=_NOW)
    finish_step(store, drk, network.topic, number, day=_DAY, now=_NOW)
    assert network.now().steps[0].done_on == _DAY
    assert [s.code for s in network.seen().finding.sentences] == ["focus.headline.topics"]
    finish_step(store, network.users["Klinikum"], network.topic, number, day=None, now=_NOW)
    assert network.now().steps[0].done_on is None


def test_who_watches_and_the_sites_note_what_they_see_on_topic_and_goal(network: _Network) -> None:
    store, about = network.store, f"focus-{network.topic}"
    first = note_seen(store, network.users["Klinikum"], about, dt.date(2026, 9, 10), "Wird genutzt.", now=_NOW)
    note_seen(store, network.users["DRK"], network.goal, dt.date(2026, 9, 12), "Dari fehlt.", now=_NOW)
    note_seen(store, network.office, about, dt.date(2026, 9, 5), "Begonnen.", now=_NOW)
    row = network.seen().rows[0]
    assert [(one.note.text, one.house) for one in row.notes] == [("Wird genutzt.", "Klinikum"), ("Begonnen.", None)]
    assert row.quiet_sites == (network.houses["DRK"],)
    told, may = notes_on(store, picture(store, _DAY), network.users["DRK"], network.goal)
    assert ([one.note.text for one in told], may) == (["Dari fehlt."], True)
    for where in (about, network.goal):
        with _refused("not_allowed"):
            note_seen(store, network.users["VHS"], where, _DAY, "Ich auch.", now=_NOW)
    assert network.seen(a_user(store, "gast", "observer")).rows[0].notes == ()
    with _refused("not_allowed"):
        take_back_note(store, network.users["DRK"], first, now=_NOW)
    take_back_note(store, network.users["Klinikum"], first, now=_NOW)
    assert [one.note.text for one in network.seen().rows[0].notes] == ["Begonnen."]
    with store.reading() as connection:
        assert {note.id for note in notes(connection, about) if note.withdrawn_at} == {first}, "it stays as withdrawn"
    with _refused("not_there"):
        take_back_note(store, network.users["Klinikum"], first, now=_NOW)


def test_an_observer_with_a_house_writes_nothing_and_is_told_so(network: _Network) -> None:
    store, house = network.store, network.houses["Klinikum"]
    guest = replace(a_user(store, "gast", "observer"), partner=house)
    step = store_step(store, network.office, FocusStep(0, network.topic, "Anrufen", house), now=_NOW)
    about = f"focus-{network.topic}"
    note = note_seen(store, network.users["Klinikum"], about, _DAY, "Gut.", now=_NOW)
    with _refused("not_allowed"):
        note_seen(store, guest, about, _DAY, "Ich auch.", now=_NOW)
    with _refused("not_allowed"):
        finish_step(store, guest, network.topic, step, day=_DAY, now=_NOW)
    with _refused("not_allowed"):
        take_back_note(store, guest, note, now=_NOW)
    row = network.seen(guest).rows[0]
    assert (row.may_note, row.notes, [one.may_finish for one in row.steps]) == (False, (), [False])
    own = partial(say, "de")
    assert str(shown_notes(row.notes, own, "observer")) != str(shown_notes(row.notes, own, "partner"))


def test_what_is_refused_is_not_stored(network: _Network) -> None:
    store, office, seen = network.store, network.office, network.now()
    for topic, code in (
        (replace(seen, title=" "), "without_name"),
        (replace(seen, ended_on=_AGREED - dt.timedelta(days=1)), "before_start"),
        (replace(seen, agreed_on=_DAY + dt.timedelta(days=1)), "too_late"),
        (replace(seen, watched_by="partner-99999"), "no_such_partner"),
        (replace(seen, goals=("goal-99999",)), "not_there"),
    ):
        with _refused(code):
            store_topic(store, office, topic, seen=seen, now=_NOW)
    early = FocusStep(0, network.topic, "Zu früh", due=_AGREED - dt.timedelta(days=1))
    with _refused("before_start"):
        store_step(store, office, early, now=_NOW)
    with _refused("too_late"):
        note_seen(store, office, network.goal, _DAY + dt.timedelta(days=1), "Morgen.", now=_NOW)
    for about in ("goal-99999", "focus-99", "unsinn"):
        with _refused("not_allowed"):
            note_seen(store, office, about, _DAY, "Wo?", now=_NOW)
    assert network.now() == seen


def test_two_who_change_a_topic_do_not_overwrite_one_another(network: _Network) -> None:
    seen = network.now()
    store_topic(network.store, network.office, replace(seen, why="Fünf Gruppen sagten es."), seen=seen, now=_NOW)
    with _refused("changed_since"):
        store_topic(network.store, network.office, replace(seen, title="Anders"), seen=seen, now=_NOW)
    assert (network.now().title, network.now().why) == (seen.title, "Fünf Gruppen sagten es.")


def test_a_partner_lays_down_topics_of_the_body_it_runs(network: _Network) -> None:
    store, vhs = network.store, network.users["VHS"]
    own = store_body(store, network.office, Body(0, "AG Sprache", "working_group", network.houses["VHS"]), now=_NOW)
    number = store_topic(store, vhs, Topic(0, "Abendkurse", _AGREED, body=own.id), now=_NOW)
    assert [row.may_change for row in network.seen(vhs).rows if row.topic.id == number] == [True]
    with _refused("not_allowed"):
        store_topic(store, vhs, Topic(0, "Für alle", _AGREED), now=_NOW)
    with _refused("not_allowed"):
        store_topic(store, vhs, replace(network.now(), body=own.id), now=_NOW)


def test_a_topic_nobody_watches_or_tells_of_is_named_until_it_is_ended() -> None:
    topic = Topic(7, "Ehrenamt", dt.date(2026, 1, 10), watched_by="partner-1")
    old = Note(1, "focus-7", dt.date(2026, 2, 1), "Still.", "Amt")
    assert state_of(topic, [], dt.date(2026, 4, 10)) == "watched"
    assert state_of(topic, [], dt.date(2026, 4, 11)) == "quiet"
    assert state_of(topic, [old], dt.date(2026, 4, 11)) == "watched"
    assert state_of(topic, [replace(old, withdrawn_at=_NOW)], dt.date(2026, 4, 11)) == "quiet"
    assert state_of(replace(topic, watched_by=None), [old], dt.date(2026, 4, 11)) == "unwatched"
    ended = replace(topic, ended_on=dt.date(2026, 4, 1))
    assert focus_finding([ended], [], dt.date(2026, 4, 11)).values == {"n": 0}


def test_the_demo_network_tells_every_story(demo: Store) -> None:
    with demo.reading() as connection:
        office = find_user(connection, "koordination")
    assert office is not None
    found = focus_topics(demo, picture(demo, DEMO_DAY), office)
    assert {row.state for row in found.rows} == {"watched", "quiet", "unwatched", "overdue"}
    across = next(row for row in found.rows if row.state == "overdue")
    assert (len(across.topic.sites), len(across.notes), len(across.quiet_sites)) == (4, 3, 2)
    goal = next(key for row in found.rows for key in row.topic.goals if row.topic.title.startswith("Abendkurse"))
    assert len(notes_on(demo, picture(demo, DEMO_DAY), office, goal)[0]) == 1
