"""Clients' data left out on the sender's word: counted, never stored, not in the kept copy."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest

from etl.issues import DeliveryRefused
from etl.model.deliveries import all_deliveries, received_content
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline import Preview, accept_delivery, preview_delivery
from etl.pipeline.rebuild import rebuild_into
from etl.stages.read_workbook import read_workbook
from tests.pipeline.workbooks import NOW, book
from tests.stages.clients.lists import write_csv, write_ods, write_xls

CLIENTS = [["Vorname", "Nachname", "geb."], ["Samira", "Haddad", dt.date(1999, 4, 4)]]
MEASURES = [
    ["Maßnahme", "Träger", "Beginn", "Ende", "Status", "Teilnehmer/in", "Geburtsdatum"],
    ["Nähwerkstatt", "VHS", dt.date(2026, 1, 1), dt.date(2026, 12, 31), "läuft", "Samira Haddad", dt.date(1999, 4, 4)],
    ["Lerncafé", "VHS", dt.date(2025, 9, 1), dt.date(2026, 7, 31), "läuft", "Yasin Haddad", dt.date(2011, 5, 9)],
]
TWO_SHEETS = {"Maßnahmen": [row[:5] for row in MEASURES], "TN": CLIENTS}
SECRETS = ("Haddad", "Samira", "Yasin", "1999", "36254", "40672")


def preview(store: Store, content: bytes, file: str, *withhold: str) -> Preview:
    return preview_delivery(store, content, file, partner="VHS", now=NOW, withhold=withhold)


def kept_text(store: Store) -> str:
    """Everything the store keeps of its only delivery, unpacked."""
    with store.reading() as connection:
        (delivery,) = all_deliveries(connection)
        content = received_content(connection, delivery.number)
        told = str([delivery.sheets, delivery.issues, delivery.corrections])
        told += str(list(state_on(connection).records.items()))
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return told + "".join(package.read(name).decode("utf-8") for name in package.namelist())
    return told + content.decode("utf-8")


@pytest.mark.parametrize("file", ["liste.xlsx", "liste.xls", "liste.ods", "liste.csv"])
def test_columns_left_out_are_counted_and_stand_nowhere_in_the_store(store: Store, file: str) -> None:
    write = {"xlsx": book, "xls": write_xls, "ods": write_ods, "csv": write_csv}[file.rpartition(".")[2]]
    content = write({"Maßnahmen": MEASURES})
    with pytest.raises(DeliveryRefused) as refused:
        preview(store, content, file)
    assert refused.value.issue.values["withhold"].endswith("F:G")
    found = preview(store, content, file, refused.value.issue.values["withhold"])
    ledger = found.understood.sheets[0].ledger
    assert (ledger.filled, ledger.withheld, ledger.adds_up) == (21, 6, True)
    assert not [secret for secret in SECRETS if secret in str(found.issues)]
    accept_delivery(store, found, now=NOW)
    kept = kept_text(store)
    assert not [secret for secret in SECRETS if secret in kept]
    with store.reading() as connection:
        titles = {m.value("title") for m in state_on(connection).kind("measure").values()}
    assert titles == {"Nähwerkstatt", "Lerncafé"}


def test_a_whole_sheet_can_be_left_out(sqlite_store: Store) -> None:
    found = preview(sqlite_store, book(TWO_SHEETS), "liste.xlsx", "TN!")
    assert [s.ledger.withheld for s in found.understood.sheets] == [0, 6]
    assert [(i.code, i.sheet, i.values) for i in found.issues if i.code == "cells_withheld"] == [
        ("cells_withheld", "TN", {"count": 6})
    ]


def test_too_little_left_out_is_refused_again(sqlite_store: Store) -> None:
    with pytest.raises(DeliveryRefused) as refused:
        preview(sqlite_store, book(TWO_SHEETS), "liste.xlsx", "TN!A2")
    assert refused.value.issue.code == "file_single_clients"


def test_the_same_file_with_the_same_parts_left_out_is_unchanged(sqlite_store: Store) -> None:
    content = book(TWO_SHEETS)
    accept_delivery(sqlite_store, preview(sqlite_store, content, "liste.xlsx", "TN!"), now=NOW)
    assert preview(sqlite_store, content, "liste.xlsx", "TN!").outcome == "unchanged"


def test_another_format_is_kept_as_a_new_workbook_and_told(sqlite_store: Store) -> None:
    found = preview(sqlite_store, write_xls(TWO_SHEETS), "liste.xls", "TN!")
    assert found.file == "liste.xlsx"
    assert [issue.code for issue in found.issues][:2] == ["copy_rewritten", "cells_withheld"]


def test_the_copy_says_what_the_file_said_apart_from_what_was_left_out(sqlite_store: Store) -> None:
    content = book(TWO_SHEETS)
    copy = read_workbook(preview(sqlite_store, content, "liste.xlsx", "TN!").content, "x")
    assert copy.sheets[0].rows == read_workbook(content, "x").sheets[0].rows
    assert copy.sheets[1].count_filled() == 0


def test_a_store_with_a_redacted_copy_is_rebuilt_from_it(sqlite_store: Store, store: Store) -> None:
    accept_delivery(sqlite_store, preview(sqlite_store, book(TWO_SHEETS), "liste.xlsx", "TN!"), now=NOW)
    rebuild_into(sqlite_store, store)
    with sqlite_store.reading() as one, store.reading() as other:
        assert state_on(one).kind("measure").keys() == state_on(other).kind("measure").keys()
