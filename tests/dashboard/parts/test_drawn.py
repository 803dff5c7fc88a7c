"""What a page shows of a picture is made once for everyone who sees the same, and goes with the picture."""

from __future__ import annotations

import gc
import weakref

from dashboard.parts.drawn import drawn


class _Picture:
    """Something to draw."""


class _Context:
    """What the first who asked brought along."""


def test_the_same_is_drawn_once_and_another_choice_anew() -> None:
    picture, made = _Picture(), []

    def table() -> str:
        made.append(1)
        return f"table {len(made)}"

    assert [drawn(picture, "table", lambda: table(), choice) for choice in ("de", "en", "de")] == [
        "table 1",
        "table 2",
        "table 1",
    ]
    assert drawn(picture, "list", table, "de") == "table 3"
    assert drawn(_Picture(), "table", table, "de") == "table 4"


def test_nothing_of_who_asked_first_is_kept() -> None:
    picture, context = _Picture(), _Context()
    gone = weakref.ref(context)
    drawn(picture, "table", lambda context=context: str(context), "de")
    del context
    gc.collect()
    assert gone() is None
