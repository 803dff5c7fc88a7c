"""Mail: drafts as files, and sending where the operators named a server for it."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from etl.settings import MailServer

_SECONDS = 20


class MailNotSent(Exception):
    """The server did not take the mail; the text is its reason, without the password."""


@dataclass(frozen=True, slots=True)
class MailFile:
    """Something attached to a draft; ``kind`` is its media type."""

    name: str
    content: bytes
    kind: str


def mail_draft(to: str, subject: str, text: str, files: Sequence[MailFile]) -> bytes:
    """A mail as a file (eml) that mail programs open as one still to be sent. ``to`` may be "" or no address at all:
    then whoever sends it has to say."""
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["Subject"] = " ".join(subject.split())
    if _is_address(to):
        message["To"] = to
    message.set_content(text)
    for file in files:
        main, _, sub = file.kind.partition("/")
        message.add_attachment(file.content, maintype=main, subtype=sub, filename=" ".join(file.name.split()))
    return message.as_bytes()


def _is_address(text: str) -> bool:
    try:
        Address(addr_spec=text)
    except (ValueError, IndexError, HeaderParseError):
        return False
    return text.isascii()


def send_mail(server: MailServer, to: str, subject: str, text: str) -> None:
    """One mail to one person. Raises ``MailNotSent``."""
    try:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = server.sender, to, subject
        message.set_content(text)
        with _connected(server) as smtp:
            if server.user:
                smtp.login(server.user, server.password)
            smtp.send_message(message)
    except (OSError, smtplib.SMTPException, ValueError) as failed:
        raise MailNotSent(type(failed).__name__) from failed


def _connected(server: MailServer) -> smtplib.SMTP:
    if server.security == "tls":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=ssl.create_default_context())
    smtp = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
    if server.security == "starttls":
        smtp.starttls(context=ssl.create_default_context())
    return smtp
