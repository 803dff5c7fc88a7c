"""The invitation to a meeting with its papers: letter, agenda, decisions, how the goals stand, what is open.

It names organisations, never contacts: it goes to everybody who is invited.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from dashboard.answers.agenda import AgendaView, OpenLine, agenda_view, open_lines
from dashboard.answers.goals import goal_tree
from dashboard.answers.meetings import MeetingView
from dashboard.answers.picture import Picture
from dashboard.answers.since import Compare, Since, since
from dashboard.reports import paper_docx, paper_pdf
from dashboard.reports.paper import Block, Bullets, Heading, Paper, Rows, Sentence
from etl.model.store import Store
from etl.rules.body_matters import body_finding, goals_of
from etl.rules.facts import Goal
from etl.rules.finding import Finding, rule_finding
from etl.rules.follow_up import TO_NOTE
from etl.rules.meeting import Item, Plan
from etl.rules.meeting_series import ends_at
from etl.rules.since import Line, Section
from etl.wording import formatted, has, say

_RATED = ("off_track", "at_risk", "cannot_be_rated", "on_track")
#: Of what changed since last time, what is named beside the goals; so many of each.
_TOLD: tuple[Section, ...] = (
    "measures_new", "measures_finished", "measures_cancelled", "money_won", "money_ended", "partners_new", "kept",
)  # fmt: skip
_MOST = 8
#: ``Line.direction`` of a rating that stayed the same.
_SAME = 3


@dataclass(frozen=True, slots=True)
class _Papers:
    """What the sections are written from."""

    meeting: MeetingView
    seen: Picture
    agenda: AgendaView
    open: tuple[OpenLine, ...]
    since: Since | None
    network: str
    language: str

    def say(self, key: str, **values: object) -> str:
        return say(self.language, key, **values)


def invitation(store: Store, seen: Picture, meeting: MeetingView, kind: str, network: str, language: str) -> bytes:
    """The paper as ``kind``: "pdf" (tagged) or "docx". ``seen``: the network as the meeting's papers show it."""
    paper = invitation_paper(store, seen, meeting, network, language)
    return paper_docx.as_docx(paper) if kind == "docx" else paper_pdf.as_pdf(paper)


def invitation_paper(store: Store, seen: Picture, meeting: MeetingView, network: str, language: str) -> Paper:
    told = agenda_view(store, seen, meeting), open_lines(store, meeting, seen), _changes(store, seen, meeting)
    papers = _Papers(meeting, seen, *told, network, language)
    word, shown = papers.say, seen.facts.day
    return Paper(
        language=language,
        title=meeting.title,
        over=" · ".join(filter(None, (network, word("invitation.over")))),
        finding=_sentence(papers.agenda.finding, papers),
        footer=word("invitation.footer", network=network, audience=word("audience.body"), day=shown),
        page=(word("invitation.page") + "\u00a0", f" {word('invitation.page_of')} "),
        author=network,
        day=shown,
        blocks=tuple(_blocks(papers)),
    )


def _changes(store: Store, seen: Picture, meeting: MeetingView) -> Since | None:
    if meeting.previous is None:
        return None
    compare = Compare(meeting.previous.day, seen.facts.day, known_on=seen.facts.known_on)
    return since(store, seen, compare, meeting.body, None)


def _blocks(papers: _Papers) -> Iterable[Block]:
    yield from _letter(papers)
    yield from _agenda(papers)
    yield from _decisions(papers)
    yield from _goals(papers)
    yield from _since(papers)
    yield from _open(papers)


def _letter(papers: _Papers) -> Iterable[Block]:
    """When and where, how long, and what the papers show."""
    word, meeting, plan = papers.say, papers.meeting, papers.meeting.plan
    addressee = _addressee(papers)
    if addressee:
        yield Sentence(addressee)
    if meeting.guests:
        yield Sentence(", ".join(meeting.guests.values()), word("invitation.label.guests"))
    yield Sentence(word("invitation.salutation"))
    yield Sentence(word("invitation.letter", title=meeting.title))
    if meeting.day is not None:
        yield Sentence(_when(papers, plan), word("invitation.label.when"))
    if plan is not None and plan.place:
        yield Sentence(plan.place, word("invitation.label.where"))
    stand = "invitation.stand.deadline" if meeting.known_on else "invitation.stand"
    yield Sentence(word(stand, day=papers.seen.facts.day), word("invitation.label.stand"))
    if plan is not None and plan.own_words:
        yield Sentence(plan.own_words)
    yield Sentence(_signature(papers), word("invitation.label.signed"))


def _addressee(papers: _Papers) -> str:
    """A body without a list of members invites everybody."""
    body, name = papers.meeting.body, papers.meeting.body_name
    if body is not None and not body.has_members:
        return papers.say("invitation.to_all", body=body.name)
    name = body.name if body else name
    return papers.say("invitation.to_members", body=name) if name else ""


def _signature(papers: _Papers) -> str:
    """Who invites: the partner that runs the body, else the office. An organisation, no person."""
    body = papers.meeting.body
    partner = papers.seen.facts.partner_by_key.get(body.run_by or "") if body else None
    return partner.name if partner else papers.say("invitation.office", network=papers.network)


def _when(papers: _Papers, plan: Plan | None) -> str:
    day = formatted(papers.language, papers.meeting.day, "weekday_date")
    if plan is None or plan.starts_at is None:
        return day
    times = {"start": plan.starts_at, "end": ends_at(plan.starts_at, plan.minutes)}
    return papers.say("invitation.when", day=day, **times)


def _agenda(papers: _Papers) -> Iterable[Block]:
    word, lines = papers.say, papers.agenda.lines
    yield Heading(word("invitation.heading.agenda"))
    if not lines:
        yield Sentence(word("agenda.empty"))
        return
    columns = tuple(word(f"invitation.column.{name}") for name in ("number", "item", "reports", "minutes"))
    rows = tuple(
        (str(number), line.item.title, ", ".join(line.reports), formatted(papers.language, line.item.minutes, "count"))
        for number, line in enumerate(lines, 1)
    )
    yield Rows(columns, rows, (6, 58, 26, 10))
    told = [(number, line.item) for number, line in enumerate(lines, 1) if line.item.origin != "decision"]
    told = [(number, item) for number, item in told if item.proposal or item.consequence]
    if told:
        yield Heading(word("invitation.heading.about"), 3)
    for number, item in told:
        yield Sentence(_about(item), word("invitation.item", number=number))


def _about(item: Item) -> str:
    return " ".join(filter(None, (item.proposal, item.consequence)))


def _decisions(papers: _Papers) -> Iterable[Block]:
    """Each with its proposal and what follows without it."""
    word = papers.say
    found = [(n, line.item) for n, line in enumerate(papers.agenda.lines, 1) if line.item.origin == "decision"]
    if not found:
        return
    may = papers.meeting.body is None or papers.meeting.body.may_decide
    yield Heading(word("invitation.heading.decisions" if may else "invitation.heading.recommendations", n=len(found)))
    for number, item in found:
        yield Heading(word("invitation.decision", number=number, title=item.title), 3)
        if item.proposal:
            yield Sentence(item.proposal, word("invitation.label.proposal" if may else "invitation.label.recommend"))
        follows = item.consequence or word("invitation.no_consequence")
        yield Sentence(follows, word("invitation.label.consequence"))


def _goals(papers: _Papers) -> Iterable[Block]:
    """How the body's goals stand: in words, then those that need a voice first."""
    seen, word, body = papers.seen, papers.say, papers.meeting.body
    own = goals_of(seen.facts, body)
    lines = [line for field in goal_tree(seen) for line in field.goals if line.goal.key in own]
    rated = [line for line in lines if line.rating.code is not None]
    yield Heading(word("invitation.heading.goals"))
    if not rated:
        yield Sentence(word("invitation.no_goals"))
        return
    yield Sentence(_sentence(body_finding(seen.facts, seen.thresholds, body), papers))
    counts = Counter(line.rating.code for line in rated)
    told = [word("invitation.count", n=counts[code], rating=word(f"rating.{code}")) for code in _RATED if counts[code]]
    yield Sentence(", ".join(told) + ".", quiet=True)
    columns = tuple(word(f"invitation.column.{name}") for name in ("goal", "rating", "why"))
    rated.sort(key=lambda line: _RATED.index(line.rating.code or "on_track"))
    rows = tuple(
        (_named(line.goal), word(f"rating.{line.rating.code}"), _sentence(rule_finding(line.rating), papers))
        for line in rated
    )
    yield Rows(columns, rows, (34, 16, 50))


def _since(papers: _Papers) -> Iterable[Block]:
    """What changed for this body since it met last: goals with their cause, then what is new, finished, won, kept."""
    meeting, word = papers.meeting, papers.say
    if papers.since is None or meeting.previous is None:
        return
    yield Heading(word("invitation.heading.since", day=meeting.previous.day))
    yield Sentence(_sentence(papers.since.finding, papers))
    turned = [line for line in papers.since.sections.get("goals", ()) if line.direction < _SAME]
    if turned:
        yield Bullets(tuple(_turned(line, papers) for line in turned))
    for section in _TOLD:
        titles = [title for line in papers.since.sections.get(section, ()) if (title := _title(line, papers.since))]
        if titles:
            shown = titles[:_MOST]
            more = [word("invitation.more", n=len(titles) - _MOST)] if len(titles) > _MOST else []
            yield Sentence("; ".join([*shown, *more]) + ".", word(f"invitation.since.{section}", n=len(titles)))


def _turned(line: Line, papers: _Papers) -> str:
    word = papers.say
    codes = {name: rating.code if rating else None for name, rating in (("before", line.before), ("after", line.after))}
    ratings = {name: word(f"rating.{code or 'none'}") for name, code in codes.items()}
    cause = f"cause.{line.change.cause}" if line.change else ""
    goal = papers.seen.facts.goal_by_key.get(line.key)
    named = _named(goal) if goal else line.key
    if has(papers.language, cause):
        return word("invitation.move", goal=named, cause=word(cause), **ratings)
    return word("invitation.move.plain", goal=named, **ratings)


def _title(line: Line, found: Since) -> str | None:
    """What a record is called, on the later day or, where it is there no longer, on the earlier one."""
    for facts in (found.after, found.before):
        measure, money, partner = (
            facts.measure_by_key.get(line.key),
            facts.funding_by_key.get(line.key),
            facts.partner_by_key.get(line.key),
        )
        if measure or money:
            return measure.title if measure else money.name if money else None
        if partner:
            return partner.short_name or partner.name
        promised = next((one for one in (*facts.agreements, *facts.decisions) if one.key == line.key), None)
        if promised:
            return promised.title.rstrip(".")
    return None


def _open(papers: _Papers) -> Iterable[Block]:
    """What was promised or resolved and is not done: who, by when."""
    word = papers.say
    if not papers.open:
        return
    undone = [one for one in papers.open if one.followed.state not in TO_NOTE]
    yield Heading(word("invitation.heading.open", n=len(undone)))
    if len(papers.open) > len(undone):
        yield Sentence(word("invitation.done", n=len(papers.open) - len(undone)))
    if undone:
        columns = tuple(word(f"invitation.column.{name}") for name in ("what", "who", "due"))
        rows = tuple((one.followed.title, ", ".join(one.who) or "–", _due(one, papers)) for one in undone)
        yield Rows(columns, rows, (54, 24, 22))


def _due(one: OpenLine, papers: _Papers) -> str:
    if one.followed.due is None:
        return "–"
    day = formatted(papers.language, one.followed.due, "date")
    return papers.say("invitation.overdue", day=day) if one.followed.state == "overdue" else day


def _named(goal: Goal) -> str:
    title = goal.short_title or goal.title
    return f"{goal.id} {title}" if goal.id else title


def _sentence(finding: Finding, papers: _Papers) -> str:
    told = partial(say, papers.language)
    return " ".join(told(one.code, **one.values) for one in finding.sentences)
