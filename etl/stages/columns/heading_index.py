"""What a heading could mean, by its words alone: every field with a score and how it was recognised.

Order of evidence (rule "match_order" of the vocabulary): exact, exact without unit and year, all pieces of a compound
mean the same, official heading with a long tail, the same word stems, nearly the same spelling.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from rapidfuzz import fuzz, process

from etl.stages.columns.anchors import TITLED
from etl.stages.columns.heading_parts import HeadingParts, heading_parts
from etl.stages.columns.word_keys import MEASURE, WordKey, head_word, unspoken, without_date, without_measure, word_key
from etl.vocabulary import Vocabulary, normalise
from etl.vocabulary.likeness import Likeness
from etl.vocabulary.word_parts import root

EXACT, WITHOUT_MARKS, PIECES = 1.0, 0.97, 0.95
#: The kind that is told by ``interface_paper``, not by weighing it against the others.
PAPER = "interface"
MOST_LIKE = 4
COUSIN, ELSEWHERE = 0.78, 0.72
LONG_TAIL, STEMS, NEARLY, FIRST_PIECE, REDUCED, HEAD, CALLED = 0.85, 0.84, 0.82, 0.76, 0.74, 0.7, 0.72
_CALLED_BY = frozenset(("name", "titel", "bezeichnung", "thema", "title"))
_OF = frozenset(("der", "des", "von", "vom", "unserer", "unseres", "of", "fuer"))
PREFIX_FROM, SPELLING_FROM = 12, 8
_REMEMBERED_TEXTS = 20_000
#: Types of fields that a described heading may still mean.
_DESCRIBED = frozenset(("text", "reference", "references", "code", "codes", "contact", "milestone"))


@dataclass(frozen=True, slots=True)
class Meaning:
    """A field that a heading could mean. ``score`` is between 0 and 1; ``how`` tells exact from nearly."""

    field: str
    score: float
    how: Literal["known", "similar"]


TITLES = tuple(TITLED.values())


class HeadingIndex:
    """All headings of a vocabulary, arranged for looking up. One per vocabulary version (see ``heading_index``)."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """``vocabulary``: with the headings of those kinds of list only that are to be told apart."""
        exact: dict[str, list[str]] = defaultdict(list)
        for headings in vocabulary.headings.values():
            for heading, fields in headings.items():
                exact[heading].extend(field for field in fields if field not in exact[heading])
        self.exact: dict[str, tuple[str, ...]] = {heading: tuple(fields) for heading, fields in exact.items()}
        self.ambiguous = {normalise(heading): fields for heading, fields in vocabulary.ambiguous.items()}
        self.types = {name: field.type for name, field in vocabulary.fields.items()}
        private = vocabulary.set_aside.get("private", ())
        self._private = frozenset(word + ending for word in private for ending in ("", "e", "er", "es", "en"))
        self._cousins = vocabulary.cousins
        self._turns = {(spelt, field): to for (w, field), to in vocabulary.turns.items() for spelt in (w, root(w))}
        self._others = frozenset(word_key(heading) for heading in vocabulary.others)
        self._by_stems = self._stems_of_all()
        self._likeness = Likeness({heading: fields for heading, fields in self.exact.items() if len(heading) > 2})
        self._long = tuple(heading for heading in self.exact if len(heading) >= SPELLING_FROM)
        self._meanings: dict[str, tuple[Meaning, ...]] = {}
        self._known: dict[str, bool] = {}

    def _stems_of_all(self) -> dict[WordKey, tuple[str, ...]]:
        found: dict[WordKey, list[str]] = defaultdict(list)
        for heading, fields in self.exact.items():
            if len(heading) > 3:
                found[word_key(heading)].extend(fields)
        return {key: tuple(dict.fromkeys(fields)) for key, fields in found.items()}

    def knows(self, text: str) -> bool:
        """Whether ``text`` is a heading by its exact words (unit, year and remarks aside)."""
        known = self._known.get(text)
        if known is None:
            known = len(text) <= 200 and bool(self._exactly(heading_parts(text)))
            _remember(self._known, text, known)
        return known

    def meanings(self, text: str) -> tuple[Meaning, ...]:
        """Every field ``text`` could mean, best first; empty where its words say nothing."""
        found = self._meanings.get(text)
        if found is None:
            parts = heading_parts(text)
            found = self._with_cousins(self._with_likeness(self._exactly(parts), parts))
            _remember(self._meanings, text, found)
        return found

    def _with_likeness(self, exact: tuple[Meaning, ...], parts: HeadingParts) -> tuple[Meaning, ...]:
        """What one kind of list calls so may be something else in another: there the heading is only like others."""
        kinds = {meaning.field.split(".")[0] for meaning in exact}
        nearly = [meaning for meaning in self._nearly(parts) if meaning.field.split(".")[0] not in kinds]
        nearly = _likest_of_each_kind(nearly)
        if exact:
            nearly = [replace(meaning, score=min(meaning.score, ELSEWHERE)) for meaning in nearly]
        return exact + tuple(nearly)

    def _with_cousins(self, found: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
        """What is headed so in one kind of list may be headed so in another: a proposal there."""
        kinds = {meaning.field.split(".")[0] for meaning in found}
        more: dict[str, float] = {}
        for meaning in found:
            for cousin in self._cousins.get(meaning.field, ()):
                if cousin.split(".")[0] not in kinds:
                    more[cousin] = max(more.get(cousin, 0.0), min(COUSIN, meaning.score - 0.04))
        return found + tuple(Meaning(field, score, "similar") for field, score in more.items())

    def candidates(self, normalised: str) -> tuple[str, ...]:
        """Fields listed for a heading, the ambiguous ones included."""
        return tuple(dict.fromkeys(self.exact.get(normalised, ()) + self.ambiguous.get(normalised, ())))

    def _exactly(self, parts: HeadingParts) -> tuple[Meaning, ...]:
        if fields := self.candidates(parts.whole):
            return tuple(Meaning(field, EXACT, "known") for field in fields)
        if self.is_private(parts.whole):
            return ()
        if fields := self.candidates(parts.base):
            return tuple(Meaning(field, WITHOUT_MARKS, "known") for field in fields)
        if len(parts.pieces) > 1:
            shared = set.intersection(*(set(self.candidates(piece)) for piece in parts.pieces))
            return tuple(Meaning(field, PIECES, "known") for field in sorted(shared))
        return ()

    def _nearly(self, parts: HeadingParts) -> tuple[Meaning, ...]:
        if self.is_private(parts.whole):
            return ()
        scores: dict[str, float] = {}
        for fields, score in (
            (self._first_piece(parts), FIRST_PIECE),
            (self._with_long_tail(parts.whole), LONG_TAIL),
            (self._by_spelling(parts.base), NEARLY),
            (self._by_stems.get(word_key(parts.base), ()), STEMS),
            (self._unspoken(parts.base), STEMS),
            (self._reduced(parts.base), REDUCED),
            (self._by_head(parts.base), HEAD),
            (self._called(parts.base), CALLED),
        ):
            for field in fields:
                scores[field] = max(score, scores.get(field, 0.0))
        if not self._pieces_differ(parts):
            for field, score in self._likeness.scores(parts.base).items():
                scores[field] = max(score, scores.get(field, 0.0))
        self._turn(parts.base, scores)
        ordered = sorted(scores.items(), key=lambda item: -item[1])
        return tuple(Meaning(field, score, "similar") for field, score in ordered)

    def _unspoken(self, base: str) -> tuple[str, ...]:
        """ "Status jetzt", "Stand d. Dinge": what remains without words that are only said, where it is known."""
        plain = unspoken(base)
        return () if plain == base else self.candidates(plain) or self._by_stems.get(word_key(plain), ())

    def is_private(self, whole: str) -> bool:
        """``"Bemerkung (intern)"`` is not the ``"Bemerkung"`` others may read; a room number is nobody's business."""
        return not self._private.isdisjoint(whole.split()) or word_key(whole) in self._others

    def _first_piece(self, parts: HeadingParts) -> tuple[str, ...]:
        """``"Träger / Anbieter"``: one piece known, the others unknown words. Two known ones that differ: nothing."""
        known = [fields for piece in parts.pieces if (fields := self.candidates(piece))]
        return known[0] if len(known) == 1 and self.candidates(parts.pieces[0]) else ()

    def _turn(self, base: str, scores: dict[str, float]) -> None:
        """ "Vorgesehene Kopfzahl" is like a number of people that came, but "vorgesehen" makes it a plan."""
        roots = {root(word) for word in base.split()} | set(base.split())
        for (word, field), instead in self._turns.items():
            if word in roots and field in scores:
                scores[instead] = max(scores.get(instead, 0.0), scores.pop(field))

    def _pieces_differ(self, parts: HeadingParts) -> bool:
        """``"Kosten/Finanzierung"`` are two columns in one, an amount and names: neither."""
        known = [
            {self.types[field] in _DESCRIBED for field in fields}
            for p in parts.pieces
            if (fields := self.candidates(p))
        ]
        return len(known) > 1 and not set.intersection(*known)

    def _with_long_tail(self, whole: str) -> tuple[str, ...]:
        words = whole.split()
        for count in range(len(words) - 1, 0, -1):
            start = " ".join(words[:count])
            if len(start) < PREFIX_FROM:
                break
            if fields := self.candidates(start):
                return fields
        return ()

    def _by_spelling(self, base: str) -> tuple[str, ...]:
        if len(base) < SPELLING_FROM:
            return ()
        digits = [char for char in base if char.isdigit()]
        hits = process.extract(base, self._long, scorer=fuzz.ratio, score_cutoff=90, limit=3)
        for heading, _, _ in hits:
            if [char for char in heading if char.isdigit()] == digits and _alike_word_by_word(base, heading):
                return self.candidates(heading)
        return ()

    def _reduced(self, base: str) -> tuple[str, ...]:
        """Without the words for "measure" (``Projektstart``) or "date" (``Startdatum``), where the type still fits."""
        key = word_key(base)
        fields: list[str] = []
        if MEASURE in key and (rest := without_measure(key)):
            fields += [f for f in self._by_stems.get(rest, ()) if f.split(".")[0] in ("measure", "funding")]
            key = rest
        if (rest := without_date(key)) and rest != key:
            fields += [f for f in self._by_stems.get(rest, ()) if self.types[f] in ("date", "date_end")]
        return tuple(dict.fromkeys(fields))

    def _by_head(self, base: str) -> tuple[str, ...]:
        """The noun the others only describe ("sonstige Bemerkungen", "Bemerkungen des Trägers"); words and names only:
        a day, an amount or a number is too easily another one."""
        head = head_word(base)
        if head is None or (head in self.ambiguous and self._gives_quantity(head)):
            return ()
        if any(self.candidates(word) for word in base[: base.index(head)].split()):
            return ()
        return tuple(field for field in self.candidates(head) if self.types[field] in _DESCRIBED)

    def _called(self, base: str) -> tuple[str, ...]:
        """``"Name der Reihe"``: what the list's records are called, whatever these are."""
        words = base.split()
        named = len(words) > 1 and words[0] in _CALLED_BY and words[1] in _OF
        return tuple(field for field in TITLES if named)

    def _gives_quantity(self, head: str) -> bool:
        return any(self.types[field] not in _DESCRIBED for field in self.ambiguous[head])


def _likest_of_each_kind(meanings: list[Meaning]) -> list[Meaning]:
    """The first few of each kind of list: what is less like never wins."""
    seen: dict[str, int] = defaultdict(int)
    kept = []
    for meaning in meanings:
        kind = meaning.field.split(".")[0]
        seen[kind] += 1
        if seen[kind] <= MOST_LIKE:
            kept.append(meaning)
    return kept


T = TypeVar("T")


def _alike_word_by_word(one: str, other: str) -> bool:
    words, others = one.split(), other.split()
    return len(words) != len(others) or all(fuzz.ratio(a, b) >= 75 for a, b in zip(words, others, strict=True))


def _remember(memory: dict[str, T], text: str, value: T) -> None:
    if len(memory) >= _REMEMBERED_TEXTS:
        memory.clear()
    memory[text] = value


_indexes: dict[tuple[str, bool], HeadingIndex] = {}


def heading_index(vocabulary: Vocabulary, *, paper: bool = False) -> HeadingIndex:
    """The index of this vocabulary version, built once. ``paper``: of the interface paper's headings alone, which all
    other lists do without: its words („Rolle“, „Stelle“, „Schritt“) would make theirs say less."""
    index = _indexes.get((vocabulary.version, paper))
    if index is None:
        if len(_indexes) >= 8:
            _indexes.clear()
        told = {kind: words for kind, words in vocabulary.headings.items() if (kind == PAPER) == paper}
        chosen = (
            replace(vocabulary, headings=told, ambiguous={}, cousins={})
            if paper
            else replace(vocabulary, headings=told)
        )
        index = _indexes[vocabulary.version, paper] = HeadingIndex(chosen)
    return index
