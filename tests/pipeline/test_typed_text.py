"""What the transactions accept as typed: characters, lengths, days, numbers, choices; on both engines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from etl.model.focus import notes, topic_of
from etl.model.store import Store, open_store
from etl.pipeline.composition import composition_in, store_seat
from etl.pipeline.enter import enter
from etl.pipeline.focus import finish_step, note_seen, store_step, store_topic
from etl.pipeline.ideas.collecting import collect
from etl.pipeline.ideas.rating import enter_dots, open_workshop, rate
from etl.pipeline.interface.lines import say_lines
from etl.pipeline.interface.steps import store_step as store_process_step
from etl.pipeline.merging import merge
from etl.pipeline.programmes import store_programme
from etl.pipeline.refused import Refused
from etl.pipeline.relate import relate
from etl.pipeline.spots import comment_spot
from etl.pipeline.typed_text import one_line, paragraphs
from etl.rules.composition import ReferenceSeat
from etl.rules.focus import FocusStep, Topic
from etl.rules.idea_workshop import Workshop
from etl.rules.programmes import Programme
from etl.wording import say
from tests.signed_in import a_user

_NOW = dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)
_DAY = dt.date(2026, 10, 1)
_FIRST, _LAST = dt.date(1, 1, 1), dt.date(9999, 12, 31)
_STATED: dict[str, Any] = {"day": _DAY, "person": "Amt", "reason": "Liste", "now": _NOW}
_TOPIC = Topic(0, "Abendkurse", _DAY)
_SEAT = ReferenceSeat(0, "Polizei", (), ("polizei*",))
_PROGRAMME = Programme(0, "Landesfonds", "Ministerium")


class _Network:
    """Two measures, an interface line, a topic with a step and a rating that is open."""

    def __init__(self, store: Store) -> None:
        self.store, self.office = store, a_user(store, "amt", "coordinator")
        self.house = enter(store, "partner", {"name": "VHS"}, **_STATED).key
        self.user = a_user(store, "vhs", "partner", partner=self.house)
        titles = ("Kurs A", "Kurs B", "Kurs C")
        found = (enter(store, "measure", {"title": title}, partner=self.house, **_STATED) for title in titles)
        self.measures = [one.key for one in found]
        line = {"step": "language", "organisation": "VHS", "role": "leads"}
        self.line = enter(store, "interface", line, partner=self.house, **_STATED).key
        self.topic = store_topic(store, self.office, _TOPIC, now=_NOW)
        self.step = store_step(store, self.office, FocusStep(0, self.topic, "Anrufen"), now=_NOW)
        self.ideas = collect(store, self.office, ["Sprachcafé"], reason="r", day=_DAY, now=_NOW).keys
        self.workshop = open_workshop(store, self.office, Workshop(0, "Herbst", _DAY, None, None, self.ideas), now=_NOW)

    @property
    def about(self) -> str:
        return f"focus-{self.topic}"

    def topic_told(self, **said: Any) -> object:
        return store_topic(self.store, self.office, replace(_TOPIC, **said), now=_NOW)

    def step_told(self, **said: Any) -> object:
        step = replace(FocusStep(0, self.topic, "Tun"), **said)
        return store_step(self.store, self.office, step, now=_NOW)

    def noted(self, text: str = "Gut.", day: dt.date = _DAY) -> object:
        return note_seen(self.store, self.office, self.about, day, text, now=_NOW)

    def seat(self, **said: Any) -> object:
        return store_seat(self.store, self.office, replace(_SEAT, **said), now=_NOW)

    def programme(self, **said: Any) -> object:
        return store_programme(self.store, self.office, replace(_PROGRAMME, **said), now=_NOW)

    def process_step(self, title: str, *words: str) -> object:
        return store_process_step(self.store, self.office, None, title, words, now=_NOW, seen=None)

    def line_said(self, note: str | None, day: dt.date = _DAY) -> object:
        return say_lines(self.store, self.user, {self.line: note}, day=day, now=_NOW)

    def related(self, verdict: str = "merge", reason: str = "", kind: Any = "measure") -> object:
        pair = (self.measures[0], self.measures[1])
        return relate(self.store, self.office, kind, pair, verdict, reason=reason, now=_NOW)

    def rated(self, mark: Any) -> object:
        return rate(self.store, self.user, self.workshop, {self.ideas[0]: {"impact": mark}}, now=_NOW)

    def dots(self, count: Any) -> object:
        return enter_dots(self.store, self.office, self.workshop, {self.ideas[0]: count}, now=_NOW)

    def commented(self, text: str) -> object:
        return comment_spot(self.store, self.office, "bridge:x", (), text, now=_NOW)


_Door = Callable[[_Network], object]
_LONG: dict[str, tuple[_Door, str]] = {
    "topic": (lambda n: n.topic_told(title="x" * 401), "too_long"),
    "why": (lambda n: n.topic_told(why="x" * 2001), "too_long"),
    "step": (lambda n: n.step_told(text="x" * 2001), "too_long"),
    "note": (lambda n: n.noted("x" * 2001), "too_long"),
    "seat": (lambda n: n.seat(title="x" * 201), "too_long"),
    "source": (lambda n: n.seat(source="x" * 2001), "too_long"),
    "level": (lambda n: n.programme(level="x" * 100), "unknown_choice"),
    "process step": (lambda n: n.process_step("x" * 121), "too_long"),
    "process word": (lambda n: n.process_step("Wohnen", "x" * 121), "too_long"),
    "line": (lambda n: n.line_said("x" * 501), "too_long"),
    "reason": (lambda n: n.related(reason="x" * 501), "too_long"),
}
_OTHER: dict[str, tuple[_Door, str]] = {
    "nothing to see": (lambda n: n.topic_told(title="\u200b \u00a0"), "without_name"),
    "note not seen": (lambda n: n.noted("\x00\u200b"), "without_name"),
    "line not seen": (lambda n: n.line_said("\u200b"), "without_note"),
    "comment not seen": (lambda n: n.commented("\u200b"), "without_text"),
    "agreed": (lambda n: n.topic_told(agreed_on=_FIRST), "no_such_day"),
    "ended": (lambda n: n.topic_told(ended_on=_LAST), "no_such_day"),
    "due": (lambda n: n.step_told(due=_LAST), "no_such_day"),
    "done ahead": (lambda n: n.step_told(done_on=_DAY + dt.timedelta(1)), "too_late"),
    "noted": (lambda n: n.noted(day=_FIRST), "no_such_day"),
    "said": (lambda n: n.line_said(None, _LAST), "no_such_day"),
    "deadline": (lambda n: n.programme(deadline=_LAST, yearly=True), "no_such_day"),
    "finished ahead": (
        lambda n: finish_step(n.store, n.office, n.topic, n.step, day=_DAY + dt.timedelta(1), now=_NOW),
        "too_late",
    ),
    "body": (lambda n: n.topic_told(body=999), "not_there"),
    "meeting": (lambda n: n.topic_told(meeting="meeting-99999"), "not_there"),
    "goal is a measure": (lambda n: n.topic_told(goals=(n.measures[0],)), "not_there"),
    "types": (lambda n: n.seat(types=("unsinn",)), "nobody_meant"),
    "weight": (lambda n: n.seat(weight="unsinn"), "nobody_meant"),
    "applicants": (lambda n: n.programme(applicants=("unsinn",)), "unknown_choice"),
    "share": (lambda n: n.programme(own_share=Decimal("NaN")), "own_share"),
    "amount": (lambda n: n.programme(most_per_year=Decimal("NaN")), "amount"),
    "without end": (lambda n: n.programme(most_per_year=Decimal("Infinity")), "amount"),
    "kind": (lambda n: n.related(kind="unsinn"), "not_there"),
    "open": (lambda n: n.related("open"), "open_already"),
    "half": (lambda n: n.rated(2.5), "no_mark"),
    "true": (lambda n: n.rated(True), "no_mark"),
    "text": (lambda n: n.rated("3"), "no_mark"),
    "no number": (lambda n: n.rated(Decimal("NaN")), "no_mark"),
    "nothing said": (lambda n: n.rated(None), "no_mark"),
    "half a dot": (lambda n: n.dots(2.5), "no_count"),
    "true dot": (lambda n: n.dots(True), "no_count"),
}


def _is_refused(door: _Door, network: _Network, code: str) -> None:
    version = network.store.version()
    with pytest.raises(Refused) as refused:
        door(network)
    assert refused.value.code == code
    assert network.store.version() == version
    if refused.value.sentences and code != "without_text":  # the page about spots has words of its own
        told = {say(language, refused.value.sentence, found=refused.value.found) for language in ("de", "en")}
        assert len(told) == 2


def test_what_is_too_long_is_refused_and_not_cut(store: Store) -> None:
    network = _Network(store)
    for door, code in _LONG.values():
        _is_refused(door, network, code)


def test_what_nobody_sees_is_left_out(store: Store) -> None:
    network = _Network(store)
    number = store_topic(store, network.office, replace(_TOPIC, title="Abend\x00kurse\ud800", why="a\x07\nb"), now=_NOW)
    network.noted("Gut\x00.")
    network.seat(title="Poli\x00zei")
    network.programme(title="Landes\x00fonds", note="\x1bjetzt")
    network.process_step("Woh\x00nen", "Miete\x00")
    network.line_said("Raum\x00 2")
    network.related(reason="ein\x00s")
    network.commented("klar\x00")
    with store.reading() as connection:
        topic = topic_of(connection, number)
        assert topic is not None
        assert (topic.title, topic.why) == ("Abendkurse", "a\nb")
        assert [note.text for note in notes(connection)] == ["Gut."]
        assert "Polizei" in {seat.title for seat in composition_in(connection)}


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> _Network:
    return _Network(open_store(f"sqlite:///{tmp_path_factory.mktemp('typed') / 'store.db'}"))


@pytest.mark.parametrize("case", _OTHER)
def test_what_nobody_can_mean_is_refused_in_the_readers_language(unchanged: _Network, case: str) -> None:
    door, code = _OTHER[case]
    _is_refused(door, unchanged, code)


def test_two_measures_that_became_one_stand_in_no_relation(sqlite_store: Store) -> None:
    network = _Network(sqlite_store)
    merge(sqlite_store, network.measures[0], network.measures[1], person="Amt", reason="eins", now=_NOW)
    _is_refused(lambda n: n.related(), network, "same")


def test_a_mark_is_taken_back(sqlite_store: Store) -> None:
    network = _Network(sqlite_store)
    assert (network.rated(3), network.rated(None)) == (1, 1)


def test_signs_of_other_writing_stay() -> None:
    assert one_line(" می\u200cخواهم  👩\u200d🏫 ") == "می\u200cخواهم 👩\u200d🏫"
    assert paragraphs("eins\r\n\r\nzwei\t3\x00") == "eins\n\nzwei\t3"
