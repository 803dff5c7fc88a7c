"""From an uploaded file to facts, and what may not happen on the way."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard.answers import uploads
from dashboard.answers.contacts import Viewer
from dashboard.answers.uploads import Preview, StaleComparison, WaitingFile
from etl.model.deliveries import all_deliveries, received_content
from etl.model.store import Store
from tests.dashboard.networks import deliver
from tests.pipeline.workbooks import HEADINGS, SPRACHCAFE, WOHNLOTSEN, measures, xlsx

NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)


def received(store: Store, content: bytes, partner: str = "VHS", file: str = "Liste.xlsx") -> WaitingFile:
    found = uploads.receive(store, content, file, partner=partner, person="vhs", at=NOW)
    assert found.waiting is not None, found.refused
    return found.waiting


def previewed(store: Store, file: WaitingFile) -> Preview:
    found = uploads.understood(store, file)
    assert isinstance(found, Preview), found
    return found


def test_an_accepted_file_is_a_delivery_with_its_bytes_and_does_not_wait_any_more(sqlite_store: Store) -> None:
    content = measures(SPRACHCAFE)
    file = received(sqlite_store, content)
    accepted = uploads.accept(sqlite_store, file, previewed(sqlite_store, file), now=NOW, by="Marietta Lühning")
    assert accepted.number == 1
    with sqlite_store.reading() as connection:
        [delivery] = all_deliveries(connection)
        assert received_content(connection, 1) == content
    assert (delivery.sent_by, delivery.received_at) == ("Marietta Lühning", NOW)
    assert uploads.waiting_for(sqlite_store, "vhs") == []
    assert uploads.understood(sqlite_store, file) is None


def test_nothing_is_a_fact_before_it_is_accepted(sqlite_store: Store) -> None:
    file = received(sqlite_store, measures(SPRACHCAFE))
    before = sqlite_store.version()
    previewed(sqlite_store, file)
    assert sqlite_store.version() == before
    with sqlite_store.reading() as connection:
        assert all_deliveries(connection) == []


def test_a_refused_file_is_not_kept(sqlite_store: Store) -> None:
    found = uploads.receive(sqlite_store, b"\x89PNG\r\n", "Foto.xlsx", partner="VHS", person="vhs", at=NOW)
    assert found.refused is not None
    assert found.refused.code == "file_not_a_spreadsheet"
    assert uploads.waiting_for(sqlite_store, "vhs") == []


def test_data_about_single_clients_are_never_stored(sqlite_store: Store) -> None:
    rows = [("Name", "Geburtsdatum", "Kundennummer"), ("Muster, Mina", dt.date(1990, 1, 1), "123D456789")]
    found = uploads.receive(sqlite_store, xlsx(rows), "Kunden.xlsx", partner="VHS", person="vhs", at=NOW)
    assert found.refused is not None
    assert found.refused.code == "file_single_clients"
    assert uploads.waiting_for(sqlite_store, "vhs") == []


def test_a_file_whose_sender_nobody_knows_waits_until_the_office_says_it(sqlite_store: Store) -> None:
    file = received(sqlite_store, measures(SPRACHCAFE), partner="", file="Liste (3).xlsx")
    refused = uploads.understood(sqlite_store, file)
    assert not isinstance(refused, Preview)
    assert refused is not None
    assert refused.code == "sender_unknown"
    uploads.say_sender(sqlite_store, file, "  Diakonie ")
    [file] = uploads.waiting_for(sqlite_store, "vhs")
    assert previewed(sqlite_store, file).sender.name == "Diakonie"


def test_a_comparison_that_is_out_of_date_stores_nothing_and_the_file_still_waits(sqlite_store: Store) -> None:
    deliver(sqlite_store, "Frühjahr.xlsx", measures(SPRACHCAFE), "VHS", dt.date(2026, 5, 4))
    file = received(sqlite_store, measures(SPRACHCAFE))
    shown = previewed(sqlite_store, file)
    deliver(sqlite_store, "Andere.xlsx", measures((*SPRACHCAFE[:6], 55, 12500)), "VHS", dt.date(2026, 11, 9))
    with pytest.raises(StaleComparison):
        uploads.accept(sqlite_store, file, shown, now=NOW, by="vhs")
    assert uploads.waiting_for(sqlite_store, "vhs") == [file]
    again = previewed(sqlite_store, file)
    assert again.comparison.changed["measure"]
    assert uploads.accept(sqlite_store, file, again, now=NOW, by="vhs").number == 3


def test_a_change_elsewhere_does_not_stop_an_acceptance(sqlite_store: Store) -> None:
    file = received(sqlite_store, measures(SPRACHCAFE))
    shown = previewed(sqlite_store, file)
    deliver(sqlite_store, "Andere.xlsx", measures(WOHNLOTSEN), "Diakonie", dt.date(2026, 11, 9))
    assert uploads.accept(sqlite_store, file, shown, now=NOW, by="vhs").number == 2


def test_the_same_file_again_brings_nothing_and_waits_no_more(sqlite_store: Store) -> None:
    content = measures(SPRACHCAFE)  # once: a workbook holds the second it was written in
    for _ in range(2):
        file = received(sqlite_store, content)
        accepted = uploads.accept(sqlite_store, file, previewed(sqlite_store, file), now=NOW, by="vhs")
    assert (accepted.number, accepted.outcome) == (None, "unchanged")
    assert uploads.waiting_for(sqlite_store, "vhs") == []


def test_a_partner_accepts_only_what_was_understood_as_its_own(sqlite_store: Store) -> None:
    deliver(sqlite_store, "Liste.xlsx", measures(SPRACHCAFE), "VHS", dt.date(2026, 5, 1))
    shown = previewed(sqlite_store, received(sqlite_store, measures(SPRACHCAFE, WOHNLOTSEN)))
    assert shown.sender.key is not None
    assert uploads.may_accept(shown, Viewer("partner", shown.sender.key))
    assert uploads.may_accept(shown, Viewer("coordinator"))
    assert not uploads.may_accept(shown, Viewer("partner", "partner-99999"))
    new = previewed(sqlite_store, received(sqlite_store, measures(SPRACHCAFE), partner="Ganz neu"))
    assert not uploads.may_accept(new, Viewer("partner", shown.sender.key))


def test_a_failure_of_ours_is_told_with_a_reference(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> Preview:
        raise RuntimeError("Muster, Mina")

    monkeypatch.setattr(uploads, "preview_delivery", broken)
    found = uploads.receive(sqlite_store, measures(SPRACHCAFE), "Liste.xlsx", partner="VHS", person="vhs", at=NOW)
    assert found.refused is not None
    assert found.refused.code == "delivery_failed"
    assert found.refused.values["reference"]


def test_partners_are_named_in_alphabetical_order(sqlite_store: Store) -> None:
    for name in ("Zebra e. V.", "Ärztekammer", "Caritas"):
        content = xlsx([HEADINGS, ("1", f"Maßnahme {name}", *SPRACHCAFE[2:])])
        deliver(sqlite_store, f"{name}.xlsx", content, name, dt.date(2026, 5, 1))
    assert list(uploads.partner_names(sqlite_store).values()) == ["Ärztekammer", "Caritas", "Zebra e. V."]


def test_a_file_is_read_once_until_the_facts_change(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    really = uploads.preview_delivery

    def counted(*arguments: object, **named: object) -> Preview:
        read.append("once")
        return really(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(uploads, "preview_delivery", counted)
    file = received(sqlite_store, measures(SPRACHCAFE))
    previewed(sqlite_store, file)
    assert len(read) == 1
    other = received(sqlite_store, measures(WOHNLOTSEN), file="Andere.xlsx")
    deliver(sqlite_store, "Neu.xlsx", measures(SPRACHCAFE), "AWO", dt.date(2026, 10, 1))
    read.clear()
    previewed(sqlite_store, other)
    assert len(read) == 1
