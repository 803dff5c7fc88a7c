"""Before stage 1: a mail or an archive becomes what is attached to it, opened in the limited reading process."""

from __future__ import annotations

from etl.issues import DeliveryRefused, Issue
from etl.stages.readers.attached import Attached, Mail, is_wrapping, unpack_attached
from etl.stages.readers.child import ATTACHED
from etl.stages.readers.limits import DEFAULT, Limits
from etl.stages.readers.refusal import Refusal
from etl.stages.readers.worker import READERS_OF_THIS_PROCESS

__all__ = ["Attached", "Mail", "is_wrapping", "open_mail"]


def open_mail(content: bytes, name: str, limits: Limits = DEFAULT) -> list[Attached]:
    """Everything attached in ``content`` (eml, msg or zip, one in the other), in its order.

    An archive that turns out to be a workbook comes back as itself. Raises ``DeliveryRefused`` with ``file_damaged``,
    ``file_too_large`` or ``file_took_too_long``.
    """
    try:
        if len(content) > limits.file_bytes:
            raise Refusal("file_too_large", what="bytes", limit=limits.file_bytes, found=len(content))
        found = unpack_attached(READERS_OF_THIS_PROCESS.ask(content, limits, ATTACHED))
    except Refusal as refusal:
        raise DeliveryRefused(Issue(refusal.code, values={"name": name, **refusal.values})) from None
    return [Attached(one.name or name, one.content, one.mail, one.why) for one in found]
