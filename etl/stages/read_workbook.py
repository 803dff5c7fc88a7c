"""Stage 1: a received file becomes a workbook of sheets, read in a limited process of its own."""

from __future__ import annotations

from etl.issues import DeliveryRefused, Issue
from etl.stages.readers.detect import BLANK
from etl.stages.readers.limits import DEFAULT, Limits
from etl.stages.readers.refusal import Refusal
from etl.stages.readers.wire import unpack
from etl.stages.readers.worker import READERS_OF_THIS_PROCESS
from etl.stages.shapes import Workbook

__all__ = ["DEFAULT", "Limits", "read_workbook", "warm_up"]


def read_workbook(content: bytes, name: str, limits: Limits = DEFAULT) -> Workbook:
    """The workbook in ``content``, whatever ``name`` pretends it is.

    Raises ``DeliveryRefused`` with ``file_not_a_spreadsheet``, ``file_empty``, ``file_password_protected``,
    ``file_damaged``, ``file_too_large`` or ``file_took_too_long``; its values are ``name`` and those of ``Refusal``.
    """
    try:
        return unpack(_answer(content, limits))
    except Refusal as refusal:
        raise DeliveryRefused(Issue(refusal.code, values={"name": name, **refusal.values})) from None


def warm_up() -> None:
    """Start the reading process ahead of the first file, which then need not wait for it."""
    READERS_OF_THIS_PROCESS.warm_up()


def _answer(content: bytes, limits: Limits) -> bytearray:
    if len(content) > limits.file_bytes:
        raise Refusal("file_too_large", what="bytes", limit=limits.file_bytes, found=len(content))
    if not content[:4096].strip(BLANK) and not content.strip(BLANK):
        raise Refusal("file_empty")
    return READERS_OF_THIS_PROCESS.ask(content, limits)
