"""The row a value stands in, as it looked: letters, headings, the value's cell outlined, what is hidden hatched."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.answers.excerpt import Excerpt
from dashboard.answers.written import Written
from dashboard.parts.blocks import scroll_box
from dashboard.parts.html import Markup, joined, tag, visually_hidden
from dashboard.parts.value_words import as_written

Say = Callable[..., str]


def excerpt_markup(excerpt: Excerpt, sheet: str, say: Say, language: str) -> Markup:
    """To be shown inside ``clickable``, which scrolls the value's cell into sight."""
    letters = tag("tr", tag("td", class_="rt-ruler"), (_ruler(c, "col") for c in excerpt.columns))
    body: list[Markup] = []
    if any(heading.text for heading in excerpt.headings):
        number = str(excerpt.heading_row) if excerpt.heading_row else ""
        body.append(_row(number, excerpt.headings, excerpt, say, language, heading=True))
    body += [_row(str(number), texts, excerpt, say, language) for number, texts in excerpt.rows]
    table = tag("table", tag("thead", letters), tag("tbody", body), class_="rt-sheet rt-excerpt")
    shown = scroll_box(table, say("provenance.excerpt", sheet=sheet))
    note = tag("p", say("provenance.hidden", n=len(excerpt.hidden)), class_="rt-note") if excerpt.hidden else None
    return joined([shown, note])


def _row(
    number: str, texts: Sequence[Written], excerpt: Excerpt, say: Say, language: str, *, heading: bool = False
) -> Markup:
    cells = (
        _cell(text, f"{column}{number}" in excerpt.hits, column in excerpt.hidden, say, language)
        for column, text in zip(excerpt.columns, texts, strict=True)
    )
    return tag("tr", _ruler(number, "row"), cells, class_="rt-headings" if heading else None)


def _cell(text: Written, hit: bool, hidden: bool, say: Say, language: str) -> Markup:
    if hidden:
        return tag("td", visually_hidden(say("provenance.hidden_cell")), class_="rt-cell-aside")
    words = as_written(text, language)
    inner = tag("span", words, class_="rt-clamp", title=words if len(words) > 24 else None)
    return tag("td", inner, class_="rt-cell-here" if hit else None, data_here=hit)


def _ruler(text: str, scope: str) -> Markup:
    return tag("th", text, scope=scope, class_="rt-ruler") if text else tag("td", class_="rt-ruler")
