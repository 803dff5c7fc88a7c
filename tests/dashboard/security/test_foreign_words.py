"""Words from other people's files are words: no picture is asked for, no link is made, nothing runs."""

from __future__ import annotations

import datetime as dt
import io
import re
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dashboard.answers import uploads
from etl.model.store import Store, open_store
from tests.dashboard.networks import HEADINGS, a_network, workbook
from tests.signed_in import a_user, app_as

PICTURE = "![x](http://evil.example/a.png)"
NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
#: A picture or a link that Streamlit would make of a label.
MARKDOWN = re.compile(r"(?<!\\)\]\(")


def named(content: bytes, old: str, new: str) -> bytes:
    """The workbook with a sheet's name that no spreadsheet program would allow."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as written:
        for name in source.namelist():
            part = source.read(name)
            written.writestr(name, part.replace(old.encode(), new.encode()) if name == "xl/workbook.xml" else part)
    return target.getvalue()


def two_sheets() -> bytes:
    from openpyxl import load_workbook

    row = (PICTURE, "läuft", dt.date(2026, 9, 1), dt.date(2027, 8, 31), 40, 12, PICTURE)
    book = load_workbook(io.BytesIO(workbook("ERSTES", HEADINGS, row)))
    book.create_sheet("Notizen").append(("etwas",))
    target = io.BytesIO()
    book.save(target)
    return named(target.getvalue(), "ERSTES", PICTURE)


def test_the_name_of_a_sheet_is_not_read_as_markdown(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    a_user(sqlite_store, "amt", "coordinator")
    found = uploads.receive(
        sqlite_store, two_sheets(), f"{PICTURE}.xlsx", partner="Diakonie", person="amt", at=NOW
    ).waiting
    assert found is not None
    at = app_as(sqlite_store, "amt", "rueckmeldungen", datei=found.id).at
    assert not at.exception
    labels = [option.content for group in at.get("button_group") for option in group.proto.options]
    assert any("evil" in label for label in labels), labels
    assert not [label for label in labels if MARKDOWN.search(label)]


def test_a_persons_name_is_not_read_as_markdown(sqlite_store: Store) -> None:
    a_user(sqlite_store, "amt", "coordinator")
    with sqlite_store.writing() as connection:
        connection.exec_driver_sql("UPDATE account SET display_name = ?", (PICTURE,))
    at = app_as(sqlite_store, "amt", "foerdermittel").at
    labels = [str(getattr(node.proto, "popover", None) or "") for node in _below(at.main)]
    [told] = [label for label in labels if "evil" in label]
    assert not MARKDOWN.search(told.replace("\\\\", "\\"))


def _below(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from _below(child)


def test_a_new_database_is_read_by_its_owner_alone(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'deep' / 'store.db'}")
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE store_version SET version = version + 1")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "deep").iterdir()}
    store.close()
    assert modes == {0o600}
