"""Downloads: the table as it is shown, as CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from dashboard.parts.context import Context

#: How a cell begins that a spreadsheet would run.
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows of texts, exactly as shown. ``rows`` is asked when someone downloads, not before."""

    headings: tuple[str, ...]
    rows: Callable[[], Iterable[Sequence[str]]]


def csv_of(table: Table, closing: str) -> bytes:
    """The table as CSV (UTF-8 with mark, ``;``), ``closing`` (class and day) as its last line."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([_harmless(heading) for heading in table.headings])
    for row in table.rows():
        assert len(row) == len(table.headings), f"a row of {len(row)} cells under {len(table.headings)} headings"
        writer.writerow([_harmless(cell) for cell in row])
    writer.writerow([])
    writer.writerow([_harmless(closing)])
    return target.getvalue().encode("utf-8-sig")


def download(table: Table, name: str, context: Context, audience: str = "internal") -> None:
    """A button that downloads ``table``; ``name`` (a menu word) becomes the file's name, ``audience`` its class.

    The file is made when it is asked for, and only if this user may still look then.
    """
    closing = context.say(
        "download.closing",
        network=context.network.name,
        audience=context.say(f"audience.{audience}"),
        day=context.day,
    )

    def data() -> bytes:
        context.admit()
        return csv_of(table, closing)

    st.download_button(
        context.say("download.csv"),
        data=data,
        file_name=f"{name}-{context.day.isoformat()}.csv",
        mime="text/csv",
        on_click="ignore",
        type="tertiary",
        key=f"download-{name}",
    )


def _harmless(text: str) -> str:
    """An apostrophe before what a spreadsheet would take for a formula; no-break spaces become plain ones."""
    plain = text.replace("\u00a0", " ")
    return f"'{plain}" if plain.lstrip(" ").startswith(_STARTS_A_FORMULA) else plain
