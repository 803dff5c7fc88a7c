"""What partners write about the state of a measure in their own words, each with what a person would read.

``status_texts.csv``: half of the texts (``heldout``) were written before the reading of sentences was, and never
looked at while it was made. ``ask`` is what a person would not decide either.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from etl.stages.readings.words import exact_code, read_code
from tests.stages.readings.tables import DAY, VOCABULARY, read

_TEXTS = list(
    csv.DictReader(Path(__file__).with_name("status_texts.csv").read_text("utf-8").splitlines(), delimiter=";")
)
#: Left to a person although a person would know, and taken for something else.
_ASKED, _WRONG = 5, 1


def status_of(text: str) -> tuple[object, bool]:
    draft = read("measure", ["title", "status"], ("Sprachcafé", text)).only("measure")
    return draft.values.get("status", "ask"), "status" in draft.marks


@pytest.mark.parametrize(("text", "code"), [(row["text"], row["code"]) for row in _TEXTS if row["half"] == "open"])
def test_a_status_in_a_sentence_is_read_or_asked(text: str, code: str) -> None:
    assert status_of(text)[0] in (code, "ask")


def test_of_the_sentences_nobody_looked_at_hardly_one_is_misread() -> None:
    rows = [(row["text"], row["code"], *status_of(row["text"])) for row in _TEXTS if row["half"] == "heldout"]
    assert len(rows) >= 90
    assert sum(code != read and read == "ask" for _, code, read, _ in rows) <= _ASKED
    assert sum(read not in (code, "ask") for _, code, read, _ in rows) <= _WRONG


def test_what_a_sentence_says_is_always_marked() -> None:
    for row in _TEXTS:
        code, marked = status_of(row["text"])
        assert marked or code == "ask" or code == exact_code(row["text"], "measure.status", VOCABULARY), row["text"]


@pytest.mark.parametrize(
    "text",
    [
        "Anmeldung läuft",
        "Mietvertrag läuft aus",
        "Sozialarbeiterin wurde eingestellt",
        "Flyer fertig, Homepage noch nicht",
        "Kurs 1 abgeschlossen, Kurs 2 läuft",
        "zu 80 % umgesetzt",
        "3 von 5 Modulen durchgeführt",
        "Verzögerung aufgeholt",
        "soll eingestellt werden",
        "wurde nie abgebrochen",
        "läuft bis 30.06.2026",
        "war geplant",
        "completed except for the final report",
    ],
)
def test_what_is_said_of_a_part_of_another_thing_or_taken_back_is_asked(text: str) -> None:
    assert read_code(text, "measure.status", VOCABULARY, DAY).value is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Im Frühjahr gestartet, seit Herbst pausiert", "paused"),
        ("Anfangs verzögert, inzwischen abgeschlossen", "completed"),
        ("nach Startschwierigkeiten läuft es jetzt gut", "running"),
        ("Start wegen Baustelle auf März 2027 verschoben", "delayed"),
        ("laufend bis 12/2027", "running"),
        ("abgeschlossene Maßnahme der VHS", "completed"),
    ],
)
def test_the_latest_news_of_a_sentence_counts(text: str, code: str) -> None:
    reading = read_code(text, "measure.status", VOCABULARY, DAY)
    assert (reading.value, reading.mark) == (code, "word_interpreted")


@pytest.mark.parametrize(
    ("domain", "text", "code"),
    [
        ("funding.status", "bewilligt am 12.3.2026", "granted"),
        ("funding.status", "Bewilligung erwartet im Frühjahr", None),
        ("goal.status", "noch nicht erreicht", None),
        ("goal.status", "fast erreicht, 2 Prozentpunkte fehlen", "mostly_achieved"),
        ("decision.status", "nicht beschlossen, vertagt", "postponed"),
        ("decision.status", "Vorlage wird in der Sitzung im März beschlossen", None),
        ("cooperation.status", "Vertrag gekündigt zum 31.12.2026", "ended"),
        ("funding.level", "Land und Bund", None),
        ("funding.level", "Zuschuss der Sparkassenstiftung", "foundation"),
        ("organisation.type", "Verein und Kirche", None),
    ],
)
def test_other_codes_are_read_from_sentences_only_where_all_words_agree(
    domain: str, text: str, code: str | None
) -> None:
    assert read_code(text, domain, VOCABULARY, DAY).value == code


def test_a_three_is_a_low_priority_only_on_a_scale_of_three() -> None:
    def priorities(*numbers: int) -> list[object]:
        rows = [(f"Angebot {place}", number) for place, number in enumerate(numbers)]
        return [draft.values.get("priority") for draft in read("measure", ["title", "priority"], *rows).of("measure")]

    assert priorities(1, 2, 3) == ["high", "medium", "low"]
    assert priorities(1, 3, 5) == [None, None, None]
