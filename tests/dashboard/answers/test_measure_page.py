import datetime as dt

from dashboard.answers.contact_list import contact_list
from dashboard.answers.contacts import Viewer
from dashboard.answers.measure_page import MeasurePage, measure_page
from dashboard.answers.picture import picture
from dashboard.answers.selection import Selection
from etl.model.store import Store
from tests.dashboard.networks import HEADINGS, a_network, deliver, workbook

OFFICE = Viewer("coordinator")
DAY = dt.date(2026, 11, 10)


def page_of(store: Store, viewer: Viewer = OFFICE) -> MeasurePage:
    seen = picture(store, DAY)
    (measure,) = seen.facts.measures
    page = measure_page(seen, measure.key, viewer)
    assert page is not None
    return page


def test_everything_said_about_a_measure_stands_on_its_page(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    values = {value.name: value.value for group in page_of(sqlite_store).groups for value in group.values}
    assert values["status"] == "running"
    assert values["participants_actual"] == 12
    assert values["end"] == "2027-08-31"


def test_the_history_tells_who_said_what_when_the_latest_first(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    latest, first = page_of(sqlite_store).history
    assert (first.first, first.file, first.day) == (True, "Fruehjahr.xlsx", dt.date(2026, 4, 10))
    assert {change.name: (change.before, change.after) for change in latest.changes} == {
        "status": ("planned", "running"),
        "participants_actual": (None, 12),
    }
    assert not any(change.correction for change in latest.changes)


def test_a_second_statement_about_the_same_day_is_a_correction(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    corrected = ("Mietlotsen", "läuft", dt.date(2026, 9, 1), dt.date(2027, 8, 31), 40, 15, "Frau K. fragen")
    content = workbook("Maßnahmen", HEADINGS, corrected)
    deliver(sqlite_store, "Herbst_korrigiert.xlsx", content, "Diakonie", dt.date(2026, 10, 12))
    (change,) = page_of(sqlite_store).history[0].changes
    assert (change.name, change.before, change.after, change.correction) == ("participants_actual", 12, 15, True)


def test_kept_columns_are_shown_to_the_office_and_nobody_else(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    assert page_of(sqlite_store).kept == (("Interne Notiz", "Frau K. fragen"),)
    assert page_of(sqlite_store, Viewer("member")).kept == ()
    assert page_of(sqlite_store, Viewer("partner", "partner-99999")).kept == ()


def test_the_funding_that_carries_a_measure_stands_on_its_page(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    assert [row.name for row in page_of(sqlite_store).fundings] == ["Landesprogramm Wohnen"]


def test_a_key_nobody_gave_has_no_page(sqlite_store: Store) -> None:
    assert measure_page(picture(sqlite_store, DAY), "measure-00099", OFFICE) is None


def test_the_measures_before_and_after_are_those_of_the_search(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    rows = [(title, "läuft", None, None, 10, 5, None) for title in ("Chor", "Lotsen Schule", "Nähkurs")]
    deliver(sqlite_store, "Liste.xlsx", workbook("Maßnahmen", HEADINGS, *rows), "VHS", dt.date(2026, 10, 12))
    seen = picture(sqlite_store, DAY)
    keys = {m.title: m.key for m in seen.facts.measures}
    found = measure_page(seen, keys["Mietlotsen"], OFFICE, Selection(search="lotsen"))
    assert found is not None
    assert (found.place, found.total, found.previous, found.following) == (2, 2, keys["Lotsen Schule"], None)
    elsewhere = measure_page(seen, keys["Mietlotsen"], OFFICE, Selection(search="chor"))
    assert elsewhere is not None
    assert (elsewhere.place, elsewhere.total, elsewhere.following) == (3, 4, keys["Nähkurs"])


def test_a_person_two_lists_name_is_one_contact(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    headings = ("Organisation", "Ansprechpartner", "Funktion", "E-Mail")
    short = workbook("Kontakte", headings, ("Diakonie", "Uta Grevenstein", None, "uta@example.org"))
    full = workbook("Kontakte", headings, ("Diakonie", "Uta Grevenstein", "Leitung", "uta@example.org"))
    deliver(sqlite_store, "Kontakte.xlsx", short, "Büro", dt.date(2026, 10, 20))
    deliver(sqlite_store, "Wir.xlsx", full, "Diakonie", dt.date(2026, 10, 21))
    seen = picture(sqlite_store, DAY)
    assert [c.name for c in seen.facts.contacts] == ["Uta Grevenstein"] * 2
    assert [(c.name, c.function) for c in page_of(sqlite_store).contacts] == [("Uta Grevenstein", "Leitung")]
    assert [row.function for row in contact_list(seen, OFFICE).rows] == ["Leitung"]
