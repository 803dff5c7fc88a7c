"""Every collected odd or broken file ends with a clear sentence or a right import; what differs from what was expected
of it is listed, with its reason, in ``docs/collected/exceptions.csv`` and nowhere else."""

from __future__ import annotations

import csv
import datetime as dt
import io
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import openpyxl
import pytest
import xlrd
from python_calamine import CalamineWorkbook

from etl.issues import DeliveryRefused
from etl.model.store import Store
from etl.pipeline import accept_delivery, preview_delivery
from etl.pipeline.understanding import Understood, understand
from etl.stages.read_workbook import read_workbook
from etl.stages.shapes import Sheet, Workbook, is_filled
from etl.vocabulary import load_vocabulary
from etl.wording.issues import issue_wording
from tests.corpora import corpus_file, corpus_index, corpus_names, needs_corpora
from tests.pipeline.workbooks import NOW, SPRACHCAFE, measures

EXCEPTIONS = Path(__file__).resolve().parents[2] / "docs" / "collected" / "exceptions.csv"
DAY = dt.date(2026, 11, 10)
#: What the index expects of files from other projects' tests.
CLEAR_ERROR, READABLE = "clear error", "readable: same cells"
Cells = dict[str, set[tuple[int, int]]]


def exceptions(folder: str) -> dict[str, tuple[str, str]]:
    """File -> what was expected and what becomes of it, for the listed exceptions."""
    with EXCEPTIONS.open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["file"].startswith(folder)]
    assert all(row["reason"] for row in rows)
    return {row["file"]: (row["expected"], row["found"]) for row in rows}


def bad_files() -> list[str]:
    return [name for name in corpus_names() if name.startswith("bad/")]


def refusal(store: Store, file: str) -> str | None:
    """``"refused: file_empty"``, worded in both languages; None where the file can be accepted."""
    try:
        preview_delivery(store, corpus_file(file), file[4:], partner="VHS", now=NOW)
    except DeliveryRefused as refused:
        for language in ("de", "en"):
            sentence, _ = issue_wording(language)(refused.issue)
            assert sentence.endswith("."), file
            assert "{" not in sentence, file
        return f"refused: {refused.issue.code}"
    return None


def imported(store: Store, file: str) -> str:
    """``"imported: 3 measure"``"""
    preview = preview_delivery(store, corpus_file(file), file[4:], partner="VHS", now=NOW)
    assert all(sheet.ledger.adds_up for sheet in preview.understood.sheets), file
    accept_delivery(store, preview, now=NOW)
    counted = Counter(draft.kind for draft in preview.understood.drafts)
    return "imported: " + (", ".join(f"{n} {kind}" for kind, n in sorted(counted.items())) or "nothing")


@needs_corpora
@pytest.mark.parametrize("every", [2, pytest.param(1, marks=pytest.mark.slow)])
def test_every_collected_file_ends_with_a_clear_sentence_or_an_import(sqlite_store: Store, every: int) -> None:
    """Looking at them, refused ones too, leaves the store as it was. One in two in each run, all in the long one."""
    accept_delivery(
        sqlite_store, preview_delivery(sqlite_store, measures(SPRACHCAFE), "l.xlsx", partner="VHS", now=NOW), now=NOW
    )
    before = version_of(sqlite_store)
    refused = {file: refusal(sqlite_store, file) for file in bad_files()[::every]}
    assert sum(told is not None for told in refused.values()) > 150 // every
    assert version_of(sqlite_store) == before
    found, listed = {}, {file: ends for file, ends in exceptions("bad/").items() if file in refused}
    for file, told in refused.items():
        ended = told or imported(sqlite_store, file)
        if corpus_index()[file]["expected"].startswith(CLEAR_ERROR) and ended.startswith("imported"):
            found[file] = (CLEAR_ERROR, ended)
    assert len(refused) == 226 // every
    assert found == listed


def version_of(store: Store) -> list[tuple[object, ...]]:
    """Every row of every table."""
    from sqlalchemy import MetaData, select

    with store.reading() as connection:
        tables = MetaData()
        tables.reflect(connection)
        return [tuple(row) for table in tables.sorted_tables for row in connection.execute(select(table))]


@needs_corpora
@pytest.mark.parametrize("file", [f for f in bad_files() if corpus_index()[f]["expected"].startswith(READABLE)])
def test_no_reader_sees_a_cell_that_ours_does_not(file: str) -> None:
    content = corpus_file(file)
    ours = filled_in(read_workbook(content, file[4:]))
    for reader in (by_calamine, by_openpyxl, by_xlrd):
        for name, cells in reader(content).items():
            assert cells <= ours.get(name, set()), (reader.__name__, name)


@needs_corpora
def test_values_are_those_calamine_reads() -> None:
    compared, differing = 0, {}
    for file in corpus_names():
        try:
            workbook = read_workbook(corpus_file(file), file)
            other = CalamineWorkbook.from_filelike(io.BytesIO(corpus_file(file)))
        except Exception:
            continue
        except BaseException:
            continue
        for sheet in workbook.sheets if workbook.format != "csv" else ():
            for here, there in beside(sheet, other):
                compared += 1
                if here != there and not (isinstance(here, str) and here.strip() == str(there).strip()):
                    differing[file] = (here, str(there))
    assert compared > 40_000
    assert differing == {
        "bad/made__nan_value.xlsx": (None, "nan"),  # an error cell in ours
        "bad/made__ods_kinds.ods": (dt.timedelta(hours=37, minutes=30), "PT37H30M00S"),
    }


def beside(sheet: Sheet, other: CalamineWorkbook) -> Iterator[tuple[object, object]]:
    try:
        rows = other.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
    except BaseException:
        return
    for here, there in zip(sheet.rows, rows, strict=False):
        yield from ((mine, its) for mine, its in zip(here, there, strict=False) if is_filled(its))


def filled_in(workbook: Workbook) -> Cells:
    return {
        sheet.name: {
            (row, column)
            for row in range(1, len(sheet.rows) + 1)
            for column in range(1, len(sheet.rows[0]) + 1)
            if sheet.filled(row, column)
        }
        for sheet in workbook.sheets
    }


def by_calamine(content: bytes) -> Cells:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except BaseException:  # a panic is no Exception
        return {}
    return {name: places(row for row in found) for name, found in rows.items()}


def places(rows: Iterable[list[object]]) -> set[tuple[int, int]]:
    return {
        (row, column)
        for row, line in enumerate(rows, 1)
        for column, value in enumerate(line, 1)
        if is_filled(value)  # type: ignore[arg-type]
    }


def by_openpyxl(content: bytes) -> Cells:
    try:
        with warnings.catch_warnings(action="ignore"):
            book = openpyxl.load_workbook(io.BytesIO(content))
    except Exception:
        return {}
    return {
        sheet.title: {(cell.row, cell.column) for row in sheet.iter_rows() for cell in row if is_filled(cell.value)}
        for sheet in book.worksheets
    }


def by_xlrd(content: bytes) -> Cells:
    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
    except Exception:
        return {}
    return {sheet.name: places(sheet.row_values(row) for row in range(sheet.nrows)) for sheet in book.sheets()}


def understood(file: str) -> Understood:
    return understand(corpus_file(file), file[4:], load_vocabulary(), DAY)


def codes(file: str) -> set[str]:
    """What is told of a file, also where that refuses it."""
    try:
        return {issue.code for issue in understood(file).issues}
    except DeliveryRefused as refusal:
        return {refusal.issue.code}


def first(file: str) -> dict[str, object]:
    return dict(understood(file).drafts[0].values)


@needs_corpora
@pytest.mark.parametrize(
    "name", ["good_minimal.xlsx", "dimension_lies_huge.xlsx", "dimension_lies_small.xlsx", "xlsx_as.csv"]
)
def test_a_small_sound_list_is_read_whatever_its_file_pretends(name: str) -> None:
    (draft,) = understood(f"bad/made__{name}").drafts
    assert (draft.values["title"], draft.values["start"]) == ("Sprachcafé", "2024-01-01")
    assert "12500.50" in draft.values.values()


@needs_corpora
@pytest.mark.parametrize(
    "name",
    ["semicolon_utf8.csv", "semicolon_utf8bom.csv", "semicolon_cp1252.csv", "semicolon_macroman.csv", "utf8_tab.txt",
     "cr_only.csv", "nfd_umlauts.csv"],
)  # fmt: skip
def test_text_lists_say_the_same_in_every_encoding(name: str) -> None:
    drafts = [draft for draft in understood(f"bad/made__{name}").drafts if draft.kind == "measure"]
    amounts = [value for draft in drafts for value in draft.values.values() if value in AMOUNTS]
    assert (len(drafts), amounts) == (3, list(AMOUNTS))
    assert "2024-02-01" in [draft.values.get("start") for draft in drafts]
    texts = [str(text) for draft in drafts for text in (*draft.values.values(), *draft.kept.values())]
    assert any(text.startswith("0") for text in texts), "the telephone number keeps its zero"


AMOUNTS = ("12500.50", "1000.00")


@needs_corpora
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("empty.xlsx", "file_empty"),
        ("empty.csv", "file_empty"),
        ("no_workbook.xlsx", "file_not_a_spreadsheet"),
        ("pdf.xlsx", "file_not_a_spreadsheet"),
        ("png.csv", "file_not_a_spreadsheet"),
        ("spreadsheetml2003.xls", "file_not_a_spreadsheet"),
        ("sheet_missing.xlsx", "file_damaged"),
        ("bad_ref.xlsx", "file_damaged"),
        ("sst_index_oob.xlsx", "file_damaged"),
        ("utf16_parts.xlsx", "file_damaged"),
        ("deep_xml.xlsx", "file_empty"),
    ],
)
def test_what_cannot_be_read_is_refused_for_its_own_reason(name: str, expected: str) -> None:
    with pytest.raises(DeliveryRefused) as refused:
        understood(f"bad/made__{name}")
    assert refused.value.issue.code == expected


@needs_corpora
@pytest.mark.parametrize(
    ("name", "part"),
    [("made__pdf.xlsx", "PDF"), ("made__spreadsheetml2003.xls", "2003"), ("test_files__column_width.htm", "HTML")],
)
def test_a_refusal_names_the_format(name: str, part: str) -> None:
    with pytest.raises(DeliveryRefused) as refused:
        understood(f"bad/{name}")
    assert part in issue_wording("de")(refused.value.issue)[0]


@needs_corpora
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("csv_as.xlsx", "format_differs"),
        ("xlsx_as.csv", "format_differs"),
        ("header_only.csv", "table_without_rows"),
        ("mojibake.csv", "text_garbled"),
        ("nan_value.xlsx", "cell_error_value"),
        ("formula_dde.xlsx", "value_from_elsewhere"),
    ],
)
def test_what_is_odd_about_a_file_is_told(name: str, code: str) -> None:
    assert code in codes(f"bad/made__{name}")


@needs_corpora
def test_letters_that_cannot_be_seen_do_not_hide_a_heading_and_stay_in_the_text() -> None:
    drafts = understood("bad/made__bidi_zero_width.csv").drafts
    assert len(drafts) == 2
    assert all("title" in draft.values for draft in drafts)


@needs_corpora
def test_single_oddities_are_read_as_expected() -> None:
    assert first("bad/made__date1904.xlsx")["start"] == "2028-01-02"
    assert len(read_workbook(corpus_file("bad/made__no_refs.xlsx"), "x").sheets[0].rows) == 2
    (external,) = read_workbook(corpus_file("bad/made__external_link_formula.xlsx"), "x").sheets
    assert (external.rows[1], external.external) == ([77], {(2, 1)})
    (tail,) = read_workbook(corpus_file("bad/made__ods_repeat_tail.ods"), "x").sheets
    assert [row[0] for row in tail.rows].count(dt.date(2024, 1, 1)) == 3
    assert len(tail.rows) == 4
    (kinds,) = read_workbook(corpus_file("bad/made__ods_kinds.ods"), "x").sheets
    values = [value for row in kinds.rows for value in row if value is not None]
    assert values == [0.75, 1234.5, dt.time(14, 30), dt.timedelta(hours=37, minutes=30), True, values[5], "a\nb"]
    (long_cell,) = read_workbook(corpus_file("bad/made__long_cell.csv"), "x").sheets
    assert max(len(str(value)) for row in long_cell.rows for value in row) == 200_000
