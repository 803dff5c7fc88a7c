"""The partners around the table: alphabetical and clockwise, each with a seat of its own, lines between them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from dashboard.answers.cooperation_choice import KINDS
from dashboard.answers.cooperation_table import Group, Line, RoundTable
from dashboard.answers.cooperations import Seat
from dashboard.answers.order import alphabetical
from dashboard.parts.html import Content, Markup, tag

Say = Callable[..., str]

#: All in the drawing's own units; one is about a pixel on a screen of 1920.
_HEIGHT, _STEP, _NARROWEST = 660, 48, 26
_CENTRE, _INNER, _BULGE = 660.0, 150.0, 125.0
_LETTER, _LONGEST, _LEAST_HALF = 20.6, 34, 560.0
#: From how many pairs on a line between groups is drawn thicker.
_THICKER = (2, 5, 12)
#: Groups are fewer than seats and sit further apart.
_GROUP_STEP = 84
#: What a seat for a group reports, before its value.
GROUP = "gruppe:"


@dataclass(frozen=True, slots=True)
class _Place:
    seat: Seat
    x: float
    y: float
    right: bool


def round_table_markup(table: RoundTable, say: Say) -> Markup:
    """The drawing, for ``clickable``: a click, Enter or Space on a seat reports its partner's key, or
    ``GROUP`` with the group's value where seats are in groups."""
    shown = _seats(table, say)
    step = _step(len(shown), _GROUP_STEP if table.grouping else _STEP)
    places, height = _places(shown, step)
    half = _half_width(places)
    chosen = table.chosen.key if table.chosen and not table.grouping else None
    beside = {t.key for t in table.together}
    pale = [line for line in table.lines if chosen not in (line.one, line.other)]
    strong = [line for line in table.lines if chosen in (line.one, line.other)]
    drawn = [_line(line, places, strong=False) for line in pale] + [_line(line, places, strong=True) for line in strong]
    kind = GROUP if table.grouping else ""
    seats = [_seat(place, key == chosen, key in beside, step, kind) for key, place in places.items()]
    label = say("cooperations.drawing_groups" if table.grouping else "cooperations.drawing", n=len(shown))
    return tag(
        "svg",
        drawn,
        seats,
        viewBox=f"{_CENTRE - half:.0f} 0 {2 * half:.0f} {height:.0f}",
        class_="rt-net rt-net-chosen" if chosen else "rt-net",
        role="group",
        aria_label=label,
    )


def _seats(table: RoundTable, say: Say) -> tuple[Seat, ...]:
    """The seats that are drawn: one for each group where there are groups, by name too."""
    if table.grouping is None:
        return table.seats
    seats = [Seat(group.value, f"{group_name(table, group, say)} · {group.n}") for group in table.groups]
    return tuple(seats if table.grouping == "block" else sorted(seats, key=lambda seat: alphabetical(seat.name)))


def group_name(table: RoundTable, group: Group, say: Say) -> str:
    """„Wohlfahrtsverbände“, „Wohnen“, „Agentur – Caritas“."""
    if table.grouping == "kind":
        return say(f"cooperations.kind.{group.value}") if group.value in KINDS else group.value
    return group.value if table.grouping == "field" else f"{group.first} – {group.last}"


def _step(count: int, most: float) -> float:
    """The distance of lines, equal on both sides; smaller where many sit there."""
    rows = max(1, math.ceil(count / 2))
    return max(_NARROWEST, min(most, _HEIGHT / rows))


def _places(seats: tuple[Seat, ...], step: float) -> tuple[dict[str, _Place], float]:
    """Clockwise from the top right: the first half down the right side, the rest up the left one."""
    rows = max(1, math.ceil(len(seats) / 2))
    places = {}
    for number, seat in enumerate(seats):
        right = number < rows
        row = number if right else len(seats) - 1 - number
        width = _INNER + _BULGE * math.sqrt(max(0.0, 1 - _from_middle(row, rows) ** 2))
        places[seat.key] = _Place(seat, _CENTRE + (width if right else -width), step * (row + 0.5), right)
    return places, step * rows


def _half_width(places: dict[str, _Place]) -> float:
    """As much as the names need to either side of the middle."""
    needed = (
        abs(p.x - _CENTRE) + 24 + _LETTER * 0.56 * max(map(len, _two_lines(p.seat.name))) for p in places.values()
    )
    return max([_LEAST_HALF, *needed])


def _from_middle(row: int, rows: int) -> float:
    return (row + 0.5) / rows * 2 - 1


def _line(line: Line, places: dict[str, _Place], *, strong: bool) -> Markup:
    one, other = places[line.one], places[line.other]
    depth = 1.0 if one.right != other.right else min(1.0, 0.25 + abs(one.y - other.y) / _HEIGHT)
    first, second = (_CENTRE + (p.x - _CENTRE) * (1 - 0.85 * depth) for p in (one, other))
    path = f"M{one.x:.0f},{one.y:.0f}C{first:.0f},{one.y:.0f} {second:.0f},{other.y:.0f} {other.x:.0f},{other.y:.0f}"
    classes = ["rt-net-line", "rt-net-strong" if strong else "", "rt-net-planned" if line.planned else ""]
    classes.append(f"rt-net-n{sum(line.n >= least for least in _THICKER)}" if line.n > 1 else "")
    return tag("path", d=path, class_=" ".join(filter(None, classes)), aria_hidden="true")


def _seat(place: _Place, chosen: bool, beside: bool, step: float, kind: str) -> Markup:
    size = min(_LETTER, step * 0.46)
    classes = ["rt-seat", "rt-seat-chosen" if chosen else "", "rt-seat-beside" if beside else ""]
    dot = tag("circle", cx=f"{place.x:.0f}", cy=f"{place.y:.0f}", r=9 if step >= 36 else 7)
    return tag(
        "g",
        dot,
        _name(place, size),
        tabindex=0,
        role="button",
        data_go=f"{kind}{place.seat.key}",
        aria_pressed="true" if chosen else "false",
        class_=" ".join(filter(None, classes)),
    )


def _name(place: _Place, size: float) -> Markup:
    """The name at the outer side; a long one in two lines."""
    x = place.x + (20 if place.right else -20)
    anchor = "start" if place.right else "end"
    lines = _two_lines(place.seat.name)
    small = size if len(lines) == 1 else size * 0.82
    first = place.y + small * (0.35 if len(lines) == 1 else -0.12)
    parts: list[Content] = [
        tag("tspan", text, x=f"{x:.0f}", y=f"{first + number * small * 1.05:.1f}") for number, text in enumerate(lines)
    ]
    return tag("text", parts, text_anchor=anchor, font_size=f"{small:.1f}")


def _two_lines(name: str) -> list[str]:
    if len(name) <= _LONGEST:
        return [name]
    words, first = name.split(" "), ""
    while words and len(f"{first} {words[0]}") <= max(len(name) * 0.6, 12):
        first = f"{first} {words.pop(0)}".strip()
    return [first, " ".join(words)] if first and words else [name]
