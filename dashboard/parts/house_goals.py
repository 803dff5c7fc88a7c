"""Goals of single houses beside the shared ones: support them, compete with them, or stand by themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from dashboard.answers.house_goals import HouseGoalRow, decide_goal, house_goal_rows, shared_goals
from dashboard.parts.attempts import try_to
from dashboard.parts.blocks import ListRow, list_rows, note, section
from dashboard.parts.context import Context
from dashboard.parts.deliveries import viewer_of
from dashboard.parts.html import Markup, clickable, joined, tag
from dashboard.parts.pressed import press, pressed
from dashboard.parts.targets import follow
from dashboard.parts.traced import asked, value_target
from dashboard.parts.verdict_form import show_verdict_form
from etl.rules.days import in_berlin
from etl.rules.relations import GOAL_VERDICTS

Say = Callable[..., str]

_DECIDE = "house-goal-decide"


def carry_out(context: Context) -> None:
    """What was pressed in the run before."""
    found = pressed(_DECIDE)
    if found is None:
        return
    row, shared, verdict, reason = found[1]
    try_to(
        lambda: decide_goal(context.store, context.user, row, shared, verdict, reason=reason, now=context.now),
        "overlap.told.decided",
    )


def show_house_goals(context: Context) -> None:
    """Nothing where no house names a goal of its own."""
    say = context.say
    rows, hidden = house_goal_rows(context.store, context.picture(), viewer_of(context))
    if not rows and not hidden:
        return
    listed = list_rows(_line(row, say) for row in rows) if rows else None
    others = note(say("house_goal.hidden", n=hidden)) if hidden else None
    head = section(say("house_goal.title"), str(len(rows)) if rows else None)
    follow(context, clickable(joined([head, listed, others]), key="house-goals"))
    if rows and not context.as_shown:
        with st.expander(say("house_goal.decide")):
            _form(context, rows)


def _line(row: HouseGoalRow, say: Say) -> ListRow:
    title = asked(say("overlap.word", word=row.goal.text), value_target(row.goal.measures[0], "goal_ref"))
    words = ", ".join(say("overlap.word", word=word) for word in row.goal.words)
    near = say("house_goal.near", goal=_title(row), words=words) if row.near else say("house_goal.none_near")
    told = [_told(row, number, say) for number in range(len(row.held))]
    return ListRow(joined([title, " · ", row.house]), joined([near, *told]))


def _told(row: HouseGoalRow, number: int, say: Say) -> Markup:
    goal, held = row.held[number]
    shared, by = goal.short_title or goal.title, {"person": held.by, "day": in_berlin(held.at)}
    reason = [" ", say("overlap.reason_was", reason=held.reason)] if held.reason else None
    verdict = tag("b", say(f"house_goal.verdict.{held.verdict}", goal=shared))
    return tag("span", tag("br"), verdict, " ", say("overlap.by", **by), reason)


def _title(row: HouseGoalRow) -> str:
    return (row.near.short_title or row.near.title) if row.near else ""


def _form(context: Context, rows: Sequence[HouseGoalRow]) -> None:
    say, shared = context.say, shared_goals(context.picture())
    by_key = {row.goal.key: row for row in rows}
    own = st.selectbox(
        say("house_goal.own"),
        list(by_key),
        key="house-goal-own",
        format_func=lambda key: f"{by_key[key].goal.text} · {by_key[key].house}",
    )
    row = by_key[own]
    near = list(shared).index(row.near.key) if row.near and row.near.key in shared else 0
    st.selectbox(
        say("house_goal.shared"),
        list(shared),
        near,
        key=f"house-goal-shared-{own}",
        format_func=shared.__getitem__,
    )
    show_verdict_form(
        context,
        "house_goal",
        own,
        say("house_goal.question"),
        GOAL_VERDICTS,
        lambda code: say(f"house_goal.choose.{code}"),
        partial(_press, row),
        primary=False,
    )


def _press(row: HouseGoalRow, verdict: str, reason: str) -> None:
    """Beside the shared goal that was shown."""
    shared = st.session_state.get(f"house-goal-shared-{row.goal.key}") or ""
    press(_DECIDE, row, shared, verdict, reason)
