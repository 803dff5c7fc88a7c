"""Around the drawing: the choice of a partner or group, and the same as the drawing in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.answers.cooperation_table import Group, RoundTable, Together
from dashboard.answers.order import alphabetical
from dashboard.parts.blocks import ListRow, list_rows, note, section
from dashboard.parts.cooperation_filters import EVERYONE, forget_choice
from dashboard.parts.downloads import Table
from dashboard.parts.filters import change
from dashboard.parts.html import Markup, joined, tag
from dashboard.parts.round_table import GROUP, group_name
from dashboard.parts.traced import asked, value_target

Say = Callable[..., str]

PARTNER = "partner"
_KEY = "cooperations-partner"
_LISTED = 6


def chosen_partner() -> str | None:
    """The partner the address names."""
    return st.query_params.get(PARTNER)


def choose_partner(shown: RoundTable, say: Say) -> None:
    """A selectbox with all partners; its truth is the address."""
    names = {seat.key: seat.name for seat in shown.everyone}
    st.session_state[_KEY] = shown.chosen.key if shown.chosen else None
    st.selectbox(
        say("measures.partner"),
        list(names),
        key=_KEY,
        index=None,
        format_func=lambda key: names[key],
        placeholder=say("cooperations.choose"),
        on_change=lambda: take_partner(st.session_state[_KEY]),
    )


def take(shown: RoundTable, clicked: str | None) -> None:
    """Choose the partner or group that was clicked, or everything again; anything else is none of this."""
    kind, _, value = (clicked or "").partition(":")
    if clicked == EVERYONE:
        forget_choice()
    elif f"{kind}:" == GROUP and shown.grouping:
        change(**{shown.grouping: int(value) if shown.grouping == "block" else value})
    elif any(seat.key == clicked for seat in shown.everyone):
        take_partner(clicked)
    else:
        return
    st.rerun()


def take_partner(key: str | None) -> None:
    if key is None:
        st.query_params.pop(PARTNER, None)
    else:
        st.query_params[PARTNER] = key


def lines_key(shown: RoundTable, say: Say) -> Markup:
    """What the lines mean."""
    agreed = tag("span", tag("i", class_="rt-net-key", aria_hidden="true"), " ", say("cooperations.agreed"))
    planned = tag(
        "span", tag("i", class_="rt-net-key rt-net-key-planned", aria_hidden="true"), " ", say("cooperations.planned")
    )
    thicker = tag("span", say("cooperations.thicker")) if shown.grouping else None
    return tag("p", agreed, planned, thicker, class_="rt-key rt-legend rt-net-legend")


def beside_markup(shown: RoundTable, say: Say) -> Markup:
    """The same as the drawing in words: what the chosen partner's thick lines are, or the groups."""
    left_out = note(say("cooperations.left_out", n=shown.left_out)) if shown.left_out else None
    if shown.chosen is None and shown.grouping:
        return joined([_groups(shown, say), left_out])
    if shown.chosen is None:
        return joined([section(say("cooperations.works_with")), note(say("cooperations.nobody_chosen")), left_out])
    count = str(len(shown.together))
    itself = tag("p", tag("b", asked(shown.chosen.name, value_target(shown.chosen.key))))
    if not shown.together:
        return joined([itself, section(say("cooperations.works_with"), count), note(say("cooperations.alone"))])
    folded = _folded([_together(one, say) for one in shown.together], say)
    return joined([itself, section(say("cooperations.works_with"), count), folded, left_out])


def _folded(rows: Sequence[ListRow], say: Say) -> Markup:
    """The first rows, the others behind a fold."""
    listed = len(rows) if len(rows) == _LISTED + 1 else _LISTED
    first, rest = list_rows(rows[:listed]), rows[listed:]
    if not rest:
        return first
    more = tag("summary", say("cooperations.more", n=len(rest)))
    return joined([first, tag("details", more, list_rows(rest), class_="rt-more")])


def _groups(shown: RoundTable, say: Say) -> Markup:
    named = [(group_name(shown, group, say), group) for group in shown.groups]
    if shown.grouping != "block":
        named.sort(key=lambda one: alphabetical(one[0]))
    rows = [ListRow(name, _members(group, say), target=f"{GROUP}{group.value}") for name, group in named]
    return joined(
        [
            section(say("cooperations.groups"), str(len(shown.seats))),
            note(say("cooperations.too_many")),
            _folded(rows, say),
        ]
    )


def _members(group: Group, say: Say) -> str:
    told = [say("cooperations.group", n=group.n)]
    return ", ".join([*told, say("cooperations.group_inside", n=group.inside)] if group.inside else told)


def _together(one: Together, say: Say) -> ListRow:
    state = say("cooperations.planned") if one.planned else say("cooperations.agreed")
    unknown = f"{say('cooperations.not_in_network')}, " if one.key is None else ""
    named = zip(one.titles[:2], one.keys, strict=False)
    titles = joined((asked(title, value_target(key)) for title, key in named), ", ")
    more = " …" if len(one.titles) > 2 else None
    return ListRow(one.name, joined([f"{unknown}{state}: ", titles, more]), target=one.key)


def lines_download(shown: RoundTable, say: Say) -> Table:
    """All lines of the drawing as pairs of names; of groups, how many pairs each line stands for."""
    names = {seat.key: seat.name for seat in shown.seats}
    if shown.grouping:
        names = {group.value: group_name(shown, group, say) for group in shown.groups}
    headings = ("one", "other", "state", "n") if shown.grouping else ("one", "other", "state")

    def rows() -> list[list[str | int]]:
        written: list[list[str | int]] = []
        for line in shown.lines:
            state = say("cooperations.planned" if line.planned else "cooperations.agreed")
            written.append([names[line.one], names[line.other], state, *([line.n] if shown.grouping else [])])
        return written

    return Table(tuple(say(f"cooperations.pair.{name}") for name in headings), rows)
