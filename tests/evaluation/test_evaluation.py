"""How well labelled workbooks are understood, pinned so that no change makes it worse unnoticed (``make evaluate``)."""

from __future__ import annotations

import pytest

from tests.evaluation.__main__ import table_of
from tests.evaluation.truth import SETS, truths

#: Set -> at least so many records found and fields right, at most so many confident wrong values.
_PINNED = {
    "known": (0.955, 0.935, 0.003),
    "unseen": (0.99, 0.955, 0.003),
    "fresh": (0.99, 0.95, 0.005),
    "last": (0.99, 0.97, 0.001),
    "newest": (0.99, 0.955, 0.003),
}


@pytest.mark.parametrize("name", SETS)
def test_labelled_workbooks_are_understood_as_well_as_before(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    table, total = table_of(name)
    with capsys.disabled():
        print(table)
    records, fields, wrong = _PINNED[name]
    assert total.lost == 0
    assert total.records_found >= records * total.records
    assert total.right >= fields * total.facts
    assert total.wrong <= wrong * total.values


def test_no_two_labelled_workbooks_are_alike() -> None:
    every = [truth for name in SETS for truth in truths(name)]
    assert len(every) >= 60
    assert len({truth.file.read_bytes() for truth in every}) == len(every)
    assert sum(truth.outside_vocabulary for truth in every) >= 0.45 * len(every)
