"""The same measure over several rounds: its key follows it through new words and numbers, or a person is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from etl.issues import Issue
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline import accept_delivery, preview_delivery
from tests.pipeline.workbooks import NOW, xlsx

START, END = dt.date(2026, 1, 1), dt.date(2027, 6, 30)
Rows = Sequence[Sequence[object]]


def deliver(
    store: Store, rows: Rows, months: int, headings: Sequence[str] = ("Nr.", "Maßnahme", "Status")
) -> list[Issue]:
    """A round ``months`` after the first."""
    now = NOW + dt.timedelta(days=30 * months)
    preview = preview_delivery(store, xlsx([headings, *rows]), f"runde{months}.xlsx", partner="VHS", now=now)
    accept_delivery(store, preview, now=now)
    told = [part for issue in preview.issues for part in issue.parts or (issue,)]
    return [i for i in told if i.code in ("match_proposed", "own_ids_changed", "record_retitled", "record_repeated")]


def titles(store: Store) -> dict[str, list[str]]:
    """Key -> the titles it had, oldest first."""
    with store.reading() as connection:
        known = state_on(connection).kind("measure")
    return {key: [str(s.body.values["title"]) for s in k.said if "title" in s.body.values] for key, k in known.items()}


def histories(store: Store) -> list[list[str]]:
    return sorted(titles(store).values())


def test_an_own_id_carries_a_measure_through_a_new_wording(store: Store) -> None:
    deliver(store, [("M-1", "Sprachcafé", "läuft"), ("M-2", "Wohnlotsen", "läuft")], 0)
    told = deliver(store, [("M-1", "Sprachcafé am Abend", "läuft"), ("M-2", "Lotsen für Wohnen", "läuft")], 3)
    assert histories(store) == [["Sprachcafé", "Sprachcafé am Abend"], ["Wohnlotsen", "Lotsen für Wohnen"]]
    assert [i.code for i in told] == ["record_retitled"]


def test_a_row_inserted_before_the_others_renumbers_them_and_each_keeps_its_history(store: Store) -> None:
    deliver(store, [("M-1", "Sprachcafé", "a"), ("M-2", "Wohnlotsen", "b"), ("M-3", "Lernpaten", "c")], 0)
    told = deliver(
        store,
        [
            ("M-1", "Elterntreff", "d"),
            ("M-2", "Sprachcafé", "a"),
            ("M-3", "Wohnlotsen", "b"),
            ("M-4", "Lernpaten", "c"),
        ],
        3,
    )
    assert histories(store) == [["Elterntreff"], *([t, t] for t in ("Lernpaten", "Sprachcafé", "Wohnlotsen"))]
    assert [(i.code, i.values["before"], i.values["now"]) for i in told] == [
        ("own_ids_changed", "M-1", "M-2"),
        ("own_ids_changed", "M-2", "M-3"),
        ("own_ids_changed", "M-3", "M-4"),
    ]


def test_ids_that_were_exchanged_are_no_new_wording(sqlite_store: Store) -> None:
    deliver(sqlite_store, [("M-1", "Sprachcafé", "a"), ("M-2", "Wohnlotsen", "b")], 0)
    deliver(sqlite_store, [("M-1", "Wohnlotsen", "b"), ("M-2", "Sprachcafé", "a")], 3)
    assert histories(sqlite_store) == [["Sprachcafé", "Sprachcafé"], ["Wohnlotsen", "Wohnlotsen"]]


def test_an_id_that_is_new_under_a_known_title_is_asked_about(store: Store) -> None:
    deliver(store, [("M-1", "Integrationskurs", "a"), ("M-2", "Wohnlotsen", "b")], 0)
    (told,) = deliver(store, [("M-9", "Integrationskurs", "a"), ("M-2", "Wohnlotsen", "b")], 3)
    assert histories(store) == [["Integrationskurs"], ["Integrationskurs"], ["Wohnlotsen", "Wohnlotsen"]]
    assert (told.code, told.proposal, told.values["evidence"]) == ("match_proposed", "Integrationskurs", ["title"])


def test_a_running_number_moves_with_the_rows_and_says_nothing_about_a_new_title(sqlite_store: Store) -> None:
    deliver(sqlite_store, [(1, "Sprachcafé", "a"), (2, "Wohnlotsen", "b")], 0)
    told = deliver(sqlite_store, [(1, "Bildungspaten", "c"), (2, "Sprachcafé", "a"), (3, "Wohnlotsen", "b")], 3)
    assert histories(sqlite_store) == [["Bildungspaten"], ["Sprachcafé", "Sprachcafé"], ["Wohnlotsen", "Wohnlotsen"]]
    assert told == []
    deliver(sqlite_store, [(1, "Bildungspaten an Schulen", "c"), (2, "Ganz anderes", "x")], 6)
    assert ["Bildungspaten", "Bildungspaten an Schulen"] in histories(sqlite_store)
    assert ["Ganz anderes"] in histories(sqlite_store)


WITHOUT_ID = ("Maßnahme", "Beginn", "Ende", "Ort", "Status")


def test_without_ids_a_new_wording_is_proposed_with_what_speaks_for_it(store: Store) -> None:
    deliver(store, [("Abendkurs B1 mit Kinderbetreuung", START, END, "Wessenfurt", "a")], 0, WITHOUT_ID)
    rows = [
        ("B1-Abendkurs für Mütter mit Kinderbetreuung", START, END, "Wessenfurt", "a"),
        ("Schwimmkurs für Frauen", START, END, "Wessenfurt", "a"),
    ]
    (told,) = deliver(store, rows, 3, WITHOUT_ID)
    assert (told.code, told.found, told.proposal) == ("match_proposed", rows[0][0], "Abendkurs B1 mit Kinderbetreuung")
    assert told.values["evidence"] == ["words", "start", "end", "location"]
    assert len(titles(store)) == 3


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Sprachkurs A1", "Sprachkurs A2"),
        ("Interkulturelle Woche 2025", "Interkulturelle Woche 2026"),
        ("Schwimmkurs für Frauen", "Fahrradkurs für Männer"),
    ],
)
def test_another_number_or_other_words_are_another_measure(sqlite_store: Store, before: str, after: str) -> None:
    deliver(sqlite_store, [(before, START, END, "Wessenfurt", "a")], 0, WITHOUT_ID)
    assert deliver(sqlite_store, [(after, START, END, "Wessenfurt", "a")], 3, WITHOUT_ID) == []
    assert len(titles(sqlite_store)) == 2


SECTIONED = ("Maßnahme", "Handlungsfeld", "Status")


def test_the_same_title_in_another_section_is_asked_about(store: Store) -> None:
    deliver(store, [("Sprechstunde", "Sprache", "a"), ("Wohnlotsen", "Wohnen", "b")], 0, SECTIONED)
    (told,) = deliver(store, [("Sprechstunde", "Wohnen", "a"), ("Lernpaten", "Sprache", "c")], 3, SECTIONED)
    assert (told.code, told.values["evidence"]) == ("match_proposed", ["title", "section"])
    assert len(titles(store)) == 4


def test_a_section_that_was_renamed_is_the_same_section(sqlite_store: Store) -> None:
    deliver(sqlite_store, [("Sprechstunde", "Sprache", "a"), ("Wohnlotsen", "Wohnen", "b")], 0, SECTIONED)
    renamed = [("Sprechstunde", "Spracherwerb und Bildung", "a"), ("Wohnlotsen", "Wohnen", "b")]
    assert deliver(sqlite_store, renamed, 3, SECTIONED) == []
    assert histories(sqlite_store) == [["Sprechstunde", "Sprechstunde"], ["Wohnlotsen", "Wohnlotsen"]]


def test_the_same_title_in_two_sections_is_two_measures_in_every_round(sqlite_store: Store) -> None:
    rows = [("Sprechstunde", "Sprache", "a"), ("Sprechstunde", "Wohnen", "b")]
    deliver(sqlite_store, rows, 0, SECTIONED)
    deliver(sqlite_store, rows[::-1], 3, SECTIONED)
    with sqlite_store.reading() as connection:
        known = state_on(connection).kind("measure").values()
    assert [{s.body.values["field_of_action"] for s in k.said} for k in known] == [{"Sprache"}, {"Wohnen"}]


def test_repeated_titles_and_ids_are_never_one_measure(store: Store) -> None:
    rows = [("M-1", "Sprachcafé", "läuft"), ("M-1", "Sprachcafé", "ruht"), ("M-2", "Sprachcafé", "läuft")]
    (told,) = deliver(store, rows, 0)
    assert told.code == "record_repeated"
    deliver(store, rows, 3)
    assert histories(store) == [["Sprachcafé", "Sprachcafé"]] * 3


def test_three_rounds_of_renumbering_and_rewording_lose_no_history(store: Store) -> None:
    deliver(store, [("M-1", "Sprachcafé", "a"), ("M-2", "Wohnlotsen", "b"), ("M-3", "Lernpaten", "c")], 0)
    deliver(store, [("M-1", "Wohnlotsen", "b"), ("M-2", "Lernpaten", "c")], 3)
    deliver(store, [("M-1", "Wohnlotsen im Quartier", "b"), ("M-2", "Lernpaten", "c"), ("M-3", "Elterntreff", "d")], 6)
    assert histories(store) == [
        ["Elterntreff"],
        ["Lernpaten", "Lernpaten", "Lernpaten"],
        ["Sprachcafé"],
        ["Wohnlotsen", "Wohnlotsen", "Wohnlotsen im Quartier"],
    ]
