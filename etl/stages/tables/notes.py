"""Texts that are no data, told by how they begin: titles, totals, legends, instructions, examples, footers."""

from __future__ import annotations

import re
from collections import defaultdict

from etl.stages.shapes import CellValue
from etl.stages.tables.grid import Grid
from etl.vocabulary import Vocabulary, normalise

_DAY = re.compile(
    r"\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2})|\d{4}-\d\d-\d\d|\b\d{1,2}[/.]\d{4}|"
    r"\b(?:jan|feb|mär|mrz|apr|mai|jun|jul|aug|sep|okt|nov|dez|mar|may|oct|dec)\w*\.?\s+\d{4}|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_EQUALS = re.compile(r"^\S+(?:\s\S+){0,2}\s*=\s*\S")
_FOOTNOTE = re.compile(r"^(?:\*+|\d\)|¹|²|³)\s*\S")
_ALONE = frozenset(("legend", "instruction", "example", "total"))


class NoteWords:
    """The vocabulary's set-aside beginnings, arranged by their first word."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._by_first: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.section_words: set[str] = set()
        for reason, phrases in vocabulary.set_aside.items():
            for phrase in phrases:
                if reason == "section":
                    self.section_words.update(word for word in phrase.split()[:1] if len(word) > 1 and word.isalpha())
                elif normalise(phrase):
                    self._by_first[phrase.split()[0]].append((phrase, reason))
                else:
                    self._by_first[phrase].append((phrase, reason))
        totals = (phrase for phrase in vocabulary.set_aside.get("total", ()))
        examples = (phrase for phrase in vocabulary.set_aside.get("example", ()))
        self.starts = frozenset(start for phrase in (*totals, *examples) for start in _spellings(phrase))

    def reasons(self, text: str) -> dict[str, str]:
        """Reason -> the longest phrase ``text`` begins with (whole words)."""
        words = normalise(text)
        first = words.split(" ", 1)[0] if words else text.strip()[:1]
        found: dict[str, str] = {}
        for phrase, reason in self._by_first.get(first, ()):
            begins = not words or words == phrase or words.startswith(phrase + " ")
            if begins and len(phrase) > len(found.get(reason, "")):
                found[reason] = phrase
        return found


def _spellings(phrase: str) -> tuple[str, ...]:
    """The first three letters as they may stand in a cell, lower-case, with and without umlaut."""
    plain = phrase.casefold()
    if len(plain) > 2 and plain[1] == " ":
        return (f"{plain[0]}. ", f"{plain[0]}.{plain[2]}")
    umlaut = plain.replace("ae", "ä").replace("oe", "ö").replace("ue", "ü")
    return (plain[:3], umlaut[:3])


_words: dict[str, NoteWords] = {}


def note_words(vocabulary: Vocabulary) -> NoteWords:
    found = _words.get(vocabulary.version)
    if found is None:
        if len(_words) >= 4:
            _words.clear()
        found = _words[vocabulary.version] = NoteWords(vocabulary)
    return found


def has_day(value: CellValue) -> bool:
    """Whether a cell gives a day: a date, or a text with one in it."""
    return bool(_DAY.search(value)) if isinstance(value, str) else hasattr(value, "year")


def as_of_cell(grid: Grid, row: int, words: NoteWords) -> tuple[int, int] | None:
    """The cell with the day in a row like ``"Stand: 20.10.2026"`` or ``"Stand:" | 20.10.2026``."""
    filled = grid.filled(row)
    for place, column in enumerate(filled):
        text = grid.text(row, column)
        if text is None or len(text) > 120:
            continue
        if "as_of" not in words.reasons(text) and not re.search(r"\bstand:?\s+(?:vom\s+)?\d", text, re.IGNORECASE):
            continue
        if has_day(text):
            return (row, column)
        if place + 1 < len(filled) and has_day(grid.value(row, filled[place + 1])):
            return (row, filled[place + 1])
    return None


def note_reason(text: str, words: NoteWords, default: str) -> str:
    """Why a text beside the records is no data: its own beginning, else ``default``."""
    found = words.reasons(text)
    for reason in ("as_of", "instruction", "example", "legend", "total", "footer"):
        if reason in found and (reason != "as_of" or has_day(text)):
            return reason
    if _EQUALS.match(text) or _FOOTNOTE.match(text):
        return "legend"
    return default


def own_reason(text: str, words: NoteWords) -> str | None:
    """As ``note_reason``, for a lone text among records: only where its beginning is unmistakable."""
    found = words.reasons(text)
    for reason in ("example", "instruction", "legend", "total"):
        if reason in found and reason in _ALONE:
            return reason
    if has_day(text) and ("as_of" in found):
        return "as_of"
    if "footer" in found and (text.rstrip().endswith(":") or ":" in text or len(text) > 30):
        return "footer"
    return "legend" if _EQUALS.match(text) or _FOOTNOTE.match(text) else None
