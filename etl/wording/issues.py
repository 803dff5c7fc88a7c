"""An issue as a sentence and a proposal, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable

from etl.issues import Issue
from etl.wording import has, say


def issue_wording(language: str) -> Callable[[Issue], tuple[str, str | None]]:
    """A function that words an issue: (sentence that says where, what stood there and why; what to do, or None)."""

    def words(issue: Issue) -> tuple[str, str | None]:
        values = _values(issue)
        key = f"issue.{issue.code}"
        proposal = say(language, f"{key}.proposal", **values) if has(language, f"{key}.proposal") else None
        return say(language, key, **values), proposal

    return words


def _values(issue: Issue) -> dict[str, object]:
    """What every issue can say: ``{sheet}``, ``{cells}``, ``{found}``, ``{proposed}``, ``{n}`` (cells), and more."""
    return {
        "sheet": issue.sheet or "",
        "cells": ", ".join(issue.cells[:5]) + (" …" if len(issue.cells) > 5 else ""),
        "n": len(issue.cells),
        "found": issue.found or "",
        "proposed": issue.proposal or "",
        **{name: value for name, value in issue.values.items() if name not in {"n"}},
    }
