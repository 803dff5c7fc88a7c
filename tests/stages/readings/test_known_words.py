"""The words of ``values.csv``: none says two things, and every one collected from real lists still says the same."""

from __future__ import annotations

import csv
import json
from collections import defaultdict

import pytest

from etl.settings import data_folder
from etl.stages.readings.words import exact_code, read_code
from etl.vocabulary import normalise
from tests.corpora import SHARED
from tests.stages.readings.tables import VOCABULARY

_FILE = SHARED / "vocabulary.json"
_WITH_LISTS = ("null_tokens",)  # several spellings there differ only in signs


def _rows(name: str) -> list[dict[str, str]]:
    with (data_folder() / "vocabulary" / name).open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle, delimiter=";"))


def test_no_word_means_two_codes_of_one_domain() -> None:
    meant: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in _rows("values.csv"):
        if row["domain"] not in _WITH_LISTS:
            meant[row["domain"], normalise(row["word"]) or row["word"]].add(row["code"])
    assert {word: codes for word, codes in meant.items() if len(codes) > 1} == {}


def test_a_word_that_only_counts_alone_is_a_word_of_its_domain() -> None:
    for domain, words in VOCABULARY.words.items():
        if domain.endswith(".alone"):
            assert set(words) <= set(VOCABULARY.words[domain.removesuffix(".alone")])


def test_no_sheet_name_means_two_kinds() -> None:
    meant: dict[str, set[str]] = defaultdict(set)
    for row in _rows("sheets.csv"):
        meant[normalise(row["name"])].add(row["kind"])
    assert {name: kinds for name, kinds in meant.items() if len(kinds) > 1} == {}


@pytest.mark.skipif(not _FILE.is_file(), reason=f"the collected words are not here: no {_FILE}")
def test_the_collected_words_say_what_a_person_said_they_say() -> None:
    for domain, codes in json.loads(_FILE.read_text("utf-8"))["values"].items():
        for code, words in codes.items():
            for word in words:
                if domain not in _WITH_LISTS:
                    assert exact_code(word, domain, VOCABULARY) == code, word


@pytest.mark.parametrize(
    ("domain", "code", "words"),
    [
        ("measure.status", "running", ("läuft rund", "in vollem Gange", "auf den Weg gebracht", "going well")),
        ("measure.status", "delayed", ("hakt", "hinkt hinterher", "Zeitverzug", "behind plan")),
        ("measure.status", "paused", ("liegt auf Eis", "ruht derzeit", "bis auf Weiteres ausgesetzt", "put on hold")),
        ("measure.status", "cancelled", ("abgeblasen", "im Sande verlaufen", "kommt nicht zustande", "called off")),
        ("measure.status", "planned", ("noch nicht so weit", "in den Startlöchern", "not yet begun")),
        ("target_group", "new_immigrants", ("Neuzugezogene", "Neuankömmlinge", "recent arrivals")),
        ("target_group", "refugees", ("Ukrainer:innen", "Menschen mit Fluchtgeschichte", "asylum seekers")),
        ("target_group", "women", ("Mütter mit Kleinkindern", "alleinerziehende Mütter")),
        ("target_group", "children_youth", ("unbegleitete minderjährige Geflüchtete", "junge Erwachsene", "umA")),
        ("funding.level", "eu", ("ESF+", "AMIF-Mittel")),
        ("funding.level", "federal", ("BAMF", "Demokratie leben")),
        ("funding.level", "foundation", ("Sparkassenstiftung", "Bosch-Stiftung")),
        ("funding.status", "report_due", ("VN steht aus", "Abrechnung ausstehend")),
        ("cooperation.status", "dormant", ("eingeschlafen", "kaum noch Kontakt")),
        ("decision.status", "postponed", ("auf die nächste Sitzung vertagt", "Wiedervorlage")),
    ],
)
def test_what_partners_say_in_their_own_words_is_known(domain: str, code: str, words: tuple[str, ...]) -> None:
    assert {word: exact_code(word, domain, VOCABULARY) for word in words} == dict.fromkeys(words, code)


@pytest.mark.parametrize(
    "text",
    ["Personalstelle offen", "Neue Mitarbeiterin eingestellt", "aktuell 12 Kinder", "zwei Termine durch Frau Kaya"],
)
def test_a_general_word_says_nothing_inside_a_sentence(text: str) -> None:
    reading = read_code(text, "measure.status", VOCABULARY)
    assert (reading.value, reading.problem) == (None, "word_unknown")
