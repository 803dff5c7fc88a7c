"""Known words inside a longer text: whole words, bent ones too, the longest first and none inside another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.vocabulary import Vocabulary

#: A shorter word is more often a part of something else.
_SHORTEST = 4
_BENDING = (("en", "er", "es", "em", "e", "n", "s"), ("en", "er", "e"))
_SHORTEST_STEM, _SHORTEST_BENT = 5, 7


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words ``start`` to ``end`` (not included) are a known word with this code."""

    start: int
    end: int
    code: str


@dataclass(frozen=True, slots=True)
class _Known:
    words: Mapping[str, str]
    bent: Mapping[str, str]
    longest: int


_known: dict[tuple[str, str], _Known] = {}


def phrases_in(words: Sequence[str], domain: str, vocabulary: Vocabulary) -> list[Phrase]:
    """In the order of the text. Words that count only alone (``domain.alone``) are not among them, nor what
    only looks like a bent one (``domain.other``)."""
    known, others = _known_of(domain, vocabulary), vocabulary.words.get(f"{domain}.other", {})
    found: list[tuple[int, Phrase]] = []
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + known.longest) + 1):
            word = " ".join(words[start:end])
            code = known.words.get(word)
            if code is None and end == start + 1 and len(word) >= _SHORTEST_BENT and word not in others:
                code = known.bent.get(stem(word))
            if code is not None:
                found.append((len(word), Phrase(start, end, code)))
    chosen: list[Phrase] = []
    for _, phrase in sorted(found, key=lambda pair: -pair[0]):
        if all(phrase.end <= other.start or other.end <= phrase.start for other in chosen):
            chosen.append(phrase)
    return sorted(chosen, key=lambda phrase: phrase.start)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """``abgeschlossene``, ``abgeschlossener`` -> ``abgeschloss``: without the endings German bends words with."""
    for endings in _BENDING:
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
                word = word[: -len(ending)]
                break
    return word


def _known_of(domain: str, vocabulary: Vocabulary) -> _Known:
    key = (vocabulary.version, domain)
    if key not in _known:
        alone = vocabulary.words.get(f"{domain}.alone", {})
        words = {w: code for w, code in vocabulary.words[domain].items() if len(w) >= _SHORTEST and w not in alone}
        _known[key] = _Known(words, _bent(words, alone), max((w.count(" ") + 1 for w in words), default=0))
    return _known[key]


def _bent(words: Mapping[str, str], alone: Mapping[str, str]) -> dict[str, str]:
    """Stem -> code, where all known words with that stem agree and none of them counts only alone."""
    codes: dict[str, set[str]] = {}
    for word, code in words.items():
        if " " not in word and len(word) >= _SHORTEST_BENT:
            codes.setdefault(stem(word), set()).add(code)
    general = {stem(word) for word in alone}
    return {found: next(iter(of)) for found, of in codes.items() if len(of) == 1 and found not in general}
