"""All real lists: none with fields of ours is refused, every ledger adds up; prints expected and found."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

import pytest

from etl.issues import DeliveryRefused
from etl.model.store import Store
from etl.pipeline import accept_delivery, preview_delivery
from tests.corpora import corpus_file, corpus_index, needs_corpora
from tests.pipeline.test_collected_files import exceptions
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


HDX = "hdx-python-scraper__tests__fixtures__input__"
SCDL = "api-subventions-asso__packages__api__src__modules__providers__scdl____fixtures____"
#: What the index calls exact, as records of ours ("records" where any kind will do) and, where it gives one, the sum
#: of the amounts granted.
EXACT = {
    "eh-check__Analysefaktoren.xlsx": "88 measure",
    "eh-check__Maßnahmen.xlsx": "134 measure",
    "funding-service-design-post-award-data-store__tests__submit_tests__resources__Pre_ingest_EXAMPLE_data.xlsx": (
        "8 measure"
    ),
    f"{HDX}somalia_drought_affected_targeted_reached_by_cluster.csv": "74 records",
    "hxl-proxy__tests__files__basic-dataset.xlsx": "3 partner",
    "hxl-proxy__tests__files__multisheet-dataset.xlsx": "3 partner",
    "hxl-proxy__tests__files__validation-data.xlsx": "3 records",
    "toladata__indicators__bulk_import_files__BulkIndicatorImportTemplate.xlsx": "nothing",
    "toladata__workflow__tests__fixtures__program_upload_data.csv": "6 measure",
    "toladata__workflow__tests__fixtures__program_upload_data.xlsx": "6 measure",
    f"{SCDL}SCDL.xlsx": "10 funding, sum 5562017",
    f"{SCDL}SCDL_DILCRAH_2019.csv": "4 funding",
    f"{SCDL}SCDL_LESS_DATA.xlsx": "8 funding, sum 5532875",
    f"{SCDL}SCDL_MANY_MISSING_MANDATORY.xlsx": "10 funding, sum 5562017",
    "api-subventions-asso__packages__api__src__modules__providers__subventia____fixtures____SUBVENTIA.xlsx": (
        "48 funding"
    ),
    "api-subventions-asso__packages__api__tests__modules__providers__osiris____fixtures____SuiviDossiers_test.xls": (
        "1 partner"
    ),
}


#: Where the index speaks of one sheet of many.
ONLY_SHEET = {
    "funding-service-design-post-award-data-store__tests__submit_tests__resources__Pre_ingest_EXAMPLE_data.xlsx": (
        "Project Details"
    )
}


@needs_corpora
def test_every_exact_list_yields_its_expectation_but_those_listed_with_their_reason(sqlite_store: Store) -> None:
    exact = {n[5:] for n, entry in corpus_index().items() if entry.get("expectation_level") == "exact"}
    assert exact == set(EXACT)
    differing = {}
    for file, expected in EXACT.items():
        found = _records(sqlite_store, file, with_sum="sum" in expected)
        if found != expected and found.split()[0] != expected.removesuffix(" records"):
            differing[f"real/{file}"] = (expected, found)
    assert differing == exceptions("real/")


def _records(store: Store, file: str, *, with_sum: bool) -> str:
    try:
        preview = preview_delivery(store, corpus_file(f"real/{file}"), file, partner="VHS", now=NOW)
    except DeliveryRefused as refusal:
        return f"refused: {refusal.issue.code}"
    understood = preview.understood
    drafts = [
        draft
        for draft, table in zip(understood.drafts, understood.table_of, strict=True)
        if draft.kind != "contact" and understood.tables[table][0] == ONLY_SHEET.get(file, understood.tables[table][0])
    ]
    counted = ", ".join(f"{n} {kind}" for kind, n in sorted(Counter(draft.kind for draft in drafts).items()))
    total = sum(Decimal(str(draft.values.get("amount_granted", 0))) for draft in drafts)
    return (counted or "nothing") + (f", sum {total:.0f}" if with_sum else "")


@needs_corpora
def test_numbers_that_are_names_keep_every_digit(sqlite_store: Store) -> None:
    file = f"{SCDL}SCDL.xlsx"
    drafts = preview_delivery(sqlite_store, corpus_file(f"real/{file}"), file, partner="VHS", now=NOW).understood.drafts
    assert "81532076800016" in {text for draft in drafts for text in draft.kept.values()}


@needs_corpora
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_lists_of_ids_are_no_numbers(sqlite_store: Store, ending: str) -> None:
    file = f"toladata__workflow__tests__fixtures__program_upload_data.{ending}"
    drafts = preview_delivery(sqlite_store, corpus_file(f"real/{file}"), file, partner="VHS", now=NOW).understood.drafts
    assert {"4,44", "5, 55"} <= {text for draft in drafts for text in draft.kept.values()}
