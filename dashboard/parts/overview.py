"""The Überblick's markup: one grid whose edges meet, made to end on one screen and on one A4."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from dashboard.answers.moves import Move
from dashboard.answers.once import Once
from dashboard.answers.overview import Overview, Question, Reports, overview
from dashboard.answers.picture import Picture
from dashboard.parts.blocks import ListRow, headline, list_rows, rating_change, section, tally
from dashboard.parts.board import board_markup, short_title
from dashboard.parts.findings import sentence
from dashboard.parts.funding_cells import AMOUNT
from dashboard.parts.html import Content, Markup, go, joined, tag
from dashboard.parts.overview_figures import figures_markup
from dashboard.parts.quantities import is_percent, marked, quantity
from dashboard.parts.said_beside import said_short
from dashboard.parts.targets import goal_target, meeting_target, page_target, since_target
from dashboard.parts.traced import asked, sourced, sum_target, traced, value_target
from etl.rules.facts import Goal, Money
from etl.rules.funding import Ending
from etl.rules.funding_rules import follow_up_applied, follow_up_missing
from etl.rules.goal_changes import YARDSTICKS
from etl.wording import formatted, has
from etl.wording import say as say_in

Say = Callable[..., str]

#: What each list shows before it says how many more there are: as much as ends on one screen.
MOVES, QUESTIONS, ENDINGS, STALE = 5, 3, 3, 3


def _made_page(picture: Picture, office: bool, language: str) -> tuple[Markup, Markup] | None:
    shown = overview(picture, office=office)
    if shown is None:
        return None
    say = partial(say_in, language)
    return overview_headline(shown, say), overview_markup(shown, say, language)


#: ``overview_page(picture, office, language)``: headline and what is below it, made once for everyone who sees the
#: same; None where the network has nothing yet.
overview_page: Once[Picture, tuple[Markup, Markup] | None] = Once(_made_page)


def overview_markup(shown: Overview, say: Say, language: str) -> Markup:
    """All below the headline. To be shown inside ``clickable``."""
    heading = tag("h2", say("menu.ziele"), class_="rt-hidden")
    return tag(
        "div",
        tag(
            "div",
            heading,
            tally(shown.counts, language, lambda code: sum_target("rating", code)),
            board_markup(shown.board, say),
            class_="rt-ov-board",
        ),
        tag("div", _moves(shown, say, language), class_="rt-ov-moves"),
        figures_markup(shown.figures, say, language),
        tag("div", _questions(shown.questions, say, language)),
        tag("div", _endings(shown.endings, shown.months_ahead, say, language)),
        tag("div", _reports(shown.reports, say, language)),
        class_="rt-ov",
    )


def overview_headline(shown: Overview, say: Say) -> Markup:
    """Which meeting, which day, how recent; then the finding."""
    over: list[Content] = [say("overview.day", day=shown.day)]
    meeting = shown.meeting
    if meeting is not None and meeting.day == shown.day:
        over.insert(0, go(meeting.title, meeting_target(meeting.key), class_="rt-link"))
    elif meeting is not None and meeting.day:
        coming = say("overview.next_meeting", title=meeting.title, day=meeting.day)
        over.append(go(coming, meeting_target(meeting.key), class_="rt-link"))
    if shown.latest_report is not None:
        over.append(say("overview.latest_report", day=shown.latest_report))
    return headline(sourced(joined(over, " · "), say, sum_target("rating")), sentence(shown.finding, say))


def _moves(shown: Overview, say: Say, language: str) -> Markup:
    if shown.since is None:
        return joined(
            [section(say("overview.moves.none_yet")), tag("p", say("overview.moves.first_time"), class_="rt-note")]
        )
    rows = [_move(move, say, language) for move in shown.moves[:MOVES]]
    more = sum(move.before != move.after for move in shown.moves[MOVES:])
    rest = [say("kind_count.goal", n=more)] if more else []
    if shown.measures_moved:
        rest.append(say("kind_count.measure", n=shown.measures_moved))
    parts: list[Markup | None] = [section(say("overview.moves", day=shown.since))]
    parts.append(list_rows(rows) if rows else tag("p", say("overview.moves.nothing"), class_="rt-note"))
    if rest:
        moved = since_target(shown.meeting.key, "bewertungen") if shown.meeting else page_target("massnahmen")
        parts.append(_more(say("overview.moves.also", what=rest), moved))
    return joined(parts)


def _move(move: Move, say: Say, language: str) -> ListRow:
    values = sum_target("values", move.goal.key)
    return ListRow(
        short_title(move.goal),
        joined([traced(move_reason(move, say, language), values), *said_short(move.said, values, say)]),
        rating_change(move.before, move.after, language),
        goal_target(move.goal.key),
        strong=True,
    )


def cause_key(cause: str, field: str | None) -> str:
    """The wording of a goal's cause: a new indicator, or another target, is no new value."""
    if cause == "new":
        return "cause.new_indicator"
    if field in YARDSTICKS and cause in ("correction", "decided_by_group"):
        return "cause.other_target"
    return f"cause.{cause}"


def move_reason(move: Move, say: Say, language: str) -> str:
    """Cause and what it is about: „neuer Wert: 51,2 %, im Soll-Verlauf wären es 60,8 %“."""
    cause = say(cause_key(move.cause, move.field))
    if isinstance(move.new, Decimal):
        key, values = _about_value(move, say, language)
        return say("overview.move.because", cause=cause, about=say(key, **values))
    if move.cause == "too_old" and move.months is not None:
        return say("overview.move.because", cause=cause, about=say("overview.move.too_old", months=int(move.months)))
    if move.field == "human" and move.new:
        return say("overview.move.because", cause=cause, about=say(f"rating.{move.new}"))
    about = f"overview.move.{move.cause}"
    return say("overview.move.because", cause=cause, about=say(about)) if has(language, about) else cause


def _about_value(move: Move, say: Say, language: str) -> tuple[str, dict[str, object]]:
    """A correction tells the old value, bad news where it should be, good news where it was."""
    new = marked(say, quantity(language, move.new, move.unit), move.marks)
    old = quantity(language, move.old, move.unit) if isinstance(move.old, Decimal) else None
    if move.cause in ("correction", "delivery_withdrawn") and old is not None:
        return "overview.move.instead_of", {"new": new, "old": old}
    if move.expected is not None and move.after in ("off_track", "at_risk"):
        return "overview.move.expected", {
            "new": new,
            "expected": quantity(language, move.expected, move.unit if is_percent(move.unit) else None, computed=True),
        }
    if old is not None:
        return "overview.move.before", {"new": new, "old": old}
    return "overview.move.value", {"new": new}


def _questions(questions: Sequence[Question], say: Say, language: str) -> Markup:
    rows = [
        ListRow(asked(question.text, value_target(question.key)), _question_note(question, say, language), str(number))
        for number, question in enumerate(questions[:QUESTIONS], 1)
    ]
    parts: list[Markup | None] = [section(say("overview.questions"), str(len(questions)))]
    parts.append(list_rows(rows) if rows else tag("p", say("overview.questions.none"), class_="rt-note"))
    if len(questions) > QUESTIONS:
        parts.append(tag("p", say("overview.more", n=len(questions) - QUESTIONS), class_="rt-note"))
    return joined(parts)


def _question_note(question: Question, say: Say, language: str) -> Content:
    """What follows without an answer comes first; else what stands behind the question."""
    if question.consequence:
        first = say("overview.question.consequence", text=question.consequence)
    else:
        first = question.details or (say("overview.question.due", day=question.due) if question.due else "")
    amount = money_words(question.amount, say, language) if question.amount else ""
    told = traced(
        _dotted([amount, first.rstrip(".")]), value_target(question.key, "consequence", "amount", "text", "due")
    )
    return _dotted([told, _goal_ids(question.goals, say)])


def _endings(endings: Sequence[Ending], months: int, say: Say, language: str) -> Markup:
    """How many have nothing after them is said once; those stand first."""
    rows = [_ending(ending, say, language) for ending in endings[:ENDINGS]]
    missing = sum(ending.follow_up_missing for ending in endings)
    applied = sum(follow_up_applied(ending.funding) for ending in endings)
    words = say("overview.endings.open", n=missing) if missing else say("overview.endings.within", n=months)
    words = say("overview.endings.open_applied", n=missing, applied=applied) if applied else words
    aside = traced(words, sum_target("endings", str(months)))
    parts: list[Markup | None] = [section(say("overview.endings"), aside)]
    parts.append(list_rows(rows) if rows else tag("p", say("overview.endings.none", n=months), class_="rt-note"))
    if len(endings) > ENDINGS:
        more = say("overview.endings.more", n=len(endings) - ENDINGS, months=months)
        parts.append(_more(more, sum_target("endings", str(months))))
    return joined(parts)


def _ending(ending: Ending, say: Say, language: str) -> ListRow:
    amount = ending.funding.granted or ending.funding.total
    notes = [
        money_words(amount, say, language) if amount else "",
        say("overview.ending.carries", n=len(ending.measures)) if ending.measures else "",
        "" if follow_up_missing(ending.funding) else say("overview.ending.secured"),
    ]
    key = ending.funding.key
    return ListRow(
        asked(ending.funding.name, value_target(key)),
        traced(_dotted(notes), value_target(key, *AMOUNT, "measure_ref", "follow_up")),
        traced(_day_of_year(ending.day, language), value_target(key, "end", "period")),
    )


def _day_of_year(day: dt.date, language: str) -> str:
    """„31.12.“: the year is clear, as it is less than a year ahead."""
    return formatted(language, day, "short_date").removesuffix(str(day.year)).rstrip("/")


def _reports(reports: Reports, say: Say, language: str) -> Markup:
    here = say("overview.reports.here", reported=reports.reported, n=reports.expected)
    aside = traced(here, sum_target("reported"))
    rows = [
        ListRow(
            short_title(goal),
            traced(say("overview.reports.stale"), sum_target("values", goal.key)),
            target=goal_target(goal.key),
        )
        for goal in reports.stale[:STALE]
    ]
    parts: list[Markup | None] = [section(say("overview.reports"), aside)]
    parts.append(list_rows(rows) if rows else tag("p", say("overview.reports.all_current"), class_="rt-note"))
    if len(reports.stale) > STALE:
        parts.append(_more(say("overview.more", n=len(reports.stale) - STALE), page_target("ziele")))
    if reports.missing:
        names = [partner.short_name or partner.name for partner in reports.missing]
        words = traced(say("overview.reports.missing", names=names), sum_target("reported"))
        parts.append(tag("p", words, class_="rt-note rt-screen-only"))
    return joined(parts)


def money_words(money: Money, say: Say, language: str) -> str:
    """„62.000 € im Jahr“; a total stands without a word."""
    amount = formatted(language, money.amount, "money")
    if money.approx:
        amount = f"{say('mark.approximate')}\u00a0{amount}"
    return f"{amount} {say(f'overview.figure.per_{money.per}')}" if money.per else amount


def _goal_ids(goals: Sequence[Goal], say: Say) -> Content:
    if not goals:
        return None
    links: list[Content] = []
    for goal in goals:
        links += [", " if links else None, go(goal.id or short_title(goal), goal_target(goal.key))]
    return joined([say("overview.question.goals", n=len(goals)), " ", *links])


def _dotted(parts: Sequence[Content]) -> Markup:
    return joined([part for part in parts if part], " · ")


def _more(words: str, target: str) -> Markup:
    return tag("p", go(words, target), class_="rt-note")
