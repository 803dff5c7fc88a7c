"""True and false friends: a mistyped or bent word is still understood, another word that looks like it never is."""

from __future__ import annotations

import pytest

from etl.stages.readings.words import read_codes
from tests.stages.readings.tables import VOCABULARY

_MEANT = {
    "Ehrenamtlche": "volunteers",
    "Patinen und Paten": "volunteers",
    "volunters": "volunteers",
    "Geflüchtette": "refugees",
    "Flüchtilnge": "refugees",
    "refugies": "refugees",
    "Refugeess": "refugees",
    "Menschen mit Fluchterfarung": "refugees",
    "Jugendlcihe": "children_youth",
    "Kinder und Jugendlche": "children_youth",
    "Auszubildene": "children_youth",
    "Seniorren": "seniors",
    "famlies": "families",
    "Familein": "families",
    "Vätern": "families",
    "Zugewnaderte": "people_with_migration_history",
    "Langzeitarbeitslose mit Zuwanderungsgeschichte": "people_with_migration_history",
    "Neuzugewandrte": "new_immigrants",
    "Arbeitgeberr": "employers",
    "Unternehmerinnen": "employers",
    "Fachkrafte": "professionals",
    "Lehrerinnen": "professionals",
    "Anwohnerinnen": "general_public",
}
_OTHERS = (
    *("Patientinnen und Patienten", "Patienten", "Patient*innen", "patients", "Employees", "all employees"),
    *("Arbeitnehmerinnen und Arbeitnehmer", "Beschäftigte", "Studierende", "students", "Mieter", "Vermieter"),
    *("Integration", "Stadt", "Arbeit", "Beratung", "Begleitung", "Personal", "Lehre", "Schule", "Berufsschule"),
    *("Abteilung", "Andere", "Arabisch", "Languages", "mentees", "Getriebe", "Rentiere", "Vertretene", "ausbildende"),
    "Langzeitarbeitslose ohne Zuwanderungsgeschichte",
)


@pytest.mark.parametrize(("text", "code"), _MEANT.items())
def test_a_slip_or_a_bent_word_is_understood_with_a_mark(text: str, code: str) -> None:
    reading = read_codes(text, "target_group", VOCABULARY)
    assert (reading.value, reading.mark, reading.problem) == ([code], "word_interpreted", None)


@pytest.mark.parametrize("text", _OTHERS)
def test_another_word_that_looks_like_a_known_one_is_left_to_a_person(text: str) -> None:
    reading = read_codes(text, "target_group", VOCABULARY)
    assert (reading.value, reading.problem) == (None, "word_unknown")
    assert reading.unread


@pytest.mark.parametrize("text", ["Patienten", "Employees", "Studenten", "Personal"])
def test_nothing_is_proposed_for_a_word_known_to_be_another(text: str) -> None:
    assert read_codes(text, "target_group", VOCABULARY).proposal is None
