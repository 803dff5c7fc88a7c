"""Ideas by feasibility (to the right) and impact (upwards): numbered circles, the larger the more innovative.

Medians are few, so many ideas share a place: they stand around it, and none hides another.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import Decimal

from dashboard.parts.html import Markup, tag
from etl.rules.idea_workshop import HIGHEST, LOWEST, MIDDLE, QUADRANTS, Quadrant, Rated
from etl.wording import formatted

Say = Callable[..., str]

#: As many as can be told apart; the rest stands in the list.
MOST_DRAWN = 40
_WIDE, _HIGH, _EDGE = 980, 620, 62
_RADIUS, _APART = 18, 43
#: Between the middle of the scale, which is not yet easy or strong, and the next median there can be.
_DIVIDING = MIDDLE + Decimal("0.25")
#: Where a quadrant's name stands: (share from the left, share from the top, anchor).
_CORNERS: dict[Quadrant, tuple[float, float, str]] = {
    "first": (1, 0, "end"),
    "strong": (0, 0, "start"),
    "simple": (1, 1, "end"),
    "later": (0, 1, "start"),
}


def quadrant_markup(found: Sequence[Rated], say: Say, language: str) -> Markup:
    """The drawing with its alternative; to be shown inside ``clickable``. A circle's number is its place in ``found``,
    a click on it reports ``idee:<key>``."""
    drawn = [(n, one) for n, one in enumerate(found, 1) if one.quadrant][:MOST_DRAWN]
    parts: list[Markup] = [_ground()]
    parts += [_corner(quadrant, say) for quadrant in QUADRANTS]
    parts += [_circle(n, one, x, y, say, language) for (n, one), (x, y) in zip(drawn, _places(drawn), strict=True)]
    label = say("idea.quadrant.label", n=len(drawn))
    picture = tag("svg", parts, viewBox=f"0 0 {_WIDE} {_HIGH}", role="group", aria_label=label, class_="rt-quadrant")
    return tag("div", picture, _key(len(drawn), found, say), class_="rt-quadrant-box")


def _key(drawn: int, found: Sequence[Rated], say: Say) -> Markup:
    total = sum(1 for one in found if one.quadrant)
    words = [say(f"idea.quadrant.{name}") for name in ("x", "y", "size", "dashed")]
    words += [say("idea.quadrant.some", n=drawn, total=total)] if total > drawn else []
    return tag("p", (tag("span", text) for text in words), class_="rt-key")


def _at(feasibility: Decimal, impact: Decimal) -> tuple[float, float]:
    span = HIGHEST - LOWEST
    x = _EDGE + float(feasibility - LOWEST) / span * (_WIDE - 2 * _EDGE)
    return x, _HIGH - _EDGE - float(impact - LOWEST) / span * (_HIGH - 2 * _EDGE)


def _places(drawn: Sequence[tuple[int, Rated]]) -> list[tuple[float, float]]:
    """At its place, or beside it at the nearest one that is free and in the same quadrant."""
    taken: list[tuple[float, float]] = []
    for _, one in drawn:
        x, y = _at(one.medians["feasibility"], one.medians["impact"])
        beside = ((x + dx, y + dy) for dx, dy in _AROUND)
        fitting = [spot for spot in beside if _same_quadrant(spot, (x, y))]
        taken.append(next((spot for spot in fitting if _free(spot, taken)), (x, y)))
    return taken


def _rings() -> list[tuple[float, float]]:
    """Steps from a place, the nearest first: rings of six, twelve, eighteen …"""
    found = [(0.0, 0.0)]
    for ring in range(1, 8):
        turns = (2 * math.pi * n / (6 * ring) for n in range(6 * ring))
        found += [(_APART * ring * math.cos(turn), _APART * ring * math.sin(turn)) for turn in turns]
    return found


_AROUND = _rings()


def _free(spot: tuple[float, float], taken: Sequence[tuple[float, float]]) -> bool:
    return all(math.dist(spot, other) >= _APART - 1 for other in taken)


def _same_quadrant(spot: tuple[float, float], place: tuple[float, float]) -> bool:
    """Within the frame, and as far from the dividing lines as a circle is wide."""
    lines, sizes = _at(_DIVIDING, _DIVIDING), (_WIDE, _HIGH)
    for at, stays, line, size in zip(spot, place, lines, sizes, strict=True):
        if not 20 <= at <= size - 20 or (at - line) * (stays - line) < 0 or abs(at - line) < _RADIUS + 4:
            return False
    return True


def _ground() -> Markup:
    x, y = _at(_DIVIDING, _DIVIDING)
    first = tag("rect", x=f"{x:.0f}", y="0", width=f"{_WIDE - x:.0f}", height=f"{y:.0f}", class_="rt-q-first")
    lines = [
        tag("line", x1=f"{x:.0f}", x2=f"{x:.0f}", y1="0", y2=str(_HIGH)),
        tag("line", x1="0", x2=str(_WIDE), y1=f"{y:.0f}", y2=f"{y:.0f}"),
    ]
    frame = tag("rect", x="1", y="1", width=str(_WIDE - 2), height=str(_HIGH - 2), class_="rt-q-frame")
    return tag("g", first, lines, frame, aria_hidden="true")


def _corner(quadrant: Quadrant, say: Say) -> Markup:
    across, down, anchor = _CORNERS[quadrant]
    x, y = 14 + across * (_WIDE - 28), 28 + down * (_HIGH - 42)
    words = say(f"idea.quadrant.{quadrant}")
    kind = "rt-q-name rt-q-name-first" if quadrant == "first" else "rt-q-name"
    return tag("text", words, x=f"{x:.0f}", y=f"{y:.0f}", text_anchor=anchor, class_=kind)


def _circle(n: int, one: Rated, x: float, y: float, say: Say, language: str) -> Markup:
    innovation = one.medians.get("innovation")
    radius = _RADIUS + (float(innovation) - 3) * 1.5 if innovation is not None else _RADIUS
    label = say("idea.quadrant.idea", n=n, title=one.idea.title, place=say(f"idea.quadrant.{one.quadrant}"))
    kind = f"rt-q-idea rt-q-{one.quadrant}" + (" rt-q-divided" if one.divided else "")
    circle = tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{radius:.1f}")
    number = tag("text", formatted(language, n, "count"), x=f"{x:.1f}", y=f"{y + 6:.1f}", text_anchor="middle")
    about = {"tabindex": 0, "role": "button", "aria_label": label, "data_go": f"idee:{one.idea.key}"}
    return tag("g", tag("title", label), circle, number, class_=kind, **about)
