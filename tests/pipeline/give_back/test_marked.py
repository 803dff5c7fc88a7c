"""A partner gets its own file back: marked, listed, and otherwise what it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.issues import DeliveryRefused
from etl.model.store import Store
from etl.pipeline import Preview, accept_delivery, preview_delivery
from etl.pipeline.give_back import marked_workbook
from tests.demo import DEMO
from tests.evaluation.truth import SETS, truths
from tests.pipeline.give_back.whole import differences, opened_by_others

NOW = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
PARTNER = "Volkshochschule Lindenmark"
SOME = 15


def everyones() -> Iterator[Path]:
    """Every file of the demo and every labelled workbook."""
    yield from sorted(path for path in DEMO.glob("20*/*") if path.is_file())
    for name in SETS:
        yield from (truth.file for truth in truths(name))


FILES = list(everyones())


def check_marked(store: Store, path: Path) -> None:
    """Mark the file as it is understood, and read the marked one back."""
    content = path.read_bytes()
    preview = preview_delivery(store, content, path.name, partner=PARTNER, now=NOW)
    marked = marked_workbook(preview, "de")
    if marked.sentence is None:
        assert list(differences(content, marked.content)) == []
    else:
        assert path.suffix != ".xlsx"
    opened = opened_by_others(marked.content)
    assert list(opened)[-1].startswith("Rückmeldung")
    assert len(list(opened.values())[-1]) >= 6
    again = preview_delivery(store, marked.content, marked.file, partner=PARTNER, now=NOW)
    assert says(again) == says(preview)
    assert again.fingerprint == preview.fingerprint
    ours = again.understood.sheets[-1].ledger
    assert ours.set_aside == {"feedback": ours.filled}
    accept_delivery(store, preview, now=NOW)
    after = [preview_delivery(store, c, path.name, partner=PARTNER, now=NOW) for c in (content, marked.content)]
    assert after[1].comparison.counts() == after[0].comparison.counts()


def says(preview: Preview) -> list[object]:
    """What a file says: every record with its values, marks and cells, and the sums of its own sheets."""
    understood = preview.understood
    records: list[object] = [
        (d.kind, d.row, d.values, d.marks, d.kept, d.qualifier, {name: list(c) for name, c in d.cells.items()})
        for d in understood.drafts
    ]
    sums = [s.ledger.as_json() for s in understood.sheets if "feedback" not in s.ledger.set_aside]
    return [records, sums, [i.code for i in preview.issues if i.code != "format_differs"]]


@pytest.mark.parametrize("path", FILES[::SOME], ids=lambda path: path.name)
def test_a_marked_workbook_differs_in_its_marks_alone_and_says_the_same(sqlite_store: Store, path: Path) -> None:
    check(sqlite_store, path)


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_marked_workbook_differs_in_its_marks_alone_and_says_the_same(sqlite_store: Store, path: Path) -> None:
    check(sqlite_store, path)


def check(store: Store, path: Path) -> None:
    try:
        check_marked(store, path)
    except DeliveryRefused as refused:
        pytest.skip(f"refused: {refused.issue.code}")
