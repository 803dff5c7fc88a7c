"""Organisations by the parts of their names: what they are, of which level, where.

"AWO Kreisverband" is "AWO Kreisverband Lindenmark e. V." where only the place is missing, but never the Ortsverein;
"Jobcenter" is the only Jobcenter of the network, and of two it is neither.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from etl.stages.references.spelling import MOST_TYPOS, bare, mistyped
from etl.vocabulary.names import NameWords, load_names

#: A word in the names of so many partners says where the network is, not who is meant.
_LOCAL_FROM = 3
_SEGMENTS = re.compile(r"\s+[–—-]\s+|[(),\[\]]")


@dataclass(frozen=True, slots=True)
class Form:
    """One name in parts: ``words`` in their order without level, legal form and filling words, ``core`` in none."""

    words: tuple[str, ...]
    core: frozenset[str]
    levels: frozenset[str]
    segments: tuple[frozenset[str], ...]


@lru_cache(maxsize=20_000)
def form_of(text: str) -> Form:
    words = _meant(bare(text))
    vocabulary = load_names()
    segments = [_core(_meant(bare(part)), vocabulary) for part in _SEGMENTS.split(text) if part.strip()]
    kept = tuple(w for w in words if w not in vocabulary.levels and w not in vocabulary.fill)
    return Form(kept, frozenset(kept), frozenset(words) & vocabulary.levels, tuple(s for s in segments if s))


def _core(words: Sequence[str], vocabulary: NameWords) -> frozenset[str]:
    return frozenset(words) - vocabulary.levels - vocabulary.fill


def _meant(name: str) -> list[str]:
    """The words of a name with abbreviations written out, longest phrase first."""
    meanings = load_names().meanings
    words, result, place = name.split(" "), [], 0
    while place < len(words):
        for length in (3, 2, 1):
            phrase = " ".join(words[place : place + length])
            if phrase in meanings:
                result += meanings[phrase].split(" ")
                place += length
                break
        else:
            result.append(words[place])
            place += 1
    return result


class Organisations:
    """The organisations a network knows, each by all its names."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self.forms: dict[str, list[Form]] = {}
        self.levels: dict[str, frozenset[str]] = {}
        self.words: dict[str, frozenset[str]] = {}
        self.spelt: dict[str, frozenset[str]] = {}
        #: Word -> keys of those that have it in their names.
        self.having: dict[str, tuple[str, ...]] = {}
        self.local: frozenset[str] = frozenset()
        self.all_words: frozenset[str] = frozenset()
        self._take_in(names)

    def with_names(self, names: Mapping[str, Sequence[str]]) -> Organisations:
        """These and others, without taking the known ones apart again; a key already known comes with all its names."""
        grown = copy(self)
        for part in ("forms", "levels", "words", "spelt", "having"):
            setattr(grown, part, dict(getattr(self, part)))
        grown._take_in(names)
        return grown

    def _take_in(self, names: Mapping[str, Sequence[str]]) -> None:
        spread: set[str] = set()
        for key, texts in names.items():
            forms = [form_of(text) for text in texts]
            self.forms[key] = forms
            self.levels[key] = frozenset().union(*(form.levels for form in forms))
            new = frozenset().union(*(form.core for form in forms))
            for word in new - self.words.get(key, frozenset()):
                self.having[word] = (*self.having.get(word, ()), key)
            self.words[key] = new
            self.spelt[key] = frozenset(" ".join(map(bare, texts)).split(" "))
            spread |= new
        self.local |= {word for word in spread if len(self.having[word]) >= _LOCAL_FROM}
        self.all_words = self.all_words.union(spread, *(self.spelt[key] for key in names))

    def same(self, text: str) -> list[str]:
        """Keys of those that have this very name, abbreviations written out: "VHS Lindenmark"."""
        said = form_of(text)
        return [
            key
            for key in self._having_all(said.core)
            if any(said.core == form.core and said.levels == form.levels for form in self.forms[key])
        ]

    def _having_all(self, words: frozenset[str]) -> Sequence[str]:
        """Keys of those that may have all these words in their names, and of all that do; none for no words."""
        return min((self.having.get(word, ()) for word in words), key=len, default=())

    def fitting(self, text: str) -> tuple[list[str], list[str]]:
        """Keys that the name surely means, and keys that it may mean."""
        said = form_of(text)
        sure: list[str] = []
        near: list[str] = []
        if said.core - self.local:
            for key in self._having_all(said.core):
                fit = self._fit(said, key)
                if fit is not None:
                    (sure if fit else near).append(key)
        return (sure, near) if sure or near else ([], self._mistyped(text))

    def _fit(self, said: Form, key: str) -> bool | None:
        """Whether ``said`` surely (True) or perhaps (False) names the organisation; None where it doesn't."""
        if not said.core <= self.words[key] or (self.levels[key] and not said.levels <= self.levels[key]):
            return None
        level_known = not said.levels or bool(self.levels[key])
        if any(self._fits(said, form) for form in self.forms[key]):
            return level_known
        starts = any(form.words[: len(said.words)] == said.words for form in self.forms[key])
        return False if starts else None

    def _fits(self, said: Form, form: Form) -> bool:
        """Only the place is missing, or it is one part of the name, or a kind of organisation there is one of."""
        brand = said.core - self.local
        if brand & form.core and form.core - said.core <= self.local:
            return True
        begins = brand == frozenset(form.words[: len(brand)])
        return said.core in form.segments or (begins and brand in load_names().one)

    def _mistyped(self, text: str) -> list[str]:
        """Keys of those that the name fits once its slips are corrected. A word that the network knows is no slip."""
        said = bare(text).split(" ")
        meant = {word: self._meant(word) for word in said if word not in self.all_words}
        likely = frozenset().union(*meant.values())
        found = []
        for key, known in self.spelt.items() if likely else ():
            if not likely.isdisjoint(known):
                words = [_only(meant.get(word, frozenset()) & known) or word for word in said]
                if words != said and self._fit(form_of(" ".join(words)), key):
                    found.append(key)
        return found

    def _meant(self, word: str) -> frozenset[str]:
        """The words of the network that this one may be with a slip."""
        near = process.extract(word, self.all_words, scorer=OSA.distance, score_cutoff=MOST_TYPOS, limit=None)
        return frozenset(other for other, _, _ in near if mistyped(word, other))


def _only(words: frozenset[str]) -> str | None:
    return next(iter(words)) if len(words) == 1 else None
