"""Columns are read at once; what comes out is what each row alone would have given."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from etl.stages.shapes import CellValue
from tests.stages.readings.tables import read

FIELDS = ("title", "description", "status", "start", "end", "cost_total", "participants_planned", "target_group")
_COLUMNS: tuple[tuple[CellValue, ...], ...] = (
    ("Sprachcafé", "Lernpaten ", "Wohnlotsen", '="01-2025"'),
    ("für alle", "  ", None, "k. A.", 5),
    ("laufend", "geplant", "läuft wohl", None, "-", "Gelb"),
    (dt.date(2025, 1, 1), "Sommer 2026", None, "bald", dt.date(1905, 7, 18)),
    (dt.date(2026, 1, 1), "31.12.2026", None, "unbefristet"),
    (1000, 1000.5, "ca. 2.000 €", None, True, "500 € pro Monat"),
    (20, 20.0, "20-25", None, "viele"),
    ("Geflüchtete", "Frauen, Kinder", None, "alle Welt"),
)
_row = st.tuples(*(st.sampled_from(values) for values in _COLUMNS))


@given(st.lists(_row, min_size=1, max_size=6))
def test_a_row_reads_the_same_alone_and_among_others(rows: list[tuple[CellValue, ...]]) -> None:
    together = read("measure", FIELDS, *rows).drafts
    for place, row in enumerate(rows):
        (alone,) = read("measure", FIELDS, row).drafts
        draft = together[place]
        assert (draft.values, draft.said, draft.marks) == (alone.values, alone.said, alone.marks)
        assert (draft.qualifier, draft.unread, draft.kept) == (alone.qualifier, alone.unread, alone.kept)
        moved = {name: [(r + place, column, role) for r, column, role in cells] for name, cells in alone.cells.items()}
        assert dict(draft.cells) == moved


def test_the_wrapper_that_keeps_a_text_from_being_a_date_is_no_part_of_it() -> None:
    draft = read("measure", ("id", "title"), ('="01-2025"', '="Sprachcafé"')).drafts[0]
    assert draft.values == {"id": "01-2025", "title": "Sprachcafé"}
    assert draft.said == {"id": ['="01-2025"'], "title": ['="Sprachcafé"']}
