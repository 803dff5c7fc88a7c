"""Measures that may do the same: the pairs at the left, at the right one of them field by field and what is decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from dashboard.answers import overlaps as answers
from dashboard.answers.contacts import Viewer
from dashboard.answers.meeting_changes import store_item
from dashboard.answers.overlaps import Pair, Pairs, Side
from dashboard.answers.picture import Picture
from dashboard.parts.attempts import try_to
from dashboard.parts.blocks import ListRow, list_rows, note, section, table
from dashboard.parts.context import Context
from dashboard.parts.deliveries import viewer_of
from dashboard.parts.downloads import Table
from dashboard.parts.drawn import drawn
from dashboard.parts.findings import sentence
from dashboard.parts.html import Content, Markup, clickable, go, joined, show, tag, visually_hidden
from dashboard.parts.measures import pages
from dashboard.parts.offers_frame import Top, page_of_rows, show_top, sight, turn_page
from dashboard.parts.overlap_words import SIGNS, period_of, said_of
from dashboard.parts.pressed import press, pressed
from dashboard.parts.targets import follow, measure_target
from dashboard.parts.to_agenda import show_to_agenda
from dashboard.parts.traced import sourced, sum_target, traced, value_target
from dashboard.parts.verdict_form import show_verdict_form
from etl.rules.days import in_berlin
from etl.rules.overlaps import Sign
from etl.rules.relations import MEASURE_VERDICTS, OPEN

Say = Callable[..., str]

#: The pair that is shown, in the address.
PAIR = "paar"
_DECIDE, _PUT = "overlap-decide", "overlap-put"
_FIELDS: dict[str, str] = {
    "purpose": "title",
    "people": "target_group",
    "place": "location",
    "level": "language_level",
    "access": "access",
}


def carry_out(context: Context) -> None:
    """What was pressed in the run before."""
    found = pressed(_DECIDE, _PUT)
    if found is None:
        return
    decision, subject = found
    if decision == _PUT:
        pair, meeting = subject
        item = answers.item_for(pair, meeting, context.say)
        try_to(lambda: store_item(context.store, context.user, item, now=context.now), "overlap.told.put")
        return
    pair, verdict, reason = subject
    try_to(
        lambda: answers.decide(context.store, context.user, pair, verdict, reason=reason, now=context.now),
        f"overlap.told.{'open' if verdict == OPEN else 'decided'}",
    )


def show_overlaps(context: Context, picture: Picture, views: Sequence[str]) -> None:
    say, viewer = context.say, viewer_of(context)
    found = answers.pairs(context.store, picture, viewer, sight())
    over = sourced(say("overlap.over"), say, sum_target("measures"))
    text = sentence(answers.pairs_finding(found), say)
    shown = [*found.opened, *found.settled]
    show_top(context, "aehnlich", views, Top(over, text, _download(shown, say) if shown else None, "internal"))
    show(note(say("overlap.for_whom")))
    if not shown:
        return
    left, right = st.columns([1, 1.7], gap="large")
    with left:
        pair = _listed(context, found)
    with right:
        _show_pair(context, picture, found, pair, viewer)


def _listed(context: Context, found: Pairs) -> Pair:
    """The list, open pairs first; the one that is shown: clicked, in the address, or the first."""
    say, every = context.say, (*found.opened, *found.settled)
    last = max(1, -(-len(every) // answers.ROWS_PER_PAGE))
    page = min(page_of_rows(), last)
    rows = every[(page - 1) * answers.ROWS_PER_PAGE : page * answers.ROWS_PER_PAGE]
    pair = found.find(st.query_params.get(PAIR)) or rows[0]
    make = partial(list_markup, found, rows, pair, (page, last), say)
    markup = drawn(found, "list", make, page, pair.key, sight(), context.language)
    clicked = clickable(markup, key="overlap-list")
    turn_page(clicked)
    if clicked:
        st.query_params[PAIR] = clicked
        st.rerun()
    return pair


def list_markup(found: Pairs, rows: Sequence[Pair], chosen: Pair, page: tuple[int, int], say: Say) -> Markup:
    """The pairs of a page of the list (its number and the last), open before settled."""
    parts: list[Markup | None] = []
    for name, some, n in (
        ("open", [p for p in rows if p.held is None], len(found.opened)),
        ("settled", [p for p in rows if p.held is not None], len(found.settled)),
    ):
        if some:
            parts += [
                section(say(f"overlap.{name}"), str(n)),
                list_rows(_row(p, p.key == chosen.key, say) for p in some),
            ]
    return joined([*parts, pages(*page, say)])


def _row(pair: Pair, chosen: bool, say: Say) -> ListRow:
    """The names are what is clicked; below them, by provider the houses lead, by effect the field of action."""
    houses = " / ".join((pair.one.lead, pair.other.lead))
    fields = " / ".join(answers.fields(pair)) or say("overlap.no_field")
    first, second = (houses, fields) if sight() == "anbieter" else (fields, houses)
    titles = say("overlap.names", **_names(pair))
    verdict = [" · ", tag("b", say(f"overlap.verdict.{pair.held.verdict}"))] if pair.held else []
    below = joined([first, tag("br"), second, " · ", say("overlap.agreeing", n=pair.overlap.agreeing), *verdict])
    return ListRow(titles, below, target=pair.key, strong=chosen)


def _names(pair: Pair) -> dict[str, str]:
    return {"one": pair.one.measure.title, "other": pair.other.measure.title}


def _show_pair(context: Context, picture: Picture, found: Pairs, pair: Pair, viewer: Viewer) -> None:
    say = context.say
    language = context.language
    chosen = st.query_params.get(PAIR) == pair.key
    make = partial(pair_markup, pair, say, language, chosen=chosen)
    markup = drawn(found, "pair", make, pair.key, language, chosen)
    follow(context, clickable(markup, key="overlap-pair"))
    if not pair.may_decide(viewer) or context.as_shown:
        return
    with st.container(key="overlap-decision"):
        _decide(context, pair)
    if context.is_office and pair.held is None:
        show_to_agenda(context, picture, lambda meetings: answers.already_on(context.store, meetings, pair), _PUT, pair)


def pair_markup(pair: Pair, say: Say, language: str, *, chosen: bool) -> Markup:
    """Both measures field by field, under their names and what is decided about them; brought into sight if chosen."""
    heads = [say("overlap.aspect"), _head(pair.one), visually_hidden(say("overlap.how")), _head(pair.other)]
    rows = [_line(sign, pair, say, language) for sign in pair.overlap.signs]
    key = tag("p", (tag("span", f"{mark} ", say(f"overlap.how.{how}")) for how, mark in SIGNS.items()), class_="rt-key")
    body = table([heads[0], heads[1], heads[2], heads[3]], rows, label=say("overlap.side_by_side"), stack=False)
    parts = [section(say("overlap.pair", **_names(pair))), _held(pair, say), tag("div", body, key, class_="rt-pair")]
    return tag("div", parts, class_="rt-pair-shown", data_here=pair.key if chosen else None)


def _head(side: Side) -> Markup:
    return joined([go(side.measure.title, measure_target(side.measure.key)), tag("small", " ", side.lead)])


def _held(pair: Pair, say: Say) -> Markup | None:
    held = pair.held
    if held is None:
        return None
    told = {"person": held.by, "day": in_berlin(held.at)}
    words = [tag("b", say(f"overlap.verdict.{held.verdict}")), ". ", say("overlap.by", **told)]
    return tag("p", words, [" ", say("overlap.reason_was", reason=held.reason)] if held.reason else None)


def _line(sign: Sign, pair: Pair, say: Say, language: str) -> Sequence[Content]:
    cells = [
        traced(words, value_target(side.measure.key, *_fields_of(sign))) if words else "–"
        for side, words in (
            (pair.one, _words(sign, pair.one, sign.one, say, language)),
            (pair.other, _words(sign, pair.other, sign.other, say, language)),
        )
    ]
    mark = joined([tag("span", SIGNS[sign.how], aria_hidden="true"), visually_hidden(say(f"overlap.how.{sign.how}"))])
    name = say(f"overlap.aspect.{sign.aspect}")
    return [tag("b", name) if sign.how == "same" else name, cells[0], mark, cells[1]]


def _words(sign: Sign, side: Side, said: Sequence[str], say: Say, language: str) -> str:
    return period_of(side.measure, say, language) if sign.aspect == "time" else said_of(sign.aspect, said, say)


def _fields_of(sign: Sign) -> tuple[str, ...]:
    return ("start", "end", "period") if sign.aspect == "time" else (_FIELDS[sign.aspect],)


def _decide(context: Context, pair: Pair) -> None:
    say = context.say
    if pair.held is not None:
        st.button(say("overlap.take_back"), key="overlap-back", on_click=press, args=(_DECIDE, pair, OPEN, ""))
        return
    show_verdict_form(
        context,
        "overlap",
        pair.key,
        say("overlap.question", **_names(pair)),
        MEASURE_VERDICTS,
        lambda code: say(f"overlap.verdict.{code}"),
        partial(press, _DECIDE, pair),
    )


def _download(shown: Sequence[Pair], say: Say) -> Table:
    names = ("pair", "houses", "fields", "verdict", "reason")
    return Table(
        tuple(say(f"overlap.column.{name}") for name in names),
        lambda: [
            [
                f"{pair.one.measure.title} / {pair.other.measure.title}",
                f"{pair.one.lead} / {pair.other.lead}",
                ", ".join(say(f"overlap.aspect.{s.aspect}") for s in pair.overlap.signs if s.how == "same"),
                say(f"overlap.verdict.{pair.held.verdict}") if pair.held else say("overlap.open"),
                pair.held.reason if pair.held else "",
            ]
            for pair in shown
        ],
    )
