"""What became of each cell of a sheet, and where the fields of a draft come from: kept small, asked like a
dictionary.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from etl.stages.outcomes import Outcomes
from etl.stages.shapes import Origins

HEIGHT, WIDTH = 6, 4
_positions = st.tuples(st.integers(1, HEIGHT), st.integers(1, WIDTH))
_outcomes = st.sampled_from(["loaded", "kept", "reported", "heading", "set_aside:total"])


@given(st.dictionaries(_positions, _outcomes))
def test_outcomes_answer_like_the_dictionary_they_replace(told: dict[tuple[int, int], str]) -> None:
    outcomes = Outcomes(HEIGHT, WIDTH)
    outcomes.update(told)
    assert dict(outcomes) == told
    assert len(outcomes) == len(told)
    assert list(outcomes) == sorted(told)
    assert outcomes.counted() == {o: list(told.values()).count(o) for o in set(told.values())}
    assert outcomes.cells_with("kept") == sorted(p for p, o in told.items() if o == "kept")
    everywhere = {(row, column) for row in range(1, HEIGHT + 1) for column in range(1, WIDTH + 1)}
    assert set(outcomes.open_cells()) == everywhere - told.keys()


def test_a_cell_outside_the_sheet_has_no_outcome() -> None:
    outcomes = Outcomes(HEIGHT, WIDTH)
    assert outcomes.get((0, 1)) is None
    assert outcomes.get((HEIGHT + 1, 1)) is None
    assert (1, WIDTH + 1) not in outcomes


@given(st.dictionaries(_positions, _outcomes), st.dictionaries(_positions, _outcomes))
def test_two_tables_of_a_sheet_say_together_what_became_of_it(
    first: dict[tuple[int, int], str], second: dict[tuple[int, int], str]
) -> None:
    outcomes, others = Outcomes(HEIGHT, WIDTH), Outcomes(HEIGHT, WIDTH)
    outcomes.update(first)
    others.update(second)
    outcomes.add(others)
    assert dict(outcomes) == first | second


@given(st.sets(st.integers(1, HEIGHT)))
def test_a_column_is_told_at_once_whether_or_not_its_rows_follow_one_another(rows: set[int]) -> None:
    outcomes = Outcomes(HEIGHT, WIDTH)
    outcomes.set_rows(2, sorted(rows), "loaded")
    assert dict(outcomes) == {(row, 2): "loaded" for row in rows}


def test_a_field_in_its_usual_column_is_found_without_being_written_down() -> None:
    origins = Origins(7)
    origins.usual = {"title": 2, "status": 5}
    assert dict(origins) == {"title": [(7, 2, "value")], "status": [(7, 5, "value")]}
    assert origins.apart == {}


def test_a_field_that_moves_leaves_the_others_and_the_other_drafts_where_they_were() -> None:
    usual = {"title": 2, "status": 5}
    origins, neighbour = Origins(7), Origins(8)
    origins.usual = neighbour.usual = usual
    origins["status"] = [(7, 5, "value"), (3, 5, "heading")]
    del origins["title"]
    assert dict(origins) == {"status": [(7, 5, "value"), (3, 5, "heading")]}
    assert dict(neighbour) == {"title": [(8, 2, "value")], "status": [(8, 5, "value")]}
