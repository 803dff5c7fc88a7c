"""The board of the Überblick: fields of action × rated goals, folded until it ends on one screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.answers.goals import FieldOfGoals, GoalLine

#: Up to so many goals stand in rows, three to a line; more stand in blocks, four fields to a row.
GOALS_IN_ROWS = 18
BLOCKS_PER_ROW = 4
#: Lines of text that the rows of blocks may take together.
BLOCK_LINES = 15
#: Letters that fit on one line of a block, for titles and for goals.
_LETTERS = 24


@dataclass(frozen=True, slots=True)
class BoardField:
    """A field of action on the board: the goals shown, and how many more are on track."""

    title: str | None
    goals: tuple[GoalLine, ...]
    folded: int = 0


@dataclass(frozen=True, slots=True)
class Board:
    """``blocks``: fields stand beside one another with their goals below, instead of one field a row."""

    fields: tuple[BoardField, ...]
    blocks: bool = False


def board_of(tree: Sequence[FieldOfGoals]) -> Board:
    """All rated goals where they fit; where not, goals on track are folded, in the tallest blocks first."""
    fields = [BoardField(branch.title, tuple(line for line in branch.goals if line.rating.code)) for branch in tree]
    fields = [field for field in fields if field.goals]
    if sum(len(field.goals) for field in fields) <= GOALS_IN_ROWS:
        return Board(tuple(fields))
    while lines_of(fields) > BLOCK_LINES:
        foldable = [i for i, field in enumerate(fields) if _lines(_folded(field)) < _lines(field)]
        if not foldable:
            break
        tallest = max(foldable, key=lambda i: (_excess(fields, i), _lines(fields[i])))
        fields[tallest] = _folded(fields[tallest])
    return Board(tuple(fields), blocks=True)


def lines_of(fields: Sequence[BoardField]) -> int:
    """Lines all rows of blocks take; a row is as tall as its tallest block."""
    rows = [fields[at : at + BLOCKS_PER_ROW] for at in range(0, len(fields), BLOCKS_PER_ROW)]
    return sum(max(map(_lines, row)) for row in rows)


def _excess(fields: Sequence[BoardField], at: int) -> int:
    """How many lines the block at ``at`` stands out of its row: folding another one would win nothing."""
    start = at - at % BLOCKS_PER_ROW
    others = [_lines(f) for i, f in enumerate(fields[start : start + BLOCKS_PER_ROW], start) if i != at]
    return _lines(fields[at]) - max(others, default=0)


def _folded(field: BoardField) -> BoardField:
    loud = tuple(line for line in field.goals if line.rating.code != "on_track" or line.said)
    return BoardField(field.title, loud, field.folded + len(field.goals) - len(loud))


def _lines(field: BoardField) -> int:
    """Title, goals (with their word below where not on track, and two lines for each sentence beside it), and the
    line that says what is folded."""
    goals = sum(_wrapped(_title(line)) + (line.rating.code != "on_track") + 2 * len(line.said) for line in field.goals)
    return _wrapped(field.title or "") + goals + bool(field.folded)


def _title(line: GoalLine) -> str:
    return line.goal.short_title or line.goal.title


def _wrapped(text: str) -> int:
    return max(1, -(-len(text) // _LETTERS))
