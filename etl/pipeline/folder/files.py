"""The single files in what was dropped: as they are, or as attachments; what can be none gets its sentence."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from etl.issues import DeliveryRefused, Issue
from etl.stages.open_mail import Attached, Mail, is_wrapping, open_mail

#: Why something attached is no list -> its code, and what its sentence needs beside the names.
_CODES: dict[str, tuple[str, dict[str, str]]] = {
    "no_attachment": ("mail_without_attachment", {}),
    "inline": ("attachment_picture", {}),
    "signature": ("attachment_signature", {}),
    "encrypted": ("attachment_encrypted", {}),
    "winmail": ("attachment_winmail", {}),
    "too_deep": ("attachment_too_deep", {}),
    "too_many": ("attachments_too_many", {}),
    "damaged": ("file_damaged", {"kind": "attachment"}),
    "locked": ("file_password_protected", {"kind": "zip"}),
    "too_large": ("file_too_large", {"what": "bytes"}),
}


@dataclass(frozen=True, slots=True)
class FoundFile:
    """``dropped`` is the name of what was dropped: the file's own, or that of the mail or archive it came in. ``mail``
    are the headers of the mail around it; ``issue`` says why it is no list (without content then)."""

    file: str
    dropped: str
    content: bytes = b""
    mail: Mail | None = None
    issue: Issue | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def carrier(self) -> str | None:
        """What the mail is called: its subject, or the name of its file."""
        return (self.mail.subject or self.dropped) if self.mail is not None else None

    def received(self, now: dt.datetime) -> dt.datetime:
        """When it came: the mail's date, never later than ``now``."""
        sent = self.mail.date if self.mail is not None else None
        return min(sent, now) if sent is not None else now


def found_in(name: str, content: bytes) -> list[FoundFile]:
    """The files in something dropped; at least one, where only to say why there is none."""
    if not is_wrapping(content, name):
        return [FoundFile(name, name, content)]
    try:
        return [_found(one, name) for one in open_mail(content, name)] or [_nothing_in(name)]
    except DeliveryRefused as refusal:
        return [FoundFile(name, name, issue=refusal.issue)]


def _nothing_in(name: str) -> FoundFile:
    return FoundFile(name, name, issue=Issue("file_empty", values={"name": name}))


def _found(one: Attached, dropped: str) -> FoundFile:
    if not one.why:
        return FoundFile(one.name, dropped, one.content, one.mail)
    code, values = _CODES[one.why]
    mail = (one.mail.subject if one.mail else "") or dropped
    issue = Issue(code, found=one.name, values={**values, "name": one.name, "mail": mail})
    return FoundFile(one.name, dropped, mail=one.mail, issue=issue)


def repeated(files: Iterable[FoundFile]) -> list[FoundFile]:
    """The same files; the second and later of the same bytes say which was the first."""
    first: dict[str, str] = {}
    return [once(file, first) for file in files]


def once(file: FoundFile, first: dict[str, str]) -> FoundFile:
    """The file; where its bytes came before (``first``: hash -> name, added to here) without content, and told so."""
    if file.issue is not None:
        return file
    digest = file.sha256
    if digest not in first:
        first[digest] = file.file
        return file
    return replace(file, content=b"", issue=_same_as(file, first[digest]))


def _same_as(file: FoundFile, first: str) -> Issue:
    return Issue("file_repeated", found=file.file, values={"name": file.file, "first": first})
