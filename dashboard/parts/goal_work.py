"""What works towards a goal: its measures, the cooperations behind them, the money that carries them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from dashboard.answers.goal_page import FundingLine, GoalPage, MeasureLine
from dashboard.answers.said import RATED_BY
from dashboard.answers.timeline import Window, run_of, window_around
from dashboard.parts.blocks import Column, rating_symbol, scroll_box, section, table
from dashboard.parts.downloads import Table
from dashboard.parts.funding_cells import AMOUNT, NEXT
from dashboard.parts.html import Content, Markup, go, joined, tag
from dashboard.parts.measures import age_words, status_mark
from dashboard.parts.overview import money_words
from dashboard.parts.said_beside import said_below
from dashboard.parts.targets import measure_target
from dashboard.parts.timeline import timeline_cell, timeline_head
from dashboard.parts.traced import asked, sum_target, traced, value_target
from etl.rules.facts import Cooperation, Count, Partner
from etl.rules.funding_rules import follow_up_applied
from etl.wording import formatted, has

Say = Callable[..., str]


def measures_markup(page: GoalPage, say: Say, language: str) -> Markup:
    """The contributing measures; to be shown inside ``clickable``."""
    head = section(say("goals.measures"), say("kind_count.measure", n=len(page.measures)))
    if not page.measures:
        return joined([head, tag("p", say("goals.measures.none"), class_="rt-note")])
    columns: list[Column | str] = [
        say("goals.measures.column.title"),
        say("goals.measures.column.lead"),
        Column(say("column.status"), narrow=True),
        Column(say("column.rating"), narrow=True),
        Column(say("goals.measures.column.reached"), numeric=True),
        Column(say("goals.measures.column.reported"), narrow=True),
    ]
    rows = [_measure_row(line, page.day, say, language) for line in page.measures]
    return joined([head, table(columns, rows, label=say("goals.measures"))])


def _measure_row(line: MeasureLine, day: dt.date, say: Say, language: str) -> list[Content]:
    measure = line.measure
    key = measure.key
    age = age_words((day - measure.reported_on).days, say) if measure.reported_on else "–"
    return [
        _titled(line, say),
        traced(line.lead, value_target(key, "lead_org")),
        traced(status_mark(measure.status, language), value_target(key, "status")),
        traced(_rating(line, say, language), value_target(key, *RATED_BY)),
        traced(_reached(line, say, language), value_target(key, "participants_actual", "participants_planned")),
        traced(age, value_target(key, "report_date", "status")),
    ]


def _titled(line: MeasureLine, say: Say, below: Content = None) -> Markup:
    """The way to the measure; below it what its partner says beside its rating."""
    key = line.measure.key
    said = said_below(line.said, value_target(key, *RATED_BY), say)
    return joined([go(line.measure.title, measure_target(key)), _assigned(line, say), below, *said])


def _assigned(line: MeasureLine, say: Say) -> Markup | None:
    """That the goal is the office's word, asked for who, when and why."""
    if not line.assigned:
        return None
    return tag("small", asked(say("assign.mark"), value_target(line.measure.key, "goal_ref")))


def _rating(line: MeasureLine, say: Say, language: str) -> Content:
    code = line.rating.code
    return rating_symbol(code, language) if code else tag("span", say("rating.none"), class_="rt-note")


def _reached(line: MeasureLine, say: Say, language: str) -> str:
    reached, planned = line.measure.participants_reached, line.measure.participants_planned
    if reached and planned:
        values = {"reached": _count(reached, say, language), "planned": _count(planned, say, language)}
        return say("goals.reached", **values)
    stated = reached or planned
    return _count(stated, say, language) if stated and reached else "–"


def _count(count: Count, say: Say, language: str) -> str:
    text = formatted(language, count.min)
    if count.max != count.min:
        text = f"{text}–{formatted(language, count.max)}"
    return f"{say('mark.approximate')}\u00a0{text}" if count.approx else text


def timeline_markup(page: GoalPage, say: Say, language: str) -> Markup:
    """Delivery: when the measures run, where they stand, what comes next; to be shown inside ``clickable``."""
    head = section(say("goals.measures"), say("kind_count.measure", n=len(page.measures)))
    if not page.measures:
        return joined([head, tag("p", say("goals.measures.none"), class_="rt-note")])
    window = window_around(page.day)
    today = window.place(page.day)
    heads = [
        tag("th", say("goals.measures.column.title"), scope="col"),
        tag("th", say("column.status"), scope="col"),
        tag("th", say("column.rating"), scope="col"),
        timeline_head(window, today, say),
        tag("th", say("goals.measures.column.next"), scope="col"),
    ]
    rows = (
        tag(
            "tr",
            tag("th", _titled(line, say, _lead(line)), scope="row"),
            tag("td", traced(status_mark(line.measure.status, language), value_target(line.measure.key, "status"))),
            tag(
                "td",
                traced(_rating(line, say, language), value_target(line.measure.key, *RATED_BY)),
                class_="rt-narrow",
            ),
            _run(line, page, window, today, say),
            tag("td", traced(_next(line), value_target(line.measure.key, _next_field(line)))),
        )
        for line in page.measures
    )
    inner = tag("table", tag("thead", tag("tr", heads)), tag("tbody", rows), class_="rt-table rt-stack rt-run")
    return joined([head, scroll_box(inner, say("goals.measures"))])


def _run(line: MeasureLine, page: GoalPage, window: Window, today: float, say: Say) -> Markup:
    milestones = sum_target("milestones", line.measure.key)
    return timeline_cell(run_of(line.measure, window, page.day), today, say, milestones)


def _lead(line: MeasureLine) -> Markup:
    return tag("small", traced(line.lead, value_target(line.measure.key, "lead_org")))


def _next_field(line: MeasureLine) -> str:
    """The field that ``_next`` shows."""
    measure = line.measure
    stated = (("next_steps", measure.next_step), ("obstacle", measure.obstacle), ("result", measure.result))
    return next((name for name, text in stated if text), "cancel_reason")


def _next(line: MeasureLine) -> str:
    """What comes next; else what stands in the way; ended measures show what came of them."""
    measure = line.measure
    return measure.next_step or measure.obstacle or measure.result or measure.cancel_reason or "–"


def cooperations_markup(
    partners: Sequence[Partner], cooperations: Sequence[Cooperation], names: dict[str, str], say: Say, language: str
) -> Markup:
    """Who carries out the measures, and the cooperations between them. ``names``: partner key -> short name."""
    head = section(say("goals.cooperations"), say("goals.cooperations.count", n=len(cooperations)))
    who = say("goals.cooperations.partners", n=len(partners))
    listed = joined((asked(p.short_name or p.name, value_target(p.key)) for p in partners), ", ")
    lead = tag("p", joined([who, ": ", listed, "."]) if partners else f"{who}.", class_="rt-lead-in")
    if not cooperations:
        return joined([head, lead, tag("p", say("goals.cooperations.none"), class_="rt-note")])
    columns = [say(f"goals.cooperations.column.{name}") for name in ("title", "partners", "agreement", "purpose")]
    columns.insert(3, say("column.status"))
    rows = [_traced_row(c, _cooperation_row(c, names, say, language)) for c in cooperations]
    return joined([head, lead, table(columns, rows, label=say("goals.cooperations"))])


_FIELDS = (("partner_a", "partner_b"), ("agreement",), ("status",), ("purpose",))


def _traced_row(c: Cooperation, texts: Sequence[str]) -> list[Content]:
    """Each value with its source, the title with all of them."""
    rest = (traced(text, value_target(c.key, *names)) for text, names in zip(texts[1:], _FIELDS, strict=True))
    return [asked(texts[0], value_target(c.key)), *rest]


def _cooperation_row(c: Cooperation, names: dict[str, str], say: Say, language: str) -> list[str]:
    involved = [names[key] for key in c.partner_keys if key in names] or list(c.partners)
    agreed = say(f"cooperations.agreed_as.{c.agreement}") if c.agreement else say("word.unknown")
    status = _word(f"goals.cooperations.status.{c.status}", c.status, language, say)
    return [c.title, ", ".join(involved), agreed, status, c.purpose or "–"]


def _word(key: str, said: str | None, language: str, say: Say) -> str:
    if said is None:
        return say("word.unknown")
    return say(key) if has(language, key) else said


def fundings_markup(lines: Sequence[FundingLine], say: Say, language: str) -> Markup:
    """The money behind the measures, what ends first at the top; inside ``clickable``."""
    head = section(say("goals.fundings"), say("kind_count.funding", n=len(lines)))
    if not lines:
        return joined([head, tag("p", say("goals.fundings.none"), class_="rt-note")])
    columns: list[Column | str] = [
        say("goals.fundings.column.title"),
        Column(say("goals.fundings.column.end"), narrow=True),
        Column(say("goals.fundings.column.amount"), numeric=True),
        say("goals.fundings.column.carries"),
        say("goals.fundings.column.follow_up"),
    ]
    rows = [_funding_row(line, say, language) for line in lines]
    return joined([head, table(columns, rows, label=say("goals.fundings"))])


def _funding_row(line: FundingLine, say: Say, language: str) -> list[Content]:
    carried = tag("ul", (tag("li", go(m.title, measure_target(m.key))) for m in line.measures), class_="rt-plain")
    key = line.funding.key
    return [
        asked(line.funding.name, value_target(key)),
        traced(_end(line, say, language), value_target(key, "end", "period")),
        traced(_amount(line, say, language), value_target(key, *AMOUNT)),
        carried,
        traced(_follow_up(line, say), value_target(key, *NEXT)),
    ]


def _end(line: FundingLine, say: Say, language: str) -> str:
    if line.funding.open_end:
        return say("goals.fundings.permanent")
    return formatted(language, line.funding.end, "short_date") if line.funding.end else "–"


def _amount(line: FundingLine, say: Say, language: str) -> str:
    """What was granted; what is only applied for says so. The two are never added."""
    if line.granted:
        stated = line.funding.granted or line.funding.total
        return money_words(stated, say, language) if stated else "–"
    if line.funding.applied is None:
        return "–"
    return say("goals.fundings.applied", amount=money_words(line.funding.applied, say, language))


def _follow_up(line: FundingLine, say: Say) -> Content:
    if line.open:
        return tag("b", say(_open(line)))
    if line.funding.follow_up_state == "secured":
        return say("goals.fundings.secured")
    return line.funding.follow_up or "–"


def _open(line: FundingLine) -> str:
    return "goals.fundings.applied_for" if follow_up_applied(line.funding) else "goals.fundings.open"


def measures_download(page: GoalPage, say: Say, language: str) -> Table:
    names = ("title", "lead", "reached", "reported")
    heads = [say(f"goals.measures.column.{name}") for name in names]
    heads[2:2] = [say("column.status"), say("column.rating")]
    return Table(tuple(heads), lambda: (_measure_texts(line, page.day, say, language) for line in page.measures))


def _measure_texts(line: MeasureLine, day: dt.date, say: Say, language: str) -> tuple[str, ...]:
    status = line.measure.status or "unknown"
    return (
        line.measure.title,
        line.lead,
        say(f"status.{status}") if has(language, f"status.{status}") else status,
        say(f"rating.{line.rating.code or 'none'}"),
        _reached(line, say, language),
        age_words((day - line.measure.reported_on).days, say) if line.measure.reported_on else "",
    )


def cooperations_download(found: Sequence[Cooperation], names: dict[str, str], say: Say, language: str) -> Table:
    heads = [say(f"goals.cooperations.column.{name}") for name in ("title", "partners", "agreement", "purpose")]
    heads.insert(3, say("column.status"))
    rows = (_cooperation_row(c, names, say, language) for c in found)
    return Table(tuple(heads), lambda: rows)


def fundings_download(lines: Sequence[FundingLine], say: Say, language: str) -> Table:
    names = ("title", "end", "amount", "carries", "follow_up")
    return Table(
        tuple(say(f"goals.fundings.column.{name}") for name in names),
        lambda: (
            (
                line.funding.name,
                _end(line, say, language),
                _amount(line, say, language),
                "; ".join(m.title for m in line.measures),
                say(_open(line)) if line.open else line.funding.follow_up or "",
            )
            for line in lines
        ),
    )
