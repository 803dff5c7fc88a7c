"""Two houses with one offer: who sees it, what is decided and remembered, and that it goes when the lists say so."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard.answers.contacts import Viewer
from dashboard.answers.meetings import coming_meetings
from dashboard.answers.overlaps import Pairs, already_on, decide, item_for, open_overlaps, pairs, pairs_finding
from dashboard.answers.picture import Picture, picture
from etl.model.accounts import User
from etl.model.store import Store
from etl.pipeline import accept_delivery, preview_delivery
from etl.pipeline.meeting.agenda import store_item
from etl.pipeline.meeting.bodies import store_body
from etl.pipeline.meeting.planning import Wish, plan_meeting
from etl.pipeline.relate import RelationRefused, relate
from etl.rules.meeting import Body
from etl.rules.relations import OPEN
from etl.wording import say
from tests.demo import DEMO_DAY
from tests.pipeline.workbooks import NOW, xlsx

HEADINGS = ("Maßnahme", "Status", "Zielgruppe", "Ort", "Sprachniveau", "Zugangsvoraussetzungen", "Beginn", "Ende")
DAY = dt.date(2026, 11, 10)
START, END = dt.date(2026, 9, 1), dt.date(2027, 6, 30)
OFFICE = User("office", "Anna Weber", "coordinator", None, "de", False, NOW)


def house(partner: str) -> User:
    return User(partner, f"Frau {partner}", "partner", partner, "de", False, NOW)


def deliver(store: Store, partner: str, title: str, level: str = "B1", place: str = "Torfzell") -> None:
    row = (title, "laufend", "Frauen", place, level, "mit Anmeldung", START, END)
    content = xlsx([HEADINGS, row])
    preview = preview_delivery(store, content, f"{partner}.xlsx", partner=partner, day=DAY, now=NOW)
    accept_delivery(store, preview, now=NOW)


def seen(store: Store) -> Picture:
    return picture(store, DAY)


def keys_of(store: Store) -> dict[str, str]:
    return {partner.name: partner.key for partner in seen(store).facts.partners}


def shown(store: Store, role: str, partner: str | None = None) -> Pairs:
    return pairs(store, seen(store), Viewer(role, partner))


@pytest.fixture
def two_courses(store: Store) -> Store:
    deliver(store, "Volkshochschule Torfzell", "Abendkurs Deutsch B1")
    deliver(store, "Arbeiterwohlfahrt Torfzell", "Deutschkurs am Abend", "B1–B2")
    deliver(store, "Sportverein Torfzell", "Schwimmen für Frauen", "")
    return store


def test_the_two_houses_and_the_office_see_a_pair_and_all_others_how_many(two_courses: Store) -> None:
    keys = keys_of(two_courses)
    for role, partner in (("coordinator", None), ("partner", keys["Volkshochschule Torfzell"])):
        (pair,) = shown(two_courses, role, partner).opened
        assert {pair.one.lead, pair.other.lead} == {"Volkshochschule Torfzell", "Arbeiterwohlfahrt Torfzell"}
        assert {sign.aspect: sign.how for sign in pair.overlap.signs} == {
            **dict.fromkeys(("people", "place", "time", "access"), "same"),
            **dict.fromkeys(("purpose", "level"), "partly"),
        }
    for role, partner in (("partner", keys["Sportverein Torfzell"]), ("member", None), ("observer", None)):
        others = shown(two_courses, role, partner)
        assert (others.opened, others.settled, others.hidden) == ((), (), 1)
        assert pairs_finding(others).code == "overlap.finding.hidden"


def test_a_pair_goes_when_a_list_says_otherwise(two_courses: Store) -> None:
    deliver(two_courses, "Arbeiterwohlfahrt Torfzell", "Deutschkurs am Abend", "C1")
    assert shown(two_courses, "coordinator") == Pairs((), (), 0)


def test_a_decision_is_remembered_with_name_and_reason_and_can_be_taken_back(two_courses: Store) -> None:
    own = house(keys_of(two_courses)["Volkshochschule Torfzell"])
    (pair,) = shown(two_courses, "coordinator").opened
    decide(two_courses, own, pair, "refer", reason=" voll besetzt ", now=NOW)
    found = shown(two_courses, "coordinator")
    (held,) = found.settled
    assert found.opened == ()
    assert held.held is not None
    assert (held.held.verdict, held.held.reason, held.held.by) == ("refer", "voll besetzt", own.display_name)
    assert open_overlaps(two_courses, seen(two_courses)) == ()
    with pytest.raises(RelationRefused, match="changed_since"):
        decide(two_courses, OFFICE, pair, "merge", reason="", now=NOW)
    deliver(two_courses, "Arbeiterwohlfahrt Torfzell", "Deutschkurs am Abend", "C1")
    (held,) = shown(two_courses, "coordinator").settled
    assert held.overlap.sign("level").how == "differs", "what was decided stays in sight"
    decide(two_courses, OFFICE, held, OPEN, reason="", now=NOW)
    assert shown(two_courses, "coordinator").settled == ()


def test_nobody_else_decides_and_nothing_odd_is_stored(two_courses: Store) -> None:
    keys = keys_of(two_courses)
    (pair,) = shown(two_courses, "coordinator").opened
    member = User("m", "M", "member", None, "de", False, NOW)
    for user in (house(keys["Sportverein Torfzell"]), member):
        with pytest.raises(RelationRefused, match="not_allowed"):
            decide(two_courses, user, pair, "merge", reason="", now=NOW)
    client = "Frau Müller, geb. 03.04.1988, BG-Nr. 12345//0001234"
    for verdict, reason, code in (
        ("", "", "no_verdict"),
        ("supports", "", "no_verdict"),
        ("merge", client, "single_client"),
    ):
        with pytest.raises(RelationRefused, match=code):
            decide(two_courses, OFFICE, pair, verdict, reason=reason, now=NOW)
    key = pair.one.measure.key
    for both, code in (((key, key), "same"), ((key, "measure-99999"), "not_there"), ((key, "x" * 99), "not_there")):
        with pytest.raises(RelationRefused, match=code):
            relate(two_courses, OFFICE, "measure", both, "merge", reason="", now=NOW)
    assert shown(two_courses, "coordinator").settled == ()


def test_on_an_agenda_everybody_sees_the_pair(two_courses: Store) -> None:
    body = store_body(two_courses, OFFICE, Body(0, "Steuerungsgruppe", "steering_group"), now=NOW)
    wish = Wish(body.id, "8. Sitzung", DAY + dt.timedelta(days=20))
    plan_meeting(two_courses, OFFICE, wish, day=DAY, now=NOW, reason="geplant")
    (pair,) = shown(two_courses, "coordinator").opened
    meetings = coming_meetings(two_courses, seen(two_courses), OFFICE, NOW)
    assert len(meetings) == 1
    assert already_on(two_courses, meetings, pair) == []
    item = item_for(pair, meetings[0].key, lambda key, **values: say("de", key, **values))
    store_item(two_courses, OFFICE, item, now=NOW)
    assert len(shown(two_courses, "member").opened) == 1
    meetings = coming_meetings(two_courses, seen(two_courses), OFFICE, NOW)
    assert already_on(two_courses, meetings, pair) == list(meetings)


@pytest.mark.parametrize(
    ("opened", "settled", "hidden", "told"),
    [
        (1, 0, 9, ["open", "beside"]),
        (1, 1, 9, ["open", "beside", "settled"]),
        (3, 1, 0, ["open", "settled"]),
        (0, 1, 9, ["hidden", "settled"]),
        (0, 1, 0, ["open", "settled"]),
        (0, 0, 9, ["hidden"]),
        (0, 0, 0, ["hidden"]),
    ],
)
def test_the_finding_always_says_how_many_there_are_beside_those_one_sees(
    two_courses: Store, opened: int, settled: int, hidden: int, told: list[str]
) -> None:
    (pair,) = shown(two_courses, "coordinator").opened
    found = pairs_finding(Pairs((pair,) * opened, (pair,) * settled, hidden))
    assert [one.code.removeprefix("overlap.finding.") for one in found.sentences] == told
    counted = {"open": opened, "beside": hidden, "hidden": hidden, "settled": settled}
    assert [one.values["n"] for one in found.sentences] == [counted[name] for name in told]


def test_the_finding_reads_well_at_none_one_and_many() -> None:
    for language in ("de", "en"):
        for name in ("open", "hidden"):
            told = [say(language, f"overlap.finding.{name}", n=n) for n in (0, 1, 2, 40)]
            assert len(set(told)) == 4
            assert all(text.endswith(".") for text in told)


def test_the_demo_has_nearly_the_same_evening_course_of_two_houses(demo: Store) -> None:
    shown = pairs(demo, picture(demo, DEMO_DAY), Viewer("coordinator"))
    titles = {frozenset((pair.one.measure.title, pair.other.measure.title)) for pair in shown.opened}
    assert {"Abendkurs B1 mit Kinderbetreuung", "B1-Abendkurs für Mütter mit Kinderbetreuung"} in titles
    assert len(shown.opened) < 20
    assert [(pair.held.verdict, pair.one.lead, pair.other.lead) for pair in shown.settled if pair.held] == [
        ("complementary", "Caritas", "Brückenbogen")
    ]
