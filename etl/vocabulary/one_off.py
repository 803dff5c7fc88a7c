"""How lists call what is built or bought once (``one_off.csv``)."""

from __future__ import annotations

from functools import lru_cache

from etl.settings import data_folder
from etl.vocabulary.loader import rows_of
from etl.vocabulary.normalise import normalise


@lru_cache(maxsize=1)
def _words() -> tuple[str, ...]:
    rows = rows_of(data_folder() / "vocabulary" / "one_off.csv")
    return tuple(f" {normalise(row['word'])} " for row in rows)


def names_one_off(text: str) -> bool:
    """Whether a title names something built or bought once, as a word of its own: „Umbau“, never „Umbaupläne“."""
    written = f" {normalise(text)} "
    return any(word in written for word in _words())
