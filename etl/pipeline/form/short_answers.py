"""Answers of a word or two that mean more than their letters: „nichts“, „ja, stimmt“, „s. o.“."""

from __future__ import annotations

from functools import lru_cache

from etl.stages.readings.cells import text_tokens_of
from etl.vocabulary import load_vocabulary
from etl.wording import LANGUAGES, say

_ROUND_ABOUT = " .!,–-\n\t"


def says_none(text: str) -> bool:
    """„nichts“, „keine“, „none“: there is nothing of what was asked for, as if the answer had been emptied."""
    return _bare(text) in _words("link.nothing.words") or _token(text) == "none"


def says_elsewhere(text: str) -> bool:
    """„s. o.“, „k. A.“: what is known stays."""
    return _token(text) not in (None, "none")


def says_yes(text: str) -> bool:
    """„ja“, „stimmt“: what was shown is right."""
    return _bare(text) in _words("link.yes.words")


def _token(text: str) -> str | None:
    known = text_tokens_of(load_vocabulary())
    plain = text.strip().casefold()
    return known.get(plain) or known.get("".join(plain.split()))


def _bare(text: str) -> str:
    return " ".join(text.replace(",", " ").split()).strip(_ROUND_ABOUT).casefold()


@lru_cache(maxsize=8)
def _words(key: str) -> frozenset[str]:
    """Those of all languages: people answer in theirs, whatever the page speaks."""
    return frozenset(_bare(word) for language in LANGUAGES for word in say(language, key).split("|"))
