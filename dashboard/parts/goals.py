"""The goals' markup: the tree by effect, and the organisations by what they contribute to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from dashboard.answers.goals import FieldOfGoals, GoalLine, Provider
from dashboard.answers.order import alphabetical
from dashboard.parts.blocks import SYMBOLS, note, rating_symbol, scroll_box, symbol, table
from dashboard.parts.downloads import Table
from dashboard.parts.html import Content, Markup, go, joined, tag
from dashboard.parts.quantities import marked, quantity
from dashboard.parts.said_beside import said_below
from dashboard.parts.targets import goal_target, measure_target
from dashboard.parts.traced import asked, sum_target, traced, value_target
from etl.rules.facts import Goal
from etl.rules.path import expected_on

Say = Callable[..., str]

_COLUMNS = ("goal", "now", "expected", "target", "measures")


def tree_markup(tree: Sequence[FieldOfGoals], say: Say, language: str) -> Markup:
    """One table, a group of rows per field of action; to be shown inside ``clickable``."""
    if not tree:
        return note(say("goals.none_fit"))
    heads = [tag("th", say(f"goals.column.{name}"), scope="col", class_=_class(name)) for name in _COLUMNS]
    heads.insert(1, tag("th", say("column.rating"), scope="col"))
    bodies = (_field(branch, say, language) for branch in tree)
    return scroll_box(
        tag("table", tag("thead", tag("tr", heads)), bodies, class_="rt-table rt-stack rt-tree"), say("goals.table")
    )


def filtered(tree: Sequence[FieldOfGoals], ratings: Sequence[str]) -> tuple[FieldOfGoals, ...]:
    """Only goals with one of these ratings; everything where none is chosen."""
    if not ratings:
        return tuple(tree)
    kept = (FieldOfGoals(f.title, tuple(g for g in f.goals if g.rating.code in ratings)) for f in tree)
    return tuple(branch for branch in kept if branch.goals)


def _class(name: str) -> str | None:
    return "rt-num" if name in ("now", "expected", "target", "measures") else None


def _field(branch: FieldOfGoals, say: Say, language: str) -> Markup:
    head = tag("tr", tag("th", _field_title(branch, say), scope="rowgroup", colspan=6), class_="rt-group")
    return tag("tbody", head, (_line(line, say, language) for line in branch.goals))


def _field_title(branch: FieldOfGoals, say: Say) -> Content:
    return asked(branch.title, sum_target("field", branch.title)) if branch.title else say("goals.no_field")


def _line(line: GoalLine, say: Say, language: str) -> Markup:
    goal = line.goal
    words = [go(labelled(goal), goal_target(goal.key))]
    if goal.short_title:
        words.append(tag("small", traced(goal.title, value_target(goal.key, "title"))))
    latest = value_target(line.latest.key, "current_value") if line.latest else goal_target(goal.key)
    words += said_below(line.said, latest, say)
    name = tag("th", words, scope="row", class_=f"rt-depth-{min(line.depth, 3)}")
    cells = [tag("td", traced(_rating(line, say, language), latest), class_="rt-narrow")]
    cells += [
        tag("td", _named(name, traced(text, target), say) if text else None, class_="rt-num")
        for name, text, target in zip(_COLUMNS[1:], _numbers(line, say, language), _sources(line, latest), strict=True)
    ]
    return tag("tr", name, cells)


def _named(column: str, number: Markup, say: Say) -> Markup:
    """On a phone the table's heads are gone, so a number says itself what it is."""
    return joined([tag("span", say(f"goals.column.{column}"), " ", class_="rt-phone-only"), number])


def labelled(goal: Goal) -> str:
    """„S2 Kurs mit B1 abschließen“."""
    return " ".join(part for part in (goal.id, goal.short_title or goal.title) if part)


def _rating(line: GoalLine, say: Say, language: str) -> Content:
    """The goal's own rating; a goal shown by those beneath it shows how many of them have which."""
    if line.rating.code:
        return rating_symbol(line.rating.code, language)
    shown = (
        tag("span", symbol(code), f"\u00a0{line.below[code]}", title=say(f"rating.{code}"), class_="rt-below")
        for code in SYMBOLS
        if line.below.get(code)
    )
    return joined(shown, " ") or say("rating.none")


def _sources(line: GoalLine, latest: str) -> tuple[str, str, str, str]:
    """Where each of the numbers comes from; that there is no measure is seen on the goal's own page."""
    key = line.indicator.key if line.indicator else line.goal.key
    path = value_target(key, "baseline_value", "baseline_date", "target_value", "target_date")
    measures = sum_target("goal_measures", line.goal.key) if line.measures else goal_target(line.goal.key)
    return latest, path, value_target(key, "target_value"), measures


def _numbers(line: GoalLine, say: Say, language: str) -> tuple[str, str, str, str]:
    """Latest value with its marks, where it should be on that day, the target, how many measures."""
    unit = line.indicator.unit if line.indicator else None
    now = expected = target = ""
    if line.latest is not None:
        provisional = (("current_value", "value_provisional"),) if line.latest.provisional else ()
        now = marked(say, quantity(language, line.latest.value, unit), (*provisional, *line.latest.marks))
    elif line.indicator is not None:
        now = say("goals.no_value")
    if line.indicator is not None and line.latest is not None:
        wanted = expected_on(line.indicator, line.latest.day)
        expected = quantity(language, wanted, unit, computed=True) if wanted is not None else ""
    if line.indicator is not None and line.indicator.target is not None:
        target = quantity(language, line.indicator.target, unit)
    return now, expected, target, str(line.measures)


def providers_markup(providers: Sequence[Provider], say: Say, language: str) -> Markup:
    """Organisations alphabetical, each with the goals its measures serve; to be shown inside ``clickable``."""
    if not providers:
        return note(say("goals.no_providers"))
    rows = (
        (
            asked(provider.partner.short_name or provider.partner.name, value_target(provider.partner.key)),
            _contributions(provider, say, language),
            _measures(provider),
        )
        for provider in providers
    )
    heads = [say(f"goals.column.{name}") for name in ("organisation", "contributes", "measures")]
    return table(heads, rows, label=say("goals.providers"))


def _contributions(provider: Provider, say: Say, language: str) -> Markup:
    items = [
        tag(
            "li",
            rating_symbol(c.rating.code, language, hide_word=True) if c.rating.code else None,
            " ",
            go(labelled(c.goal), goal_target(c.goal.key)),
            said_below(c.said, sum_target("values", c.goal.key), say),
        )
        for c in provider.contributions
    ]
    if provider.without_goal:
        without = sum_target("without_goal", provider.partner.key)
        items.append(tag("li", asked(say("goals.without_goal", n=provider.without_goal), without), class_="rt-note"))
    return tag("ul", items, class_="rt-plain")


def _measures(provider: Provider) -> Markup:
    """Each measure once, though it may serve several goals."""
    found = {m.key: m for c in provider.contributions for m in c.measures}
    ordered = sorted(found.values(), key=lambda m: alphabetical(m.title))
    return tag("ul", (tag("li", go(m.title, measure_target(m.key))) for m in ordered), class_="rt-plain")


def tree_download(tree: Sequence[FieldOfGoals], say: Say, language: str) -> Table:
    """The tree's rows, the field of action in front."""
    heads = [say("kind.field_of_action"), *(say(f"goals.column.{name}") for name in _COLUMNS)]
    heads.insert(2, say("column.rating"))
    return Table(tuple(heads), lambda: _tree_texts(tree, say, language))


def _tree_texts(tree: Sequence[FieldOfGoals], say: Say, language: str) -> Iterator[tuple[str, ...]]:
    for branch in tree:
        for line in branch.goals:
            rating = say(f"rating.{line.rating.code or 'none'}")
            yield (branch.title or "", labelled(line.goal), rating, *_numbers(line, say, language))


def providers_download(providers: Sequence[Provider], say: Say) -> Table:
    """One row an organisation and goal."""
    heads = tuple(say(f"goals.column.{name}") for name in ("organisation", "contributes", "measures"))
    return Table(
        heads,
        lambda: (
            (p.partner.short_name or p.partner.name, labelled(c.goal), "; ".join(m.title for m in c.measures))
            for p in providers
            for c in p.contributions
        ),
    )
