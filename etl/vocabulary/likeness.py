"""A text nobody wrote down: which known texts are most like it, by the roots of its words, and what these stand for.

Nearest neighbour among all known headings of fields (or words of codes), each root weighted by how few use it
(inverse document frequency, as in text retrieval): "Verantwortliche Einrichtung" is like "Verantwortliche Stelle",
since "Stelle" says little and "verantwortlich" much. Always a proposal, never sure.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from etl.vocabulary.word_parts import WordParts, root

#: Cosine from which a likeness counts, and the scores it is told as.
LEAST_LIKE = 0.5
_LOWEST, _HIGHEST = 0.62, 0.8
_TYPING_ERROR_FROM, _TYPING_ERROR = 6, 86


#: Roots that turn a text into its opposite: no text is like one that has others of them.
_NEGATIONS = frozenset(
    root(word) for word in ("nicht", "nichts", "kein", "keine", "ohne", "nie", "no", "not", "without")
)


class Likeness:
    def __init__(self, exact: Mapping[str, Sequence[str]]) -> None:
        self._parts = WordParts(exact)
        self._fields: list[tuple[str, ...]] = []
        self._vectors: list[dict[str, float]] = []
        self._with: dict[str, list[int]] = defaultdict(list)
        self._weights = self._weigh(exact)
        self._known = tuple(part for part in self._weights if len(part) >= _TYPING_ERROR_FROM)
        for heading, fields in exact.items():
            self._add(heading, tuple(fields))

    def _weigh(self, exact: Mapping[str, Sequence[str]]) -> dict[str, float]:
        """Root -> how much it tells: fields of different kinds with one name ("start") count as one."""
        used: dict[str, set[str]] = defaultdict(set)
        for heading, fields in exact.items():
            for part in self._parts.of(heading):
                used[part].update(field.partition(".")[2] for field in fields)
        every = len({name for names in used.values() for name in names}) + 1
        return {part: math.log(every / len(names)) for part, names in used.items()}

    def _add(self, heading: str, fields: tuple[str, ...]) -> None:
        vector = {part: self._weights[part] for part in self._parts.of(heading)}
        length = math.sqrt(sum(weight * weight for weight in vector.values()))
        if not length:
            return
        for part in vector:
            self._with[part].append(len(self._vectors))
        self._vectors.append({part: weight / length for part, weight in vector.items()})
        self._fields.append(fields)

    def scores(self, normalised: str) -> dict[str, float]:
        """Field -> score as evidence for a heading, for all that ``normalised`` is like at all."""
        span = (_HIGHEST - _LOWEST) / (1 - LEAST_LIKE)
        return {field: _LOWEST + span * (cosine - LEAST_LIKE) for field, cosine in self.cosines(normalised).items()}

    def cosines(self, normalised: str) -> dict[str, float]:
        """What the known texts stand for -> how like the likest of them is, from ``LEAST_LIKE`` to 1."""
        vector = self._vector(normalised)
        found: dict[int, float] = defaultdict(float)
        for part, weight in vector.items():
            for place in self._with.get(part, ()):
                found[place] += weight * self._vectors[place][part]
        unsaid = _NEGATIONS & vector.keys()
        likest: dict[str, float] = {}
        for place, cosine in found.items():
            if cosine >= LEAST_LIKE and _NEGATIONS & self._vectors[place].keys() == unsaid:
                for field in self._fields[place]:
                    likest[field] = max(min(cosine, 1.0), likest.get(field, 0.0))
        return likest

    def _vector(self, normalised: str) -> dict[str, float]:
        unknown = max(self._weights.values(), default=0.0) * 0.6
        weights: dict[str, float] = {}
        for part in self._parts.of(normalised):
            known = part if part in self._weights else self._mistyped(part)
            weights[known or part] = self._weights[known] if known else unknown
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {part: weight / length for part, weight in weights.items()} if length else {}

    def _mistyped(self, part: str) -> str | None:
        if len(part) < _TYPING_ERROR_FROM:
            return None
        hit = process.extractOne(part, self._known, scorer=fuzz.ratio, score_cutoff=_TYPING_ERROR)
        return hit[0] if hit else None
