"""The interface paper: whose word counts, what is open, and that it is closed again when it is mended."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from etl.rules.facts import Facts, Interface
from etl.rules.interface_findings import asked_finding, paper_finding
from etl.rules.interface_paper import Paper, paper_of
from etl.rules.responsible import asked_for
from etl.rules.steps import LineWord, ProcessStep
from etl.wording import say

DAY = dt.date(2026, 11, 10)
STEPS = (
    ProcessStep(1, "housing", "Wohnen", 0, ("Wohnung", "Miete")),
    ProcessStep(2, "language", "Sprache", 1, ("Deutschkurs", "B1")),
)
OFFICE, VHS, JC = "partner-1", "partner-2", "partner-3"
KEYS = {"VHS": VHS, "Jobcenter": JC, "Büro": OFFICE}


def a_line(number: int, step: str, who: str, role: str | None = "responsible", **told: Any) -> Interface:
    to = told.pop("to", ())
    values: dict[str, Any] = {"partner": OFFICE, "reported_on": DAY, "confirmed_on": DAY} | told
    return Interface(
        key=f"interface-{number}",
        step=step,
        organisation=who or None,
        organisation_key=KEYS.get(who),
        role=role,
        handover_to=to,
        handover_keys=tuple(KEYS.get(name) for name in to),
        **values,
    )


def a_paper(*lines: Interface, words: tuple[LineWord, ...] = ()) -> Paper:
    return paper_of(Facts(day=DAY, interfaces=lines), STEPS, words, 12)


def flags(*lines: Interface, words: tuple[LineWord, ...] = ()) -> set[str]:
    return {flag.code for flag in a_paper(*lines, words=words).flags}


CLEAN = (a_line(1, "Wohnen", "VHS"), a_line(2, "Deutschkurs", "Jobcenter"))


def test_a_paper_in_order_has_nothing_open() -> None:
    assert flags(*CLEAN) == set()
    assert [row.code for row in a_paper(*CLEAN).rows] == ["housing", "language"]
    assert say("de", "finding.interface.all_clear", n=2) == "Für alle zwei Schritte ist klar, wer zuständig ist."


@pytest.mark.parametrize(
    ("code", "planted"),
    [
        ("several_responsible", [a_line(3, "Wohnen", "Jobcenter")]),
        ("no_receiver", [a_line(3, "Wohnen", "Jobcenter", "involved", handover_how="per Brief")]),
        ("receiver_itself", [a_line(3, "Wohnen", "Jobcenter", "involved", to=("Jobcenter",))]),
        ("receiver_unknown", [a_line(3, "Wohnen", "Jobcenter", "involved", to=("Niemandsamt",))]),
        ("organisation_unknown", [a_line(3, "Wohnen", "Niemandsamt", "involved")]),
        ("without_organisation", [a_line(3, "Wohnen", "", "involved")]),
        ("without_role", [a_line(3, "Wohnen", "Jobcenter", None)]),
        ("contact_vacant", [a_line(3, "Wohnen", "Jobcenter", "involved", vacant=True)]),
        ("step_unknown", [a_line(3, "Führerschein", "VHS")]),
        ("unconfirmed", [a_line(3, "Wohnen", "Jobcenter", "involved", confirmed_on=None)]),
        ("confirmed_long_ago", [a_line(3, "Wohnen", "Jobcenter", "informed", confirmed_on=dt.date(2025, 11, 9))]),
        (
            "ring",
            [
                a_line(3, "Wohnen", "Jobcenter", "involved", to=("Büro",)),
                a_line(4, "Wohnen", "Büro", "involved", to=("VHS", "Jobcenter")),
            ],
        ),
    ],
)
def test_what_is_planted_is_said_and_gone_when_it_is_removed(code: str, planted: list[Interface]) -> None:
    assert code in flags(*CLEAN, *planted)
    assert code not in flags(*CLEAN)


def test_steps_without_a_line_or_without_anybody_responsible() -> None:
    assert flags(CLEAN[0]) == {"nobody"}
    assert flags(CLEAN[0], a_line(2, "Sprache", "VHS", "involved")) == {"none_responsible"}
    ended = (STEPS[0], ProcessStep(2, "language", "Sprache", 1, ended=True))
    assert [row.code for row in paper_of(Facts(day=DAY, interfaces=CLEAN[:1]), ended, (), 12).rows] == ["housing"]


def test_a_houses_own_list_counts_before_the_papers_and_confirms_its_line() -> None:
    office = a_line(1, "Sprache", "VHS", "involved", confirmed_on=None, contact="Frau Lühning", handover_how="Brief")
    own = a_line(2, "Deutschkurs", "VHS", partner=VHS, confirmed_on=None, to=("Jobcenter",))
    part = a_paper(office, own).rows[1].parts[0]
    assert (part.role, part.line.key, part.line.contact) == ("responsible", "interface-2", "Frau Lühning")
    assert (part.confirmed.how if part.confirmed else None) == "delivered"
    assert part.differing == ("role", "handover_to")
    assert flags(CLEAN[0], office, own) == {"said_differently"}


def test_a_houses_word_confirms_or_objects_and_only_its_own_counts() -> None:
    line = a_line(1, "Wohnen", "VHS", confirmed_on=dt.date(2026, 1, 1))
    now = dt.datetime(2026, 11, 10, tzinfo=dt.UTC)

    def word(partner: str, holds: bool, day: dt.date = DAY) -> LineWord:
        return LineWord(1, "interface-1", partner, day, holds, "" if holds else "Macht jetzt das Amt.", "x", now)

    def part(*words: LineWord) -> Any:
        return a_paper(line, words=words).rows[0].parts[0]

    assert part(word(VHS, True)).confirmed.day == DAY
    assert part(word(JC, True)).confirmed.day == dt.date(2026, 1, 1), "another house's word says nothing"
    assert part(word(VHS, True, dt.date(2027, 1, 1))).confirmed.how == "listed", "what is not yet, counts not yet"
    assert part(word(VHS, False)).objection.note == "Macht jetzt das Amt."
    assert part(word(VHS, False, dt.date(2025, 12, 1))).objection is None, "confirmed since"
    assert "objection" in flags(*CLEAN, words=(word(VHS, False),))


@pytest.mark.parametrize(("day", "past"), [(dt.date(2025, 11, 9), 12), (dt.date(2025, 11, 10), None)])
def test_a_confirmation_says_that_it_is_too_old(day: dt.date, past: int | None) -> None:
    confirmed = a_paper(a_line(1, "Wohnen", "VHS", confirmed_on=day)).rows[0].parts[0].confirmed
    assert confirmed is not None
    assert confirmed.past == past


def test_organisations_named_beside_are_part_of_the_step() -> None:
    line = a_line(1, "Wohnen", "VHS", involved=(("Jobcenter", JC),), informed=(("Büro", OFFICE), ("VHS", VHS)))
    assert [(p.who.name, p.role) for p in a_paper(line).rows[0].parts] == [
        ("VHS", "responsible"),
        ("Jobcenter", "involved"),
        ("Büro", "informed"),
    ]


@pytest.mark.parametrize(
    ("question", "steps"),
    [
        ("Wer ist zuständig für die Wohnungssuche?", ["Wohnen"]),
        ("Ich brauche einen Deutschkurs", ["Sprache"]),
        ("B1", ["Sprache"]),
        ("Nachhilfe", ["Sprache"]),
        ("Mietvertrag und Sprachkurs", ["Sprache", "Wohnen"]),
        ("Wer ist zuständig für", []),
        ("", []),
        ("???", []),
        ("x" * 5000, []),
    ],
)
def test_a_question_finds_steps_by_title_keywords_and_offers(question: str, steps: list[str]) -> None:
    paper = a_paper(CLEAN[0], a_line(2, "Sprache", "VHS", offer="Kurse und Nachhilfe"))
    found = asked_for(question, paper, {"housing": "Wohnen", "language": "Sprache"})
    assert [one.row.title for one in found] == steps


def test_the_answer_in_one_sentence() -> None:
    def told(*lines: Interface, question: str = "Wohnen") -> str:
        found = asked_for(question, a_paper(*lines), {})
        return " ".join(
            say("de", f.code, **f.values) for f in asked_finding(found, [one.row.title for one in found]).sentences
        )

    assert told(*CLEAN) == "Zuständig für „Wohnen“: VHS."
    assert told(a_line(1, "Wohnen", "VHS", "involved")) == "Für „Wohnen“ ist niemand zuständig. Genannt: VHS."
    assert (
        told(*CLEAN, a_line(3, "Wohnen", "Jobcenter"))
        == "Für „Wohnen“ nennen sich mehrere zuständig: Jobcenter und VHS."
    )
    assert told(*CLEAN, question="Raumfahrt") == "Dazu steht nichts im Schnittstellenpapier."


def test_the_headline_counts_clear_steps() -> None:
    def told(*lines: Interface) -> str:
        return " ".join(say("de", f.code, **f.values) for f in paper_finding(a_paper(*lines)).sentences)

    assert told(*CLEAN) == "Für alle zwei Schritte ist klar, wer zuständig ist."
    assert (
        told(CLEAN[0])
        == "Für einen von zwei Schritten ist klar, wer zuständig ist. Für einen Schritt ist niemand zuständig."
    )
    assert told(a_line(1, "Wohnen", "VHS"), a_line(2, "Wohnen", "Jobcenter")) == (
        "Für einen Schritt ist niemand zuständig. In einem Schritt nennen sich mehrere zuständig."
    )
