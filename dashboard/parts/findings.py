"""Findings as sentences."""

from __future__ import annotations

from collections.abc import Callable

from etl.rules.finding import Finding

Say = Callable[..., str]


def sentence(finding: Finding, say: Say) -> str:
    """The finding and those that follow it, in one breath."""
    return " ".join(say(one.code, **one.values) for one in finding.sentences)
