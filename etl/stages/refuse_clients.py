"""Data about single clients never enter. Source of the rule: the network keeps counts of people, no person's file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from etl.issues import Issue
from etl.stages.clients.labels import Label, groups_of_labels
from etl.stages.clients.unlabelled import (
    families,
    named_columns,
    people_with_birthdays,
    remarks,
    text_of,
    title_says_clients,
)
from etl.stages.clients.verdict import about_clients
from etl.stages.shapes import Sheet, Table, address, column_letters


def refuse_clients(sheet: Sheet, tables: Sequence[Table]) -> Issue | None:
    """The reason to stop, where a sheet looks like one about single clients; None where it does not.

    The issue names places and the sheet's own labels, never what stands under them; ``values["withhold"]`` is what the
    sender could have left out. Contacts of organisations and numbers of people are not meant.
    """
    titled = title_says_clients(sheet)
    spoken: set[str] = set()
    for direction, labels in groups_of_labels(sheet, tables):
        found = about_clients(labels, titled)
        if found:
            return _labelled(sheet, direction, found)
        spoken.update(*(label.roles for label in labels))
    text = text_of(sheet)
    columns = families(sheet, text) or _unlabelled_people(sheet, titled, spoken)
    if columns:
        return _unlabelled(sheet, [column_letters(c) for c in columns], _spans(columns))
    cells = [address(*place) for place in remarks(sheet, text)]
    return _unlabelled(sheet, cells, cells) if cells else None


def _unlabelled_people(sheet: Sheet, titled: bool, spoken: set[str]) -> list[int]:
    """Columns of people that no label speaks of."""
    if titled and not spoken & {"organisation", "offer"}:
        return named_columns(sheet)
    return [] if spoken else people_with_birthdays(sheet)


def _labelled(sheet: Sheet, direction: str, labels: Sequence[Label]) -> Issue:
    labels = sorted(labels, key=lambda label: (label.row, label.column))
    parts = _spans(label.column for label in labels) if direction == "columns" else _rows(labels)
    return Issue(
        "file_single_clients",
        sheet=sheet.name,
        cells=tuple(address(label.row, label.column) for label in labels),
        # a label without a word of ours might be somebody's name
        found=", ".join(dict.fromkeys(label.text.strip() for label in labels if label.roles)),
        values={"withhold": _told(sheet, parts)},
    )


def _unlabelled(sheet: Sheet, cells: Sequence[str], parts: Sequence[str]) -> Issue:
    return Issue(
        "file_single_clients_unlabelled",
        sheet=sheet.name,
        cells=tuple(cells),
        values={"withhold": _told(sheet, parts)},
    )


def _told(sheet: Sheet, parts: Sequence[str]) -> str:
    """``TN!A:C,F`` as ``--withhold`` takes it."""
    return (f"{sheet.name}!" if sheet.name else "") + ",".join(parts)


def _rows(labels: Sequence[Label]) -> list[str]:
    return [f"{row}:{row}" for row in sorted({label.row for label in labels})]


def _spans(columns: Iterable[int]) -> list[str]:
    """Neighbouring columns together: ``[1, 2, 3, 6] -> ["A:C", "F:F"]``."""
    spans: list[list[int]] = []
    for column in sorted(set(columns)):
        if spans and spans[-1][1] == column - 1:
            spans[-1][1] = column
        else:
            spans.append([column, column])
    return [f"{column_letters(first)}:{column_letters(last)}" for first, last in spans]
