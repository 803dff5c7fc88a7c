"""Files that wait in the dashboard until somebody decides."""

from __future__ import annotations

import datetime as dt

from etl.model.drafts import add_waiting, name_sender, remove_waiting, waiting_content, waiting_files
from etl.model.store import Store

NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)


def test_a_waiting_file_is_found_again_by_whoever_uploaded_it_and_by_nobody_else(store: Store) -> None:
    with store.writing() as connection:
        kept = add_waiting(connection, b"Bytes", partner="VHS", file="Liste.xlsx", person="vhs", at=NOW)
    with store.reading() as connection:
        assert waiting_files(connection, "vhs") == [kept]
        assert waiting_files(connection, "caritas") == []
        assert waiting_content(connection, kept) == b"Bytes"


def test_waiting_is_no_fact_and_raises_no_version(store: Store) -> None:
    before = store.version()
    with store.writing() as connection:
        add_waiting(connection, b"Bytes", partner="", file="Liste.xlsx", person="vhs", at=NOW)
    assert store.version() == before


def test_the_sender_can_be_said_later(store: Store) -> None:
    with store.writing() as connection:
        kept = add_waiting(connection, b"Bytes", partner="", file="Liste.xlsx", person="amt", at=NOW)
        name_sender(connection, kept, "Diakonie")
    with store.reading() as connection:
        assert [file.partner for file in waiting_files(connection, "amt")] == ["Diakonie"]


def test_a_discarded_file_leaves_nothing(store: Store) -> None:
    with store.writing() as connection:
        kept = add_waiting(connection, b"Bytes", partner="", file="Liste.xlsx", person="amt", at=NOW)
        remove_waiting(connection, kept)
    with store.reading() as connection:
        assert waiting_files(connection, "amt") == []
        assert waiting_content(connection, kept) is None


def test_files_wait_in_the_order_in_which_they_came(store: Store) -> None:
    with store.writing() as connection:
        for minute, name in ((2, "b.xlsx"), (1, "c.xlsx"), (1, "a.xlsx")):
            at = NOW + dt.timedelta(minutes=minute)
            add_waiting(connection, b"", partner="", file=name, person="amt", at=at)
    with store.reading() as connection:
        assert [file.file for file in waiting_files(connection, "amt")] == ["a.xlsx", "c.xlsx", "b.xlsx"]
