"""Whatever a workbook holds: no cell is lost, each value has its source, the same file twice changes nothing.

The workbooks are made up by hypothesis, the same ones in every run; ``pytest --hypothesis-profile=search`` looks for
others. What fails is printed smallest first, with a line that repeats it.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from openpyxl.utils.cell import range_boundaries

from etl.issues import DeliveryRefused
from etl.model.store import Store, open_store
from etl.model.tables import KINDS
from etl.pipeline import accept_delivery, preview_delivery, undo_delivery
from etl.pipeline.export import as_json, export_state
from etl.pipeline.ledger import SET_ASIDE
from etl.pipeline.rebuild import rebuild_into
from etl.pipeline.understanding import SheetUnderstood, Understood, understand
from etl.stages.shapes import Draft, said_of
from etl.vocabulary import load_vocabulary
from etl.wording import has
from tests.pipeline.any_workbook import AnyWorkbook, any_workbooks
from tests.pipeline.foreign_readers import ForeignSheet, Position, foreign_sheets
from tests.pipeline.workbooks import NOW, SPRACHCAFE, WOHNLOTSEN, measures

DAY = NOW.date()
#: What a workbook made of random parts may be refused for; everything else would be our mistake.
REFUSALS = {"file_no_table", "file_empty", "file_single_clients", "file_not_a_spreadsheet", "text_garbled"}
SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def examples(number: int) -> settings:
    return settings(max_examples=number, suppress_health_check=SLOW_IS_FINE)


def understood_or_refused(workbook: AnyWorkbook) -> Understood | None:
    try:
        understood = understand(workbook.content, workbook.file, load_vocabulary(), DAY)
    except DeliveryRefused as refusal:
        assert refusal.issue.code in REFUSALS  # noqa: PT017 - the refusal is what is looked at
        event(f"refused: {refusal.issue.code}")
        return None
    event(f"understood: {understood.format}")
    return understood


def each_cell_is_where_the_ledger_says(workbook: AnyWorkbook) -> bool:
    """Also what stands in a column, row or corner that no layout foresees: the workbooks have such strays. Says
    whether the workbook was understood at all."""
    understood = understood_or_refused(workbook)
    if understood is None:
        return False
    foreign = foreign_sheets(workbook.content, workbook.format)
    assert [sheet.sheet.name for sheet in understood.sheets] == list(foreign)
    for sheet in understood.sheets:
        filled = foreign[sheet.sheet.name].filled
        told = sheet.ledger
        assert set(sheet.outcomes) == filled
        assert told.filled == len(filled)
        parts = (told.headings, told.loaded, told.kept, told.withheld, told.reported, *told.set_aside.values())
        assert sum(parts) == len(filled)
        _check_outcomes(understood, sheet)
    return True


def _check_outcomes(understood: Understood, sheet: SheetUnderstood) -> None:
    """A heading heads a column, a loaded cell is the source of a value, a kept one stands with its record, a reported
    one is named by an issue, and what is set aside has a reason with a name."""
    places = {
        "heading": _headed(understood, sheet),
        "loaded": _loaded(understood, sheet),
        "kept": _kept(understood, sheet),
        "reported": _named(understood, sheet),
    }
    for at, outcome in sheet.outcomes.items():
        if outcome.startswith(SET_ASIDE):
            assert has("de", f"deliveries.aside.{outcome.removeprefix(SET_ASIDE)}"), (at, outcome)
        else:
            assert at in places[outcome], (at, outcome)


def _drafts(understood: Understood, sheet: SheetUnderstood) -> list[Draft]:
    return [
        draft
        for draft, number in zip(understood.drafts, understood.table_of, strict=True)
        if understood.tables[number][0] == sheet.sheet.name
    ]


def _headed(understood: Understood, sheet: SheetUnderstood) -> set[Position]:
    """The cells above columns, and those that say what a colour means."""
    found = {at for table in sheet.tables if table.kind for column in table.columns for at in column.heading_cells}
    sources = (cells for draft in _drafts(understood, sheet) for cells in draft.cells.values())
    return found | {(row, column) for cells in sources for row, column, role in cells if role == "heading"}


def _loaded(understood: Understood, sheet: SheetUnderstood) -> set[Position]:
    """The cells that values, or what is said about them ("N. N."), were read from."""
    return {
        (row, column)
        for draft in _drafts(understood, sheet)
        for name, cells in draft.cells.items()
        if name in draft.values or name in draft.qualifier
        for row, column, _ in cells
    }


def _kept(understood: Understood, sheet: SheetUnderstood) -> set[Position]:
    """The cells whose texts stand with a record under their heading, or under the field whose words they are not."""
    found: set[Position] = set()
    further = {cells[0]: cells for t in sheet.tables for c in t.columns if (cells := c.value_cells)}
    for draft in _drafts(understood, sheet):
        for heading, first in draft.kept_cells.items():
            cells = further.get(first, (first,))
            found |= {at for at in cells if said_of(sheet.sheet.value(*at)) in draft.kept[heading]}
        found |= {(row, column) for name in draft.unread for row, column, _ in draft.cells[name]}
    return found


def _named(understood: Understood, sheet: SheetUnderstood) -> set[Position]:
    """The cells that issues name."""
    return {
        (row, column)
        for issue in understood.issues
        if issue.sheet == sheet.sheet.name
        for cells in issue.cells
        for left, top, right, bottom in [range_boundaries(cells)]
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }


@contextmanager
def stores(empty: Path) -> Iterator[tuple[Store, Store]]:
    """A store that two partners have told something, and an empty one."""
    with TemporaryDirectory() as folder:
        opened = []
        for name in ("told", "empty"):
            shutil.copy(empty, Path(folder) / f"{name}.db")
            opened.append(open_store(f"sqlite:///{folder}/{name}.db"))
        for partner, rows in {"VHS": (SPRACHCAFE, WOHNLOTSEN), "AWO": (WOHNLOTSEN,)}.items():
            deliver(opened[0], measures(*rows), "liste.xlsx", partner)
        yield opened[0], opened[1]
        for store in opened:
            store.close()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty store, to be copied."""
    path = tmp_path_factory.mktemp("any") / "empty.db"
    open_store(f"sqlite:///{path}").close()
    return path


def deliver(store: Store, content: bytes, file: str, partner: str) -> tuple[int | None, str]:
    preview = preview_delivery(store, content, file, partner=partner, now=NOW)
    accepted = accept_delivery(store, preview, now=NOW)
    return accepted.number, preview.outcome


def exported(store: Store) -> dict[str, Any]:
    return export_state(store, today=DAY)


def the_store_says_what_the_file_said(workbook: AnyWorkbook, empty: Path) -> None:
    """Each value has its source; the same file twice changes nothing; a rebuild gives the same state, undo the one
    before."""
    if understood_or_refused(workbook) is None:
        return
    with stores(empty) as (store, other):
        before = as_json(exported(store))
        number, _ = deliver(store, workbook.content, workbook.file, "Neuer Verein")
        assert number is not None
        state, version = exported(store), store.version()
        each_value_has_its_source(state, workbook)
        assert deliver(store, workbook.content, workbook.file, "Neuer Verein") == (None, "unchanged")
        assert (as_json(exported(store)), store.version()) == (as_json(state), version)
        rebuild_into(store, other)
        assert as_json(exported(other)) == as_json(state)
        undo_delivery(store, number, now=NOW + dt.timedelta(hours=1))
        assert as_json(exported(store)) == before


def each_value_has_its_source(state: dict[str, Any], workbook: AnyWorkbook) -> None:
    foreign = foreign_sheets(workbook.content, workbook.format)
    for record in (record for kind in KINDS for record in state[kind]):
        for field, cells in record.get("source", {}).items():
            for said, cell in zip(record["said"][field], cells, strict=True):
                if cell["file"] == workbook.file:
                    assert said == _stands(foreign, cell), (record["key"], field, cell)


def _stands(foreign: dict[str, ForeignSheet], cell: dict[str, str]) -> str:
    """What another reader finds in the cell; a colour is no text."""
    column, row, _, _ = range_boundaries(cell["cell"])
    return "" if cell["role"] == "colour" else foreign[cell["sheet"]].texts.get((row, column), "")


def test_no_cell_of_any_workbook_is_lost() -> None:
    """Most of these workbooks are understood: where all were refused, the property would say nothing."""
    understood = []

    @examples(60)
    @given(any_workbooks())
    def look_at(workbook: AnyWorkbook) -> None:
        understood.append(each_cell_is_where_the_ledger_says(workbook))

    look_at()
    assert sum(understood) >= 0.6 * len(understood)


@examples(30)
@given(any_workbooks())
def test_the_store_says_what_any_workbook_said(empty: Path, workbook: AnyWorkbook) -> None:
    the_store_says_what_the_file_said(workbook, empty)


@pytest.mark.slow
@pytest.mark.timeout(1_800)
@examples(4_000)
@given(any_workbooks())
def test_no_cell_of_thousands_of_workbooks_is_lost(workbook: AnyWorkbook) -> None:
    each_cell_is_where_the_ledger_says(workbook)


@pytest.mark.slow
@pytest.mark.timeout(1_800)
@examples(1_500)
@given(any_workbooks())
def test_the_store_says_what_thousands_of_workbooks_said(empty: Path, workbook: AnyWorkbook) -> None:
    the_store_says_what_the_file_said(workbook, empty)
