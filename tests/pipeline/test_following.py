"""What is said of agreements afterwards: on both engines, by those who may, with nothing lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from etl.model.accounts import User
from etl.model.bodies import save_body
from etl.model.following import follow_up_words, own_words
from etl.model.meeting_results import MeetingResult, ResultVersion
from etl.model.meetings import save_plan, set_meeting_role
from etl.model.presenting import presentation_of, save_presentation
from etl.model.state import state_on
from etl.model.store import Connection, Store
from etl.pipeline.authority import NotYours
from etl.pipeline.enter import EntryRefused, enter, undo_entry
from etl.pipeline.gone import say_gone
from etl.pipeline.meeting.followed import extras_in
from etl.pipeline.meeting.following import Word, note, propose, say_of, settle, write_own_words
from etl.pipeline.meeting.recording import record, withdraw
from etl.pipeline.merging import merge
from etl.pipeline.picture.facts import facts_of
from etl.rules.follow_up import Asked, Followed, bodies_of, follow_up
from etl.rules.meeting import Body, Plan
from etl.rules.results import Expected, Holder, ResultSaid
from tests.pipeline.test_authority import deliver
from tests.pipeline.workbooks import NOW, SPRACHCAFE, WOHNLOTSEN, book, measures

TODAY, SPRING = NOW.date(), dt.date(2027, 3, 31)
HEAD = ("Vereinbarung", "zugesagt von", "bis wann", "Status", "Sitzung vom")
MET = dt.date(2026, 6, 16)
LATE = ("Termine abstimmen", "VHS", dt.date(2026, 10, 31), "offen", MET)
SOON = ("Lotsen schulen", "Diakonie", dt.date(2026, 12, 15), "offen", MET)
WHEN = {"day": TODAY, "now": NOW}
MOVED = Word("moved", "Der Raum war belegt.", SPRING)


def somebody(username: str, role: str, partner: str | None = None) -> User:
    return User(username, username.title(), role, partner, "de", False, NOW)  # type: ignore[arg-type]


OFFICE, MEMBER = somebody("luehning", "coordinator"), somebody("gast", "member")


@pytest.fixture
def keys(store: Store) -> dict[str, str]:
    """Title -> key of two agreements of a list, and name -> key of their houses."""
    deliver(store, measures(SPRACHCAFE), "VHS", day=MET)
    deliver(store, measures(WOHNLOTSEN), "Diakonie", day=MET)
    deliver(store, book({"Vereinbarungen": [HEAD, LATE, SOON]}), "Koordinierungsstelle", day=dt.date(2026, 7, 1))
    with store.writing() as connection:
        save_body(connection, Body(0, "AG Bildung", "working_group", run_by="none"), by="L", now=NOW)
        state = state_on(connection)
    found = {str(k.value("title")): k.key for kind in ("agreement", "measure") for k in state.kind(kind).values()}
    return found | {str(k.value("name")): k.key for k in state.kind("partner").values()}


def planned(store: Store, keys: dict[str, str], run_by: str | None = None) -> str:
    """A meeting of a working group on the day of the agreements, its body run by ``run_by``; its key."""
    said = {"title": "AG Bildung", "date": MET.isoformat(), "body": "AG Bildung"}
    meeting = enter(store, "meeting", said, day=MET, person="L", reason="Termin", now=NOW).key
    with store.writing() as connection:
        body = Body(1, "AG Bildung", "working_group", run_by=run_by)
        save_body(connection, body, by="L", now=NOW)
        save_plan(connection, Plan(meeting, 1, MET, "closed"), by="L", now=NOW)
    return meeting


def read(connection: Connection, key: str, day: dt.date = TODAY) -> Followed:
    state = state_on(connection, day)
    found = follow_up(facts_of(connection, state, day), extras_in(connection, state))
    return next(f for f in found if f.key == key)


def followed(store: Store, key: str, day: dt.date = TODAY) -> Followed:
    with store.reading() as connection:
        return read(connection, key, day)


def test_a_new_date_needs_a_reason_and_leaves_the_old_ones_to_be_seen(store: Store, keys: dict[str, str]) -> None:
    late = keys["Termine abstimmen"]
    assert followed(store, late).state == "overdue"
    for wrong, code in (
        (replace(MOVED, text=" "), "without_reason"),
        (replace(MOVED, due=None), "without_date"),
        (replace(MOVED, due=TODAY - dt.timedelta(days=1)), "date_past"),
        (replace(MOVED, kind="lost"), "not_possible"),
        (replace(MOVED, text="Kundin K-4711, geb. 1.2.1990, BG 12345BG0001234"), "single_client"),
    ):
        with pytest.raises(EntryRefused) as refused:
            say_of(store, OFFICE, late, wrong, **WHEN)
        assert refused.value.code == code
    assert followed(store, late).moved == (), "nothing was stored"
    say_of(store, OFFICE, late, replace(MOVED, due=TODAY), **WHEN)
    entry = say_of(store, OFFICE, late, replace(MOVED, text="Noch immer."), day=TODAY, now=NOW + dt.timedelta(hours=1))
    found = followed(store, late)
    assert (found.state, found.due, found.remark) == ("running", SPRING, "Noch immer.")
    assert [(m.day, m.reason) for m in found.moved] == [(LATE[2], "Der Raum war belegt."), (TODAY, "Noch immer.")]
    undo_entry(store, entry, now=NOW + dt.timedelta(hours=2))
    assert followed(store, late).due == TODAY, "undone like every entry"


def test_a_later_list_moves_a_date_too_and_one_about_the_same_day_puts_it_right(
    store: Store, keys: dict[str, str]
) -> None:
    late = keys["Termine abstimmen"]
    right = (*LATE[:2], dt.date(2026, 9, 30), *LATE[3:])
    deliver(store, book({"Vereinbarungen": [HEAD, right, SOON]}), "Koordinierungsstelle", day=dt.date(2026, 7, 1))
    assert (followed(store, late).due, followed(store, late).moved) == (right[2], ())
    then = (*LATE[:2], SPRING, *LATE[3:])
    deliver(store, book({"Vereinbarungen": [HEAD, then, SOON]}), "Koordinierungsstelle", day=dt.date(2026, 10, 1))
    assert [m.day for m in followed(store, late).moved] == [right[2]]


def test_done_is_noted_by_the_body_and_comes_back_when_it_is_taken_up_again(store: Store, keys: dict[str, str]) -> None:
    late, meeting = keys["Termine abstimmen"], planned(store, keys)
    with pytest.raises(EntryRefused, match="not_possible"):
        note(store, OFFICE, [late], meeting=meeting, **WHEN)
    say_of(store, OFFICE, late, Word("done", "Alle Termine stehen."), **WHEN)
    assert (followed(store, late).state, followed(store, late).remark) == ("done", "Alle Termine stehen.")
    later = NOW + dt.timedelta(hours=1)
    assert note(store, OFFICE, [late], meeting=meeting, day=TODAY, now=later) == 1
    found = followed(store, late)
    assert (found.state, found.on_list, found.noted[0].meeting) == ("noted", False, meeting)
    say_of(store, OFFICE, late, MOVED, day=TODAY, now=later + dt.timedelta(hours=1))
    assert followed(store, late).state == "running", "off the list is not for ever"
    say_of(store, OFFICE, late, Word("done", "Nun doch."), day=TODAY, now=later + dt.timedelta(hours=2))
    assert followed(store, late).state == "done", "it is to be noted once more"
    note(store, OFFICE, [late], meeting=meeting, day=TODAY, now=later + dt.timedelta(hours=3))
    assert followed(store, late).state == "noted"


def test_permanent_has_its_next_step(store: Store, keys: dict[str, str]) -> None:
    late = keys["Termine abstimmen"]
    say_of(store, OFFICE, late, Word("permanent", "Im März wieder abstimmen", SPRING, "VHS"), **WHEN)
    found = followed(store, late)
    assert (found.state, found.due, found.remark) == ("permanent", SPRING, "Im März wieder abstimmen")
    assert followed(store, late, SPRING + dt.timedelta(days=1)).state == "overdue"


def test_the_responsible_house_proposes_and_whoever_runs_the_body_takes_it(store: Store, keys: dict[str, str]) -> None:
    late = keys["Termine abstimmen"]
    vhs, diakonie = somebody("vhs", "partner", keys["VHS"]), somebody("diakonie", "partner", keys["Diakonie"])
    for nobody in (diakonie, MEMBER):
        with pytest.raises(NotYours):
            propose(store, nobody, late, MOVED, **WHEN)
        with pytest.raises(NotYours):
            say_of(store, nobody, late, MOVED, **WHEN)
    number = propose(store, vhs, late, MOVED, **WHEN)
    found = followed(store, late)
    assert (found.state, found.due, found.proposed and found.proposed.due) == ("overdue", LATE[2], SPRING)
    with pytest.raises(EntryRefused, match="not_possible"):
        propose(store, vhs, late, Word("done", "fertig"), **WHEN)
    planned(store, keys, run_by=keys["Diakonie"])
    with pytest.raises(NotYours):
        settle(store, vhs, number, take=True, **WHEN)
    settle(store, diakonie, number, take=True, **WHEN)
    with pytest.raises(EntryRefused):
        settle(store, diakonie, number, take=False, **WHEN)
    assert (followed(store, late).due, followed(store, late).proposed) == (SPRING, None)
    refused = propose(store, vhs, late, Word("done", "fertig"), **WHEN)
    settle(store, diakonie, refused, take=False, **WHEN)
    assert followed(store, late).state == "running"
    with store.reading() as connection:
        assert [w.state for w in follow_up_words(connection, late)] == ["taken", "refused"], "both are kept"


def wall(store: Store, meeting: str) -> int:
    with store.reading() as connection:
        return int(presentation_of(connection, meeting).revision)  # type: ignore[union-attr]


def test_who_records_in_a_meeting_may_note_and_say_for_its_body_alone(store: Store, keys: dict[str, str]) -> None:
    late, meeting = keys["Termine abstimmen"], planned(store, keys)
    with store.writing() as connection:
        set_meeting_role(connection, meeting, MEMBER.username, "recorder", holds=True)
        shown = {"code": "AAAAAA", "code_until": NOW, "presented_by": "x", "seen_at": NOW, "began_at": NOW}
        save_presentation(connection, meeting, **shown)
    say_of(store, MEMBER, late, Word("done", "fertig"), meeting=meeting, **WHEN)
    before = wall(store, meeting)
    note(store, MEMBER, [late], meeting=meeting, day=TODAY, now=NOW + dt.timedelta(minutes=1))
    assert wall(store, meeting) == before + 1, "who follows gets the list as it stands"
    assert followed(store, late).state == "noted"
    other = enter(store, "agreement", {"title": "Anderswo"}, day=TODAY, person="L", reason="x", now=NOW).key
    with pytest.raises(NotYours):
        say_of(store, MEMBER, other, MOVED, meeting=meeting, **WHEN)


def recorded(store: Store, meeting: str, record: str, said: dict[str, object]) -> None:
    """As the recorder's desk stores it."""
    with store.writing() as connection:
        about = {"meeting": meeting, "kind": "agreement", "record": record, "name": record, "supplement": False}
        made = {"created_by": "R", "created_at": NOW}
        key = connection.execute(MeetingResult.__table__.insert().values(**about, **made)).inserted_primary_key
        version = {"result": key[0], "number": 1, "based_on": 0, "beside": False, "by": "R", "at": NOW}  # type: ignore[index]
        connection.execute(ResultVersion.__table__.insert().values(said=said, **version))


def test_what_the_data_show_is_noted_in_one_step(store: Store, keys: dict[str, str]) -> None:
    meeting, late = planned(store, keys), keys["Termine abstimmen"]
    expects = {"kind": "measure_status", "target": keys["Sprachcafé"], "by": "2026-10-31", "status": "running"}
    who = [{"partner": keys["VHS"], "stance": "promised"}, {"partner": keys["Diakonie"], "stance": "open"}]
    recorded(store, meeting, late, {"text": "…", "who": who, "expects": expects})
    found = followed(store, late)
    assert (found.state, found.houses) == ("fulfilled", (keys["VHS"],)), "it binds only who said yes"
    with pytest.raises(EntryRefused, match="without_reason"):
        note(store, OFFICE, [late], meeting=meeting, **WHEN)
    note(store, OFFICE, [late], meeting=meeting, text="Läuft.", **WHEN)
    found = followed(store, late)
    assert (found.state, found.status, found.remark) == ("noted", "kept", "Läuft.")


def test_an_agreement_about_something_merged_or_removed_later_is_explained(store: Store, keys: dict[str, str]) -> None:
    meeting, late = planned(store, keys), keys["Termine abstimmen"]
    one, other = keys["Sprachcafé"], keys["Wohnlotsen"]
    expects = {"kind": "measure_status", "target": other, "by": "2026-12-31", "status": "running"}
    recorded(store, meeting, late, {"text": "…", "measures": [other], "expects": expects})
    merge(store, one, other, person="L", reason="dasselbe Angebot", evidence=(), now=NOW)
    [became] = followed(store, late).gone
    assert (became.title, became.how, became.into, became.into_title) == ("Wohnlotsen", "merged", one, "Sprachcafé")
    assert followed(store, late).checks[0].state == "kept", "the record it counts as is looked at"


def test_what_was_removed_says_by_whom_and_why(store: Store, keys: dict[str, str]) -> None:
    meeting, late = planned(store, keys), keys["Termine abstimmen"]
    other = keys["Wohnlotsen"]
    expects = {"kind": "measure_status", "target": other, "by": "2026-12-31", "status": "running"}
    recorded(store, meeting, late, {"text": "…", "expects": expects})
    say_gone(store, other, "removed", day=TODAY, person="L", reason="nie begonnen", now=NOW)
    found = followed(store, late)
    assert (found.checks[0].state, found.gone[0].how, found.gone[0].reason) == ("gone", "removed", "nie begonnen")


def test_the_groups_own_words_are_kept_with_name_and_time(store: Store, keys: dict[str, str]) -> None:
    planned(store, keys, run_by=keys["VHS"])
    vhs = somebody("vhs", "partner", keys["VHS"])
    with pytest.raises(NotYours):
        write_own_words(store, MEMBER, 1, "Hallo", now=NOW)
    write_own_words(store, vhs, 1, "Willkommen!", now=NOW)
    with store.reading() as connection:
        row = own_words(connection, 1)
        state = state_on(connection, TODAY)
        facts, extras = facts_of(connection, state, TODAY), extras_in(connection, state)
        assert bodies_of(keys["Termine abstimmen"], facts, extras) == {1}
    assert row is not None
    assert (row.text, row.by) == ("Willkommen!", "Vhs")


def test_what_the_room_writes_down_is_followed_up_like_what_a_list_says(store: Store, keys: dict[str, str]) -> None:
    meeting = planned(store, keys)
    with store.writing() as connection:
        save_plan(connection, Plan(meeting, 1, MET, "running"), by="L", now=NOW)
    expects = Expected("measure_status", keys["Sprachcafé"], dt.date(2026, 12, 31), status="completed")
    who = (Holder(keys["VHS"], "with_reservation", "wenn das Geld reicht"), Holder(keys["Diakonie"], "open"))
    said = ResultSaid("Sprachcafé abschließen", who, MET, measures=(keys["Sprachcafé"],), expects=expects)
    made = record(store, meeting, "agreement", said, name="eins", user=OFFICE, now=NOW)
    with store.reading() as connection:
        state = state_on(connection, TODAY)
        facts, extras = facts_of(connection, state, TODAY), extras_in(connection, state)
    [found] = [f for f in follow_up(facts, extras) if f.title == "Sprachcafé abschließen"]
    assert (found.state, found.houses, found.about) == ("overdue", (keys["VHS"],), (keys["Sprachcafé"],))
    assert (found.checks[0].state, extras.stances[found.key][keys["VHS"]]) == ("not_yet", "with_reservation")
    assert bodies_of(found.key, facts, extras) == {1}
    nobody = ResultSaid("Räume leihen", (Holder(keys["Diakonie"], "open"),), SPRING)
    record(store, meeting, "agreement", nobody, name="zwei", user=OFFICE, now=NOW)
    with store.reading() as connection:
        assert extras_in(connection, state).asked == (Asked("Räume leihen", (keys["Diakonie"],), SPRING, meeting),)
    say_of(store, somebody("vhs", "coordinator"), found.key, MOVED, **WHEN)
    enter(store, "measure", {"status": "completed"}, day=TODAY, person="L", reason="x", now=NOW, key=keys["Sprachcafé"])
    assert followed(store, found.key).state == "fulfilled"
    withdraw(store, made.result, user=OFFICE, now=NOW + dt.timedelta(hours=1))
    with store.reading() as connection:
        state = state_on(connection, TODAY)
        left = follow_up(facts_of(connection, state, TODAY), extras_in(connection, state))
    assert [f for f in left if f.key == found.key] == [], "nothing says any more what was agreed"
