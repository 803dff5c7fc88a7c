"""Contradictions: what each source says, side by side with its cell, and the decision."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.answers.clarifications import Clarifications, Dispute
from dashboard.answers.contradictions import Decision, Novelty
from dashboard.answers.provenance import Origin
from dashboard.parts.blocks import ListRow, note, section
from dashboard.parts.clarifications import case_list, decision_form, only_the_office, take_back_button
from dashboard.parts.context import Context
from dashboard.parts.html import Markup, clickable, joined, show, tag
from dashboard.parts.provenance import origin_markup
from dashboard.parts.value_words import value_words
from etl.rules.days import in_berlin
from etl.wording import has

Say = Callable[..., str]


def show_disputes(context: Context, found: Clarifications) -> None:
    """The list at the left, the one that is shown at the right."""
    say, language = context.say, context.language
    left, right = st.columns([1, 2.1], gap="large")
    with left:
        rows = [[(d.key, _row(d, say, language)) for d in some] for some in (found.disputes, found.settled)]
        chosen = case_list(context, rows[0], rows[1], "widersprueche")
    dispute = next((d for d in (*found.disputes, *found.settled) if d.key == chosen), None)
    if dispute is not None:
        with right:
            show(dispute_markup(dispute, say, language))
            _decide(context, dispute)
            clickable(sides_markup(dispute, say, language), key="clarify-sides")  # scrolls to the cells meant


def field_word(dispute: Dispute, language: str, say: Say) -> str:
    key = f"field.{dispute.term}"
    return say(key) if has(language, key) else dispute.field


def _row(dispute: Dispute, say: Say, language: str) -> ListRow:
    values = list(dict.fromkeys(_value(side, say, language) for side in dispute.sides))
    sources = ", ".join(dict.fromkeys(_source(side) for side in dispute.sides))
    told = joined(
        [f"{field_word(dispute, language, say)}: ", tag("b", say("clarify.or", values=values)), " · ", sources]
    )
    if dispute.overtaken is not None:
        told = joined([told, " · ", tag("b", say("clarify.again"))])
    return ListRow(dispute.about, told, target=dispute.key, strong=dispute.settled is None)


def _value(side: Origin, say: Say, language: str) -> str:
    return value_words(side.value, side.meaning, say, language)


def _source(side: Origin) -> str:
    return side.partner or side.entered_by or "–"


def dispute_markup(dispute: Dispute, say: Say, language: str) -> Markup:
    """What it is about, and what was decided."""
    head = section(f"{dispute.about}: {field_word(dispute, language, say)}", say("clarify.about_day", day=dispute.day))
    return joined([head, _decided(dispute, say, language)])


def sides_markup(dispute: Dispute, say: Say, language: str) -> Markup:
    """Each side with its source; the one that holds, or is shown until then, has a thick line."""
    sides = (_side(side, number == dispute.held, dispute, say, language) for number, side in enumerate(dispute.sides))
    return tag("div", sides, class_="rt-sides")


def _side(side: Origin, held: bool, dispute: Dispute, say: Say, language: str) -> Markup:
    shown = "clarify.holds" if dispute.settled is not None else "clarify.shown"
    one_holds = held and not (dispute.settled is not None and dispute.settled.both)
    word = tag("span", say(shown), class_="rt-tag") if one_holds else None
    head = tag("p", tag("b", _source(side)), " ", word, class_="rt-side-head")
    return tag(
        "section", head, origin_markup(side, say, language), class_="rt-side rt-held" if one_holds else "rt-side"
    )


def _decided(dispute: Dispute, say: Say, language: str) -> Markup | None:
    if dispute.settled is not None:
        return tag("p", _decision(dispute.settled, dispute, say, language), class_="rt-told")
    if dispute.overtaken is None:
        return note(say("clarify.latest_shown"))
    news = (tag("b", _news(one, dispute, say, language)) for one in dispute.news)
    before = _decision(dispute.overtaken, dispute, say, language)
    return tag("p", before, " ", say("clarify.overtaken"), " ", joined(news, " "), class_="rt-told")


def _decision(decision: Decision, dispute: Dispute, say: Say, language: str) -> str:
    values = {"person": decision.person, "reason": decision.reason, "day": in_berlin(decision.known)}
    if decision.both:
        return say("clarify.decided.both", **values)
    return say("clarify.decided.one", value=value_words(decision.holds, dispute.meaning, say, language), **values)


def _news(news: Novelty, dispute: Dispute, say: Say, language: str) -> str:
    before, after = (value_words(value, dispute.meaning, say, language) for value in (news.before, news.after))
    return say(f"clarify.news.{news.code}", partner=news.partner, before=before, after=after)


def _decide(context: Context, dispute: Dispute) -> None:
    say, language = context.say, context.language
    if not context.is_office:
        only_the_office(context)
    elif dispute.settled is not None:
        take_back_button(context, "dispute", dispute.settled.number)
    else:
        choices: dict[int | str, str] = {
            number: say("clarify.choose.one", value=_value(side, say, language), partner=_source(side))
            for number, side in enumerate(dispute.sides)
        }
        choices["both"] = say("clarify.choose.both" if len(dispute.sides) == 2 else "clarify.choose.all")
        decision_form(context, "dispute", dispute, choices, say("clarify.what_holds"), beside=len(choices) < 4)
