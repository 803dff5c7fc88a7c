"""The parts a heading is made of: word roots, compounds cut where both halves are words the vocabulary uses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

#: Words that say nothing about which field a heading is.
_EMPTY = frozenset(
    (
        *("der", "die", "das", "des", "dem", "den", "ein", "eine", "einer", "eines", "einem", "und", "oder", "bzw"),
        *("es", "ist", "sind", "wird", "werden", "wurde", "wurden", "hat", "haben", "sich", "man", "dass", "auch"),
        *("bitte", "angeben", "eintragen", "ggf", "evtl", "etwa", "ca", "jeweils", "jeweilige", "jeweiliger", "s"),
        *("unser", "unsere", "unserer", "unseres", "ihr", "ihre", "ihrer", "wir", "uns", "sie", "dabei", "hier", "so"),
        *("the", "of", "a", "an", "is", "are", "was", "and", "or", "our", "your", "we", "us", "it", "this", "please"),
    )
)
_ENDINGS = (
    *("ierungen", "ierung", "ungen", "ungs", "ung", "lichkeiten", "lichkeit", "lichen", "licher", "liches", "liche"),
    *("lich", "schaften", "schaft", "keiten", "keit", "heiten", "heit", "enden", "ender", "ende", "innen", "tion"),
    *("ten", "tem", "ter", "tes", "te", "ern", "en", "er", "es", "em", "in", "t", "e", "s", "n"),
)
_SHORTEST_ROOT, _SHORTEST_HALF = 4, 4
_LINKS = ("", "s", "n", "en", "es", "er", "e")
_WORD = re.compile(r"[a-z0-9%€#+]+")


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """``bewilligte``, ``Bewilligung``, ``bewilligt`` -> ``bewillig``; ``gefoerdert`` -> ``foerder``."""
    if word.startswith("ge") and len(word) >= 7 and word.endswith(("t", "te", "ten", "ter", "tes", "tem")):
        word = word[2:]
    for _ in range(2):
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_ROOT:
                word = word[: -len(ending)]
                break
        else:
            break
    return word


def words_of(normalised: str) -> list[str]:
    return [word for word in _WORD.findall(normalised) if word not in _EMPTY]


class WordParts:
    """Knows the roots of a vocabulary, so that ``bewilligungssumme`` is ``bewillig`` and ``summ``."""

    def __init__(self, headings: Iterable[str]) -> None:
        whole = {root(word) for heading in headings for word in words_of(heading)}
        self._roots = frozenset(found for found in whole if len(found) >= _SHORTEST_HALF)
        self._parts: dict[str, tuple[str, ...]] = {}

    def of(self, normalised: str) -> frozenset[str]:
        """The roots of a normalised heading."""
        return frozenset(part for word in words_of(normalised) for part in self._of_word(word))

    def _of_word(self, word: str) -> tuple[str, ...]:
        found = self._parts.get(word)
        if found is None:
            if len(self._parts) > 50_000:
                self._parts.clear()
            found = self._parts[word] = self._cut(word) or (root(word),)
        return found

    def _cut(self, word: str) -> tuple[str, ...] | None:
        """The longest known beginning with a known rest."""
        for at in range(len(word) - _SHORTEST_HALF, _SHORTEST_HALF - 1, -1):
            first, rest = word[:at], word[at:]
            if root(rest) not in self._roots:
                continue
            for link in _LINKS:
                start = first.removesuffix(link) if link else first
                if (
                    len(start) >= _SHORTEST_HALF - 1
                    and root(start) in self._roots
                    and (not link or first.endswith(link))
                ):
                    return (root(start), root(rest))
        return None
