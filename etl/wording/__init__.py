"""Sentences for people: codes and values go in, German or English comes out.

The wording itself lies in ``catalogue/<subject>.<language>.po``; README.md beside this file says how to write it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from string import Formatter
from typing import Any

from etl.wording.catalogues import LANGUAGES, KeyMissing, languages_of, message
from etl.wording.forms import formatted

__all__ = ["LANGUAGES", "KeyMissing", "formatted", "has", "languages_of", "say"]


#: Stands in a sentence while it is put together, where a full stop of ours follows a value; no text has it.
_END = "\ue000"
_TWO_STOPS = re.compile(rf"\.([“”]?){_END}\.")


class _Sentence(Formatter):
    """``str.format`` whose format specs are the forms of ``etl.wording.forms``."""

    def __init__(self, language: str) -> None:
        self.language = language

    def format_field(self, value: Any, format_spec: str) -> Any:
        return formatted(self.language, value, format_spec)

    def parse(self, format_string: Any) -> Any:
        """A value that ends in a full stop („Lindenmark e. V.“) ends its sentence too: mark where one follows it."""
        return iter(_parts(format_string))

    def vformat(self, format_string: str, args: Any, kwargs: Any) -> str:
        text = super().vformat(format_string, args, kwargs)
        return _TWO_STOPS.sub(r".\1", text).replace(_END, "") if _END in text else text


@lru_cache(maxsize=4096)
def _parts(pattern: str) -> tuple[tuple[Any, ...], ...]:
    found: list[tuple[Any, ...]] = []
    for literal, *rest in Formatter().parse(pattern):
        ends = found and literal.startswith(".") and not literal.startswith("..")
        found.append((_END + literal if ends else literal, *rest))
    return tuple(found)


@lru_cache(maxsize=4096)
def _without_values(pattern: str) -> str:
    """The same in every language."""
    return _Sentence(LANGUAGES[0]).vformat(pattern, (), {})


def say(language: str, key: str, /, **values: Any) -> str:
    """The sentence ``key`` in ``language``, as plain text (not escaped), with ``values`` in that language's forms.

    A value called ``n`` chooses singular or plural; with ``n=0`` an entry ``<key>.zero`` wins where there is one.
    Raises ``KeyMissing`` for a key no catalogue knows, ``KeyError`` for a value the sentence needs and was not given.
    """
    if not values:  # most of what stands around a page
        return _without_values(message(language, key, None))
    return _Sentence(language).vformat(message(language, key, values.get("n")), (), values)


def has(language: str, key: str) -> bool:
    """Whether the catalogues know ``key``: for keys built from codes that may have no words of their own."""
    try:
        message(language, key, None)
    except KeyMissing:
        return False
    return True
