"""A partner works in the marked workbook: its corrections count, our marks never do."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from etl.issues import DeliveryRefused
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline import Preview, accept_delivery, preview_delivery
from etl.pipeline.give_back import marked_delivery, marked_workbook
from etl.stages.own_marks import ANSWER_COLUMN, FILLS, HEADING_ROW, NOTE
from etl.wording import LANGUAGES
from tests.pipeline.give_back.whole import differences, opened_by_others
from tests.pipeline.workbooks import HEADINGS, SPRACHCAFE, measures, xlsx

NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
BAD = ("M-2", "Wohnlotsen", "Diakonie", "irgendwann bald", dt.date(2026, 12, 31), "laufend", "viele", 62000)


def preview_of(store: Store, content: bytes, file: str = "Liste.xlsx") -> Preview:
    return preview_delivery(store, content, file, partner="Diakonie", now=NOW)


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cell_in_question_is_coloured_and_says_why(sqlite_store: Store, language: str) -> None:
    preview = preview_of(sqlite_store, measures(SPRACHCAFE, BAD))
    sheet = opened(marked_workbook(preview, language).content)["Maßnahmen"]
    cell = sheet["D3"]
    assert cell.fill.fgColor.rgb == f"FF{FILLS['error']}"
    assert cell.comment.text.startswith(NOTE)
    assert "irgendwann bald" in cell.comment.text
    assert (sheet["D2"].comment, sheet["D2"].fill.fill_type) == (None, None)


def test_the_added_sheet_lists_each_matter_with_a_link_to_its_cell(sqlite_store: Store) -> None:
    preview = preview_of(sqlite_store, measures(SPRACHCAFE, BAD))
    listed = opened(marked_workbook(preview, "de").content)["Rückmeldung"]
    rows = [[cell.value for cell in row] for row in listed.iter_rows(min_row=HEADING_ROW)]
    assert rows[0][2:] == ["Blatt", "Zelle", "Was dort stand", "Worum es geht", "Vorschlag", "Ihre Antwort"]
    (row,) = [number for number, row in enumerate(rows) if row[4] == "irgendwann bald"]
    assert rows[row][1:4] == ["Bitte klären", "Maßnahmen", "D3"]
    assert listed.cell(HEADING_ROW + row, 4).hyperlink.location == "'Maßnahmen'!D3"


def test_a_correction_in_place_is_read_and_the_rest_stays(sqlite_store: Store) -> None:
    accept_delivery(sqlite_store, preview_of(sqlite_store, measures(SPRACHCAFE, BAD)), now=NOW)
    book = opened(marked_delivery(sqlite_store, 1, language="de").content)
    book["Maßnahmen"]["D3"] = dt.date(2026, 3, 1)
    book["Maßnahmen"]["G3"] = 46
    again = preview_of(sqlite_store, saved(book))
    assert again.comparison.counts()["measure"] == {"new": 0, "changed": 1, "unchanged": 1, "missing": 0}
    assert not [issue for issue in again.issues if issue.severity == "error"]
    accept_delivery(sqlite_store, again, now=NOW)
    with sqlite_store.reading() as connection:
        corrected = [m for m in state_on(connection).kind("measure").values() if m.value("title") == "Wohnlotsen"]
    assert [(m.value("start"), m.value("participants_actual")) for m in corrected] == [("2026-03-01", 46)]


def test_nothing_of_ours_is_told_of_or_read(sqlite_store: Store) -> None:
    preview = preview_of(sqlite_store, measures(SPRACHCAFE, BAD))
    again = preview_of(sqlite_store, marked_workbook(preview, "de").content)
    assert {issue.code for issue in again.issues} == {issue.code for issue in preview.issues}
    assert again.understood.sheets[0].sheet.fills == {}
    assert again.understood.sheets[0].sheet.comments == {}
    ours = again.understood.sheets[1].ledger
    assert ours.adds_up
    assert ours.set_aside == {"feedback": ours.filled}


def answered(content: bytes, answer: str) -> bytes:
    book = opened(content)
    book["Rückmeldung"].cell(HEADING_ROW + 1, ANSWER_COLUMN, answer)
    return saved(book)


def test_an_answer_changes_no_value_and_is_told(sqlite_store: Store) -> None:
    marked = marked_workbook(preview_of(sqlite_store, measures(SPRACHCAFE, BAD)), "de").content
    again = preview_of(sqlite_store, answered(marked, "Beginn steht noch nicht fest"))
    (told,) = [issue for issue in again.issues if issue.code == "answer_not_read"]
    assert (told.sheet, told.cells, told.found) == ("Rückmeldung", ("H7",), "Beginn steht noch nicht fest")


def test_an_answer_that_tells_of_a_single_client_is_refused(sqlite_store: Store) -> None:
    marked = marked_workbook(preview_of(sqlite_store, measures(SPRACHCAFE, BAD)), "de").content
    with pytest.raises(DeliveryRefused, match="file_single_clients"):
        preview_of(sqlite_store, answered(marked, "TN Amira Haddad, geb. 12.03.1994, BG-Nummer 12345BG0001234"))


def test_a_sheet_of_the_partners_with_the_same_name_stays_its_own(sqlite_store: Store) -> None:
    preview = preview_of(sqlite_store, xlsx([HEADINGS, SPRACHCAFE, BAD], sheet="Rückmeldung"))
    marked = marked_workbook(preview, "de").content
    assert opened(marked).sheetnames == ["Rückmeldung", "Rückmeldung (2)"]
    again = preview_of(sqlite_store, marked)
    assert [d.values for d in again.understood.drafts] == [d.values for d in preview.understood.drafts]


def test_marking_again_settles_what_was_mended(sqlite_store: Store) -> None:
    first = marked_workbook(preview_of(sqlite_store, measures(SPRACHCAFE, BAD)), "de").content
    book = opened(first)
    book["Maßnahmen"]["D3"] = dt.date(2026, 3, 1)
    again = opened(marked_workbook(preview_of(sqlite_store, saved(book)), "de").content)
    assert again.sheetnames == ["Maßnahmen", "Rückmeldung"]
    sheet = again["Maßnahmen"]
    assert sheet["D3"].fill.fill_type is None
    assert sheet["D3"].comment.text.strip() == f"{NOTE}Geklärt: Hier ist nichts mehr offen."
    assert sheet["G3"].comment.text.count(NOTE) == 1
    assert sheet["G3"].fill.fgColor.rgb == f"FF{FILLS['error']}"


def commented(*rows: Sequence[object]) -> bytes:
    book = opened(measures(*rows))
    book["Maßnahmen"]["D3"].comment = Comment("Bitte nachfragen", "Frau Vogt")
    book["Maßnahmen"]["H2"].comment = Comment("mit Eigenanteil", "Frau Vogt")
    return saved(book)


def test_the_partners_own_comments_stay_and_ours_stand_below(sqlite_store: Store) -> None:
    content = commented(SPRACHCAFE, BAD)
    preview = preview_of(sqlite_store, content)
    marked = marked_workbook(preview, "de").content
    assert list(differences(content, marked)) == []
    opened_by_others(marked)
    sheet = opened(marked)["Maßnahmen"]
    own, _, ours = sheet["D3"].comment.text.partition("\n\n")
    assert (own, ours.startswith(NOTE)) == ("Bitte nachfragen", True)
    assert sheet["G3"].comment.text.startswith(NOTE)
    again = preview_of(sqlite_store, marked)
    assert again.understood.sheets[0].sheet.comments == {(3, 4): "Bitte nachfragen", (2, 8): "mit Eigenanteil"}


def test_a_colour_of_the_partners_stays_and_gets_a_line_around(sqlite_store: Store) -> None:
    book = opened(measures(SPRACHCAFE, BAD))
    book["Maßnahmen"]["D3"].fill = openpyxl.styles.PatternFill("solid", fgColor="FF92D050")
    marked = marked_workbook(preview_of(sqlite_store, saved(book)), "de").content
    cell = opened(marked)["Maßnahmen"]["D3"]
    assert cell.fill.fgColor.rgb == "FF92D050"
    assert cell.border.left.style == "medium"


@pytest.mark.parametrize("found", ['=HYPERLINK("http://x.example")', "+49 bald", "-1-", "@bald", "<b>bald</b>&"])
def test_what_a_partner_wrote_goes_out_as_text(sqlite_store: Store, found: str) -> None:
    book = opened(measures(SPRACHCAFE, (*BAD[:3], "x", *BAD[4:])))
    book["Maßnahmen"]["D3"] = found
    book["Maßnahmen"]["D3"].data_type = "s"
    marked = marked_workbook(preview_of(sqlite_store, saved(book)), "de").content
    cells = [cell for row in opened(marked)["Rückmeldung"].iter_rows() for cell in row if cell.value == found]
    assert [cell.data_type for cell in cells] == ["s"]
    assert cells[0].quotePrefix or not found.startswith(("=", "+", "-", "@"))


def test_a_text_file_comes_back_as_a_workbook_and_says_so(sqlite_store: Store) -> None:
    lines = [";".join(HEADINGS), "M-1;Sprachcafé;VHS;irgendwann bald;31.12.2026;laufend;40;12500"]
    preview = preview_of(sqlite_store, "\r\n".join(lines).encode(), "Liste.csv")
    handed_out = marked_workbook(preview, "de")
    assert (handed_out.file, handed_out.sentence is None) == ("Liste (Rückmeldung).xlsx", False)
    sheet = opened(handed_out.content).worksheets[0]
    assert sheet["D2"].comment.text.startswith(NOTE)
