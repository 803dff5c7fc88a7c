"""Rows that head the rows below them: ``"Handlungsfeld 2: Bildung"`` alone in a row, often merged over the width."""

from __future__ import annotations

import re

from etl.stages.tables.notes import NoteWords
from etl.vocabulary import Vocabulary, normalise

_NUMBER = r"(?:\d{1,2}(?:\.\d{1,2}){0,3}|[A-Z]|[IVX]{1,4})"
_NUMBERED = re.compile(rf"^\s*(?:{_NUMBER}[.)]|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})\s+(?=\S)")
_LABEL = re.compile(rf"^\s*([A-Za-zÄÖÜäöüß]+)\s*(?:Nr\.?\s*)?{_NUMBER}?\.?\s*(?::|–|—|-\s)\s*(?=\S)")
_FULL_DAY = re.compile(
    r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{1,2}\.?\s(?:jan|feb|mär|mrz|apr|mai|jun|jul|aug|sep|okt|nov|dez)\w*\.?\s\d{4}",
    re.IGNORECASE,
)
_FIELD = re.compile(r"^\s*(?:Handlungsfeld|Themenfeld|HF|Field of action)\b.{0,6}[:–—-]\s*\S", re.IGNORECASE)
_MEETING = re.compile(
    r"\b(?:\w*sitzung|\w*treffen|\w*runde|besprechung|protokoll|klausur|versammlung|beschl(?:uss|üsse|ossen)\w*|beirat|"
    r"ausschuss|gremium|meeting|session|workshop|am|vom)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

#: First word of a section -> what it speaks of; everything else is a field of action.
_SUBJECTS = {
    "leitziel": "goal",
    "ziel": "goal",
    "wirkungsziel": "goal",
    "handlungsziel": "goal",
    "teilziel": "goal",
    "oberziel": "goal",
    "goal": "goal",
    "haushaltsjahr": "year",
    "foerderjahr": "year",
    "berichtsjahr": "year",
    "jahr": "year",
    "year": "year",
    "quartal": "year",
    "halbjahr": "year",
}


def met_on(text: str) -> str | None:
    """The one full date in "Sitzung vom 12. März 2026, Rathaus": when what stands below was decided."""
    found = _FULL_DAY.findall(text)
    return found[0] if len(found) == 1 and len(text) <= 120 and _MEETING.search(text) else None


def looks_like_section(text: str, words: NoteWords) -> bool:
    """By its beginning alone: a section word, a number or letter before a title, or a bare year."""
    whole = normalise(text)
    if not whole or len(text) > 160:
        return False
    if whole.split(" ", 1)[0] in words.section_words or _NUMBERED.match(text) or met_on(text):
        return True
    return bool(re.fullmatch(r"(?:19|20)\d\d", whole))


def section_subject(text: str, words: NoteWords, vocabulary: Vocabulary) -> str:
    """What the section states: field_of_action, goal, year, type (of organisation) or level (of funding)."""
    if met_on(text):
        return "day"
    whole = normalise(text)
    first = whole.split(" ", 1)[0]
    if first in _SUBJECTS:
        return _SUBJECTS[first]
    if re.fullmatch(r"(?:19|20)\d\d", whole):
        return "year"
    bare = normalise(section_text(text, words))
    for domain, subject in (
        ("field_of_action", "field_of_action"),
        ("organisation.type", "type"),
        ("funding.level", "level"),
    ):
        if bare in vocabulary.words.get(domain, {}):
            return subject
    return "field_of_action"


def names_field(text: str) -> bool:
    """A field of action with its label: "Themenfeld: Schule", "Handlungsfeld 3 – Wohnen"."""
    return bool(_FIELD.match(text)) and len(text) <= 100


def known_section(text: str, words: NoteWords, vocabulary: Vocabulary) -> bool:
    """Whether the text is, word for word, a field of action, a kind of organisation or a funding level."""
    bare = normalise(section_text(text, words))
    return any(bare in vocabulary.words.get(d, {}) for d in ("field_of_action", "organisation.type", "funding.level"))


def section_text(text: str, words: NoteWords) -> str:
    """Without label and number: ``"Handlungsfeld 2: Bildung" -> "Bildung"``; a year section gives its year."""
    if day := met_on(text):
        return day
    first = normalise(text).split(" ", 1)[0]
    if _SUBJECTS.get(first) == "year" and (year := _YEAR.search(text)):
        return year.group()
    pattern = _LABEL if first in words.section_words else _NUMBERED
    return pattern.sub("", text, count=1).strip() or text.strip()
