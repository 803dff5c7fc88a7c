"""Coded words: status, traffic light, target group. Exact words first, then what known words inside say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from etl.stages.readings.phrases import Phrase, phrases_in
from etl.stages.readings.reading import BLANKS, Reading, value_of
from etl.stages.readings.resembling import nearest, resembling
from etl.stages.readings.sentences import code_of_sentence, when
from etl.stages.shapes import FieldValue
from etl.vocabulary import Vocabulary, normalise

UNKNOWN = "word_unknown"
INTERPRETED = "word_interpreted"
#: A known word inside a longer text says little about it.
_LONGEST_TEXT = 240
_LONG_WORD = 6

_PERCENT = re.compile(r"(100|\d{1,2}) ?%")

#: Where a field's own words do not fit, the words of a neighbour that partners often put into the same column.
_NEIGHBOURS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "measure.status": (("traffic_light", "traffic_light"),),
    "traffic_light": (("status", "measure.status"),),
    "goal.status": (("value", "goal.status_colours"),),
}


def read_code(
    text: str, domain: str, vocabulary: Vocabulary, day: dt.date | None = None, several: bool = False
) -> Reading:
    """The code of ``text`` in ``domain``; with ``word_interpreted`` where only a part of the text is a known word.

    ``day`` tells what is still to come; ``several``: the text may speak of several codes at once.
    """
    text = text.strip(BLANKS)
    code = exact_code(text, domain, vocabulary)
    if code is not None:
        return value_of(code)
    inner = _inner_code(text, domain, vocabulary, day, several)
    if inner is not None:
        return Reading({"value": inner}, {}, INTERPRETED)
    like = resembling(text, domain, vocabulary)
    if like is not None:
        return Reading({"value": like}, {}, INTERPRETED)
    done = _PERCENT.fullmatch(text) if domain == "measure.status" else None
    if done:
        return Reading({"progress_pct": int(done[1])}, {}, INTERPRETED)
    for name, other in _NEIGHBOURS.get(domain, ()):
        code = vocabulary.words[other].get(normalise(text))
        if code is not None and len(normalise(text)) >= 3:
            return Reading({name: code}, {}, INTERPRETED)
    return Reading(problem=UNKNOWN, proposal=nearest(text, domain, vocabulary), unread=text)


def exact_code(text: str, domain: str, vocabulary: Vocabulary) -> str | None:
    code = vocabulary.raw_words[domain].get(text)
    return code if code is not None else vocabulary.words[domain].get(normalise(text))


def is_sign(word: str) -> bool:
    """``-``, ``+``, ``3``, ``o``: means a code only beside other such signs."""
    return len(normalise(word)) <= 1


def _inner_code(text: str, domain: str, vocabulary: Vocabulary, day: dt.date | None, several: bool) -> str | None:
    """What the known words inside a text say. Of ``several`` that may stand in it the longest, else all must agree."""
    if not text or len(text) > _LONGEST_TEXT:
        return None
    if domain.endswith(".status"):
        return code_of_sentence(text, domain, vocabulary, day)
    words = normalise(text).split()
    phrases = phrases_in(words, domain, vocabulary)
    if several:
        phrases = sorted(phrases, key=lambda phrase: -len(" ".join(words[phrase.start : phrase.end])))[:1]
    if any(_unsaid(words, phrase, vocabulary) for phrase in phrases):
        return None
    codes = {phrase.code for phrase in phrases}
    return codes.pop() if len(codes) == 1 else None


def _unsaid(words: list[str], phrase: Phrase, vocabulary: Vocabulary) -> bool:
    hedges = vocabulary.words["hedges"]
    before, after = words[max(0, phrase.start - 3) : phrase.start], words[phrase.end : phrase.end + 1]
    nearby = [*before, *(" ".join(pair) for pair in pairwise(before))]
    return any(word in hedges for word in nearby) or after == ["werden"]


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
            more = _codes_of_words(piece, domain, vocabulary)
            # "new immigrants" are no group of their words: what we know as a whole is not widened by a word in it
            more = more - {code} if reading.mark or code in more else set()
            interpreted = interpreted or reading.mark is not None or bool(more)
            found += [code, *sorted(more)]
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


def _codes_of_words(piece: str, domain: str, vocabulary: Vocabulary) -> set[str]:
    """What the words of a short group say one by one: "geflüchtete Frauen" are refugees and women."""
    words = normalise(piece).split()
    known = vocabulary.words[domain]
    return {known[word] for word in words if word in known and len(word) >= _LONG_WORD} if len(words) == 2 else set()


def _pieces(text: str, domain: str, vocabulary: Vocabulary) -> Iterable[tuple[Reading, str]]:
    code = None if _SEPARATORS.search(text) else exact_code(text, domain, vocabulary)
    if code is not None:
        yield value_of(code), text
        return
    for piece in filter(None, (p.strip(BLANKS) for p in _SEPARATORS.split(text))):
        reading = read_code(piece, domain, vocabulary, several=True)
        smaller = _AND.split(piece)
        if len(smaller) == 1 or (reading.value is not None and reading.mark is None):
            yield reading, piece
        else:
            parts = [(read_code(part, domain, vocabulary, several=True), part) for part in smaller if part]
            yield from parts if any(found.value is not None for found, _ in parts) else [(reading, piece)]


def status_with_dates(text: str, code: str, bounded: bool, day: dt.date, vocabulary: Vocabulary) -> tuple[str, bool]:
    """The trap word ``laufend`` and a completion that is still to come; the code, and whether it was decided here.

    ``laufend`` is in progress where the row is ``bounded`` by an end, a permanent task where its end is open or not
    stated (rule ``laufend`` of the vocabulary). ``abgeschlossen zum 31.12.2026`` is running until then.
    """
    word = normalise(text)
    if word in vocabulary.words["running_or_permanent"]:
        return ("running" if bounded else "permanent"), True
    if code == "completed" and when(text, day) == "future":
        return "running", True
    return code, False


def read_bool(text: str, vocabulary: Vocabulary) -> Reading:
    code = exact_code(text.strip(BLANKS), "boolean", vocabulary)
    if code is None:
        return Reading(problem=UNKNOWN, unread=text.strip(BLANKS))
    return value_of(code == "true")
