"""Whatever is entered about a partner's records, its next workbook never says anything else."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from etl.issues import DeliveryRefused
from etl.model.store import Store
from etl.pipeline import Preview, accept_delivery, preview_delivery
from etl.pipeline.enter import enter
from etl.pipeline.give_back import prefilled_delivery
from etl.vocabulary import Field, load_vocabulary
from tests.evaluation.truth import SETS, truths
from tests.pipeline.give_back.whole import opened_by_others

NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=40)
PARTNER = "Volkshochschule Lindenmark"
ENTRIES = 6
#: One cell says these together with other fields, or a heading says them for many records at once.
SAID_ELSEWHERE = {
    *("current_value", "current_date", "baseline_date", "target_date", "meeting_date", "date", "report_date", "id"),
    *("contact_name", "contact_first_name", "contact_last_name", "contact_combined", "salutation", "street", "city"),
}
#: Workbooks in which something that was entered can't be said and can't be left out: the sentence tells so.
TOLD = {
    "Foerdermittelabfrage_2026_DRK_Antwort.xlsx",
    "Vergabe_Integrationsfonds_2024-2026.ods",  # a year between two rows says when all below it begin
    "Was_laeuft_bei_uns_2024-26.xlsx",
    "Projekte_Gesundheit_Integration_farbig.xlsx",
    "Diakonie_Drittmittel_2026.ods",  # the level of a funder is read from its name
    "Caritas_Foerdermittel_Migrationsberatung.xlsx",  # the same
    "Zielvereinbarung_Integration_JC_Ravensthal.xls",  # one cell for two rows
}
WORKBOOKS = [truth.file for name in SETS for truth in truths(name)]
FIELDS = {(field.kind, field.short): field for field in load_vocabulary().fields.values()}


def another(field: Field, value: Any, chance: random.Random) -> Any:
    """A value like ``value`` and not the same; None where there is no telling."""
    if field.type == "text" and isinstance(value, str) and "@" not in value and not value[-1:].isdigit():
        return f"{value} neu"
    if field.type in {"date", "date_end"}:
        return (dt.date.fromisoformat(value) + dt.timedelta(days=chance.choice((1, 30, 45)))).isoformat()
    if field.type == "amount":
        return f"{float(value) * 1.2 + 100:.2f}"
    if field.type in {"count", "number", "percent"} and isinstance(value, int | float):
        return value + 3
    if field.type in {"code", "codes"}:
        codes = [c for c in load_vocabulary().codes(field.values) if c != "unknown" and c != value and [c] != value]
        code = chance.choice(codes)
        return [code] if field.type == "codes" else code
    return None


def entries(preview: Preview, chance: random.Random) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(record, kind, values) of a few things somebody might enter."""
    found = []
    for draft, match in zip(preview.understood.drafts, preview.matches, strict=True):
        for name, value in draft.values.items() if match.key and match.merged_into is None else ():
            field = FIELDS.get((draft.kind, name))
            if field is not None and name not in SAID_ELSEWHERE:
                found.append((match.key, draft.kind, field, value))
    for key, kind, field, value in chance.sample(found, min(ENTRIES, len(found))):
        new = another(field, value, chance)
        if new is not None:
            exact = {f"{field.short}_precision": "day"} if field.type.startswith("date") else {}
            yield str(key), kind, {field.short: new} | exact


@pytest.mark.slow
@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.name)
def test_what_is_entered_is_said_or_left_to_say_never_contradicted(sqlite_store: Store, path: Path) -> None:
    try:
        first = preview_delivery(sqlite_store, path.read_bytes(), path.name, partner=PARTNER, now=NOW)
    except DeliveryRefused:
        pytest.skip("refused")
    accept_delivery(sqlite_store, first, now=NOW)
    known = preview_delivery(sqlite_store, path.read_bytes(), path.name, partner=PARTNER, now=NOW)
    before = known.comparison.counts()
    day = NOW.date() + dt.timedelta(days=9)
    said: dict[tuple[str, str], Any] = {}
    for key, kind, values in entries(known, random.Random(path.name)):
        enter(sqlite_store, kind, values, day=day, person="Karin Vogt", reason="Anruf", now=NOW, key=key)
        said |= {(key, name): value for name, value in values.items() if not name.endswith("_precision")}
    handed_out = prefilled_delivery(sqlite_store, 1, language="de", now=LATER)
    opened_by_others(handed_out.content)
    again = preview_delivery(sqlite_store, handed_out.content, handed_out.file, partner=PARTNER, now=LATER)
    if path.name in TOLD:
        assert "etwas anderes" in (handed_out.sentence or "")
        return
    assert [changes for found in again.comparison.changed.values() for changes in found.values()] == []
    assert {kind: n["new"] for kind, n in again.comparison.counts().items()} == {k: n["new"] for k, n in before.items()}
    outcomes = Counter(_outcome(again, key, name, value) for (key, name), value in said.items())
    assert outcomes["other"] == 0


def _outcome(preview: Preview, key: str, name: str, value: Any) -> str:
    matches = zip(preview.understood.drafts, preview.matches, strict=True)
    found = [draft.values.get(name) for draft, match in matches if match.key == key]
    return "said" if value in found else "left blank" if set(map(str, found)) == {"None"} else "other"
