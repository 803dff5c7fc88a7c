"""A mail as Outlook saves it (msg). Source of the layout: Microsoft's MS-OXMSG and MS-OXPROPS."""

from __future__ import annotations

import datetime as dt
import io
import struct
from collections.abc import Iterator
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING

import olefile

from etl.stages.readers.attached import DEEPEST, Attached, Mail
from etl.stages.readers.eml import _one_line, instant_of, why_not
from etl.stages.readers.refusal import Refusal

if TYPE_CHECKING:
    from etl.stages.readers.wrapping import Opening

#: Numbers of the properties that are read.
SUBJECT, SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP, SENT_FOR_SMTP = 0x0037, 0x0C1A, 0x0C1F, 0x5D01, 0x5D02
HEADERS, SUBMITTED, DELIVERED, CODEPAGE = 0x007D, 0x0039, 0x0E06, 0x3FFD
LONG_NAME, SHORT_NAME, SHOWN_NAME, CONTENT_ID, TYPE, DATA = 0x3707, 0x3704, 0x3001, 0x3712, 0x370E, 0x3701
#: Types of properties.
UNICODE, EIGHT_BIT, BINARY, OBJECT, TIME = 0x001F, 0x001E, 0x0102, 0x000D, 0x0040
_PROPERTIES = "__properties_version1.0"
_EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
_Place = tuple[str, ...]


def in_msg(opening: Opening, content: bytes, depth: int) -> Iterator[Attached]:
    """What is attached to an Outlook mail; the mail itself, told as ``no_attachment``, where nothing usable is."""
    try:
        file = olefile.OleFileIO(io.BytesIO(content))
    except Exception:  # the library raises anything over broken files
        raise Refusal("file_damaged", kind="msg") from None
    yield from _Message(file, (), opening, depth).attached()


class _Message:
    """A mail in an open compound file: the file itself, or a storage in an attachment of it."""

    def __init__(self, file: olefile.OleFileIO, place: _Place, opening: Opening, depth: int) -> None:
        self.file, self.place, self.opening, self.depth = file, place, opening, depth
        self.mail = self._mail()

    def attached(self) -> Iterator[Attached]:
        found = [one for place in self._attachments() for one in self._attachment(place)]
        yield from found
        if not any(one.why not in ("inline", "signature") for one in found):
            yield Attached(self.mail.subject, b"", self.mail, "no_attachment")

    def _attachments(self) -> list[_Place]:
        length = len(self.place) + 1
        storages = {tuple(path[:length]) for path in self.file.listdir(streams=True, storages=True)}
        mine = (place for place in storages if len(place) == length and place[:-1] == self.place)
        return sorted(place for place in mine if place[-1].lower().startswith("__attach_version1.0"))

    def _attachment(self, place: _Place) -> Iterator[Attached]:
        nested = (*place, f"__substg1.0_{DATA:04X}{OBJECT:04X}")
        if self.file.exists([*nested, _PROPERTIES]):
            yield from self._nested(nested)
            return
        named = self._text(place, LONG_NAME) or self._text(place, SHORT_NAME) or self._text(place, SHOWN_NAME)
        name = _one_line(PureWindowsPath(named.replace("/", "\\")).name) or self.mail.subject or "Anhang"
        why = why_not(name, self._text(place, TYPE).lower(), inline=bool(self._text(place, CONTENT_ID)))
        if why:
            self.opening.count += 1
            yield Attached(name, b"", self.mail, why)
            return
        yield from self.opening.give(self._stream(place, DATA, BINARY), name, self.mail, self.depth)

    def _nested(self, place: _Place) -> Iterator[Attached]:
        self.opening.count += 1
        if self.depth + 1 > DEEPEST:
            yield Attached(self.mail.subject, b"", self.mail, "too_deep")
            return
        yield from _Message(self.file, place, self.opening, self.depth + 1).attached()

    def _mail(self) -> Mail:
        address = self._text(self.place, SENDER_SMTP) or self._text(self.place, SENT_FOR_SMTP)
        plain = self._text(self.place, SENDER_ADDRESS)
        if not address and "@" in plain:  # otherwise the address of an Exchange directory
            address = plain
        name = self._text(self.place, SENDER_NAME)
        return Mail(_one_line(self._text(self.place, SUBJECT)), _one_line(name), address.strip(), self._date())

    def _date(self) -> dt.datetime | None:
        fixed = self._stream_at((*self.place, _PROPERTIES))
        start = 32 if not self.place else 24
        times = {}
        for at in range(start, len(fixed) - 15, 16):
            kind, number = struct.unpack_from("<HH", fixed, at)
            if kind == TIME and number in (SUBMITTED, DELIVERED):
                times[number] = struct.unpack_from("<Q", fixed, at + 8)[0]
        ticks = times.get(SUBMITTED) or times.get(DELIVERED)
        if ticks:
            try:
                return _EPOCH + dt.timedelta(microseconds=ticks // 10)
            except OverflowError:
                return None
        lines = self._text(self.place, HEADERS).splitlines()
        return instant_of(next((line[5:].strip() for line in lines if line.lower().startswith("date:")), ""))

    def _text(self, place: _Place, number: int) -> str:
        text = self._stream(place, number, UNICODE).decode("utf-16-le", "replace")
        text = text or self._stream(place, number, EIGHT_BIT).decode("cp1252", "replace")
        return text.rstrip("\0")

    def _stream(self, place: _Place, number: int, kind: int) -> bytes:
        return self._stream_at((*place, f"__substg1.0_{number:04X}{kind:04X}"))

    def _stream_at(self, place: _Place) -> bytes:
        path = list(place)
        if not self.file.exists(path) or self.file.get_type(path) != olefile.STGTY_STREAM:
            return b""
        try:
            return bytes(self.file.openstream(path).read())
        except Exception:  # a stream that leads nowhere
            return b""
