"""Interface papers are told from all other lists, and no other list is taken for one."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.stages.read_values import read_values
from etl.stages.shapes import CellValue, Draft
from tests.stages.sheets import VOCABULARY, only_table, sheet

DAY = dt.date(2026, 11, 10)


def drafts(*rows: list[CellValue], name: str = "Tabelle1") -> list[Draft]:
    of = sheet(*rows, name=name)
    return read_values(only_table(of), of, VOCABULARY, DAY)[0]


@pytest.mark.parametrize(
    "head",
    [
        ["Schritt", "Stelle", "Rolle", "Übergabe an"],
        ["Thema / Prozessschritt", "Zuständige Stelle", "Rechtsgrundlage", "Weiter an"],
        ["Process step", "Organisation", "Role", "Hand-over to"],
    ],
)
def test_steps_with_who_and_a_hand_over_are_an_interface_paper(head: list[CellValue]) -> None:
    rows: list[list[CellValue]] = [
        ["Sprache", "VHS", "zuständig", "Jobcenter"],
        ["Wohnen", "Sozialamt", "zuständig", "Diakonie"],
    ]
    found = drafts(head, *rows)
    assert [draft.kind for draft in found] == ["interface", "interface"]
    assert [draft.values["step"] for draft in found] == ["Sprache", "Wohnen"]
    assert found[0].references["handover_to"] == ["Jobcenter"]


def test_columns_of_roles_and_steps_that_stand_once_are_read() -> None:
    head: list[CellValue] = [
        "Schritt",
        "Zuständig",
        "Beteiligt",
        "Informiert",
        "Ansprechperson",
        "Telefon",
        "Vertretung",
    ]
    rows: list[list[CellValue]] = [
        ["Sprache", "BAMF", "VHS, AWO", "Jobcenter", "Roswitha Immenkamp", "09999 000-401", "N.N."],
        [None, "Jobcenter", None, None, "Gesa Wittstruck", "09999 000-330", None],
        ["Wohnen", "Sozialamt", "Diakonie", None, "Emre Dalgic", "09999 000-156", None],
        [None, "Caritas", None, None, "Ilka Petersdorff", "09999 000-311", None],
    ]
    first, second, *_ = drafts(["Schnittstellenpapier"], [None], head, *rows, name="Schnittstellen")
    assert (first.values["responsible"], first.values["involved"]) == ("BAMF", ["VHS", "AWO"])
    assert first.values["contact"] == "Roswitha Immenkamp, 09999 000-401"
    assert first.qualifier["deputy"] == {"vacant": True}
    assert second.values["step"] == "Sprache", "a step that stands once holds for the rows below it"


@pytest.mark.parametrize(
    ("kind", "head", "row"),
    [
        ("agreement", ["Vereinbarung", "Zuständig", "Beteiligt", "Bis wann"], ["Räume", "VHS", "AWO", "03.2027"]),
        ("partner", ["Organisation", "Rolle", "Ansprechpartner", "Telefon"], ["VHS", "Leitung", "M. L.", "09999 1"]),
        ("measure", ["Maßnahme", "Zuständige Stelle", "Nächster Schritt", "Status"], ["Kurs", "VHS", "Raum", "läuft"]),
        ("cooperation", ["Kooperation", "Partner A", "Partner B", "Rolle"], ["Lotsen", "VHS", "AWO", "Räume"]),
    ],
)  # fmt: skip
def test_other_lists_stay_what_they_are(kind: str, head: list[CellValue], row: list[CellValue]) -> None:
    assert {draft.kind for draft in drafts(head, row, row)} <= {kind, "contact"}
