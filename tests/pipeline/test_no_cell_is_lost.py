"""No cell is lost: whatever is added to a list is found again in the ledger."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.issues import DeliveryRefused
from etl.pipeline.understanding import understand
from etl.stages.shapes import address
from etl.vocabulary import load_vocabulary
from tests.pipeline.workbooks import HEADINGS, LERNPATEN, SPRACHCAFE, WOHNLOTSEN, xlsx

DAY = dt.date(2026, 11, 10)
ROWS = [
    ["Maßnahmenliste", "", "", "", "", "", "", ""],
    ["Stand: 20.10.2026"],
    [],
    HEADINGS,
    SPRACHCAFE,
    WOHNLOTSEN,
    LERNPATEN,
]

words = st.one_of(
    st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=30),
    st.sampled_from(
        [
            "Summe",
            "ca. 25",
            "12.500,- €",
            "s.o.",
            "Legende: grün = fertig",
            "Herbst 2026",
            "#WERT!",
            "-",
            "Beispiel:",
            "N.N.",
        ]
    ),
    st.integers(-5, 10**6),
    st.floats(0, 10**6, allow_nan=False),
    st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1)),
    st.booleans(),
)


def filled(content: bytes) -> int:
    """Filled cells by a reader that is not ours."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    blank = " \t\r\n\u00a0\u202f\u2007\ufeff\u200b"
    return sum(c.value is not None and str(c.value).strip(blank) != "" for row in sheet.iter_rows() for c in row)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 10), words), max_size=12))
def test_every_cell_added_anywhere_is_counted_once(added: list[tuple[int, int, object]]) -> None:
    rows: list[list[object]] = [list(row) for row in ROWS] + [[] for _ in range(6)]
    for r, c, value in added:
        rows[r] += [None] * (c + 1 - len(rows[r]))
        rows[r][c] = "Text " + value if isinstance(value, str) and value.startswith("=") else value
    content = xlsx(rows)
    try:
        understood = understand(content, "liste.xlsx", load_vocabulary(), DAY)
    except DeliveryRefused as refusal:
        assert refusal.issue.code == "file_no_table"  # noqa: PT017 - the headings may have been overwritten
        return
    (sheet,) = understood.sheets
    assert sheet.ledger.adds_up
    assert sheet.ledger.filled == filled(content)
    assert sum(1 for _ in sheet.outcomes) == sheet.ledger.filled


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="abcdefgxyzÄÖß ", min_size=3, max_size=20).filter(lambda t: t.strip()), words)
def test_a_column_nobody_knows_is_kept_with_its_record_or_told(heading: str, value: object) -> None:
    value = "Text" if isinstance(value, str) and value.startswith("=") else value
    rows = [[*HEADINGS, heading], [*SPRACHCAFE, value], [*WOHNLOTSEN, value]]
    understood = understand(xlsx(rows), "liste.xlsx", load_vocabulary(), DAY)
    (sheet,) = understood.sheets
    assert sheet.ledger.adds_up
    if (2, 9) in sheet.outcomes and sheet.outcomes[2, 9] == "kept":
        assert any(address(2, 9) == address(*cell) for d in understood.drafts for cell in d.kept_cells.values()) or any(
            d.unread for d in understood.drafts
        )


def test_what_lies_far_from_the_list_is_told_once() -> None:
    rows = [HEADINGS, SPRACHCAFE, WOHNLOTSEN, [*[None] * 18, "verirrt"]]
    understood = understand(xlsx(rows), "liste.xlsx", load_vocabulary(), DAY)
    told = [cells for issue in understood.issues for cells in issue.cells if "S4" in cells]
    assert told == ["S4:S4"]
