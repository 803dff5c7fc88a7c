"""How a body felt about a goal or measure in a meeting: a line beside the rating, counts and no names."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.answers.result_words import worded_temperature
from dashboard.answers.results import Assessed
from dashboard.parts.blocks import rating_symbol
from dashboard.parts.html import Content, joined, tag


def assessed_pairs(felt: Sequence[Assessed], language: str) -> list[tuple[Content, Content]]:
    """„Einschätzung vom 10. November 2026, Steuerungsgruppe“ and what it was."""
    return [(worded_temperature(one, language).title, _spread(one, language)) for one in felt if one.spread]


def _spread(one: Assessed, language: str) -> Content:
    worded = worded_temperature(one, language)
    counts = (joined([rating_symbol(bar.code, language), f" {bar.n}"]) for bar in worded.bars if bar.n)
    return joined([worded.finding, " ", tag("small", joined(counts, " · "), class_="rt-below-line")])
