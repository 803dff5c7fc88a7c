"""The page on which a partner sends its table, as the signed-in person gets it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dashboard.answers import uploads
from etl.model.deliveries import add_round, all_deliveries
from etl.model.store import Store
from tests.dashboard.networks import DAY, a_network, deliver
from tests.pipeline.workbooks import HEADINGS, SPRACHCAFE, measures, xlsx
from tests.signed_in import SignedIn, a_user, app_as, text_of

NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)


def opened(store: Store, role: str = "coordinator", partner: str | None = None, **query: str) -> SignedIn:
    a_user(store, role, role, partner=partner)
    return app_as(store, role, "rueckmeldungen", **query)


def everything(at: Any) -> str:
    """What is shown, the markup inside components included."""
    return text_of(at) + "\n".join(str(component.proto) for component in at.get("bidi_component"))


def dialogs(at: Any) -> list[str]:
    return [box.proto.dialog.title for box in at.get("dialog")]


def waiting(store: Store, person: str, content: bytes, partner: str = "Diakonie") -> str:
    found = uploads.receive(store, content, "Liste.xlsx", partner=partner, person=person, at=NOW)
    assert found.waiting is not None, found.refused
    return found.waiting.id


def uploaded(app: SignedIn, content: bytes, file: str) -> Any:
    app.at.file_uploader[0].upload(file, content, "application/octet-stream")
    return app.run()


def test_in_an_empty_network_one_can_send_at_once(sqlite_store: Store) -> None:
    at = opened(sqlite_store).at
    assert not at.exception
    assert "Noch liegt keine Rückmeldung vor." in text_of(at)
    assert len(at.file_uploader) == 1


def test_upload_preview_accept_and_undo(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    app = opened(sqlite_store)
    at = uploaded(app, measures(SPRACHCAFE), "Diakonie Oktober.xlsx")
    assert not at.exception
    assert "So haben wir die Tabelle verstanden." in everything(at)
    with sqlite_store.reading() as connection:
        assert len(all_deliveries(connection)) == 3

    at.button(key="delivery-accept").click()
    at = app.run()
    assert not at.exception
    assert "Angenommen: Rückmeldung 4" in text_of(at)
    assert at.query_params["angenommen"] in ("4", ["4"])

    at.query_params["zurueck"] = "4"
    at = app.run()
    assert dialogs(at) == ["Rückmeldung zurücknehmen?"], "in sight wherever the row stands"
    at.button(key="deliveries-keep").click()
    at = app.run()
    assert not dialogs(at)
    assert "zurueck" not in at.query_params
    at.query_params["zurueck"] = "4"
    at = app.run()
    at.button(key="deliveries-undo").click()
    at = app.run()
    assert not at.exception
    assert not dialogs(at)
    assert "Rückmeldung 4 ist zurückgenommen." in text_of(at)
    with sqlite_store.reading() as connection:
        assert [row.number for row in all_deliveries(connection)] == [1, 2, 3]


def test_the_decision_survives_a_reload(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    a_user(sqlite_store, "coordinator", "coordinator")
    file = waiting(sqlite_store, "coordinator", measures(SPRACHCAFE))
    assert "Wartet auf Ihre Entscheidung" in everything(opened(sqlite_store).at)
    assert "So haben wir die Tabelle verstanden." in everything(opened(sqlite_store, datei=file).at)


def test_what_someone_else_uploaded_is_nobody_elses(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    file = waiting(sqlite_store, "somebody", measures(SPRACHCAFE))
    assert "So haben wir" not in everything(opened(sqlite_store, datei=file).at)


def test_a_discarded_file_changes_nothing(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    file = waiting(sqlite_store, "coordinator", measures(SPRACHCAFE))
    app = opened(sqlite_store, datei=file)
    app.at.button(key="delivery-discard").click()
    at = app.run()
    assert "Liste.xlsx ist verworfen." in text_of(at)
    assert uploads.waiting_for(sqlite_store, "coordinator") == []


def test_a_refused_file_gets_one_clear_sentence(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    at = uploaded(opened(sqlite_store), b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "Foto.xlsx")
    assert not at.exception
    assert "Foto.xlsx: Diese Datei ist ein Bild" in text_of(at)


def test_a_comparison_that_changed_meanwhile_is_shown_anew(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    deliver(sqlite_store, "M.xlsx", measures(SPRACHCAFE), "Diakonie", dt.date(2026, 10, 20))
    file = waiting(sqlite_store, "coordinator", measures((*SPRACHCAFE[:6], 45, 12500)))
    app = opened(sqlite_store, datei=file)
    app.at.button(key="delivery-accept").click()
    deliver(sqlite_store, "N.xlsx", measures((*SPRACHCAFE[:6], 55, 12500)), "Diakonie", dt.date(2026, 11, 1))
    at = app.run()
    assert not at.exception
    assert "Es wurde noch nichts übernommen; hier steht der neue Vergleich." in text_of(at)
    with sqlite_store.reading() as connection:
        assert len(all_deliveries(connection)) == 5


def test_the_office_is_asked_for_a_sender_nobody_knows(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    content = xlsx([HEADINGS, ("1", "Chor", "Verein", *SPRACHCAFE[3:])], "Tabelle1")
    at = uploaded(opened(sqlite_store), content, "Mappe1.xlsx")
    assert not at.exception
    assert "Von wem kommt diese Datei?" in everything(at)


def test_a_partner_sends_for_itself_and_sees_its_own_only(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    other = deliver(sqlite_store, "VHS.xlsx", measures(SPRACHCAFE), "VHS", dt.date(2026, 10, 12))
    app = opened(sqlite_store, "partner", "partner-00001", zurueck=str(other))
    assert len(app.at.selectbox) == 0
    assert "VHS.xlsx" not in everything(app.at)
    assert not [button for button in app.at.button if button.key == "deliveries-undo"]
    at = uploaded(app, measures(("M-7", "Nähwerkstatt", *SPRACHCAFE[2:])), "Neu.xlsx")
    assert "So haben wir Ihre Tabelle verstanden." in everything(at)
    assert uploads.waiting_for(sqlite_store, "partner")[0].partner == "Diakonie"


def test_names_of_those_who_have_not_reported_are_for_the_office(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    with sqlite_store.writing() as connection:
        add_round(connection, "Herbst", DAY, DAY)
    deliver(sqlite_store, "VHS.xlsx", measures(SPRACHCAFE), "VHS", dt.date(2025, 10, 12))
    with sqlite_store.writing() as connection:
        add_round(connection, "Sommer", dt.date(2026, 6, 1), dt.date(2026, 6, 1))
    assert "Es fehlen noch" in everything(opened(sqlite_store).at)
    assert "Es fehlen noch" not in everything(opened(sqlite_store, "partner", "partner-00001").at)
