"""All real lists: none with fields of ours is refused, every ledger adds up; prints expected and found."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from etl.issues import DeliveryRefused
from etl.model.store import Store
from etl.pipeline import accept_delivery, preview_delivery
from tests.corpora import corpus_file, corpus_index, needs_corpora
from tests.pipeline.workbooks import NOW

#: Lists in which index.json names no field of ours (other sectors' statistics, tags, survey metadata): may be refused.
OURS = re.compile(
    r"measure|activity|grant|organi[sz]ation|project|partner|goal|status|beneficiary|funder|grantor|title", re.I
)


@needs_corpora
def test_no_real_list_with_fields_of_ours_is_refused(sqlite_store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    lines, refused = [], []
    for name, entry in corpus_index().items():
        if not name.startswith("real/"):
            continue
        found = _found(sqlite_store, entry["file"])
        lines.append(f"{entry['file'][5:][-60:]:<60} expected {entry.get('records')!s:<28} found {found}")
        if found.startswith("refused") and OURS.search(str(entry.get("fields"))):
            refused.append((entry["file"], found))
    with capsys.disabled():
        print("\n" + "\n".join(lines))
    assert lines
    assert refused == []


def _found(store: Store, file: str) -> str:
    try:
        preview = preview_delivery(
            store, corpus_file(file), file.removeprefix("real/"), partner=f"Partner {file}", now=NOW
        )
    except DeliveryRefused as refusal:
        return f"refused: {refusal.issue.code}"
    for sheet in preview.understood.sheets:
        assert sheet.ledger.adds_up, (file, sheet.sheet.name)
    accept_delivery(store, preview, now=NOW)
    counts = Counter(draft.kind for draft in preview.understood.drafts)
    return ", ".join(f"{number} {kind}" for kind, number in sorted(counts.items()))


@needs_corpora
def test_134_measures_of_a_real_list(sqlite_store: Store) -> None:
    content = corpus_file("real/eh-check__Maßnahmen.xlsx")
    preview = preview_delivery(sqlite_store, content, "Maßnahmen.xlsx", partner="Barrierefreie Stadt", now=NOW)
    assert preview.comparison.counts()["measure"]["new"] == 134
    assert accept_delivery(sqlite_store, preview, now=NOW).outcome == "accepted"
    again = preview_delivery(sqlite_store, content, "Maßnahmen.xlsx", partner="Barrierefreie Stadt", now=NOW)
    assert again.outcome == "unchanged"
