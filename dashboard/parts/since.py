"""„Seit dem letzten Mal“: the opening screen of a meeting. Two days and a clock are chosen, the answer is in lines."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import cast

import streamlit as st

from dashboard.answers.as_shown import shown_at
from dashboard.answers.meetings import MeetingView
from dashboard.answers.since import CLOCKS, Clock, Compare, since
from dashboard.parts.blocks import headline
from dashboard.parts.context import Context
from dashboard.parts.findings import sentence
from dashboard.parts.html import clickable
from dashboard.parts.since_lines import GROUP_PREFIX, GROUPS, compared_words, since_markup
from dashboard.parts.since_rows import THEN_PREFIX
from dashboard.parts.switches import asked, switch
from dashboard.parts.targets import follow
from dashboard.parts.traced import sourced, sum_target
from etl.rules.days import add_months, end_of_day
from etl.rules.facts import FieldOfAction

FROM, UNTIL, CLOCK, FIELD, GROUP = "seit", "bis", "uhr", "feld", "gruppe"
#: What is compared with where a body has not met before.
_MONTHS_BACK = 6


def show_since(context: Context, meeting: MeetingView) -> None:
    usual = default_days(meeting)
    compare = _asked(context, meeting, usual)
    day, known_on = compare.second
    now = replace(context, day=day, known_on=known_on)
    picture = now.picture()
    field = st.query_params.get(FIELD)
    found = since(context.store, picture, compare, meeting.body, field)
    over = f"{meeting.title} · {compared_words(compare, context.say, met_before=meeting.previous is not None)}"
    over_line = sourced(over, context.say, sum_target("rating"))
    asked_above = clickable(headline(over_line, sentence(found.finding, context.say)), key="kopf")
    _controls(context, compare, usual, found.offered, field)
    group = st.query_params.get(GROUP)
    markup = since_markup(found, picture, context.say, context.language, group if group in GROUPS else None)
    _follow(now, compare, clickable(markup, key="since") or asked_above)
    shown = shown_at(context.store, meeting)
    if shown is not None and not context.as_shown:
        label = context.say("as_shown.all_pages", day=shown.day)
        st.button(label, key="as-shown-open", type="tertiary", on_click=st.query_params.update, args=(shown.query,))


def _follow(now: Context, compare: Compare, target: str | None) -> None:
    """A group is opened in the address; the proof of what is there no longer stands in the earlier picture."""
    if target and target.startswith(GROUP_PREFIX):
        group = target.removeprefix(GROUP_PREFIX)
        if group in GROUPS:
            st.query_params[GROUP] = group
        else:
            st.query_params.pop(GROUP, None)
        st.rerun()
    if target and target.startswith(THEN_PREFIX):
        day, known_on = compare.first
        follow(replace(now, day=day, known_on=known_on), target.removeprefix(THEN_PREFIX))
    else:
        follow(now, target)


def default_days(meeting: MeetingView) -> tuple[dt.date, dt.date]:
    """From the body's last meeting before this one to the day its papers show; of a meeting that was, to its own."""
    later = meeting.shown_day
    if meeting.is_over and meeting.day is not None and meeting.day < later:
        later = meeting.day
    earlier = meeting.previous.day if meeting.previous else add_months(later, -_MONTHS_BACK)
    return min(earlier, later), later


def _asked(context: Context, meeting: MeetingView, usual: tuple[dt.date, dt.date]) -> Compare:
    """What the address asks for; the earlier day comes first, whichever way round they were chosen."""
    earlier, later = sorted((_day(FROM, usual[0]), _day(UNTIL, usual[1])))
    clock = asked(CLOCK, CLOCKS)
    assert clock in CLOCKS, "the switch offers these"
    known_on = _known(meeting, later, usual[1])
    if context.known_on is not None:
        known_on = min(known_on or context.known_on, context.known_on)
    return Compare(earlier, later, cast(Clock, clock), known_on)


def _day(parameter: str, usual: dt.date) -> dt.date:
    try:
        return dt.date.fromisoformat(st.query_params.get(parameter, ""))
    except ValueError:
        return usual


def _known(meeting: MeetingView, later: dt.date, usual: dt.date) -> dt.datetime | None:
    """What the papers know; of another day, what was known on it."""
    if later == usual == meeting.shown_day:
        return end_of_day(meeting.known_on) if meeting.known_on else None
    return end_of_day(later) if later < meeting.today else None


def _controls(
    context: Context,
    compare: Compare,
    usual: tuple[dt.date, dt.date],
    offered: tuple[FieldOfAction, ...],
    field: str | None,
) -> None:
    """Two dates, a clock and a field, kept in the address."""
    say = context.say
    with st.container(key="rt-since-controls", horizontal=True, vertical_alignment="center"):
        _date(say("since.from"), FROM, compare.earlier, usual[0], context.day)
        _date(say("since.until"), UNTIL, compare.later, usual[1], context.day)
        switch(say("since.clock"), CLOCK, CLOCKS, lambda code: say(f"since.clock.{code}"))
        if len(offered) > 1:
            _choose_field(context, {field.key: field.title for field in offered}, field)


def _date(label: str, parameter: str, shown: dt.date, usual: dt.date, today: dt.date) -> None:
    key = f"since-{parameter}"
    st.session_state[key] = min(shown, today)
    st.date_input(
        label,
        key=key,
        format="DD.MM.YYYY",
        max_value=today,
        width=165,
        label_visibility="collapsed",
        on_change=_take_day,
        args=(parameter, key, usual),
    )


def _take_day(parameter: str, key: str, usual: dt.date) -> None:
    chosen = st.session_state[key]
    if isinstance(chosen, dt.date) and chosen != usual:
        st.query_params[parameter] = chosen.isoformat()
    else:
        st.query_params.pop(parameter, None)


def _choose_field(context: Context, titles: dict[str, str], chosen: str | None) -> None:
    st.session_state["since-field"] = chosen if chosen in titles else ""
    st.selectbox(
        context.say("since.field"),
        ["", *titles],
        key="since-field",
        format_func=lambda key: titles.get(key, context.say("since.field.all")),
        width=280,
        label_visibility="collapsed",
        on_change=_take_field,
    )


def _take_field() -> None:
    chosen = st.session_state["since-field"]
    if chosen:
        st.query_params[FIELD] = chosen
    else:
        st.query_params.pop(FIELD, None)
