"""What a workbook's styles say that could matter: percent formats, fill colours, struck-out text."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar
from xml.etree import ElementTree

from etl.stages.readers.refusal import Refusal
from etl.stages.readers.xml_parts import local, parse

#: Built-in number formats 9 and 10 are ``0%`` and ``0.00%`` (ECMA-376 18.8.30).
BUILT_IN_PERCENT = {9, 10}
#: Text in quotes, escaped characters and colour or condition brackets are no part of the pattern.
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
#: The palette of indexed colours 0 to 63 (ECMA-376 18.8.27).
PALETTE_TEXT = (
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF "
    "800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF "
    "000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 "
    "3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333"
)
PALETTE = tuple(PALETTE_TEXT.split())
#: The order in which ``theme="0"`` and following point into a theme's colour scheme.
THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
NO_STATUS = {"FFFFFF", "000000"}


@dataclass(frozen=True, slots=True)
class CellStyle:
    """``fill`` is six hex digits, upper case; white, black and no fill are None."""

    percent: bool = False
    fill: str | None = None
    struck: bool = False


PLAIN = CellStyle()
Styles = dict[int, CellStyle]
Item = TypeVar("Item")


def is_percent(pattern: str) -> bool:
    """Whether a number format shows a hundredth as 1 (its first section decides)."""
    return "%" in pattern and "%" in LITERAL.sub("", pattern).split(";")[0]


def tinted(colour: str, tint: float) -> str:
    """A colour made lighter (tint > 0) or darker (< 0) the way ECMA-376 18.8.19 says."""
    if not tint:
        return colour
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    parts = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), saturation)
    return "".join(f"{round(part * 255):02X}" for part in parts)


def read_styles(xml: bytes, theme: Callable[[], bytes]) -> Styles:
    """Style number -> what matters about it; numbers that say nothing of interest are absent.

    ``theme`` gives the theme part (or ``b""``); it is only asked for where a fill points into it.
    """
    return _read_styles(xml, b"" if b"theme=" not in xml else theme())


@lru_cache(maxsize=16)
def _read_styles(xml: bytes, theme: bytes) -> Styles:
    root = parse(xml)
    if root is None:
        if xml:  # without its formats 51 % would be read as 0.51, and nobody told
            raise Refusal("file_damaged", part="styles")
        return {}
    groups = {local(child.tag): child for child in root}
    formats = _percent_formats(groups.get("numFmts"))
    struck = [_is_struck(font) for font in groups.get("fonts", ())]
    colours = Colours(groups.get("colors"), theme)
    fills = [_fill(fill, colours) for fill in groups.get("fills", ())]
    styles: Styles = {}
    for number, xf in enumerate(groups.get("cellXfs", ())):
        style = CellStyle(
            _whole(xf.get("numFmtId")) in formats,
            _at(fills, _whole(xf.get("fillId"))),
            bool(_at(struck, _whole(xf.get("fontId")))),
        )
        if style != PLAIN:
            styles[number] = style
    return styles


def _percent_formats(formats: ElementTree.Element | None) -> set[int]:
    found = set(BUILT_IN_PERCENT)
    for entry in formats if formats is not None else ():
        number = _whole(entry.get("numFmtId"))
        if is_percent(entry.get("formatCode") or ""):
            found.add(number)
        else:
            found.discard(number)
    return found


def _is_struck(font: ElementTree.Element) -> bool:
    return any(local(part.tag) == "strike" and part.get("val", "1") not in ("0", "false") for part in font)


def _fill(fill: ElementTree.Element, colours: Colours) -> str | None:
    for pattern in fill:
        if local(pattern.tag) != "patternFill" or pattern.get("patternType", "none") in ("none", "gray125", "gray0625"):
            continue
        parts = {local(part.tag): part for part in pattern}
        colour = colours.resolve(parts.get("fgColor"))
        return colour if colour not in NO_STATUS else None
    return None


class Colours:
    """Resolves ``rgb``, ``indexed`` and ``theme`` + ``tint`` to six hex digits."""

    def __init__(self, colours: ElementTree.Element | None, theme: bytes) -> None:
        self.palette = PALETTE
        for group in colours if colours is not None else ():
            if local(group.tag) == "indexedColors":
                own = tuple(entry.get("rgb", "")[-6:].upper() for entry in group)
                self.palette = own + PALETTE[len(own) :]
        self.theme = _theme_colours(theme)

    def resolve(self, colour: ElementTree.Element | None) -> str | None:
        if colour is None:
            return None
        plain = self._plain(colour)
        if plain is None or not re.fullmatch("[0-9A-F]{6}", plain):
            return None
        try:
            return tinted(plain, float(colour.get("tint") or 0))
        except ValueError:
            return plain

    def _plain(self, colour: ElementTree.Element) -> str | None:
        if "rgb" in colour.attrib:
            return colour.attrib["rgb"][-6:].upper()
        if "indexed" in colour.attrib:
            return _at(self.palette, _whole(colour.get("indexed")))
        if "theme" in colour.attrib:
            number = _whole(colour.get("theme"))
            return self.theme.get(THEME_ORDER[number]) if 0 <= number < len(THEME_ORDER) else None
        return None


def _theme_colours(theme: bytes) -> dict[str, str]:
    root = parse(theme) if theme else None
    if root is None:
        return {}
    for scheme in root.iter():
        if local(scheme.tag) == "clrScheme":
            return {local(entry.tag): _scheme_colour(entry) for entry in scheme}
    return {}


def _scheme_colour(entry: ElementTree.Element) -> str:
    for colour in entry:
        return (colour.get("lastClr") or colour.get("val") or "").upper()
    return ""


def _whole(text: str | None) -> int:
    try:
        return int(text) if text else 0
    except ValueError:
        return 0


def _at(items: Sequence[Item], position: int) -> Item | None:
    return items[position] if 0 <= position < len(items) else None
