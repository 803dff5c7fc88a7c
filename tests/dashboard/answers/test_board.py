"""The board shows every goal that needs a voice, and ends on one screen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.answers.board import BLOCK_LINES, BLOCKS_PER_ROW, BoardField, board_of, lines_of
from dashboard.answers.goals import FieldOfGoals, GoalLine
from etl.rules.facts import Goal
from etl.rules.rating import Rating

CODES = ("on_track", "at_risk", "off_track", "cannot_be_rated")


def line(key: str, code: str | None, title: str = "Kurs mit B1 abschließen") -> GoalLine:
    return GoalLine(Goal(key=key, title=title, short_title=title), 0, Rating(code, "on_path"))  # type: ignore[arg-type]


def field(title: str, *codes: str | None) -> FieldOfGoals:
    return FieldOfGoals(title, tuple(line(f"{title}{i}", code) for i, code in enumerate(codes)))


def shown(fields: tuple[BoardField, ...]) -> list[str]:
    return [goal.goal.key for one in fields for goal in one.goals]


def test_eighteen_goals_stand_in_rows_and_none_is_folded() -> None:
    board = board_of([field(name, "on_track", "off_track", "at_risk") for name in "ABCDEF"])
    assert not board.blocks
    assert len(shown(board.fields)) == 18
    assert not any(one.folded for one in board.fields)


def test_a_goal_shown_by_its_sub_goals_is_not_on_the_board() -> None:
    board = board_of([field("Sprache", None, "on_track")])
    assert shown(board.fields) == ["Sprache1"]


def test_a_field_without_rated_goals_takes_no_place() -> None:
    assert board_of([field("Kultur", None), field("Sprache", "at_risk")]).fields[0].title == "Sprache"


def test_twenty_six_goals_in_eight_fields_fit_into_two_rows_of_blocks() -> None:
    sizes = (4, 3, 5, 3, 3, 3, 3, 2)
    board = board_of([field(f"Feld {i}", "off_track", *["on_track"] * (n - 1)) for i, n in enumerate(sizes)])
    assert board.blocks
    assert len(board.fields) == 8
    assert lines_of(board.fields) <= BLOCK_LINES


def test_folding_hides_only_goals_on_track_and_counts_them() -> None:
    board = board_of([field(f"F{i}", *["on_track"] * 9, "off_track") for i in range(8)])
    assert all(goal.rating.code == "off_track" for one in board.fields if one.folded for goal in one.goals)
    assert sum(one.folded + len(one.goals) for one in board.fields) == 80


@given(st.lists(st.lists(st.sampled_from(CODES), min_size=1, max_size=9), min_size=1, max_size=14))
def test_no_goal_is_lost_and_what_is_not_on_track_always_shows(fields: list[list[str]]) -> None:
    board = board_of([field(f"Feld{i}-", *codes) for i, codes in enumerate(fields)])
    assert sum(one.folded + len(one.goals) for one in board.fields) == sum(map(len, fields))
    loud = sum(code != "on_track" for codes in fields for code in codes)
    assert sum(goal.rating.code != "on_track" for one in board.fields for goal in one.goals) == loud
    assert [one.title for one in board.fields] == [f"Feld{i}-" for i in range(len(fields))]
    assert BLOCKS_PER_ROW == 4, "the style sheet draws four blocks a row"
