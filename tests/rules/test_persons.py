"""A person's name is found as people write it, and nothing else is."""

from __future__ import annotations

import pytest

from etl.rules.persons import Person, Persons, without_addresses

ERIKA = Person("Dr. Erika Muster-Weiß", ("e.muster@vhs.de",), ("05121 / 33-44 55",))
KNOWN = Persons([ERIKA, Person("Kreishaus Lindenmark"), Person("Jonas"), Person("")], ["Kreishaus Lindenmark"])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Erika Muster-Weiß ruft an.", "N. N. ruft an."),
        ("Dr. Erika  MUSTER-WEISS".replace("SS", "ß"), "N. N."),
        ("ERIKA MUSTER-WEISS", "N. N."),
        ("Muster-Weiß, Erika; Tel. 05121 334455", "N. N.; Tel. N. N."),
        ("fragt Frau Dr. Muster-Weiß.", "fragt N. N."),
        ("E. Muster-Weiß (+49 5121 33 44 55)", "N. N. (N. N.)"),
        ("0049 (0)5121/334455", "N. N."),
        ("an E.Muster@VHS.de, bitte", "an N. N., bitte"),
        ("Herr Jonas kommt", "N. N. kommt"),
    ],
)
def test_whoever_is_known_is_taken_out(text: str, left: str) -> None:
    assert KNOWN.named_in(text)
    assert KNOWN.taken_out(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Weiß man nicht", "Erika Muster-Weißling", "im Kreishaus Lindenmark", "Jonas-Schule", "Kurs 105121334455", "",
        "Stand 2026-05-12, 133 von 44 55 Plätzen", "Erikastraße",
    ],
)  # fmt: skip
def test_nothing_else_is(text: str) -> None:
    assert KNOWN.taken_out(text) == text


def test_no_address_stays_whoever_it_belongs_to() -> None:
    assert without_addresses("Fragen an info@kreis.example.de.") == "Fragen an N. N."
    assert Persons([]).taken_out("Frau Muster") == "Frau Muster"
