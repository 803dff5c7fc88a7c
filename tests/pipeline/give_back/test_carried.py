"""Whatever a workbook is made of, it goes back whole, or a sentence says what could not come along."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from etl.issues import DeliveryRefused, Issue
from etl.pipeline.give_back.marked import mark
from etl.pipeline.give_back.outgoing import HandedOut
from etl.stages.own_marks import NOTE, take_own_marks_off
from etl.stages.read_workbook import read_workbook
from tests.corpora import corpus_file, corpus_names
from tests.pipeline.give_back.whole import differences, opened_by_others, parts
from tests.pipeline.workbooks import SPRACHCAFE, measures

PLAIN = measures(SPRACHCAFE)
BLANK_CELL = "D9"
#: Larger ones take long and tell nothing new.
MOST_CELLS = 100_000


def issues(*sheets: str) -> list[Issue]:
    cells = ("A1", "B2", "D3", "ZZ9:ZZ11", BLANK_CELL)
    return [Issue("date_unreadable", sheet, cells, "=1+1", {"field": "start"}) for sheet in sheets]


def marked(content: bytes, file: str = "Liste.xlsx") -> HandedOut:
    return mark(content, file, issues("Maßnahmen"), "de")


def packed(found: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in found.items():
            package.writestr(name, content)
    return out.getvalue()


def changed(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    found = parts(content)
    change(found)
    return packed(found)


def with_macros(found: dict[str, bytes]) -> None:
    found["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 macros"
    main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = found["[Content_Types].xml"].replace(main, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    default = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    found["[Content_Types].xml"] = types.replace(b"</Types>", default)
    relation = b'<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
    rels = "xl/_rels/workbook.xml.rels"
    end = b"</Relationships>"
    found[rels] = found[rels].replace(end, relation + b'Target="vbaProject.bin"/>' + end)


def test_macros_stay_behind_and_all_else_comes_along() -> None:
    content = changed(PLAIN, with_macros)
    handed_out = marked(content, "Liste.xlsm")
    assert handed_out.sentence == "Die Makros Ihrer Datei sind nicht dabei."
    assert handed_out.file == "Liste (Rückmeldung).xlsx"
    found = parts(handed_out.content)
    assert "xl/vbaProject.bin" not in found
    assert not any(b"vba" in content or b"macroEnabled" in content for content in found.values())
    assert list(differences(content, handed_out.content)) == []
    assert opened_by_others(handed_out.content)


def signed(found: dict[str, bytes]) -> None:
    found["_xmlsignatures/sig1.xml"] = b"<Signature/>"


def shared(found: dict[str, bytes]) -> None:
    found["xl/revisions/revisionHeaders.xml"] = b"<headers/>"


def old_macros(found: dict[str, bytes]) -> None:
    found["xl/macrosheets/sheet1.xml"] = b"<macrosheet/>"


def utf16(found: dict[str, bytes]) -> None:
    text = found["xl/styles.xml"].decode().partition("?>")[2] or found["xl/styles.xml"].decode()
    found["xl/styles.xml"] = ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (signed, "digitale Signatur"),
        (shared, "freigegebene Arbeitsmappe"),
        (old_macros, "Makros als eigene Blätter"),
        (utf16, "anders gebaut"),
    ],
)
def test_what_cannot_be_carried_comes_as_a_clean_copy_and_says_why(
    change: Callable[[dict[str, bytes]], None], said: str
) -> None:
    handed_out = marked(changed(PLAIN, change))
    assert said in (handed_out.sentence or "")
    sheet = openpyxl.load_workbook(io.BytesIO(handed_out.content))["Maßnahmen"]
    assert [cell.value for cell in sheet[2]][:3] == ["M-1", "Sprachcafé", "VHS"]
    assert sheet["B2"].comment.text.startswith(NOTE)
    assert opened_by_others(handed_out.content)


def strict(found: dict[str, bytes]) -> None:
    """ISO strict instead of transitional: other names for everything."""
    for name, content in found.items():
        content = content.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
        found[name] = content.replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )


def prefixed(found: dict[str, bytes]) -> None:
    """``<x:c>`` for ``<c>``, as some libraries write it."""

    name = "xl/worksheets/sheet1.xml"
    content = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", found[name])
    found[name] = content.replace(b"xmlns=", b"xmlns:x=", 1)


@pytest.mark.parametrize("change", [strict, prefixed])
def test_names_of_other_writers_are_kept(change: Callable[[dict[str, bytes]], None]) -> None:
    content = changed(PLAIN, change)
    handed_out = marked(content)
    assert handed_out.sentence is None
    assert list(differences(content, handed_out.content)) == []
    before, after = read_workbook(content, "a.xlsx"), read_workbook(handed_out.content, "a.xlsx")
    assert [sheet.name for sheet in after.sheets] == ["Maßnahmen", "Rückmeldung"]
    assert (2, 2) in after.sheets[0].fills
    assert after.sheets[0].comments[2, 2].startswith(NOTE)
    take_own_marks_off(after)
    assert after.sheets[0] == before.sheets[0]


def test_a_thread_of_comments_stays_as_it_is() -> None:
    book = openpyxl.load_workbook(io.BytesIO(PLAIN))
    book["Maßnahmen"]["B2"].comment = openpyxl.comments.Comment("[Threaded comment] Frage", "tc={1}")
    out = io.BytesIO()
    book.save(out)

    def thread(found: dict[str, bytes]) -> None:
        found["xl/threadedComments/threadedComment1.xml"] = (
            b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
            b'<threadedComment ref="B2" id="{1}"><text>Frage</text></threadedComment></ThreadedComments>'
        )
        rels = "xl/worksheets/_rels/sheet1.xml.rels"
        relation = (
            b'<Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
            b'Target="../threadedComments/threadedComment1.xml"/></Relationships>'
        )
        found[rels] = found[rels].replace(b"</Relationships>", relation)

    content = changed(out.getvalue(), thread)
    handed_out = marked(content)
    assert list(differences(content, handed_out.content)) == []
    sheet = openpyxl.load_workbook(io.BytesIO(handed_out.content))["Maßnahmen"]
    assert sheet["B2"].comment.text == "[Threaded comment] Frage"
    assert sheet["A1"].comment.text.startswith(NOTE)


def test_a_cell_the_file_does_not_hold_can_be_marked() -> None:
    handed_out = marked(PLAIN)
    cell = openpyxl.load_workbook(io.BytesIO(handed_out.content))["Maßnahmen"][BLANK_CELL]
    assert (cell.value, cell.fill.fill_type) == (None, "solid")
    assert cell.comment.text.startswith(NOTE)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="NOT OPENED BY LIBREOFFICE: there is no soffice here")
def test_libreoffice_opens_it_with_its_comments(tmp_path: Path) -> None:
    (tmp_path / "liste.xlsx").write_bytes(marked(PLAIN).content)
    arguments = [
        "soffice",
        "--headless",
        "--convert-to",
        "fods",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "liste.xlsx"),
    ]
    subprocess.run(arguments, check=True, capture_output=True, timeout=120)
    written = (tmp_path / "liste.fods").read_text(encoding="utf-8")
    assert "Rückmeldung Runder Tisch" in written
    assert written.count("office:annotation ") >= len(issues("Maßnahmen")[0].cells)


def test_the_same_file_gives_the_same_bytes() -> None:
    assert marked(PLAIN) == marked(PLAIN)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("file", corpus_names(".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".fods", ".csv"))
def test_odd_workbooks_come_back_whole(file: str) -> None:
    content = corpus_file(file)
    try:
        before = read_workbook(content, file)
    except DeliveryRefused:
        pytest.skip("refused")
    if sum(sheet.count_filled() for sheet in before.sheets) > MOST_CELLS:
        pytest.skip("large")
    handed_out = mark(content, file, issues(*(sheet.name for sheet in before.sheets)), "de")
    after = read_workbook(handed_out.content, handed_out.file)
    take_own_marks_off(after)
    if handed_out.sentence is None:
        assert list(differences(content, handed_out.content)) == []
        assert after.sheets[:-1] == before.sheets
    counted = [sheet.count_filled() for sheet in before.sheets]
    assert [sheet.count_filled() for sheet in after.sheets[:-1]] == counted
