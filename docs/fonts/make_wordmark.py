"""Writes Fira Sans SemiBold's letters as paths: ``python docs/fonts/make_wordmark.py``.

A logo is shown as an image, and an image cannot see the page's fonts; a network's name is known only when it runs.
Needs fonttools and brotli (both in ``dev``).
"""

from __future__ import annotations

import json
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont

SHELL = Path(__file__).resolve().parents[2] / "dashboard" / "shell"
SOURCE = SHELL / "static" / "FiraSans-SemiBold.woff2"
TARGET = SHELL / "wordmark.json"


def build() -> None:
    font = TTFont(SOURCE)
    glyphs = font.getGlyphSet()
    letters = {}
    for code, name in sorted(font.getBestCmap().items()):
        if code > 0x24F and code not in (0x2013, 0x2019, 0x201E, 0x201C):
            continue
        pen = SVGPathPen(glyphs, ntos=lambda number: str(round(number)))
        glyphs[name].draw(pen)
        letters[chr(code)] = [round(glyphs[name].width), pen.getCommands()]
    TARGET.write_text(json.dumps(letters, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    build()
    print(TARGET)
