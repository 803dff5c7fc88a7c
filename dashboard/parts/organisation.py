"""One partner's page: what the network knows of it, through its own eyes or those of another role."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import get_args

import streamlit as st

from dashboard.answers import organisation as answers
from dashboard.answers.organisation import SEEN, Organisation, OwnMeasure, Seen
from dashboard.parts import confirmations, corrections
from dashboard.parts.agreements import agreements_markup
from dashboard.parts.became import OnPaper, show_became
from dashboard.parts.blocks import Column, ListRow, list_rows, note, section, table
from dashboard.parts.contacts import contacts_markup
from dashboard.parts.context import Context
from dashboard.parts.deliveries import viewer_of
from dashboard.parts.delivery_list import outcome_words, records_words
from dashboard.parts.findings import sentence
from dashboard.parts.funding_sources import source_rows
from dashboard.parts.head import show_head
from dashboard.parts.html import Content, Markup, clickable, go, joined, plain_label, show, tag
from dashboard.parts.measures import RATED_BY, rating_mark, status_mark
from dashboard.parts.switches import asked, switch
from dashboard.parts.targets import follow, measure_target, page_target
from dashboard.parts.traced import sourced, sum_target, traced, value_target
from etl.wording import formatted

Say = Callable[..., str]

#: Names in the address: the partner (for the office), through whose eyes.
PARTNER, SIGHT = "partner", "sicht"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS: tuple[Seen, ...] = get_args(Seen)


def carry_out(context: Context) -> None:
    """What was pressed in the run before."""
    confirmations.carry_out(context)
    corrections.carry_out(context)


def seen_as() -> Seen:
    said = asked(SIGHT, _OPTIONS)
    return next(seen for seen in SEEN if seen == said)


def chosen_partner(context: Context, names: Mapping[str, str]) -> str | None:
    """A partner's sign-in has its own only, whatever the address says; the office the one it chose, else the first."""
    if not context.is_office:
        return context.own_partner
    said = st.query_params.get(PARTNER)
    return said if said in names else next(iter(names), None)


def show_organisation(context: Context, found: Organisation, names: Mapping[str, str], on_paper: OnPaper) -> None:
    say, seen = context.say, seen_as()
    over = say("organisation.over" if context.is_office else "organisation.over_own", name=found.name)
    counted = any(measure.leads for measure in found.measures)
    line = sourced(over, say, sum_target("own_measures", found.key)) if counted else over
    show_head(context, line, sentence(found.finding, say), "organisation-head")
    _controls(context, found, names)
    if seen != "own":
        show(tag("p", _withheld(found, seen, say), class_="rt-told"))
    _about(found, say)
    if seen == "own":
        show_became(context, found.key, found.name, on_paper)
    if seen == "own" and not context.is_office:
        confirmations.show_confirm_all(context)
        show(note(say("organisation.correct")))
    language = context.language
    follow(context, clickable(_known(found, say, language), key="organisation-known"))


def _controls(context: Context, found: Organisation, names: Mapping[str, str]) -> None:
    """Whose page, through whose eyes, and all of it to take home."""
    say = context.say
    with st.container(horizontal=True, vertical_alignment="bottom", key="rt-organisation-controls"):
        if context.is_office:
            st.session_state["organisation-partner"] = found.key
            st.selectbox(
                plain_label(say("organisation.choose")),
                list(names),
                key="organisation-partner",
                format_func=lambda key: names.get(key, key),
                on_change=_take_partner,
                width=420,
            )
        switch(say("organisation.sight"), SIGHT, _OPTIONS, lambda seen: say(f"organisation.sight.{seen}"))
        _workbook(context, found)


def _take_partner() -> None:
    st.query_params[PARTNER] = st.session_state["organisation-partner"]


def _workbook(context: Context, found: Organisation) -> None:
    """Made when it is asked for, and only if this user may still have it then."""
    picture = context.picture()

    def data() -> bytes:
        store, viewer = context.admit(), viewer_of(context)
        made = answers.organisation_workbook(
            store, picture, viewer, found.key, language=context.language, now=context.now
        )
        return made or b""

    name = "-".join(found.name.replace("/", " ").split())
    st.download_button(
        plain_label(context.say("organisation.workbook")),
        data=data,
        file_name=f"{name}-{context.day.isoformat()}.xlsx",
        mime=_XLSX,
        on_click="ignore",
        key="organisation-workbook",
    )


def _withheld(found: Organisation, seen: Seen, say: Say) -> str:
    """What these eyes do not see."""
    told = [say(f"organisation.as.{seen}"), say("organisation.withheld", n=found.contacts.withheld)]
    return " ".join([*told, say("organisation.never")])


def _about(found: Organisation, say: Say) -> None:
    """Findings about the partner, for it and the office only."""
    if found.about is None:
        return
    show(section(say("organisation.about"), say("organisation.about_aside")))
    if not found.about:
        show(note(say("organisation.about_none")))
        return
    show(tag("div", list_rows([ListRow(say(one.code, **one.values)) for one in found.about]), class_="rt-about"))


def _known(found: Organisation, say: Say, language: str) -> Markup:
    """Everything in the order of the menu; each part says how many there are, or that there is nothing."""
    parts = [
        ("measures", len(found.measures), lambda: _measures(found, say, language)),
        ("cooperations", len(found.cooperations), lambda: agreements_markup(found.cooperations, say, language)),
        ("contacts", len(found.contacts.rows), lambda: contacts_markup(found.contacts, say)),
        ("fundings", len(found.fundings), lambda: source_rows(found.fundings, say, language)),
    ]
    shown = [
        joined(
            [section(say(f"organisation.{name}"), _aside(found, name, n, say)), make() if n else _nothing(name, say)]
        )
        for name, n, make in parts
    ]
    return joined([*shown, _deliveries(found, say, language)])


def _aside(found: Organisation, name: str, n: int, say: Say) -> str:
    """How many there are; of measures also how many of them are the partner's own."""
    own = sum(measure.leads for measure in found.measures)
    if name == "measures" and own < n:
        return say("organisation.n_own", n=n, own=own)
    return say("organisation.n", n=n)


def _nothing(name: str, say: Say) -> Markup:
    return note(say(f"organisation.no_{name}"))


def _measures(found: Organisation, say: Say, language: str) -> Markup:
    columns = [
        Column(say("measures.column.title")),
        Column(say("measures.column.status")),
        Column(say("measures.column.rating")),
        Column(say("organisation.column.reported"), narrow=True),
        Column(say("organisation.column.confirmed"), narrow=True),
    ]
    return table(columns, (_measure(m, say, language) for m in found.measures), label=say("organisation.measures"))


def _measure(measure: OwnMeasure, say: Say, language: str) -> list[Content]:
    key, reported, confirmed = measure.key, measure.reported_on, measure.confirmed_on
    dates = value_target(key, "report_date", "status")
    beside = None if measure.leads else tag("small", say("organisation.takes_part"))
    return [
        joined([go(measure.title, measure_target(key)), beside]),
        traced(status_mark(measure.status, language), value_target(key, "status")),
        traced(rating_mark(measure.rating, measure.marked, say, language), value_target(key, *RATED_BY)),
        traced(_dated(reported, "reported", say, language), dates),
        traced(_dated(confirmed, "confirmed", say, language), dates),
    ]


def _dated(day: dt.date | None, column: str, say: Say, language: str) -> Markup:
    """On a phone the table's heads are gone, so a day says itself what it is."""
    if day is None:
        return tag("span", "–", class_="rt-room-only")
    heading = tag("span", say(f"organisation.column.{column}"), " ", class_="rt-phone-only")
    return joined([heading, formatted(language, day, "short_date")])


def _deliveries(found: Organisation, say: Say, language: str) -> Markup | None:
    """What was sent and what became of it; where to take it back, or send the next."""
    if found.deliveries is None:
        return None
    head = section(say("organisation.deliveries"), say("organisation.n", n=len(found.deliveries)))
    there = tag("p", go(say("organisation.to_deliveries"), page_target("rueckmeldungen"), class_="rt-link"))
    if not found.deliveries:
        return joined([head, _nothing("deliveries", say), there])
    columns = [
        Column(say("deliveries.column.file")),
        Column(say("deliveries.column.day"), narrow=True),
        Column(say("deliveries.column.outcome")),
    ]
    rows = (
        [
            tag("span", row.file, class_="rt-file"),
            formatted(language, row.day, "short_date"),
            joined([outcome_words(row, say), tag("small", records_words(row, say))]),
        ]
        for row in found.deliveries
    )
    received = tag("div", table(columns, rows, label=say("organisation.deliveries")), class_="rt-received")
    return joined([head, received, there])
