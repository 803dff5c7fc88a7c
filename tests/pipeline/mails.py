"""Real mails for tests, as partners' programs write them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import format_datetime

_XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(40)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


def message(
    files: Sequence[tuple[str, bytes]],
    *,
    sender: str = "Irgendwer <irgendwer@anderswo.example>",
    subject: str = "Rückmeldung",
    date: dt.datetime | str | None = None,
    signature: bool = False,
) -> EmailMessage:
    """A mail with a text, in HTML too, and these files attached; ``signature``: with a picture in its text."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "koordination@lindenmark.example.org", subject
    if date is not None:
        mail["Date"] = format_datetime(date) if isinstance(date, dt.datetime) else date
    mail.set_content("Guten Tag,\nanbei unsere Liste.\n")
    if signature:
        mail.add_alternative('<p>Guten Tag</p><img src="cid:bild">', subtype="html")
        body = mail.get_payload()[-1]  # type: ignore[index]
        body.add_related(PNG, "image", "png", cid="<bild>", filename="image001.png")  # type: ignore[union-attr]
    for name, content in files:
        mail.add_attachment(content, *_XLSX, filename=name)
    return mail


def eml(files: Sequence[tuple[str, bytes]] = (), **headers: object) -> bytes:
    """``message`` as a file."""
    return message(files, **headers).as_bytes()  # type: ignore[arg-type]
