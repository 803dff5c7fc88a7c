"""What the network finds about one partner: for the partner itself and the office, before anybody else."""

from __future__ import annotations

from collections.abc import Sequence

from etl.rules.days import latest_round
from etl.rules.facts import Facts, Measure
from etl.rules.finding import Finding
from etl.rules.gaps import contacts_vacant, is_active, partners_expected, partners_with_one_contact, reported_in_round
from etl.rules.overlaps import Overlap, overlapping
from etl.rules.thresholds import Thresholds


def measures_of(facts: Facts, partner: str) -> tuple[Measure, ...]:
    """What a partner reports or leads."""
    return tuple(m for m in facts.measures if partner in (m.partner, m.lead_partner))


def organisation_finding(measures: int, silent: bool | None) -> Finding:
    """How many measures the network knows of a partner; whether it has reported in the round that is on (None: that is
    not to be told, or nothing is expected)."""
    also = None
    if silent is not None:
        also = Finding("finding.organisation.silent" if silent else "finding.organisation.reported")
    return Finding("finding.organisation.measures", {"n": measures}, also)


def is_silent(facts: Facts, partner: str) -> bool | None:
    """Whether a report is missing in the round that is spoken of; None where none is expected."""
    this = latest_round(facts.rounds, facts.day)
    if this is None or all(p.key != partner for p in partners_expected(facts)):
        return None
    return all(p.key != partner for p in reported_in_round(facts, this)[0])


def overlaps_of(facts: Facts, thresholds: Thresholds) -> tuple[Overlap, ...]:
    """Measures of different leads that may do the same for the same people; mere proposals left out."""
    return overlapping(filter(is_active, facts.measures), thresholds)


def findings_about(facts: Facts, partner: str, overlaps: Sequence[Overlap]) -> tuple[Finding, ...]:
    """Fragile (one person, an unfilled post), silent, parallel to others; each a sentence."""
    return (*_fragile(facts, partner), *_silent(facts, partner), *_parallel(facts, partner, overlaps))


def _fragile(facts: Facts, partner: str) -> list[Finding]:
    alone = any(p.key == partner for p in partners_with_one_contact(facts))
    found = [Finding("finding.about.one_contact")] if alone else []
    vacant = sum(contact.partner == partner for contact in contacts_vacant(facts))
    return [*found, Finding("finding.about.vacant", {"n": vacant})] if vacant else found


def _silent(facts: Facts, partner: str) -> list[Finding]:
    this = latest_round(facts.rounds, facts.day)
    if this is None or not is_silent(facts, partner):
        return []
    return [Finding("finding.about.silent", {"round": this.name, "deadline": this.deadline})]


def _parallel(facts: Facts, partner: str, overlaps: Sequence[Overlap]) -> list[Finding]:
    own = {measure.key for measure in measures_of(facts, partner)}
    found = []
    for pair in overlaps:
        for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
            if one in own and other not in own:
                theirs = facts.measure_by_key[other]
                lead = facts.partner_by_key.get(theirs.lead_partner or theirs.partner or "")
                titles = {"title": facts.measure_by_key[one].title, "other": theirs.title}
                found.append(Finding("finding.about.parallel", titles | {"partner": lead.name if lead else "–"}))
    return found
