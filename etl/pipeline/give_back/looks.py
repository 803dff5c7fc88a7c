"""A workbook's styles, with marked variants of those its cells have. What was there stays; new ones come last."""

from __future__ import annotations

import copy
from collections.abc import Callable

from etl.pipeline.give_back.package import Element, added, child, created, local, needed
from etl.stages.own_marks import FILLS

#: Lines around marked cells that have a colour of their own, which may mean something.
_LINES = {"error": "FFB4004E", "warning": "FFC77700", "note": "FF2F6DB5"}
_SIDES = ("left", "right", "top", "bottom")
_NEEDED = ("fonts", "fills", "borders", "cellXfs")


def has_styles(root: Element) -> bool:
    groups = [child(root, name) for name in _NEEDED]
    return local(root) == "styleSheet" and all(group is not None and len(group) for group in groups)


class Looks:
    """Numbers of styles (``s``) in a workbook's ``styles.xml``."""

    def __init__(self, root: Element) -> None:
        self.fonts, self.fills, self.borders, self.styles = (needed(root, name) for name in _NEEDED)
        self._made: dict[tuple[object, ...], int] = {}
        self._plain: dict[int, int] = {}

    def marked(self, style: int, severity: str) -> int:
        """``style`` with the mark of a severity: a fill, or where the cell has its own, a line around it."""
        return self._once(("marked", style, severity), lambda: self._marked(style, severity))

    def unmarked(self, style: int) -> int:
        """``style`` without a mark of ours; the same number where it has none."""
        if style not in self._plain:
            self._plain[style] = self._unmarked(style)
        return self._plain[style]

    def quoted(self, style: int) -> int:
        """``style`` for a text that looks like a formula and is none, also when somebody edits it."""
        return self._once(("quoted", style), lambda: self._variant(style, quotePrefix="1"))

    def dated(self, style: int) -> int:
        """``style`` showing a day."""
        return self._once(("dated", style), lambda: self._variant(style, numFmtId="14", applyNumberFormat="1"))

    def colourless(self, style: int) -> int:
        return self._once(("colourless", style), lambda: self._variant(style, fillId="0"))

    def own(self, *, bold: bool = False, fill: str | None = None, link: bool = False, quoted: bool = False) -> int:
        """A style of our own sheet: text at the top of its cell, wrapped."""
        return self._once(("own", bold, fill, link, quoted), lambda: self._own(bold, fill, link, quoted))

    def _once(self, key: tuple[object, ...], make: Callable[[], int]) -> int:
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def _marked(self, style: int, severity: str) -> int:
        if self._is_filled(style):
            return self._variant(style, borderId=str(self._line(_LINES[severity])), applyBorder="1")
        return self._variant(style, fillId=str(self._fill(FILLS[severity])), applyFill="1")

    def _unmarked(self, style: int) -> int:
        if style >= len(self.styles):
            return style
        xf = self.styles[style]
        if _colours(self.fills, xf.get("fillId")) & {f"FF{colour}" for colour in FILLS.values()}:
            return self._variant(style, fillId="0")
        if _colours(self.borders, xf.get("borderId")) & set(_LINES.values()):
            return self._variant(style, borderId="0")
        return style

    def _variant(self, style: int, **attributes: str) -> int:
        xf = copy.deepcopy(self.styles[style if style < len(self.styles) else 0])
        for name, value in attributes.items():
            xf.set(name, value)
        return self._append(self.styles, xf)

    def _is_filled(self, style: int) -> bool:
        number = int(self.styles[style if style < len(self.styles) else 0].get("fillId") or 0)
        if number >= len(self.fills):
            return False
        fill = self.fills[number]
        return any(local(part) != "patternFill" or part.get("patternType", "none") != "none" for part in fill)

    def _append(self, group: Element, element: Element) -> int:
        group.append(element)
        if group.get("count") is not None:
            group.set("count", str(len(group)))
        return len(group) - 1

    def _fill(self, colour: str) -> int:
        return self._once(("fill", colour), lambda: self._append(self.fills, self._new_fill(colour)))

    def _new_fill(self, colour: str) -> Element:
        fill = created(self.fills, "fill")
        pattern = added(fill, "patternFill", patternType="solid")
        added(pattern, "fgColor", rgb=f"FF{colour}")
        added(pattern, "bgColor", indexed="64")
        return fill

    def _line(self, colour: str) -> int:
        return self._once(("line", colour), lambda: self._append(self.borders, self._new_line(colour)))

    def _new_line(self, colour: str) -> Element:
        border = created(self.borders, "border")
        for side in _SIDES:
            added(added(border, side, style="medium"), "color", rgb=colour)
        added(border, "diagonal")
        return border

    def _own(self, bold: bool, fill: str | None, link: bool, quoted: bool) -> int:
        xf = created(self.styles, "xf", numFmtId="0", fontId="0", fillId="0", borderId="0", xfId="0")
        if bold or link:
            xf.set("fontId", str(self._append(self.fonts, self._font(bold, link))))
            xf.set("applyFont", "1")
        if fill:
            xf.set("fillId", str(self._fill(fill)))
            xf.set("applyFill", "1")
        if quoted:
            xf.set("quotePrefix", "1")
        xf.set("applyAlignment", "1")
        added(xf, "alignment", vertical="top", wrapText="1")
        return self._append(self.styles, xf)

    def _font(self, bold: bool, link: bool) -> Element:
        """The workbook's own font, heavier or underlined."""
        font = copy.deepcopy(self.fonts[0]) if len(self.fonts) else created(self.fonts, "font")
        for part in [part for part in font if local(part) in ("b", "u", "strike", "i")]:
            font.remove(part)
        if link:
            size = next((n for n, part in enumerate(font) if local(part) not in ("outline", "shadow")), 0)
            font.insert(size, created(font, "u"))
        if bold:
            font.insert(0, created(font, "b"))
        return font


def _colours(group: Element, number: str | None) -> set[str]:
    """The colours a fill or border names."""
    place = int(number or 0)
    return {part.get("rgb", "") for part in group[place].iter()} if place < len(group) else set()
