"""What belongs to nothing yet: the list to assign from, what was assigned by whom, what the partner's word overtook."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from itertools import groupby

import streamlit as st

from dashboard.answers import unassigned as answers
from dashboard.answers.unassigned import Case, Done, Proposed, Told, Unassigned
from dashboard.parts.assign_list import Chosen, Line, Words, assign_list
from dashboard.parts.blocks import ListRow, list_rows, note, section
from dashboard.parts.clarifications import viewer_of
from dashboard.parts.context import Context
from dashboard.parts.html import Content, Markup, clickable, go, joined, show, tag
from dashboard.parts.targets import clarification_target
from dashboard.parts.views import VIEW
from etl.rules.proposal import Evidence
from etl.wording import formatted

Say = Callable[..., str]

_CHOSEN, _BACK, _DONE = "assign-chosen", "assign-back", "assign-done"
_UNDO = "zurueck"
#: Characters of a description that stand in a row.
_DETAILS = 160


def carry_out_assigning(context: Context) -> None:
    """Do what was chosen, or taken back, in the run before; whoever looks is asked anew from the store."""
    view, chosen = st.session_state.pop(_CHOSEN, (None, None))
    numbers = st.session_state.pop(_BACK, None)
    store, viewer, person = context.store, viewer_of(context), context.user.display_name
    if view is not None:
        told = {"person": person, "reason": chosen.reason, "now": context.now}
        done = answers.assign_chosen(store, context.picture(), viewer, view, chosen.choices, **told)
    elif numbers is not None:
        done = answers.take_back_assigned(store, viewer, numbers, now=context.now, by=person)
    else:
        return
    st.session_state[_DONE] = st.query_params.get(VIEW), done


def show_unassigned(context: Context, found: Unassigned) -> None:
    """The list with what is proposed; beneath it what was decided."""
    view, told = st.session_state.pop(_DONE, (None, None))
    if told is not None and view == found.view:
        _show_told(context, told)
    if found.overtaken:
        _show_done(context, found, found.overtaken, "assign.overtaken")
    show(section(context.say(f"assign.open.{found.view}"), context.say("assign.open_n", n=_waiting(found))))
    if not found.cases:
        show(note(context.say(f"assign.nothing.{found.view}")))
    elif context.is_office:
        _choose(context, found, after=told is not None)
    else:
        rows = [ListRow(case.title, _read_only(case, context), strong=True) for case in found.cases]
        show(list_rows(rows), note(context.say("assign.own_help")))
    if found.done:
        _show_done(context, found, found.done, "assign.done")


def _waiting(found: Unassigned) -> int:
    return len(found.cases) + found.more


def _choose(context: Context, found: Unassigned, *, after: bool) -> None:
    show(note(context.say("assign.help")))
    lines = [_line(case, context) for case in found.cases]
    chosen: Chosen | None = assign_list(lines, _words(context, found), f"assign-{found.view}", focus=after)
    if chosen is not None:
        st.session_state[_CHOSEN] = (found.view, chosen)
        st.rerun()
    if found.more:
        show(note(context.say("assign.more", n=found.more)))


def _words(context: Context, found: Unassigned) -> Words:
    say = context.say
    groups = [
        (name, [(option.token, option.label) for option in options])
        for name, options in groupby(found.options, key=lambda option: option.group)
    ]
    names = {name for name, _ in groups}
    return Words(
        safe=say("assign.safe", n=found.safe),
        nothing=say("assign.untick"),
        chosen=say("assign.chosen"),
        reason=say("clarify.reason"),
        usual_reason=say("assign.usual_reason"),
        assign=say("assign.do"),
        choose=say(f"assign.choose.{found.view}"),
        target=say(f"assign.target.{found.view}"),
        by_hand=say("assign.by_hand"),
        safe_mark=say("assign.safe_mark"),
        missing=say("assign.missing"),
        options=[
            (None, [(found.none.token, say(f"assign.to_none.{found.view}"))]),
            *([(say(f"assign.all.{found.view}"), groups[0][1])] if names == {None} else groups),
        ],
    )


def _line(case: Case, context: Context) -> Line:
    proposals = [(p.option.token, p.option.label, why(p, context.say, context.language)) for p in case.proposals]
    return Line(
        key=case.record,
        title=case.title,
        note=_about(case, context),
        proposals=proposals,
        safe=bool(case.proposals and case.proposals[0].safe),
    )


def _about(case: Case, context: Context) -> str:
    """Who reports it, for whom, where, and the words it names that nobody knows."""
    say = context.say
    groups = [say(f"target_group.{code}") for code in case.groups]
    said = say("assign.said", text=case.said) if case.said else None
    details = textwrap.shorten(case.details, _DETAILS, placeholder=" …") if case.details else None
    return " · ".join(part for part in (case.partner, ", ".join(groups), case.place, said, details) if part)


def _read_only(case: Case, context: Context) -> Markup:
    about = _about(case, context)
    if not case.proposals:
        return joined([about])
    best = case.proposals[0]
    words = context.say("assign.proposed", target=best.option.label, why=why(best, context.say, context.language))
    return joined([about, tag("br"), words])


def why(proposed: Proposed, say: Say, language: str) -> str:
    """What speaks for a proposal, in plain words: „nennt „Sprachkurs“ wie das Ziel; gleiches Handlungsfeld“."""
    same = [e.own for e in proposed.evidence if e.kind == "words" and e.own.casefold() == e.other.casefold()]
    parts = [say("assign.why.same", words=[formatted(language, word, "quoted") for word in same])] if same else []
    parts += [_evidence(e, say) for e in proposed.evidence if not (e.kind == "words" and e.own in same)]
    return "; ".join(parts)


def _evidence(evidence: Evidence, say: Say) -> str:
    if evidence.kind == "group":
        return say("assign.why.group", group=say(f"target_group.{evidence.own}"))
    return say(f"assign.why.{evidence.kind}", own=evidence.own, other=evidence.other)


def _show_told(context: Context, told: Told) -> None:
    say = context.say
    parts: list[Content] = [say(f"assign.told.{told.code}", n=len(told.numbers))]
    if told.skipped:
        parts.append(say("assign.told.skipped", n=told.skipped))
    if told.numbers and context.is_office:
        parts.append(go(say("assign.undo"), _UNDO, class_="rt-link"))
    body = tag("p", joined(parts, " "), class_="rt-told", role="status")
    if clickable(body, key="assign-told") and told.numbers:
        _take_back(told.numbers)
    elif told.numbers:
        st.session_state[_DONE] = (
            st.query_params.get(VIEW),
            told,
        )  # stays until something else is done, so that it can be undone


def _take_back(numbers: Sequence[int]) -> None:
    st.session_state[_BACK] = tuple(numbers)
    st.session_state.pop(_DONE, None)
    st.rerun()


def _show_done(context: Context, found: Unassigned, some: Sequence[Done], key: str) -> None:
    say = context.say
    rows = [ListRow(done.title, _told(done, found.view, context), strong=bool(done.now)) for done in some]
    head = section(say(key), say("assign.done_n", n=len(some)))
    help_ = note(say("assign.overtaken_help")) if key == "assign.overtaken" else None
    clicked = clickable(joined([head, help_, list_rows(rows)]), key=key.replace(".", "-"))
    if clicked and clicked.startswith(f"{_UNDO}:") and clicked[len(_UNDO) + 1 :].isdecimal():
        _take_back([int(clicked[len(_UNDO) + 1 :])])


def _told(done: Done, view: str, context: Context) -> Markup:
    say, assigned = context.say, done.assigned
    told = {"person": assigned.person, "day": assigned.day, "reason": assigned.reason}
    if done.targets:
        words = say("assign.was", targets=list(done.targets), **told)
    else:
        words = say(f"assign.was_none.{view}", **told)
    now = tag("b", say("assign.now", targets=list(done.now))) if done.now else None
    back = None
    if context.is_office:
        back = go(say("assign.take_back"), f"{_UNDO}:{assigned.number}", label=f" {done.title}", class_="rt-link")
    return joined((part for part in (words, now, back) if part is not None), " ")


def measures_without_goal_line(context: Context) -> Markup | None:
    """For Ziele: how many measures belong to no goal yet, with the way there for those who may settle it."""
    n = answers.how_many_without_goal(context.picture())
    if not n:
        return None
    words = context.say("assign.goals_page", n=n)
    link = None
    if context.is_office:
        link = go(context.say("assign.goals_page_link"), clarification_target("ohne-ziel"), class_="rt-link")
    return tag("p", words, " ", link, class_="rt-note")
