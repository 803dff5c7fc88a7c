"""A folder dropped by the office: kept, settled in the list, accepted on behalf of the partners, and nobody else's."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest

from dashboard.answers import folder_reading, folders, uploads
from dashboard.answers.contacts import Viewer
from dashboard.answers.deliveries import delivery_rows
from dashboard.answers.folders import FolderView
from dashboard.answers.picture import picture
from etl.model.deliveries import all_deliveries
from etl.model.store import Store
from etl.pipeline import preview_delivery
from etl.pipeline.undo import undo_delivery
from tests.pipeline.mails import PDF, PNG, eml
from tests.pipeline.test_folder import OCTOBER, OTHER, PARTNERS, deliver
from tests.pipeline.workbooks import HEADINGS, LERNPATEN, NOW, SPRACHCAFE, WOHNLOTSEN, measures, xlsx

LIST = measures(WOHNLOTSEN)
OFFICE, PERSON = Viewer("coordinator"), "koordination"
CLIENTS = xlsx([(*HEADINGS, "TN Name", "Geburtsdatum"), (*SPRACHCAFE, "Amira Haddad", dt.date(1990, 2, 3))])


@pytest.fixture
def network(store: Store) -> Store:
    deliver(store, "Netzwerk.csv", PARTNERS.encode(), "Netzwerk", OCTOBER)
    return store


def dropped(store: Store, *files: tuple[str, bytes]) -> FolderView:
    told: list[tuple[int, int, str]] = []
    folder = folders.receive_folder(
        store, files, OFFICE, person=PERSON, at=NOW, tell=lambda done, total, file: told.append((done, total, file))
    )
    assert folder is not None
    assert told[-1][0] == told[-1][1]
    return seen(store, folder)


def seen(store: Store, folder: str) -> FolderView:
    view = folders.folder_view(store, folder, OFFICE, PERSON)
    assert view is not None
    return view


def states(view: FolderView) -> dict[str, str]:
    return {file.file: file.issue.code if file.issue else file.proposal.question or file.state for file in view.files}


def accepted(store: Store, view: FolderView) -> folders.Taken:
    ids = [file.id for file in view.of("sure")]
    return folders.accept_sure(store, ids, OFFICE, person=PERSON, by="Henrike Aulbach", own=None, now=NOW)


MIXED = (
    ("Mail.eml", eml([("Mappe1.xlsx", OTHER)], sender="brandt@freunde.example.org", date=OCTOBER, signature=True)),
    ("Diakonie.xlsx", LIST),
    ("Diakonie Kopie.xlsx", LIST),
    ("Mappe2.xlsx", xlsx([("Angebot", "Status"), ("Sprachtandem", "laufend")], "Tabelle1")),
    ("Freundeskreis TN.xlsx", CLIENTS),
    ("Flyer.pdf", PDF),
    ("Foto.png", PNG),
    ("Leer.eml", eml(subject="Liste folgt")),
)


def test_each_thing_is_sure_asked_about_or_told(network: Store) -> None:
    assert states(dropped(network, *MIXED)) == {
        "image001.png": "attachment_picture",
        "Mappe1.xlsx": "sure",
        "Diakonie.xlsx": "sure",
        "Diakonie Kopie.xlsx": "file_repeated",
        "Mappe2.xlsx": "sender",
        "Freundeskreis TN.xlsx": "clients",
        "Flyer.pdf": "file_not_a_spreadsheet",
        "Foto.png": "file_not_a_spreadsheet",
        "Liste folgt": "mail_without_attachment",
    }
    with network.reading() as connection:
        assert len(all_deliveries(connection)) == 1


def test_what_is_sure_is_accepted_on_behalf_of_its_partner_and_marked(network: Store) -> None:
    view = dropped(network, *MIXED)
    assert accepted(network, view) == folders.Taken(accepted=2)
    with network.reading() as connection:
        _, first, second = all_deliveries(connection)
    assert (first.file, first.on_behalf, first.sent_by) == ("Mappe1.xlsx", True, "Henrike Aulbach")
    assert (first.mail, first.received_at, first.day) == ("Rückmeldung", OCTOBER, OCTOBER.date())
    assert (second.file, second.mail) == ("Diakonie.xlsx", None)
    now = seen(network, view.id)
    assert [file.delivery for file in now.of("accepted")] == [2, 3]
    [diakonie, *_] = delivery_rows(network, picture(network, NOW.date()), OFFICE)
    assert diakonie.on_behalf
    replies = folders.mails_of(network, picture(network, NOW.date()), now, OFFICE)
    assert [reply.address for reply in replies] == ["sandvoss@diakonie.example.org", "brandt@freunde.example.org"]
    with zipfile.ZipFile(io.BytesIO(folders.mail_file(network, replies, OFFICE, person="H"))) as archive:
        assert archive.namelist() == ["Diakonie.eml", "Freundeskreis.eml"]


def test_questions_are_settled_one_after_the_other(network: Store) -> None:
    view = dropped(network, *MIXED)
    asked = {file.file: file.id for file in view.of("asked")}
    assert folders.answer(network, asked["Mappe2.xlsx"], OFFICE, PERSON, sender="Neuer Verein") == "settled"
    assert folders.answer(network, asked["Freundeskreis TN.xlsx"], OFFICE, PERSON, yes="clients") == "settled"
    view = seen(network, view.id)
    assert view.of("asked") == ()
    assert accepted(network, view).accepted == 4
    with network.reading() as connection:
        rows = {row.sender: row for row in all_deliveries(connection)}
    assert "Neuer Verein" in rows
    assert sum(sheet["cells"]["withheld"] for sheet in rows["Freundeskreis"].sheets) == 4


def test_nothing_about_clients_is_kept_while_it_waits(network: Store) -> None:
    dropped(network, ("Freundeskreis TN.xlsx", CLIENTS))
    [waiting] = uploads.waiting_for(network, PERSON)
    found = uploads.understood(network, waiting)
    assert isinstance(found, uploads.Preview)
    with zipfile.ZipFile(io.BytesIO(found.content)) as package:
        assert not any(b"Haddad" in package.read(name) for name in package.namelist())
    assert sum(sheet.ledger.withheld for sheet in found.understood.sheets) == 4


def test_what_changed_meanwhile_is_shown_anew_and_not_accepted(network: Store) -> None:
    deliver(network, "Alt.xlsx", measures(WOHNLOTSEN), "Diakonie", OCTOBER)
    view = dropped(network, ("Diakonie.xlsx", measures((*WOHNLOTSEN[:6], 50, 62000))))
    deliver(network, "Neu.xlsx", measures((*WOHNLOTSEN[:6], 50, 62000), LERNPATEN), "Diakonie", NOW)
    assert accepted(network, view) == folders.Taken(again=1)
    assert accepted(network, seen(network, view.id)).again == 0


def test_a_list_that_another_of_the_same_click_changed_is_compared_anew_and_accepted(network: Store) -> None:
    deliver(network, "Alt.xlsx", measures(WOHNLOTSEN), "Diakonie", OCTOBER)
    first, second = measures((*WOHNLOTSEN[:6], 50, 62000)), measures((*WOHNLOTSEN[:6], 51, 62000))
    view = dropped(network, ("Diakonie.xlsx", first), ("Diakonie neu.xlsx", second))
    assert states(view) == {"Diakonie.xlsx": "sure", "Diakonie neu.xlsx": "sure"}
    assert accepted(network, view) == folders.Taken(accepted=2)


def test_a_folder_tells_what_was_taken_back_and_what_another_folder_brought(network: Store) -> None:
    first, second = (dropped(network, ("Diakonie.xlsx", LIST)) for _ in range(2))
    assert accepted(network, first).accepted == 1
    [file] = seen(network, second.id).files
    assert (file.state, file.delivery) == ("known", 2)
    undo_delivery(network, 2, now=NOW + dt.timedelta(hours=1))
    now = seen(network, first.id)
    assert states(now) == {"Diakonie.xlsx": "undone"}
    assert folders.mails_of(network, picture(network, NOW.date()), now, OFFICE) == ()
    assert states(seen(network, second.id)) == {"Diakonie.xlsx": "sure"}


def test_another_process_accepts_what_was_shown(network: Store) -> None:
    view = dropped(network, ("Diakonie.xlsx", measures(WOHNLOTSEN)))
    folder_reading._shown.clear()
    assert accepted(network, view).accepted == 1


def test_a_sender_put_right_elsewhere_counts_in_the_list(network: Store) -> None:
    view = dropped(network, ("Diakonie.xlsx", measures(WOHNLOTSEN)))
    [waiting] = uploads.waiting_for(network, PERSON)
    uploads.say_sender(network, waiting, "Freundeskreis")
    [file] = seen(network, view.id).files
    assert (file.proposal.sender, file.proposal.sender_how) == ("Freundeskreis", "given")


def test_a_file_left_out_and_a_folder_cleared_away_leave_nothing_waiting(network: Store) -> None:
    view = dropped(network, *MIXED[:4])
    first = view.of("sure")[0]
    assert folders.leave_out(network, first.id, OFFICE, PERSON) == "left_out"
    assert folders.answer(network, first.id, OFFICE, PERSON, yes="day") == "gone"
    assert states(seen(network, view.id))[first.file] == "left_out"
    assert folders.clear(network, view.id, OFFICE, PERSON)
    assert folders.folder_view(network, view.id, OFFICE, PERSON) is None
    assert uploads.waiting_for(network, PERSON) == []


@pytest.mark.parametrize("viewer", [Viewer("partner", "partner-00001"), Viewer("member"), Viewer("observer")])
def test_a_folder_is_the_offices_alone(sqlite_store: Store, viewer: Viewer) -> None:
    deliver(sqlite_store, "Netzwerk.csv", PARTNERS.encode(), "Netzwerk", OCTOBER)
    view = dropped(sqlite_store, ("Diakonie.xlsx", measures(WOHNLOTSEN)))
    [file] = view.files
    assert folders.receive_folder(sqlite_store, [("a.xlsx", OTHER)], viewer, person=PERSON, at=NOW) is None
    assert folders.folder_view(sqlite_store, view.id, viewer, PERSON) is None
    assert folders.answer(sqlite_store, file.id, viewer, PERSON, sender="VHS") == "gone"
    assert folders.leave_out(sqlite_store, file.id, viewer, PERSON) == "gone"
    taken = folders.accept_sure(sqlite_store, [file.id], viewer, person=PERSON, by="x", own=None, now=NOW)
    assert taken == folders.Taken()
    assert not folders.clear(sqlite_store, view.id, viewer, PERSON)
    assert folders.folder_view(sqlite_store, view.id, OFFICE, "jemand anderes") is None
    with pytest.raises(PermissionError):
        folders.mail_file(sqlite_store, [], viewer, person="x")


def test_the_offices_own_list_is_taken_on_nobodys_behalf(network: Store) -> None:
    preview = preview_delivery(network, OTHER, "Eigene.xlsx", partner="Netzwerk", now=NOW)
    own = preview.sender.key
    view = dropped(network, ("Netzwerk Angebote.xlsx", OTHER))
    ids = [file.id for file in view.of("sure")]
    folders.accept_sure(network, ids, OFFICE, person=PERSON, by="Henrike Aulbach", own=own, now=NOW)
    with network.reading() as connection:
        assert [row.on_behalf for row in all_deliveries(connection)] == [False, False]
