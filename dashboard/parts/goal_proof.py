"""The proof of a goal's rating: verdict, rule, basis, the day it changes, what the group said, what is contested."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import asdict

from dashboard.answers.goal_page import Contradiction, GoalPage, IndicatorView
from dashboard.answers.provenance import Origin
from dashboard.answers.results import Assessed
from dashboard.parts.assessed import assessed_pairs
from dashboard.parts.blocks import (
    SYMBOLS,
    ListRow,
    definition_list,
    headline,
    list_rows,
    rating_symbol,
    section,
    symbol,
)
from dashboard.parts.findings import sentence
from dashboard.parts.html import Content, Markup, go, joined, tag
from dashboard.parts.provenance import decided_words
from dashboard.parts.quantities import marked, quantity
from dashboard.parts.said_beside import said_below, said_beside
from dashboard.parts.traced import asked, sourced, sum_target, traced, value_target
from dashboard.parts.value_words import value_words
from etl.rules.finding import Finding, rule_finding
from etl.rules.rating import Rating, Remark
from etl.rules.thresholds import Thresholds
from etl.wording import formatted, has

Say = Callable[..., str]

#: Rules under which nothing but a person's word or a new structure changes the rating.
_NO_NUMBER = ("no_indicator", "shown_by_sub_goals")


def goal_headline(page: GoalPage, say: Say) -> Markup:
    """Field and who is responsible, the goal's own wording, then the finding."""
    over = [say("goals.field", title=page.field)] if page.field else []
    if page.goal.responsible:
        over.append(say("goals.responsible", name=page.goal.responsible))
    if page.goal.id:
        worded = say("goals.worded", id=page.goal.id, title=page.goal.title)
    else:
        worded = say("goals.worded_only", title=page.goal.title)
    lines = " · ".join([*over[:1], worded, *over[1:]])
    return headline(sourced(lines, say, sum_target("values", page.goal.key)), sentence(page.finding, say))


def verdict_markup(page: GoalPage, say: Say, language: str) -> Markup:
    """Symbol, word, and why."""
    rating = page.rating
    why = sentence(rule_finding(rating), say)
    head = section(say("goals.rating"), say("goals.rating.day", day=page.day))
    source = sum_target("values", page.goal.key)
    if rating.code is None:
        tally = tag("p", traced(_tally(rating, say), source), class_="rt-proof-tally")
        return joined([head, tally, tag("p", traced(why, source))])
    view = next((v for v in page.indicators if v.decides), None)
    several = view is not None and len(page.indicators) > 1
    of = tag("small", say("goals.rating.of", title=view.indicator.title)) if view is not None and several else None
    words = tag(
        "div", tag("b", say(f"rating.{rating.code}"), class_="rt-proof-word"), tag("p", traced(why, source)), of
    )
    return joined([head, tag("div", symbol(rating.code), words, class_="rt-proof")])


def _tally(rating: Rating, say: Say) -> Content:
    counts = rating.inputs.get("tally", {})
    shown = (
        tag("span", symbol(code), f"\u00a0{counts[code]} ", say(f"rating.{code}"), class_="rt-below")
        for code in SYMBOLS
        if counts.get(code)
    )
    return joined(shown, " ")


def number_label(view: IndicatorView, say: Say, language: str) -> str:
    """„51,2 % (vorläufig) · woher?“, the label of the number's popover."""
    assert view.latest is not None, "only a value that is there comes from somewhere"
    shown = marked(say, quantity(language, view.latest.value, view.indicator.unit), view.marks)
    return say("goals.where_from", value=shown)


def age_words(view: IndicatorView, day: dt.date, say: Say) -> str:
    """„Wert vom 30. September 2026, 41 Tage alt“."""
    assert view.latest is not None, "only a value that is there has an age"
    return say("goals.value_of", day=view.latest.day, n=(day - view.latest.day).days)


def proof_markup(
    page: GoalPage, thresholds: Thresholds, say: Say, language: str, felt: Sequence[Assessed] = ()
) -> Markup:
    """Rule, basis, the day it changes, the group's assessment and how the room felt (``felt``), what stands beside."""
    rating = page.rating
    code = rating.code or "cannot_be_rated"
    pairs: list[tuple[Content, Content]] = []
    if rating.rule not in _NO_NUMBER:
        rule = traced(say(f"basis.goal.{code}", **asdict(thresholds)), sum_target("values", page.goal.key))
        pairs.append((say("goals.proof.rule"), rule))
        pairs.append((say("goals.proof.basis"), _basis(page, say, language)))
        flips = traced(_flips(rating, say, language), sum_target("values", page.goal.key))
        pairs.append((say("goals.proof.flips"), flips))
    if rating.human is not None:
        pairs.append((say("goals.proof.group", body=rating.human.body), _human(rating, say, language)))
    pairs += assessed_pairs(felt, language)
    pairs += said_beside(rating, page.partner_names, say)
    told = ((remark, _remark(remark, page, say)) for remark in rating.beside)
    beside = [traced(words, value_target(remark.key, "end", "period", "follow_up")) for remark, words in told if words]
    if beside:
        pairs.append((say("goals.proof.beside"), tag("ul", (tag("li", b) for b in beside), class_="rt-plain")))
    return definition_list(pairs)


def _basis(page: GoalPage, say: Say, language: str) -> Content:
    """The values the rating was computed from, each with its day."""
    view = next((v for v in page.indicators if v.decides), None)
    if view is None:
        return "–"
    indicator, unit = view.indicator, view.indicator.unit
    parts = [
        traced(part, value_target(indicator.key, f"{name}_value", f"{name}_date"))
        for name, part in (
            ("baseline", _stated(say("goals.baseline"), indicator.baseline, indicator.baseline_day, unit, language)),
            ("target", _stated(say("goals.target"), indicator.target, indicator.target_day, unit, language)),
        )
        if part
    ]
    if view.latest is not None:
        reported = marked(say, quantity(language, view.latest.value, unit), view.marks)
        told = joined([say("goals.reported"), " ", tag("b", reported), f" ({formatted(language, view.latest.day)})"])
        parts.append(traced(told, value_target(view.latest.key, "current_value")))
    if view.expected is not None:
        expected = quantity(language, view.expected, unit, computed=True)
        path = value_target(indicator.key, "baseline_value", "baseline_date", "target_value", "target_date")
        parts.append(traced(joined([say("goals.expected"), " ", tag("b", expected)]), path))
    return joined(parts, " · ")


def _stated(word: str, value: object, day: dt.date | None, unit: str | None, language: str) -> Markup | None:
    if value is None:
        return None
    when = f" ({formatted(language, day)})" if day else ""
    return joined([word, " ", tag("b", quantity(language, value, unit)), when])  # type: ignore[arg-type]


def _flips(rating: Rating, say: Say, language: str) -> Content:
    if rating.flips_on is None or rating.flips_to is None:
        return say("goals.proof.flips.never")
    day = tag("b", formatted(language, rating.flips_on))
    return joined(
        [
            joined([day, say("goals.proof.flips.to"), rating_symbol(rating.flips_to, language)], " "),
            joined([",", say("goals.proof.flips.if")], " "),
        ]
    )


def _human(rating: Rating, say: Say, language: str) -> Markup:
    assert rating.human is not None, "only an assessment that was made is shown"
    human = rating.human
    when = [formatted(language, human.day)]
    if human.expires:
        when.append(say("goals.proof.until", day=human.expires))
    return joined(
        [
            rating_symbol(human.code, language),
            f": {human.reason}",
            tag("small", " · ".join(when), class_="rt-below-line"),
        ]
    )


def _remark(remark: Remark, page: GoalPage, say: Say) -> str | None:
    """Money that ends, and indicators that can't be rated."""
    if remark.code == "funding_ends":
        title = page.funding_names.get(remark.key, remark.key)
        return sentence(Finding("beside.funding_ends", {"title": title, "day": remark.day}), say)
    return say(f"beside.{remark.code}", day=remark.day)


def below_markup(page: GoalPage, say: Say, language: str) -> Markup | None:
    """The goals beneath, with their ratings; inside ``clickable``."""
    if not page.below:
        return None
    rows = [
        ListRow(
            " ".join(filter(None, (child.id, child.short_title or child.title))),
            note=joined(said_below(page.said_below[child.key], sum_target("values", child.key), say)) or None,
            lead=rating_symbol(rating.code, language) if rating.code else None,
            target=f"ziel:{child.key}",
        )
        for child, rating in page.below
    ]
    return joined([section(say("goals.proof.below")), list_rows(rows)])


def contradictions_markup(
    found: Sequence[tuple[Contradiction, tuple[Origin, ...]]], say: Say, language: str
) -> Markup | None:
    """Both values, who said them, where; until someone decides, and longer where both are right."""
    waiting = [pair for pair in found if pair[0].decided is None]
    settled = [pair for pair in found if pair[0].decided is not None]
    parts: list[Markup] = []
    if waiting:
        parts.append(section(say("goals.contradiction", n=len(waiting)), say("goals.contradiction.shown")))
        parts.append(list_rows(_contested(c, origins, say, language) for c, origins in waiting))
    if settled:
        parts.append(section(say("goals.contradiction.both", n=len(settled))))
        parts.append(list_rows(_contested(c, origins, say, language) for c, origins in settled))
    return tag("div", parts, class_="rt-contested" if waiting else None) if parts else None


def _contested(c: Contradiction, origins: Sequence[Origin], say: Say, language: str) -> ListRow:
    sides = _sides(c, origins, say, language)
    note = joined([sides, decided_words(c.decided, say)]) if c.decided is not None else sides
    return ListRow(_contested_link(c, origins, say, language), note, strong=True)


def _contested_link(c: Contradiction, origins: Sequence[Origin], say: Say, language: str) -> Markup:
    return asked(_contested_title(c, origins, say, language), value_target(c.record, c.field))


def _contested_title(c: Contradiction, origins: Sequence[Origin], say: Say, language: str) -> str:
    values = list(dict.fromkeys(value_words(o.value, o.meaning, say, language) for o in origins))
    key = f"field.goal.{c.field}"
    name = say(key) if has(language, key) else None
    return " / ".join(values) + " – " + ", ".join(filter(None, (name, c.title)))


def _sides(c: Contradiction, origins: Sequence[Origin], say: Say, language: str) -> Markup:
    target = value_target(c.record, c.field)
    return tag("ul", (tag("li", traced(_side(origin, say, language), target)) for origin in origins), class_="rt-plain")


def _side(origin: Origin, say: Say, language: str) -> Markup:
    value = tag("b", value_words(origin.value, origin.meaning, say, language))
    told = [say("goals.contradiction.by", partner=origin.partner or origin.entered_by or "–")]
    if origin.cells:
        told.append(f"{origin.file}, {origin.cells[0].sheet}, {', '.join(c.cell for c in origin.cells)}")
    told.append(formatted(language, origin.day))
    return joined([value, " ", " · ".join(told)])


def chart_key(view: IndicatorView, say: Say) -> Markup:
    """What the lines mean; CSS lines, because the four symbols may stand for nothing else."""
    shown = [("rt-line-reported", "goals.key.reported")] if view.values else []
    if view.path is not None:
        shown.append(("rt-line-path", "goals.key.path"))
    items = [
        tag("span", tag("i", class_=f"rt-line {look}", aria_hidden="true"), " ", say(word)) for look, word in shown
    ]
    if view.indicator.target is not None:
        items.append(tag("span", say("goals.key.target")))
    return tag("p", items, class_="rt-key")


def chart_sources(view: IndicatorView, say: Say) -> Markup:
    """The way to all values the chart is drawn from."""
    words = say("goals.chart_sources", n=len(view.values))
    return tag("p", go(words, sum_target("indicator", view.indicator.key), class_="rt-link"), class_="rt-note")
