from __future__ import annotations

import pytest

from etl.stages.readings.colours import light_of
from etl.stages.readings.contacts import read_contact
from etl.stages.readings.references import split_names
from etl.stages.readings.words import read_code, read_codes, status_with_dates
from tests.stages.readings.tables import DAY, VOCABULARY


@pytest.mark.parametrize(
    ("text", "code", "mark"),
    [
        ("in Umsetzung", "running", None),
        ("nicht begonnen", "planned", None),
        ("begonnen", "running", None),
        ("Das Projekt ist abgeschlossen.", "completed", "word_interpreted"),
        ("Verzögerung wegen Personalwechsel", "delayed", "word_interpreted"),
    ],
)
def test_a_status_is_the_longest_known_word_of_the_cell(text: str, code: str, mark: str | None) -> None:
    reading = read_code(text, "measure.status", VOCABULARY)
    assert (reading.value, reading.mark) == (code, mark)


@pytest.mark.parametrize(
    "text", ["nicht abgeschlossen", "ohne Verzögerung", "wird evtl. umgesetzt", "soll beendet werden", "Kurs 3"]
)
def test_a_word_that_is_unsaid_in_the_same_breath_is_not_taken(text: str) -> None:
    reading = read_code(text, "measure.status", VOCABULARY)
    assert (reading.value, reading.problem, reading.unread) == (None, "word_unknown", text)


def test_a_misspelt_word_is_taken_with_a_mark() -> None:
    reading = read_code("abgeschlosen", "measure.status", VOCABULARY)
    assert (reading.value, reading.mark) == ("completed", "word_interpreted")


def test_of_several_target_groups_the_known_ones_are_read_and_the_others_told() -> None:
    reading = read_codes("Frauen; Astronautinnen", "target_group", VOCABULARY)
    assert (reading.value, reading.problem, reading.unread) == (["women"], "word_unknown", "Astronautinnen")


def test_a_pair_that_is_one_word_of_the_vocabulary_stays_one() -> None:
    assert read_codes("Kinder und Jugendliche", "target_group", VOCABULARY).value == ["children_youth"]
    assert read_codes("Frauen und Familien", "target_group", VOCABULARY).value == ["women", "families"]


@pytest.mark.parametrize(
    ("text", "codes", "sure"),
    [
        ("new immigrants", ["new_immigrants"], True),
        ("neu Zugewanderte", ["new_immigrants"], True),
        ("EU citizens", ["people_with_migration_history"], True),
        ("geflüchtete Frauen", ["women", "refugees"], False),
        ("geflüchtete Jugendliche", ["children_youth", "refugees"], False),
    ],
)
def test_a_group_known_as_a_whole_is_not_widened_by_a_word_in_it(text: str, codes: list[str], sure: bool) -> None:
    reading = read_codes(text, "target_group", VOCABULARY)
    assert (reading.value, reading.mark is None) == (codes, sure)


def test_laufend_is_permanent_unless_the_row_has_an_end() -> None:
    assert status_with_dates("laufend", "permanent", True, DAY, VOCABULARY) == ("running", True)
    assert status_with_dates("Laufend", "permanent", False, DAY, VOCABULARY) == ("permanent", True)


def test_a_completion_still_to_come_is_running() -> None:
    assert status_with_dates("abgeschlossen zum 31.12.2026", "completed", False, DAY, VOCABULARY) == ("running", True)
    assert status_with_dates("abgeschlossen zum 31.12.2025", "completed", False, DAY, VOCABULARY) == (
        "completed",
        False,
    )


@pytest.mark.parametrize(
    ("text", "of", "names"),
    [
        ("VHS, Caritas, DRK", "partner", ["VHS", "Caritas", "DRK"]),
        ("Volkshochschule Lindenmark e.V.", "partner", ["Volkshochschule Lindenmark e.V."]),
        (
            "Amt für Soziales, Senioren und Integration, VHS",
            "partner",
            ["Amt für Soziales, Senioren und Integration", "VHS"],
        ),
        ("Bildung und Beruf gGmbH", "partner", ["Bildung und Beruf gGmbH"]),
        ("Bildung, Beruf", "goal", ["Bildung, Beruf"]),
        ("Jugend-/Sozialamt", "partner", ["Jugend-/Sozialamt"]),
        ("VHS/AWO", "partner", ["VHS", "AWO"]),
        ("VHS und Caritas", "partner", ["VHS", "Caritas"]),
        ("S2, B1", "goal", ["S2", "B1"]),
        ("1.1 und 1.2", "goal", ["1.1", "1.2"]),
        ("Mehr Sprache, mehr Teilhabe", "goal", ["Mehr Sprache, mehr Teilhabe"]),
        ("Sprachcafé; Lesepaten\nElterntreff", "measure", ["Sprachcafé", "Lesepaten", "Elterntreff"]),
        ("Land + Kommune", "funding", ["Land", "Kommune"]),
        ("- VHS\n- Caritas", "partner", ["VHS", "Caritas"]),
    ],
)
def test_names_are_taken_apart_only_where_they_are_several(text: str, of: str, names: list[str]) -> None:
    assert split_names(text, of, VOCABULARY.raw_words["organisation.type"]) == names


def test_a_name_with_particles_keeps_them_at_its_last_name() -> None:
    fields = read_contact("Herr Dr. Max von der Heide (Leitung), 0171 2345678, heide@example.org").fields
    assert fields["last_name"] == "von der Heide"
    assert (fields["function"], fields["phone"], fields["email"]) == ("Leitung", "0171 2345678", "heide@example.org")


def test_an_office_is_no_person() -> None:
    assert "contact_name" not in read_contact("Amt für Soziales").fields


@pytest.mark.parametrize(
    ("colour", "light"),
    [
        ("92D050", "green"),
        ("ffc000", "yellow"),
        ("FF0000", "red"),
        ("E03020", "red"),
        ("11CC33", "green"),
        ("E2EFDA", None),
        ("4472C4", None),
        ("D9D9D9", "grey"),
    ],
)
def test_only_a_clear_colour_is_a_light(colour: str, light: str | None) -> None:
    assert light_of(colour, VOCABULARY) == light
