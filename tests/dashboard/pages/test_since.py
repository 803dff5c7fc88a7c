"""„Seit dem letzten Mal“ as a signed-in person gets it, with the whole demo network."""

from __future__ import annotations

from etl.model.store import Store
from tests.dashboard.pages.test_ueberblick_und_ziele import demo, network, page, read

__all__ = ["demo", "network"]

_SEVENTH = {"sitzung": "meeting-00012"}


def test_the_meeting_opens_with_what_changed_since_the_body_last_met(network: Store) -> None:
    at = page(network, "sitzung", **_SEVENTH)
    shown = read(at)
    assert "Seit dem letzten Mal: 10. Februar 2026 bis 3. November 2026 · bekannt bis 3. November 2026" in shown
    assert "Zwei Ziele sind schlechter bewertet. Zwei Ziele sind nicht mehr bewertbar." in shown
    for line in (
        "neuer Wert: 51,2 % (vorläufig), Soll",
        "zu alt: letzter Wert älter als 18 Monate",
        "Frist verstrichen: Ende 30.06.2026",
        "überfällig",
        "eingehalten",
        "bewilligt",
        "Korrektur · Wert · 247 statt 274",
        "Zwei Partner haben seit dem 10. Februar 2026 nicht berichtet",
    ):
        assert line in shown, line
    assert [str(at.date_input(key=f"since-{name}").value) for name in ("seit", "bis")] == ["2026-02-10", "2026-11-03"]


def test_what_we_have_learnt_since_is_told_apart_from_what_has_changed(network: Store) -> None:
    learnt = read(page(network, "sitzung", **_SEVENTH, uhr="erfahren"))
    assert "Was wir über den 10. Februar 2026 seither erfahren haben" in learnt
    assert "Korrektur: 247 Personen statt 274 Personen" in learnt
    assert "neuer Wert" not in learnt
    changed = read(page(network, "sitzung", **_SEVENTH, uhr="geschehen"))
    assert "neuer Wert: 51,2 %" in changed
    assert "Korrektur" not in changed


def test_a_link_opens_any_two_days_one_field_and_one_group(network: Store) -> None:
    query = {"seit": "2025-05-13", "bis": "2026-02-10", "feld": "field_of_action-00004", "gruppe": "ziele"}
    at = page(network, "sitzung", **_SEVENTH, **query)
    shown = read(at)
    assert "13. Mai 2025 bis 10. Februar 2026 · bekannt bis 10. Februar 2026" in shown
    assert "Auszug aus Unterkunft" in shown
    assert "Zusagen und Beschlüsse" not in shown
    assert at.selectbox(key="since-field").value == "field_of_action-00004"
    turned = page(network, "sitzung", **_SEVENTH, seit="2026-02-10", bis="2025-05-13")
    assert "13. Mai 2025 bis 10. Februar 2026" in read(turned), "the earlier day comes first"


def test_nonsense_in_the_address_is_the_usual_view(network: Store) -> None:
    query = {"seit": "gestern", "bis": "31.13.", "uhr": "sonne", "feld": "x", "gruppe": "y"}
    shown = read(page(network, "sitzung", **_SEVENTH, **query))
    assert "10. Februar 2026 bis 3. November 2026" in shown
    assert "Maßnahmen anders bewertet" in shown


def test_a_working_group_is_told_what_is_its_own(network: Store) -> None:
    shown = read(page(network, "sitzung", sitzung="meeting-00008"))
    assert "8. Juli 2025 bis 14. April 2026" in shown
    assert "Auszug aus Unterkunft" in shown
    assert "Kurs mit B1 abschließen" not in shown
    assert "Liste der Ansprechpersonen für Wohnungsfragen" not in shown, "the steering group's"


def test_in_english_too_and_without_names_of_silent_partners(network: Store) -> None:
    shown = read(page(network, "sitzung", "member", "en", **_SEVENTH))
    assert "Two goals are rated worse." in shown
    assert "Two partners have not reported since 10 February 2026" in shown


def test_a_body_that_meets_for_the_first_time_is_told_so(network: Store) -> None:
    shown = read(page(network, "sitzung", sitzung="meeting-00011"))
    assert "Die erste Sitzung, verglichen: 8. März 2026 bis 8. September 2026" in shown
