"""The office's forms for the goal catalogue: a new record, a change with its reason, a version released."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.answers import catalogue as answers
from dashboard.answers.catalogue import Entered
from dashboard.answers.corrections import Stated
from dashboard.answers.picture import Picture
from dashboard.parts.blocks import Column, headline, section, table
from dashboard.parts.context import Context
from dashboard.parts.corrections import stated_words
from dashboard.parts.deliveries import address, show_told, tell, viewer_of
from dashboard.parts.findings import sentence
from dashboard.parts.goals import labelled
from dashboard.parts.html import Content, clickable, go, joined, plain_label, tag
from dashboard.parts.html import show as show_markup
from dashboard.parts.no_clients import no_clients
from dashboard.parts.pressed import press, pressed
from dashboard.parts.targets import follow
from dashboard.parts.traced import sourced, sum_target
from dashboard.parts.values import code_word
from etl.rules.catalogue import entry_finding
from etl.rules.days import in_berlin
from etl.rules.facts import Goal
from etl.wording import formatted, has

Say = Callable[..., str]

#: Names in the address: the view of Ziele and its value; the record to change; what is to be new; of which record.
VIEW, CATALOGUE, RECORD, NEW, PART = "sicht", "katalog", "eintrag", "neu", "teil"
NEW_KINDS = ("goal", "need", "field_of_action", "version")
_SAVE, _BACK, _RELEASE, _UNRELEASE = "catalogue-save", "catalogue-back", "catalogue-release", "catalogue-unrelease"
#: Typed things; gone once they are saved.
_TYPED = "cat-"
_LONG = frozenset({"title", "comment", "indicator_definition"})


def carry_out(context: Context) -> None:
    found = pressed(_SAVE, _BACK, _RELEASE, _UNRELEASE)
    if found is None:
        return
    decision, subject = found
    store, viewer, by = context.store, viewer_of(context), context.user.display_name
    if decision == _SAVE:
        _save(context, *subject)
    elif decision == _BACK:
        outcome = answers.take_back_entry(store, context.picture(), viewer, subject[0], now=context.now)
        tell(f"catalogue.outcome.{outcome}")
    elif decision == _RELEASE:
        _release(context)
    else:
        outcome = answers.take_back_version(store, viewer, subject[0], now=context.now, by=by)
        tell(f"catalogue.outcome.{outcome}")


def _save(context: Context, kind: str, record: str | None, parent: str | None) -> None:
    prefix = _prefix(kind, record)
    typed = {
        name.removeprefix(prefix): value
        for name, value in st.session_state.items()
        if isinstance(name, str) and name.startswith(prefix)
    }
    before: Mapping[str, Any] = typed.pop("?was", {})
    reason, about = typed.pop("?reason", "") or "", typed.pop("?day", None) or context.day
    seen = typed.pop("?seen", {})
    given = {
        name: _given(value) for name, value in typed.items() if record is None or _given(value) != before.get(name)
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


def _given(value: Any) -> str | list[str]:
    return list(value) if isinstance(value, list | tuple) else str(value or "").strip()


def forget() -> None:
    """Nothing typed is kept."""
    for name in [n for n in st.session_state if isinstance(n, str) and n.startswith(_TYPED)]:
        del st.session_state[name]


def _release(context: Context) -> None:
    typed = st.session_state
    outcome = answers.release_version(
        context.store,
        viewer_of(context),
        typed.get("release-name") or "",
        body=typed.get("release-body") or "",
        day=typed.get("release-day") or context.day,
        note=typed.get("release-note") or "",
        now=context.now,
        by=context.user.display_name,
    )
    tell(f"catalogue.outcome.{outcome}", field=context.say("catalogue.release.name"), found=typed.get("release-name"))
    if outcome == "released":
        address(**{NEW: None})


def show(context: Context, picture: Picture) -> bool:
    """The form the address asks for; False where it asks for none that there is."""
    new, record = st.query_params.get(NEW), st.query_params.get(RECORD)
    known = picture.state.find(record) if record else None
    if known is not None and known.kind in ("goal", "need"):
        _show_record(context, picture, known.kind, known.key)
    elif new == "version":
        _show_release(context, picture)
    elif new in NEW_KINDS:
        _head(context, context.say(f"catalogue.new.{new}"), context.say(f"catalogue.new.{new}.what"))
        _form(context, picture, new, None, None)
    else:
        return False
    return True


def _head(context: Context, over: Content, words: str) -> None:
    follow(context, clickable(headline(over, words), key="kopf"))
    show_told(context)
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
            _form(context, picture, kind, key, None)
        elif part == "new_indicator":
            _form(context, picture, "indicator", None, key)
        elif part == "new_value":
            _new_value(context, picture, own)
        else:
            _form(context, picture, "indicator", part, key)
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
    _form(context, picture, "observation", None, chosen)


def _form(context: Context, picture: Picture, kind: str, record: str | None, parent: str | None) -> None:
    say, prefix = context.say, _prefix(kind, record)
    stated = answers.held_values(picture, kind, record)
    if f"{prefix}{next(iter(stated))}" not in st.session_state:  # a form of an earlier visit is no longer typed in
        st.session_state[f"{prefix}?was"] = {name: _shown(value) for name, value in stated.items()}
        st.session_state.pop(f"{prefix}?seen", None)
    st.session_state.setdefault(f"{prefix}?seen", {name: value.value for name, value in stated.items()})
    with st.form(f"catalogue-{kind}", border=False):
        for name, beside in _rows(stated):
            places = st.columns(2) if beside else [st.container()]
            for place, field in zip(places, (name, beside), strict=False):
                with place:
                    _input(context, picture, kind, str(field), stated[str(field)], prefix)
        if record is None and kind != "observation":
            st.session_state.setdefault(f"{prefix}?day", context.day)
            st.date_input(say("catalogue.about"), key=f"{prefix}?day", format="DD.MM.YYYY", width=240)
        hint = say(f"catalogue.reason_hint.{'new' if record is None else 'change'}")
        st.text_input(say("correct.reason"), key=f"{prefix}?reason", placeholder=hint)
        show_markup(no_clients(say, say("catalogue.what_changes") if record is not None else None))
        st.form_submit_button(
            say("catalogue.save"),
            type="primary",
            key="catalogue-save",
            on_click=press,
            args=(_SAVE, kind, record, parent),
        )


def _rows(names: Iterable[str]) -> list[tuple[str, str | None]]:
    """A number and its day stand in one line."""
    listed = list(names)
    pairs = [(name, f"{name.removesuffix('_value')}_date") for name in listed]
    return [(name, day if day in listed and day != name else None) for name, day in pairs if not name.endswith("_date")]


def _input(context: Context, picture: Picture, kind: str, name: str, stated: Stated, prefix: str) -> None:
    say, key = context.say, f"{prefix}{name}"
    field = answers.catalogue_field(kind, name)
    label = plain_label(say(f"field.{field.name}"))
    shown = _shown(stated)
    if stated.type in ("text", "id", "number", "percent", "count", "date", "date_end"):
        st.session_state.setdefault(key, shown)
        hint = say(f"catalogue.hint.{stated.type}") if has(context.language, f"catalogue.hint.{stated.type}") else None
        if name in _LONG:
            st.text_area(label, key=key, height=80, max_chars=2000)
        else:
            st.text_input(label, key=key, placeholder=hint, max_chars=400)
        return
    options = list(answers.choices(picture, kind, name))
    said = shown if isinstance(shown, list) else [shown] if shown else []
    options += [text for text in said if text not in options]
    coded = stated.type in ("code", "codes")

    def words(option: str) -> str:
        return code_word(stated.domain, option, context.language) if coded else _named(picture, stated.domain, option)

    if stated.type in ("codes", "references"):
        st.session_state.setdefault(key, said)
        st.multiselect(label, options, key=key, format_func=words, placeholder=say("catalogue.choose"))
    else:
        st.session_state.setdefault(key, shown or None)
        st.selectbox(
            label,
            options,
            key=key,
            index=None,
            format_func=words,
            placeholder=say("catalogue.choose"),
            accept_new_options=not coded,
        )


def _named(picture: Picture, domain: str, text: str) -> str:
    """A goal that is named by its number, with its words."""
    if domain == "goal":
        goal = next((g for g in picture.facts.goals if text in (g.id, g.title)), None)
        return labelled(goal) if goal else text
    return text


def _shown(stated: Stated) -> str | list[str]:
    """A value as it is typed: 51,2 and 31.12.2027, in German as in every list."""
    if isinstance(stated.value, list):
        return [str(one) for one in stated.value]
    if stated.value in (None, ""):
        return [] if stated.type in ("codes", "references") else ""
    if stated.type in ("date", "date_end"):
        return formatted("de", dt.date.fromisoformat(str(stated.value)[:10]), "short_date")
    if isinstance(stated.value, int | float) and not isinstance(stated.value, bool):
        return str(stated.value).replace(".", ",")
    return str(stated.value)


def _prefix(kind: str, record: str | None) -> str:
    return f"{_TYPED}{kind}-{record or 'new'}-"


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


def _show_release(context: Context, picture: Picture) -> None:
    say = context.say
    found = answers.catalogue(context.store, picture)
    _head(context, say("catalogue.new.version"), say("catalogue.new.version.what"))
    left, _ = st.columns([1.6, 1], gap="large")
    with left, st.form("catalogue-release", border=False):
        st.session_state.setdefault("release-name", say("catalogue.release.next", n=len(found.releases) + 1))
        st.text_input(say("catalogue.release.name"), key="release-name", max_chars=120)
        st.selectbox(
            say("catalogue.release.body"),
            list(answers.bodies(picture)),
            index=None,
            key="release-body",
            placeholder=say("catalogue.choose"),
            accept_new_options=True,
        )
        st.session_state.setdefault("release-day", context.day)
        st.date_input(say("catalogue.release.day"), key="release-day", format="DD.MM.YYYY", width=240)
        st.text_input(say("catalogue.release.note"), key="release-note", placeholder=say("catalogue.release.note_hint"))
        st.form_submit_button(
            say("catalogue.release.do"), type="primary", key="catalogue-release", on_click=press, args=(_RELEASE,)
        )


def show_take_back_version(context: Context, row: Any) -> None:
    """The last version can be taken back."""
    label = plain_label(context.say("catalogue.release.take_back", name=row.name))
    st.button(label, key="catalogue-unrelease", on_click=press, args=(_UNRELEASE, row.id))
