"""„Neu dabei“: generated from bodies, results and lists; names for those who may see them."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

import pytest

from dashboard.answers.follow_up import followed_for
from dashboard.answers.newcomer import Newcomer, body_numbered, newcomer, write_own_words
from dashboard.answers.picture import picture
from dashboard.parts.follow_up_words import line_of
from etl.model.accounts import User
from etl.model.bodies import save_body, save_member
from etl.model.meeting_results import MeetingResult, ResultVersion
from etl.model.meetings import save_plan
from etl.model.store import Store
from etl.pipeline.enter import enter, undo_entry
from etl.pipeline.gone import say_gone
from etl.rules.meeting import Body, Member, Plan
from etl.rules.newcomer import newcomer_finding
from etl.wording import say
from tests.pipeline.workbooks import NOW

TODAY, MET = NOW.date(), dt.date(2026, 6, 16)
ENTRY: dict[str, Any] = {"day": MET, "person": "L", "reason": "x", "now": NOW}


def user(role: str, partner: str | None = None) -> User:
    return User(role, role.title(), role, partner, "de", False, NOW)  # type: ignore[arg-type]


@pytest.fixture
def keys(sqlite_store: Store) -> dict[str, str]:
    """Two bodies that share a field; one met in June, decided something, and something was recommended in the room."""
    house = enter(sqlite_store, "partner", {"name": "VHS"}, **ENTRY).key
    field = enter(sqlite_store, "field_of_action", {"title": "Wohnen"}, **ENTRY).key
    measure = enter(sqlite_store, "measure", {"title": "Wohnlotsen"}, partner=house, **ENTRY).key
    said = {"title": "AG Wohnen, Sommer", "date": MET.isoformat(), "body": "AG Wohnen"}
    meeting = enter(sqlite_store, "meeting", said, **ENTRY).key
    taken = {"text": "Lotsen bleiben", "date": MET.isoformat(), "body": "AG Wohnen", "status": "decided"}
    decision = enter(sqlite_store, "decision", taken, **ENTRY)
    with sqlite_store.writing() as connection:
        save_body(connection, Body(0, "AG Wohnen", "working_group", run_by=house, fields=(field,)), by="L", now=NOW)
        save_body(connection, Body(0, "Runder Tisch", "round_table", fields=(field,)), by="L", now=NOW)
        save_member(connection, Member(0, 1, "Ada Beispiel", house, "Leitung", decides=True), by="L", now=NOW)
        save_plan(connection, Plan(meeting, 1, MET, "closed"), by="L", now=NOW)
        told = {"meeting": meeting, "supplement": False, "created_by": "R", "created_at": NOW}
        for kind, record, words in (
            ("recommendation", None, {"text": "Belegungsrecht prüfen", "reason": "30 Familien warten"}),
            ("decision", decision.key, {"text": "Lotsen bleiben", "reason": "Sie wirken", "measures": [measure]}),
        ):
            about = {"kind": kind, "record": record, "name": kind}
            made = connection.execute(MeetingResult.__table__.insert().values(**about, **told))  # type: ignore[attr-defined]
            version = {"result": made.inserted_primary_key[0], "number": 1, "based_on": 0, "beside": False}
            row = version | {"said": words, "by": "R", "at": NOW}
            connection.execute(ResultVersion.__table__.insert().values(**row))  # type: ignore[attr-defined]
    return {"house": house, "measure": measure, "decision": str(decision.number), "meeting": meeting}


def seen(store: Store, who: User) -> Newcomer:
    body = body_numbered(store, 1)
    assert body is not None
    return newcomer(store, picture(store, TODAY), who, body, NOW)


def test_it_tells_what_was_resolved_and_why_and_who_else_deals_with_the_field(
    sqlite_store: Store, keys: dict[str, str]
) -> None:
    found = seen(sqlite_store, user("member"))
    assert found.fields == {"Wohnen": ("Runder Tisch",)}
    assert found.led_by == "VHS"
    [past] = found.past
    assert (past.title, past.day) == ("AG Wohnen, Sommer", MET)
    assert [(one.kind, one.text, one.why) for one in past.resolved] == [
        ("decision", "Lotsen bleiben", "Sie wirken"),
        ("recommendation", "Belegungsrecht prüfen", "30 Familien warten"),
    ]


def test_names_are_for_those_who_see_contacts_and_never_contact_data(sqlite_store: Store, keys: dict[str, str]) -> None:
    assert [s.name for s in seen(sqlite_store, user("member")).seats] == ["Ada Beispiel"]
    [seat] = seen(sqlite_store, user("observer")).seats
    assert (seat.house, seat.function, seat.name, seat.decides) == ("VHS", "Leitung", None, True)


def test_who_runs_it_writes_the_groups_own_words(sqlite_store: Store, keys: dict[str, str]) -> None:
    vhs = user("partner", keys["house"])
    assert (seen(sqlite_store, vhs).may_write, seen(sqlite_store, user("member")).may_write) == (True, False)
    assert write_own_words(sqlite_store, user("member"), 1, "Hallo", now=NOW) == "not_yours"
    assert write_own_words(sqlite_store, vhs, 1, "Willkommen", now=NOW) == "written"
    own = seen(sqlite_store, user("observer")).own
    assert own is not None
    assert (own.text, own.by, own.at) == ("Willkommen", "Partner", NOW)


def test_a_decision_about_something_that_is_gone_is_explained_and_one_that_is_gone_itself_still_told(
    sqlite_store: Store, keys: dict[str, str]
) -> None:
    say_gone(sqlite_store, keys["measure"], "removed", **(ENTRY | {"day": TODAY, "reason": "nie begonnen"}))
    [past] = seen(sqlite_store, user("member")).past
    assert [(g.title, g.how, g.reason) for g in past.resolved[0].gone] == [("Wohnlotsen", "removed", "nie begonnen")]
    undo_entry(sqlite_store, int(keys["decision"]), now=NOW + dt.timedelta(hours=1))
    [past] = seen(sqlite_store, user("member")).past
    assert {one.text for one in past.resolved} == {"Lotsen bleiben", "Belegungsrecht prüfen"}, "it was resolved"


@pytest.mark.parametrize(
    ("met", "resolved", "still_open", "overdue", "said"),
    [
        (0, 0, 0, 0, "Dieses Gremium hat noch nicht getagt."),
        (1, 0, 0, 0, "Dieses Gremium hat einmal getagt, am 16. Juni 2026. Beschlossen hat es noch nichts. "
         "Offen ist nichts."),
        (2, 1, 1, 1, "Dieses Gremium hat seit dem 16. Juni 2026 zweimal getagt. Es hat einen Beschluss gefasst. "
         "Eine Vereinbarung ist offen. Sie ist überfällig."),
        (9, 2, 7, 2, "Dieses Gremium hat seit dem 16. Juni 2026 neunmal getagt. Es hat zwei Beschlüsse gefasst. "
         "Es hat eine Empfehlung ausgesprochen. "
         "Sieben Vereinbarungen sind offen. Davon sind zwei überfällig."),
    ],
)  # fmt: skip
def test_its_finding_reads_well_at_every_number(
    met: int, resolved: int, still_open: int, overdue: int, said: str
) -> None:
    kinds = {"decision": resolved, "recommendation": met // 9, "dissent": 3}
    finding = newcomer_finding([MET] * met, kinds, still_open, overdue)
    assert " ".join(say("de", f.code, **f.values) for f in finding.sentences).replace("\u00a0", " ") == said
    assert all(say("en", f.code, **f.values).endswith(".") for f in finding.sentences)


@pytest.mark.parametrize(
    ("resolved", "recommended", "said"),
    [
        (0, 0, "Empfohlen hat es noch nichts."),
        (0, 2, "Es hat zwei Empfehlungen ausgesprochen."),
        (1, 0, "Eine Liste nennt einen Beschluss, das Gremium empfiehlt nur."),
        (2, 1, "Listen nennen zwei Beschlüsse, das Gremium empfiehlt nur. Es hat eine Empfehlung ausgesprochen."),
    ],
)
def test_a_body_that_may_not_decide_is_not_said_to_have_decided(resolved: int, recommended: int, said: str) -> None:
    kinds = {"decision": resolved, "recommendation": recommended}
    finding = newcomer_finding([MET], kinds, 0, 0, may_decide=False)
    told = [say("de", f.code, **f.values) for f in finding.sentences]
    assert " ".join(told[1:-1]) == said
    assert all(say("en", f.code, **f.values).endswith(".") for f in finding.sentences)


def test_a_list_s_decision_of_a_body_that_may_not_decide_is_told_as_the_list_s_word(
    sqlite_store: Store, keys: dict[str, str]
) -> None:
    def agreed() -> list[str]:
        body, known = body_numbered(sqlite_store, 1), picture(sqlite_store, TODAY)
        assert body is not None
        rows = followed_for(sqlite_store, known, user("coordinator"), body).rows
        return [line_of(row, partial(say, "de")) for row in rows if row.followed.result == "decision"]

    (told,) = agreed()
    assert "laut Liste beschlossen am 16." in told
    with sqlite_store.writing() as connection:
        may = Body(1, "AG Wohnen", "working_group", run_by=keys["house"], may_decide=True)
        save_body(connection, may, by="L", now=NOW)
    (told,) = agreed()
    assert "· beschlossen am 16." in told
