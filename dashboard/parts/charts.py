"""What all charts share: colours of the look, German or English numbers in the spec, one configuration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
import streamlit as st

FONT = "Zeichen, Fira Sans, sans-serif"
_LOCALES: dict[str, dict[str, Any]] = {
    "de": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", "\u00a0€"]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""]},
}


@dataclass(frozen=True, slots=True)
class Palette:
    ink: str
    muted: str
    grid: str
    accent: str
    loss: str
    page: str


LIGHT = Palette("#131525", "#51577A", "#E8E9EF", "#2044AA", "#B60000", "#FFFFFF")
DARK = Palette("#F3F4F7", "#B2B6CC", "#272A42", "#97AFE1", "#EA7060", "#131525")


def palette() -> Palette:
    """The colours of the viewer's theme."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def configured(chart: alt.LayerChart, language: str, colours: Palette) -> alt.LayerChart:
    """The look of every chart; numbers and fonts stand in the spec, because embed options have no effect.

    Marks and axes are not read aloud ("x: 0; y: 4583.33"): the chart's ``alt`` says what it shows.
    """
    return (
        chart.configure(font=FONT, background="transparent", locale={"number": _LOCALES[language]})
        .configure_view(stroke=None)
        .configure_axis(
            labelFontSize=18,
            labelColor=colours.ink,
            gridColor=colours.grid,
            domainColor=colours.ink,
            title=None,
            aria=False,
        )
        .configure_mark(aria=False)
    )
