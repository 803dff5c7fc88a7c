"""Derived things that are made once for a picture and go away with it."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_Source = TypeVar("_Source")
_Made = TypeVar("_Made")
#: Made things kept per source: filters can be combined without end, what was made first goes first.
_MOST = 200
_NOTHING = object()


class Once(Generic[_Source, _Made]):
    """``Once(make)(source, *choices)`` is ``make(source, *choices)``, made once per source object (by identity) and
    choices while that object lives and not too much else was asked of it. Viewers who ask at the same time wait for the
    one that makes it."""

    def __init__(self, make: Callable[..., _Made]) -> None:
        self._make = make
        self._kept: dict[int, dict[tuple[Hashable, ...], _Made]] = {}
        self._lock = threading.RLock()

    def __call__(self, source: _Source, *choices: Hashable) -> _Made:
        found = self._kept.get(id(source), {}).get(choices, _NOTHING)
        if found is not _NOTHING:
            return found  # type: ignore[return-value]
        with self._lock:
            return self._made(source, choices)

    def _made(self, source: _Source, choices: tuple[Hashable, ...]) -> _Made:
        number = id(source)
        if number not in self._kept:
            self._kept[number] = {}
            weakref.finalize(source, self._kept.pop, number, None)
        found = self._kept[number]
        if choices not in found:
            while len(found) >= _MOST:
                del found[next(iter(found))]
            found[choices] = self._make(source, *choices)
        return found[choices]
