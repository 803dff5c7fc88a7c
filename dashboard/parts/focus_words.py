"""Focus topics in words and markup: the table of all, one topic's frame, its steps, notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from dashboard.answers.focus import Focus, FocusRow, NoteRow, StepRow, reads_notes
from dashboard.parts.blocks import Column, ListRow, definition_list, list_rows, note, section, table
from dashboard.parts.html import Content, Markup, go, joined, tag
from dashboard.parts.missing_words import entered
from dashboard.parts.targets import goal_target
from dashboard.parts.traced import asked, value_target

Say = Callable[..., str]
TOPIC, STEP = "schwerpunkt", "schritt"
_SHOWN_NOTES = 8
_SIGNS = {"ended": "–", "unwatched": "×", "overdue": "!", "quiet": "?", "watched": "✓"}


def over(row: FocusRow, say: Say) -> str:
    day = row.topic.agreed_on
    return say("focus.one.over.body", day=day, body=row.body.name) if row.body else say("focus.one.over", day=day)


def finding(row: FocusRow, day: dt.date, say: Say) -> str:
    """What is to be said of a topic, in one sentence."""
    topic = row.topic
    if row.state == "quiet":
        return say("focus.finding.quiet", day=row.last.day) if row.last else say("focus.finding.quiet.never")
    told: dict[str, object] = {"day": topic.ended_on} if topic.ended_on else {}
    told["n"] = sum(one.late for one in row.steps)
    told["house"] = row.names.get(topic.watched_by or "", topic.watched_by or "")
    return say(f"focus.finding.{row.state}", **told)


def topics_table(found: Focus, say: Say) -> Markup:
    heads = ("focus.topic", "focus.state", "focus.watched_by", "focus.steps", "focus.last_note")
    columns = [Column(say(key), narrow=number in (1, 3, 4)) for number, key in enumerate(heads)]
    return entered(table(columns, (_cells(row, say) for row in found.rows), label=say("idea.view.schwerpunkte")))


def _cells(row: FocusRow, say: Say) -> list[Content]:
    topic = row.topic
    done = sum(one.step.done_on is not None for one in row.steps)
    return [
        go(topic.title, f"{TOPIC}:{topic.id}"),
        joined([tag("span", _SIGNS[row.state], aria_hidden="true"), " ", say(f"focus.state.{row.state}")]),
        row.names.get(topic.watched_by or "", say("focus.nobody")),
        say("focus.steps.n", n=len(row.steps), done=done),
        say("missing.on", day=row.last.day) if row.last else "–",
    ]


def about(row: FocusRow, say: Say) -> Markup:
    topic = row.topic
    pairs: list[tuple[Content, Content]] = []
    if topic.why:
        pairs.append((say("focus.why"), topic.why))
    pairs.append((say("focus.watched_by"), _house(topic.watched_by, row, say)))
    if topic.sites:
        sites = joined([tag("div", _house(site, row, say)) for site in topic.sites])
        quiet = [row.names.get(site, site) for site in row.quiet_sites]
        aside = tag("small", say("focus.sites.quiet", houses=quiet)) if quiet else None
        pairs.append((say("focus.sites"), joined([sites, aside])))
    if row.goals:
        links = [tag("div", go(title, goal_target(key), class_="rt-go rt-link")) for key, title in row.goals.items()]
        pairs.append((say("focus.goals"), joined(links)))
    return joined([section(say("focus.about")), entered(definition_list(pairs))])


def _house(key: str | None, row: FocusRow, say: Say) -> Content:
    return asked(row.names[key], value_target(key)) if key in row.names and key else say("focus.nobody")


def steps(row: FocusRow, say: Say, *, may_change: bool) -> Markup:
    if not row.steps:
        return note(say("focus.steps.none"))
    return entered(list_rows(_step(one, row, say, may_change) for one in row.steps))


def _step(one: StepRow, row: FocusRow, say: Say, may_change: bool) -> ListRow:
    step = one.step
    if step.done_on is not None:
        state, sign = say("focus.step.done", day=step.done_on), "✓"
    elif step.due is not None:
        state, sign = say("focus.step.late" if one.late else "focus.step.due", day=step.due), "!" if one.late else "·"
    else:
        state, sign = say("focus.step.open"), "·"
    who = row.names.get(step.responsible or "", "")
    told = f"{who} · {state}" if who else state
    target = f"{STEP}:{step.id}" if may_change else None
    return ListRow(step.text, told, tag("span", sign, aria_hidden="true"), target=target, strong=one.late)


def notes(told: Sequence[NoteRow], say: Say, role: str) -> Markup:
    """The latest first; earlier ones folded away."""
    if not reads_notes(role):
        return note(say("focus.notes.not_yours"))
    if not told:
        return note(say("focus.notes.none"))
    rows = [ListRow(one.note.text, by_line(one, say)) for one in told]
    shown, rest = list_rows(rows[:_SHOWN_NOTES]), rows[_SHOWN_NOTES:]
    if not rest:
        return entered(shown)
    return entered([shown, tag("details", tag("summary", say("missing.more", n=len(rest))), list_rows(rest))])


def by_line(one: NoteRow, say: Say) -> str:
    return say("focus.note.by", day=one.note.day, house=one.house or say("focus.notes.office"))
