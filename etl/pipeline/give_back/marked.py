"""A partner's own workbook with marks where something is in question, comments that say what, and a sheet that lists
it all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from etl.issues import Issue
from etl.pipeline.give_back.carried import sheet_parts
from etl.pipeline.give_back.grid import Grid, Position
from etl.pipeline.give_back.listing import Matter, Titles, write_listing
from etl.pipeline.give_back.looks import Looks
from etl.pipeline.give_back.matters import Marks, marks_of, matters_of, texts_of
from etl.pipeline.give_back.notes import Notes, told_last_time
from etl.pipeline.give_back.outgoing import HandedOut, Outgoing, open_outgoing
from etl.pipeline.give_back.package import Package
from etl.wording import say

#: Rows of the hint between the first cell of our sheet and its headings.
_HINTS = 3


def mark(content: bytes, file: str, issues: Sequence[Issue], language: str) -> HandedOut:
    """``content`` with ``issues`` marked and listed. Changes nothing else of a workbook that can be carried."""
    outgoing = open_outgoing(content, file)
    put_marks(outgoing, [_placed(matter, outgoing.renamed) for matter in matters_of(issues, language)], language)
    return outgoing.handed_out("marked", language)


def put_marks(outgoing: Outgoing, matters: Sequence[Matter], language: str) -> None:
    """Mark the cells of ``matters`` and list them on a sheet of their own."""
    package, looks = outgoing.package, outgoing.looks()
    marks = marks_of(matters, language)
    for name, part in sheet_parts(package).items():
        if name not in outgoing.own_sheets:
            _mark_sheet(package, looks, part, marks.get(name, {}), language, again=bool(outgoing.own_sheets))
    own = next((part for name, part in sheet_parts(package).items() if name in outgoing.own_sheets), None)
    write_listing(package, looks, matters, _titles(outgoing.file, language), own)


def _placed(matter: Matter, renamed: Mapping[str, str]) -> Matter:
    """The matter on the sheet by its name in the copy."""
    return replace(matter, sheet=renamed[matter.sheet]) if matter.cells and matter.sheet in renamed else matter


def _titles(file: str, language: str) -> Titles:
    hint = tuple(say(language, f"give_back.hint.{number}") for number in range(1, _HINTS + 1))
    mark = f"{say(language, 'give_back.mark')} | {file}"
    return Titles(say(language, "give_back.sheet"), mark, hint, language)


def _mark_sheet(package: Package, looks: Looks, part: str, marks: Marks, language: str, *, again: bool) -> None:
    """Colour the cells and comment on them. ``again``: what we said last time is over where it is not said anew."""
    settled = told_last_time(package, part) if again else set()
    if not marks and not settled and not again:
        return
    grid = Grid(package.xml(part))
    if again:
        _unmark(grid, looks)
    marks = {grid.shown_at(place): found for place, found in reversed(marks.items())}
    for place, (severity, _) in marks.items():
        cell = grid.cell(*place)
        cell.set("s", str(looks.marked(int(cell.get("s") or 0), severity)))
    texts = dict.fromkeys(settled, say(language, "give_back.settled")) | texts_of(marks)
    _comment(package, part, grid, texts)


def _comment(package: Package, part: str, grid: Grid, texts: Mapping[Position, str]) -> None:
    notes = Notes(package, part, grid)
    if texts and notes.can_be_added:
        notes.write(texts)


def _unmark(grid: Grid, looks: Looks) -> None:
    for cell in grid.all_cells():
        style = int(cell.get("s") or 0)
        plain = looks.unmarked(style)
        if plain != style:
            cell.set("s", str(plain))
