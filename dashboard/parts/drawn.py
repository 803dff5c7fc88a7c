"""What a page shows of a picture, or of an answer kept with it, made once for everyone who sees the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from dashboard.answers.once import Once

_Made = TypeVar("_Made")


class _Making:
    """How something is made: equal for all who want the same, so that it is no part of what is chosen."""

    __slots__ = ("_make", "name")

    def __init__(self, name: str, make: Callable[[], object]) -> None:
        self.name = name
        self._make: Callable[[], object] | None = make

    def made(self) -> object:
        """Makes it, and lets go of whatever the first who asked brought along."""
        make, self._make = self._make, None
        assert make is not None, f"{self.name} is made once"
        return make()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Making) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)


_MADE = Once[object, Any](lambda source, making, *choices: making.made())


def drawn(source: object, name: str, make: Callable[[], _Made], *choices: Hashable) -> _Made:
    """``make()``, kept with its source (the picture, or an answer that is itself made once) under ``name`` and all that
    it depends on beside it: language, what was chosen, who looks."""
    made: _Made = _MADE(source, _Making(name, make), *choices)
    return made
