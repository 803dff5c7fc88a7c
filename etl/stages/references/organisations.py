"""Organisations by the parts of their names: what they are, of which level, where.

"AWO Kreisverband" is "AWO Kreisverband Lindenmark e. V." where only the place is missing, but never the Ortsverein;
"Jobcenter" is the only Jobcenter of the network, and of two it is neither.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.stages.references.spelling import bare, mistyped
from etl.vocabulary.names import NameWords, load_names

#: A word in the names of so many partners says where the network is, not who is meant.
_LOCAL_FROM = 3
_SEGMENTS = re.compile(r"\s+[–—-]\s+|[(),\[\]]")


@dataclass(frozen=True, slots=True)
class Form:
    """One name in parts: ``words`` in their order without level, legal form and filling words."""

    words: tuple[str, ...]
    levels: frozenset[str]
    segments: tuple[frozenset[str], ...]

    @property
    def core(self) -> frozenset[str]:
        return frozenset(self.words)


@lru_cache(maxsize=20_000)
def form_of(text: str) -> Form:
    words = _meant(bare(text))
    vocabulary = load_names()
    segments = [_core(_meant(bare(part)), vocabulary) for part in _SEGMENTS.split(text) if part.strip()]
    kept = tuple(w for w in words if w not in vocabulary.levels and w not in vocabulary.fill)
    return Form(kept, frozenset(words) & vocabulary.levels, tuple(s for s in segments if s))


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
        self.forms = {key: [form_of(text) for text in texts] for key, texts in names.items()}
        self.levels = {key: frozenset().union(*(f.levels for f in forms)) for key, forms in self.forms.items()}
        self.words = {key: frozenset().union(*(f.core for f in forms)) for key, forms in self.forms.items()}
        spread = Counter(word for words in self.words.values() for word in words)
        self.local = frozenset(word for word, number in spread.items() if number >= _LOCAL_FROM)
        self.spelt = {key: frozenset(" ".join(map(bare, texts)).split(" ")) for key, texts in names.items()}
        self.all_words = frozenset(spread).union(*self.spelt.values())

    def same(self, text: str) -> list[str]:
        """Keys of those that have this very name, abbreviations written out: "VHS Lindenmark"."""
        said = form_of(text)
        return [
            key
            for key, forms in self.forms.items()
            if any(said.words and said.core == form.core and said.levels == form.levels for form in forms)
        ]

    def fitting(self, text: str) -> tuple[list[str], list[str]]:
        """Keys that the name surely means, and keys that it may mean."""
        said = form_of(text)
        sure: list[str] = []
        near: list[str] = []
        if said.core - self.local:
            for key in self.forms:
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
        found = []
        for key, known in self.spelt.items():
            words = [self._corrected(word, known) for word in said]
            if words != said and self._fit(form_of(" ".join(words)), key):
                found.append(key)
        return found

    def _corrected(self, word: str, known: frozenset[str]) -> str:
        if word in self.all_words:
            return word
        meant = [other for other in known if mistyped(word, other)]
        return meant[0] if len(meant) == 1 else word
