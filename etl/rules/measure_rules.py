"""How a measure is rated on a day.

Source: design (order of the rules) and the domain report's proposal for measures. What they leave open is decided here
and said in ``measure_verdict``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from etl.rules.days import add_months, current_round, days_after, reported_since
from etl.rules.rating import Verdict
from etl.rules.records import Measure, Round
from etl.rules.rounding import rounded
from etl.rules.thresholds import Thresholds

ENDED = ("completed", "cancelled")
#: Rules of ``measure_verdict`` that say a day has passed.
DAY_PASSED = frozenset({"end_passed", "end_long_passed", "milestone_passed", "milestone_long_passed", "start_passed"})
_WARNING_LIGHTS = ("yellow", "red")

Finding = tuple[str, dict[str, Any]]


def measure_verdict(measure: Measure, rounds: Sequence[Round], day: dt.date, thresholds: Thresholds) -> Verdict:
    """The rating of one measure on ``day``.

    0. Completed and cancelled show status and result (or reason), no rating.
    1. *cannot be rated*: proposed, or planned and the start not passed; no report in the round whose deadline passed
       last; the last report older than ``measure_report_age_months``; paused; neither a status nor a light was ever
       said.
    2. *off track*: the end, or a milestone said not to be done, passed more than ``deadline_late_days`` or
       ``deadline_late_rounds`` Stichtage ago; or the partner's own light is red and no next step is named.
    3. *at risk*: the same deadlines just passed; planned, but the start has passed; the partner says delayed, yellow,
       or red with a next step; the people reached lie more than ``people_margin`` below the plan's share of the time
       elapsed **on the day of the report**.
    4. *on track*: no date has passed.

    A milestone nobody said anything about is not missed: it stands beside the symbol.
    """
    for rule in (_shown_by_status, _unrated, _off_track, _at_risk):
        verdict = rule(measure, rounds, day, thresholds)
        if verdict is not None:
            return verdict
    return Verdict("on_track", "no_date_passed", {"status": measure.status, "end": _deadline(measure)})


def _shown_by_status(measure: Measure, rounds: Sequence[Round], day: dt.date, thresholds: Thresholds) -> Verdict | None:
    if measure.status == "completed":
        return Verdict(None, "completed", {"result": measure.result})
    if measure.status == "cancelled":
        return Verdict(None, "cancelled", {"reason": measure.cancel_reason})
    return None


def _unrated(measure: Measure, rounds: Sequence[Round], day: dt.date, thresholds: Thresholds) -> Verdict | None:
    found = _not_begun(measure, day) or _unreported(measure, rounds, day, thresholds) or _unsaid(measure)
    return Verdict("cannot_be_rated", found[0], found[1]) if found else None


def _not_begun(measure: Measure, day: dt.date) -> Finding | None:
    if measure.status == "proposed":
        return "proposed", {"start": measure.start}
    if measure.status != "planned":
        return None
    end = _deadline(measure)
    waiting = day <= measure.start if measure.start else end is None or day <= end
    return ("not_begun", {"start": measure.start}) if waiting else None


def _unreported(measure: Measure, rounds: Sequence[Round], day: dt.date, thresholds: Thresholds) -> Finding | None:
    reports = report_days(measure)
    told = {"reported_on": measure.reported_on}
    due = current_round(rounds, day)
    if due is not None and not reported_since(reports, rounds, due):
        return "no_report_in_round", told | {"round": due.name, "deadline": due.deadline}
    months = thresholds.measure_report_age_months
    if reports and day > add_months(reports[-1], months):
        return "report_too_old", told | {"months": months}
    return None


def _unsaid(measure: Measure) -> Finding | None:
    if measure.status == "paused":
        return "paused", {"obstacle": measure.obstacle}
    said_light = measure.traffic_light in (*_WARNING_LIGHTS, "green")
    if measure.status in (None, "unknown") and not said_light:
        return "status_unknown", {"status": measure.status}
    return None


def _off_track(measure: Measure, rounds: Sequence[Round], day: dt.date, thresholds: Thresholds) -> Verdict | None:
    for missed, rule, inputs in _missed(measure, day):
        rounds_since = sum(missed < r.day <= day for r in rounds)
        late = (day - missed).days > thresholds.deadline_late_days
        if late or rounds_since >= thresholds.deadline_late_rounds:
            return Verdict("off_track", f"{rule}_long_passed", inputs | {"rounds_since": rounds_since})
    if measure.traffic_light == "red" and not measure.next_step:
        return Verdict("off_track", "said_red_without_next_step", {"traffic_light": "red"})
    return None


def _at_risk(measure: Measure, rounds: Sequence[Round], day: dt.date, thresholds: Thresholds) -> Verdict | None:
    for _, rule, inputs in _missed(measure, day):
        return Verdict("at_risk", f"{rule}_passed", inputs)
    if measure.status == "planned" and measure.start and measure.start < day:
        late = {"start": measure.start, "days_late": (day - measure.start).days}
        return Verdict("at_risk", "start_passed", late)
    if measure.status == "delayed":
        return Verdict("at_risk", "said_delayed", {"status": measure.status, "next_step": measure.next_step})
    if measure.traffic_light in _WARNING_LIGHTS:
        said = {"traffic_light": measure.traffic_light, "next_step": measure.next_step}
        return Verdict("at_risk", "said_at_risk", said)
    below = people_below_plan(measure, thresholds)
    return Verdict("at_risk", "people_below_plan", below) if below else None


def _missed(measure: Measure, day: dt.date) -> list[tuple[dt.date, str, dict[str, Any]]]:
    """Deadlines that have passed, the oldest first: (last day in time, ``end`` or ``milestone``, inputs)."""
    missed: list[tuple[dt.date, str, dict[str, Any]]] = []
    end = _deadline(measure)
    if end and end < day:
        missed.append((end, "end", {"deadline": end, "days_late": (day - end).days}))
    for milestone in measure.milestones:
        if milestone.done is False and milestone.day and milestone.day < day:
            inputs = {"deadline": milestone.day, "days_late": (day - milestone.day).days, "milestone": milestone.text}
            missed.append((milestone.day, "milestone", inputs))
    return sorted(missed, key=lambda found: found[:2])


def _deadline(measure: Measure) -> dt.date | None:
    return None if measure.open_end else measure.end


def report_days(measure: Measure) -> tuple[dt.date, ...]:
    """The days on which the measure was reported, in order."""
    known = set(measure.reported_in_rounds) | ({measure.reported_on} if measure.reported_on else set())
    return tuple(sorted(known))


def people_below_plan(measure: Measure, thresholds: Thresholds) -> dict[str, Any] | None:
    """The figures, where fewer people were reached than the elapsed share of the measure's time asks for; else None.

    Of a range the side that speaks for the measure counts; without start and end nothing is computed.
    """
    planned, reached, end = measure.participants_planned, measure.participants_reached, _deadline(measure)
    if not planned or not reached or not planned.min or not measure.start or not end or not measure.reported_on:
        return None
    whole = (end - measure.start).days + 1
    passed = min(max((measure.reported_on - measure.start).days + 1, 0), whole)
    elapsed, share = Decimal(passed) / Decimal(max(whole, 1)), Decimal(reached.max) / Decimal(planned.min)
    if share >= elapsed - thresholds.people_margin:
        return None
    figures = {"reached": reached.max, "planned": planned.min, "reported_on": measure.reported_on}
    return figures | {"share": rounded(share), "elapsed": rounded(elapsed)}


def measure_turning_days(measure: Measure, rounds: Sequence[Round], thresholds: Thresholds) -> tuple[dt.date, ...]:
    """The only days on which ``measure_verdict`` can change without a new report."""
    deadlines = [m.day for m in measure.milestones if m.day and m.done is False]
    deadlines += [d for d in (_deadline(measure), measure.start) if d]
    days = [days_after(d) for d in deadlines]
    days += [days_after(d, thresholds.deadline_late_days + 1) for d in deadlines]
    days += [days_after(r.deadline) for r in rounds] + [r.day for r in rounds]
    reports = report_days(measure)
    if reports:
        days.append(days_after(add_months(reports[-1], thresholds.measure_report_age_months)))
    return tuple(days)
