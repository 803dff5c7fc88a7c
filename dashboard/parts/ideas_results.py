"""What was said about the ideas: the quadrant, simple and strong first, with median and how far apart people are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

import streamlit as st

from dashboard.answers import idea_workshops as answers
from dashboard.answers.idea_workshops import Standing, standing
from dashboard.answers.ideas import idea_line
from dashboard.answers.picture import Picture
from dashboard.parts.attempts import try_to
from dashboard.parts.blocks import note, section
from dashboard.parts.context import Context
from dashboard.parts.deliveries import tell
from dashboard.parts.downloads import Table, download
from dashboard.parts.drawn import drawn
from dashboard.parts.findings import sentence
from dashboard.parts.html import Content, Markup, clickable, go, joined, show, tag
from dashboard.parts.idea_quadrant import quadrant_markup
from dashboard.parts.ideas_collected import became_line
from dashboard.parts.ideas_forms import dots_dialog
from dashboard.parts.ideas_frame import show_top
from dashboard.parts.targets import follow
from dashboard.parts.traced import asked, sourced, sum_target, value_target
from etl.rules.idea_workshop import CRITERIA, FEWEST_SPREAD, Rated
from etl.wording import formatted

Say = Callable[..., str]

WORKSHOP = "werkstatt"
_MAKE, _IDEA = "werden", "idee"
#: Ideas listed; beyond that only those of the first quadrants, with the rest in the file.
_LISTED = 150


def show_results(context: Context, picture: Picture, views: Sequence[str]) -> None:
    say = context.say
    shown = standing(context.store, picture, _chosen())
    over = sourced(say("idea.results.over", n=len(shown.found)), say, sum_target("ideas"))
    show_top(context, views, over, sentence(shown.finding, say))
    with st.container(horizontal=True, vertical_alignment="center", key="ideas-results"):
        _choose(shown, say)
        may_count = context.is_office and not context.as_shown and shown.workshops
        if may_count and st.button(say("workshop.dots"), key="workshop-dots-button"):
            dots_dialog(context, standing(context.store, picture, shown.workshops[0].id))
        if shown.found:
            download(_table(shown, say, context.language), "ideen-ergebnis", context, "body")
    _while_open(context, picture, shown)
    may_make = context.is_office and not context.as_shown
    rated = any(one.quadrant for one in shown.found)
    drawing, said = None, repr(shown.found)  # what people said is no part of the picture
    left, right = st.columns([1.25, 1], gap="large") if rated else (None, st.container())
    if left is not None:
        with left, st.container(key="ideas-quadrant"):
            choices = context.language, said
            quadrant = drawn(picture, "quadrant", lambda: quadrant_markup(shown.found, say, choices[0]), *choices)
            drawing = clickable(quadrant, key="ideen-quadrant")
    here = drawing.removeprefix(f"{_IDEA}:") if drawing else st.query_params.get(_IDEA)
    with right:
        wanted = context.language, may_make, here
        listed = drawn(picture, "ideas", lambda: results_markup(shown, picture, say, *wanted), said, *wanted)
        clicked = clickable(listed, key="ideen-liste")
    _make(context, picture, clicked)
    follow(context, clicked)


def _while_open(context: Context, picture: Picture, shown: Standing) -> None:
    """A rating that runs says nothing here: of which one the marks are."""
    runs = None if context.as_shown else answers.open_one(context.store, picture, context.user, context.now)
    if runs is None:
        return
    chosen = _chosen()
    earlier = next((one for one in shown.workshops if chosen in (None, one.id)), None)
    if earlier is None:
        show(note(context.say("idea.results.while_open", title=runs.workshop.title)))
    else:
        told = {"title": runs.workshop.title, "earlier": earlier.title, "day": earlier.day}
        show(note(context.say("idea.results.earlier", **told)))


def _chosen() -> int | None:
    asked_for = st.query_params.get(WORKSHOP, "")
    return int(asked_for) if asked_for.isdecimal() and len(asked_for) < 9 else None


def _choose(shown: Standing, say: Say) -> None:
    """Which workshop's result is shown, where there are several; its truth is the address."""
    if len(shown.workshops) < 2:
        return
    titles = {str(one.id): say("workshop.of", title=one.title, day=one.day) for one in shown.workshops}
    now = st.query_params.get(WORKSHOP)
    st.session_state["ideas-workshop"] = now if now in titles else None

    def take() -> None:
        chosen = st.session_state["ideas-workshop"]
        if chosen is None:
            st.query_params.pop(WORKSHOP, None)
        else:
            st.query_params[WORKSHOP] = chosen

    st.selectbox(
        say("workshop.which"), list(titles), None, format_func=titles.__getitem__, key="ideas-workshop",
        placeholder=say("workshop.latest"), on_change=take, label_visibility="collapsed",
    )  # fmt: skip


def _make(context: Context, picture: Picture, clicked: str | None) -> None:
    kind, _, key = (clicked or "").partition(":")
    if kind != _MAKE:
        return
    idea = next((one for one in picture.facts.ideas if one.key == key), None)
    title = idea.title if idea else key
    reason = context.say("idea.reason.became", title=title)
    store, user, now, day = context.store, context.user, context.now, context.day
    made = try_to(lambda: answers.become(store, user, key, reason=reason, day=day, now=now))
    if made is not None:
        tell("idea.outcome.became", title=title)
    st.rerun()


def results_markup(
    shown: Standing, picture: Picture, say: Say, language: str, may_make: bool, here: str | None = None
) -> Markup:
    """By quadrant, numbered as in the drawing; ideas nobody rated come last."""
    numbered = list(enumerate(shown.found, 1))
    groups = []
    for quadrant, rows in groupby(numbered[:_LISTED], lambda pair: pair[1].quadrant):
        found = list(rows)
        head = section(say(f"idea.quadrant.{quadrant or 'unrated'}"), say("idea.n", n=len(found)))
        lines = [_line(n, one, picture, say, language, may_make, here) for n, one in found]
        groups.append(tag("section", head, tag("ul", lines, class_="rt-list rt-idea-results")))
    rest = note(say("idea.results.more", n=len(numbered) - _LISTED)) if len(numbered) > _LISTED else None
    return joined([tag("div", groups), rest])


def _line(n: int, one: Rated, picture: Picture, say: Say, language: str, may_make: bool, here: str | None) -> Markup:
    title = asked(one.idea.title, value_target(one.idea.key))
    line = idea_line(one.idea, picture)
    make = None
    if not line.measures and may_make:
        make = go(say("idea.make"), f"{_MAKE}:{one.idea.key}", label=f": {one.idea.title}", class_="rt-link")
    led_here = one.idea.key if one.idea.key == here else None
    rest: list[Content] = [part for part in (rest_words(one, say), make) if part]
    about = [tag("small", part) for part in (said_words(one, say, language), joined(rest, " · ")) if part]
    words = tag("div", tag("b", title), about, became_line(line, say))
    return tag("li", tag("span", formatted(language, n, "count"), class_="rt-lead"), words, data_here=led_here)


def said_words(one: Rated, say: Say, language: str) -> str:
    """„Umsetzbarkeit 4 (einig) · Wirkung 3,5 (uneinig: 1 bis 5)“."""
    return " · ".join(_criterion(one, name, say, language) for name in CRITERIA if name in one.medians)


def _criterion(one: Rated, name: str, say: Say, language: str) -> str:
    opinion = one.opinions.get(name)  # type: ignore[call-overload]
    median = formatted(language, one.medians[name], "number")  # type: ignore[index]
    word = say(f"idea.criterion.{name}")
    if opinion is None:
        return say("idea.stated", criterion=word, median=median)
    if len(opinion.marks) < FEWEST_SPREAD:
        return say(f"idea.unity.{opinion.unity}.few", criterion=word, median=median)
    low, high = opinion.marks[0], opinion.marks[-1]
    return say(f"idea.unity.{opinion.unity}", criterion=word, median=median, low=low, high=high)


def rest_words(one: Rated, say: Say) -> str:
    """How many rated it, and the dots of the flipchart."""
    words = []
    if one.voices:
        words.append(say("idea.voices" if one.opinions else "idea.too_few", n=one.voices))
    elif one.medians:
        words.append(say("idea.from_list"))
    if one.dots:
        words.append(say("idea.dots", n=one.dots))
    return " · ".join(words)


def _table(shown: Standing, say: Say, language: str) -> Table:
    heads = ["title", "cluster", "place", *CRITERIA, "voices", "dots"]

    def cells(one: Rated) -> tuple[str, ...]:
        marks = [_criterion(one, name, say, language) if name in one.medians else "" for name in CRITERIA]
        place = say(f"idea.quadrant.{one.quadrant or 'unrated'}")
        return one.idea.title, one.idea.cluster or "", place, *marks, str(one.voices or ""), str(one.dots or "")

    return Table(tuple(say(f"idea.column.{name}") for name in heads), lambda: [cells(one) for one in shown.found])
