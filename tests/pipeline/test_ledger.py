"""The ledger proves that no cell is lost: it counts the sheet's cells itself and compares."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from etl.pipeline.ledger import count, settle
from etl.stages.outcomes import Outcomes
from etl.stages.shapes import CellValue, Column, Sheet, Table

_cells = st.sampled_from([None, "", " ", "\u00a0", "\u200b", "Sprachcafé", 0, 3.5, False])
_rows = st.lists(st.lists(_cells, min_size=3, max_size=3), min_size=1, max_size=5)


def _table() -> Table:
    return Table("Liste", "measure", (1,), 1, 5, 1, 3, columns=[Column(1, "Titel", heading_cells=((1, 1),))])


@given(_rows, st.lists(st.tuples(st.integers(1, 5), st.integers(1, 3))))
def test_every_filled_cell_counts_once_whatever_the_stages_spoke_for(
    rows: list[list[CellValue]], spoken: list[tuple[int, int]]
) -> None:
    sheet = Sheet("Liste", rows=rows)
    outcomes = Outcomes.of(sheet)
    outcomes.update({(row, column): "loaded" for row, column in spoken if row <= len(rows)})
    settled = settle(sheet, [_table()], {(1, 2): "title"}, outcomes)
    ledger = count(sheet, settled)
    filled = {(r, c) for r in range(1, len(rows) + 1) for c in range(1, 4) if sheet.filled(r, c)}
    assert set(settled) == filled
    assert ledger.adds_up
    assert ledger.filled == len(filled)


def test_a_filled_cell_that_no_stage_spoke_for_is_reported() -> None:
    sheet = Sheet("Liste", rows=[["Titel", None], ["Sprachcafé", "verirrt"]], errors={(1, 2): "#REF!"})
    outcomes = Outcomes.of(sheet)
    outcomes[2, 1] = "loaded"
    ledger = count(sheet, settle(sheet, [_table()], {}, outcomes))
    assert (ledger.filled, ledger.headings, ledger.loaded, ledger.reported) == (4, 1, 1, 2)


def test_a_cell_the_stages_lost_breaks_the_sum() -> None:
    sheet = Sheet("Liste", rows=[["Titel"], ["Sprachcafé"]])
    settled = settle(sheet, [_table()], {}, Outcomes.of(sheet))
    del settled[2, 1]
    assert not count(sheet, settled).adds_up
