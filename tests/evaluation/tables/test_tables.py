"""Who is missing against the labelled tables: pinned, printed, and as docs/who-is-missing.md says it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from etl.rules.missing import MISSING_KINDS
from tests.evaluation.tables.scoring import SETS, found, labelled, labels, score

DOC = Path(__file__).resolve().parents[3] / "docs" / "who-is-missing.md"
#: Set -> at least this precision and recall over all kinds.
_PINNED = {"before": (1.0, 1.0), "later": (0.6, 0.75)}


@pytest.mark.parametrize("tables", SETS)
def test_who_is_missing_at_the_labelled_tables(tables: str, capsys: pytest.CaptureFixture[str]) -> None:
    scores = score(tables)
    with capsys.disabled():
        print(f"\ntables labelled {tables}:")
        for kind, of_kind in scores.items():
            print(
                f"  {kind:<10}{of_kind.labelled:>4} labelled {of_kind.named:>4} named {of_kind.right:>4} right: "
                f"precision {of_kind.precision:.2f}, recall {of_kind.recall:.2f}"
            )
    precision, recall = _PINNED[tables]
    assert scores["all"].precision >= precision, scores["all"].told
    assert scores["all"].recall >= recall, scores["all"].told


@pytest.mark.parametrize("tables", SETS)
def test_the_docs_say_the_same_figures(tables: str) -> None:
    text = DOC.read_text(encoding="utf-8")
    block = text.split(f"<!-- {tables} -->")[1].split("<!--")[0]
    rows = re.findall(r"\| `(\w+)` \| (\d+) \| (\d+) \| (\d+) \| (\S+) \| (\S+) \|", block)
    told = {row[0]: row[1:] for row in rows}
    scores = score(tables)
    assert set(told) == set(scores)
    for kind, of_kind in scores.items():
        numbers = (str(of_kind.labelled), str(of_kind.named), str(of_kind.right))
        assert told[kind] == (*numbers, f"{of_kind.precision:.2f}", f"{of_kind.recall:.2f}"), kind


def test_ten_tables_label_every_kind_and_tempt_a_careless_rule() -> None:
    ten = labelled("before")
    assert len(ten) == 10
    assert {kind for said in ten.values() for kind, _ in labels(said)} == set(MISSING_KINDS)
    for said in ten.values():
        assert not labels(said) & labels(said, "fine")
        assert all(row["why"] for name in ("missing", "fine") for row in said.get(name, ()))
    assert sum(len(labels(said, "fine")) for said in ten.values()) >= len(ten) * 3


def test_a_full_table_lacks_nobody() -> None:
    assert found(labelled()["08_everybody_there"]) == set()
