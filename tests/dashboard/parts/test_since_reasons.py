"""Why a measure is rated differently, as „Seit dem letzten Mal“ says it: true for every way between two rules."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import get_args

import pytest

from dashboard.answers.picture import picture
from dashboard.answers.since import Compare, since
from dashboard.parts.since_rows import Page, measure_reason, rows_of
from etl.model.store import Store
from etl.rules.change import Cause, Change
from etl.rules.days import end_of_day
from etl.rules.measure_rules import DAY_PASSED
from etl.rules.rating import Rating
from etl.rules.since import Line
from etl.wording import has, say

_DAY = dt.date(2026, 6, 30)
_INPUTS = {"deadline": _DAY, "start": _DAY, "reported_on": _DAY, "round": "Herbst 2026", "reached": 44, "planned": 80}
#: Every rule of a measure's rating -> its rating.
_CODES = {rule: "off_track" if "long" in rule or "red" in rule else "at_risk" for rule in DAY_PASSED} | {
    "said_red_without_next_step": "off_track", "said_delayed": "at_risk", "said_at_risk": "at_risk",
    "people_below_plan": "at_risk", "no_date_passed": "on_track", "paused": "cannot_be_rated",
    "proposed": "cannot_be_rated", "not_begun": "cannot_be_rated", "no_report_in_round": "cannot_be_rated",
    "report_too_old": "cannot_be_rated", "status_unknown": "cannot_be_rated",
}  # fmt: skip


def _reason(before: str, after: str, cause: Cause, language: str = "de") -> str:
    rated = [Rating(_CODES[rule], rule, dict(_INPUTS)) for rule in (before, after)]  # type: ignore[arg-type]
    change = Change("measure", "m", cause, before=rated[0], after=rated[1])
    line = Line("measures", "measure", "m", change, *rated)
    return measure_reason(line, partial(say, language), language).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("before", "after", "cause", "german"),
    [
        ("no_report_in_round", "no_date_passed", "deadline_passed", "Meldung liegt vor, keine Frist verstrichen"),
        ("not_begun", "no_date_passed", "new_value", "hat begonnen, keine Frist verstrichen"),
        ("people_below_plan", "no_date_passed", "correction", "Korrektur: nicht mehr hinter dem Plan"),
        ("proposed", "start_passed", "new_value", "Start 30.06.2026 verstrichen, Beginn nicht gemeldet"),
        ("no_date_passed", "end_passed", "deadline_passed", "Frist verstrichen: Ende 30.06.2026"),
        ("no_date_passed", "people_below_plan", "new_value", "neuer Wert: 44 von 80 Personen"),
        ("not_begun", "said_delayed", "deadline_passed", "Träger meldet Verzögerung"),
        ("no_date_passed", "no_report_in_round", "too_old", "keine Meldung zu „Herbst 2026“"),
        ("no_date_passed", "report_too_old", "too_old", "zu alt: letzte Meldung 30.06.2026"),
        ("no_date_passed", "paused", "status_changed", "Status geändert: pausiert"),
    ],
)
def test_a_reason_reads(before: str, after: str, cause: Cause, german: str) -> None:
    assert _reason(before, after, cause) == german


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_reason_contradicts_itself(language: str) -> None:
    """A deadline is said to have passed only where a rule says so, a value to be new only where there is one."""
    passed, new = (say(language, f"cause.{cause}") for cause in ("deadline_passed", "new_value"))
    for before in _CODES:
        if before != "no_date_passed":
            assert has(language, f"since.rule.no_date_passed.{before}"), before
        for after in _CODES:
            for cause in get_args(Cause):
                told = _reason(before, after, cause, language)
                assert not told.startswith(f"{passed}:") or after in DAY_PASSED, told
                assert not told.startswith(f"{new}:") or after == "people_below_plan", told


def test_a_corrected_value_leads_to_what_was_said_of_it_before(demo: Store) -> None:
    day = dt.date(2026, 11, 3)
    seen = picture(demo, day, end_of_day(day))
    found = since(demo, seen, Compare(dt.date(2026, 2, 10), day, known_on=end_of_day(day)), None, None)
    line = next(one for one in found.sections["learnt"] if one.change and one.change.cause == "correction")
    assert (line.before, line.after) == (None, None), "the goal is rated now as it was"
    assert line.change is not None
    value = next(v for v in seen.facts.observations_of[line.change.indicator or ""] if v.day == line.change.day)
    (row,) = rows_of([line], Page(found, seen, partial(say, "de"), "de"))
    assert f'data-go="woher:{value.key}:current_value"' in str(row.title)
    assert row.target is None
