"""„Was aus Ihrer Meldung wurde“: the goals a partner's figures support, and what meetings did with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.answers import became as answers
from dashboard.answers.became import Became, Figure, GoalLine, LedLine, MeetingLines, Value
from dashboard.answers.follow_up import About
from dashboard.parts.blocks import ListRow, list_rows, note, rating_symbol, section
from dashboard.parts.context import Context
from dashboard.parts.html import Markup, clickable, go, joined, plain_label, tag
from dashboard.parts.targets import follow, goal_target, measure_target
from dashboard.parts.traced import value_target, where_link
from etl.wording import formatted

Say = Callable[..., str]
#: So many things an item was about are named.
_MOST = 3
#: Figures, the partner's name, the day and the language -> bytes of a workbook.
OnPaper = Callable[[Sequence[Figure], str, dt.date, str], bytes]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_became(context: Context, partner: str, name: str, make: OnPaper) -> None:
    """For the partner itself and the office, nothing for anybody else; ``make`` writes its figures as a sheet."""
    found = answers.became(context.store, context.picture(), context.user, partner, context.now)
    if found is None:
        return
    follow(context, clickable(became_markup(found, context.say, context.language), key="organisation-became"))
    if found.goals:
        _sheet(context, partner, name, make)


def became_markup(found: Became, say: Say, language: str) -> Markup:
    """What the figures support, then by meeting what they led to; kindly where that is nothing yet."""
    sentence = " ".join(say(one.code, **one.values) for one in found.finding.sentences)
    parts = [section(say("became.head")), tag("p", sentence, class_="rt-follow-finding")]
    if found.goals:
        parts.append(list_rows(_goal(line, say, language) for line in found.goals))
    for meeting in found.meetings:
        parts += [tag("h3", _where(meeting, language)), list_rows(_led(line, say) for line in meeting.lines)]
    if not found.meetings or not found.goals:
        parts.append(note(_next(found, say)))
    return joined(parts)


def _next(found: Became, say: Say) -> str:
    """What happens next, so that nothing yet is no verdict."""
    what = say("became.next.goal" if not found.goals else "became.next.meeting")
    return f"{what} {say('became.next.round', day=found.next_deadline)}" if found.next_deadline else what


def _goal(line: GoalLine, say: Say, language: str) -> ListRow:
    """„Ihr Wert 52 % vom 30. September; Maßnahmen: A, B“."""
    told: list[Markup] = [_value(value, say, language) for value in line.values]
    if line.measures:
        titles = joined((go(m.title, measure_target(m.key), class_="rt-link") for m in line.measures), between=", ")
        told.append(joined([say("became.measures", n=len(line.measures)), " ", titles]))
    rating = rating_symbol(line.rating, language) if line.rating else None
    head = joined([go(line.title, goal_target(line.key)), " ", rating])
    return ListRow(head, joined(tag("span", part, class_="rt-became") for part in told))


def _value(value: Value, say: Say, language: str) -> Markup:
    number = formatted(language, value.quantity, "quantity")
    said = say("became.value", indicator=value.indicator, value=number, day=value.day)
    return joined([said, " ", where_link(say, value_target(value.key, "current_value"), value.indicator)])


def _where(meeting: MeetingLines, language: str) -> str:
    day = formatted(language, meeting.day, "date") if meeting.day else ""
    return ", ".join(filter(None, (meeting.title, day)))


def _led(line: LedLine, say: Say) -> ListRow:
    said = say(f"became.led.{line.kind}", text=line.text)
    shown = joined((_way(about) for about in line.because[:_MOST]), between=", ")
    more = say("became.more", n=len(line.because) - _MOST) if len(line.because) > _MOST else ""
    why = joined([say("became.because"), " ", shown, f" {more}" if more else None]) if line.because else None
    why = why or say("became.responsible")
    where = joined([" ", where_link(say, value_target(line.record), line.text)]) if line.record else None
    return ListRow(joined([said, where]), why)


def _way(about: About) -> Markup:
    """To its page, or to its source where it has none."""
    targets = {"goal": goal_target, "measure": measure_target}
    return go(about.title, targets.get(about.kind, value_target)(about.key), class_="rt-link")


def _sheet(context: Context, partner: str, name: str, make: OnPaper) -> None:
    """Made when it is asked for, and only if this person may still have it then."""

    def data() -> bytes:
        store, picture = context.admit(), context.picture()
        told = answers.became(store, picture, context.user, partner, context.now)
        rows = answers.figures(picture, partner, told) if told else ()
        return make(rows, name, picture.facts.day, context.language)

    stem = "-".join(name.replace("/", " ").split())
    st.download_button(
        plain_label(context.say("became.sheet")),
        data=data,
        file_name=f"{stem}-{context.say('became.sheet.name')}-{context.day.isoformat()}.xlsx",
        mime=_XLSX,
        on_click="ignore",
        key="organisation-figures",
    )
