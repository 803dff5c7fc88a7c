"""Mail, where the operators named a server for it. Without one nothing here is used."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage

from etl.settings import MailServer

_SECONDS = 20


class MailNotSent(Exception):
    """The server did not take the mail; the text is its reason, without the password."""


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
