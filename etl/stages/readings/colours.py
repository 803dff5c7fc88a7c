"""A status that was only coloured in: read as the partner's own traffic light, and always told."""

from __future__ import annotations

import colorsys
from collections import Counter
from collections.abc import Iterable

from etl.stages.readings.colour_legend import explained_colours
from etl.stages.readings.column_facts import filling_of
from etl.stages.readings.records import Records
from etl.stages.readings.reports import Position
from etl.stages.shapes import Column, said_of
from etl.vocabulary import Vocabulary

_LIGHTS = frozenset({"green", "yellow", "red"})
_CLEAR_SATURATION, _CLEAR_BRIGHTNESS = 0.45, 0.45
#: Hue in degrees: up to orange it is red, up to lime yellow, up to turquoise green.
_HUES = ((16, "red"), (70, "yellow"), (165, "green"), (340, None), (361, "red"))
#: Without a column for the status, at least this share of the rows must be coloured to mean anything.
_FEWEST_COLOURED = 0.3


def light_of(colour: str, vocabulary: Vocabulary) -> str | None:
    """``"92D050" -> "green"``: a colour of the vocabulary, else the hue of a clearly saturated one."""
    colour = colour.upper()
    known = vocabulary.colours.get(colour)
    if known is not None:
        return known
    try:
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    except ValueError:
        return None
    hue, saturation, brightness = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < _CLEAR_SATURATION or brightness < _CLEAR_BRIGHTNESS:
        return None
    return next(light for limit, light in _HUES if hue * 360 < limit)


def read_colours(records: Records) -> None:
    """Fills ``measure.traffic_light`` (of goals ``goal.status``) from cell colours where no word says it."""
    target = {"measure": "traffic_light", "goal": "status"}.get(records.kind)
    if target is None or not records.sheet.fills:
        return
    if _read_by_legend(records):
        return
    lights = _lights(records)
    if not lights:
        return
    columns = {column.field: column for column in records.table.columns if column.field}
    column = columns.get("measure.traffic_light") or columns.get(f"{records.kind}.status")
    if column is None:
        place = _coloured_place(records, lights)
        if place is not None:
            _take(records, {line: (line, place) for line in records.lines}, lights, target)
        return
    filling = filling_of(records, column)
    blank = {p[0]: p for p, v in zip(filling.positions, filling.values, strict=True) if v is None}
    filled = [p for p, v in zip(filling.positions, filling.values, strict=True) if v is not None and p in lights]
    shown = {lights[p] for p in blank.values() if p in lights}
    if shown & _LIGHTS and not _whole_rows(records, column, blank.values(), shown):
        _take(records, blank, lights, target)
    if {lights[p] for p in filled} & _LIGHTS and len({lights[p] for p in filled}) > 1:
        for position in filled:
            records.reports.tell("colour_not_read", position, "", column.field or "", column.heading)


def _read_by_legend(records: Records) -> bool:
    """Fills the status from colours that the sheet's own legend explains, in the column that mostly wears them."""
    domain = f"{records.kind}.status"
    meant = explained_colours(records, domain)
    if not meant:
        return False
    lines, fills = frozenset(records.lines), records.sheet.fills
    worn = Counter(place for (row, place), colour in fills.items() if row in lines and colour in meant)
    place, number = max(worn.items(), key=lambda item: (item[1], -item[0]), default=(0, 0))
    if number < _FEWEST_COLOURED * len(records.lines):
        return False
    for index, line in enumerate(records.lines):
        draft, colour = records.own[index], fills.get((line, place), "")
        if colour not in meant or "status" in draft.values:
            continue
        code, explained = meant[colour]
        draft.values["status"] = code
        draft.cells["status"] = [(line, place, "colour"), (*explained, "heading")]
        draft.said["status"] = ["", said_of(records.sheet.value(*explained))]
        draft.marks["status"] = "status_from_colour"
        records.outcomes[explained] = "heading"
        records.reports.tell("status_from_colour", (line, place), "", domain)
    return True


def _lights(records: Records) -> dict[Position, str]:
    lines, table = set(records.lines), records.table
    by_colour: dict[str, str | None] = {}
    lights = {}
    for (row, place), colour in records.sheet.fills.items():
        if row in lines and table.first_column <= place <= table.last_column:
            if colour not in by_colour:
                by_colour[colour] = light_of(colour, records.vocabulary)
            light = by_colour[colour]
            if light is not None:
                lights[row, place] = light
    return lights


def _whole_rows(records: Records, column: Column, blank: Iterable[Position], shown: set[str]) -> bool:
    """One colour over whole rows is decoration (every second row shaded), not a status."""
    fills = records.sheet.fills
    table = records.table
    beside = [c for c in (column.column - 1, column.column + 1) if table.first_column <= c <= table.last_column]
    coloured = [p for p in blank if p in fills]
    same = sum(any(fills.get((p[0], c)) == fills[p] for c in beside) for p in coloured)
    return len(shown) == 1 and same == len(coloured)


def _coloured_place(records: Records, lights: dict[Position, str]) -> int | None:
    """The column most rows of which are green, yellow or red, with at least two of the three."""
    counted = Counter(place for (_, place), light in lights.items() if light in _LIGHTS)
    for place, number in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        shown = {light for (_, p), light in lights.items() if p == place} & _LIGHTS
        if len(shown) >= 2 and number >= _FEWEST_COLOURED * len(records.lines):
            return place
    return None


def _take(records: Records, cells: dict[int, Position], lights: dict[Position, str], target: str) -> None:
    for index, line in enumerate(records.lines):
        draft = records.own[index]
        position = cells.get(line)
        light = lights.get(position) if position else None
        if position is None or light is None or target in draft.values:
            continue
        code = light if target == "traffic_light" else records.vocabulary.words["goal.status_colours"].get(light)
        if code is None:
            continue
        draft.values[target] = code
        draft.cells[target] = [(*position, "colour")]
        draft.said[target] = [""]
        draft.marks[target] = "status_from_colour"
        records.reports.tell("status_from_colour", position, "", f"{records.kind}.{target}")
