"""Niederschrift: minutes to take along, what is kept and whether it is whole, closing once, opening with a reason."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from etl.model.meetings import KeptPaper, kept_papers, meeting_closings, plan_of
from etl.model.settings_rows import set_setting
from etl.model.store import Store
from tests.dashboard.reports.held import DAY, MEETING, held
from tests.signed_in import SignedIn, a_user, app_as, text_of


@pytest.fixture
def meeting(sqlite_store: Store) -> Store:
    """A meeting on the network's day, not yet closed."""
    held(sqlite_store)
    with sqlite_store.writing() as connection:
        set_setting(connection, "day", DAY.isoformat())
    return sqlite_store


def page(store: Store, role: str = "coordinator") -> SignedIn:
    a_user(store, role, role)
    return app_as(store, role, "sitzung", sitzung=MEETING, ansicht="niederschrift")


def press(app: SignedIn, key: str) -> str:
    app.at.button(key=key).click()
    return text_of(app.run())


def downloads(app: SignedIn) -> list[str]:
    return [button.proto.label for button in app.at.get("download_button")]


def test_a_meeting_is_closed_after_one_question_and_opened_again_with_a_reason(meeting: Store) -> None:
    app = page(meeting)
    assert downloads(app) == ["Als DOCX zum Bearbeiten", "Als PDF"]
    assert "Die Sitzung jetzt schließen?" in press(app, "meeting-close")
    with meeting.reading() as connection:
        assert meeting_closings(connection, MEETING) == []
    told = press(app, "meeting-close-do")
    assert "ihre Unterlagen sind aufbewahrt" in told
    assert "✓ Stimmt mit der Prüfsumme überein." in told
    assert [name.replace("\\", "") for name in downloads(app)[2:]] == [
        "Unterlagen_2026-11-10.pdf",
        "Unterlagen_2026-11-10.xlsx",
    ]
    assert "Bitte nennen Sie den Grund" in press(app, "meeting-reopen")
    app.at.text_input(key="meeting-reopen-reason").input("Ein Auftrag fehlte.")
    assert "Was jetzt hinzukommt, wird ein Nachtrag." in press(app, "meeting-reopen")
    press(app, "meeting-close")
    told = press(app, "meeting-close-do")
    assert "die ersten Unterlagen gelten unverändert weiter" in told
    assert "Grund: Ein Auftrag fehlte." in told
    with meeting.reading() as connection:
        closings = meeting_closings(connection, MEETING)
        assert [row.supplement for row in closings] == [False, True]
        names = [paper.name for row in closings for paper in kept_papers(connection, row.id)]
    assert names[2:] == ["Nachtrag_2026-11-10.pdf", "Nachtrag_2026-11-10.xlsx"]


def test_a_changed_paper_is_told_by_its_name(meeting: Store) -> None:
    app = page(meeting)
    press(app, "meeting-close")
    press(app, "meeting-close-do")
    with meeting.writing() as connection:
        connection.execute(update(KeptPaper).where(KeptPaper.name.like("%.pdf")).values(content=b"%PDF-1.7"))
    told = text_of(app.run())
    assert "✗ Unterlagen_2026-11-10.pdf wurde seit dem Schließen verändert." in told


@pytest.mark.parametrize(("role", "named"), [("member", 0), ("observer", 0)])
def test_nobody_else_closes_and_a_draft_is_not_for_them(meeting: Store, role: str, named: int) -> None:
    app = page(meeting, role)
    keys = {button.key for button in app.at.button}
    assert not {"meeting-close", "meeting-reopen"} & keys
    assert len(downloads(app)) == named
    office = page(meeting)
    press(office, "meeting-close")
    press(office, "meeting-close-do")
    after = downloads(page(meeting, role))
    assert len(after) == (2 if role == "observer" else 4), "observers get the papers, which name nobody"
    with meeting.reading() as connection:
        plan = plan_of(connection, MEETING)
    assert plan is not None
    assert plan.state == "closed"
