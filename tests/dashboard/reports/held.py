"""A meeting that was held, in a store of its own: goals, measures, contacts, a body with members, what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert

from etl.model.accounts import User, add_user
from etl.model.bodies import members, save_body, save_member
from etl.model.meeting_results import MeetingResult, ResultVersion, Temperature
from etl.model.meetings import agenda, begin_item, note_present, save_item, save_plan
from etl.model.settings_rows import set_setting
from etl.model.store import Store
from etl.pipeline import accept_delivery, preview_delivery
from etl.rules.meeting import Body, Item, Member, Plan
from tests.pipeline.test_authority import goals
from tests.pipeline.workbooks import SPRACHCAFE, WOHNLOTSEN, measures, xlsx

DAY = dt.date(2026, 11, 10)
#: Before, during and after the meeting.
BEFORE = dt.datetime(2026, 10, 20, 9, tzinfo=dt.UTC)
START = dt.datetime(2026, 11, 10, 16, tzinfo=dt.UTC)
END = dt.datetime(2026, 11, 10, 18, tzinfo=dt.UTC)
MEETING = "meeting-00001"
TITLE = "9. Sitzung der Steuerungsgruppe"
ERASED = "Hannelore Petersdorf"
CONTACTS = (
    ("Organisation", "Ansprechperson", "Funktion", "Telefon", "E-Mail", "Notiz"),
    ("VHS", ERASED, "Fachbereichsleitung", "05121 334455", "h.petersdorf@vhs-lindenmark.de", "privat 0171 2224446"),
    ("Diakonie", "Jost Wiegand", "Leitung", "05121 998877", "wiegand@diakonie-lindenmark.de", "ruft zurück"),
)
OFFICE = User("koordination", "Henrike Aulbach", "coordinator", None, "de", False, BEFORE)


def deliver(store: Store, name: str, content: bytes, partner: str, at: dt.datetime = BEFORE) -> int:
    preview = preview_delivery(store, content, name, partner=partner, now=at, received_at=at)
    accepted = accept_delivery(store, preview, now=at)
    assert accepted.number is not None, accepted
    return accepted.number


def contacts() -> bytes:
    return xlsx(CONTACTS, "Ansprechpersonen")


def held(store: Store, *, deadline: dt.date | None = None, formula: str = "=2+2") -> None:
    """A meeting of the steering group with three items, from the first word to the last, not yet closed."""
    deliver(store, "Ziele.xlsx", goals(60, 20, dt.date(2026, 9, 30)), "Koordinierungsstelle")
    deliver(store, "Liste.xlsx", measures(SPRACHCAFE, WOHNLOTSEN), "VHS")
    deliver(store, "Adressen.xlsx", contacts(), "Koordinierungsstelle")
    listed = [("Sitzung", "Datum", "Gremium"), (TITLE, DAY.isoformat(), "Steuerungsgruppe")]
    deliver(store, "Sitzungen.xlsx", xlsx(listed, "Sitzungen"), "Koordinierungsstelle")
    with store.writing() as connection:
        set_setting(connection, "name", "Integrationsnetzwerk Lindenmark")
        add_user(connection, OFFICE.username, "Ein-Passwort-7", display_name=OFFICE.display_name, role=OFFICE.role,
                 now=BEFORE)  # fmt: skip
        body = save_body(connection, Body(0, "Steuerungsgruppe", "steering_group", may_decide=True), by="x", now=BEFORE)
        save_plan(
            connection,
            Plan(MEETING, body.id, DAY, "running", START, place="Kreishaus", editorial_deadline=deadline, guests=2),
            by="x",
            now=BEFORE,
        )
        for name, partner in ((ERASED, "partner-00002"), ("Jost Wiegand", "partner-00003"), ("Ute Kranz", None)):
            save_member(connection, Member(0, body.id, name, partner, "Leitung"), by="x", now=BEFORE)
        for title, records in (("Begrüßung", ()), ("Mehr Kurse", ("goal-00001",)), (formula, ())):
            item = Item(0, MEETING, 0, "own", title, records, proposal=f"{ERASED} schlägt einen zweiten Kurs vor.")
            save_item(connection, item, by="x", now=BEFORE)
    record(store)


def record(store: Store) -> None:
    """Two were there; an agreement, a decision and a dissent; a temperature; seven minutes for the goal."""
    with store.writing() as connection:
        items = agenda(connection, MEETING)
        for member in members(connection)[:2]:
            note_present(connection, MEETING, member.id, there=True, by="x", now=START)
        begin_item(connection, MEETING, items[1].id, START)
        begin_item(connection, MEETING, None, START + dt.timedelta(minutes=7))
    promised = {"partner": "partner-00002", "stance": "promised"}
    expects = {"kind": "value_reported", "target": "goal-00001", "by": "2027-03-31"}
    write(store, 1, "agreement", {
        "text": f"Frau Petersdorf (VHS) öffnet einen Abendkurs, Rückfragen an {CONTACTS[1][4]}.", "who": [promised],
        "due": "2027-03-31", "goals": ["goal-00001"], "expects": expects,
    })  # fmt: skip
    write(store, 2, "decision", {"text": "Der zweite Kurs wird beantragt."})
    views = [{"text": "Jetzt.", "houses": ["partner-00002"]}, {"text": "Später.", "houses": ["partner-00003"]}]
    write(store, 3, "dissent", {"text": "Wann?", "views": views})
    with store.writing() as connection:
        connection.execute(insert(Temperature).values(
            meeting=MEETING, item=items[1].id, record="goal-00001", computed="off_track", way="hands", on_track=0,
            at_risk=6, off_track=2, **_voices(8), secret=None, day=DAY, opened_by="x", opened_at=START,
            closed_at=START,
        ))  # fmt: skip


def _voices(n: int) -> dict[str, int]:
    return {"voices": n} if "voices" in Temperature.__table__.c else {}


def write(store: Store, number: int, kind: str, said: Mapping[str, Any], at: dt.datetime = START) -> None:
    """Write down a result under the second item, in one version."""
    with store.writing() as connection:
        item = agenda(connection, MEETING)[1].id
        connection.execute(insert(MeetingResult).values(
            id=number, meeting=MEETING, item=item, kind=kind, record=None, name=f"r{number}", supplement=number > 3,
            created_by=OFFICE.display_name, created_at=at, withdrawn_at=None, withdrawn_by=None,
        ))  # fmt: skip
        connection.execute(insert(ResultVersion).values(
            id=number, result=number, number=1, based_on=0, said=dict(said), beside=False, entry=None,
            by=OFFICE.display_name, at=at,
        ))  # fmt: skip
