"""What a sentence says about how far something is: clause by clause, with its negations, doubts and tenses.

Nothing found here is sure: whoever asks marks it as interpreted. The words are data (``status_words``,
``status_clause``, ``status_fillers``, ``status_subjects`` of the vocabulary).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl.stages.readings.phrases import Phrase, phrases_in
from etl.stages.readings.spans import span_of
from etl.vocabulary import Vocabulary, normalise

_SENTENCE_END = re.compile(
    r"(?<=[a-zäöüßA-Z]{3})(?<!evtl)(?<!inkl)(?<!bspw)(?<!vsl)[.!?]+(?=\s+[A-ZÄÖÜ\d]|\s*$)|[;\n()]+|\s[-–—]\s|,(?=\s)|:(?=\s+[^\d\s])"
)
_DATE = re.compile(
    r"\d{1,2}\.\s?\d{1,2}\.\s?(?:20)?\d\d\b|\b\d{1,2}[./]20\d\d\b|(?:\b[^\W\d]+\.?\s|\bQ[1-4][ /])?\b20\d\d\b"
)
_SHARE = re.compile(r"\b(?!100)\d{1,2} ?%|\b\d+ (?:von|of) \d+\b")
#: Said of something that goes on, a trouble is the news.
_GOING_ON = frozenset({"running", "planned", "permanent"})
_HELD = frozenset({"statt", "stattfinden", "stattgefunden"})
_TROUBLE = frozenset({"delayed", "paused", "cancelled"})


@dataclass(frozen=True, slots=True)
class _Clause:
    """``when``: future, past, now, or None where no dated time is given. ``main``: its words before a reason
    (``abgesagt wegen Krankheit``). ``kinds``: what kinds of words the grammar knows in it. ``news``: it begins with
    "aber" or tells since when."""

    text: str
    words: tuple[str, ...]
    main: tuple[str, ...]
    when: str | None
    kinds: frozenset[str]
    news: bool

    @property
    def of_a_part(self) -> bool:
        """``erste Gruppe abgeschlossen``, ``zu 80 % umgesetzt``: only what goes on holds for the whole as well."""
        return "part" in self.kinds or bool(_SHARE.search(self.text))


def code_of_sentence(text: str, domain: str, vocabulary: Vocabulary, day: dt.date | None) -> str | None:
    """The code a text of one or more clauses gives; None where it gives none or several."""
    clauses = list(_clauses(text, vocabulary, day))
    if sum(clause.of_a_part for clause in clauses) > 1:
        return None
    codes: list[str] = []
    decided: str | None = None
    for place, clause in enumerate(clauses):
        whole = _whole(clause, domain, vocabulary, place == 0 or clause.news)
        found = [whole] if whole is not None else _said_in(clause, domain, vocabulary)
        found = [code for code in found if code == "running" or not clause.of_a_part]
        if place == 0 and whole in found:
            decided = whole
        elif decided is not None and (whole is not None or clause.news):
            decided = _turned(decided, found)
        codes += found
    return decided if decided is not None else _agreed(codes)


def _turned(decided: str, found: Sequence[str]) -> str:
    """``läuft, aber schleppend`` is delayed; what only comes later (``läuft, jetzt ist ein Fest geplant``) is not."""
    trouble = [code for code in found if code in _TROUBLE]
    return trouble[0] if trouble and decided in _GOING_ON else decided


def _agreed(codes: Sequence[str]) -> str | None:
    different = set(codes)
    if "delayed" in different and different <= _GOING_ON | {"delayed"}:
        return "delayed"
    return codes[0] if len(different) == 1 else None


def _clauses(text: str, vocabulary: Vocabulary, day: dt.date | None) -> Iterator[_Clause]:
    """The clauses that say something themselves: what stands behind "weil" is left out."""
    marks = vocabulary.words["status_clause"]
    for piece in _SENTENCE_END.split(text):
        words = tuple(normalise(piece).split())
        words = words[: _first(words, "reason", marks)]
        if words:
            main = words[: _first(words, "because", marks)]
            news = marks.get(words[0]) == "contrast" or "seit" in words or "since" in words
            yield _Clause(piece, words, main, when(piece, day), _kinds(words, vocabulary), news)


def _first(words: Sequence[str], kind: str, marks: Mapping[str, str]) -> int:
    """The place of the first word or phrase of ``kind``; behind all words where there is none."""
    for at in range(len(words)):
        if any(marks.get(" ".join(words[at : at + length])) == kind for length in (1, 2, 3)):
            return at
    return len(words)


def _kinds(words: Sequence[str], vocabulary: Vocabulary) -> frozenset[str]:
    known = vocabulary.words["status_words"]
    kinds = {known[word] for word in words if word in known}
    if any(known.get(word) == "numbered" and number.isdigit() for word, number in pairwise(words)):
        kinds.add("part")
    return frozenset(kinds)


def when(text: str, day: dt.date | None) -> str | None:
    """Whether the first date in a text is in the ``future`` or ``past`` of ``day`` or holds it (``now``)."""
    dates = _DATE.findall(text) if day else []
    for date in dates:
        span = span_of(date.strip()) or span_of(date.strip().split()[-1])
        stretch = span.end or span.start if span else None
        if stretch is None or day is None:
            continue
        if stretch.first > day:
            return "future"
        return "past" if stretch.last < day else "now"
    return None


def _whole(clause: _Clause, domain: str, vocabulary: Vocabulary, general: bool) -> str | None:
    """The code of a clause that is a known word and nothing else but fillers: ``ist seit März pausiert``."""
    known, alone = vocabulary.words[domain], vocabulary.words.get(f"{domain}.alone", {})
    fillers = vocabulary.words["status_fillers"]
    words = list(clause.main)
    for _ in range(len(words)):
        word = " ".join(words)
        if word in known and (general or word not in alone):
            bounded = word in alone and not clause.kinds.isdisjoint(("until", "from"))
            return None if bounded else _in_time(known[word], clause)
        if words[-1] in fillers or words[-1].isdigit():
            words.pop()
        elif words[0] in fillers or words[0].isdigit():
            words.pop(0)
        else:
            return None
    return None


def _in_time(code: str, clause: _Clause) -> str | None:
    """``Umsetzung erfolgt ab 2027`` is still to come; ``läuft bis 06/2026`` may be over by now, ``war geplant`` too."""
    kinds = clause.kinds
    if code in ("running", "completed", "permanent") and "from" in kinds and clause.when == "future":
        return "planned"
    if code == "running" and "until" in kinds and clause.when == "past":
        return None
    if code == "permanent" and "until" in kinds and clause.when == "future":
        return "running"
    return None if code in ("planned", "proposed") and "past" in kinds else code


def _said_in(clause: _Clause, domain: str, vocabulary: Vocabulary) -> list[str]:
    phrases = phrases_in(clause.words, domain, vocabulary)
    said = [p for p in phrases if not _unsaid(p, clause.words, vocabulary)]
    codes = [code for p in said if (code := _in_time(p.code, clause))]
    if codes or domain != "measure.status":
        return codes
    tense = _by_tense(clause, [phrase for phrase in phrases if phrase not in said], vocabulary)
    return [tense] if tense else []


def _unsaid(phrase: Phrase, words: Sequence[str], vocabulary: Vocabulary) -> bool:
    """A "nicht" near it, a "wird" or another subject before it, an "aufgeholt" behind it take back what a word says."""
    kinds, hedges = vocabulary.words["status_words"], vocabulary.words["hedges"]
    all_before, before = words[: phrase.start], words[max(0, phrase.start - 3) : phrase.start]
    after = [kinds.get(word, word) for word in words[phrase.end : phrase.end + 2]]
    if any(word in hedges for word in (*before, *(" ".join(pair) for pair in pairwise(before)))):
        return True
    if "negation" in after or "expected" in after or "werden" in words[phrase.end : phrase.end + 2]:
        return True
    if kinds.get(words[phrase.start]) == "negation" and before and kinds.get(before[-1]) == "yet":
        return True
    if phrase.code in _TROUBLE and ("overcome" in after or any(kinds.get(word) == "formerly" for word in before)):
        return True
    modal = "seit" not in words and any(kinds.get(word) in ("future", "doubt") for word in all_before)
    return modal or any(word in vocabulary.words["status_subjects"] for word in all_before)


def _by_tense(clause: _Clause, unsaid: Sequence[Phrase], vocabulary: Vocabulary) -> str | None:
    """``startete im Mai``, ``soll im Herbst beginnen``, ``endet zum 31.12.2027``, ``findet jeden Dienstag statt``."""
    kinds = clause.kinds
    if "doubt" in kinds or any(word in vocabulary.words["status_subjects"] for word in clause.words):
        return None
    starting, held = kinds & {"starts", "started"}, _held(clause, kinds)
    if "negation" in kinds:
        return "planned" if "yet" in kinds and (starting or held) else None
    known = vocabulary.words["measure.status"]
    if starting and (trouble := {known[word] for word in clause.words if known.get(word) in _TROUBLE}):
        return "delayed" if trouble == {"delayed"} else None  # ``Start ... auf März 2027 verschoben``
    future = clause.when == "future" or (clause.when is None and "future" in kinds)
    for tense, found in ((_start_of, starting), (_holding_of, held), (_end_of, kinds & {"ends", "ended"})):
        if found:
            return tense(kinds, clause.when, future)
    done_later = any(phrase.code in ("completed", "running") for phrase in unsaid)
    return "planned" if done_later and clause.when == "future" and "future" in kinds else None


def _held(clause: _Clause, kinds: frozenset[str]) -> bool:
    return not kinds.isdisjoint(("takes_place", "took_place")) and not _HELD.isdisjoint(clause.words)


def _start_of(kinds: frozenset[str], when: str | None, future: bool) -> str | None:
    if future:
        return "planned"
    if "started" in kinds or "past" in kinds or when == "past":
        return "running"
    return None


def _holding_of(kinds: frozenset[str], when: str | None, future: bool) -> str | None:
    if "took_place" in kinds:
        return "completed"
    if "recurring" in kinds:
        return "permanent"
    return "planned" if future else "running" if when is None else None


def _end_of(kinds: frozenset[str], when: str | None, future: bool) -> str | None:
    if "ended" in kinds or when == "past":
        return "completed"
    return "running" if when in ("future", "now") else None
