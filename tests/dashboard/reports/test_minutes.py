"""The minutes: who was there, what was shown, what came of it, and the checksum of what is kept."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from dashboard.answers.held import held_meetings
from dashboard.answers.minutes import minutes_of
from dashboard.answers.minutes_content import MeetingRecord, Minutes, Presence, ResultTold, ShownLine
from dashboard.reports.kept_papers import papers_for
from dashboard.reports.meeting_blocks import headline, shown_line
from dashboard.reports.minutes import minutes_paper
from dashboard.reports.paper_docx import as_docx
from dashboard.reports.paper_pdf import as_pdf
from dashboard.reports.result_blocks import words
from etl.model.bodies import erase_member, members, save_member
from etl.model.meetings import save_item
from etl.model.store import Store
from etl.pipeline.enter import enter
from etl.pipeline.meeting.closing import close_meeting
from etl.pipeline.meeting.following import Word, note, say_of
from etl.rules.finding import Finding
from etl.rules.meeting import Item, Member
from etl.wording.quantity import Quantity
from tests.dashboard.reports.held import BEFORE, DAY, END, ERASED, MEETING, OFFICE, START, held, write
from tests.demo import DEMO_DAY


def written(store: Store, language: str = "de") -> tuple[object, PdfReader, str, str]:
    """DOCX and PDF of the meeting, and the text of both."""
    minutes = minutes_of(store, MEETING, today=DAY)
    assert minutes is not None
    paper = minutes_paper(minutes, language)
    docx, pdf = Document(io.BytesIO(as_docx(paper))), PdfReader(io.BytesIO(as_pdf(paper)))
    return docx, pdf, text_of(docx), " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def text_of(docx: object) -> str:
    cells = [cell.text for table in docx.tables for row in table.rows for cell in row.cells]  # type: ignore[attr-defined]
    return " ".join(" ".join([*(p.text for p in docx.paragraphs), *cells]).split())  # type: ignore[attr-defined]


def test_what_was_written_down_after_the_closing_is_a_supplement_of_its_day(sqlite_store: Store) -> None:
    held(sqlite_store)
    write(sqlite_store, 4, "examination", {"text": "Räume prüfen.", "who": [{"partner": "partner-00002"}]})
    close_meeting(sqlite_store, MEETING, OFFICE, now=END, papers=papers_for("de"))
    write(sqlite_store, 5, "decision", {"text": "Es bleibt dabei."}, END + dt.timedelta(days=2))
    _, _, told, _ = written(sqlite_store)
    assert "Nachtrag vom 12. November 2026, Beschluss: Es bleibt dabei." in told
    assert "Beschluss: Der zweite Kurs wird beantragt." in told
    assert "Zuständig: VHS" in told
    assert "Zuständig: VHS (" not in told, "nobody was asked"


def test_a_deputy_is_missing_only_where_nobody_of_the_two_was_there(sqlite_store: Store) -> None:
    held(sqlite_store)
    with sqlite_store.writing() as connection:
        came, _, absent = members(connection)
        for name, stands_for in (("Ada Beistand", came.id), ("Bea Ersatz", absent.id)):
            deputy = Member(0, came.body, name, deputy_for=stands_for)
            save_member(connection, deputy, by="x", now=BEFORE)
    minutes = minutes_of(sqlite_store, MEETING, today=DAY)
    assert minutes is not None
    assert [one.name for one in minutes.presence.missing] == ["Bea Ersatz", "Ute Kranz"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_minutes_are_there_as_docx_and_as_tagged_pdf(sqlite_store: Store, language: str) -> None:
    held(sqlite_store)
    closing = close_meeting(sqlite_store, MEETING, OFFICE, now=END, papers=papers_for(language))
    docx, pdf, told, printed = written(sqlite_store, language)
    for text in (told, printed.replace("- ", "")):
        assert all(
            word in text for word in (ERASED, "Jost Wiegand", "Ute Kranz", "VHS", "Abendkurs", "Jetzt.", "Später.")
        )
        assert closing.sha256 in text.replace(" ", "") or closing.sha256 in text
    names = {p.style.name for p in docx.paragraphs}  # type: ignore[attr-defined]
    assert {"Heading 1", "Heading 2", "Heading 3", "List Bullet"} <= names
    for table in docx.tables:  # type: ignore[attr-defined]
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    region = docx.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}").get(qn("w:val"))  # type: ignore[attr-defined]
    assert region == {"de": "de-DE", "en": "en-GB"}[language]
    footer = docx.sections[0].footer.paragraphs[0]._p.xml  # type: ignore[attr-defined]
    assert "NUMPAGES" in footer
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith(language)
    roles = str(root["/StructTreeRoot"]["/RoleMap"]) if "/RoleMap" in root["/StructTreeRoot"] else ""
    assert "/StructTreeRoot" in root, roles


def test_minutes_name_who_is_known_today_and_nobody_who_was_erased(store: Store) -> None:
    held(store)
    close_meeting(store, MEETING, OFFICE, now=END, papers=papers_for("de"))
    with store.writing() as connection:
        gone = next(one for one in members(connection) if one.name == ERASED)
        erase_member(connection, gone.id, by="koordination", now=END)
    minutes = minutes_of(store, MEETING, today=DAY)
    assert minutes is not None
    assert [one.name for one in minutes.presence.there] == ["Jost Wiegand", ""]
    assert "VHS N. N." in " ".join(written(store)[2].split())
    assert minutes.closings[0].whole


def test_minutes_before_closing_are_a_draft(sqlite_store: Store) -> None:
    held(sqlite_store)
    _, _, told, _ = written(sqlite_store)
    assert "Entwurf" in told
    assert "keine Unterlagen aufbewahrt" in told


def test_an_open_format_tells_how_many_came(sqlite_store: Store) -> None:
    record = MeetingRecord("m", "Ideenwerkstatt", "Netz", "Offen", "open_format", DAY, DAY)
    paper = minutes_paper(Minutes(record, Presence(False, members=False, guests=42)), "de")
    assert "42 Personen nahmen teil." in text_of(Document(io.BytesIO(as_docx(paper))))


@pytest.mark.parametrize(
    ("decisions", "agreements", "told"),
    [
        (0, 0, "Es wurde nichts festgehalten."),
        (1, 0, "Ein Beschluss wurde gefasst. Vereinbarungen wurden nicht getroffen."),
        (0, 2, "Beschlüsse wurden nicht gefasst. Zwei Vereinbarungen wurden getroffen."),
        (30, 1, "30 Beschlüsse wurden gefasst. Eine Vereinbarung wurde getroffen."),
    ],
)
def test_the_headline_reads_well_at_none_one_two_and_many(decisions: int, agreements: int, told: str) -> None:
    record = MeetingRecord("m", "Sitzung", "Netz", "Gremium", "round_table", DAY, DAY)
    results = [ResultTold("decision", ("A",))] * decisions + [ResultTold("agreement", ("B",))] * agreements
    assert headline(replace(record, loose=tuple(results)), words("de")) == told
    waiting = replace(record, loose=(ResultTold("decision", ("A",), status="to_decide"),))
    assert headline(waiting, words("de")) == "Ein Ergebnis wurde festgehalten."


def test_meetings_known_from_lists_have_minutes_too(demo: Store) -> None:
    """Every one of the demo's past meetings, with the decisions and agreements that the lists date on its day."""
    found = held_meetings(demo, DEMO_DAY)
    assert len(found) == 16
    minutes = [minutes_of(demo, one.key, today=DEMO_DAY) for one in found[:8:3]]
    papers = [minutes_paper(one, "de") for one in minutes if one]
    assert len(papers) == 3
    steering = minutes_of(demo, next(one.key for one in found if one.day == dt.date(2026, 2, 10)), today=DEMO_DAY)
    assert steering is not None
    assert [one.kind for one in steering.record.loose] == ["decision", "decision"]
    assert steering.record.goals
    text = text_of(Document(io.BytesIO(as_docx(minutes_paper(steering, "de")))))
    assert "Jede Migrantenorganisation erhält einen Sitz" in text
    assert "hier wurde sie nicht geführt" in text


def test_what_is_said_of_earlier_agreements_stands_under_the_item_about_them(sqlite_store: Store) -> None:
    held(sqlite_store)
    with sqlite_store.writing() as connection:
        save_item(connection, Item(0, MEETING, 0, "open_agreements", "Offene Vereinbarungen"), by="x", now=END)
    when, before = {"day": DAY, "now": START}, DAY - dt.timedelta(days=60)
    keys = {}
    for title in ("Termine abstimmen", "Räume klären"):
        values = {"title": title, "due": (DAY - dt.timedelta(days=9)).isoformat(), "due_precision": "day"}
        keys[title] = enter(sqlite_store, "agreement", values, day=before, person="x", reason="x", now=BEFORE).key
    moved, done = Word("moved", "Die Kammer antwortet nicht.", dt.date(2026, 12, 10)), Word("done", "Zwei Räume frei.")
    say_of(sqlite_store, OFFICE, keys["Termine abstimmen"], moved, meeting=MEETING, **when)  # type: ignore[arg-type]
    say_of(sqlite_store, OFFICE, keys["Räume klären"], done, meeting=MEETING, **when)  # type: ignore[arg-type]
    note(sqlite_store, OFFICE, [keys["Räume klären"]], meeting=MEETING, day=DAY, now=START + dt.timedelta(minutes=1))
    close_meeting(sqlite_store, MEETING, OFFICE, now=END, papers=papers_for("de"))
    minutes = minutes_of(sqlite_store, MEETING, today=DAY)
    assert minutes is not None
    item = minutes.record.items[-1]
    assert [result.texts for result in item.results] == [("Termine abstimmen",), ("Räume klären",)]
    told = written(sqlite_store)[2].replace("\u00a0", " ")
    assert "neuer Termin 10. Dezember 2026: Die Kammer antwortet nicht." in told
    assert "erledigt: Zwei Räume frei. zur Kenntnis genommen" in told


def test_a_mark_travels_with_its_number_onto_paper() -> None:
    line = ShownLine(Quantity(Decimal("51.2"), "%"), ("Anteil",), (("current_value", "value_provisional"),))
    assert shown_line(line, words("de"), "de").replace("\u00a0", " ") == "51,2 % (vorläufig) · Anteil"
    told = ShownLine(line.lead, (Finding("room.fact.cost"),), line.marks)
    assert shown_line(told, words("en"), "en").startswith("51.2% (provisional) ")
