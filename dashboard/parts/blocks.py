"""The building blocks pages are made of: pure functions that return escaped markup.

They choose no words: sentences come in ready, rating and status words from the catalogue ``common``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.parts.html import Content, Markup, go, joined, tag, visually_hidden
from etl.wording import formatted, say

#: Code of a rating -> its character in the symbol font, in the order of the tally.
SYMBOLS: dict[str, str] = {"on_track": "●", "at_risk": "▲", "off_track": "■", "cannot_be_rated": "○"}


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column. ``numeric`` aligns right; ``narrow`` keeps its content on one line."""

    heading: Content
    numeric: bool = False
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of a list: ``lead`` (number, date, symbol) stands left of ``title``, ``note`` muted below it.

    ``target`` makes the title clickable (only inside ``clickable``).
    """

    title: Content
    note: Content = None
    lead: Content = None
    target: str | None = None
    strong: bool = False


@dataclass(frozen=True, slots=True)
class BoardGoal:
    """A goal on the board: short title, rating code (None: ended, without rating) and what a click reports."""

    title: str
    rating: str | None
    target: str | None = None
    note: Content = None


def headline(over: Content, sentence: Content, *, presenting: bool = False) -> Markup:
    """The page's finding, under a muted line that says where, when and how many."""
    size = "rt-h1 rt-presenting" if presenting else "rt-h1"
    return joined([tag("p", over, class_="rt-over") if over else None, tag("h1", sentence, class_=size)])


def section(title: Content, aside: Content = None) -> Markup:
    """A section's head: dark rule, heading, muted remark at the right."""
    remark = tag("span", aside, class_="rt-aside") if aside is not None else None
    return tag("div", tag("h2", title), remark, class_="rt-section")


def note(text: Content) -> Markup:
    """A muted line."""
    return tag("p", text, class_="rt-note")


def symbol(code: str) -> Markup:
    """The bare symbol of a rating: only where its word stands beside it or in the key above."""
    return tag("span", SYMBOLS[code], class_=f"rt-s rt-{code}", aria_hidden="true")


def rating_symbol(code: str, language: str, *, large: bool = False, hide_word: bool = False) -> Markup:
    """Symbol and word of a rating. ``hide_word`` leaves the word to those who listen."""
    word = say(language, f"rating.{code}")
    shown = visually_hidden(word) if hide_word else tag("b", word)
    return tag("span", symbol(code), " ", shown, class_="rt-rating rt-verdict" if large else "rt-rating")


def rating_change(before: str, after: str, language: str) -> Markup:
    """Symbol → symbol, or symbol = where the rating stayed (a correction never looks like progress)."""
    spoken = say(language, "rating.changed" if before != after else "rating.stayed", **_words(before, after, language))
    drawn = [symbol(before), "→", symbol(after)] if before != after else [symbol(before), "="]
    marks = (tag("span", part, aria_hidden="true", class_="rt-step") for part in drawn)
    return tag("span", marks, visually_hidden(spoken), class_="rt-change")


def _words(before: str, after: str, language: str) -> dict[str, str]:
    return {"before": say(language, f"rating.{before}"), "after": say(language, f"rating.{after}")}


def status_tag(code: str, language: str) -> Markup:
    """A life-cycle status: an outlined word without colour."""
    return tag("span", say(language, f"status.{code}"), class_="rt-tag")


def tally(counts: Mapping[str, int], language: str, target: Callable[[str], str] | None = None) -> Markup:
    """How many per rating, in the order of ``SYMBOLS``: the key to the board at the same time. ``target``: what a click
    on a number reports."""
    items = [
        tag(
            "li",
            symbol(code),
            _tallied(formatted(language, counts.get(code, 0), "count"), code, say(language, f"rating.{code}"), target),
            tag("span", say(language, f"rating.{code}")),
        )
        for code in SYMBOLS
    ]
    return tag("ul", items, class_="rt-tally")


def _tallied(number: str, code: str, word: str, target: Callable[[str], str] | None) -> Markup:
    return tag("b", go(number, target(code), label=f" {word}") if target else number)


def figures(items: Iterable[tuple[Content, Content]], between: Sequence[str] = ()) -> Markup:
    """Numbers with their words in one line; ``between`` sets signs (=, +) between them."""
    row: list[Markup] = []
    for index, (number, word) in enumerate(items):
        if index and index <= len(between):
            row.append(tag("span", between[index - 1], class_="rt-sign"))
        row.append(tag("span", tag("b", number), " ", word, class_="rt-figure"))
    return tag("div", row, class_="rt-figures")


def board(fields: Iterable[tuple[str, Sequence[BoardGoal]]], language: str) -> Markup:
    """Fields of action × goals. Calm goals are light, the others bold with their word below."""
    rows = [
        tag(
            "section",
            tag("h2", title),
            tag("ul", (_board_goal(goal, language) for goal in goals), class_="rt-goals"),
            class_="rt-board-row",
        )
        for title, goals in fields
    ]
    return tag("div", rows, class_="rt-board")


def _board_goal(goal: BoardGoal, language: str) -> Markup:
    title = go(goal.title, goal.target) if goal.target else tag("span", goal.title)
    mark = symbol(goal.rating) if goal.rating else tag("span", "–", class_="rt-s", aria_hidden="true")
    word = say(language, f"rating.{goal.rating or 'none'}")
    calm = goal.rating in ("on_track", None)
    below = visually_hidden(f" {word}") if goal.rating == "on_track" else tag("small", word)
    remark = tag("small", goal.note) if goal.note else None
    return tag("li", mark, tag("div", title, below, remark), class_="rt-calm" if calm else "rt-loud")


def list_rows(rows: Iterable[ListRow], *, numbered: bool = False) -> Markup:
    """A list with hairlines."""
    return tag("ol" if numbered else "ul", (_list_row(row) for row in rows), class_="rt-list")


def _list_row(row: ListRow) -> Markup:
    title = go(row.title, row.target) if row.target else row.title
    words = tag("div", tag("b" if row.strong else "span", title), tag("small", row.note) if row.note else None)
    return tag("li", tag("span", row.lead, class_="rt-lead") if row.lead is not None else None, words)


def definition_list(pairs: Iterable[tuple[Content, Content]]) -> Markup:
    """Terms muted on the left, what they mean on the right."""
    return tag("dl", (tag("div", tag("dt", term), tag("dd", meaning)) for term, meaning in pairs), class_="rt-dl")


def table(
    columns: Sequence[Column | str],
    rows: Iterable[Sequence[Content]],
    *,
    label: str,
    stack: bool = True,
    footer: Sequence[Content] | None = None,
) -> Markup:
    """A real table in a scroll box that can be reached by keyboard; the first cell of a row is its head.

    ``label`` names the scroll box and must differ from other tables on the page. ``stack`` turns rows into short
    paragraphs on a phone. Headings may not be empty: use ``visually_hidden``.
    """
    heads = [column if isinstance(column, Column) else Column(column) for column in columns]
    head = tag("tr", (tag("th", column.heading, scope="col", class_=_cell_class(column)) for column in heads))
    body = tag("tbody", (_table_row(heads, row) for row in rows))
    foot = tag("tfoot", _table_row(heads, footer)) if footer else None
    inner = tag("table", tag("thead", head), body, foot, class_="rt-table rt-stack" if stack else "rt-table")
    return scroll_box(inner, label)


def scroll_box(content: Content, label: str) -> Markup:
    """A named region that scrolls sideways, also by keyboard."""
    return tag("div", content, class_="rt-scroll", tabindex=0, role="region", aria_label=label)


def _table_row(columns: Sequence[Column], cells: Sequence[Content]) -> Markup:
    assert len(cells) == len(columns), f"a row of {len(cells)} cells under {len(columns)} headings"
    first = tag("th", cells[0], scope="row", class_=_cell_class(columns[0]))
    others = (tag("td", cell, class_=_cell_class(col)) for col, cell in zip(columns[1:], cells[1:], strict=True))
    return tag("tr", first, others)


def _cell_class(column: Column) -> str | None:
    return " ".join(name for name, on in (("rt-num", column.numeric), ("rt-narrow", column.narrow)) if on) or None


def key_to_symbols(language: str, *more: Content) -> Markup:
    """The key under a table or chart: the four ratings, then ``more``."""
    ratings = (tag("span", symbol(code), " ", say(language, f"rating.{code}")) for code in SYMBOLS)
    return tag("p", ratings, (tag("span", item) for item in more), class_="rt-key")
