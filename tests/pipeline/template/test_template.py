"""A partner without a spreadsheet gets one that asks nothing back: it reads as what is known already."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.issues import DeliveryRefused
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline import Preview, accept_delivery, preview_delivery
from etl.pipeline.template import template_for
from etl.pipeline.template.layout import FIRST_ROW, HEADING_ROW, template_columns, words
from etl.vocabulary import load_vocabulary, normalise
from etl.wording import LANGUAGES, say
from tests.corpora import corpus_file, corpus_names
from tests.demo import DEMO_DAY
from tests.pipeline.workbooks import measures

NOW = dt.datetime.combine(DEMO_DAY, dt.time(12), dt.UTC) + dt.timedelta(days=3)
NEW = "Nachbarschaftsverein Am Bach e. V."


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_back(store: Store, content: bytes, partner: str | None) -> Preview:
    return preview_delivery(store, content, "vorlage.xlsx", partner=partner, now=NOW)


def partners(store: Store) -> list[str]:
    with store.reading() as connection:
        return [str(known.value("name")) for known in state_on(connection).kind("partner").values()]


def records(entity: str, book: Workbook, language: str) -> tuple[Worksheet, dict[str, int]]:
    """A sheet of a template and its columns by field."""
    sheet = book[say(language, f"template.sheet.{entity}")]
    return sheet, {column.field.short: n for n, column in enumerate(template_columns()[entity], 1)}


@pytest.fixture(scope="module")
def templates(demo: Store) -> dict[str, bytes]:
    """The German template of each partner of the demo."""
    return {name: template_for(demo, name, now=NOW) for name in partners(demo)}


@pytest.fixture(scope="module")
def of_the_jobcenter(demo: Store) -> dict[str, Workbook]:
    """One template in each language, to look at."""
    return {lang: opened(template_for(demo, "Jobcenter Lindenmark", language=lang, now=NOW)) for lang in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_template_reads_back_without_an_issue(store: Store, language: str) -> None:
    content = template_for(store, NEW, language=language, now=NOW)
    preview = read_back(store, content, NEW)
    assert preview.issues == []
    assert [table.kind for _, table in preview.understood.tables] == list(template_columns())
    for entity, (_, table) in zip(template_columns(), preview.understood.tables, strict=True):
        assert [c.field for c in table.columns] == [c.field.name for c in template_columns()[entity]]
        assert {c.how for c in table.columns} == {"known"}


@pytest.mark.parametrize("language", ["de", pytest.param("en", marks=pytest.mark.slow)])
def test_each_partner_of_the_demo_reads_back_unchanged_and_without_an_issue(
    demo: Store, templates: dict[str, bytes], language: str
) -> None:
    assert len(templates) == 24
    for name, german in templates.items():
        content = german if language == "de" else template_for(demo, name, language=language, now=NOW)
        preview = read_back(demo, content, name)
        assert preview.issues == [], name
        assert preview.comparison.nothing_new, name
        assert preview.comparison.unchanged["partner"], name


def test_almost_everything_known_is_prefilled(templates: dict[str, bytes]) -> None:
    """What is not (a season, a partner nobody knows) is told beside its empty cell."""
    prefilled = told = 0
    for content in templates.values():
        for sheet in opened(content).worksheets[1:-1]:
            prefilled += sum(v is not None for row in sheet.iter_rows(min_row=FIRST_ROW, values_only=True) for v in row)
            told += sum("Bisher bekannt" in (v.prompt or "") for v in sheet.data_validations.dataValidation)
    assert prefilled > 2_500
    assert 0 < told < prefilled / 50


def test_the_title_says_whose_template_it_is(demo: Store, templates: dict[str, bytes]) -> None:
    for name, content in templates.items():
        assert read_back(demo, content, None).sender.name == name


def test_a_template_from_somebody_unknown_is_not_taken_for_another_ones(demo: Store, sqlite_store: Store) -> None:
    content = template_for(sqlite_store, NEW, now=NOW)
    with pytest.raises(DeliveryRefused, match="sender_unknown") as refused:
        read_back(demo, content, None)
    assert refused.value.issue.proposal == NEW


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_are_protected_and_cells_below_are_open(of_the_jobcenter: dict[str, Workbook], language: str) -> None:
    for sheet in of_the_jobcenter[language].worksheets:
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert all(cell.protection.locked for row in sheet.iter_rows(max_row=HEADING_ROW) for cell in row)
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
    for sheet in of_the_jobcenter[language].worksheets[1:-1]:
        assert sheet.freeze_panes == f"B{FIRST_ROW}"
        assert sheet.print_title_rows == f"${HEADING_ROW}:${HEADING_ROW}"
        assert not any(d.protection.locked for d in sheet.column_dimensions.values())
        assert not any(
            cell.protection.locked for row in sheet.iter_rows(min_row=FIRST_ROW) for cell in row if cell.value
        )
        assert min(d.width for d in sheet.column_dimensions.values()) > 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_coded_columns_have_drop_downs_whose_words_stand_in_the_lists(
    of_the_jobcenter: dict[str, Workbook], language: str
) -> None:
    book = of_the_jobcenter[language]
    for entity, columns in template_columns().items():
        sheet, places = records(entity, book, language)
        offered = dict(drop_downs(book, sheet))
        for column in columns:
            if (
                column.domain is not None
                and column.domain in load_vocabulary().words
                and column.field.type != "reference"
            ):
                found = offered[places[column.field.short]]
                assert found == list(words(column.domain, language, load_vocabulary()))
                assert len(found) > 1


def drop_downs(book: Workbook, sheet: Worksheet) -> Iterator[tuple[int, list[str]]]:
    """(column, words) of each list behind a sheet's cells."""
    for validation in sheet.data_validations.dataValidation:
        if validation.type == "list":
            name, _, area = validation.formula1.rpartition("!")
            entries = [str(cell.value) for (cell,) in book[name.strip("'")][area.replace("$", "")]]
            for cells in validation.sqref.ranges:
                yield cells.min_col, entries


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_a_drop_down_is_read_as_it_was_meant(sqlite_store: Store, language: str) -> None:
    book = opened(template_for(sqlite_store, NEW, language=language, now=NOW))
    vocabulary = load_vocabulary()
    meant = {}
    for entity, columns in template_columns().items():
        sheet, places = records(entity, book, language)
        title = next(name for name in ("title", "name") if name in places)
        row = FIRST_ROW
        for column in columns:
            coded = column.field.type in {"code", "codes"}
            for word in words(column.field.values, language, vocabulary) if coded else ():
                sheet.cell(row, places[title], f"{NEW if entity == 'partner' else 'Angebot'} {row}")
                sheet.cell(row, places[column.field.short], word)
                kind = column.field.kind
                meant[kind, row, column.field.short] = vocabulary.words[column.field.values][normalise(word)]
                if kind == "contact":
                    sheet.cell(row, places["contact_name"], "Karin Vogt")
                row += 1
    preview = read_back(sqlite_store, saved(book), NEW)
    assert [issue for issue in preview.issues if issue.code != "reference_unknown"] == []
    read = {(d.kind, d.row, name): value for d in preview.understood.drafts for name, value in d.values.items()}
    wrong = {place: (code, read.get(place)) for place, code in meant.items() if read.get(place) not in (code, [code])}
    assert wrong == {}
    assert len(meant) > 80


def test_what_a_partner_fills_in_is_loaded(sqlite_store: Store) -> None:
    book = opened(template_for(sqlite_store, NEW, now=NOW))
    sheet, places = records("measure", book, "de")
    for name, value in {
        "title": "Nähwerkstatt",
        "status": "in Umsetzung",
        "start": dt.date(2026, 3, 1),
        "target_group": "Frauen; Familien",
        "participants_actual": 14,
        "cost_total": 3200,
    }.items():
        sheet.cell(FIRST_ROW, places[name], value)
    contacts, at = records("partner", book, "de")
    contacts.cell(FIRST_ROW, at["contact_name"], "Karin Vogt")
    contacts.cell(FIRST_ROW, at["email"], "vogt@ambach.example")
    preview = read_back(sqlite_store, saved(book), None if partners(sqlite_store) else NEW)
    assert preview.issues == []
    accept_delivery(sqlite_store, preview, now=NOW)
    with sqlite_store.reading() as connection:
        state = state_on(connection)
    (measure,) = state.kind("measure").values()
    assert measure.values == {
        "title": "Nähwerkstatt",
        "status": "running",
        "start": "2026-03-01",
        "target_group": ["women", "families"],
        "participants_actual": 14,
        "cost_total": "3200.00",
    }
    (contact,) = state.kind("contact").values()
    assert (contact.value("contact_name"), contact.value("email")) == ("Karin Vogt", "vogt@ambach.example")
    again = read_back(sqlite_store, template_for(sqlite_store, NEW, now=NOW), NEW)
    assert again.issues == []
    assert again.comparison.nothing_new


@pytest.mark.parametrize("title", ['=HYPERLINK("http://example.org")', "+49 Sprachcafé", "-1 Kurs", "@home", "{=1+1}"])
def test_a_text_that_looks_like_a_formula_stays_a_text(sqlite_store: Store, title: str) -> None:
    row = ("M-1", title, "VHS", dt.date(2025, 1, 1), dt.date(2027, 6, 30), "in Umsetzung", 40, 12500)
    content = measures(row)
    book = opened(content)
    book["Maßnahmen"]["B2"].data_type = "s"
    accept_delivery(
        sqlite_store, preview_delivery(sqlite_store, saved(book), "l.xlsx", partner="VHS", now=NOW), now=NOW
    )
    template = template_for(sqlite_store, "VHS", now=NOW)
    sheet, places = records("measure", opened(template), "de")
    cell = sheet.cell(FIRST_ROW, places["title"])
    assert (cell.value, cell.data_type) == (title, "s")
    assert cell.quotePrefix or not title.startswith(("=", "+", "-", "@"))
    preview = read_back(sqlite_store, template, "VHS")
    assert (preview.issues, preview.comparison.nothing_new) == ([], True)


@pytest.mark.parametrize(
    ("rows", "left"), [([("M-1", "Lerncafé"), ("M-2", "Lerncafé")], 0), ([("", "Kurs"), ("", "Kurs")], 1)]
)
def test_a_record_that_can_not_be_told_apart_is_left_out_and_counted(
    sqlite_store: Store, rows: list[tuple[str, str]], left: int
) -> None:
    content = measures(*((number, title, "VHS", None, None, "geplant", 5, 100) for number, title in rows))
    accept_delivery(sqlite_store, preview_delivery(sqlite_store, content, "l.xlsx", partner="VHS", now=NOW), now=NOW)
    template = template_for(sqlite_store, "VHS", now=NOW)
    preview = read_back(sqlite_store, template, "VHS")
    assert (preview.issues, preview.comparison.nothing_new) == ([], True)
    assert len(preview.comparison.unchanged["measure"]) == 2 - left
    texts = [str(cell.value) for row in opened(template)["Anleitung"].iter_rows() for cell in row]
    assert any(text.startswith("Ein bekannter Eintrag steht nicht") for text in texts) == bool(left)


@pytest.mark.parametrize(
    ("written", "prefilled"),
    [
        (dt.date(2026, 3, 1), dt.datetime(2026, 3, 1)),
        ("03/2026", "03/2026"),
        ("2. Quartal 2026", "2. Quartal 2026"),
        ("Herbst 2026", None),
    ],
)
def test_a_day_is_written_as_exactly_as_it_is_known(sqlite_store: Store, written: object, prefilled: object) -> None:
    content = measures(("M-1", "Sprachcafé", "VHS", written, None, "geplant", 0, 100))
    accept_delivery(sqlite_store, preview_delivery(sqlite_store, content, "l.xlsx", partner="VHS", now=NOW), now=NOW)
    sheet, places = records("measure", opened(template_for(sqlite_store, "VHS", now=NOW)), "de")
    assert sheet.cell(FIRST_ROW, places["start"]).value == prefilled
    told = [
        v.prompt for v in sheet.data_validations.dataValidation if "Bisher bekannt: Herbst 2026" in (v.prompt or "")
    ]
    assert len(told) == (prefilled is None)


def test_the_same_day_gives_the_same_bytes_and_nothing_is_stored(demo: Store) -> None:
    version = demo.version()
    first, second = (template_for(demo, "Jobcenter Lindenmark", now=NOW) for _ in range(2))
    assert first == second
    assert demo.version() == version


@pytest.mark.slow
@pytest.mark.parametrize(
    "file", [name for name in corpus_names(".xlsx", ".xls", ".ods", ".csv") if name.startswith("real/")]
)
def test_what_a_real_list_told_reads_back_unchanged(sqlite_store: Store, file: str) -> None:
    try:
        preview = preview_delivery(sqlite_store, corpus_file(file), file, partner="VHS", now=NOW)
    except DeliveryRefused:
        pytest.skip("refused")
    if len(preview.understood.drafts) > 1_000:
        pytest.skip("more than anybody fills in by hand")
    accept_delivery(sqlite_store, preview, now=NOW)
    again = read_back(sqlite_store, template_for(sqlite_store, "VHS", now=NOW), "VHS")
    assert (again.issues, again.comparison.nothing_new) == ([], True)
