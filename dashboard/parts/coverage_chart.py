"""The funding cliff: money per month as a stack of steps, what is needed as a dotted line, what is missing in red."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import altair as alt
import streamlit as st

from dashboard.answers.coverage import Course, course, rectangles
from dashboard.answers.once import Once
from dashboard.answers.picture import Picture
from dashboard.parts.charts import DARK, LIGHT, Palette, configured, palette
from dashboard.parts.coverage_words import HEIGHT, Rows, chart_message, edge_labels, label_rows, need_label
from etl.wording import formatted, say

_SIZE = "width<500?15:width<1000?16:19"
#: Whether a text fits into its band: its length in pixels, estimated, against the band's months.
_FITS = "{span}*width/{months}>length({text})*({size})*0.53+(width<500?10:36)"


#: Tints of one blue from the bottom up, and what is legible on each; the last is the band of what is gathered.
_TINTS = {
    False: (
        ("#2044AA", "#5174C5", "#869FDB", "#A7BBE6", "#C3D0EE", "#D5DEF3", "#C0C3D5"),
        ("#FFFFFF", "#FFFFFF", *(LIGHT.ink,) * 5),
    ),
    True: (
        ("#97AFE1", "#7694D5", "#4D6BB5", "#3C579C", "#304884", "#263A6C", "#454B6B"),
        (DARK.page, DARK.page, *("#FFFFFF",) * 5),
    ),
}


def _made(picture: Picture, language: str, dark: bool) -> tuple[dict[str, Any], str]:
    found = course(picture)
    return _specification(coverage_chart(found, language, dark=dark)), chart_message(found, language)


#: Specification and alternative text: turning a chart into its specification costs more than a whole rerun else.
_charts: Once[Picture, tuple[dict[str, Any], str]] = Once(_made)


def _specification(chart: alt.LayerChart) -> dict[str, Any]:
    """The specification with its data inside the layers, where Streamlit leaves them as they are."""
    spec: dict[str, Any] = chart.to_dict()
    tables = spec.pop("datasets", {})
    for layer in _layers(spec):
        name = layer.get("data", {}).get("name")
        if name in tables:
            layer["data"] = {"values": tables[name]}
    return spec


def _layers(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield spec
    for layer in spec.get("layer", ()):
        yield from _layers(layer)


def show_course(picture: Picture, language: str) -> None:
    """Put the chart on the page; its specification is made once per picture, language and theme."""
    if course(picture).empty:
        return
    spec, words = _charts(picture, language, palette() is DARK)
    with st.container(key="rt-coverage"):
        st.vega_lite_chart(spec=spec, theme=None, width="stretch", alt=words)


def coverage_chart(course: Course, language: str, *, dark: bool) -> alt.LayerChart:
    """The chart's specification; all texts in it are ready in ``language``, so it needs no locale."""
    ink = DARK if dark else LIGHT
    tints, on_tints = _TINTS[dark]
    top, ticks = _scale(course)
    x = alt.X(
        "x:Q", axis=_months_axis(course, language, ink), scale=alt.Scale(domain=[0, len(course.months)], nice=False)
    )
    y = alt.Y("y:Q", axis=_money_axis(ticks, language, ink), scale=alt.Scale(domain=[0, top], nice=False))
    labels = label_rows(course, language, top)
    layers = [
        *_bands(course, x, y, tints, ink.page),
        _need(course, x, y, ink),
        _edges(course, x, y, ink),
        *_band_labels(labels, len(course.months), x, y, list(zip(tints, on_tints, strict=True))),
        *_outside_labels(labels, len(course.months), x, y, ink),
        *_halo(need_label(course, language, "need"), x, y, ink.ink, ink.page, "width>=500"),
        *_halo(need_label(course, language, "need_short"), x, y, ink.ink, ink.page, "width<500"),
        *_halo(edge_labels(course, language, top), x, y, ink.loss, ink.page, "width>500", 600),
    ]
    chart = alt.layer(*layers).properties(width="container", height=HEIGHT)
    return configured(chart, language, ink)


def _scale(course: Course) -> tuple[float, list[int]]:
    """The top of the axis and three to five ticks."""
    highest = max((*course.covered, *course.need), default=Decimal(0)) or Decimal(1)
    step = next(s for s in _steps() if highest / s <= 4)
    ticks = [step * i for i in range(int(highest // step) + 2)]
    top = max(highest * Decimal("1.12"), Decimal(ticks[-2]))
    return float(top), [tick for tick in ticks if tick <= top]


def _steps() -> Any:
    scale = 1
    while True:
        yield from (scale, 2 * scale, 5 * scale)
        scale *= 10


def _money_axis(ticks: list[int], language: str, ink: Palette) -> alt.Axis:
    words = {str(tick): formatted(language, tick, "money") for tick in ticks}
    return alt.Axis(
        values=ticks,
        labelExpr=f"{_looked_up(words)}[datum.value]",
        title=None,
        domain=False,
        ticks=False,
        gridColor=ink.grid,
        labelColor=ink.ink,
        labelFontSize=alt.ExprRef("width<500?13:17"),
        labelPadding=8,
        zindex=0,
    )


def _looked_up(words: dict[str, str]) -> str:
    """Ready labels as an object that the chart's expressions can read."""
    return json.dumps(words, ensure_ascii=False)


def _months_axis(course: Course, language: str, ink: Palette) -> alt.Axis:
    """Every quarter's first month; on a phone every half-year's."""
    quarters = [i for i, month in enumerate(course.months) if month.month % 3 == 1]
    words = {str(i): _month(course.months[i], language) for i in quarters}
    halves = [i for i in quarters if course.months[i].month % 6 == 1]
    return alt.Axis(
        values=quarters,
        labelExpr=f"width<500&&indexof({halves},datum.value)<0?'':{_looked_up(words)}[datum.value]",
        title=None,
        domain=False,
        grid=False,
        tickColor=ink.grid,
        labelColor=ink.ink,
        labelFontSize=alt.ExprRef("width<500?13:17"),
        labelPadding=6,
        labelOverlap=False,
        labelFlush=False,
    )


def _month(month: dt.date, language: str) -> str:
    return say(language, "funding.chart.month", month=say(language, f"month_short.{month.month}"), year=f"{month:%y}")


def _bands(course: Course, x: alt.X, y: alt.Y, tints: tuple[str, ...], page: str) -> list[alt.Chart]:
    """Rectangles with a line of the page's colour between layers, none between months."""
    rows: Rows = [
        {"band": _tint(band, course.bands[band].others), "x": first, "x2": after, "y": float(low), "y2": float(high)}
        for band, first, after, low, high in rectangles(course.bands)
    ]
    colour = alt.Color("band:N", legend=None, scale=alt.Scale(domain=list(range(len(tints))), range=list(tints)))
    filled = _chart(rows).mark_rect().encode(x=x, x2="x2:Q", y=y, y2="y2:Q", color=colour)
    between = _chart([row for row in rows if row["y"]]).mark_rule(color=page, strokeWidth=2)
    return [filled, between.encode(x=x, x2="x2:Q", y=y)]


def _tint(number: int, others: bool) -> int:
    """The band's colour: the last one for what is gathered, else by its place from the bottom."""
    last = len(_TINTS[False][0]) - 1
    return last if others else min(number, last - 1)


def _need(course: Course, x: alt.X, y: alt.Y, ink: Palette) -> alt.Chart:
    points: Rows = [{"x": i, "y": float(amount)} for i, amount in enumerate(course.need)]
    if points:
        points.append({"x": len(points), "y": points[-1]["y"]})
    shown = points if any(course.need) else []
    line: dict[str, Any] = {"interpolate": "step-after", "strokeWidth": 4, "strokeDash": [3, 6], "strokeCap": "round"}
    return _chart(shown).mark_line(color=ink.ink, **line).encode(x=x, y=y)


def _edges(course: Course, x: alt.X, y: alt.Y, ink: Palette) -> alt.Chart:
    rows: Rows = [
        {"x": course.months.index(edge.month), "y": float(edge.covered), "y2": float(edge.need)}
        for edge in course.edges
    ]
    return _chart(rows).mark_rule(color=ink.loss, strokeWidth=4).encode(x=x, y=y, y2="y2:Q")


def _band_labels(rows: Rows, months: int, x: alt.X, y: alt.Y, tints: Sequence[tuple[str, str]]) -> list[alt.Chart]:
    """What fits into the band: name with amount and end, the name alone, its level, nothing. The line of need passes
    behind the words: they are outlined in their band's colour."""
    layers = []
    for place, (tint, colour) in enumerate(tints):
        own = [row for row in rows if _tint(row["band"], row["others"]) == place]
        chart = _chart(own).transform_calculate(t=_chosen("datum.span", months), o=_outside(months))
        inside = chart.transform_calculate(t="datum.o==''?datum.t:''")
        for outline in _outlines(tint, 10) if own else ():
            layers.append(_written(inside, colour, 6, 24, **outline).encode(x=x, y=y, text="t:N"))
    return layers


def _outside_labels(rows: Rows, months: int, x: alt.X, y: alt.Y, ink: Palette) -> list[alt.Chart]:
    """Names of bands too narrow for them, to their right where nothing is drawn."""
    free = [{**row, "x": row["end"]} for row in rows if row["free"]]
    chart = _chart(free).transform_calculate(o=_outside(months))
    return [_written(chart, ink.ink, 6, 12).encode(x=x, y=y, text="o:N")]


def _written(chart: alt.Chart, colour: str, near: int, far: int, **outline: Any) -> alt.Chart:
    """Text that grows with the chart, ``near`` or ``far`` pixels from its place."""
    marked: alt.Chart = chart.mark_text(
        align="left",
        baseline="middle",
        dx=alt.ExprRef(f"width<500?{near}:{far}"),
        fontSize=alt.ExprRef(_SIZE),
        fontWeight=500,
        color=colour,
        **outline,
    )
    return marked


def _chosen(span: str, months: int) -> str:
    """The longest of the three texts that fits into ``span`` months and the band's height."""
    fits = [
        _FITS.format(span=span, months=months, text=f"datum.{name}", size=_SIZE) for name in ("long", "name", "short")
    ]
    words = f"{fits[0]}?datum.long:{fits[1]}?datum.name:{fits[2]}?datum.short:''"
    return f"datum.h*height<(width<500?18:24)?'':{words}"


def _outside(months: int) -> str:
    """The text beside the band, where its whole text stands free there and does not fit inside."""
    inside = _FITS.format(span="datum.span", months=months, text="datum.long", size=_SIZE)
    beside = _chosen(f"({months}-datum.end)", months)
    return f"datum.free&&!({inside})&&width>500?{beside}:''"


def _halo(
    rows: Rows, x: alt.X, y: alt.Y, colour: str, page: str, only: str = "true", weight: int = 400
) -> list[alt.Chart]:
    """Text over anything: once in the page's colour as an outline, once as itself."""
    layers = []
    for row in rows:
        mark: dict[str, Any] = {
            "align": "left" if row["left"] else "right",
            "baseline": "bottom" if row["up"] else "middle",
            "dx": 14 if row["left"] else 0,
            "dy": -9 if row["up"] else 0,
            "fontSize": alt.ExprRef(_SIZE),
            "fontWeight": weight,
        }
        chart = _chart([row]).transform_filter(only)
        for outline in _outlines(page):
            layers.append(chart.mark_text(color=colour, **mark, **outline).encode(x=x, y=y, text="t:N"))
    return layers


def _outlines(colour: str, width: int = 5) -> tuple[dict[str, Any], ...]:
    return {"stroke": colour, "strokeWidth": width, "strokeJoin": "round"}, {}


def _chart(rows: Rows) -> alt.Chart:
    return alt.Chart(alt.Data(values=rows))
