"""What a mail or an archive holds, as it comes out of the reading process: one entry for each thing attached."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from etl.stages.readers.detect import OLE
from etl.stages.readers.refusal import Refusal
from etl.stages.readers.wire import HEAD

#: Mails in mails in archives: nobody forwards deeper by intention.
DEEPEST = 5
#: Things in one mail or archive.
MOST = 300
_MSG = "__properties_version1.0".encode("utf-16-le")
_HEADER = re.compile(rb"[!-9;-~]+:[ \t\r\n]")
_MAIL_HEADERS = re.compile(
    rb"^(?:from|to|date|subject|received|return-path|message-id|mime-version|content-type):", re.I | re.M
)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail's own headers; "" and None where it has none. ``date`` carries its zone (UTC where it names none)."""

    subject: str = ""
    from_name: str = ""
    from_address: str = ""
    date: dt.datetime | None = None

    def as_data(self) -> dict[str, Any]:
        """Plain data, as it travels and as the store keeps it."""
        date = self.date.isoformat() if self.date else None
        told = {"subject": self.subject, "from_name": self.from_name, "from_address": self.from_address}
        return told | {"date": date}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Mail:
        date = dt.datetime.fromisoformat(data["date"]) if data["date"] else None
        return cls(data["subject"], data["from_name"], data["from_address"], date)


@dataclass(frozen=True, slots=True)
class Attached:
    """One thing in a mail or archive. ``mail`` is the innermost mail around it, None in a bare archive.

    ``why`` says why it is no list, as far as its wrapping tells: ``no_attachment`` (a mail without any; ``name`` is its
    subject), ``inline`` (a picture in a mail's text), ``signature``, ``encrypted``, ``winmail``, ``too_deep``,
    ``too_many``, ``damaged``, ``locked`` (a password), ``too_large``; "" for what may be a list. Without content then.
    """

    name: str
    content: bytes = b""
    mail: Mail | None = None
    why: str = ""


def is_wrapping(content: bytes, name: str) -> bool:
    """Whether something may be in there: a mail (eml, msg) by its content, an archive by its name too."""
    if content.startswith(OLE):
        return _MSG in content
    if content.startswith(b"PK"):
        return name.lower().endswith(".zip")
    return is_eml(content)


def is_eml(content: bytes) -> bool:
    """Header lines from the start, at least three of those that every mail has."""
    start = content[:16_384].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if start.startswith(b"From "):  # a mailbox's separator
        start = start.partition(b"\n")[2]
    if not _HEADER.match(start):
        return False
    head = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    return len({found.lower() for found in _MAIL_HEADERS.findall(head)}) >= 3


def pack_attached(found: Iterable[Attached]) -> bytes:
    """An answer holding what was found; the bytes follow their list."""
    found = list(found)
    told = [
        {"name": a.name, "bytes": len(a.content), "why": a.why, "mail": a.mail.as_data() if a.mail else None}
        for a in found
    ]
    head = orjson.dumps({"attached": told})
    return b"".join([HEAD.pack(len(head)), head, *(a.content for a in found)])


def unpack_attached(answer: bytes | bytearray) -> list[Attached]:
    """What an answer holds; raises the ``Refusal`` it holds instead."""
    view = memoryview(answer)
    (length,) = HEAD.unpack(view[:4])
    head: dict[str, Any] = orjson.loads(view[4 : 4 + length])
    if "refused" in head:
        raise Refusal(head["refused"], **head["values"])
    found, at = [], 4 + length
    for told in head["attached"]:
        mail = Mail.from_data(told["mail"]) if told["mail"] else None
        found.append(Attached(told["name"], bytes(view[at : at + told["bytes"]]), mail, told["why"]))
        at += told["bytes"]
    return found
