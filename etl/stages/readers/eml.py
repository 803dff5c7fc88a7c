"""A mail as a file (eml), with the standard library: its headers and what is attached to it."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import email.utils
import re
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING

from etl.stages.readers.attached import DEEPEST, Attached, Mail

if TYPE_CHECKING:
    from etl.stages.readers.wrapping import Opening

_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
_SIGNED = (".p7s", ".asc", ".sig", ".vcf", ".ics")
_CARDS = ("text/vcard", "text/x-vcard", "text/directory", "text/calendar")
_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
_TNEF = ("application/ms-tnef", "application/vnd.ms-tnef")
#: What Outlook and others call the pictures of a mail's text.
_PICTURE = re.compile(r"^(?:image|outlook|grafik|logo|unnamed)[-_ ]?\d*[\w-]*\.(?:png|jpe?g|gif|bmp|[ew]mz|svg)$", re.I)
_ENDINGS = {"text/csv": ".csv", "message/rfc822": ".eml", "application/vnd.ms-excel": ".xls"}
#: Text and reports that carry a mail, not attachments.
_BODIES = ("text/plain", "text/html", "text/enriched", "text/rfc822-headers", "message/delivery-status")


def in_eml(opening: Opening, content: bytes, depth: int) -> Iterator[Attached]:
    """What is attached to a mail; the mail itself, told as ``no_attachment``, where nothing usable is."""
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    message = email.message_from_bytes(start, policy=email.policy.default)
    yield from _in_message(opening, message, depth)


def _in_message(opening: Opening, message: Message, depth: int) -> Iterator[Attached]:
    mail = mail_of(message)
    found = list(_parts(opening, message, mail, depth))
    yield from found
    if not any(one.why not in ("inline", "signature") for one in found):
        yield Attached(mail.subject, b"", mail, "no_attachment")


def mail_of(message: Message) -> Mail:
    """The headers, as far as they can be read."""
    sender = _header(message, "From") or _header(message, "Sender")
    name, address = email.utils.parseaddr(sender)
    return Mail(_one_line(_header(message, "Subject")), _one_line(name), address.strip(), _date(message))


def _header(message: Message, name: str) -> str:
    """A header that can't be parsed is as good as none."""
    return _tried(lambda: str(message.get(name, "")), "")


def _tried(read: Callable[[], str], otherwise: str) -> str:
    try:
        return read()
    except Exception:  # the library raises anything over malformed headers
        return otherwise


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]


def _date(message: Message) -> dt.datetime | None:
    return instant_of(_header(message, "Date"))


def instant_of(text: str) -> dt.datetime | None:
    """The instant a ``Date`` header names; UTC where it names no zone."""
    try:
        found = email.utils.parsedate_to_datetime(text)
        return (found if found.tzinfo else found.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _parts(opening: Opening, part: Message, mail: Mail, depth: int) -> Iterator[Attached]:
    kind = part.get_content_type()
    if kind == "message/rfc822":
        yield from _nested(opening, part, mail, depth)
    elif part.is_multipart():
        held = part.get_payload()
        for inner in held if isinstance(held, list) else []:
            if isinstance(inner, Message):
                yield from _parts(opening, inner, mail, depth)
    else:
        yield from _attachment(opening, part, kind, mail, depth)


def _nested(opening: Opening, part: Message, mail: Mail, depth: int) -> Iterator[Attached]:
    """A mail attached as such; some programs pack it like a file."""
    held = part.get_payload()
    if not (isinstance(held, list) and held and isinstance(held[0], Message)):
        raw = _tried_bytes(lambda: part.get_payload(decode=True))
        yield from opening.give(raw, _name(part, mail), mail, depth)
        return
    opening.count += 1
    if depth + 1 > DEEPEST:
        yield Attached(_name(part, mail), b"", mail, "too_deep")
        return
    yield from _in_message(opening, held[0], depth + 1)


def _attachment(opening: Opening, part: Message, kind: str, mail: Mail, depth: int) -> Iterator[Attached]:
    named = _tried(lambda: part.get_filename() or "", "")
    disposition = _tried(lambda: part.get_content_disposition() or "", "")
    if not named and disposition != "attachment" and kind in _BODIES:
        return
    name = _name(part, mail)
    why = why_not(name, kind, inline=disposition != "attachment" and bool(_header(part, "Content-ID")))
    if why:
        opening.count += 1
        yield Attached(name, b"", mail, why)
        return
    yield from opening.give(_tried_bytes(lambda: part.get_payload(decode=True)), name, mail, depth)


def why_not(name: str, kind: str, *, inline: bool) -> str:
    """Why something attached is no list, by its name and type; "" where it may be one."""
    lower = name.lower()
    if kind in _TNEF or lower == "winmail.dat":
        return "winmail"
    if kind in _SEALED or lower in ("smime.p7m", "encrypted.asc"):
        return "encrypted"
    if kind in _SIGNATURES or kind in _CARDS or lower.endswith(_SIGNED):
        return "signature"
    if _PICTURE.match(name) or (inline and kind.startswith("image/")):
        return "inline"
    return ""


def _tried_bytes(read: Callable[[], object]) -> bytes:
    try:
        found = read()
    except Exception:  # told as empty
        return b""
    return found if isinstance(found, bytes) else b""


def _name(part: Message, mail: Mail) -> str:
    """The attachment's own name, without a path; a made one where it has none."""
    named = PureWindowsPath(_tried(lambda: part.get_filename() or "", "").replace("/", "\\")).name
    ending = _ENDINGS.get(part.get_content_type(), "")
    return _one_line(named) or f"{mail.subject or 'Anhang'}{ending}"
