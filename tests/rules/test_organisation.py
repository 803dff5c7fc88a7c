"""What is found about a partner: fragile, silent, parallel; each a sentence in both languages."""

from __future__ import annotations

import datetime as dt

from etl.rules.facts import Contact, Delivered, Facts, Measure, Partner
from etl.rules.organisation import findings_about, is_silent, overlaps_of
from etl.wording import say
from tests.rules.network import AUTUMN, ROUNDS, THRESHOLDS, TODAY


def a_course(key: str, partner: str, status: str = "running") -> Measure:
    return Measure(key=key, title="Abendkurs B1", partner=partner, target_group=("women",), status=status)


def facts() -> Facts:
    days = (AUTUMN.day, dt.date(2025, 1, 1))
    return Facts(
        day=TODAY,
        rounds=ROUNDS,
        partners=(Partner(key="AWO", name="AWO e. V."), Partner(key="VHS", name="VHS")),
        contacts=(Contact(key="c1", partner="AWO", name="Ada"), Contact(key="c2", partner="AWO", vacant=True)),
        measures=(a_course("m1", "AWO"), a_course("m2", "VHS"), a_course("m3", "VHS", "proposed")),
        delivered={"AWO": (Delivered(1, days[1], days[1]),), "VHS": (Delivered(2, days[0], days[0]),)},
    )


def codes(partner: str) -> list[str]:
    return [finding.code for finding in findings_about(facts(), partner, overlaps_of(facts(), THRESHOLDS))]


def test_fragile_silent_and_parallel_are_found_for_the_partner_they_are_about() -> None:
    every = ["finding.about.one_contact", "finding.about.vacant", "finding.about.silent", "finding.about.parallel"]
    assert codes("AWO") == every
    assert codes("VHS") == ["finding.about.parallel"], "proposals are parallel to nothing"
    assert (is_silent(facts(), "AWO"), is_silent(facts(), "VHS"), is_silent(facts(), "DRK")) == (True, False, None)


def test_each_of_them_is_a_sentence_in_both_languages() -> None:
    for finding in findings_about(facts(), "AWO", overlaps_of(facts(), THRESHOLDS)):
        for language in ("de", "en"):
            assert say(language, finding.code, **finding.values).rstrip().endswith(".")
    assert say("de", "finding.about.vacant", n=3) == "Drei Stellen sind nicht besetzt."
