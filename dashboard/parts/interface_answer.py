"""„Wer ist zuständig für …?“: a question, the answer, and the steps to choose from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from dashboard.answers import interface_paper as answers
from dashboard.answers.contacts import Viewer
from dashboard.answers.once import Once
from dashboard.answers.picture import Picture
from dashboard.parts.blocks import definition_list, note, section
from dashboard.parts.context import Context
from dashboard.parts.deliveries import viewer_of
from dashboard.parts.html import Content, Markup, clickable, go, joined, tag
from dashboard.parts.interface_frame import QUESTION, STEP, lead, show_top, step_target
from dashboard.parts.interface_part import handover, house, offer, persons, standing
from etl.rules.interface_paper import Part
from etl.rules.responsible import Found
from etl.wording import say as say_in

Say = Callable[..., str]

_KEY = "interface-question"
#: So many organisations stand in an answer; the paper has the others.
_MOST_PARTS = 12


def show_asking(context: Context, picture: Picture, views: Sequence[str]) -> None:
    say, asked = context.say, _asked()
    found = answers.answer(picture, asked, context.language).finding if asked else answers.headline(picture)
    show_top(context, picture, "fragen", views, found)
    st.session_state[_KEY] = st.query_params.get(QUESTION, "")
    st.text_input(
        say("responsible.ask"), key=_KEY, placeholder=say("responsible.placeholder"), max_chars=200, on_change=_take
    )
    language, viewer = context.language, viewer_of(context)
    clicked = clickable(_ANSWER(picture, language, viewer, asked), key="interface-answer") if asked else None
    chosen = clickable(_STEPS(picture, language), key="interface-steps")
    lead(context, chosen, "fragen")
    lead(context, clicked)


def _asked() -> str:
    """A step that was chosen, else what was typed."""
    return str(st.query_params.get(STEP) or st.query_params.get(QUESTION, "")).strip()


def _take() -> None:
    typed = str(st.session_state[_KEY] or "").strip()
    st.query_params.pop(STEP, None)
    if typed:
        st.query_params[QUESTION] = typed
    else:
        st.query_params.pop(QUESTION, None)


def _answer(picture: Picture, language: str, viewer: Viewer, asked: str) -> Markup:
    say, answer = partial(say_in, language), answers.answer(picture, asked, language)
    if not answer.found:
        office = note(say("responsible.unknown.office")) if viewer.role == "coordinator" else None
        return joined([note(say("responsible.unknown.what")), office])
    first, *others = (_found(picture, language, viewer, one) for one in answer.found)
    also = [section(say("responsible.also")), *others] if others else []
    return tag("div", first, also, class_="rt-answers")


_ANSWER: Once[Picture, Markup] = Once(_answer)


def _found(picture: Picture, language: str, viewer: Viewer, found: Found) -> Markup:
    say, title = partial(say_in, language), answers.row_title(found.row, language)
    by = say("responsible.by", words=list(found.by[:3])) if found.by else None
    whole = go(say("responsible.whole"), step_target(found.row.code), label=f": {title}", class_="rt-link")
    parts = [_part(picture, part, viewer, say) for part in found.parts[:_MOST_PARTS]]
    body = tag("div", parts, class_="rt-answer-parts")
    return tag("section", section(title, by), body, tag("p", whole), class_="rt-answer")


def _part(picture: Picture, part: Part, viewer: Viewer, say: Say) -> Markup:
    reached = answers.reached(part, picture, viewer)
    pairs: list[tuple[Content, Content]] = [
        (say("interface.column.offer"), offer(part)),
        (say("interface.column.contact"), persons(part, reached, say)),
        (say("interface.column.handover"), handover(part, say)),
        (say("interface.column.valid_as_of"), standing(part, say, inward=answers.knows(part, viewer))),
    ]
    told = [(term, meaning) for term, meaning in pairs if meaning != "–"]
    weight = "rt-answer-part rt-answer-lead" if part.role == "responsible" else "rt-answer-part"
    return tag("div", tag("h3", house(part, say)), definition_list(told), class_=weight)


def _steps(picture: Picture, language: str) -> Markup:
    """Every step with who is responsible there: an answer at a glance, and the way to the whole of it."""
    say, titles = partial(say_in, language), answers.titles(picture, language)
    rows = []
    for row in answers.paper(picture).rows:
        names = [part.who.name for part in row.responsible]
        told = names[0] if len(names) == 1 else say("interface.paper.several", names=names)
        told = told if names else say("interface.paper.nobody")
        shown = tag("span", told, class_=None if len(names) == 1 else "rt-loss")
        rows.append(tag("li", tag("div", go(titles[row.code], step_target(row.code)), tag("small", shown))))
    return joined([section(say("responsible.steps")), tag("ul", rows, class_="rt-list rt-steps")])


_STEPS: Once[Picture, Markup] = Once(_steps)
