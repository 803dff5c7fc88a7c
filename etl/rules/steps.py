"""The steps of arriving that an interface paper is laid out by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProcessStep:
    """A topic or step (arrival, registration, language …) in the network's own order. ``words`` are what people call it
    when they ask who is responsible. ``code`` keeps it recognisable where its title was changed."""

    id: int
    code: str
    title: str
    place: int
    words: tuple[str, ...] = ()
    ended: bool = False
