"""Draws the four rating symbols as a font: ``python docs/fonts/make_symbols.py``.

A font and not pictures, so that the same character looks right in HTML, widgets, canvas tables and charts, is
printed, and falls back to plain ● ▲ ■ ○ where the font is missing. Needs fonttools and brotli (both in ``dev``).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, hypot, pi, sin
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

Point = tuple[float, float]
TARGET = Path(__file__).resolve().parents[2] / "dashboard" / "shell" / "static" / "RunderTischZeichen.woff2"
EM, ADVANCE, MIDDLE = 1000, 960, 345  # the middle of Fira Sans' capitals
RADIUS = 430


def arc(radius: float, start: float, end: float, steps: int, centre: Point = (0, 0)) -> list[Point]:
    """Points on a circle, from angle to angle in turns (0 = right, 0.25 = up)."""
    turns = [start + (end - start) * step / steps for step in range(steps + 1)]
    return [(centre[0] + radius * cos(2 * pi * t), centre[1] + radius * sin(2 * pi * t)) for t in turns]


def stroke(line: Sequence[Point], width: float) -> list[Point]:
    """The outline of a line of this width, with butt ends and mitred joints."""
    sides: tuple[list[Point], list[Point]] = ([], [])
    for index, (x, y) in enumerate(line):
        before, after = line[max(index - 1, 0)], line[min(index + 1, len(line) - 1)]
        first = _normal(before, (x, y)) if index else _normal((x, y), after)
        second = _normal((x, y), after) if index < len(line) - 1 else first
        nx, ny = first[0] + second[0], first[1] + second[1]
        reach = width / (nx * nx + ny * ny)
        sides[0].append((x + nx * reach, y + ny * reach))
        sides[1].append((x - nx * reach, y - ny * reach))
    return sides[0] + sides[1][::-1]


def _normal(start: Point, end: Point) -> Point:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy)
    return -dy / length, dx / length


def rounded(corners: Sequence[Point], radius: float) -> list[Point]:
    """A convex polygon, drawn clockwise, with its corners replaced by three points on a curve."""
    outline: list[Point] = []
    for index, corner in enumerate(corners):
        ends = [_towards(corner, corners[index - 1], radius), _towards(corner, corners[(index + 1) % len(corners)], radius)]
        middle = tuple((ends[0][axis] + 2 * corner[axis] + ends[1][axis]) / 4 for axis in (0, 1))
        outline += [ends[0], (middle[0], middle[1]), ends[1]]
    return outline


def _towards(start: Point, end: Point, distance: float) -> Point:
    share = distance / hypot(end[0] - start[0], end[1] - start[1])
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def box(left: float, bottom: float, right: float, top: float) -> list[Point]:
    return [(left, bottom), (left, top), (right, top), (right, bottom)]


def area(outline: Sequence[Point]) -> float:
    pairs = zip(outline, [*outline[1:], outline[0]], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


def glyph(filled: Sequence[Sequence[Point]], cut: Sequence[Sequence[Point]] = ()) -> object:
    """A glyph from shapes to fill (made clockwise) and to cut out (made anticlockwise)."""
    pen = TTGlyphPen(None)
    for outlines, sign in ((filled, -1), (cut, 1)):
        for outline in outlines:
            turned = list(outline) if area(outline) * sign > 0 else list(reversed(outline))
            points = [(round(x + ADVANCE / 2), round(y + MIDDLE)) for x, y in turned]
            pen.moveTo(points[0])
            for point in points[1:]:
                pen.lineTo(point)
            pen.closePath()
    return pen.glyph()


def on_track() -> object:
    tick = stroke([(-205, -5), (-65, -145), (205, 145)], 105)
    return glyph([arc(RADIUS, 0, 1, 64)[:-1]], [tick])


def at_risk() -> object:
    triangle = rounded([(-475, -385), (0, 460), (475, -385)], 70)
    mark = [[(-58, 165), (58, 165), (38, -110), (-38, -110)], arc(62, 0, 1, 20, (0, -225))[:-1]]
    return glyph([triangle], mark)


def off_track() -> object:
    side = 400
    a, b = 55 * 2**0.5, 235
    short = a / 2 * 2**0.5 / 2**0.5
    cross = [
        (0, a), (b - short, b + short), (b + short, b - short), (a, 0), (b + short, -b + short), (b - short, -b - short),
        (0, -a), (-b + short, -b - short), (-b - short, -b + short), (-a, 0), (-b - short, b - short), (-b + short, b + short),
    ]  # fmt: skip
    return glyph([rounded(box(-side, -side, side, side), 55)], [cross])


def cannot_be_rated() -> object:
    dashes = [stroke(arc(RADIUS - 38, (n + 0.17) / 10, (n + 0.83) / 10, 6), 76) for n in range(10)]
    bow = stroke([*arc(112, 0.46, -0.17, 14, (0, 95)), (0, -35), (0, -95)], 84)
    return glyph([*dashes, bow, arc(56, 0, 1, 18, (0, -215))[:-1]])


def build(target: Path = TARGET) -> None:
    shapes = {"onTrack": (0x25CF, on_track()), "atRisk": (0x25B2, at_risk()), "offTrack": (0x25A0, off_track())}
    shapes["cannotBeRated"] = (0x25CB, cannot_be_rated())
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder([".notdef", *shapes])
    builder.setupCharacterMap({code: name for name, (code, _) in shapes.items()})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), **{name: drawn for name, (_, drawn) in shapes.items()}})
    builder.setupHorizontalMetrics({name: (ADVANCE, 0) for name in [".notdef", *shapes]})
    builder.setupHorizontalHeader(ascent=935, descent=-265)
    builder.setupNameTable({"familyName": "Runder Tisch Zeichen", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=935, sTypoDescender=-265, usWinAscent=935, usWinDescent=265)
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].created = builder.font["head"].modified = 3_800_000_000  # the same bytes every time
    builder.font.recalcTimestamp = False
    builder.font.flavor = "woff2"
    builder.save(target)


if __name__ == "__main__":
    build()
    print(TARGET)
