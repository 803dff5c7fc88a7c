"""What leaves the group: no number below five people, in a figure or a sentence."""

from __future__ import annotations

import pytest

from etl.rules.facts import Count
from etl.rules.sharing import protected, tells_few, without_few


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Begleitet drei Frauen aus Wessenfurt.", "Begleitet FEW Frauen aus Wessenfurt."),
        ("Mit 4 Teilnehmenden begonnen", "Mit FEW Teilnehmenden begonnen"),
        ("2 junge Männer wohnen hier", "FEW junge Männer wohnen hier"),
        ("Je 3 Frauen, 3 TN, vier TN", "Je FEW Frauen, FEW TN, FEW TN"),
        ("Begleitung von drei Frauen und dreier Familien", "Begleitung von FEW Frauen und FEW Familien"),
        ("Für 3-4 Familien, eine bis zwei Frauen", "Für FEW Familien, FEW Frauen"),
        ("3 junge syrische Frauen, 3 Kurse für Frauen", "FEW junge syrische Frauen, 3 Kurse für Frauen"),
        ("Für eine Familie", "Für einzelne Familien"),
        ("Eine syrische Familie, ein junger Mann", "Einzelne syrische Familien, einzelne junge Männer"),
        ("Mit einer jungen Frau und einem Kind", "Mit einzelnen jungen Frauen und einzelnen Kindern"),
        ("one woman and 1 Person", "individual women and einzelne Personen"),
        ("2–12 Frauen, 3- bis 4-jährige Kinder", "2–12 Frauen, 3- bis 4-jährige Kinder"),
        ("Eine Kraft pro vier Kinder", "Eine Kraft pro vier Kinder"),
        ("Zwei von drei Teilnehmenden bestehen", "Zwei von drei Teilnehmenden bestehen"),
        ("14 Frauen, 3 Kurse, 3,5 Personen im Schnitt", "14 Frauen, 3 Kurse, 3,5 Personen im Schnitt"),
        ("five people and 3 children", "five people and FEW children"),
        ("Deutsch am Küchentisch", "Deutsch am Küchentisch"),
    ],
)
def test_small_numbers_of_people_in_a_sentence(said: str, told: str) -> None:
    assert without_few(said, "FEW") == told


def test_small_counts_and_ranges() -> None:
    assert protected(Count(1, 4)) is None
    assert protected(Count(5, 5)) == Count(5, 5)
    assert protected(Count(2, 12)) == Count(2, 12)


@pytest.mark.parametrize(
    ("value", "unit", "few"),
    [(3, "Personen", True), (3, None, True), (3, "%", False), (4, "Wochen", False), (5, "Kinder", False)],
)
def test_which_figures_count_few_people(value: float, unit: str | None, few: bool) -> None:
    assert tells_few(value, unit) is few
