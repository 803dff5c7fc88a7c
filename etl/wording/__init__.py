"""Sentences for people: codes and values go in, German or English comes out.

The wording itself lies in ``catalogue/<subject>.<language>.po``; README.md beside this file says how to write it.
"""

from __future__ import annotations

from string import Formatter
from typing import Any

from etl.wording.catalogues import LANGUAGES, KeyMissing, languages_of, message
from etl.wording.forms import formatted

__all__ = ["LANGUAGES", "KeyMissing", "formatted", "has", "languages_of", "say"]


class _Sentence(Formatter):
    """``str.format`` whose format specs are the forms of ``etl.wording.forms``."""

    def __init__(self, language: str) -> None:
        self.language = language

    def format_field(self, value: Any, format_spec: str) -> Any:
        return formatted(self.language, value, format_spec)


def say(language: str, key: str, /, **values: Any) -> str:
    """The sentence ``key`` in ``language``, as plain text (not escaped), with ``values`` in that language's forms.

    A value called ``n`` chooses singular or plural; with ``n=0`` an entry ``<key>.zero`` wins where there is one.
    Raises ``KeyMissing`` for a key no catalogue knows, ``KeyError`` for a value the sentence needs and was not given.
    """
    return _Sentence(language).vformat(message(language, key, values.get("n")), (), values)


def has(language: str, key: str) -> bool:
    """Whether the catalogues know ``key``: for keys built from codes that may have no words of their own."""
    try:
        message(language, key, None)
    except KeyMissing:
        return False
    return True
