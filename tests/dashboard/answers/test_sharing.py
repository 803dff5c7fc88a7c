"""A measure or goal to pass on: everybody alike, nobody by name, no small number; PDF and picture of it."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from PIL import Image

from dashboard.answers.picture import picture
from dashboard.answers.shared_words import file_stem, shared_words
from dashboard.answers.sharing import SharedPage, shared_page
from dashboard.reports.share_paper import share_file
from etl.model.store import Store
from tests.dashboard.networks import DAY, deliver, workbook

HEADINGS = ("Maßnahme", "Status", "Beschreibung", "Federführung", "Beteiligte", "Teilnehmende erreicht")
SAID = "Frau Petersdorff (petersdorff@example.org, 09999 000-311) begleitet drei Frauen."


def shared(store: Store, description: str, reached: int) -> SharedPage:
    people = workbook(
        "Netzwerkpartner",
        ("Organisation", "Ansprechpartner", "Telefon", "E-Mail"),
        ("Zunfthaus", "Ilka Petersdorff", "09999 000-311", "petersdorff@example.org"),
        ("Ärztekammer", "Bert Ohm", "", "ohm@example.org"),
    )
    deliver(store, "Partner.xlsx", people, "Zunfthaus", dt.date(2026, 10, 1))
    row = ("Mietlotsen", "läuft", description, "Zunfthaus", "Ärztekammer, Diakonie", reached)
    deliver(store, "M.xlsx", workbook("Maßnahmen", HEADINGS, row), "Diakonie", dt.date(2026, 10, 12))
    page = shared_page(store, picture(store, DAY), "measure", "measure-00001")
    assert page is not None
    return page


def told(page: SharedPage, language: str = "de") -> str:
    words = shared_words(page, "Netz", DAY, language)
    return "\n".join([words.finding, *(f"{line.label} {line.text} {' '.join(line.items)}" for line in words.lines)])


def test_all_involved_stand_alike_without_persons_and_small_numbers(sqlite_store: Store) -> None:
    page = shared(sqlite_store, SAID, 3)
    assert page.involved == ("Ärztekammer", "Diakonie", "Zunfthaus"), "alphabetical, whoever leads"
    text = told(page)
    assert "Petersdorff" not in text
    assert "example.org" not in text
    assert "000-311" not in text
    assert "weniger als fünf Frauen" in text
    assert "Erreicht: weniger als fünf" in text
    assert "fewer than five" in told(page, "en")


def test_what_is_harmless_is_told_as_it_is(sqlite_store: Store) -> None:
    text = told(shared(sqlite_store, "Begleitet beim Umzug.", 38))
    assert "Begleitet beim Umzug." in text
    assert "Erreicht: 38 Menschen" in text
    assert "weniger als" not in text


@pytest.mark.parametrize(
    ("cell", "said", "never"),
    [
        ("Frauen", "Für wen: Frauen", "Familien"),
        ("Zugewanderte mit B1", "Für wen: Zugewanderte mit B1", "Migrationsgeschichte"),
        ("Employees", "Für wen: Employees", "Arbeitgeber"),
        ("je nach Kurs 3 Frauen", "Für wen: je nach Kurs weniger als fünf Frauen", "3"),
    ],
)
def test_for_whom_is_told_in_the_words_of_the_list_where_we_only_interpret_it(
    sqlite_store: Store, cell: str, said: str, never: str
) -> None:
    rows = (("Maßnahme", "Status", "Zielgruppe", "Federführung"), ("Mietlotsen", "läuft", cell, "Diakonie"))
    deliver(sqlite_store, "M.xlsx", workbook("Maßnahmen", *rows), "Diakonie", dt.date(2026, 10, 12))
    page = shared_page(sqlite_store, picture(sqlite_store, DAY), "measure", "measure-00001")
    assert page is not None
    assert said in told(page)
    assert never not in told(page)


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Mietlotsen", "Mietlotsen"),
        ("Sprachmittlung auf Station (Telefon und Video)", "Sprachmittlung-auf-Station-Telefon-und-Video"),
        ("../A:B\\C* „Größe“?", "A-B-C-Größe"),
        ("Wort " * 20, "-".join(["Wort"] * 12)),
        ("x" * 90, "x" * 60),
        ("– ?", "measure-00001"),
    ],
)
def test_the_file_is_called_by_the_title(title: str, stem: str) -> None:
    assert file_stem(SharedPage("measure", "measure-00001", title, "", ())) == stem


def test_nobody_stays_whom_a_house_named_without_entering_them(sqlite_store: Store) -> None:
    headings = ("Maßnahme", "Status", "Zielgruppe", "Ort", "Beschreibung", "Federführung", "Beteiligte")
    description = (
        "Anmeldung bei Frau Neumann, 0171 1234567, neumann(at)web.de. Fahrräder werden gestellt. "
        "Sonst +49 (0) 171 7654321 oder 02821 85-123! Spenden an DE89 3704 0044 0532 0130 00. "
        "Treff: Gartenstr. 7. Ilka PETERSDORFF hilft. PETERSDORFF auch. "
        "Ab 01.09.2026, 09.00–12.00 Uhr, z. B. Radfahren."
    )
    row = ("Fahrradkurs (Frau Neumann, 0171 1234567)", "läuft", "Frauen, Kinder von Frau Neumann",
           "bei Frau Neumann, Hauptstr. 5, Tel. 0171 1234567", description,
           "Zunfthaus", "Diakonie; Herr Weber")  # fmt: skip
    other = ("Radtour", "läuft", "Frauen", "Bürgerhaus mit 3 TN, Hauptstr. 5", "Für alle.", "Zunfthaus", "Diakonie")
    shared(sqlite_store, SAID, 3)
    deliver(sqlite_store, "N.xlsx", workbook("Maßnahmen", headings, row, other), "Zunfthaus", dt.date(2026, 10, 20))
    seen = picture(sqlite_store, DAY)
    by_title = {measure.title: measure.key for measure in seen.facts.measures}
    course = shared_page(sqlite_store, seen, "measure", by_title[row[0]])
    tour = shared_page(sqlite_store, seen, "measure", by_title["Radtour"])
    assert course is not None
    assert tour is not None
    assert shared_words(course, "Netz", DAY, "de").title == "Fahrradkurs"
    text = told(course)
    for name in ("Neumann", "0171", "171", "02821", "web.de", "DE89", "Gartenstr", "Hauptstr", "PETERSDORFF", "Weber"):
        assert name not in text, name
    assert "Fahrräder werden gestellt. " in text
    assert "Ab 01.09.2026, 09.00–12.00 Uhr, z. B. Radfahren." in text
    assert "Bürgerhaus mit weniger als fünf TN, Hauptstr. 5" in told(tour), "where an offer takes place may be told"


def test_the_demo_s_measures_and_goals_become_one_page_each(demo: Store) -> None:
    seen = picture(demo, DAY)
    measure = shared_page(demo, seen, "measure", next(m.key for m in seen.facts.measures if m.title == "Mietlotsen"))
    goal = shared_page(demo, seen, "goal", next(g.key for g in seen.facts.goals if g.id == "S2"))
    assert measure is not None
    assert goal is not None
    assert list(goal.involved) == sorted(goal.involved, key=str.casefold)
    assert any("65" in line.text for line in shared_words(goal, "Netz", DAY, "de").lines)
    assert any(shared_page(demo, seen, "measure", m.key).few for m in seen.facts.measures)  # type: ignore[union-attr]
    assert share_file(measure, "pdf", "Netz", DAY, "de").startswith(b"%PDF")
    with Image.open(io.BytesIO(share_file(goal, "png", "Netz", DAY, "de"))) as image:
        assert image.format == "PNG"
        assert image.width > 1000


@pytest.mark.parametrize(("kind", "key"), [("measure", "measure-09999"), ("goal", "goal-09999"), ("unsinn", "x")])
def test_what_is_not_there_has_no_page(demo: Store, kind: str, key: str) -> None:
    assert shared_page(demo, picture(demo, DAY), kind, key) is None
