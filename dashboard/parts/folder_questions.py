"""The one question that is open about a file of a folder, settled where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from dashboard.answers.folders import FolderFile
from dashboard.answers.uploads import partner_names
from dashboard.parts.blocks import note, section
from dashboard.parts.context import Context
from dashboard.parts.deliveries import choose_sender
from dashboard.parts.html import Markup, joined, show, tag

#: What a button is given to do when it is pressed.
Pressing = Callable[..., dict[str, Any]]


def show_questions(context: Context, files: Sequence[FolderFile], answers: Pressing, leaves: Pressing) -> None:
    """One block a file: what is asked, then the buttons. ``answers`` and ``leaves`` say what a button does."""
    if not files:
        return
    show(section(context.say("folder.asked"), context.say("folder.n", n=len(files))))
    for place, file in enumerate(files):
        with st.container(key=f"folder-question-{place}", gap="small"):
            show(_question(context, file))
            said = _sender(context, file) if file.proposal.question == "sender" else ""
            with st.container(horizontal=True, vertical_alignment="bottom"):
                leave = {"label": context.say("folder.leave_do"), "key": f"folder-leave-{file.id}", **leaves(file)}
                if file.proposal.question == "older":  # last year's list, likely dropped by mistake
                    st.button(type="primary", **leave)
                    _answers(context, file, answers, said)
                else:
                    _answers(context, file, answers, said)
                    st.button(type="tertiary", **leave)


def _question(context: Context, file: FolderFile) -> Markup:
    say, found = context.say, file.proposal
    values: dict[str, Any] = {"partner": found.sender, "parts": list(found.parts)}
    if found.day:
        values["day"] = dt.date.fromisoformat(found.day)
    if found.other_day:
        values["other"] = dt.date.fromisoformat(found.other_day)
    if found.before:
        values |= {"number": found.before[0], "before": dt.date.fromisoformat(found.before[1])}
    head = tag("p", tag("b", file.file), " ", _came(context, file), class_="rt-question")
    if found.question == "fewer":
        lines = [_fewer(context, *one) for one in found.fewer]
    else:
        lines = [say(f"folder.ask.{found.question}", **values)]
    return joined([head, *(tag("p", line) for line in lines), *_hints(context, file)])


def _hints(context: Context, file: FolderFile) -> list[Markup]:
    """What speaks for one or the other."""
    say, found = context.say, file.proposal
    if found.question == "sender":
        return [note(line) for line in _evidence(context, file)]
    if found.question == "clients":
        return [note(say("folder.ask.clients_kept"))]
    return []


def _evidence(context: Context, file: FolderFile) -> list[str]:
    say, found, mail = context.say, file.proposal, file.mail
    lines = [say("folder.ask.from", name=mail.from_name, address=mail.from_address)] if mail else []
    if len(found.candidates) > 1:
        return [*lines, say("folder.ask.several", names=list(found.candidates))]
    return [*lines, say("folder.ask.likely")] if found.candidates else lines


def _came(context: Context, file: FolderFile) -> Markup | None:
    if file.mail is None:
        return None
    return tag("small", context.say("folder.came", mail=file.mail.subject))


def _fewer(context: Context, kind: str, last: int, now: int) -> str:
    share = 1 - now / last
    return context.say("deliveries.fewer", n=now, last=context.say(f"kind_count.{kind}", n=last), share=share)


def _answers(context: Context, file: FolderFile, answers: Pressing, sender: str) -> None:
    if file.proposal.question == "sender":
        said = answers(file, sender=sender) | {"disabled": not sender}
        label = context.say("deliveries.sender_take")
        st.button(label, key=f"folder-yes-{file.id}", type="primary", **said)
    elif file.proposal.question == "day":
        _day(context, file, answers)
    elif file.proposal.question in ("again", "older"):
        _known(context, file, answers)
    else:
        label = context.say(f"folder.yes.{file.proposal.question}")
        said = answers(file, yes=file.proposal.question)
        st.button(label, key=f"folder-yes-{file.id}", type="primary", **said)


def _known(context: Context, file: FolderFile, answers: Pressing) -> None:
    """Unchanged is said about the day it came in; an older list counts for its own."""
    say, found = context.say, file.proposal
    came, question = dt.date.fromisoformat(found.received), found.question
    if question == "again":
        said = answers(file, yes="again", day=came)
        st.button(say("folder.yes.again"), key=f"folder-yes-{file.id}", type="primary", **said)
        return
    own = dt.date.fromisoformat(found.day)
    said = answers(file, yes="older") if found.day_how == "stated" else answers(file, yes="older", day=own)
    st.button(say("folder.yes.older"), key=f"folder-yes-{file.id}", **said)
    if found.known and found.day_how != "stated":
        said = answers(file, yes="older", day=came)
        st.button(say("folder.yes.older_again", day=came), key=f"folder-again-{file.id}", **said)


def _sender(context: Context, file: FolderFile) -> str:
    """The likeliest stands there already, where anything points to one."""
    names = list(partner_names(context.store).values())
    likely = next(iter(file.proposal.candidates), "")
    with st.container(width=620):
        return choose_sender(context, names, f"folder-sender-{file.id}", value=likely)


def _day(context: Context, file: FolderFile, answers: Pressing) -> None:
    say, found = context.say, file.proposal
    named, received = dt.date.fromisoformat(found.other_day), dt.date.fromisoformat(found.day)
    label = say("folder.yes.day", day=named)
    st.button(label, key=f"folder-yes-{file.id}", type="primary", **answers(file, day=named))
    label = say(f"folder.day_take.{'mail' if file.mail else 'received'}", day=received)
    st.button(label, key=f"folder-received-{file.id}", **answers(file, day=received))
    with st.popover(say("folder.day_other")):
        other = st.date_input(say("folder.day_other"), value=named, max_value=context.day, key=f"folder-day-{file.id}")
        if isinstance(other, dt.date):
            label = say("folder.day_other_take")
            st.button(label, key=f"folder-other-{file.id}", **answers(file, day=other))
