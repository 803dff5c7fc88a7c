"""The words of the marks that travel with a value."""

from __future__ import annotations

from functools import partial

from dashboard.parts.quantities import mark_words
from etl.wording import say


def test_a_value_from_struck_out_text_says_so_and_each_word_stands_once() -> None:
    marks = (("title", "cell_struck"), ("start", "cell_struck"), ("cost", "amount_interpreted"))
    assert mark_words(marks, partial(say, "de")) == ("durchgestrichen", "gedeutet")
    assert mark_words(marks[:1], partial(say, "en")) == ("struck out",)
