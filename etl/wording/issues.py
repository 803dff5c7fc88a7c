"""An issue as a sentence and a proposal, in the reader's language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from etl.issues import Issue
from etl.wording import formatted, has, say

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONEY = re.compile(r"-?\d+\.\d\d")
_ROW = re.compile(r"[A-Z]+(\d+)$")
#: Readings that failed and may bring the value that was probably meant.
_WITH_VALUE = frozenset({"date_unreadable", "amount_unreadable", "count_unreadable", "number_unreadable"})
#: What they are about is counted where they are told: their cells are ranges, and not all of them.
_COUNTED = frozenset(
    {
        *("rows_hidden", "columns_hidden", "colour_not_read", "comment_not_read", "cell_struck", "cell_struck_in_part"),
        *("merged_hides_values", "value_from_elsewhere", "cells_withheld"),
    }
)
#: Cells, rows and names that a sentence lists before it only counts.
_CELLS_SHOWN, _ROWS_SHOWN, _NAMES_SHOWN = 5, 8, 5
_LONGEST_NAME = 60
#: What a spreadsheet program opens as a table; of anything else (a PDF, a photo, a letter) only its sender has one.
_OPENED_AS_TABLE = frozenset({"sylk", "dif", "html", "excel_2003_xml", "xml", "text", "numbers"})
_PACKED = frozenset({"archive", "zip"})


def issue_wording(language: str) -> Callable[[Issue], tuple[str, str | None]]:
    """A function that words an issue: (sentence that says where, what stood there and why; what to do, or None)."""

    def words(issue: Issue) -> tuple[str, str | None]:
        values = _values(issue, language)
        proposal_key = _proposal_key(issue)
        proposal = say(language, proposal_key, **values) if has(language, proposal_key) else None
        return say(language, f"issue.{issue.code}", **values), proposal

    return words


def _proposal_key(issue: Issue) -> str:
    if issue.proposal and issue.code in _WITH_VALUE:
        return "issue.value_proposal"
    if issue.proposal and issue.code == "sender_unknown":
        return "issue.sender_unknown.near"
    if issue.proposal and issue.code == "reference_unknown":
        return "issue.near"
    if issue.code == "amount_two" and not issue.proposal:
        return "issue.amount_unreadable.proposal"
    if issue.code == "file_not_a_spreadsheet" and issue.values.get("kind") in _PACKED:
        return "issue.file_not_a_spreadsheet.unpack"
    if issue.code == "file_not_a_spreadsheet" and issue.values.get("kind") not in _OPENED_AS_TABLE:
        return "issue.file_not_a_spreadsheet.ask"
    return f"issue.{issue.code}.proposal"


def _values(issue: Issue, language: str) -> dict[str, object]:
    """Every issue can say ``{where}``, ``{cells}``, ``{rows}``, ``{found}``, ``{founds}``, ``{proposed}``, ``{read}``
    and its own values; ``{n}`` counts what it is about: texts, rows or cells."""
    return {
        **{name: _dated(name, value) for name, value in issue.values.items() if name not in {"n"}},
        "sheet": issue.sheet or "",
        "where": _where(issue, language),
        "cells": _cells(issue.cells),
        "rows": _rows(issue, language),
        "n": _number(issue),
        "found": issue.found or "",
        "founds": _founds(issue, language),
        "proposed": _proposed(issue, language),
        "read": _read(issue, language),
        "candidates": formatted(language, [f"{c}" for c in _several(issue, "candidates")], "list_or"),
        "evidence": formatted(
            language, [say(language, f"issue.evidence.{c}") for c in _several(issue, "evidence")], "list"
        ),
        **_file_kind(issue, language),
    }


def _dated(name: str, value: object) -> object:
    """Values are kept as plain data; a sentence takes a date."""
    return dt.date.fromisoformat(value) if name == "day" and isinstance(value, str) else value


def _file_kind(issue: Issue, language: str) -> dict[str, str]:
    """What a file is instead of a spreadsheet, in words: „ein PDF“."""
    if issue.code != "file_not_a_spreadsheet":
        return {}
    key = f"file_kind.{issue.values.get('kind')}"
    return {"kind": say(language, key if has(language, key) else "file_kind.binary")}


def _several(issue: Issue, name: str) -> Sequence[str]:
    found = issue.values.get(name)
    return [str(item) for item in found] if isinstance(found, list | tuple) else []


def _number(issue: Issue) -> int:
    parts = issue.parts or (issue,)
    texts = {part.found for part in parts if part.found}
    if issue.code.startswith("more_"):
        return sum(max(1, len(part.cells)) for part in parts)
    if issue.code in _COUNTED:
        return sum(int(part.values.get("count", max(1, len(part.cells)))) for part in parts)
    if issue.code == "record_without_title":
        return max(1, len(_row_numbers(issue)))
    if issue.code == "sheet_not_understood":
        return len({part.sheet for part in parts})
    if texts:
        return max(len(texts), len(parts))
    return max(1, len(issue.cells) if len(parts) == 1 else len(parts))


def _where(issue: Issue, language: str) -> str:
    sheets = list(dict.fromkeys(part.sheet for part in issue.parts or (issue,) if part.sheet))
    cells = _cells(issue.cells) if issue.code not in ("record_without_title", "sheet_not_understood") else ""
    if issue.sheet and cells:
        return say(language, "issue.where", sheet=issue.sheet, cells=cells)
    if cells and not sheets:  # delimited text: its one sheet has no name
        return say(language, "issue.where_cells", n=len(issue.cells), cells=cells)
    if len(sheets) == 1:
        return say(language, "issue.where_sheet", sheet=sheets[0])
    return _listed(sheets, language) if sheets else say(language, "issue.nowhere")


def _cells(cells: Sequence[str]) -> str:
    return ", ".join(cells[:_CELLS_SHOWN]) + (" …" if len(cells) > _CELLS_SHOWN else "")


def _row_numbers(issue: Issue) -> list[int]:
    return sorted({int(found.group(1)) for cell in issue.cells if (found := _ROW.search(cell))})


def _rows(issue: Issue, language: str) -> str:
    """The rows of the cells: ``3, 5 bis 9``."""
    runs: list[list[int]] = []
    for row in _row_numbers(issue):
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    to = say(language, "issue.to")
    texts = [str(a) if a == b else f"{a} {to} {b}" for a, b in runs]
    return ", ".join(texts[:_ROWS_SHOWN]) + (" …" if len(texts) > _ROWS_SHOWN else "")


def _founds(issue: Issue, language: str) -> str:
    """What stood there, each in quotes; of many the first and how many more."""
    parts = issue.parts or (issue,)
    return _listed(list(dict.fromkeys(part.found for part in parts if part.found)), language)


def _listed(texts: Sequence[str], language: str) -> str:
    quoted = [formatted(language, _short(text), "quoted") for text in texts[:_NAMES_SHOWN]]
    if len(texts) <= _NAMES_SHOWN:
        return formatted(language, quoted, "list")
    return say(language, "issue.and_more", founds=", ".join(quoted), n=len(texts) - _NAMES_SHOWN)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1].rstrip() + "…"


def _proposed(issue: Issue, language: str) -> str:
    """The proposed value as people write it: 30. April 2027, 5.300 €, Status."""
    text = issue.proposal or ""
    if issue.code == "date_unreadable":
        return _said([text], language)
    if issue.code.startswith("amount_"):
        return _said([text], language)
    if issue.code.startswith("heading_") and has(language, f"field.{text}"):
        return say(language, f"field.{text}")
    return text


def _read(issue: Issue, language: str) -> str:
    """What was read, as people write it: 1. September 2026 … 30. November 2026."""
    read = str(issue.values.get("read", ""))
    return _said(read.split(" "), language) if issue.code.startswith(("date_", "amount_")) else read


def _said(words: Iterable[str], language: str) -> str:
    return " ".join(_word(word, language) for word in words)


def _word(word: str, language: str) -> str:
    if _DAY.fullmatch(word):
        return formatted(language, dt.date.fromisoformat(word), "date")
    return formatted(language, Decimal(word), "money") if _MONEY.fullmatch(word) else word
