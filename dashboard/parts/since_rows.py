"""One line of „Seit dem letzten Mal“ as a row: what it is about, its cause, and the way to its proof."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from dashboard.answers.moves import move_told_by
from dashboard.answers.picture import Picture
from dashboard.answers.said import said_about
from dashboard.answers.since import Since
from dashboard.parts.blocks import ListRow, rating_change, rating_symbol
from dashboard.parts.board import short_title
from dashboard.parts.funding_cells import AMOUNT
from dashboard.parts.html import Content, Markup, joined, tag
from dashboard.parts.overview import money_words, move_reason
from dashboard.parts.said_beside import said_short
from dashboard.parts.targets import goal_target, measure_target
from dashboard.parts.traced import asked, sum_target, traced, value_target
from etl.rules.facts import Facts, Measure
from etl.rules.finding import shown_inputs
from etl.rules.measure_rules import DAY_PASSED
from etl.rules.since import Line, Section
from etl.wording import formatted, has

Say = Callable[..., str]

#: Causes that only say something together with these rules: of all others the rule's words tell it alone.
_TOLD_WITH: Mapping[str, Collection[str]] = {
    "new_value": ("people_below_plan",),
    "deadline_passed": DAY_PASSED - {"start_passed"},
    "too_old": ("report_too_old",),
    "status_changed": ("paused", "proposed"),
    "new": (),
    "ended": (),
}
#: What a click on what is there no longer begins with.
THEN_PREFIX = "damals:"


@dataclass(frozen=True, slots=True)
class Page:
    found: Since
    picture: Picture
    say: Say
    language: str

    @property
    def after(self) -> Facts:
        return self.found.after


def rows_of(lines: Sequence[Line], page: Page) -> list[ListRow]:
    """Partners that said nothing are a number: their names are for the office, behind „woher?“."""
    silent = sum(line.section == "partners_silent" for line in lines)
    rows = [_ROWS[line.section](line, page) for line in lines if line.section != "partners_silent"]
    if silent:
        number = page.found.count("partners_silent")
        words = page.say("since.silent", n=number, day=page.found.compare.earlier)
        rows.append(ListRow(traced(words, sum_target("reported"))))
    return rows


def _goal(line: Line, page: Page) -> ListRow:
    goal = page.after.goal_by_key[line.key]
    assert line.change is not None, "a goal's line has its change"
    assert line.before is not None, "and its ratings"
    assert line.after is not None, "and its ratings"
    move = move_told_by(line.change, goal, line.before, line.after, page.picture)
    if move is not None and move.new == line.after.inputs.get("value"):
        move = replace(move, marks=tuple(mark for mark in line.after.marks if mark[0] == "current_value"))
    values = sum_target("values", goal.key)
    reason = move_reason(move, page.say, page.language) if move else _cause(line, page)
    said = said_short(move.said, values, page.say) if move else ()
    word = page.say(f"rating.{line.after.code}") if line.after.code else None
    return ListRow(
        short_title(goal),
        joined([_dotted([word, traced(reason, values)]), *said]),
        _change(line, page),
        goal_target(goal.key),
        strong=True,
    )


def _change(line: Line, page: Page) -> Markup | None:
    before, after = (rating.code if rating else None for rating in (line.before, line.after))
    return rating_change(before, after, page.language) if before and after else None


def _rated_measure(line: Line, page: Page) -> ListRow:
    measure = page.after.measure_by_key[line.key]
    assert line.after is not None, "a rated measure"
    told = traced(measure_reason(line, page.say, page.language), _rests_on(measure))
    said = said_short(said_about(line.after, page.picture), _rests_on(measure), page.say)
    word = page.say(f"rating.{line.after.code}") if line.after.code else None
    return ListRow(
        measure.title, joined([_dotted([word, told]), *said]), _change(line, page), measure_target(measure.key)
    )


def measure_reason(line: Line, say: Say, language: str) -> str:
    """What its rating turned on, and what it turned from where all is well now; the cause before it where that says
    more: „neuer Wert: 44 von 80 Personen“, „Korrektur: Träger meldet Rot“, „hat begonnen, keine Frist verstrichen“."""
    assert line.after is not None, "a rated measure"
    cause, rule = line.change.cause if line.change else None, line.after.rule
    from_to = f"since.rule.{rule}.{line.before.rule}" if line.before else ""
    key = from_to if has(language, from_to) else f"since.rule.{rule}"
    about = say(key, **shown_inputs(line.after))
    if cause is None or rule not in _TOLD_WITH.get(cause, (rule,)):
        return about
    return say("since.because", cause=say(f"cause.{cause}"), about=about)


def _rests_on(measure: Measure) -> str:
    fields = ("status", "traffic_light", "start", "end", "participants_actual", "participants_planned")
    return value_target(measure.key, *fields)


def _cause(line: Line, page: Page) -> str:
    return page.say(f"cause.{line.change.cause}") if line.change else ""


def _new_measure(line: Line, page: Page) -> ListRow:
    measure = page.after.measure_by_key[line.key]
    rated = rating_symbol(line.after.code, page.language) if line.after and line.after.code else None
    late = line.day is not None and line.day <= page.found.compare.earlier
    word = page.say("cause.reported_late") if late else None
    name = traced(
        _partner(measure.lead_partner or measure.partner, page), value_target(measure.key, "lead_org", "title")
    )
    return ListRow(measure.title, _dotted([_lead(line, page), rated, word, name]), target=measure_target(measure.key))


def _ended_measure(line: Line, page: Page) -> ListRow:
    measure = page.after.measure_by_key[line.key]
    text = measure.result if line.section == "measures_finished" else measure.cancel_reason
    told = traced(_short(text) if text else _partner(measure.lead_partner or measure.partner, page),
                  value_target(measure.key, "status", "result", "cancel_reason"))  # fmt: skip
    return ListRow(
        measure.title, _dotted([_lead(line, page), _unusual(line, page), told]), target=measure_target(measure.key)
    )


def _late_measure(line: Line, page: Page) -> ListRow:
    measure = page.after.measure_by_key[line.key]
    told = traced(_day("since.was_due", line, page), value_target(measure.key, "end", "period", "milestone"))
    return ListRow(measure.title, _dotted([_lead(line, page), told]), target=measure_target(measure.key))


def _funding(line: Line, page: Page) -> ListRow:
    funding = page.after.funding_by_key[line.key]
    amount = funding.granted or funding.total
    money = traced(money_words(amount, page.say, page.language), value_target(funding.key, *AMOUNT)) if amount else None
    dated = line.section in ("money_ended", "money_ending")
    when = traced(_day("since.on", line, page), value_target(funding.key, "end", "period")) if dated else None
    notes = _dotted([_lead(line, page), money, when, _unusual(line, page)])
    return ListRow(asked(funding.name, value_target(funding.key)), notes)


def _partner_line(line: Line, page: Page) -> ListRow:
    if line.section == "partners_gone":
        return _removed(line, page)
    partner = page.after.partner_by_key[line.key]
    return ListRow(asked(partner.name, value_target(partner.key)), _lead(line, page))


def _promise(line: Line, page: Page) -> ListRow:
    """A promise names the organisation that gave it, never a person."""
    records = page.after.agreements if line.kind == "agreement" else page.after.decisions
    record = next(r for r in records if r.key == line.key)
    known = {name for p in page.after.partners for name in (p.name, p.short_name) if name}
    who = record.responsible if record.responsible in known else None
    due = _day("since.was_due", line, page) if line.day else None
    kind = page.say("since.decided") if line.kind == "decision" else None
    told = traced(_dotted([kind, who, due]), value_target(record.key, "responsible", "due", "status"))
    dropped = line.section == "broken" and record.status in ("dropped", "rejected")
    lead = tag("b", page.say("since.lead.dropped")) if dropped else _lead(line, page)
    return ListRow(asked(_short(record.title), value_target(record.key)), _dotted([lead, told]))


def _learnt(line: Line, page: Page) -> ListRow:
    title, target = _titled(line.kind, line.key, page.after)
    assert line.change is not None, "what was learnt is a change"
    field = page.say(f"since.field.{line.change.field}") if line.change.field == "current_value" else None
    value = _observed(line, page)
    where = value or (sum_target("values", line.key) if line.kind == "goal" else value_target(line.key))
    told = traced(_dotted([_cause(line, page), field, _values(line, page)]), where)
    if target and not value:
        return ListRow(title, told, target=target)
    return ListRow(asked(title, where), told)


def _observed(line: Line, page: Page) -> str | None:
    """The value that was put right or came late: what was said of it before stands there, not on the goal's page."""
    if line.change is None or line.change.field != "current_value":
        return None
    values = page.after.observations_of.get(line.change.indicator or "", ())
    return next((value_target(v.key, "current_value") for v in values if v.day == line.change.day), None)


def _values(line: Line, page: Page) -> str | None:
    """„247 statt 274“, „610“; only of what can be said in a word."""
    assert line.change is not None, "what was learnt is a change"
    shown = [_plain(value, page) for value in (line.change.new, line.change.old)]
    if shown[0] and shown[1]:
        return page.say("overview.move.instead_of", new=shown[0], old=shown[1])
    return shown[0] or None


def _plain(value: Any, page: Page) -> str | None:
    if isinstance(value, Decimal):
        return formatted(page.language, value, "number")
    return formatted(page.language, value, "date") if isinstance(value, dt.date) else None


def _removed(line: Line, page: Page) -> ListRow:
    """What is there no longer; its proof stands in the earlier picture."""
    title, _ = _titled(line.kind, line.key, page.found.before)
    told = _dotted([_lead(line, page), page.say(f"kind.{line.kind}", n=1), _cause(line, page)])
    return ListRow(asked(title, f"{THEN_PREFIX}{value_target(line.key)}"), told)


def _titled(kind: str, key: str, facts: Facts) -> tuple[str, str | None]:
    """Title of a record, and the page it has."""
    if kind == "goal" and key in facts.goal_by_key:
        return short_title(facts.goal_by_key[key]), goal_target(key)
    if kind == "measure" and key in facts.measure_by_key:
        return facts.measure_by_key[key].title, measure_target(key)
    if kind == "funding" and key in facts.funding_by_key:
        return facts.funding_by_key[key].name, None
    if kind == "partner" and key in facts.partner_by_key:
        return facts.partner_by_key[key].name, None
    groups: tuple[Sequence[Any], ...] = (
        facts.cooperations, facts.needs, facts.ideas, facts.decisions, facts.agreements, facts.meetings,
        facts.fields_of_action,
    )  # fmt: skip
    return next((record.title for group in groups for record in group if record.key == key), key), None


def _lead(line: Line, page: Page) -> Markup:
    return tag("b", page.say(f"since.lead.{line.section}"))


def _unusual(line: Line, page: Page) -> str | None:
    """The cause, where it is another than one would think."""
    usual = ("new_value", "ended", "status_changed", "new", "deadline_passed")
    return None if line.change is None or line.change.cause in usual else _cause(line, page)


def _day(key: str, line: Line, page: Page) -> str:
    return page.say(key, day=line.day) if line.day else ""


def _partner(key: str | None, page: Page) -> str:
    found = page.after.partner_by_key.get(key or "")
    return (found.short_name or found.name) if found else "–"


def _short(text: str, longest: int = 110) -> str:
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0].rstrip(",;:–- ") + " …"


def _dotted(parts: Sequence[Content]) -> Markup:
    return joined([part for part in parts if part], " · ")


_ROWS: Mapping[Section, Callable[[Line, Page], ListRow]] = {
    "goals": _goal,
    "measures": _rated_measure,
    "measures_new": _new_measure,
    "measures_finished": _ended_measure,
    "measures_cancelled": _ended_measure,
    "deadlines": _late_measure,
    "money_won": _funding,
    "money_ended": _funding,
    "money_ending": _funding,
    "money_unallocated": _funding,
    "partners_new": _partner_line,
    "partners_gone": _partner_line,
    "kept": _promise,
    "broken": _promise,
    "learnt": _learnt,
    "removed": _removed,
}
