"""The words of the marks that travel with a number, wherever it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Say = Callable[..., str]

_WORDS = {
    "value_provisional": "mark.provisional",
    "value_contested": "goals.contested",
    "value_corrected": "mark.corrected",
    "cell_corrected": "mark.corrected",
    "cell_struck": "mark.struck",
    "cell_struck_in_part": "mark.struck_in_part",
}


def marked(say: Say, text: str, marks: Iterable[tuple[str, str]]) -> str:
    """„51,2 % (vorläufig)“ wherever the number stands."""
    words = mark_words(marks, say)
    return say("value.marked", value=text, mark=", ".join(words)) if words else text


def mark_words(marks: Iterable[tuple[str, str]], say: Say) -> tuple[str, ...]:
    """The words of the marks, each once: „vorläufig“, „gedeutet“."""
    return tuple(dict.fromkeys(mark_word(code, say) for _, code in marks))


def mark_word(code: str, say: Say) -> str:
    """„vorläufig“, „durchgestrichen“; whatever else was not exact is „gedeutet“."""
    return say(_WORDS.get(code, "mark.interpreted"))
