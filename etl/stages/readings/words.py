"""Coded words: status, traffic light, target group. Exact words first, then the longest known word inside the text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from rapidfuzz import fuzz, process

from etl.stages.readings.reading import BLANKS, Reading, value_of
from etl.stages.readings.spans import span_of
from etl.stages.shapes import FieldValue
from etl.vocabulary import Vocabulary, normalise

UNKNOWN = "word_unknown"
INTERPRETED = "word_interpreted"
#: A known word inside a longer text says little about it.
_LONGEST_TEXT = 120
_SHORTEST_INNER_WORD = 4
_PROPOSAL_SCORE = 85

_PERCENT = re.compile(r"(100|\d{1,2}) ?%")

#: Where a field's own words do not fit, the words of a neighbour that partners often put into the same column.
_NEIGHBOURS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "measure.status": (("traffic_light", "traffic_light"),),
    "traffic_light": (("status", "measure.status"),),
    "goal.status": (("value", "goal.status_colours"),),
}


def read_code(text: str, domain: str, vocabulary: Vocabulary) -> Reading:
    """The code of ``text`` in ``domain``; with ``word_interpreted`` where only a part of the text is a known word."""
    text = text.strip(BLANKS)
    code = exact_code(text, domain, vocabulary)
    if code is not None:
        return value_of(code)
    inner = _inner_code(normalise(text), domain, vocabulary)
    if inner is not None:
        return Reading({"value": inner}, {}, INTERPRETED)
    done = _PERCENT.fullmatch(text) if domain == "measure.status" else None
    if done:
        return Reading({"progress_pct": int(done[1])}, {}, INTERPRETED)
    for name, other in _NEIGHBOURS.get(domain, ()):
        code = vocabulary.words[other].get(normalise(text))
        if code is not None and len(normalise(text)) >= 3:
            return Reading({name: code}, {}, INTERPRETED)
    return Reading(problem=UNKNOWN, proposal=_nearest(text, domain, vocabulary), unread=text)


def exact_code(text: str, domain: str, vocabulary: Vocabulary) -> str | None:
    code = vocabulary.raw_words[domain].get(text)
    return code if code is not None else vocabulary.words[domain].get(normalise(text))


def is_sign(word: str) -> bool:
    """``-``, ``+``, ``3``, ``o``: means a code only beside other such signs."""
    return len(normalise(word)) <= 1


_inner_words: dict[tuple[str, str], tuple[str, ...]] = {}


def _longest_first(domain: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    key = (vocabulary.version, domain)
    if key not in _inner_words:
        alone = vocabulary.words.get(f"{domain}.alone", {})
        known = vocabulary.words[domain]
        words = (word for word in known if len(word) >= _SHORTEST_INNER_WORD and word not in alone)
        _inner_words[key] = tuple(sorted(words, key=len, reverse=True))
    return _inner_words[key]


def _inner_code(text: str, domain: str, vocabulary: Vocabulary) -> str | None:
    """The longest word of the domain that stands in the text as a whole word, unless a "nicht" or "wird" unsays it."""
    if not text or len(text) > _LONGEST_TEXT:
        return None
    framed = f" {text} "
    for word in _longest_first(domain, vocabulary):
        position = framed.find(f" {word} ")
        if position >= 0:
            before = framed[:position].split()[-3:]
            after = framed[position + len(word) + 1 :].split()[:1]
            return None if _unsaid(before, after, vocabulary) else vocabulary.words[domain][word]
    return None


def _unsaid(before: list[str], after: list[str], vocabulary: Vocabulary) -> bool:
    hedges = vocabulary.words["hedges"]
    nearby = [*before, *(" ".join(pair) for pair in pairwise(before))]
    return any(word in hedges for word in nearby) or after == ["werden"]


def _nearest(text: str, domain: str, vocabulary: Vocabulary) -> str | None:
    plain = normalise(text)
    if not 4 <= len(plain) <= 60:
        return None
    words = vocabulary.words[domain]
    best = process.extractOne(plain, words.keys(), scorer=fuzz.ratio, score_cutoff=_PROPOSAL_SCORE)
    return words[best[0]] if best else None


_SEPARATORS = re.compile(r"[,;/\n\u2022|]+|(?:^|\n)\s*-\s")
_AND = re.compile(r"\s+(?:und|sowie|and|&|\+)\s+")


def read_codes(text: str, domain: str, vocabulary: Vocabulary) -> Reading:
    """A list of codes. What is not understood among them is given as ``unread``; the rest is still read."""
    text = text.strip(BLANKS)
    found: list[str] = []
    unread: list[str] = []
    proposals: list[str | None] = []
    interpreted = False
    for reading, piece in _pieces(text, domain, vocabulary):
        code = reading.value
        if isinstance(code, str):
            interpreted = interpreted or reading.mark is not None
            found.append(code)
        else:
            unread.append(piece)
            proposals.append(reading.proposal)
    if not found and not unread:
        unread.append(text)
    fields: dict[str, FieldValue] = {"value": list(dict.fromkeys(found))} if found else {}
    if not unread:
        return Reading(fields, {}, INTERPRETED if interpreted else None)
    proposal = proposals[0] if len(proposals) == 1 else None
    mark = INTERPRETED if found else None
    return Reading(fields, {}, mark, problem=UNKNOWN, proposal=proposal, unread="; ".join(unread))


def _pieces(text: str, domain: str, vocabulary: Vocabulary) -> Iterable[tuple[Reading, str]]:
    code = exact_code(text, domain, vocabulary)
    if code is not None:
        yield value_of(code), text
        return
    for piece in filter(None, (p.strip(BLANKS) for p in _SEPARATORS.split(text))):
        reading = read_code(piece, domain, vocabulary)
        smaller = _AND.split(piece)
        if len(smaller) == 1 or (reading.value is not None and reading.mark is None):
            yield reading, piece
        else:
            parts = [(read_code(part, domain, vocabulary), part) for part in smaller if part]
            yield from parts if any(found.value is not None for found, _ in parts) else [(reading, piece)]


def status_with_dates(text: str, code: str, bounded: bool, day: dt.date, vocabulary: Vocabulary) -> tuple[str, bool]:
    """The trap word ``laufend`` and a completion that is still to come; the code, and whether it was decided here.

    ``laufend`` is in progress where the row is ``bounded`` by an end, a permanent task where its end is open or not
    stated (rule ``laufend`` of the vocabulary). ``abgeschlossen zum 31.12.2026`` is running until then.
    """
    word = normalise(text)
    if word in vocabulary.words["running_or_permanent"]:
        return ("running" if bounded else "permanent"), True
    if code == "completed" and any(c.isdigit() for c in text):
        date = re.search(r"\d{1,2}\. ?\d{1,2}\. ?\d{2,4}|\d{1,2}/\d{4}|\b20\d\d\b", text)
        span = span_of(date[0], vocabulary) if date else None
        if span and span.end and span.end.last > day:
            return "running", True
    return code, False


def read_bool(text: str, vocabulary: Vocabulary) -> Reading:
    code = exact_code(text.strip(BLANKS), "boolean", vocabulary)
    if code is None:
        return Reading(problem=UNKNOWN, unread=text.strip(BLANKS))
    return value_of(code == "true")
