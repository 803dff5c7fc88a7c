"""One OpenDocument cell: its typed value, the error it shows, its comment."""

from __future__ import annotations

import datetime as dt
import re
from xml.etree import ElementTree

from etl.stages.readers.xml_parts import attribute, local
from etl.stages.shapes import CellValue

#: xsd:duration without years and months, as office:time-value uses it.
DURATION = re.compile(r"(-)?P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d+))?S)?")
#: What a cell shows whose formula failed.
ERROR = re.compile(r"(Err:\d+|#[A-Z/0!?]+|#NAME\?|#N/A|#NV|#WERT!|#BEZUG!|#DIV/0!)")
#: Text that stands in a cell but is not its content.
BESIDE = ("annotation", "shapes", "detective")


def cell_value(element: ElementTree.Element) -> CellValue:
    """The value as typed; text is what the paragraphs hold, one line each."""
    kind = attribute(element, "value-type")
    if kind in ("float", "percentage", "currency"):
        return _number(attribute(element, "value"))
    if kind == "date":
        return _date(attribute(element, "date-value")) or _text(element)
    if kind == "time":
        return _time(attribute(element, "time-value") or "")
    if kind == "boolean":
        return attribute(element, "boolean-value") == "true"
    stated = attribute(element, "string-value")
    return stated if stated is not None else _text(element)


def cell_error(element: ElementTree.Element) -> str | None:
    """The error a formula's cell shows: ``calcext`` says so, else its text does."""
    said = any(key.endswith("}value-type") and value == "error" for key, value in element.attrib.items())
    if attribute(element, "formula") is None and not said:
        return None
    text = (_text(element) or "").strip()
    if said or (ERROR.fullmatch(text) and attribute(element, "value-type") in (None, "string", "float")):
        return text or "#VALUE!"
    return None


def cell_comment(element: ElementTree.Element) -> str | None:
    for part in element:
        if local(part.tag) == "annotation":
            return "\n".join(_inner(line) for line in part if local(line.tag) == "p").strip() or None
    return None


def _number(text: str | None) -> CellValue:
    try:
        return float(text or "")
    except ValueError:
        return text


def _date(text: str | None) -> dt.date | dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat((text or "").rstrip("Z"))
    except ValueError:
        return None
    moment = moment.replace(tzinfo=None)
    return moment.date() if moment.time() == dt.time() else moment


def _time(text: str) -> CellValue:
    """A time of day below 24 hours, else a duration."""
    match = DURATION.fullmatch(text)
    if not match:
        return text
    sign, days, hours, minutes, seconds, fraction = match.groups()
    micro = int((fraction or "0")[:6].ljust(6, "0"))
    length = dt.timedelta(int(days or 0), int(seconds or 0), micro, 0, int(minutes or 0), int(hours or 0))
    if sign:
        return -length
    return length if length >= dt.timedelta(days=1) else (dt.datetime(2000, 1, 1) + length).time()


def _text(element: ElementTree.Element) -> str | None:
    lines = [_inner(part) for part in element if local(part.tag) in ("p", "h")]
    return "\n".join(lines) if lines else None


def _inner(element: ElementTree.Element) -> str:
    """A paragraph's text; runs of blanks are stored as an element with a count."""
    parts = [element.text or ""]
    for part in element:
        name = local(part.tag)
        if name == "s":
            parts.append(" " * min(int(attribute(part, "c") or 1), 1000))
        elif name in ("tab", "line-break"):
            parts.append("\t" if name == "tab" else "\n")
        elif name not in BESIDE:
            parts.append(_inner(part))
        parts.append(part.tail or "")
    return "".join(parts)
