"""The headlines: what is said at 0, 1, 2 and many, in both languages."""

from __future__ import annotations

import ast
import re
from dataclasses import asdict, replace
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from etl.rules.facts import (
    Cooperation,
    Count,
    Decision,
    Delivered,
    Facts,
    FieldOfAction,
    Milestone,
    Money,
    Observation,
    Partner,
)
from etl.rules.finding import Finding, rule_finding
from etl.rules.findings import (
    cooperations_finding,
    cooperations_matrix_finding,
    deliveries_finding,
    found_measures_finding,
    funding_finding,
    goal_finding,
    goals_finding,
    measure_finding,
    measures_finding,
    overview_finding,
)
from etl.rules.network_findings import clarifications_finding
from etl.rules.organisation import organisation_finding
from etl.rules.rating import Rating
from etl.rules.ratings import rate_goal, rate_measure
from etl.settings import PROJECT
from etl.wording import formatted, has, say
from etl.wording.quantity import Quantity
from tests.rules.network import THRESHOLDS, b1, day, facts, funding, goal, indicator, measure, value


def told(finding: Finding, language: str = "de") -> str:
    """The headline with ordinary spaces, as a person reads it."""
    text = " ".join(say(language, part.code, **part.values) for part in finding.sentences)
    return text.replace("\u00a0", " ")


def both(finding: Finding) -> tuple[str, str]:
    return told(finding), told(finding, "en")


def goals_rated(good: int = 0, risky: int = 0, bad: int = 0, silent: int = 0, **more: Any) -> Facts:
    """A network whose goals have these ratings."""
    numbers = ["61"] * good + ["59"] * risky + ["50"] * bad + [""] * silent
    keys = [f"G{i}" for i in range(len(numbers))]
    observations: list[Observation] = [
        value(number, "2026-09-30", f"{key}-i") for key, number in zip(keys, numbers, strict=True) if number
    ]
    goals, indicators = tuple(map(goal, keys)), tuple(map(indicator, keys))
    return facts(goals=goals, indicators=indicators, observations=tuple(observations), **more)


def decisions(count: int) -> tuple[Decision, ...]:
    open_ones = tuple(Decision(key=f"D{i}", title="?", status="to_decide") for i in range(count))
    return (*open_ones, Decision(key="done", title="!", status="done"))


@pytest.mark.parametrize(
    ("network", "german", "english"),
    [
        (goals_rated(), "Noch sind keine Ziele eingetragen. Es steht keine Entscheidung an.",
         "No goals have been entered yet. No decision is due."),
        (goals_rated(risky=1), "Das einzige Ziel ist gefährdet. Es steht keine Entscheidung an.",
         "The only goal is at risk. No decision is due."),
        (goals_rated(2, decisions=decisions(1)), "Beide Ziele sind auf Kurs. Eine Entscheidung steht an.",
         "Both goals are on track. One decision is due."),
        (goals_rated(1, bad=1, decisions=decisions(2)),
         "Eines von zwei Zielen ist auf Kurs. Zwei Entscheidungen stehen an.",
         "One of two goals is on track. Two decisions are due."),
        (goals_rated(11, risky=3, bad=2, silent=2, decisions=decisions(3)),
         "Elf von achtzehn Zielen sind auf Kurs. Drei Entscheidungen stehen an.",
         "Eleven of eighteen goals are on track. Three decisions are due."),
        (goals_rated(risky=2, bad=1), "Keines von drei Zielen ist auf Kurs. Es steht keine Entscheidung an.",
         "None of three goals is on track. No decision is due."),
        (goals_rated(silent=3), "Noch ist keines der drei Ziele bewertbar. Es steht keine Entscheidung an.",
         "None of the three goals can be rated yet. No decision is due."),
        (goals_rated(25, decisions=decisions(30)), "Alle 25 Ziele sind auf Kurs. 30 Entscheidungen stehen an.",
         "All 25 goals are on track. 30 decisions are due."),
    ],
)  # fmt: skip
def test_the_overview_says_how_many_goals_are_on_track_and_what_is_to_decide(
    network: Facts, german: str, english: str
) -> None:
    assert both(overview_finding(network, THRESHOLDS)) == (german, english)


@pytest.mark.parametrize(
    ("network", "german", "english"),
    [
        (goals_rated(3, bad=1, risky=1), "Ein Ziel ist nicht auf Kurs. Eines ist gefährdet.",
         "One goal is off track. One is at risk."),
        (goals_rated(3, bad=2, risky=3, silent=2),
         "Zwei Ziele sind nicht auf Kurs. Drei sind gefährdet. Bei zwei Zielen fehlt ein aktueller Wert.",
         "Two goals are off track. Three are at risk. Two goals lack a current value."),
        (goals_rated(3, risky=1, silent=1), "Ein Ziel ist gefährdet. Bei einem Ziel fehlt ein aktueller Wert.",
         "One goal is at risk. One goal lacks a current value."),
        (goals_rated(3), "Alle drei Ziele sind auf Kurs.", "All three goals are on track."),
        (goals_rated(3, silent=1), "Drei von vier Zielen sind auf Kurs. Bei einem Ziel fehlt ein aktueller Wert.",
         "Three of four goals are on track. One goal lacks a current value."),
    ],
)  # fmt: skip
def test_the_goals_page_gives_a_voice_to_the_goals_that_need_one(network: Facts, german: str, english: str) -> None:
    assert both(goals_finding(network, THRESHOLDS)) == (german, english)


def test_a_goals_page_says_where_the_value_is_and_where_it_should_be_with_its_mark() -> None:
    network = b1(value("51.2", "2026-09-30", provisional=True))
    assert both(goal_finding(goal(), network, THRESHOLDS)) == (
        "51,2 % (vorläufig) sind es, 60,8 % sollten es sein.",
        "The value is 51.2% (provisional), it should be 60.8%.",
    )


def test_a_goals_rule_says_how_far_and_where_it_leads() -> None:
    network = b1(value("51.2", "2026-09-30"))
    assert told(rule_finding(rate_goal(goal(), network, THRESHOLDS))) == (
        "Der Wert liegt 9,6 Punkte hinter dem Soll-Verlauf. "
        "Bleibt das Tempo, sind es im September 2027 52,3 % statt 65 %."
    )


@pytest.mark.parametrize(
    ("below", "german"),
    [
        (("61",), "Das Teilziel ist auf Kurs."),
        (("61", "50"), "Eines von zwei Teilzielen ist auf Kurs."),
        (("61", "61", "50"), "Zwei von drei Teilzielen sind auf Kurs."),
        (("50", "50"), "Keines von zwei Teilzielen ist auf Kurs."),
    ],
)
def test_a_lead_goals_page_counts_its_sub_goals(below: tuple[str, ...], german: str) -> None:
    keys = [f"S{i}" for i in range(len(below))]
    network = facts(
        goals=(goal("S"), *(goal(key, parent="S") for key in keys)),
        indicators=tuple(map(indicator, keys)),
        observations=tuple(value(n, "2026-09-30", f"{k}-i") for k, n in zip(keys, below, strict=True)),
    )
    assert told(goal_finding(network.goals[0], network, THRESHOLDS)) == german


@pytest.mark.parametrize(
    ("statuses", "german", "english"),
    [
        ([], "Noch sind keine Maßnahmen eingetragen.", "No measures have been entered yet."),
        (["completed"], "Zurzeit läuft keine Maßnahme.", "No measure is running at present."),
        (["running"], "Eine Maßnahme läuft. Sie ist auf Kurs.", "One measure is running. It is on track."),
        (["running", "running"], "Zwei Maßnahmen laufen. Beide sind auf Kurs.",
         "Two measures are running. Both are on track."),
        (["running"] * 3, "Drei Maßnahmen laufen. Alle sind auf Kurs.",
         "Three measures are running. All of them are on track."),
        (["running", "running", "delayed"], "Drei Maßnahmen laufen. Eine davon ist gefährdet.",
         "Three measures are running. One of them is at risk."),
        (["running", None, "unknown"], "Drei Maßnahmen laufen. Zwei davon sind nicht bewertbar.",
         "Three measures are running. Two of them cannot be rated."),
    ],
)  # fmt: skip
def test_the_measures_page_says_how_many_run_and_how_many_need_help(
    statuses: list[str | None], german: str, english: str
) -> None:
    network = facts(measures=tuple(measure(f"M{i}", status=s) for i, s in enumerate(statuses)))
    assert both(measures_finding(network, THRESHOLDS)) == (german, english)


def test_measures_off_track_come_before_those_at_risk() -> None:
    red = [measure(f"R{i}", traffic_light="red") for i in range(2)]
    network = facts(measures=(*red, measure("Y", status="delayed"), measure("G")))
    assert told(measures_finding(network, THRESHOLDS)) == (
        "Vier Maßnahmen laufen. Zwei davon sind nicht auf Kurs. Eine ist gefährdet."
    )


def test_of_found_measures_it_is_not_said_that_all_are_on_track() -> None:
    found = [(measure(f"M{i}"), "on_track") for i in range(3)]
    assert both(found_measures_finding(found)) == (
        "Drei Maßnahmen passen zur Auswahl. Drei davon laufen. Alle gefundenen, die laufen, sind auf Kurs.",
        "Three measures fit the selection. Three of them are running. "
        "Of those found, all that are running are on track.",
    )


def test_a_measures_page_says_why_and_which_money_ends() -> None:
    subject = measure(end=day("2026-11-19"), funding_keys=("F1",))
    network = facts(measures=(subject,), fundings=(funding(end=day("2026-12-31"), title="Landesmittel"),))
    assert told(measure_finding(subject, network, THRESHOLDS)) == (
        "Das geplante Ende, der 19. November 2026, ist seit einem Tag verstrichen. "
        "Die Förderung „Landesmittel“ läuft am 31. Dezember 2026 aus, die Anschlussfinanzierung ist offen."
    )


def cooperations(count: int, **more: Any) -> tuple[Cooperation, ...]:
    return tuple(Cooperation(key=f"K{i}", title="K", **more) for i in range(count))


@pytest.mark.parametrize(
    ("network", "german"),
    [
        (facts(), "Noch ist keine Kooperation eingetragen."),
        (facts(cooperations=cooperations(1, status="ended")), "Zurzeit besteht keine Kooperation."),
        (facts(cooperations=cooperations(1, agreement="none")),
         "Eine Kooperation besteht. Sie hat keine Vereinbarung."),
        (facts(cooperations=cooperations(2, agreement="none")),
         "Zwei Kooperationen bestehen. Zwei davon haben keine Vereinbarung."),
        (facts(cooperations=(*cooperations(1, status="active"), *cooperations(2, status="contact"))),
         "Eine Kooperation besteht. Zwei weitere sind in Anbahnung."),
        (facts(cooperations=(*cooperations(2, status="active"), *cooperations(1, status="contact"))),
         "Zwei Kooperationen bestehen. Eine weitere ist in Anbahnung."),
        (facts(cooperations=cooperations(1, status="contact")),
         "Zurzeit besteht keine Kooperation. Eine ist in Anbahnung."),
        (facts(cooperations=cooperations(25, status="contact")),
         "Zurzeit besteht keine Kooperation. 25 sind in Anbahnung."),
        (facts(cooperations=(*cooperations(1, agreement="none"), *cooperations(1, status="contact"))),
         "Eine Kooperation besteht. Sie hat keine Vereinbarung. Eine weitere ist in Anbahnung."),
        (facts(cooperations=(*cooperations(30), *cooperations(1, status="contact")),
               fields_of_action=(FieldOfAction(key="s", title="Sprache"),)),
         "30 Kooperationen bestehen. Eine weitere ist in Anbahnung. "
         "Im Handlungsfeld Sprache ist keine Migrantenorganisation beteiligt."),
        (facts(cooperations=cooperations(12), fields_of_action=(FieldOfAction(key="s", title="Sprache"),)),
         "Zwölf Kooperationen bestehen. Im Handlungsfeld Sprache ist keine Migrantenorganisation beteiligt."),
    ],
)  # fmt: skip
def test_the_cooperations_page_says_what_lives_and_who_is_missing(network: Facts, german: str) -> None:
    assert told(cooperations_finding(network)) == german


def fields_with(*partners: int) -> Facts:
    """Fields of action with this many partners each."""
    fields = tuple(FieldOfAction(key=f"f{i}", title=f"Feld {i}") for i in range(len(partners)))
    present = [
        Cooperation(key=f"K{i}", title="K", field_of_action=f"f{i}", partner_keys=tuple(f"p{n}" for n in range(count)))
        for i, count in enumerate(partners)
    ]
    return facts(fields_of_action=fields, cooperations=tuple(present))


@pytest.mark.parametrize(
    ("network", "german"),
    [
        (fields_with(), "Noch sind keine Handlungsfelder eingetragen."),
        (fields_with(2), "Im Handlungsfeld sind mehrere Partner tätig."),
        (fields_with(2, 3), "In jedem der zwei Handlungsfelder sind mehrere Partner tätig."),
        (fields_with(1, 3), "In einem Handlungsfeld ist nur ein Partner tätig."),
        (fields_with(0, 1, 1, 5),
         "In einem Handlungsfeld ist noch kein Partner tätig. In zwei Handlungsfeldern ist nur ein Partner tätig."),
    ],
)  # fmt: skip
def test_the_matrix_says_where_nobody_or_only_one_works(network: Facts, german: str) -> None:
    assert told(cooperations_matrix_finding(network)) == german


def money(amount: int) -> Money:
    return Money(Decimal(amount), "month")


def test_the_funding_page_says_from_when_money_is_missing() -> None:
    network = facts(
        measures=(measure(cost=money(72700), end=None),),
        fundings=(
            funding("A", granted=money(7200), end=day("2026-12-31")),
            funding("B", granted=money(33000), end=day("2027-12-31")),
            funding("C", granted=money(32500), open_end=True),
        ),
    )
    assert both(funding_finding(network, THRESHOLDS)) == (
        "Ab Januar 2027 fehlen 7.200 € im Monat. Ab Januar 2028 fehlt mehr als die Hälfte.",
        "From January 2027 on, €7,200 a month are missing. From January 2028 on, more than half is missing.",
    )


@pytest.mark.parametrize(
    ("network", "german"),
    [
        (facts(), "Noch ist keine Förderung eingetragen."),
        (facts(fundings=(funding(end=day("2028-01-01")),)),
         "In den nächsten sechs Monaten läuft keine Förderung aus."),
        (facts(fundings=(funding(end=day("2026-12-31")),)),
         "Eine Förderung läuft in den nächsten sechs Monaten aus. Die Anschlussfinanzierung ist offen."),
        (facts(fundings=(funding("A", end=day("2026-12-31")),
                         funding("B", end=day("2026-12-31"), follow_up="Haushalt"))),
         "Zwei Förderungen laufen in den nächsten sechs Monaten aus. "
         "Für eine davon ist die Anschlussfinanzierung offen."),
        (facts(fundings=tuple(funding(key, end=day("2026-12-31"), follow_up="x", follow_up_state=state)
                              for key, state in (("A", "applied"), ("B", "open"), ("C", "secured")))),
         "Drei Förderungen laufen in den nächsten sechs Monaten aus. "
         "Für zwei davon ist die Anschlussfinanzierung offen, davon bei einer beantragt."),
        (facts(fundings=(funding(granted=money(100)),), measures=(measure(cost=money(150)),)),
         "Schon jetzt fehlen 50 € im Monat."),
        (facts(fundings=(funding(granted=money(150)),), measures=(measure(cost=money(150)),)),
         "Die bekannten Kosten sind bis Oktober 2028 gedeckt."),
    ],
)  # fmt: skip
def test_the_funding_page_says_what_ends_where_costs_are_not_known(network: Facts, german: str) -> None:
    assert told(funding_finding(network, THRESHOLDS)) == german


@pytest.mark.parametrize(
    ("known", "unknown", "german", "english"),
    [
        (1, 0, "Ab Januar 2027 fehlen 100 € im Monat.", "From January 2027 on, €100 a month are missing."),
        (1, 1, "Ab Januar 2027 fehlen 100 € im Monat – von einer der zwei Maßnahmen lassen sich Kosten je Monat sagen.",
         "From January 2027 on, €100 a month are missing – costs per month can be told for one of the two measures."),
        (3, 2, "Ab Januar 2027 fehlen 300 € im Monat – von drei der fünf Maßnahmen lassen sich Kosten je Monat sagen.",
         "From January 2027 on, €300 a month are missing – costs per month can be told for three of the five"
         " measures."),
        (63, 24, "Ab Januar 2027 fehlen 6.300 € im Monat – von 63 der 87 Maßnahmen lassen sich Kosten je Monat sagen.",
         "From January 2027 on, €6,300 a month are missing – costs per month can be told for 63 of the 87 measures."),
    ],
)  # fmt: skip
def test_a_gap_says_on_how_many_measures_it_rests(known: int, unknown: int, german: str, english: str) -> None:
    measures = tuple(measure(f"M{i}", cost=money(100) if i < known else None, end=None) for i in range(known + unknown))
    network = facts(measures=measures, fundings=(funding(granted=money(100 * known), end=day("2026-12-31")),))
    assert both(funding_finding(network, THRESHOLDS)) == (german, english)
    covered = facts(measures=measures, fundings=(funding(granted=money(100 * known), open_end=True),))
    said = told(funding_finding(covered, THRESHOLDS))
    assert ("was sich an Kosten je Monat sagen lässt – von" in said) == bool(unknown)


def reports(reported: int, expected: int, **more: Any) -> Facts:
    partners = tuple(Partner(key=f"p{i:02}", name=f"Partner {i}") for i in range(expected))
    autumn, spring = day("2026-09-30"), day("2026-03-31")
    delivered = {p.key: (Delivered(i, autumn if i < reported else spring, autumn),) for i, p in enumerate(partners)}
    return facts(**({"partners": partners, "delivered": delivered} | more))


@pytest.mark.parametrize(
    ("network", "german", "english"),
    [
        (reports(0, 0), "Zurzeit wird keine Rückmeldung erwartet.", "No report is expected at present."),
        (reports(0, 1), "Der Partner hat noch nicht gemeldet.", "The partner has not reported yet."),
        (reports(1, 1), "Der Partner hat gemeldet.", "The partner has reported."),
        (reports(2, 2), "Beide Partner haben gemeldet.", "Both partners have reported."),
        (reports(0, 14), "Noch hat keiner der vierzehn Partner gemeldet.",
         "None of the fourteen partners has reported yet."),
        (reports(1, 14), "Einer von vierzehn Partnern hat gemeldet.", "One of fourteen partners has reported."),
        (reports(11, 14), "Elf von vierzehn Partnern haben gemeldet.", "Eleven of fourteen partners have reported."),
        (reports(14, 14), "Alle vierzehn Partner haben gemeldet.", "All fourteen partners have reported."),
        (reports(0, 2, rounds=()), "Von zwei Partnern liegen Rückmeldungen vor.", "Two partners have reported."),
        (reports(0, 1, rounds=()), "Von einem Partner liegt eine Rückmeldung vor.", "One partner has reported."),
        (reports(0, 0, rounds=()), "Noch liegt keine Rückmeldung vor.", "No partner has reported yet."),
    ],
)  # fmt: skip
def test_the_reports_page_says_how_many_have_reported(network: Facts, german: str, english: str) -> None:
    assert both(deliveries_finding(network, THRESHOLDS)) == (german, english)


def test_while_a_round_is_open_its_deadline_is_said() -> None:
    network = replace(reports(1, 2), day=day("2026-10-05"))
    assert told(deliveries_finding(network, THRESHOLDS)) == (
        "Einer von zwei Partnern hat gemeldet. Die Frist läuft bis zum 15. Oktober 2026."
    )


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("n", [0, 1, 2, 11, 18, 25])
def test_every_counting_headline_reads_well_at_every_number(language: str, n: int) -> None:
    catalogue = (PROJECT / "etl" / "wording" / "catalogue" / f"findings.{language}.po").read_text(encoding="utf-8")
    for key in re.findall(r'msgid "([^"]+)"\nmsgid_plural', catalogue):
        if n == 0 and (key in ("finding.matrix.shared", "finding.deliveries.all") or key.endswith(("_applied", "_of"))):
            continue  # said of what is there, so there is at least one
        more = {"month": day("2027-01-01"), "amount": Decimal(100), "of": 30}
        text = say(language, key, n=n, total=30, months=6, applied=2, fields=["Sprache"], **more).replace("\u00a0", " ")
        assert text[0].isupper() or text[0].isdigit()
        assert text.endswith(".")
        assert not re.search(r"\b(eins|einer? \w+en sind|null|zero|keine[rs]? \w+ sind|[{}~])\b", text), text
        if language == "de" and n == 1:
            assert not re.search(r"\b(sind|haben|laufen|stehen|bestehen)\b", text) or key.endswith("shared"), text


def _codes_in_rules() -> set[str]:
    """Wording keys and rule names that stand as texts in the rules' code."""
    texts: set[str] = set()
    for path in sorted((PROJECT / "etl" / "rules").glob("*.py")):
        for node in ast.walk(ast.parse(Path(path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
    return texts


def test_every_finding_and_every_rule_has_words_in_both_languages() -> None:
    texts = _codes_in_rules()
    keys = {t for t in texts if re.fullmatch(r"(finding|beside|rule)(\.\w+)+", t)}
    assert len(keys) > 30
    assert {key for key in keys for language in ("de", "en") if not has(language, key)} == set()
    catalogue = (PROJECT / "etl" / "wording" / "catalogue" / "rules.de.po").read_text(encoding="utf-8")
    named = set(re.findall(r'msgid "rule\.(\w+)"', catalogue)) - {"flips"}
    composed = {"end_passed", "end_long_passed", "milestone_passed", "milestone_long_passed"}
    assert named - texts <= composed, "a rule that has words but is in no code"


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_general_rules_tell_their_thresholds(language: str) -> None:
    for kind in ("goal", "measure"):
        for code in ("on_track", "at_risk", "off_track", "cannot_be_rated"):
            assert say(language, f"basis.{kind}.{code}", **asdict(THRESHOLDS))
    assert "20" in say(language, "basis.goal.off_track", **asdict(THRESHOLDS))


def rated_goals() -> list[Rating]:
    corners: list[dict[str, Any]] = [{}, {"baseline": None}, {"target": None}, {"baseline_day": None}]
    corners += [{"target_day": day("2020-01-01")}, {"direction": "down"}, {"target": Decimal(48)}]
    corners += [{"target": Decimal(48), "direction": "up"}, {"baseline_day": day("2026-10-01")}]
    ratings = [rate_goal(goal(), b1(), THRESHOLDS), rate_goal(goal(), facts(goals=(goal(),)), THRESHOLDS)]
    lead = facts(goals=(goal("S"), goal("S2", parent="S")))
    ratings.append(rate_goal(lead.goals[0], lead, THRESHOLDS))
    for corner, number, before in product(corners, ("40", "50", "59", "61", "70"), ("40", "61", "64")):
        for on in (day("2026-11-20"), day("2027-11-20"), day("2029-01-01")):
            for of in ("2026-09-30", "2027-09-30"):
                network = b1(value(before, "2025-09-30"), value(number, of), on=on, **corner)
                ratings.append(rate_goal(goal(), network, THRESHOLDS))
    return ratings


def rated_measures() -> list[Rating]:
    statuses = ("proposed", "planned", "running", "paused", "delayed", "completed", "cancelled", None)
    ends = (None, day("2026-11-01"), day("2026-01-01"), day("2028-01-01"))
    open_milestones = [(), *((Milestone(day(d), "Räume", False),) for d in ("2026-11-10", "2026-01-10"))]
    people = {"participants_planned": Count(90, 90), "participants_reached": Count(1, 1), "end": day("2026-12-31")}
    many = [measure(**people), measure(status="planned", start=day("2027-01-01"))]
    for status, end, light, milestones in product(statuses, ends, (None, "yellow", "red"), open_milestones):
        many.append(measure(status=status, end=end, traffic_light=light, milestones=milestones))
    ratings = [rate_measure(subject, facts(), THRESHOLDS) for subject in many]
    old = measure(reported_on=day("2024-01-01"))
    return [*ratings, *(rate_measure(old, facts(rounds=rounds), THRESHOLDS) for rounds in ((), facts().rounds))]


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_rule_can_be_told_in_a_sentence_from_the_inputs_its_rating_carries(language: str) -> None:
    ratings = rated_goals() + rated_measures()
    catalogue = (PROJECT / "etl" / "wording" / "catalogue" / "rules.de.po").read_text(encoding="utf-8")
    named = set(re.findall(r'msgid "rule\.(\w+)"', catalogue)) - {"flips"}
    assert {rating.rule for rating in ratings} == named
    for rating in ratings:
        assert told(rule_finding(rating), language).endswith(".")


def test_a_quantity_is_never_a_bare_number() -> None:
    assert formatted("de", Quantity(Decimal("51.2"), "%", provisional=True)) == "51,2\u00a0% (vorläufig)"
    assert formatted("en", Quantity(Decimal("51.2"), "%")) == "51.2%"
    assert formatted("de", Quantity(38, "Kinder", approx=True)) == "ca.\u00a038\u00a0Kinder"
    assert formatted("de", Quantity(Decimal(1), "%", difference=True)) == "1\u00a0Punkt"
    assert formatted("de", Quantity(7)) == "7"


@pytest.mark.parametrize(
    ("counts", "german", "english"),
    [
        ((0, 0), "Nichts ist zu klären: Keine Quelle widerspricht einer anderen.",
         "There is nothing to settle: no source contradicts another."),
        ((1, 0), "Ein Widerspruch wartet auf eine Entscheidung.", "One contradiction waits for a decision."),
        ((2, 1), "Zwei Widersprüche warten auf eine Entscheidung. Ein Eintrag ist vielleicht doppelt gemeldet.",
         "Two contradictions wait for a decision. One record may have been reported twice."),
        ((0, 13), "13 Einträge sind vielleicht doppelt gemeldet.", "13 records may have been reported twice."),
    ],
)  # fmt: skip
def test_what_waits_for_a_decision_is_counted(counts: tuple[int, int], german: str, english: str) -> None:
    assert both(clarifications_finding(*counts)) == (german, english)


@pytest.mark.parametrize(
    ("counts", "german"),
    [
        ((0, 0), "Nichts ist zu klären: Ihren Angaben widerspricht niemand."),
        ((1, 2), "Eine Ihrer Angaben widerspricht einer anderen Quelle. "
         "Zwei Ihrer Einträge sind vielleicht doppelt gemeldet."),
        ((2, 1), "Zwei Ihrer Angaben widersprechen anderen Quellen. "
         "Einer Ihrer Einträge ist vielleicht doppelt gemeldet."),
    ],
)  # fmt: skip
def test_a_partner_hears_what_concerns_it(counts: tuple[int, int], german: str) -> None:
    assert told(clarifications_finding(*counts, own=True)) == german


@pytest.mark.parametrize(
    ("measures", "silent", "german", "english"),
    [
        (
            0,
            None,
            "Das Netzwerk kennt noch keine Maßnahme dieser Organisation.",
            "The network knows no measure of this organisation yet.",
        ),
        (
            1,
            True,
            "Das Netzwerk kennt eine Maßnahme dieser Organisation. In dieser Runde fehlt noch die Rückmeldung.",
            "The network knows one measure of this organisation. The report for this round is still missing.",
        ),
        (
            2,
            False,
            "Das Netzwerk kennt zwei Maßnahmen dieser Organisation. In dieser Runde ist gemeldet.",
            "The network knows two measures of this organisation. It has reported in this round.",
        ),
        (
            214,
            None,
            "Das Netzwerk kennt 214 Maßnahmen dieser Organisation.",
            "The network knows 214 measures of this organisation.",
        ),
    ],
)
def test_the_headline_of_an_organisation(measures: int, silent: bool | None, german: str, english: str) -> None:
    finding = organisation_finding(measures, silent)
    for language, expected in (("de", german), ("en", english)):
        assert " ".join(say(language, one.code, **one.values) for one in finding.sentences) == expected
