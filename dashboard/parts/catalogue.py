"""The goal catalogue as agreed: goals, indicators, targets; its versions; what changed since, and who changed it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import streamlit as st

from dashboard.answers import catalogue as answers
from dashboard.answers.catalogue import Catalogue, CatalogueChange, CatalogueField, CatalogueGoal
from dashboard.answers.picture import Picture
from dashboard.parts import catalogue_forms as forms
from dashboard.parts.blocks import Column, scroll_box, section, table
from dashboard.parts.catalogue_forms import CATALOGUE, NEW, PART, RECORD, VIEW
from dashboard.parts.catalogue_release import show_take_back_version
from dashboard.parts.context import Context
from dashboard.parts.corrections import stated_words
from dashboard.parts.deliveries import address
from dashboard.parts.downloads import Table, download
from dashboard.parts.findings import sentence
from dashboard.parts.goals import labelled
from dashboard.parts.head import show_head
from dashboard.parts.html import Content, Markup, clickable, go, joined, plain_label, show, tag, visually_hidden
from dashboard.parts.quantities import quantity
from dashboard.parts.switches import switch
from dashboard.parts.targets import follow, goal_target
from dashboard.parts.traced import asked as asked_source
from dashboard.parts.traced import sourced, sum_target, traced, value_target
from dashboard.parts.values import code_word
from etl.rules.days import in_berlin
from etl.rules.facts import Indicator, Need

Say = Callable[..., str]

VIEWS = ("wirkung", "organisation", CATALOGUE)
#: Name in the address: the version looked at.
VERSION = "fassung"
_EDIT = "eintrag"
_COLUMNS = ("goal", "indicator", "baseline", "target", "source", "responsible")


def carry_out(context: Context) -> None:
    """What was pressed in the run before."""
    forms.carry_out(context)


def asked() -> bool:
    return st.query_params.get(VIEW) == CATALOGUE


def show_way_in(context: Context) -> None:
    """Where there is no goal yet: the office may enter the first."""
    if context.is_office:
        kwargs = {VIEW: CATALOGUE, NEW: "goal"}
        st.button(context.say("catalogue.new.goal"), key="catalogue-first", on_click=address, kwargs=kwargs)


def show_catalogue(context: Context, picture: Picture) -> None:
    """The catalogue; for the office, with the form the address asks for."""
    if context.is_office and forms.show(context, picture):
        return
    say, version = context.say, st.query_params.get(VERSION, "")
    found = answers.catalogue(context.store, picture, int(version) if version.isdecimal() else None)
    over = sourced(_over(found, say), say, sum_target("rating"))
    show_head(context, over, sentence(found.finding, say))
    with st.container(key="rt-goal-controls", horizontal=True, vertical_alignment="bottom"):
        switch(say("goals.view"), VIEW, VIEWS, lambda v: say(f"goals.view.{v}"))
        _choose_version(found, say)
    if context.is_office and not found.shown:
        _office(context)
    if found.fields and any(field.goals for field in found.fields):
        clicked = clickable(_markup(found, context), key="catalogue")
        if clicked and clicked.startswith(f"{_EDIT}:"):
            _, record, part = f"{clicked}:".split(":")[:3]
            address(**{RECORD: record, PART: part or None})
            st.rerun()
        follow(context, clicked)
        download(_download(found, context), "zielkatalog", context)
    if found.release is not None:
        _show_changes(context, found)
    if found.needs and not found.shown:
        _show_needs(context, found)
    if found.releases:
        _show_releases(context, found)


def _over(found: Catalogue, say: Say) -> str:
    release = found.release
    if release is None:
        return say("catalogue.over_none")
    return say(
        "catalogue.over_shown" if found.shown else "catalogue.over",
        name=release.name,
        body=release.body,
        day=release.day,
    )


def _choose_version(found: Catalogue, say: Say) -> None:
    """Today's catalogue, or as it was in one of its versions."""
    if not found.releases:
        return
    names = {"": say("catalogue.today")} | {str(row.id): row.name for row in found.releases}
    asked_for = st.query_params.get(VERSION, "")
    st.session_state["catalogue-version"] = asked_for if asked_for in names else ""

    def take() -> None:
        address(**{VERSION: st.session_state["catalogue-version"] or None})

    st.selectbox(
        say("catalogue.version"),
        list(names),
        key="catalogue-version",
        format_func=names.__getitem__,
        on_change=take,
        width=340,
    )


def _office(context: Context) -> None:
    with st.container(key="rt-catalogue-office", horizontal=True, gap="small"):
        for what in forms.NEW_KINDS:
            label = plain_label(context.say(f"catalogue.new.{what}"))
            st.button(label, key=f"catalogue-new-{what}", on_click=address, kwargs={NEW: what})


def _markup(found: Catalogue, context: Context) -> Markup:
    say = context.say
    heads = [tag("th", say(f"catalogue.column.{name}"), scope="col", class_=_class(name)) for name in _COLUMNS]
    bodies = (_field(branch, found, context) for branch in found.fields if branch.goals)
    return scroll_box(
        tag("table", tag("thead", tag("tr", heads)), bodies, class_="rt-table rt-stack rt-tree"), say("catalogue.table")
    )


def _class(name: str) -> str | None:
    return "rt-num" if name in ("baseline", "target") else None


def _field(branch: CatalogueField, found: Catalogue, context: Context) -> Markup:
    title = (
        asked_source(branch.title, sum_target("field", branch.title)) if branch.title else context.say("goals.no_field")
    )
    head = tag("tr", tag("th", title, scope="rowgroup", colspan=len(_COLUMNS)), class_="rt-group")
    return tag("tbody", head, (row for goal in branch.goals for row in _rows(goal, found, context)))


def _rows(line: CatalogueGoal, found: Catalogue, context: Context) -> Iterator[Markup]:
    """A row an indicator; the goal stands beside its first."""
    goal, say = line.goal, context.say
    edits = context.is_office and not found.shown
    target = f"{_EDIT}:{goal.key}" if edits else goal_target(goal.key)
    words: list[Content] = [go(labelled(goal), target, label=f" {say('catalogue.edit')}" if edits else None)]
    if goal.short_title:
        words.append(tag("small", traced(goal.title, value_target(goal.key, "title"))))
    if line.changed and not found.shown:
        words.append(tag("small", tag("b", say("catalogue.changed"))))
    responsible = traced(goal.responsible, value_target(goal.key, "responsible")) if goal.responsible else None
    for number, indicator in enumerate(line.indicators or (None,)):
        name = words if number == 0 else [visually_hidden(labelled(goal))]
        edit = f"{_EDIT}:{goal.key}:{indicator.key}" if indicator and edits else None
        cells = _indicator(indicator, edit, say, context.language) if indicator else _without_indicator(line, say)
        last = tag("td", responsible if number == 0 else None)
        head = tag("th", name, scope="row", class_=f"rt-depth-{min(line.depth, 3)}")
        yield tag("tr", head, cells, last)


def _without_indicator(line: CatalogueGoal, say: Say) -> list[Markup]:
    words = say("catalogue.by_sub_goals" if line.measured_below else "catalogue.no_indicator")
    shown = traced(words, value_target(line.goal.key))
    return [tag("td", shown, class_="rt-note"), *(tag("td") for _ in range(3))]


def _indicator(indicator: Indicator, edit: str | None, say: Say, language: str) -> list[Markup]:
    """``edit``: what a click on its title reports, where it may be changed."""
    key = indicator.key
    title = traced(indicator.title, value_target(key, "indicator"))
    words: list[Content] = [go(indicator.title, edit, label=f" {say('catalogue.edit')}") if edit else title]
    if indicator.definition:
        words.append(tag("small", traced(indicator.definition, value_target(key, "indicator_definition"))))
    source = " · ".join(
        part
        for part in (
            indicator.data_source,
            code_word("collection", indicator.collection, language) if indicator.collection else None,
        )
        if part
    )
    return [
        tag("td", words),
        _number(indicator, "baseline", say, language),
        _number(indicator, "target", say, language),
        tag("td", traced(source, value_target(key, "data_source")) if source else None),
    ]


def _number(indicator: Indicator, name: str, say: Say, language: str) -> Markup:
    text, day = _number_texts(indicator, name, say, language)
    if not text:
        return tag("td", say("catalogue.no_target") if name == "target" else None, class_="rt-num")
    small = tag("small", day) if day else None
    return tag(
        "td",
        traced(joined([text, small]), value_target(indicator.key, f"{name}_value", f"{name}_date")),
        class_="rt-num",
    )


def _number_texts(indicator: Indicator, name: str, say: Say, language: str) -> tuple[str, str]:
    value, day = (
        (indicator.baseline, indicator.baseline_day) if name == "baseline" else (indicator.target, indicator.target_day)
    )
    if value is None:
        return "", ""
    return quantity(language, value, indicator.unit), say(f"catalogue.{name}_day", day=day) if day else ""


def _download(found: Catalogue, context: Context) -> Table:
    say, language = context.say, context.language
    heads = (say("kind.field_of_action"), *(say(f"catalogue.column.{name}") for name in _COLUMNS))

    def rows() -> Iterator[tuple[str, ...]]:
        for branch in found.fields:
            for line in branch.goals:
                for indicator in line.indicators or (None,):
                    told = ["", "", "", ""]
                    if indicator is not None:
                        numbers = (
                            " ".join(_number_texts(indicator, n, say, language)).strip() for n in ("baseline", "target")
                        )
                        told = [indicator.title, *numbers, indicator.data_source or ""]
                    name = " ".join(part for part in (line.goal.id, line.goal.title) if part)
                    yield (branch.title or "", name, *told, line.goal.responsible or "")

    return Table(heads, rows)


def _show_changes(context: Context, found: Catalogue) -> None:
    """What differs from the version: which field, what it was, who or which file, when."""
    assert found.release is not None, "changes are since a version"
    say = context.say
    show(section(say("catalogue.changes", name=found.release.name), say("catalogue.changes_n", n=len(found.changes))))
    if found.changes:
        columns = [
            Column(say(f"catalogue.changes.{name}"), narrow=name == "when")
            for name in ("what", "before", "after", "when", "who")
        ]
        rows = (_change(change, context) for change in found.changes)
        show(table(columns, rows, label=say("catalogue.changes", name=found.release.name)))


def _change(change: CatalogueChange, context: Context) -> list[Content]:
    say = context.say
    kind = say(f"kind.{change.kind}")
    what = say(f"field.{change.field}") if change.field else say(f"catalogue.{change.code}", kind=kind)
    known = say("catalogue.on_day", day=in_berlin(change.known)) if change.known else "–"
    who: Content = change.file or "–"
    if change.by:
        who = joined([change.by, tag("small", change.reason)])
    return [
        joined([what, tag("small", change.title)]),
        stated_words(change.before, context) if change.before else "–",
        stated_words(change.after, context) if change.after else "–",
        known,
        who,
    ]


def _show_needs(context: Context, found: Catalogue) -> None:
    say = context.say
    show(section(say("catalogue.needs"), say("kind_count.need", n=len(found.needs))))
    columns = [say(f"catalogue.need.{name}") for name in ("title", "for_whom", "where", "noticed")]
    rows = (_need(need, context) for need in found.needs)
    clicked = clickable(table(columns, rows, label=say("catalogue.needs")), key="catalogue-needs")
    if clicked and clicked.startswith(f"{_EDIT}:"):
        address(**{RECORD: clicked.partition(":")[2]})
        st.rerun()
    follow(context, clicked)


def _need(need: Need, context: Context) -> list[Content]:
    def of(content: Content, name: str) -> Content:
        return traced(content, value_target(need.key, name)) if content else "–"

    groups = ", ".join(code_word("target_group", code, context.language) for code in need.target_group)
    day = context.say("catalogue.on_day", day=need.noticed_on) if need.noticed_on else None
    noticed = joined([of(need.noticed_by, "noticed_by"), of(tag("small", day), "noticed_on") if day else None])
    title = go(need.title, f"{_EDIT}:{need.key}") if context.is_office else of(need.title, "title")
    return [title, of(groups, "target_group"), of(need.location, "location"), noticed]


def _show_releases(context: Context, found: Catalogue) -> None:
    say = context.say
    show(section(say("catalogue.releases"), say("catalogue.releases_n", n=len(found.releases))))
    columns = [say(f"catalogue.release.{name}") for name in ("name", "body", "day", "note", "by")]
    rows = (
        [
            row.name,
            row.body,
            say("catalogue.on_day", day=row.day),
            row.note or "–",
            joined([row.person, tag("small", say("catalogue.entered", day=in_berlin(row.known_from)))]),
        ]
        for row in found.releases
    )
    show(table(columns, rows, label=say("catalogue.releases")))
    if context.is_office:
        show_take_back_version(context, found.releases[0])
