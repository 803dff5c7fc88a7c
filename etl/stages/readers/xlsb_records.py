"""The binary records of an xlsb part ([MS-XLSB] 2.1.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator


def records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and body of each record; numbers take one or two bytes, lengths one to four of seven bits each."""
    at, end = 0, len(stream)
    while at < end:
        kind = stream[at]
        at += 1
        if kind & 0x80 and at < end:
            kind = (kind & 0x7F) | (stream[at] & 0x7F) << 7
            at += 1
        length, shift = 0, 0
        while at < end and shift < 28:
            byte = stream[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, stream[at : at + length]
        at += length


def wide_text(body: bytes, at: int) -> str:
    """The text at ``at``: its length in four bytes, then UTF-16."""
    if len(body) < at + 4:
        return ""
    (length,) = struct.unpack_from("<I", body, at)
    return body[at + 4 : at + 4 + 2 * min(length, 32_767)].decode("utf-16-le", "replace")
