"""„Förderprogramme“: the network's own list, which gap each could pay on, and the office's buttons beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from dashboard.answers.programmes import ProgrammeRow
from dashboard.answers.runout import ROWS_PER_PAGE, LossRow
from dashboard.parts.blocks import Column, note, section, table
from dashboard.parts.downloads import Table
from dashboard.parts.html import Content, Markup, go, joined, tag
from dashboard.parts.measures import pages
from dashboard.parts.traced import asked, traced, value_target
from dashboard.parts.values import code_word
from etl.rules.programme_match import Match
from etl.wording import formatted

Say = Callable[..., str]

_NAMED_GAPS = 3


def programmes_table(
    rows: Sequence[ProgrammeRow], chosen: int | None, say: Say, language: str, *, office: bool
) -> Markup:
    """The list, what has ended behind a fold; ``chosen`` was asked for elsewhere. The office changes one with a click
    (``programm:<number>``)."""
    head = section(say("programme.list"), say("programme.list_aside"))
    if not rows:
        return joined([head, note(say("programme.none_office" if office else "programme.none"))])
    names = ("title", "applicants", "share", "deadline", "gaps", "seen")
    columns: list[Column | str] = [say(f"programme.column.{name}") for name in names]

    def listed(some: Sequence[ProgrammeRow], label: str) -> Markup:
        lines = (_row(row, row.programme.id == chosen, say, language, office=office) for row in some)
        return tag("div", table(columns, lines, label=label), class_="rt-programmes")

    living, ended = ([row for row in rows if row.programme.ended is gone] for gone in (False, True))
    first = listed(living, say("programme.list")) if living else note(say("programme.all_ended"))
    if not ended:
        return joined([head, first])
    word, opened = say("programme.ended_fold", n=len(ended)), any(row.programme.id == chosen for row in ended)
    return joined(
        [head, first, tag("details", tag("summary", word), listed(ended, word), class_="rt-more", open=opened)]
    )


def _row(row: ProgrammeRow, chosen: bool, say: Say, language: str, *, office: bool) -> list[Content]:
    one = row.programme
    title: Content = go(one.title, f"programm:{one.id}") if office else one.title
    level = code_word("funding.level", one.level, language) if one.level else None
    under = " · ".join(part for part in (one.funder, level) if part)
    ended = tag("b", say("programme.ended")) if one.ended else None
    found = tag("b", title, data_here="true" if chosen else None)
    return [
        joined([found, *(_each(part) for part in (under, one.note, ended) if part)]),
        joined([applicants_text(row, say, language), _each(fields_text(row, say, language))]),
        joined([_each(part) for part in _terms(row, say)]) or say("programme.not_said"),
        _deadline(row, say),
        _gaps(row, say),
        _seen(row, say),
    ]


def _each(content: Content) -> Markup:
    return tag("small", content, class_="rt-each")


def applicants_text(row: ProgrammeRow, say: Say, language: str) -> str:
    words = [say(f"programme.applicant.{code}") for code in row.programme.applicants]
    return formatted(language, words, "list") if words else say("programme.applicants_all")


def fields_text(row: ProgrammeRow, say: Say, language: str) -> str:
    return formatted(language, list(row.fields), "list") if row.fields else say("programme.fields_all")


def _terms(row: ProgrammeRow, say: Say) -> list[str]:
    """Own share, most per year, longest time; what nobody said is left out."""
    one = row.programme
    told = [say("programme.own_share", share=one.own_share / 100)] if one.own_share is not None else []
    told += [say("programme.least_per_year", amount=one.least_per_year)] if one.least_per_year is not None else []
    told += [say("programme.most_per_year", amount=one.most_per_year)] if one.most_per_year is not None else []
    told += [say("programme.longest", n=one.longest_months)] if one.longest_months is not None else []
    return told


def deadline_text(row: ProgrammeRow, say: Say) -> str:
    if row.past:
        return say("programme.deadline_past", day=row.programme.deadline)
    if row.deadline is not None:
        return say("programme.deadline_yearly" if row.programme.yearly else "programme.deadline", day=row.deadline)
    return say("programme.any_time" if row.programme.lead_months is not None else "programme.deadline_unknown")


def _deadline(row: ProgrammeRow, say: Say) -> Markup:
    lead = row.programme.lead_months or None
    return joined([deadline_text(row, say), _each(say("programme.lead", n=lead)) if lead is not None else None])


def _gaps(row: ProgrammeRow, say: Say) -> Markup:
    if not row.gaps:
        return tag("span", say("programme.no_gap"), class_="rt-note")
    shown = [_each(asked(gap.loss.funding.name, value_target(gap.key))) for gap, _ in row.gaps[:_NAMED_GAPS]]
    more = len(row.gaps) - _NAMED_GAPS
    unsure = None if row.programme.checked else _each(say("programme.to_check"))
    return joined([unsure, *shown, _each(say("runout.more", n=more)) if more > 0 else None])


def _seen(row: ProgrammeRow, say: Say) -> Markup:
    """When the network last looked, and whose entry it is: what a programme asks can have changed since."""
    one = row.programme
    seen = say("programme.seen", day=one.seen_on) if one.seen_on else tag("b", say("programme.never_seen"))
    entered = say("programme.entered", person=one.changed_by, day=one.changed_on) if one.changed_on else None
    return joined([seen, _each(entered) if entered else None])


def gaps_table(gaps: Sequence[LossRow], page: int, say: Say, language: str) -> Markup:
    """Each gap with the programmes that may be asked, in time first, and why; one page of rows."""
    head = section(say("programme.gaps"), say("programme.gaps_aside"))
    if not gaps:
        return joined([head, note(say("runout.nothing_open"))])
    names = ("gap", "programme", "apply", "own", "why")
    columns: list[Column | str] = [say(f"programme.column.{name}") for name in names]
    last = max(1, -(-len(gaps) // ROWS_PER_PAGE))
    first = (min(page, last) - 1) * ROWS_PER_PAGE
    rows = (_gap_row(gap, say, language) for gap in gaps[first : first + ROWS_PER_PAGE])
    listed = tag("div", table(columns, rows, label=say("programme.gaps")), class_="rt-gaps")
    return joined([head, listed, pages(min(page, last), last, say)])


def _gap_row(gap: LossRow, say: Say, language: str) -> list[Content]:
    target = value_target(gap.key, "end", "period", "follow_up")
    ends = _each(traced(say("programme.ends", day=gap.loss.day), target))
    name = joined([asked(gap.loss.funding.name, value_target(gap.key)), ends])
    if not gap.matches:
        return [name, tag("b", traced(say("programme.no_match"), target)), *([_dash()] * 3)]
    match = gap.matches[0]
    when = apply_text(match, say)
    own = formatted(language, match.own.quantize(Decimal(1)), "money") if match.own is not None else say("word.unknown")
    return [
        name,
        joined([tag("b", traced(match.programme.title, target)), *_others(gap, target, say)]),
        traced(tag("b", when) if match.helps else when, target),
        _named_on_phone(
            traced(own, value_target(gap.key, "amount_granted", "own_share", "start", "end", "period")), say
        ),
        traced(why_text(match, say, language), target),
    ]


def _others(gap: LossRow, target: str, say: Say) -> list[Markup]:
    """The other programmes, those that nobody has looked up apart."""
    told: list[Markup] = []
    for word, checked in (("beside", True), ("beside_to_check", False)):
        titles = [one.programme.title for one in gap.matches[1:] if one.programme.checked is checked]
        if titles:
            named, more = titles[:_NAMED_GAPS], max(0, len(titles) - _NAMED_GAPS)
            told.append(_each(traced(say(f"programme.{word}", titles=named, n=more), target)))
    return told


def _named_on_phone(own: Markup, say: Say) -> Markup:
    """There the table's heads are gone, so the amount says itself what it is."""
    return joined([tag("span", say("programme.column.own"), " ", class_="rt-phone-only"), own])


def _dash() -> Markup:
    return tag("span", "–", class_="rt-room-only")


def apply_text(match: Match, say: Say) -> str:
    """Until when one has to apply; where that is not known or too late, or nobody has looked it up, so it says."""
    if not match.programme.checked:
        return say("programme.to_check")
    if not match.knows_when:
        return say("runout.ask_when")
    if not match.in_time:
        return say("programme.late", n=match.late_months)
    return say("programme.deadline", day=match.deadline) if match.deadline else say("programme.any_time")


def why_text(match: Match, say: Say, language: str) -> str:
    """What fits and what has to be asked."""
    told = [say(f"programme.fits.{code}") for code in match.fits]
    told += [say(f"programme.unsure.{code}") for code in match.unsure]
    told += [say("programme.never_seen")] if match.programme.seen_on is None else []
    told += [] if match.programme.applicants or match.programme.fields else [say("programme.unsure.for_whom")]
    return formatted(language, told, "list")


def programmes_download(rows: Callable[[], Sequence[ProgrammeRow]], say: Say, language: str) -> Table:
    names = ("title", "funder", "level", "applicants", "fields", "share", "deadline", "seen", "note")
    heads = tuple(say(f"programme.column.{name}") for name in names)
    return Table(heads, lambda: (_texts(row, say, language) for row in rows()))


def _texts(row: ProgrammeRow, say: Say, language: str) -> tuple[str, ...]:
    one = row.programme
    return (
        one.title,
        one.funder,
        code_word("funding.level", one.level, language) if one.level else "",
        applicants_text(row, say, language),
        fields_text(row, say, language),
        ", ".join(_terms(row, say)),
        deadline_text(row, say),
        formatted(language, one.seen_on, "short_date") if one.seen_on else "",
        one.note,
    )
