"""The leaflet for partners as a PDF of one page: ``python docs/leaflet/make.py`` writes it beside this file."""

from __future__ import annotations

from pathlib import Path

import typst

FOLDER = Path(__file__).resolve().parent
_FONTS = FOLDER.parents[1] / "dashboard" / "reports" / "fonts"


def leaflet() -> bytes:
    """Tagged, with the fonts of the reports; the same bytes whenever it is made."""
    return bytes(
        typst.compile(
            FOLDER / "merkblatt.typ", font_paths=[str(_FONTS)], ignore_system_fonts=True, pdf_standards="ua-1"
        )
    )


if __name__ == "__main__":
    (FOLDER / "merkblatt.pdf").write_bytes(leaflet())
