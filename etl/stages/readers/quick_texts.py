"""Texts of a usual xlsx: shared ones, and those in their own cell. Anything out of the ordinary is ``Unusual``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.stages.shapes import CellValue

PRESERVE = '<t xml:space="preserve">'
#: Without ``preserve`` blanks around a text do not count.
TRIMMED = re.compile(r"<t>(?:[^\S<]|[^<]*\s</t>)")
ENTITY = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));|&")
NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class Unusual(Exception):
    """Something that only the complete reader understands."""


#: The numbers of texts as written, made once; lists of more texts make theirs anew.
NUMBERS = [b"%d" % number for number in range(10_000)]


def numbered_texts(xml: bytes) -> dict[bytes, str]:
    """The texts of a ``sharedStrings.xml`` by their number as a cell writes it."""
    texts = shared_texts(xml)
    numbers = NUMBERS if len(texts) <= len(NUMBERS) else map(b"%d".__mod__, range(len(texts)))
    return dict(zip(numbers, texts, strict=False))


def shared_texts(xml: bytes) -> list[str]:
    """The texts of a ``sharedStrings.xml`` by number."""
    text = _decoded(xml)
    start, end = text.find("<si><t"), text.rfind("</t></si>")
    if start < 0:
        if "<si" in text:
            raise Unusual
        return []
    items = text[start:end].replace(PRESERVE, "<t>")
    found = items.removeprefix("<si><t>").split("</t></si><si><t>")
    if items.count("<") != 4 * len(found) - 2 or "<si" in text[:start] or "<si" in text[end:]:
        raise Unusual
    if found != list(map(str.strip, found)) and TRIMMED.search(text):
        raise Unusual
    return _unescaped(found) if "&" in items else found


def inline_texts(values: Sequence[bytes]) -> Sequence[CellValue]:
    """The texts of cells that hold their own."""
    texts = _decoded(b"\x00".join(values)).split("\x00")
    if texts != list(map(str.strip, texts)) or len(texts) != len(values):
        raise Unusual
    return list(_unescaped(texts))


def _decoded(xml: bytes) -> str:
    if b"\r" in xml or b"_x" in xml or b"<!" in xml or _declares_other(xml):
        raise Unusual
    try:
        return xml.decode("utf-8")
    except UnicodeDecodeError:
        raise Unusual from None


def _declares_other(xml: bytes) -> bool:
    head = xml[:200].lower()
    return b"encoding=" in head and b"utf-8" not in head


def _unescaped(texts: list[str]) -> list[str]:
    return [ENTITY.sub(_character, text) if "&" in text else text for text in texts]


def _character(match: re.Match[str]) -> str:
    name, decimal, hexadecimal = match.groups()
    if name:
        return NAMED[name]
    number = int(decimal) if decimal else int(hexadecimal, 16) if hexadecimal else 0
    if (number < 32 and number not in (9, 10)) or number > 0x10FFFF or 0xD800 <= number < 0xE000:
        raise Unusual
    return chr(number)
