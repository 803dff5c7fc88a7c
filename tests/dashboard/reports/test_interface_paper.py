"""The interface paper of the demo network: every story is there, and the files say it to those who may know."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from docx import Document
from pypdf import PdfReader

from dashboard.answers import interface_paper as answers
from dashboard.answers.contacts import Viewer
from dashboard.answers.picture import Picture, picture
from dashboard.reports.interface_paper import Wanted, interface_docx, interface_pdf, interface_xlsx
from etl.model.store import Store
from etl.pipeline.understanding import understand
from etl.vocabulary import load_vocabulary
from etl.wording import say
from tests.demo import DEMO_DAY, demo  # noqa: F401

OFFICE, MEMBER = Viewer("coordinator"), Viewer("member")


@pytest.fixture(scope="module")
def shown(demo: Store) -> Picture:  # noqa: F811
    return picture(demo, DEMO_DAY)


def texts(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def wanted(shown: Picture, viewer: Viewer = OFFICE, **more: Any) -> Wanted:
    return Wanted(shown, "Netz <Lindenmark>", viewer, "de", **more)


def test_the_demo_tells_every_story_of_an_interface_paper(shown: Picture) -> None:
    told = {flag.code for flag in answers.flags_for(shown, OFFICE)}
    assert told >= {
        "several_responsible", "none_responsible", "nobody", "no_receiver", "receiver_itself", "receiver_unknown",
        "ring", "unconfirmed", "confirmed_long_ago", "said_differently", "contact_vacant", "organisation_unknown",
        "step_unknown",
    }  # fmt: skip
    ways = {part.confirmed.how for part in answers.paper(shown).parts if part.confirmed}
    assert ways == {"listed", "delivered"}
    (found, *_) = answers.answer(shown, "Wer ist zuständig für die Wohnungssuche?", "de").found
    person = answers.reached(found.parts[0], shown, MEMBER)
    assert person.contact is not None
    assert (person.contact.name, person.contact.phone) == ("Emre Dalgic", "09999 000-156")
    assert person.deputy is not None
    assert [receiver.name for receiver in found.parts[0].receivers] == ["Wohnungsbaugesellschaft", "Diakonie"]


def test_files_name_contacts_only_where_they_are_wanted_and_shared(shown: Picture) -> None:
    office, member = (texts(interface_docx(wanted(shown, who, contacts=True))) for who in (OFFICE, MEMBER))
    assert "Hiltrud Beckenkamp" in member, "shared with the network"
    assert "Oksana Melnytschuk" in office
    assert "Tarik Öztemel" in office
    plain = texts(interface_docx(wanted(shown)))
    assert "Emre Dalgic" not in plain
    assert "Ausländerbehörde (zuständig)" in plain
    pdf = "".join(page.extract_text() for page in PdfReader(io.BytesIO(interface_pdf(wanted(shown)))).pages)
    assert "Netz <Lindenmark>" in pdf
    assert "09999" not in pdf
    assert interface_pdf(wanted(shown)) == interface_pdf(wanted(shown)), "the same paper gives the same bytes"


def test_the_workbook_comes_back_as_the_same_lines(shown: Picture) -> None:
    content = interface_xlsx(wanted(shown, contacts=True))
    found = understand(content, "zurueck.xlsx", load_vocabulary(), DEMO_DAY)
    assert found.issues == []
    parts = answers.paper(shown).parts
    assert [(d.values["organisation"], d.values["role"]) for d in found.drafts] == [(p.who.name, p.role) for p in parts]
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]


@pytest.mark.parametrize("basis", ["- § 16a SGB II", '=HYPERLINK("http://x.example")'])
def test_what_looks_like_a_formula_is_text_as_it_was(shown: Picture, basis: str) -> None:
    lines = tuple(replace(line, legal_basis=basis) for line in shown.facts.interfaces)
    content = interface_xlsx(wanted(replace(shown, facts=replace(shown.facts, interfaces=lines))))
    cells = [cell for line in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows() for cell in line]
    told = [cell for cell in cells if basis in str(cell.value)]
    assert told
    assert {cell.value for cell in told} == {basis}, "no apostrophe that comes back as a change"
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml"), "nothing is run"


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("Kindergeld", "„Kindergeld“ gehört zum Schritt „Lebensunterhalt“; ausdrücklich nennt es dort niemand."),
        ("Schulden", "„Schulden“ gehört zum Schritt „Lebensunterhalt“;"),
        ("die Krankenkasse", "„Krankenkasse“ gehört zum Schritt „Gesundheit“;"),
        ("Dolmetscher", "„Dolmetscher“ gehört zum Schritt „Sprache“;"),
        ("einen Arzt", "„Arzt“ gehört zum Schritt „Gesundheit“;"),
        ("Miete", "„Miete“ gehört zum Schritt „Wohnen“; dort nennt es: Diakonie. Für den Schritt zuständig: "),
        ("Fahrschule", "Dazu steht nichts"),
        ("B1-Kurs", "Zuständig für „Sprache“: BAMF."),
        ("den Integrationskurs", "Zuständig für „Sprache“: BAMF."),
        ("die Schule", "Zuständig für „Schule“: Schulamt."),
        ("die Wohnungssuche", "Für „Wohnen“ nennen sich mehrere zuständig:"),
        ("einen Kitaplatz", "Zuständig für „Kita und frühe Bildung“: Jugendamt."),
        ("die Aufenthaltserlaubnis", "Zuständig für „Aufenthalt“: Ausländerbehörde."),
        ("Arbeit", "Zuständig für „Arbeit“: Jobcenter."),
        ("Anerkennung", "Für „Anerkennung von Abschlüssen“ ist niemand zuständig."),
        ("Lebensunterhalt", "Zuständig für „Lebensunterhalt“: Sozialamt."),
    ],
)
def test_responsible_is_said_only_where_the_paper_says_it(shown: Picture, asked: str, begins: str) -> None:
    answer = answers.answer(shown, f"Wer ist zuständig für {asked}?", "de")
    assert " ".join(say("de", f.code, **f.values) for f in answer.finding.sentences).startswith(begins)


def test_beside_the_responsible_house_who_offers_it_comes_first(shown: Picture) -> None:
    (found, *_) = answers.answer(shown, "B1-Kurs", "de").found
    names = [part.who.name for part in found.parts]
    assert names[0] == "BAMF"
    assert names.index("VHS") < names.index("Jobcenter")
