"""What leaves the group names nobody and says nobody's number, in whatever spelling."""

from __future__ import annotations

import pytest

from etl.rules.reachable import name_outside, sentences_outside


@pytest.mark.parametrize(
    "said",
    [
        "Ruf 0171 1234567 an.", "+49 (0) 171 1234567", "Tel. 02821 85-123", "0 28 21 / 85 12 3", "0049 2821 85123",
        "erreichbar unter 85-123", "neumann(at)web.de", "neumann [at] web [punkt] de", "neumann at web dot de",
        "an n.neumann@web.de", "Frau Neumann hilft.", "FRAU NEUMANN hilft.", "bei frau neumann", "Herrn Dr. Weber",
        "Dr. Weber berät.", "Kontakt: Maria Neumann", "Fragen an M. Neumann", "Mr Smith helps", "IBAN auf Anfrage",
        "DE89 3704 0044 0532 0130 00", "In der Hauptstr. 5 dienstags", "Am Markt 4, 47533 Kleve", "wa.me/49171",
    ],
)  # fmt: skip
def test_a_sentence_that_leads_to_somebody_is_left_out(said: str) -> None:
    assert sentences_outside(f"Kurs für Frauen.\n{said}\nDanach Kaffee.") == "Kurs für Frauen.\nDanach Kaffee."


@pytest.mark.parametrize(
    "said",
    [
        "Ab 01.09.2026 bis 30.09.2026, 09.00–12.00 Uhr, 03.2026 und 01/2026 - 02/2026.", "Stand 2026-05-12.",
        "Für jede Frau ein Platz, Familie und Beruf.", "24 Plätze, 12.500 €, § 16 Abs. 2 SGB II.",
        "FRAUEN stärken, z. B. Sprachkurse, u. a. Kinder, Träger e. V. Kleve.", "Gruppe 3 in Raum 012.",
        "Von 0 bis 12 Monaten 20 Plätze; 133 von 200.", "N. N. hilft.",
    ],
)  # fmt: skip
def test_everything_else_is_told(said: str) -> None:
    assert sentences_outside(said) == said
    assert name_outside(said) == said


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Sprachkurs (Frau Neumann, 0171 1234567)", "Sprachkurs"),
        ("Deutsch – Tel. 02821 85-123", "Deutsch"),
        ("Frau Neumann", ""),
        ("Bürgerhaus, Hauptstr. 5", "Bürgerhaus, Hauptstr. 5"),
        ("bei Frau Neumann, Hauptstr. 5", ""),
    ],
)
def test_a_name_or_place_loses_the_part(said: str, told: str) -> None:
    assert name_outside(said) == told
