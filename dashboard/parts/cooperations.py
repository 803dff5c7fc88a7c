"""Around the drawing: the choice of a partner, what it shares with whom, the table of agreements."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.answers.cooperations import AgreementRow, RoundTable, Together
from dashboard.parts.blocks import Column, ListRow, list_rows, note, section, table
from dashboard.parts.downloads import Table
from dashboard.parts.html import Content, Markup, joined, tag
from dashboard.parts.traced import asked, traced, value_target
from etl.wording import formatted, has, say

Say = Callable[..., str]

PARTNER = "partner"
_KEY = "cooperations-partner"
_LISTED = 6
_COLUMNS = ("title", "partners", "type", "status", "period", "purpose")


def chosen_partner() -> str | None:
    """The partner the address names."""
    return st.query_params.get(PARTNER)


def choose_partner(shown: RoundTable, say: Say) -> None:
    """A selectbox with all partners; its truth is the address."""
    names = {seat.key: seat.name for seat in shown.seats}
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


def is_partner(shown: RoundTable, clicked: str | None) -> bool:
    """Whether what was clicked is a partner to choose, and no value to be asked for its source."""
    return clicked is not None and any(seat.key == clicked for seat in shown.seats)


def take_partner(key: str | None) -> None:
    if key is None:
        st.query_params.pop(PARTNER, None)
    else:
        st.query_params[PARTNER] = key


def lines_key(say: Say) -> Markup:
    """What the lines mean."""
    agreed = tag("span", tag("i", class_="rt-net-key", aria_hidden="true"), " ", say("cooperations.agreed"))
    planned = tag(
        "span", tag("i", class_="rt-net-key rt-net-key-planned", aria_hidden="true"), " ", say("cooperations.planned")
    )
    return tag(
        "p", agreed, planned, tag("span", say("cooperations.click"), class_="rt-net-hint"), class_="rt-key rt-legend"
    )


def together_markup(shown: RoundTable, say: Say) -> Markup:
    """The same as the drawing's thick lines, as a list."""
    if shown.chosen is None:
        return joined([section(say("cooperations.works_with")), note(say("cooperations.nobody_chosen"))])
    count = str(len(shown.together))
    if not shown.together:
        return joined([section(say("cooperations.works_with"), count), note(say("cooperations.alone"))])
    rows = [_together(one, say) for one in shown.together]
    listed = len(rows) if len(rows) == _LISTED + 1 else _LISTED
    first, rest = list_rows(rows[:listed]), rows[listed:]
    more = None
    if rest:
        summary = tag("summary", say("cooperations.more", n=len(rest)))
        more = tag("details", summary, list_rows(rest), class_="rt-more")
    itself = asked(shown.chosen.name, value_target(shown.chosen.key))
    return joined([tag("p", tag("b", itself)), section(say("cooperations.works_with"), count), first, more])


def _together(one: Together, say: Say) -> ListRow:
    state = say("cooperations.planned") if one.planned else say("cooperations.agreed")
    unknown = f"{say('cooperations.not_in_network')}, " if one.key is None else ""
    named = zip(one.titles[:2], one.keys, strict=False)
    titles = joined((asked(title, value_target(key)) for title, key in named), ", ")
    more = " …" if len(one.titles) > 2 else None
    return ListRow(one.name, joined([f"{unknown}{state}: ", titles, more]), target=one.key)


def agreements_markup(rows: Sequence[AgreementRow], say: Say, language: str) -> Markup:
    columns = [Column(say(f"cooperations.column.{name}"), narrow=name == "period") for name in _COLUMNS]
    return table(
        columns, (_agreement(row, say, language) for row in rows), label=say("cooperations.view.vereinbarungen")
    )


def _agreement(row: AgreementRow, say: Say, language: str) -> list[Content]:
    kind = [written_word(row, say), tag("small", word("cooperation.type", row.type, language)) if row.type else None]
    key = row.key
    status = tag("span", word("cooperation.status", row.status, language) or say("word.unknown"), class_="rt-tag")
    return [
        asked(row.title, value_target(key)),
        traced(", ".join(row.partners) or "–", value_target(key, "partner_a", "partner_b")),
        traced(joined(kind), value_target(key, "agreement", "type")),
        traced(status, value_target(key, "status")),
        traced(period(row, say), value_target(key, "start", "end")),
        traced(row.purpose, value_target(key, "purpose")) if row.purpose else tag("span", "–", class_="rt-room-only"),
    ]


def period(row: AgreementRow, say: Say) -> str:
    """„seit 08/2024“, „08/2024 bis 07/2027“."""
    if row.start and row.end:
        return say("cooperations.between", start=row.start, end=row.end)
    if row.start or row.end:
        return say("cooperations.since" if row.start else "cooperations.until", day=row.start or row.end)
    return say("word.unknown")


def written_word(row: AgreementRow, say: Say) -> str:
    """Whether there is a written agreement; nobody said is a third answer."""
    if row.written is None:
        return say("word.unknown")
    return say("cooperations.written" if row.written else "cooperations.not_written")


def word(domain: str, code: str | None, language: str) -> str:
    """The word for a code; a word nobody knows stands as it was written."""
    if code is None:
        return ""
    key = f"{domain}.{code}"
    return say(language, key) if has(language, key) else code


def agreements_download(rows: Sequence[AgreementRow], say: Say, language: str) -> Table:
    headings = ("title", "partners", "written", "type", "status", "start", "end", "purpose")
    return Table(
        tuple(say(f"cooperations.column.{name}") for name in headings),
        lambda: [
            [
                row.title,
                ", ".join(row.partners),
                written_word(row, say),
                word("cooperation.type", row.type, language),
                word("cooperation.status", row.status, language),
                formatted(language, row.start, "short_date") if row.start else "",
                formatted(language, row.end, "short_date") if row.end else "",
                row.purpose or "",
            ]
            for row in rows
        ],
    )


def lines_download(shown: RoundTable, say: Say) -> Table:
    """All lines of the drawing as pairs of names."""
    names = {seat.key: seat.name for seat in shown.seats}
    headings = ("one", "other", "state")
    return Table(
        tuple(say(f"cooperations.pair.{name}") for name in headings),
        lambda: [
            [names[line.one], names[line.other], say("cooperations.planned" if line.planned else "cooperations.agreed")]
            for line in shown.lines
        ],
    )
