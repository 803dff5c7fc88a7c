"""One measure's page: why it is rated as it is, everything known about it, who said what when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dashboard.answers.funding import FundingRow
from dashboard.answers.measure_page import Group, MeasurePage, Value
from dashboard.answers.results import Assessed
from dashboard.answers.said import RATED_BY
from dashboard.parts.assessed import assessed_pairs
from dashboard.parts.blocks import (
    Column,
    ListRow,
    definition_list,
    headline,
    list_rows,
    note,
    rating_symbol,
    section,
    table,
)
from dashboard.parts.downloads import Table
from dashboard.parts.findings import sentence
from dashboard.parts.funding_cells import AMOUNT, NEXT, goal_marks, next_step, yearly_text
from dashboard.parts.html import Content, Markup, go, joined, tag
from dashboard.parts.measure_values import field_name, shown_value
from dashboard.parts.measures import age_words, status_mark
from dashboard.parts.quantities import mark_word, mark_words
from dashboard.parts.said_beside import said_beside
from dashboard.parts.targets import goal_target, idea_target, measure_target
from dashboard.parts.timeline import timeline_cell, timeline_head
from dashboard.parts.traced import asked, sourced, sum_target, traced, value_target, where_link
from etl.rules.facts import Contact, Measure
from etl.rules.thresholds import Thresholds
from etl.wording import formatted

Say = Callable[..., str]


def measure_headline(page: MeasurePage, say: Say) -> Markup:
    """Title above, finding as headline."""
    number = f" {page.measure.id}" if page.measure.id else ""
    over = say("measure.over", number=number, title=page.measure.title, lead=page.lead)
    whole = value_target(page.measure.key, "title", "id", "lead_org", *RATED_BY)
    return headline(sourced(over, say, whole), sentence(page.finding, say))


def neighbours(page: MeasurePage, say: Say) -> Markup:
    """Back to the list as it was chosen, and the measures before and after in its order."""
    links = [go(say("measure.found" if page.chosen else "measure.all"), "liste", class_="rt-link")]
    if page.previous:
        links.append(go(say("measure.previous"), measure_target(page.previous), class_="rt-link"))
    links.append(tag("span", say("measure.place", n=page.place, total=page.total)))
    if page.following:
        links.append(go(say("measure.following"), measure_target(page.following), class_="rt-link"))
    return tag("nav", links, class_="rt-pages rt-neighbours", aria_label=say("measure.neighbours"))


def proof(page: MeasurePage, thresholds: Thresholds, say: Say, language: str, felt: Sequence[Assessed] = ()) -> Markup:
    """Status and rating with rule, age and the day it changes; what stands beside it."""
    rating = page.rating
    verdict = rating_symbol(rating.code, language, large=True) if rating.code else None
    pairs: list[tuple[Content, Content]] = [
        (
            say("column.status"),
            traced(status_mark(page.measure.status, language), value_target(page.measure.key, "status")),
        )
    ]
    if rating.code:
        basis = say(f"basis.measure.{rating.code}", **_numbers(thresholds))
        marks = mark_words(rating.marks, say)
        where = where_link(say, value_target(page.measure.key, *RATED_BY), say("measure.basis"))
        told = tag("small", ", ".join(marks)) if marks else None
        pairs.append((say("measure.basis"), joined([basis, " ", tag("span", where, class_="rt-where"), told])))
    age = rating.data_age_days
    words = age_words(age, say) if age is not None else say("measures.never_reported")
    pairs.append((say("measure.reported"), traced(words, value_target(page.measure.key, "report_date", "status"))))
    if page.measure.confirmed_on:
        pairs.append(
            (say("measure.confirmed_on"), _all_of(page, formatted(language, page.measure.confirmed_on, "date")))
        )
    if page.changed_on:
        pairs.append((say("measure.changed_on"), _all_of(page, formatted(language, page.changed_on, "date"))))
    if rating.flips_on and rating.flips_to:
        flips = say("measure.flips_to", day=rating.flips_on, rating=say(f"rating.{rating.flips_to}"))
        pairs.append((say("measure.flips"), traced(flips, value_target(page.measure.key, *RATED_BY))))
    if rating.human:
        pairs.append((say("measure.human"), _human(page, say, language)))
    pairs += assessed_pairs(felt, language)
    pairs += said_beside(rating, page.partner_names, say)
    return joined([section(say("column.rating")), verdict, definition_list(pairs), _beside(page, say)])


def _numbers(thresholds: Thresholds) -> dict[str, Any]:
    return {name: getattr(thresholds, name) for name in thresholds.__slots__}


def _human(page: MeasurePage, say: Say, language: str) -> Markup:
    human = page.rating.human
    assert human is not None, "asked only where the group said something"
    until = say("measure.human_until", day=human.expires) if human.expires else None
    told = say("measure.human_by", body=human.body, day=human.day, reason=human.reason)
    return joined([rating_symbol(human.code, language), tag("small", told, " ", until)])


def _beside(page: MeasurePage, say: Say) -> Markup | None:
    """Open milestones; the money that ends stands in the headline already."""
    remarks = [say(f"beside.{r.code}", day=r.day) for r in page.rating.beside if r.code == "milestone_open"]
    return note(" ".join(remarks)) if remarks else None


def run_markup(page: MeasurePage, say: Say, language: str) -> Markup:
    """The run on its years, its milestones as a list."""
    head = tag("tr", timeline_head(page.window, page.place_of_today, say))
    body = tag("tr", timeline_cell(page.run, page.place_of_today, say, sum_target("milestones", page.measure.key)))
    drawn = tag(
        "table", tag("thead", head), tag("tbody", body), class_="rt-table rt-run", aria_label=say("measure.run")
    )
    rows = [
        ListRow(
            asked(milestone.text or say("kind.milestone"), sum_target("milestones", page.measure.key)),
            note=say(f"measure.milestone.{_reached(milestone.done)}"),
            lead=formatted(language, milestone.day, "date") if milestone.day else "◆",
        )
        for milestone in page.measure.milestones
    ]
    return joined([section(say("measure.run")), drawn, list_rows(rows) if rows else None])


def _reached(done: bool | None) -> str:
    return "unsaid" if done is None else "done" if done else "not_done"


def facts_markup(page: MeasurePage, say: Say, language: str) -> Markup:
    """All fields in groups, each with „woher?“."""
    groups = (_group(group, page.measure.key, say, language) for group in page.groups)
    return tag("div", groups, _kept(page, say), class_="rt-facts")


def _group(group: Group, key: str, say: Say, language: str) -> Markup:
    pairs = ((field_name(value.name, say, language), _value(value, key, say, language)) for value in group.values)
    return tag("section", section(say(f"measure.group.{group.code}")), definition_list(pairs))


def _value(value: Value, key: str, say: Say, language: str) -> Markup:
    target = value_target(key, value.name)
    text = traced(shown_value(value, language), target)
    marks = [mark_word(value.mark, say)] if value.mark else []
    marks += [say("measure.contested")] if value.contested else []
    told = tag("mark", f" ({', '.join(marks)})", class_="rt-marked") if marks else None
    where = where_link(say, target, field_name(value.name, say, language))
    return joined([text, told, " ", tag("span", where, class_="rt-where")])


def _kept(page: MeasurePage, say: Say) -> Markup | None:
    if not page.kept:
        return None
    row = value_target(page.measure.key, "title")
    pairs = ((heading, traced(text, row)) for heading, text in page.kept)
    return tag("section", section(say("measure.kept"), say("measure.kept_aside")), definition_list(pairs))


def links_markup(page: MeasurePage, say: Say, language: str) -> Markup:
    """Funding, cooperations, contacts: only what there is."""
    parts = (_fundings(page, say, language), _cooperations(page, say), _contacts(page.contacts, say))
    return joined(part for part in parts if part)


def goals_markup(page: MeasurePage, say: Say) -> Markup:
    rows = [ListRow(goal.title, lead=goal_marks([goal], say), target=goal_target(goal.key)) for goal in page.goals]
    shown = list_rows(rows) if rows else note(say("measure.no_goal"))
    by = page.assigned
    told = say("assign.by", person=by.person, day=by.day, reason=by.reason) if by else None
    return joined([section(say("measure.heading.goals")), shown, note(told) if told else None, _ideas(page, say)])


def _ideas(page: MeasurePage, say: Say) -> Markup | None:
    """The ideas it came from, with the way to each."""
    if not page.ideas:
        return None
    ideas = [go(idea.title, idea_target(idea.key), class_="rt-link") for idea in page.ideas]
    return tag("p", say("measure.from_idea", n=len(ideas)), " ", joined(ideas, ", "), class_="rt-note")


def _fundings(page: MeasurePage, say: Say, language: str) -> Markup | None:
    if not page.fundings:
        return None
    columns: list[Column | str] = [
        say("funding.column.funding"),
        Column(say("funding.column.yearly"), numeric=True),
        Column(say("funding.column.ends"), narrow=True),
        say("funding.column.next"),
    ]
    rows = [
        [
            asked(row.name, value_target(row.key)),
            traced(yearly_text(row, say, language), value_target(row.key, *AMOUNT)),
            traced(_end_text(row, say, language), value_target(row.key, "end", "period")),
            traced(next_step(row, say), value_target(row.key, *NEXT)),
        ]
        for row in page.fundings
    ]
    return joined([section(say("measure.heading.fundings")), table(columns, rows, label=say("measure.fundings"))])


def _end_text(row: FundingRow, say: Say, language: str) -> str:
    return formatted(language, row.end, "date") if row.end and not row.permanent else say("funding.next.permanent")


def _cooperations(page: MeasurePage, say: Say) -> Markup | None:
    if not page.cooperations:
        return None
    rows = [
        ListRow(asked(c.title, value_target(c.key)), note=c.purpose or ", ".join(c.partners)) for c in page.cooperations
    ]
    return joined([section(say("measure.heading.cooperations")), list_rows(rows)])


def _contacts(contacts: tuple[Contact, ...], say: Say) -> Markup | None:
    if not contacts:
        return None
    rows = [
        ListRow(
            asked(contact.name or say("measure.contact_vacant"), value_target(contact.key)),
            note=", ".join(filter(None, (contact.function, contact.phone, contact.email))),
        )
        for contact in contacts
    ]
    return joined([section(say("measure.heading.contacts")), list_rows(rows)])


def _all_of(page: MeasurePage, text: str) -> Markup:
    """A day on which something was said about the measure leads to all that is."""
    return traced(text, value_target(page.measure.key))


def facts_download(page: MeasurePage, say: Say, language: str) -> Table:
    """Field, value and mark of everything shown, one row each."""
    return Table(
        (say("measure.column.field"), say("measure.column.value"), say("measure.column.mark")),
        lambda: (_fact_texts(value, say, language) for group in page.groups for value in group.values),
    )


def _fact_texts(value: Value, say: Say, language: str) -> tuple[str, str, str]:
    mark = mark_word(value.mark, say) if value.mark else ""
    return field_name(value.name, say, language), shown_value(value, language), mark


def short_title(measure: Measure) -> str:
    """For a file's name: letters and digits only."""
    return "".join(c if c.isalnum() else "-" for c in measure.title.lower())[:40].strip("-")
