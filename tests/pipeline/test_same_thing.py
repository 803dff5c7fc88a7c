"""The same measure reported by two partners is told with what speaks for it; common titles alone say nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from etl.issues import Issue
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline import Preview, accept_delivery, preview_delivery
from etl.pipeline.same_thing import tell_same_elsewhere
from tests.pipeline.workbooks import NOW, xlsx

HEADINGS = ("Maßnahme", "Träger", "Kooperationspartner", "Beginn", "Ende", "Ort")
START, END = dt.date(2026, 1, 1), dt.date(2027, 6, 30)


def look(store: Store, partner: str, *rows: Sequence[object]) -> Preview:
    return preview_delivery(store, xlsx([HEADINGS, *rows]), "liste.xlsx", partner=partner, now=NOW)


def deliver(store: Store, partner: str, *rows: Sequence[object]) -> None:
    accept_delivery(store, look(store, partner, *rows), now=NOW)


def told(store: Store, partner: str, *rows: Sequence[object]) -> list[Issue]:
    preview = look(store, partner, *rows)
    tell_same_elsewhere(store, preview)
    return [issue for issue in preview.issues if issue.code == "same_elsewhere"]


def test_a_measure_both_partners_report_is_told_and_stays_two(store: Store) -> None:
    deliver(store, "VHS", ("Sprachcafé am Markt", "VHS", "Caritas", START, END, "Lindenmark"))
    row = ("Sprachcafé am Markt", "VHS", None, START, END, "Lindenmark")
    (issue,) = told(store, "Caritas", row)
    assert (issue.cells, issue.found, issue.values["partner"]) == (("A2",), "Sprachcafé am Markt", "VHS")
    assert issue.values["evidence"] == ["title", "start", "end", "location", "named"]
    deliver(store, "Caritas", row)
    with store.reading() as connection:
        assert len(state_on(connection).kind("measure")) == 2


def test_another_wording_is_told_where_one_names_the_other(sqlite_store: Store) -> None:
    deliver(sqlite_store, "VHS", ("Abendkurs B1 mit Kinderbetreuung", "VHS", None, START, END, None))
    (issue,) = told(sqlite_store, "Caritas", ("B1 Abendkurs mit Kinderbetreuung", "VHS", None, START, END, None))
    assert issue.values["evidence"] == ["words", "start", "end", "named"]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (("Sprachkurs", "VHS", None, START, None, None), ("Sprachkurs", "Caritas", None, START, None, None)),
        (("Sprachkurs A1", "VHS", None, START, END, "X"), ("Sprachkurs A2", "VHS", None, START, END, "X")),
        (("Sprachcafé", "VHS", None, START, END, "Nord"), ("Sprachcafé", "VHS", None, START, END, "Süd")),
        (("Wohnlotsen", "VHS", None, START, END, None), ("Lernpaten", "VHS", None, START, END, None)),
    ],
    ids=["a common title", "another number", "another place", "other words"],
)
def test_what_is_only_alike_is_not_told(sqlite_store: Store, ours: Sequence[object], theirs: Sequence[object]) -> None:
    deliver(sqlite_store, "VHS", ours)
    assert told(sqlite_store, "Caritas", theirs) == []


def test_a_partners_own_measures_are_never_told_as_anothers(sqlite_store: Store) -> None:
    row = ("Sprachcafé am Markt", "VHS", None, START, END, "Lindenmark")
    deliver(sqlite_store, "VHS", row)
    assert told(sqlite_store, "VHS", row) == []
