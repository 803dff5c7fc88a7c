"""„Vereinbarungen“: what was promised and resolved, what is late, what the data say of it, and what one may say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st

from dashboard.answers import follow_up as answers
from dashboard.answers.follow_up import About, AskedRow, FollowRow, FollowUp, Word
from dashboard.answers.meetings import MeetingView
from dashboard.parts.blocks import ListRow, list_rows, note, section
from dashboard.parts.context import Context
from dashboard.parts.deliveries import tell
from dashboard.parts.findings import sentence
from dashboard.parts.follow_up_words import (
    checks_of,
    gone_words,
    line_of,
    moved_words,
    noted_words,
    proposal_words,
    state_words,
)
from dashboard.parts.head import show_head
from dashboard.parts.html import Markup, clickable, go, joined, plain_label, show, tag
from dashboard.parts.meeting_frame import over_line
from dashboard.parts.no_clients import no_clients
from dashboard.parts.targets import follow, goal_target, measure_target
from dashboard.parts.traced import sourced, sum_target, value_target, where_link
from etl.rules.meeting import Body

Say = Callable[..., str]

#: What a click on a line reports, before the record's key.
_ONE = "vereinbarung"
#: Characters of the states: never those of the ratings; the word stands beside each.
SIGNS = {
    "overdue": "!",
    "fulfilled": "✓",
    "done": "✓",
    "dropped": "✕",
    "incomplete": "?",
    "running": "→",
    "permanent": "↻",
    "noted": "✓",
}


def show_agreements(context: Context, meeting: MeetingView) -> None:
    """View of one meeting: the list of its body, as it stands now. In the meeting one says what became of it."""
    _show(context, meeting.body, meeting.body_name, meeting.key, over_line(context, meeting))


def show_agreements_of(context: Context, body: Body) -> None:
    """The same for a body outside of a meeting."""
    _show(context, body, None, None, body.name)


def _show(context: Context, body: Body | None, named: str | None, meeting: str | None, over: str) -> None:
    say, picture = context.say, context.picture()
    found = answers.followed_for(context.store, picture, context.user, body, named=named, meeting=meeting)
    every = [row.key for row in (*found.rows, *found.noted)]
    above = sourced(over, say, sum_target("agreed", *every)) if every else over
    show_head(context, above, sentence(found.finding, say), "follow-up-head")
    if meeting is not None:
        _note_all(context, found, meeting)
    clicked = clickable(_lists(found, context), key="follow-up")
    key = clicked.removeprefix(f"{_ONE}:") if clicked and clicked.startswith(f"{_ONE}:") else None
    row = next((r for r in (*found.rows, *found.noted) if r.key == key), None)
    if row is None:
        follow(context, clicked)
        return

    def opened() -> None:
        _one(context, row, meeting)

    st.dialog(plain_label(say("follow.dialog")), width="large")(opened)()


def _lists(found: FollowUp, context: Context) -> Markup:
    say = context.say
    parts: list[Markup] = []
    for state in ("overdue", "to_note", "incomplete", "running", "permanent"):
        rows = [row for row in found.rows if _group(row) == state]
        if rows:
            head = section(say(f"follow.group.{state}"), say("follow.n", n=len(rows)))
            parts += [head, _list(rows, context, found.day)]
    if found.asked:
        lines = list_rows(ListRow(one.title, _asked(one, say)) for one in found.asked)
        parts += [section(say("follow.group.asked"), say("follow.n", n=len(found.asked))), lines]
    if found.noted:
        inner = tag("div", _list(found.noted, context, found.day))
        parts.append(tag("details", tag("summary", say("follow.noted", n=len(found.noted))), inner))
    return tag("div", parts, class_="rt-follow")


def _asked(one: AskedRow, say: Say) -> str:
    """Who was asked, until when, where."""
    until = say("follow.asked_until", day=one.due) if one.due else ""
    return " · ".join(filter(None, (say("follow.asked", names=list(one.houses)), until, one.meeting)))


def _group(row: FollowRow) -> str:
    return "to_note" if row.to_note else row.followed.state


def _list(rows: list[FollowRow] | tuple[FollowRow, ...], context: Context, day: dt.date) -> Markup:
    return tag("ul", (_line(row, context, day) for row in rows), class_="rt-list rt-follow-list")


def _line(row: FollowRow, context: Context, day: dt.date) -> Markup:
    """Symbol and word, what, who and by when; below what moved, what the data say, what is proposed."""
    say, followed = context.say, row.followed
    sign = tag("span", SIGNS[followed.state], class_=f"rt-follow-sign rt-follow-{followed.state}", aria_hidden="true")
    state = tag("b", state_words(followed, say, day), class_=f"rt-follow-{followed.state}")
    title = go(followed.title, f"{_ONE}:{row.key}")
    where = where_link(say, value_target(row.key), followed.title)
    below = [tag("small", *part) for part in _below(row, context)]
    head = tag("div", state, " · ", line_of(row, say), " · ", where, class_="rt-follow-line")
    return tag("li", sign, tag("div", tag("div", title, class_="rt-follow-title"), head, below))


def _below(row: FollowRow, context: Context) -> list[list[Markup | str]]:
    say, followed = context.say, row.followed
    found: list[list[Markup | str]] = []
    if followed.moved:
        found.append([moved_words(followed, say)])
    if followed.remark:
        found.append([say(f"follow.remark.{_remark(row)}", text=followed.remark)])
    found += [_checked(words, target, say) for words, target in checks_of(row, say, context.language)]
    found += [[words] for words in gone_words(followed.gone, say)]
    if followed.proposed is not None:
        found.append([proposal_words(row, say)])
    if followed.noted and followed.state == "noted":
        found.append([noted_words(followed, context.picture(), say)])
    return found


def _remark(row: FollowRow) -> str:
    state = row.followed.state
    return "done" if state in ("done", "noted") else "permanent" if state == "permanent" else "reason"


def _checked(words: str, target: str | None, say: Say) -> list[Markup | str]:
    return [words, " ", where_link(say, target, words)] if target else [words]


def _note_all(context: Context, found: FollowUp, meeting: str) -> None:
    """What somebody said is done, taken note of in one go; what only the data show is noted one by one."""
    say = context.say
    waiting = [row for row in found.rows if row.followed.state in ("done", "dropped") and row.says]
    if not waiting:
        return
    if st.button(plain_label(say("follow.note_all", n=len(waiting))), key="follow-note-all"):
        keys = [row.key for row in waiting]
        about = {"meeting": meeting, "day": context.day, "now": context.now}
        outcome = answers.note_all(context.store, context.user, keys, text="", **about)
        tell(f"follow.outcome.{outcome}")
        st.rerun()


def _one(context: Context, row: FollowRow, meeting: str | None) -> None:
    """Everything about one, and what this person may say of it."""
    say, followed = context.say, row.followed
    show(tag("p", tag("b", followed.title)), note(f"{state_words(followed, say, context.day)} · {line_of(row, say)}"))
    told = [tag("li", part) for part in _below(row, context)]
    history = [tag("li", say("follow.date_was", day=m.day, on=m.on, reason=m.reason or "–")) for m in followed.moved]
    if told or history:
        show(tag("ul", told, history, class_="rt-follow-told"))
    if row.about:
        clicked = clickable(joined([say("follow.about"), " ", _about(row.about)]), key="follow-about")
        follow(context, clicked)
    if followed.proposed is not None and row.says:
        _settle(context, followed.proposed.number)
    if row.to_note and row.says and meeting is not None:
        _note_one(context, row, meeting)
    if row.says or row.proposes:
        _form(context, row, meeting)
    else:
        show(note(say("follow.who_may")))


def _about(about: tuple[About, ...]) -> Markup:
    targets = {"goal": goal_target, "measure": measure_target}
    return joined(
        (
            go(one.title, targets[one.kind](one.key), class_="rt-link") if one.kind in targets else one.title
            for one in about
        ),
        between=" · ",
    )


def _settle(context: Context, number: int) -> None:
    say = context.say
    with st.container(horizontal=True):
        for take, word in ((True, "follow.take"), (False, "follow.refuse")):
            if st.button(plain_label(say(word)), key=word, type="primary" if take else "secondary"):
                about = {"day": context.day, "now": context.now}
                _end(context, answers.settle_proposal(context.store, context.user, number, take=take, **about))


def _note_one(context: Context, row: FollowRow, meeting: str) -> None:
    say = context.say
    text = ""
    if row.followed.state == "fulfilled":
        text = st.text_input(
            plain_label(say("follow.note_text")), value=say("follow.note_data"), key="follow-note-text"
        )
    if st.button(plain_label(say("follow.note_one")), key="follow-note-one", type="primary"):
        about = {"meeting": meeting, "day": context.day, "now": context.now, "text": text}
        _end(context, answers.note_all(context.store, context.user, [row.key], **about))


def _form(context: Context, row: FollowRow, meeting: str | None) -> None:
    """Done, a new date or permanent, each with its words; the responsible house proposes."""
    say, own = context.say, not row.says
    kinds = ["moved", "done"] if own else ["moved", "done", "permanent"]
    show(section(say("follow.say_own" if own else "follow.say")))
    kind = st.segmented_control(
        plain_label(say("follow.what")),
        kinds,
        default=kinds[0],
        key="follow-kind",
        format_func=lambda code: say(f"follow.kind.{code}"),
        required=True,
        label_visibility="collapsed",
    )
    with st.form("follow-form", border=False):
        due = None
        if kind != "done":
            start = context.day + dt.timedelta(days=30)
            due = st.date_input(
                plain_label(say(f"follow.due.{kind}")),
                value=start,
                format="DD.MM.YYYY",
                key=f"follow-due-{kind}",
                width=240,
            )
        text = st.text_area(plain_label(say(f"follow.text.{kind}")), key=f"follow-text-{kind}", height=90)
        show(no_clients(say))
        office = ""
        if "office" in row.followed.missing and row.says:
            office = st.text_input(plain_label(say("follow.office")), key="follow-office")
        if not st.form_submit_button(plain_label(say("follow.propose" if own else "follow.save")), type="primary"):
            return
    word = Word(str(kind), text, due if isinstance(due, dt.date) else None, office)
    about = {"day": context.day, "now": context.now, "meeting": meeting, "own": own}
    _end(context, answers.say_about(context.store, context.user, row.key, word, **about))


def _end(context: Context, outcome: str) -> None:
    """Close the dialog with what became of it; what can be put right stays in it."""
    if outcome in ("without_reason", "without_date", "date_past", "same_value", "single_client"):
        show(tag("p", context.say(f"follow.outcome.{outcome}"), class_="rt-told", role="alert"))
        return
    tell(f"follow.outcome.{outcome}")
    st.rerun()
