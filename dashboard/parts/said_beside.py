"""Partners' own sentences beside a rating that became worse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from dashboard.answers.said import Sentence
from dashboard.parts.blocks import note
from dashboard.parts.html import Content, Markup, tag
from dashboard.parts.traced import traced
from etl.rules.rating import Rating

Say = Callable[..., str]


def said_beside(rating: Rating, names: Mapping[str, str], say: Say) -> list[tuple[Content, Content]]:
    """Who says it, and the sentence with its day: pairs for the list of what a rating rests on."""
    return [
        (
            say("rating.said", partner=names.get(said.partner, say("kind.partner", n=1))),
            say("rating.said.of", text=said.text, day=said.day),
        )
        for said in rating.said
    ]


def said_below(said: Iterable[Sentence], target: str, say: Say) -> list[Markup]:
    """The same in a list, below what is rated; a click asks where the rating comes from (``target``)."""
    return [tag("small", traced(_line(sentence, say), target), class_="rt-each") for sentence in said]


def said_short(said: Iterable[Sentence], target: str, say: Say) -> list[Markup]:
    """The same where all has to end on one screen: two lines each, the whole sentence in its tip and behind a click."""
    lines = [_line(sentence, say) for sentence in said]
    return [tag("small", traced(line, target), title=line, class_="rt-each rt-clamp2") for line in lines]


def said_notes(said: Iterable[Sentence], say: Say) -> list[Markup]:
    """The same above a proof, where nothing more is to be asked."""
    return [note(_line(sentence, say)) for sentence in said]


def _line(sentence: Sentence, say: Say) -> str:
    partner = sentence.partner or say("kind.partner", n=1)
    return say("rating.said.line", partner=partner, text=sentence.text, day=sentence.day)
