"""Erasing a person: gone from every table and file, while what was kept of meetings stays whole and the store what was
said."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from dashboard.reports.kept_papers import papers_for
from etl.issues import DeliveryRefused
from etl.model.base import Base
from etl.model.bodies import members
from etl.model.deliveries import add_round, all_deliveries, received_content
from etl.model.drafts import add_waiting
from etl.model.erasing import Erasure, erased_files
from etl.model.reminders import add_reminder, add_unreachable, reminders_of
from etl.model.report_links import add_link, links_of_round
from etl.model.state import state_on
from etl.model.statements import statements
from etl.model.store import Store, open_store
from etl.pipeline.correct import correct
from etl.pipeline.erase import erase_contact, erase_seat
from etl.pipeline.erase_whom import ErasingRefused
from etl.pipeline.export import export_state
from etl.pipeline.meeting.closing import close_meeting, verify_all
from etl.pipeline.rebuild import rebuild_into
from etl.stages.read_workbook import read_workbook
from tests.dashboard.reports.held import CONTACTS, DAY, END, ERASED, MEETING, OFFICE, contacts, deliver, held
from tests.demo import DEMO_DAY
from tests.pipeline.test_deliveries import exported
from tests.pipeline.workbooks import xlsx

#: How the erased person is recognised.
TRACES = ("Petersdorf", "334455", "petersdorf", "0171 222")
OTHER = ("Wiegand", "998877", "ruft zurück")
NAMED = (("Nr.", "Maßnahme", "Träger", "Ansprechperson", "Bemerkung"),
         ("M-1", "Sprachcafé", "VHS", ERASED, "Frau Petersdorf fragen"),
         ("M-2", "Wohnlotsen", "Diakonie", "Jost Wiegand", "läuft"))  # fmt: skip
LATER = END + dt.timedelta(hours=1)


def texts(store: Store) -> Iterator[str]:
    """Every text the database holds: columns, packed statements, the cells of all files, the papers."""
    with store.reading() as connection:
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(select(table)):
                yield from told(dict(row._mapping))
        yield from (repr(said) for said in statements(connection, with_undone=True))


def told(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, bytes | memoryview):
        yield from in_file(bytes(value))
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from (*told(name), *told(one))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from told(one)


def in_file(content: bytes) -> Iterator[str]:
    if content.startswith(b"%PDF"):
        yield from (page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        return
    try:
        workbook = read_workbook(content, "x")
    except DeliveryRefused:
        return
    for sheet in workbook.sheets:
        yield from (str(value) for row in sheet.rows for value in row if value is not None)
        yield from sheet.comments.values()


def found(store: Store, traces: tuple[str, ...] = TRACES) -> list[str]:
    return [text for text in texts(store) if any(trace in text for trace in traces)]


def key_of(store: Store, name: str) -> str:
    with store.reading() as connection:
        known = state_on(connection).kind("contact").values()
    return next(one.key for one in known if one.value("contact_name") == name)


@pytest.fixture
def network(store: Store) -> Store:
    """The person stands in lists, in a file that waits, in a correction, in a meeting and beside a contact."""
    held(store)
    deliver(store, f"Maßnahmen {ERASED}.xlsx", xlsx(NAMED), "VHS", END)
    deliver(store, "adressen.csv", csv_of(CONTACTS), "Diakonie", END)
    with store.writing() as connection:
        add_waiting(connection, contacts(), partner="VHS", file="Neu.xlsx", person="vhs", at=END, mail=f"von {ERASED}")
        add_unreachable(connection, key_of(store, ERASED), f"{ERASED} ist im Urlaub", "koordination", END)
        add_round(connection, "Herbst 2026", DAY, DAY)
        add_link(connection, partner="partner-00002", round_name="Herbst 2026", person=ERASED, way="link",
                 one_device=False, last_day=DAY, by="koordination", now=END)  # fmt: skip
        written = ((END, ERASED, CONTACTS[1][4]), (None, ERASED, "x@vhs.de"), (END, *CONTACTS[2][1:5:3]))
        for sent, who, address in written:
            add_reminder(connection, round="Herbst 2026", code="first", address=address, name=who, partners=[],
                         subject=f"An {who}", text=f"Guten Tag {who}", prepared_by="koordination", prepared_at=END,
                         sent_at=sent, sent_by=None)  # fmt: skip
    told = {"day": DAY, "person": "Aulbach", "reason": "Anruf von Frau Petersdorf", "now": END}
    correct(store, key_of(store, "Jost Wiegand"), "function", "Leitung (vertreten durch Frau Petersdorf)", **told)
    close_meeting(store, MEETING, OFFICE, now=END, papers=papers_for("de"))
    return store


def csv_of(rows: tuple[tuple[str, ...], ...]) -> bytes:
    return "\r\n".join(";".join(row) for row in rows).encode("utf-8-sig")


def test_the_erased_person_is_nowhere_and_everybody_else_stays(network: Store, sqlite_store: Store) -> None:
    assert found(network)
    others = len(found(network, OTHER))
    with network.reading() as connection:
        before = {row.number: row.sha256 for row in all_deliveries(connection)}
    erased = erase_contact(network, key_of(network, ERASED), OFFICE, reason=f"Antrag von {ERASED}", now=LATER)
    assert found(network) == []
    assert len(found(network, OTHER)) == others
    assert (erased.contacts, erased.members, erased.waiting, erased.withheld) == (2, 1, 1, ())
    with network.reading() as connection:
        assert all(one.whole for one in verify_all(connection))
        files = erased_files(connection)
        assert {row.sha256 for row in files} == {before[row.delivery] for row in files}
        for row in all_deliveries(connection):
            assert row.sha256 == hashlib.sha256(received_content(connection, row.number)).hexdigest()
            for sheet in row.sheets:
                cells = sheet["cells"]
                parts = sum(cells[n] for n in ("headings", "loaded", "kept", "withheld", "reported"))
                assert cells["filled"] == parts + sum(cells["set_aside"].values())
        [erasure] = connection.execute(select(Erasure.__table__)).all()
    assert (erasure.erased_by, erasure.erased_at, erasure.reason) == (OFFICE.username, LATER, "Antrag von N. N.")
    with network.reading() as connection:
        links = links_of_round(connection, "Herbst 2026")
        letters = reminders_of(connection, "Herbst 2026")
    assert [(link.person, link.revoked_at) for link in links] == [("N. N.", LATER)]
    assert [letter.name for letter in letters] == ["N. N.", "Jost Wiegand"], "what was not sent is not sent any more"
    erase_contact(network, key_of(network, "Jost Wiegand"), OFFICE, reason="Antrag", now=LATER)
    assert found(network, OTHER[:2]) == []
    rebuild_into(network, sqlite_store)
    assert _without_ratings(sqlite_store) == _without_ratings(network)


def _without_ratings(store: Store) -> object:
    """A rebuild has no rounds, and ratings count them."""
    state = export_state(store, today=DAY)
    for kind in ("goal", "measure"):
        for record in state[kind]:
            record.pop("rating", None)
    return state


def test_the_post_and_the_house_stay_without_the_person(network: Store) -> None:
    key = key_of(network, ERASED)
    erase_contact(network, key, OFFICE, reason="Antrag", now=LATER)
    with network.reading() as connection:
        known = state_on(connection).find(key)
    assert known is not None
    assert known.value("function") == "Fachbereichsleitung"
    assert not {"phone", "email"} & known.values.keys()
    with pytest.raises(ErasingRefused, match="unknown"):
        erase_contact(network, key, OFFICE, reason="Noch einmal", now=LATER)


def test_erasing_a_member_erases_the_contact_too(network: Store) -> None:
    with network.reading() as connection:
        seat = next(one for one in members(connection) if one.name == ERASED)
    erased = erase_seat(network, seat.id, OFFICE, reason="Antrag", now=LATER)
    assert (erased.contacts, erased.members) == (2, 1)
    assert found(network) == []
    with network.reading() as connection:
        left = next(one for one in members(connection) if one.id == seat.id)
        assert all(one.whole for one in verify_all(connection))
    assert (left.name, left.partner) == ("", seat.partner)


def test_only_the_office_erases_and_says_why(network: Store) -> None:
    key = key_of(network, ERASED)
    for user, reason, code in (
        (replace(OFFICE, role="partner", partner="partner-00002"), "Antrag", "not_allowed"),
        (OFFICE, " ", "no_reason"),
    ):
        with pytest.raises(ErasingRefused, match=code):
            erase_contact(network, key, user, reason=reason, now=LATER)
    with pytest.raises(ErasingRefused, match="unknown"):
        erase_contact(network, "contact-09999", OFFICE, reason="Antrag", now=LATER)
    assert found(network)


def test_a_file_that_cannot_be_rewritten_is_withheld(store: Store, sqlite_store: Store) -> None:
    """A sheet that bears the person's name can't be renamed: what was read from it stays, the file goes."""
    deliver(store, "Adressen.xlsx", xlsx(CONTACTS, "Frau Petersdorf"), "VHS")
    erased = erase_contact(store, key_of(store, ERASED), OFFICE, reason="Antrag", now=LATER)
    assert (erased.files, erased.withheld) == ((), ("Adressen.xlsx.csv",))
    assert found(store) == []
    assert key_of(store, "Jost Wiegand")
    assert erase_contact(store, key_of(store, "Jost Wiegand"), OFFICE, reason="Antrag", now=LATER).contacts == 1
    assert found(store, OTHER[:2]) == []
    deliver(store, "Liste.xlsx", xlsx(NAMED[:1] + NAMED[2:]), "VHS", LATER)
    rebuild_into(store, sqlite_store)
    assert exported(sqlite_store) == exported(store)


def test_nothing_stays_in_the_files_of_sqlite(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    held(store)
    with store.writing() as connection:
        add_unreachable(connection, key_of(store, ERASED), f"{ERASED} ist im Urlaub", "koordination", END)
    erase_contact(store, key_of(store, ERASED), OFFICE, reason="Antrag", now=LATER)
    raw = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert not any(trace.encode() in raw for trace in TRACES)
    store.close()


def test_everybody_of_a_real_network_can_be_erased(demo: Store, sqlite_store: Store, tmp_path: Path) -> None:
    """One of the demo's contacts after the other, from xlsx, xls, ods and csv: no file has to be withheld."""
    import sqlite3

    with sqlite3.connect(demo.engine.url.database or "") as whole, sqlite3.connect(tmp_path / "copy.db") as copy:
        whole.backup(copy)
    store = open_store(f"sqlite:///{tmp_path / 'copy.db'}")
    with store.reading() as connection:
        keys = sorted(state_on(connection, DEMO_DAY).kind("contact"))[:40:8]
    names = []
    for key in keys:
        with store.reading() as connection:
            names.append(str(state_on(connection).kind("contact")[key].value("contact_name")))
        assert erase_contact(store, key, OFFICE, reason="Antrag", now=LATER).withheld == ()
    left = "\n".join(found(store, tuple(names)))
    assert not [name for name in names if name in left]
    store.close()


def test_a_number_that_others_give_too_stays_theirs(sqlite_store: Store) -> None:
    shared = ("VHS", "Karla Brandt", "Empfang", CONTACTS[1][3], "empfang@vhs-lindenmark.de", "")
    deliver(sqlite_store, "Adressen.xlsx", xlsx([*CONTACTS, shared], "Ansprechpersonen"), "VHS")
    erase_contact(sqlite_store, key_of(sqlite_store, ERASED), OFFICE, reason="Antrag", now=LATER)
    with sqlite_store.reading() as connection:
        left = {one.value("contact_name"): one for one in state_on(connection).kind("contact").values()}
    assert (left["Karla Brandt"].value("phone"), left["Karla Brandt"].value("email")) == shared[3:5]
    assert not any("Petersdorf" in text for text in texts(sqlite_store))
