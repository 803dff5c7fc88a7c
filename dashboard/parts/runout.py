"""„Was ausläuft“: by budget year, by month with what each ending takes from whom, and money that may not be spent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from dashboard.answers.runout import ROWS_PER_PAGE, LossRow, LostGoalMark, MonthLosses, Runout, YearLosses
from dashboard.parts.blocks import Column, note, section, table
from dashboard.parts.downloads import Table
from dashboard.parts.funding_cells import AMOUNT, goal_marks
from dashboard.parts.html import Content, Markup, go, joined, tag
from dashboard.parts.measures import pages
from dashboard.parts.targets import measure_target
from dashboard.parts.traced import asked, sum_target, traced, value_target
from dashboard.parts.values import money_text
from etl.rules.lapse import Lapse
from etl.rules.programme_match import Prevention
from etl.wording import formatted

Say = Callable[..., str]

_NAMED_MEASURES = 3
_NAMED_COOPERATIONS = 2
#: The fields an ending is read from, and those that say how it goes on.
_END, _NEXT = ("end", "period"), ("application_deadline", "follow_up", "end", "period", "own_share")
#: What lapses is made of.
_LEFT = ("amount_granted", "amount_spent", "start", "end", "period")


def years_table(years: Sequence[YearLosses], twice: Sequence[Content], say: Say, language: str) -> Markup:
    """A row per budget year; every amount stands alone, applied money beside promised money. ``twice``: what may be
    counted two times."""
    aside = say("runout.years_aside")
    names = ("ends", "last_money", "promised", "need", "missing", "applied", "own", "lapsing")
    columns = [
        Column(say("runout.column.year"), narrow=True),
        *(Column(say(f"runout.column.{name}"), numeric=True) for name in names),
    ]
    rows = (_year_row(year, names, say, language) for year in years)
    told = note(joined(list(twice), " ")) if twice else None
    head = joined([section(say("runout.years"), aside), told])
    return joined([head, tag("div", table(columns, rows, label=say("runout.years")), class_="rt-years")])


def _year_row(found: YearLosses, names: Sequence[str], say: Say, language: str) -> list[Content]:
    year = found.year
    target = sum_target("runout", str(year.year))
    word = say("runout.year_rest" if year.months < 12 else "runout.year", year=year.year, n=year.months)
    amounts: dict[str, str | None] = {
        "ends": say("runout.open_of", n=len(year.open_losses), of=len(year.losses)) if year.losses else None,
        "last_money": formatted(language, found.last_money, "count") if found.last_money else None,
        "promised": _euros(year.promised, language),
        "need": _euros(year.need, language),
        "missing": _euros(year.missing, language),
        "applied": _euros(year.applied, language),
        "own": _euros(found.own, language),
        "lapsing": _euros(found.lapsing, language),
    }
    sources = {"need": sum_target("need"), "promised": sum_target("drawn"), "applied": sum_target("fundings")}
    sources |= {"missing": sum_target("need"), "lapsing": sum_target("lapsing")}
    sources |= {"own": sum_target("own_due", str(year.year))}
    cells = [_cell(name, amounts[name], sources.get(name, target), say) for name in names]
    return [asked(word, sum_target("fundings")), *cells]


def _cell(name: str, amount: str | None, target: str, say: Say) -> Content:
    """On a phone the heads are gone, so an amount says itself what it is; nothing is a dash."""
    if amount is None:
        return tag("span", "–", class_="rt-room-only")
    content = tag("b", amount, class_="rt-lost") if name == "missing" else amount
    return joined([tag("span", say(f"runout.column.{name}"), " ", class_="rt-phone-only"), traced(content, target)])


def _euros(amount: Decimal, language: str) -> str | None:
    whole = amount.quantize(Decimal(1)) if abs(amount) < Decimal(10) ** 18 else amount
    return formatted(language, whole, "money") if whole else None


def months_markup(found: Runout, say: Say, language: str) -> Markup:
    """What ends, month by month; a click turns the page of rows, leads to a measure or a programme."""
    head = section(say("runout.months"), say("runout.months_aside"))
    if not found.months:
        return joined([head, note(say("runout.nothing_open"))])
    months = (_month(month, say, language) for month in found.months)
    return joined([head, *months, pages(found.page, found.pages, say)])


def _month(found: MonthLosses, say: Say, language: str) -> Markup:
    missing = say("runout.month_missing", amount=found.yearly.quantize(Decimal(1))) if found.yearly else None
    told = [say("runout.month_open", n=found.open, of=found.found), *([missing] if missing else [])]
    over = traced(" · ".join(told), sum_target("runout", f"{found.month:%Y-%m}"))
    head = tag("div", tag("h3", formatted(language, found.month, "month")), tag("span", over), class_="rt-month")
    columns: list[Column | str] = [
        Column(say("funding.column.ends"), narrow=True),
        say("funding.column.funding"),
        say("runout.column.measures"),
        say("runout.column.goals"),
        say("runout.column.cooperations"),
        say("runout.column.prevention"),
    ]
    label = say("runout.month_label", month=found.month)
    rows = (_loss_row(row, say, language) for row in found.rows)
    return joined([head, tag("div", table(columns, rows, label=label), class_="rt-losses")])


def _loss_row(row: LossRow, say: Say, language: str) -> list[Content]:
    funding, key = row.loss.funding, row.key
    amount = say("runout.yearly", amount=row.loss.yearly.quantize(Decimal(1))) if row.loss.yearly is not None else None
    stated = amount or say("funding.no_amount")
    return [
        traced(formatted(language, row.loss.day, "day_month"), value_target(key, *_END)),
        joined([tag("b", asked(funding.name, value_target(key))), _small(traced(stated, value_target(key, *AMOUNT)))]),
        _measures(row, say),
        _goals(row.goals, key, say),
        _cooperations(row, say),
        prevention_cell(row, say, language),
    ]


def _small(content: Content) -> Markup:
    return tag("small", content, class_="rt-each")


def _measures(row: LossRow, say: Say) -> Markup:
    if not row.measures:
        return traced(tag("span", say("funding.carries_nothing"), class_="rt-note"), sum_target("carried", row.key))
    every = len(row.measures) > 1 and all(last for _, _, last in row.measures)
    shown = [_measure(key, title, last and not every, say) for key, title, last in row.measures[:_NAMED_MEASURES]]
    whole = _small(tag("b", say("runout.last_money_all", n=len(row.measures)))) if every else None
    return joined([*shown, _more(len(row.measures) - _NAMED_MEASURES, row.key, say), whole])


def _measure(key: str, title: str, last: bool, say: Say) -> Markup:
    mark = _small(tag("b", say("runout.last_money"))) if last else None
    return tag("span", go(title, measure_target(key)), mark, class_="rt-each")


def _goals(goals: Sequence[LostGoalMark], key: str, say: Say) -> Markup:
    marks = traced(goal_marks([goal.mark for goal in goals], say), sum_target("carried", key))
    whole = [goal.mark.label for goal in goals if goal.all_of_it]
    return joined([marks, _small(tag("b", say("runout.all_of_it", goals=whole, n=len(whole)))) if whole else None])


def _cooperations(row: LossRow, say: Say) -> Markup | None:
    if not row.cooperations:
        return tag("span", "–", class_="rt-room-only")
    shown = [
        tag("span", asked(one.title, value_target(one.key)), class_="rt-each")
        for one in row.cooperations[:_NAMED_COOPERATIONS]
    ]
    return joined([*shown, _more(len(row.cooperations) - _NAMED_COOPERATIONS, row.key, say)])


def _more(number: int, key: str, say: Say) -> Markup | None:
    return _small(traced(say("runout.more", n=number), sum_target("carried", key))) if number > 0 else None


def prevention_cell(row: LossRow, say: Say, language: str) -> Markup:
    """What would prevent it: apply by when, where, with which own share; else that nobody knows of anything."""
    key, found = row.key, row.prevention
    if row.loss.secured:
        return traced(_goes_on(row, say), value_target(key, *_NEXT))
    applied = (
        _small(traced(say("runout.applied"), value_target(key, "follow_up"))) if row.next_step == "applied" else None
    )
    if found is None:
        unknown = tag("b", say("runout.no_way"))
        return joined([traced(unknown, value_target(key, *_NEXT)), applied])
    told = tag("b", prevention_text(found, say))
    first = traced(told, value_target(key, *_NEXT))
    where = go(found.match.programme.title, f"programm:{found.match.programme.id}") if found.match else None
    own = say("runout.own", amount=found.own.quantize(Decimal(1))) if found.own else None
    others = say("runout.other_programmes", n=row.others) if row.others else None
    return joined([first, *(_small(part) for part in (where, own, others) if part), applied])


def _goes_on(row: LossRow, say: Say) -> str:
    return say("funding.next.once" if row.next_step == "once" else "funding.next.secured")


def prevention_text(found: Prevention, say: Say) -> str:
    """„Antrag bis 30. Juni 2027“; what is late or past says so."""
    if found.missed:
        return say("runout.missed", day=found.deadline)
    if found.match is not None and not found.match.programme.checked:
        return say("runout.to_check")
    if found.match is not None and "amount" in found.match.unsure:
        return say("runout.amount_unknown")
    if found.match is not None and not found.match.in_time:
        return say("runout.late", n=found.match.late_months) if found.match.knows_when else say("runout.ask_when")
    if found.match is not None and found.match.covers_little:
        return say("runout.little")
    return say("funding.next.deadline", day=found.deadline) if found.deadline else say("runout.any_time")


def lapsing_table(found: Sequence[Lapse], say: Say, language: str) -> Markup | None:
    """Money that may not be spent in time, as much of it as stands on a page; None where there is none."""
    if not found:
        return None
    columns: list[Column | str] = [
        Column(say("runout.column.until"), narrow=True),
        say("funding.column.funding"),
        Column(say("runout.column.left"), numeric=True),
        Column(say("runout.column.expected"), numeric=True),
        say("runout.column.what"),
    ]
    head = section(say("runout.lapsing"), say("runout.lapsing_aside"))
    shown, more = found[:ROWS_PER_PAGE], len(found) - ROWS_PER_PAGE
    rows = (_lapse_row(one, say, language) for one in shown)
    rest = note(traced(say("runout.lapsing_more", n=more), sum_target("lapsing"))) if more > 0 else None
    return joined([head, tag("div", table(columns, rows, label=say("runout.lapsing")), class_="rt-lapsing"), rest])


def _lapse_row(one: Lapse, say: Say, language: str) -> list[Content]:
    key, target = one.funding.key, value_target(one.funding.key, *_LEFT)
    amounts = (formatted(language, amount.quantize(Decimal(1)), "money") for amount in (one.left, one.expected))
    named = zip(("left", "expected"), amounts, strict=True)
    return [
        traced(formatted(language, one.day, "date"), target),
        tag("b", asked(one.funding.name, value_target(key))),
        *(
            joined([tag("span", say(f"runout.column.{name}"), " ", class_="rt-phone-only"), traced(amount, target)])
            for name, amount in named
        ),
        traced(say(f"runout.lapse.{one.kind}", year=one.year, next=one.year + 1, day=one.day), target),
    ]


def losses_download(rows: Callable[[], Iterable[LossRow]], say: Say, language: str) -> Table:
    """Every ending with what it takes from whom."""
    names = ("ends", "funding", "yearly", "stated")
    heads = tuple(say(f"funding.column.{name}") for name in names)
    more = ("measures", "goals", "cooperations", "prevention", "programme", "own")
    heads += tuple(say(f"runout.column.{name}") for name in more)
    return Table(heads, lambda: (_texts(row, say, language) for row in rows()))


def _texts(row: LossRow, say: Say, language: str) -> tuple[str, ...]:
    funding, found = row.loss.funding, row.prevention
    yearly, own = row.loss.yearly, found.own if found else None
    programme = found.match.programme.title if found and found.match else ""
    return (
        formatted(language, row.loss.day, "short_date"),
        funding.name,
        formatted(language, yearly.quantize(Decimal(1)), "money") if yearly is not None else "",
        money_text(funding.granted, language) if funding.granted else "",
        "; ".join(f"{title} ({say('runout.last_money')})" if last else title for _, title, last in row.measures),
        ", ".join(goal.mark.label for goal in row.goals),
        "; ".join(one.title for one in row.cooperations),
        _goes_on(row, say) if row.loss.secured else prevention_text(found, say) if found else "",
        programme,
        formatted(language, own.quantize(Decimal(1)), "money") if own else "",
    )
