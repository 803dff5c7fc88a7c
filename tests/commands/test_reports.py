"""``report minutes`` and ``check``: files and one clear sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader
from sqlalchemy import update

from dashboard.reports.kept_papers import papers_for
from etl.model.meetings import KeptPaper
from etl.model.store import open_store
from etl.pipeline.meeting.closing import close_meeting
from tests.commands.running import Command
from tests.dashboard.reports.held import END, ERASED, MEETING, OFFICE, TITLE, held
from tests.pipeline.workbooks import xlsx

MEETINGS = (
    ("Sitzung", "Datum", "Gremium"),
    ("AG Wohnen, Sommer", "2026-06-16", "AG Wohnen"),
    ("AG Sprache, Sommer", "2026-06-16", "AG Sprache"),
)


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(tmp_path)


def test_the_minutes_of_the_latest_meeting_or_of_a_day(command: Command) -> None:
    nothing = command("report", "minutes", "--output", str(command.folder / "n.pdf"))
    assert (nothing.code, nothing.err.strip()[:31]) == (1, "Noch keine Sitzung ist bekannt.")
    store = open_store(f"sqlite:///{command.folder / 'store.db'}")
    held(store)
    store.close()
    command("import", command.file("Sitzungen.xlsx", xlsx(MEETINGS, "Sitzungen")), "--partner", "Koordinierungsstelle")
    pdf, docx = command.folder / "neu" / "Niederschrift.pdf", command.folder / "n.docx"
    assert command("report", "minutes", "--output", str(pdf)).code == 0
    assert f"Niederschrift: {TITLE}" in PdfReader(pdf).pages[0].extract_text()
    several = command("report", "minutes", "--day", "2026-06-16", "--output", str(docx))
    assert several.code == 1
    assert "AG Sprache und AG Wohnen. Bitte eines mit --body nennen." in several.err
    arguments = ("--day", "2026-06-16", "--body", "ag wohnen", "--language", "en", "--output", str(docx))
    assert command("report", "minutes", *arguments).code == 0
    assert Document(str(docx)).paragraphs[1].text == "Minutes: AG Wohnen, Sommer"
    unknown = command("report", "minutes", "--day", "2026-06-17", "--output", str(docx))
    assert unknown.code == 1
    assert "16. Juni 2026 (AG Wohnen)" in unknown.err.replace("\u00a0", " ")
    assert command("report", "minutes", "--output", "n.odt").code == 2


def test_check_names_the_paper_that_was_changed(command: Command) -> None:
    store = open_store(f"sqlite:///{command.folder / 'store.db'}")
    held(store)
    assert command("check").code == 0
    close_meeting(store, MEETING, OFFICE, now=END, papers=papers_for("de"))
    whole = command("check")
    assert (whole.code, whole.err) == (0, "")
    with store.writing() as connection:
        connection.execute(update(KeptPaper).where(KeptPaper.name.like("%.pdf")).values(content=b"%PDF-1.7"))
    broken = command("check")
    assert broken.code == 1
    assert "Steuerungsgruppe, 10. November 2026" in broken.err.replace("\u00a0", " ")
    assert "Unterlagen_2026-11-10.pdf wurde verändert" in broken.err
    store.close()


def test_a_person_is_erased_by_name(command: Command) -> None:
    store = open_store(f"sqlite:///{command.folder / 'store.db'}")
    held(store)
    store.close()
    for name, told in (
        (ERASED, "Eine empfangene Datei wurde durch eine Kopie"),
        ("Ute Kranz", "Keine empfangene Datei"),
    ):
        ran = command("erase", name, "--reason", "Antrag", "--yes")
        assert ran.code == 0
        assert told in ran.out
    again = command("erase", ERASED, "--reason", "Antrag", "--yes")
    assert (again.code, again.out) == (1, "")
    assert "oder sie ist schon gelöscht" in again.err
    assert command("erase", ERASED, "--yes").code == 2


def test_the_interface_paper_as_a_file(command: Command) -> None:
    pdf, xlsx_file = str(command.folder / "neu" / "papier.pdf"), str(command.folder / "papier.xlsx")
    nothing = command("report", "interfaces", "--output", pdf)
    assert (nothing.code, nothing.err.strip()[:39]) == (1, "Noch gibt es kein Schnittstellenpapier:")
    paper = (("Schritt", "Organisation", "Rolle", "Ansprechperson"), ("Wohnen", "Büro", "zuständig", "Frau Kaya"))
    command("import", command.file("Papier.xlsx", xlsx(paper, "Schnittstellenpapier")), "--partner", "Büro")
    assert command("report", "interfaces", "--output", pdf).code == 0
    said = PdfReader(pdf).pages[0].extract_text()
    assert "Schnittstellenpapier" in said
    assert "Frau Kaya" not in "".join(page.extract_text() for page in PdfReader(pdf).pages)
    assert command("report", "interfaces", "--contacts", "--language", "en", "--output", xlsx_file).code == 0
    assert command("report", "interfaces", "--output", "papier.odt").code == 2
