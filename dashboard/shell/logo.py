"""The network's mark: its own logo or ours, and its name, as an image."""

from __future__ import annotations

import base64
import json
import mimetypes
from functools import lru_cache
from math import cos, pi, sin
from pathlib import Path

from dashboard.parts.html import Markup, tag
from etl.model.settings_rows import Network
from etl.settings import data_folder

_LETTERS = Path(__file__).with_name("wordmark.json")
FAVICON = Path(__file__).parent / "static" / "favicon.svg"
INK = {"light": "#131525", "dark": "#F3F4F7"}
ACCENT = {"light": "#2044AA", "dark": "#97AFE1"}
_HEIGHT = 40
_LONGEST_NAME = 80
_ONE_LINE = 20


def brand(network: Network) -> Markup:
    """The mark on the sign-in page: the network's own logo where it has one."""
    address = own_logo(network)
    return tag("div", tag("img", src=address, alt="") if address else None, class_="rt-brand")


def own_logo(network: Network) -> str | None:
    """The network's logo as a data address; None where it has none, or names a file that is not there."""
    if network.logo is None or network.logo.startswith("data:image/"):
        return network.logo
    path = data_folder() / network.logo
    kind, _ = mimetypes.guess_type(path.name)
    if not path.is_file() or kind is None or not kind.startswith("image/"):
        return None
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


@lru_cache(maxsize=32)
def mark(network: Network, theme: str) -> str:
    """The SVG for the menu, in the ink of the theme (``light`` or ``dark``). Long names stand in two lines."""
    address = own_logo(network)
    picture = _image(address) if address else _table(ACCENT[theme])
    start = 78 if address else 50
    lines = two_lines(network.name[:_LONGEST_NAME])
    size, baselines = (0.029, (29,)) if len(lines) == 1 else (0.0185, (16, 36))
    drawn = [_name(line) for line in lines]
    words = [
        tag("g", paths, transform=f"translate({start} {baseline}) scale({size} -{size})", fill=INK[theme])
        for (paths, _), baseline in zip(drawn, baselines, strict=True)
    ]
    length = f"{start + max(width for _, width in drawn) * size:.0f}"
    box = {"viewBox": f"0 0 {length} {_HEIGHT}", "width": length, "height": str(_HEIGHT)}
    return str(tag("svg", picture, words, xmlns="http://www.w3.org/2000/svg", **box))


def two_lines(name: str) -> list[str]:
    """A name longer than a menu entry or two, cut at the blank nearest to its middle."""
    blanks = [at for at, character in enumerate(name) if character == " "]
    if len(name) <= _ONE_LINE or not blanks:
        return [name]
    cut = min(blanks, key=lambda at: abs(at - len(name) / 2))
    return [name[:cut], name[cut + 1 :]]


def _image(address: str) -> Markup:
    return tag("image", href=address, x=0, y=2, width=70, height=36, preserveAspectRatio="xMinYMid meet")


def _table(colour: str) -> Markup:
    """A round table with eight seats."""
    seats = [(20 + 15.5 * cos(n * pi / 4), 20 + 15.5 * sin(n * pi / 4)) for n in range(8)]
    chairs = [tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="2.4") for x, y in seats]
    return tag("g", tag("circle", cx=20, cy=20, r="8.6"), chairs, fill=colour)


def _name(text: str) -> tuple[list[Markup], int]:
    """The letters as paths side by side, and their width in font units; letters we do not have leave a gap."""
    letters: dict[str, list[object]] = _letters()
    drawn: list[Markup] = []
    at = 0
    for character in text:
        width, path = letters.get(character, [600, ""])
        assert isinstance(width, int)
        if path:
            drawn.append(tag("path", d=str(path), transform=f"translate({at})"))
        at += width
    return drawn, at


@lru_cache(maxsize=1)
def _letters() -> dict[str, list[object]]:
    loaded: dict[str, list[object]] = json.loads(_LETTERS.read_text(encoding="utf-8"))
    return loaded
