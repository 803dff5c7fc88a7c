"""What is kept of a meeting: as shown, under a checksum, for good; later words are a supplement beside it."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from dataclasses import replace

import openpyxl
import pytest
from pypdf import PdfReader
from sqlalchemy import select, update

from dashboard.reports.kept_papers import papers_for
from etl.model.bodies import save_body
from etl.model.meeting_results import temperatures_of
from etl.model.meetings import KeptPaper, agenda, begin_item, plan_of, save_plan
from etl.model.store import Store
from etl.pipeline.meeting.closing import (
    AboutToClose,
    Closing,
    ClosingRefused,
    Paper,
    close_meeting,
    closings_of,
    papers_of,
    reopen_meeting,
    verify,
    verify_all,
)
from etl.pipeline.meeting.temperature import ask, speak
from etl.rules.meeting import Body, Plan
from tests.dashboard.reports.held import DAY, END, ERASED, MEETING, OFFICE, deliver, held, write
from tests.pipeline.test_authority import goals

DEADLINE = dt.date(2026, 11, 3)


def close(store: Store, at: dt.datetime = END) -> Closing:
    return close_meeting(store, MEETING, OFFICE, now=at, papers=papers_for("de"))


def papers(store: Store, closing: Closing) -> dict[str, Paper]:
    with store.reading() as connection:
        return {paper.name: paper for paper in papers_of(connection, closing.id)}


def text_of(paper: Paper) -> str:
    if paper.name.endswith(".pdf"):
        told = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages)
        return " ".join(told.split())
    book = openpyxl.load_workbook(io.BytesIO(paper.content))
    return " ".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None)


def test_what_was_shown_is_kept_without_a_persons_name(store: Store) -> None:
    held(store, deadline=DEADLINE)
    deliver(store, "Ziele_neu.xlsx", goals(60, 55, dt.date(2026, 10, 31)), "Koordinierungsstelle",
            dt.datetime(2026, 11, 5, 9, tzinfo=dt.UTC))  # fmt: skip
    kept = papers(store, close(store))
    assert list(kept) == ["Unterlagen_2026-11-10.pdf", "Unterlagen_2026-11-10.xlsx"]
    pdf, book = map(text_of, kept.values())
    assert all(
        word in pdf for word in ("Stand 3. November 2026", "Abendkurs", "VHS (zugesagt)", "6-mal", "Nachgemeldet")
    )
    assert "Jetzt." in pdf
    assert "Später." in pdf
    for text in (pdf, book):
        assert "N. N. (VHS) öffnet einen Abendkurs" in text
        assert not any(name in text for name in (ERASED, "Petersdorf", "Wiegand", "Kranz", "Aulbach", "@", "334455"))
    assert all(word in book for word in ("Ziele.xlsx", "Regelfassung", "cannot_be_rated", "goal-00001", "D2"))
    assert "Ziele_neu.xlsx" not in book


def test_the_kept_papers_are_tagged_and_run_no_formula(sqlite_store: Store) -> None:
    held(sqlite_store, formula='=HYPERLINK("http://example.org")')
    pdf, book = papers(sqlite_store, close(sqlite_store)).values()
    root = PdfReader(io.BytesIO(pdf.content)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("de")
    cells = [c for sheet in openpyxl.load_workbook(io.BytesIO(book.content)) for row in sheet for c in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert any(str(cell.value).startswith("'=HYPERLINK") for cell in cells)


def test_the_same_meeting_gives_the_same_bytes(sqlite_store: Store) -> None:
    held(sqlite_store)
    with sqlite_store.reading() as connection:
        plan = plan_of(connection, MEETING)
    assert plan is not None
    make = papers_for("de")
    assert make(AboutToClose(sqlite_store, plan, END)) == make(AboutToClose(sqlite_store, plan, END))
    closing = close(sqlite_store)
    kept = papers(sqlite_store, closing)
    assert tuple(kept.values()) == make(AboutToClose(sqlite_store, plan, END))
    lines = "".join(f"{hashlib.sha256(p.content).hexdigest()}  {name}\n" for name, p in sorted(kept.items()))
    assert closing.sha256 == hashlib.sha256(lines.encode()).hexdigest()


def test_one_changed_character_in_any_paper_is_noticed(store: Store) -> None:
    held(store)
    closing = close(store)
    with store.reading() as connection:
        assert verify(connection, closing).whole
        rows = connection.execute(select(KeptPaper.__table__)).all()
    for row in rows:
        for place in (0, len(row.content) // 2, len(row.content) - 1):
            changed = bytearray(row.content)
            changed[place] ^= 1
            with store.trying() as connection:
                connection.execute(update(KeptPaper).where(KeptPaper.id == row.id).values(content=bytes(changed)))
                found = verify(connection, closing)
                assert (found.whole, found.differing) == (False, (row.name,))
        for part in ({"name": f"{row.name}x"}, {"closing": closing.id, "content": b"", "sha256": row.sha256}):
            with store.trying() as connection:
                connection.execute(update(KeptPaper).where(KeptPaper.id == row.id).values(**part))
                assert not verify(connection, closing).whole


def test_a_meeting_opened_again_keeps_its_papers_and_gets_a_supplement(store: Store) -> None:
    held(store)
    first = close(store)
    before = papers(store, first)
    with pytest.raises(ClosingRefused, match="closed"):
        close(store)
    with pytest.raises(ClosingRefused, match="no_reason"):
        reopen_meeting(store, MEETING, OFFICE, reason=" ", now=END)
    with pytest.raises(ClosingRefused, match="single_client"):
        reopen_meeting(store, MEETING, OFFICE, reason="Frau Müller, geb. 3.4.1987, fehlt", now=END)
    later = END + dt.timedelta(days=3)
    reopen_meeting(store, MEETING, OFFICE, reason="Ein Auftrag fehlte.", now=later)
    write(store, 4, "examination", {"text": "Das Jobcenter prüft die Fahrtkosten."}, later)
    second = close(store, later + dt.timedelta(hours=1))
    with store.reading() as connection:
        told = closings_of(connection, MEETING)
        assert all(found.whole for found in verify_all(connection))
    assert [(one.supplement, one.sha256) for one in told] == [(False, first.sha256), (True, second.sha256)]
    assert (told[0].reason, told[0].reopened_by) == ("Ein Auftrag fehlte.", OFFICE.username)
    assert papers(store, first) == before
    added = text_of(next(iter(papers(store, second).values())))
    assert "Fahrtkosten" in added
    assert "Abendkurs" not in added
    reopen_meeting(store, MEETING, OFFICE, reason="Tippfehler.", now=later + dt.timedelta(days=1))
    third = close(store, later + dt.timedelta(days=1))
    assert "kam kein Ergebnis hinzu" in text_of(next(iter(papers(store, third).values())))


def test_only_who_runs_the_body_closes_and_not_before_the_day(sqlite_store: Store) -> None:
    held(sqlite_store)
    for user in (replace(OFFICE, role="member"), replace(OFFICE, role="partner", partner="partner-00002")):
        with pytest.raises(ClosingRefused, match="not_allowed"):
            close_meeting(sqlite_store, MEETING, user, now=END, papers=papers_for("de"))
    with pytest.raises(ClosingRefused, match="not_yet"):
        close(sqlite_store, END - dt.timedelta(days=1))
    with pytest.raises(ClosingRefused, match="not_closed"):
        reopen_meeting(sqlite_store, MEETING, OFFICE, reason="So.", now=END)
    with pytest.raises(ClosingRefused, match="unknown"):
        close_meeting(sqlite_store, "meeting-09999", OFFICE, now=END, papers=papers_for("de"))


def test_what_runs_when_the_meeting_is_closed_ends_with_it_and_is_in_the_papers(store: Store) -> None:
    """The item under discussion, the question still open, the wall."""
    held(store)
    with store.writing() as connection:
        third = agenda(connection, MEETING)[2].id
        begin_item(connection, MEETING, third, END - dt.timedelta(minutes=11))
    ask(store, third, computed=None, by=OFFICE, day=DAY, now=END)
    with store.reading() as connection:
        [number] = [row.id for row in temperatures_of(connection, MEETING) if row.closed_at is None]
    for device in ("a", "b", "c"):
        speak(store, number, "at_risk", device=device)
    text = text_of(next(iter(papers(store, close(store)).values())))
    assert "11 Minuten gebraucht" in text
    assert "3-mal „gefährdet“" in text
    with store.reading() as connection:
        assert all(row.closed_at is not None for row in temperatures_of(connection, MEETING))


def test_papers_that_cannot_be_made_close_nothing(store: Store) -> None:
    held(store)

    def fails(_: object) -> tuple[Paper, ...]:
        raise RuntimeError("no paper")

    with pytest.raises(RuntimeError):
        close_meeting(store, MEETING, OFFICE, now=END, papers=fails)
    with store.reading() as connection:
        assert closings_of(connection, MEETING) == ()
        plan = plan_of(connection, MEETING)
    assert plan is not None
    assert plan.state == "running"


def test_a_meeting_without_data_members_and_agenda_closes_too(store: Store) -> None:
    with store.writing() as connection:
        body = save_body(connection, Body(0, "Runder Tisch", "round_table"), by="x", now=END)
        save_plan(connection, Plan(MEETING, body.id, DAY), by="x", now=END)
    text = text_of(next(iter(papers(store, close(store)).values())))
    for sentence in (
        "Es wurde nichts festgehalten.",
        "Eine Tagesordnung gibt es zu dieser Sitzung nicht.",
        "Wer anwesend war, wurde nicht festgehalten.",
        "noch keine Ziele bekannt",
    ):
        assert sentence in text
