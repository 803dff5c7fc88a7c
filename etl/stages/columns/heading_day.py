"""The stretch of time a heading names more exactly than by its year: "Ist 30.09.2026", "1. HJ 2026", "Q2/2026"."""

from __future__ import annotations

import re

from etl.stages.readings.spans import span_of
from etl.vocabulary import Vocabulary

_STRETCH = re.compile(
    r"\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2})\b|\d{4}-\d\d-\d\d|(?<![\d.])\d{1,2}[./]\d{4}\b|"
    r"(?:[12]|I{1,2})\.?\s?(?:HJ|Halbjahr)\s?/?\s?\d{4}|(?:[1-4]\.?\s?(?:Quartal|Q)|Q\s?[1-4])\s?/?\s?\d{4}|"
    r"\b(?:I{1,3}|IV)/\d{4}|\b(?:jan|feb|mär|mrz|apr|mai|jun|jul|aug|sep|okt|nov|dez)\w*\.?\s\d{4}",
    re.IGNORECASE,
)


def day_of_heading(text: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """The last day of the only stretch in ``text`` and its precision; None where there is none but a year."""
    found = _STRETCH.findall(text)
    span = span_of(found[0], vocabulary) if len(found) == 1 else None
    if span is None or span.end is None:
        return None
    return span.end.last.isoformat(), span.end.precision
