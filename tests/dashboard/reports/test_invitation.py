"""The invitation: what stands in it, in both forms and languages, and what never does."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document

from dashboard.answers.goals import goal_tree
from dashboard.answers.meetings import MeetingView
from dashboard.answers.picture import Picture, picture
from dashboard.reports.invitation import invitation, invitation_paper
from dashboard.reports.paper import Heading, Paper, Rows, Sentence
from etl.model.bodies import bodies
from etl.model.store import Store
from etl.rules.days import end_of_day
from tests.dashboard.answers.test_meetings import _seventh
from tests.demo import DEMO_DAY

_NETWORK = "Integrationsnetzwerk Landkreis Lindenmark"


@pytest.fixture(scope="module")
def meeting(demo: Store) -> MeetingView:
    return _seventh(demo, picture(demo, DEMO_DAY))


@pytest.fixture(scope="module")
def seen(demo: Store, meeting: MeetingView) -> Picture:
    return picture(demo, meeting.shown_day, end_of_day(meeting.shown_day))


def test_the_letter_agenda_decisions_goals_and_open_agreements_stand_in_it(
    demo: Store, meeting: MeetingView, seen: Picture
) -> None:
    paper = invitation_paper(demo, seen, meeting, _NETWORK, "de")
    sections = [block.text for block in paper.blocks if isinstance(block, Heading) and block.level == 2]
    assert sections == [
        "Tagesordnung",
        "Was zu entscheiden ist",
        "Wie die Ziele stehen",
        "Was sich seit dem 10.\u00a0Februar 2026 geändert hat",
        "Offene Vereinbarungen (6)",
    ]
    told = " ".join(block.text for block in paper.blocks if isinstance(block, Sentence))
    assert "Redaktionsschluss" in told
    assert "Ohne Beschluss enden Wohnlotsen und Mietlotsen" in told
    agenda, goals, waiting = (block for block in paper.blocks if isinstance(block, Rows))
    assert sum(int(row[-1]) for row in agenda.rows) == 120
    assert goals.rows[0][1] == "nicht auf Kurs"
    assert waiting.rows[0][2].endswith("überfällig")
    assert "Gremium · Stand 3.\u00a0November 2026" in paper.footer


@pytest.mark.parametrize("language", ["de", "en"])
def test_both_forms_are_made_and_name_no_contact(
    demo: Store, meeting: MeetingView, seen: Picture, language: str
) -> None:
    pdf, docx = (invitation(demo, seen, meeting, kind, _NETWORK, language) for kind in ("pdf", "docx"))
    assert pdf.startswith(b"%PDF")
    assert b"/StructTreeRoot" in pdf
    assert invitation(demo, seen, meeting, "pdf", _NETWORK, language) == pdf
    document = Document(io.BytesIO(docx))
    text = "\n".join(p.text for p in document.paragraphs)
    text += "\n".join(c.text for t in document.tables for r in t.rows for c in r.cells)
    assert meeting.title in text
    assert {p.style.name for p in document.paragraphs if p.style} >= {"Heading 1", "Heading 2"}
    for contact in seen.facts.contacts:
        assert not contact.email or contact.email not in text
        assert not contact.name or contact.name not in text
    with zipfile.ZipFile(io.BytesIO(docx)) as parts:
        assert f'w:val="{language}' in parts.read("word/styles.xml").decode()


def test_a_meeting_without_anything_still_gets_its_letter(sqlite_store: Store, meeting: MeetingView) -> None:
    nothing = picture(sqlite_store, DEMO_DAY)
    bare = replace(meeting, plan=None, body=None, known_on=None, day=None, previous=None)
    paper = invitation_paper(sqlite_store, nothing, bare, _NETWORK, "de")
    assert [b.text for b in paper.blocks if isinstance(b, Heading)] == ["Tagesordnung", "Wie die Ziele stehen"]
    assert invitation(sqlite_store, nothing, bare, "pdf", _NETWORK, "de")


def test_a_working_groups_invitation_shows_its_own_goals_and_decisions_and_who_invites(
    demo: Store, meeting: MeetingView, seen: Picture
) -> None:
    with demo.reading() as connection:
        group = next(body for body in bodies(connection) if body.name == "AG Wohnen")
    own = {line.goal.key for field in goal_tree(seen) if field.title == "Wohnen" for line in field.goals}
    titles = {goal.short_title or goal.title for goal in seen.facts.goals if goal.key not in own}
    paper = invitation_paper(demo, seen, replace(meeting, body=group, body_name=group.name), _NETWORK, "de")
    told = _told(paper)
    assert told[0] == "An die Mitglieder: AG Wohnen"
    assert not [text for text in told if text.startswith("Als Gast")]
    beside = replace(meeting, guests={"partner-00001": "Sonnenblume", "partner-00002": "VHS"})
    assert "Als Gast eingeladen: Sonnenblume, VHS" in _told(invitation_paper(demo, seen, beside, _NETWORK, "de"))
    assert group.run_by is not None
    assert f"Es lädt ein: {seen.facts.partner_by_key[group.run_by].name}" in told
    goals = next(block for block in paper.blocks if isinstance(block, Rows) and block.columns[0] == "Ziel")
    assert 0 < len(goals.rows) <= len(own)
    assert not any(row[0].endswith(title) for row in goals.rows for title in titles)
    whole = _told(invitation_paper(demo, seen, meeting, _NETWORK, "de"))
    finding, whole_finding = (next(text for text in texts if "auf Kurs" in text) for texts in (told, whole))
    assert finding != whole_finding
    assert "Entscheidung" not in finding, "it may not decide, and nothing is asked of it"
    told = _told(invitation_paper(demo, seen, meeting, _NETWORK, "en"))
    assert told[0] == "To the members: Steuerungsgruppe"
    assert f"Invited by: Coordination office, {_NETWORK}" in told


def _told(paper: Paper) -> list[str]:
    return [f"{block.label} {block.text}".strip() for block in paper.blocks if isinstance(block, Sentence)]
