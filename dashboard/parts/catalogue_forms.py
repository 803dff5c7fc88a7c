"""The office's forms for the goal catalogue: a new record, a change with its reason, a version released."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.answers import catalogue as answers
from dashboard.answers.catalogue import Entered
from dashboard.answers.picture import Picture
from dashboard.parts.blocks import Column, section, table
from dashboard.parts.catalogue_fields import SAVE, forget, given_as, prefix_of, record_form
from dashboard.parts.catalogue_release import RELEASE, TAKE_BACK, release, show_release
from dashboard.parts.context import Context
from dashboard.parts.corrections import stated_words
from dashboard.parts.deliveries import address, tell, viewer_of
from dashboard.parts.findings import sentence
from dashboard.parts.goals import labelled
from dashboard.parts.head import show_head
from dashboard.parts.html import Content, clickable, go, joined, tag
from dashboard.parts.html import show as show_markup
from dashboard.parts.pressed import press, pressed
from dashboard.parts.traced import sourced, sum_target
from etl.rules.catalogue import entry_finding
from etl.rules.days import in_berlin
from etl.rules.facts import Goal
from etl.wording import has

Say = Callable[..., str]

#: Names in the address: the view of Ziele and its value; the record to change; what is to be new; of which record.
VIEW, CATALOGUE, RECORD, NEW, PART = "sicht", "katalog", "eintrag", "neu", "teil"
NEW_KINDS = ("goal", "need", "field_of_action", "version")
_BACK = "catalogue-back"


def carry_out(context: Context) -> None:
    found = pressed(SAVE, _BACK, RELEASE, TAKE_BACK)
    if found is None:
        return
    decision, subject = found
    store, viewer, by = context.store, viewer_of(context), context.user.display_name
    if decision == SAVE:
        _save(context, *subject)
    elif decision == _BACK:
        outcome = answers.take_back_entry(store, context.picture(), viewer, subject[0], now=context.now)
        tell(f"catalogue.outcome.{outcome}")
    elif decision == RELEASE:
        if release(context):
            address(**{NEW: None})
    else:
        outcome = answers.take_back_version(store, viewer, subject[0], now=context.now, by=by)
        tell(f"catalogue.outcome.{outcome}")


def _save(context: Context, kind: str, record: str | None, parent: str | None) -> None:
    prefix = prefix_of(kind, record)
    typed = {
        name.removeprefix(prefix): value
        for name, value in st.session_state.items()
        if isinstance(name, str) and name.startswith(prefix)
    }
    before: Mapping[str, Any] = typed.pop("?was", {})
    reason, about = typed.pop("?reason", "") or "", typed.pop("?day", None) or context.day
    seen = typed.pop("?seen", {})
    given = {
        name: given_as(value) for name, value in typed.items() if record is None or given_as(value) != before.get(name)
    }
    outcome, found = answers.save(
        context.store,
        viewer_of(context),
        kind,
        given,
        record=record,
        parent=parent,
        seen=seen,
        about=about,
        day=context.day,
        reason=reason,
        now=context.now,
        by=context.user.display_name,
    )
    if outcome != "saved":
        if outcome == "changed_since":
            st.session_state.pop(f"{prefix}?seen", None)
        field, _, text = found.partition("=")
        name = context.say(f"field.{field}") if has(context.language, f"field.{field}") else found
        tell(f"catalogue.outcome.{outcome}", field=name, found=text or found)
        return
    forget()
    tell("catalogue.outcome.saved")
    if record is None and kind in ("goal", "indicator", "observation"):
        address(**{NEW: None, PART: None, RECORD: found if kind == "goal" else st.query_params.get(RECORD)})
    elif record is None:
        address(**{NEW: None})


def show(context: Context, picture: Picture) -> bool:
    """The form the address asks for; False where it asks for none that there is."""
    new, record = st.query_params.get(NEW), st.query_params.get(RECORD)
    known = picture.state.find(record) if record else None
    if known is not None and known.kind in ("goal", "need"):
        _show_record(context, picture, known.kind, known.key)
    elif new == "version":
        _head(context, context.say("catalogue.new.version"), context.say("catalogue.new.version.what"))
        show_release(context, picture)
    elif new in NEW_KINDS:
        _head(context, context.say(f"catalogue.new.{new}"), context.say(f"catalogue.new.{new}.what"))
        record_form(context, picture, new, None, None)
    else:
        return False
    return True


def _head(context: Context, over: Content, words: str) -> None:
    show_head(context, over, words)
    st.button(context.say("catalogue.leave"), key="catalogue-leave", on_click=_leave)


def _leave() -> None:
    forget()
    address(**{NEW: None, RECORD: None, PART: None})


def _show_record(context: Context, picture: Picture, kind: str, key: str) -> None:
    """One goal with its indicators, or one need: what to change at the left, what was changed at the right."""
    say, facts = context.say, picture.facts
    goal = facts.goal_by_key.get(key)
    title = labelled(goal) if goal else str(picture.state.kind(kind)[key].value("title"))
    own = [indicator.key for indicator in facts.indicators_of.get(key, ())] if goal else []
    need = next((need for need in facts.needs if need.key == key), None)
    found = entry_finding(kind, len(need.measures) if need else len(own))
    over = sourced(say("catalogue.entry_over", kind=say(f"kind.{kind}"), title=title), say, sum_target("values", key))
    _head(context, over, sentence(found, say))
    part = _part(context, picture, goal) if goal else "record"
    left, right = st.columns([1.6, 1], gap="large")
    with left:
        if part == "record":
            record_form(context, picture, kind, key, None)
        elif part == "new_indicator":
            record_form(context, picture, "indicator", None, key)
        elif part == "new_value":
            _new_value(context, picture, own)
        else:
            record_form(context, picture, "indicator", part, key)
    with right:
        values = [o.key for i in own for o in facts.observations_of.get(i, ())]
        _show_entered(context, answers.entered_about(picture, [key, *own, *values]))


def _part(context: Context, picture: Picture, goal: Goal) -> str:
    """Which part of a goal is entered: itself, one of its indicators, a new one, a value."""
    say = context.say
    indicators = picture.facts.indicators_of.get(goal.key, ())
    options = ["record", *(indicator.key for indicator in indicators), "new_indicator"]
    if indicators:
        options.append("new_value")
    titles = {i.key: say("catalogue.part.indicator", title=i.title) for i in indicators}
    titles |= {option: say(f"catalogue.part.{option}") for option in options if option not in titles}
    asked = st.query_params.get(PART)
    st.session_state["catalogue-part"] = asked if asked in options else options[0]

    def take() -> None:
        address(**{PART: st.session_state["catalogue-part"]})

    chosen: str = st.selectbox(
        say("catalogue.part"),
        options,
        key="catalogue-part",
        format_func=titles.__getitem__,
        on_change=take,
        width=640,
    )
    return chosen


def _new_value(context: Context, picture: Picture, indicators: Sequence[str]) -> None:
    """A value of one of the goal's indicators, measured on a day."""
    titles = {key: picture.facts.indicator_by_key[key].title for key in indicators}
    chosen = st.selectbox(context.say("catalogue.part.of"), list(titles), format_func=titles.__getitem__)
    record_form(context, picture, "observation", None, chosen)


def _show_entered(context: Context, rows: Sequence[Entered]) -> None:
    """What was entered by hand, each to be taken back."""
    if not rows:
        return
    say = context.say
    show_markup(section(say("catalogue.entries"), say("catalogue.entries_n", n=len(rows))))
    columns = [Column(say(f"catalogue.entries.{name}")) for name in ("what", "why", "back")]
    clicked = clickable(
        table(columns, (_entry(row, context) for row in rows), label=say("catalogue.entries")), key="catalogue-entries"
    )
    if clicked and clicked.isdecimal():
        press(_BACK, int(clicked))
        st.rerun()


def _entry(row: Entered, context: Context) -> list[Content]:
    say = context.say
    told = [
        say("catalogue.entry", field=say(f"field.{name}"), value=stated_words(v, context)) for name, v in row.fields
    ]
    who = say("correct.made", person=row.person, day=in_berlin(row.known))
    return [
        joined([joined(tag("span", words, class_="rt-each") for words in told), tag("small", row.title)]),
        joined([row.reason, tag("small", who)]),
        go(say("catalogue.take_back"), str(row.number), label=f" {row.title}", class_="rt-link"),
    ]
