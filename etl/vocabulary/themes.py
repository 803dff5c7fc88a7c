"""What a text speaks about: the themes of integration work, by the words people use for them (``themes.csv``).

"Videodolmetschen" and "Sprachmittlung beim Arzt" share no word but a theme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from etl.settings import data_folder
from etl.vocabulary.loader import rows_of
from etl.vocabulary.normalise import normalise

_WORD = re.compile(r"\S+")
_ACCENTS = str.maketrans("éèêëáàâíîóòôúùûçñÉÈÁÀ", "eeeeaaaiiooouuucnEEAA")


class Themes:
    """``words`` as in the file: ``*`` at either end stands for anything, words with a blank are found as they are."""

    def __init__(self, rows: list[tuple[str, str]]) -> None:
        self._exact: dict[str, list[str]] = {}
        self._phrases: list[tuple[str, str]] = []
        self._begun: list[tuple[str, str]] = []
        self._ended: list[tuple[str, str]] = []
        self._within: list[tuple[str, str]] = []
        for theme, word in rows:
            self._add(theme, word)
        self._found: dict[str, tuple[str, ...]] = {}

    def _add(self, theme: str, word: str) -> None:
        plain = normalise(word)
        before, after = word.startswith("*"), word.endswith("*")
        if " " in plain:
            self._phrases.append((plain, theme))
        elif before and after:
            self._within.append((plain, theme))
        elif after:
            self._begun.append((plain, theme))
        elif before:
            self._ended.append((plain, theme))
        else:
            self._exact.setdefault(plain, []).append(theme)

    def of_word(self, word: str) -> tuple[str, ...]:
        """The themes of one normalised word."""
        found = self._found.get(word)
        if found is None:
            themes = [
                *self._exact.get(word, ()),
                *(theme for plain, theme in self._begun if word.startswith(plain)),
                *(theme for plain, theme in self._ended if word.endswith(plain)),
                *(theme for plain, theme in self._within if plain in word),
            ]
            if len(self._found) > 50_000:
                self._found.clear()
            found = self._found[word] = tuple(dict.fromkeys(themes))
        return found

    def in_text(self, text: str) -> Iterator[tuple[str, str]]:
        """(theme, the words of ``text`` that speak of it), in the order of the text."""
        text = _plain_letters(text)
        yield from self._phrases_in(text)
        for written in _WORD.findall(text.replace("/", " ").replace("–", " ")):
            for plain in normalise(written).split(" "):
                for theme in self.of_word(plain):
                    yield theme, written.strip(".,;:!?()[]„“”\"'»«")

    def _phrases_in(self, text: str) -> Iterator[tuple[str, str]]:
        plain = f" {normalise(text)} "
        for phrase, theme in self._phrases:
            if f" {phrase} " in plain:
                yield theme, phrase


def _plain_letters(text: str) -> str:
    """„Sprachcafé“ -> „Sprachcafe“; umlauts, which the spelling of the vocabulary knows, stay."""
    return text if text.isascii() else text.translate(_ACCENTS)


@lru_cache(maxsize=1)
def load_themes() -> Themes:
    return Themes([(row["theme"], row["word"]) for row in rows_of(data_folder() / "vocabulary" / "themes.csv")])
