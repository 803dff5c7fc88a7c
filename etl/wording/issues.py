"""An issue as a sentence and a proposal, in the reader's language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

from etl.issues import Issue
from etl.wording import formatted, has, say

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONEY = re.compile(r"\d+\.\d\d")
#: Readings that failed and may bring the value that was probably meant.
_WITH_VALUE = frozenset({"date_unreadable", "amount_unreadable", "count_unreadable", "number_unreadable"})


def issue_wording(language: str) -> Callable[[Issue], tuple[str, str | None]]:
    """A function that words an issue: (sentence that says where, what stood there and why; what to do, or None)."""

    def words(issue: Issue) -> tuple[str, str | None]:
        values = _values(issue, language)
        key = f"issue.{issue.code}"
        proposal_key = "issue.value_proposal" if issue.proposal and issue.code in _WITH_VALUE else f"{key}.proposal"
        proposal = say(language, proposal_key, **values) if has(language, proposal_key) else None
        return say(language, key, **values), proposal

    return words


def _values(issue: Issue, language: str) -> dict[str, object]:
    """Every issue can say ``{sheet}``, ``{cells}``, ``{found}``, ``{proposed}`` and its own values; ``{n}`` counts its
    cells."""
    return {
        "sheet": issue.sheet or "",
        "cells": ", ".join(issue.cells[:5]) + (" …" if len(issue.cells) > 5 else ""),
        "n": len(issue.cells),
        "found": issue.found or "",
        "proposed": _proposed(issue, language),
        **{name: value for name, value in issue.values.items() if name not in {"n"}},
        **_file_kind(issue, language),
    }


def _file_kind(issue: Issue, language: str) -> dict[str, str]:
    """What a file is instead of a spreadsheet, in words: „ein PDF“."""
    if issue.code != "file_not_a_spreadsheet":
        return {}
    key = f"file_kind.{issue.values.get('kind')}"
    return {"kind": say(language, key if has(language, key) else "file_kind.binary")}


def _proposed(issue: Issue, language: str) -> str:
    """The proposed value as people write it: 30. April 2027, 5.300 €."""
    text = issue.proposal or ""
    if issue.code == "date_unreadable" and _DAY.fullmatch(text):
        return formatted(language, dt.date.fromisoformat(text), "date")
    if issue.code.startswith("amount_") and _MONEY.fullmatch(text):
        return formatted(language, Decimal(text), "money")
    return text
