"""Who is missing, in words and markup: seats with who fills them, houses with why, meetings with who came."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.answers.missing import HouseRow, Missed, SeatRow, TableView
from dashboard.parts.blocks import Column, ListRow, list_rows, note, section, table
from dashboard.parts.downloads import Table
from dashboard.parts.html import Content, Markup, go, joined, tag, visually_hidden
from dashboard.parts.targets import goal_target, measure_target
from dashboard.parts.traced import asked, value_target
from etl.rules.house_work import Work
from etl.rules.missing import Missing

Say = Callable[..., str]
#: Signs beside their words.
THERE, NOBODY = "✓", "×"
_SIGNS = {"contributed": "✓✓", "came": "✓", "missed": "×", "open": "?"}
_WORKS_SHOWN, _NAMES_SHOWN, _FOLDED = 3, 3, 20
BODY, SEAT = "gremium", "platz"


def sentence_of(one: Missing, names: dict[str, str], say: Say) -> str:
    """Why something is missing, as plain words: for agendas and tables to take along."""
    if one.seat is not None:
        return say(f"missing.why.seat.{one.reason}", seat=one.seat.title, houses=[names[key] for key in one.fitting])
    titles = [work.title for work in one.work[:_WORKS_SHOWN]]
    told = {"house": names[one.partner or ""], "n": one.n, "titles": titles}
    if one.last is not None:
        told["last"] = one.last
    return say(f"missing.why.{one.kind}.{one.reason}", **told)


def seats_markup(view: TableView, say: Say) -> Markup:
    parts = [section(say("missing.seats"), say("missing.seats.aside"))]
    if not view.seats:
        return joined([*parts, note(say("missing.seats.none"))])
    return joined([*parts, entered(list_rows(_seat_row(row, say) for row in view.seats))])


def _seat_row(row: SeatRow, say: Say) -> ListRow:
    if row.there:
        told: Content = say("missing.seat.there", houses=row.there)
    elif row.fitting:
        told = say("missing.seat.fitting", houses=row.fitting)
    else:
        told = say("missing.seat.nobody")
    title = row.seat.title if row.there else f"{row.seat.title}: {say(f'missing.weight.{row.seat.weight}')}"
    return ListRow(title, told, tag("span", THERE if row.there else NOBODY, aria_hidden="true"), strong=not row.there)


def houses_markup(view: TableView, say: Say, most: int, *, leads_on: bool = False) -> Markup:
    """What concerns single houses, by kind and then by name; after ``most`` the rest is folded away (very many stand in
    the table to take along), or only counted with the way to the body's own page (``leads_on``)."""
    found = view.about_houses
    if not found:
        return note(say("missing.houses.none" if view.whole else "missing.houses.hidden"))
    shown = list_rows(_house_row(one, view, say) for one in found[:most])
    rest = found[most:]
    if not rest:
        return shown
    more = say("missing.more", n=len(rest))
    if leads_on:
        return joined([shown, tag("p", go(more, f"{BODY}:{view.body.id}", class_="rt-go rt-link"))])
    folded = list_rows(_house_row(one, view, say) for one in rest[:_FOLDED])
    beyond = note(say("missing.in_table", n=len(rest) - _FOLDED)) if len(rest) > _FOLDED else None
    return joined([shown, tag("details", tag("summary", more), folded, beyond)])


def _house_row(one: Missing, view: TableView, say: Say) -> ListRow:
    return ListRow(_why(one, view, say), joined(map(_work, one.work[:_WORKS_SHOWN]), ", "))


def _why(one: Missing, view: TableView, say: Say) -> Markup:
    return asked(sentence_of(one, dict(view.names), say), value_target(one.partner or ""))


def _work(work: Work) -> Content:
    target = {"measure": measure_target, "goal": goal_target}.get(work.kind, value_target)(work.key)
    return go(work.title, target, class_="rt-go rt-link")


def meetings_markup(view: TableView, say: Say) -> Markup:
    """Houses × meetings: asked, came, contributed."""
    if not view.houses or not view.meetings:
        return note(say("missing.meetings.none"))
    heads = [
        Column(say("body.column.house")),
        *(Column(say("missing.on", day=day), narrow=True) for day in view.meetings),
    ]
    rows = [[_named(row, say), *(_mark(mark, say) for mark in row.meetings)] for row in view.houses]
    return entered(table(heads, rows, label=say("missing.meetings"), stack=False))


def _named(row: HouseRow, say: Say) -> Markup:
    aside = tag("small", say("missing.guest")) if row.guest else None
    return joined([asked(row.name, value_target(row.key)), " ", aside])


def _mark(mark: str | None, say: Say) -> Content:
    if mark is None:
        return visually_hidden(say("missing.mark.not_asked"))
    sign = tag("span", _SIGNS[mark], aria_hidden="true")
    return joined([sign, " ", say(f"missing.mark.{mark}")])


def matrix_markup(found: Missed, say: Say, *, may_change: bool) -> Markup:
    """Seats of the reference × bodies; a body's name leads to its own page, a seat's to what is said about it."""
    told = [view for view in found.tables if view.sitting]
    if not told:
        return note(say("missing.headline.nobody_entered"))
    heads = [Column(say("missing.seat"))]
    heads += [Column(go(view.body.name, f"{BODY}:{view.body.id}", class_="rt-go rt-link")) for view in told]
    rows = []
    for number, seat in enumerate(found.seats):
        title = go(seat.title, f"{SEAT}:{number}") if may_change else seat.title
        by_body = [next((row for row in view.seats if row.seat == seat), None) for view in told]
        if not any(by_body):
            continue
        rows.append([title, *(_cell(row, say) for row in by_body)])
    return entered(table(heads, rows, label=say("missing.matrix"), stack=False))


def _cell(row: SeatRow | None, say: Say) -> Content:
    """Who is there by name, nobody in bold; a dash where the seat is not wanted."""
    if row is None:
        return joined([tag("span", "–", aria_hidden="true"), visually_hidden(say("missing.mark.not_wanted"))])
    if not row.there:
        return joined([tag("span", NOBODY, aria_hidden="true"), " ", tag("b", say("missing.seat.nobody"))])
    more = len(row.there) - _NAMES_SHOWN
    names = ", ".join(row.there[:_NAMES_SHOWN])
    return tag("span", f"{names} +{more}" if more > 0 else names, title=", ".join(row.there))


def entered(content: Content | Sequence[Content]) -> Markup:
    """What people entered in the dashboard: it has an author and no cell."""
    return tag("div", content, class_="rt-entered")


def missing_download(views: Sequence[TableView], say: Say) -> Table:
    """One row per finding: body, what it is about, why."""
    heads = (
        say("missing.column.body"),
        say("missing.column.kind"),
        say("missing.column.who"),
        say("missing.column.why"),
    )

    def rows() -> list[list[str]]:
        return [
            [
                view.body.name,
                say(f"missing.kind.{one.kind}"),
                one.seat.title if one.seat else view.names[one.partner or ""],
                sentence_of(one, dict(view.names), say),
            ]
            for view in views
            for one in view.found
        ]

    return Table(heads, rows)
