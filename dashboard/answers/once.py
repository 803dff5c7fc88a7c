"""Derived lists that are made once for a picture and go away with it."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Generic, TypeVar

_Source = TypeVar("_Source")
_Made = TypeVar("_Made")


class Once(Generic[_Source, _Made]):
    """``Once(make)(source)`` is ``make(source)``, made once per source object (by identity) while that object lives."""

    def __init__(self, make: Callable[[_Source], _Made]) -> None:
        self._make = make
        self._kept: dict[int, _Made] = {}

    def __call__(self, source: _Source) -> _Made:
        number = id(source)
        if number not in self._kept:
            self._kept[number] = self._make(source)
            weakref.finalize(source, self._kept.pop, number, None)
        return self._kept[number]
