"""What travels through the pipe: JSON, with the kinds JSON lacks told beside the columns.

A message is a length (8 bytes, big endian) and as many bytes. An answer starts with the length of its head (4 bytes)
and the head; each sheet's columns follow as a JSON text of their own. A column of texts tells each different text once
and then only its number: most say the same few words again and again, and equal texts become one object again.
"""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from etl.stages.readers.cells import Digits, Position, no_digits
from etl.stages.readers.refusal import Refusal
from etl.stages.readers.settle import settle
from etl.stages.shapes import CellValue, Sheet, Workbook

LENGTH = struct.Struct(">Q")
HEAD = struct.Struct(">I")


def pack_workbook(workbook: Workbook, digits: Sequence[Digits] = ()) -> bytes:
    """An answer holding the workbook. Changes the sheets (see ``settle``): pack once."""
    heads, bodies = [], []
    for number, sheet in enumerate(workbook.sheets):
        blank = _blank_results(sheet)
        columns, temporal = settle(sheet, digits[number] if digits else no_digits)
        body = _dumps(list(map(_coded, columns)))
        heads.append(_head(sheet, len(body), blank) | {kind: getattr(temporal, kind) for kind in temporal.__slots__})
        bodies.append(body)
    about = {"format": workbook.format, "encoding": workbook.encoding, "delimiter": workbook.delimiter}
    head = _dumps(about | {"garbled": workbook.garbled, "sheets": heads})
    return b"".join([HEAD.pack(len(head)), head, *bodies])


def _coded(column: Sequence[CellValue]) -> list[Any]:
    """Either ``[values]`` or, for texts that come again, ``[different texts, which one stands in each row]``."""
    if set(map(type, column)) <= _TEXTS:
        different = list(dict.fromkeys(column))
        if 2 * len(different) <= len(column):
            numbers = {text: number for number, text in enumerate(different)}
            return [different, list(map(numbers.__getitem__, column))]
    return [column]


#: What may be told apart by being equal (1, 1.0 and True may not).
_TEXTS = {str, type(None)}


def _decoded(column: list[Any]) -> list[CellValue]:
    if len(column) == 1:
        values: list[CellValue] = column[0]
        return values
    different, numbers = column
    return list(map(different.__getitem__, numbers))


def pack_refusal(refusal: Refusal) -> bytes:
    head = _dumps({"refused": refusal.code, "values": refusal.values})
    return HEAD.pack(len(head)) + head


def unpack(answer: bytes | bytearray) -> Workbook:
    """The workbook of an answer; raises the ``Refusal`` it holds instead."""
    view = memoryview(answer)
    (length,) = HEAD.unpack(view[:4])
    head: dict[str, Any] = orjson.loads(view[4 : 4 + length])
    if "refused" in head:
        raise Refusal(head["refused"], **head["values"])
    sheets, at = [], 4 + length
    for told in head["sheets"]:
        sheets.append(_sheet(told, orjson.loads(view[at : at + told["bytes"]])))
        at += told["bytes"]
    return Workbook(head["format"], sheets, head["encoding"], head["delimiter"], head["garbled"])


def _dumps(value: object) -> bytes:
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:
        return orjson.dumps(_sound(value))


def _sound(value: Any) -> Any:
    """Lone surrogates (old xls files have them) are no UTF-8."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {_sound(key): _sound(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_sound(entry) for entry in value]
    return value


def _flat(positions: Iterable[Position]) -> list[int]:
    return [number for position in positions for number in position]


def _blank_results(sheet: Sheet) -> list[Position]:
    """Formulas whose stored result is an empty text: their cells stay ``""`` while blank ones become None."""
    return [position for position in sheet.formulas_without_value if sheet.value(*position) == ""]


def _head(sheet: Sheet, length: int, blank: list[Position]) -> dict[str, object]:
    fills: dict[str, list[int]] = {}
    for position, colour in sheet.fills.items():
        fills.setdefault(colour, []).extend(position)
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "bytes": length,
        "errors": [(*position, text) for position, text in sheet.errors.items()],
        "formulas": [(*position, text) for position, text in sheet.formulas_without_value.items()],
        "blank_results": _flat(blank),
        "percent": _flat(sheet.percent),
        "fills": fills,
        "struck": _flat(sheet.struck),
        "struck_parts": _flat(sheet.struck_parts),
        "comments": [(*position, text) for position, text in sheet.comments.items()],
        "merged": sheet.merged,
        "hidden_rows": list(sheet.hidden_rows),
        "hidden_columns": list(sheet.hidden_columns),
        "external": _flat(sheet.external),
        "conditional": sheet.conditional,
    }


def _pairs(flat: list[int]) -> Iterable[Position]:
    numbers = iter(flat)
    return zip(numbers, numbers, strict=True)


def _sheet(told: dict[str, Any], coded: list[list[Any]]) -> Sheet:
    columns = list(map(_decoded, coded))
    _restore(columns, told)
    for row, column in _pairs(told["blank_results"]):
        columns[column - 1][row - 1] = ""
    rows = list(map(list, zip(*columns, strict=True)))
    return Sheet(
        name=told["name"],
        hidden=told["hidden"],
        rows=rows,
        errors={(row, column): text for row, column, text in told["errors"]},
        formulas_without_value={(row, column): text for row, column, text in told["formulas"]},
        percent=set(_pairs(told["percent"])),
        fills={position: colour for colour, flat in told["fills"].items() for position in _pairs(flat)},
        struck=set(_pairs(told["struck"])),
        struck_parts=set(_pairs(told["struck_parts"])),
        comments={(row, column): text for row, column, text in told["comments"]},
        merged=[(top, left, bottom, right) for top, left, bottom, right in told["merged"]],
        hidden_rows=set(told["hidden_rows"]),
        hidden_columns=set(told["hidden_columns"]),
        external=set(_pairs(told["external"])),
        conditional=told["conditional"],
    )


def _restore(columns: list[list[CellValue]], told: dict[str, Any]) -> None:
    for kind, read in (
        ("dates", dt.date.fromisoformat),
        ("datetimes", dt.datetime.fromisoformat),
        ("times", dt.time.fromisoformat),
        ("durations", _duration),
    ):
        for number, rows in told[kind]:
            column = columns[number]
            if len(rows) == len(column):
                columns[number] = list(map(read, column))
                continue
            for row in rows:
                column[row] = read(column[row])


def _duration(seconds: float) -> dt.timedelta:
    return dt.timedelta(seconds=seconds)
