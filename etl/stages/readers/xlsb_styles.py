"""What the binary styles of an xlsb say that could matter, as ``xlsx_styles`` reads it from XML."""

from __future__ import annotations

import struct
from xml.etree.ElementTree import Element

from etl.stages.readers.xlsb_records import records, wide_text
from etl.stages.readers.xlsx_styles import BUILT_IN_PERCENT, NO_STATUS, PLAIN, CellStyle, Colours, Styles, is_percent

#: Record numbers of [MS-XLSB] 2.3.
FONT, FORMAT, FILL, CELL_FORMAT, BEGIN_CELL_FORMATS, END_CELL_FORMATS = 43, 44, 45, 47, 617, 618
STRUCK_OUT = 0x0008
#: Fill patterns that are no colour: none, and the two grey ones every workbook brings.
NO_COLOUR = {0, 17, 18}
INDEXED, RGB, THEMED = 1, 2, 3


def read_binary_styles(stream: bytes, theme: bytes) -> Styles:
    """Style number -> what matters about it; numbers that say nothing of interest are absent."""
    percent, struck, fills, styles = set(BUILT_IN_PERCENT), list[bool](), list[str | None](), Styles()
    colours, within, number = Colours(None, theme), False, 0
    for kind, body in records(stream):
        if kind == FORMAT and len(body) > 6:
            _add_format(percent, struct.unpack_from("<H", body)[0], wide_text(body, 2))
        elif kind == FONT and len(body) >= 4:
            struck.append(bool(struct.unpack_from("<H", body, 2)[0] & STRUCK_OUT))
        elif kind == FILL and len(body) >= 12:
            fills.append(_fill(body, colours))
        elif kind in (BEGIN_CELL_FORMATS, END_CELL_FORMATS):
            within = kind == BEGIN_CELL_FORMATS
        elif kind == CELL_FORMAT and within and len(body) >= 8:
            pattern, font, fill = struct.unpack_from("<3H", body, 2)
            style = CellStyle(
                pattern in percent,
                fills[fill] if fill < len(fills) else None,
                font < len(struck) and struck[font],
            )
            if style != PLAIN:
                styles[number] = style
            number += 1
    return styles


def _add_format(percent: set[int], number: int, pattern: str) -> None:
    (percent.add if is_percent(pattern) else percent.discard)(number)


def _fill(body: bytes, colours: Colours) -> str | None:
    (pattern,) = struct.unpack_from("<I", body)
    colour = None if pattern in NO_COLOUR else colours.resolve(_colour(body[4:12]))
    return None if colour in NO_STATUS else colour


def _colour(body: bytes) -> Element | None:
    """The colour as its XML sister would write it."""
    kind, index, tint = body[0] >> 1, body[1], struct.unpack_from("<h", body, 2)[0] / 32767
    said = {
        INDEXED: {"indexed": str(index)},
        RGB: {"rgb": body[4:7].hex().upper()},
        THEMED: {"theme": str(index)},
    }.get(kind)
    return Element("fgColor", {**said, "tint": str(tint)}) if said else None
