"""Names as they are compared, and typing errors in them."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from etl.vocabulary import normalise
from etl.vocabulary.names import load_names

#: Letters of a word from which one, and two, of them may be mistyped; shorter words are too alike to each other.
_ONE_TYPO, _TWO_TYPOS = 5, 10
MOST_TYPOS = 2


@lru_cache(maxsize=50_000)
def bare(text: str) -> str:
    """A name without spelling and legal form: ``"Volkshochschule Lindenmark e. V." -> "volkshochschule
    lindenmark"``. What stands first is never a legal form: "AG Wohnen" is a working group.
    """
    normal = normalise(text)
    words = load_names()
    if words.legal_words.isdisjoint(normal.split(" ")):
        return normal
    return re.sub(r" +", " ", words.legal.sub("", normal)).strip() or normal


def mistyped(word: str, meant: str) -> bool:
    """Whether ``word`` may be ``meant`` with a slip; words with digits, and short ones, are only what they are."""
    if word == meant:
        return True
    shorter = min(len(word), len(meant))
    if shorter < _ONE_TYPO or not (word.isalpha() and meant.isalpha()):
        return False
    allowed = MOST_TYPOS if shorter >= _TWO_TYPOS else 1
    return OSA.distance(word, meant, score_cutoff=allowed) <= allowed


def same_but_slips(words: list[str], meant: list[str]) -> bool:
    """Whether two names of equally many words differ by slips in at most two of them."""
    if len(words) != len(meant):
        return "".join(words) == "".join(meant) and not any(w.isdigit() for w in words)
    different = [pair for pair in zip(words, meant, strict=True) if pair[0] != pair[1]]
    return 0 < len(different) <= 2 and all(mistyped(*pair) for pair in different)
