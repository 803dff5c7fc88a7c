"""Sentences about a meeting's results and how the room feels, at none, one, two and many, in both languages."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard.answers.result_words import counted, default_due, temperature_finding, worded, worded_temperature
from dashboard.answers.results import Assessed, Named, Result, Wording
from etl.rules.meeting import RESULT_KINDS, ResultKind
from etl.rules.results import Expected, Holder, ResultSaid, View
from etl.rules.temperature import Spread
from etl.wording import LANGUAGES, say

DAY = dt.date(2026, 11, 10)
NOW = dt.datetime(2026, 11, 10, 13, tzinfo=dt.UTC)


def result(kind: ResultKind, said: ResultSaid, *others: str, gone: bool = False, now: str | None = None) -> Result:
    names = {"p": "VHS", "q": "Jobcenter", "g": "Mehr Deutsch", "m": "Abendkurs"}
    named = {key: Named(key, name, now if key == "g" else None, gone and key == "g") for key, name in names.items()}
    beside = tuple(Wording(n, ResultSaid(text), "Eva", NOW) for n, text in enumerate(others, 2))
    return Result(1, "meeting", 1, kind, None, Wording(1, said, "Ben", NOW), beside, 1, 1, False, False, named)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def notes(one: Result, language: str = "de") -> list[str]:
    return [plain(note) for note in worded(one, language).notes]


def test_who_promised_stands_apart_from_who_was_asked() -> None:
    who = (Holder("p"), Holder("q", "with_reservation", "nur mit Kinderbetreuung"), Holder("m", "open"))
    said = ResultSaid("x", who=who, due=dt.date(2027, 2, 1), goals=("g",))
    assert notes(result("agreement", said)) == [
        "VHS",
        "Jobcenter mit Vorbehalt: „nur mit Kinderbetreuung“",
        "gefragt, noch ohne Antwort: Abendkurs",
        "bis 1. Februar 2027",
        "für Mehr Deutsch",
    ]
    nobody = ResultSaid("x", who=(Holder("p", "open"),), permanent=True, next_step="Termin machen")
    assert notes(result("agreement", nobody)) == [
        "Noch hat niemand zugesagt.",
        "gefragt, noch ohne Antwort: VHS",
        "dauerhaft, nächster Schritt: Termin machen",
    ]


def test_a_result_tells_what_its_words_are_about_today() -> None:
    said = ResultSaid("x", goals=("g",), expects=Expected("measure_status", "m", dt.date(2027, 2, 1), "running"))
    words = worded(result("agreement", said, "anders", now="Besser Deutsch"), "de")
    assert words.later == ("„Mehr Deutsch“ heißt oder zählt heute als „Besser Deutsch“.",)
    assert words.beside == ("anders",)
    assert plain(words.check) == "Geprüft am 1. Februar 2027: Ist die Maßnahme „Abendkurs“ als „laufend“ gemeldet?"
    assert worded(result("agreement", said, gone=True), "de").later == ("„Mehr Deutsch“ gibt es so nicht mehr.",)


def test_both_views_name_houses() -> None:
    said = ResultSaid("", views=(View("Der Bedarf ist da.", ("q", "p")), View("Erst prüfen.", ("p",))))
    assert notes(result("dissent", said)) == ["„Der Bedarf ist da.“ (Jobcenter und VHS)", "„Erst prüfen.“ (VHS)"]


@pytest.mark.parametrize(
    ("kinds", "sentence"),
    [
        ([], "Noch ist nichts festgehalten."),
        (["agreement"], "Festgehalten ist eine Vereinbarung."),
        (["agreement", "agreement"], "Festgehalten sind zwei Vereinbarungen."),
        (
            ["decision", "agreement", "adjourned"],
            "Festgehalten sind ein Beschluss, eine Vereinbarung und einmal vertagt.",
        ),
        (["correction"] * 13, "Festgehalten sind 13 Korrekturen."),
    ],
)
def test_what_was_written_down_so_far(kinds: list[ResultKind], sentence: str) -> None:
    found = tuple(result(kind, ResultSaid("x")) for kind in kinds)
    assert say("de", "result.view.finding", n=len(found), counted=counted(found, "de")) == sentence


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", RESULT_KINDS)
def test_every_kind_has_its_words(kind: ResultKind, language: str) -> None:
    for n in (1, 2, 13):
        assert counted((result(kind, ResultSaid("x")),) * n, language)
    assert worded(result(kind, ResultSaid("x")), language).word != kind


def felt(spread: Spread, *, open_: bool = False, computed: str | None = None) -> Assessed:
    voices = spread.voices
    shown = spread if not open_ and voices >= 3 else None
    return Assessed(1, "m", 1, "g", "Steuerungsgruppe", DAY, False, open_, voices, shown, computed)


@pytest.mark.parametrize(
    ("spread", "german", "english"),
    [
        (Spread(), "Niemand hat sich geäußert.", "Nobody has said anything."),
        (
            Spread(1),
            "Nur eine Stimme: Gezeigt wird nichts, denn sie verriete, wer was denkt.",
            "Only one voice: nothing is shown, as it would tell who thinks what.",
        ),
        (
            Spread(1, 1),
            "Nur zwei Stimmen: Gezeigt wird nur ihre Anzahl, denn so wenige verraten, wer was denkt.",
            "Only two voices: only their number is shown, as so few tell who thinks what.",
        ),
        (Spread(3), "Alle drei sagen: auf Kurs.", "All three say: on track."),
        (Spread(2, 1), "Zwei von drei Stimmen sagen: auf Kurs.", "Two of three voices say: on track."),
        (Spread(2, 18, 1), "18 von 21 Stimmen sagen: gefährdet.", "18 of 21 voices say: at risk."),
        (Spread(5, 4, 5), "Die Einschätzung geht auseinander.", "The assessment differs."),
    ],
)
def test_how_the_room_feels_in_a_sentence(spread: Spread, german: str, english: str) -> None:
    assert plain(temperature_finding(felt(spread), "de")) == german
    assert plain(temperature_finding(felt(spread), "en")) == english


@pytest.mark.parametrize(("n", "sentence"), [(0, "Noch ist keine"), (1, "Eine Stimme ist"), (2, "Zwei Stimmen sind")])
def test_an_open_question_tells_how_many_and_nothing_else(n: int, sentence: str) -> None:
    shown = worded_temperature(felt(Spread(n), open_=True, computed="at_risk"), "de")
    assert shown.finding.startswith(sentence)
    assert (shown.bars, shown.computed) == ((), "")


def test_it_stands_beside_the_computed_rating() -> None:
    assert worded_temperature(felt(Spread(0, 0, 9), computed="at_risk"), "de").computed == "Berechnet anders: gefährdet"
    assert worded_temperature(felt(Spread(0, 9), computed="at_risk"), "de").computed == "Berechnet: gefährdet"
    assert worded_temperature(felt(Spread(0, 9)), "de").computed == ""


@pytest.mark.parametrize(
    ("day", "due"),
    [(dt.date(2026, 11, 10), dt.date(2027, 1, 1)), (dt.date(2026, 12, 31), dt.date(2027, 2, 1))],
)
def test_a_form_proposes_the_first_of_the_month_after_next(day: dt.date, due: dt.date) -> None:
    assert default_due(day) == due
