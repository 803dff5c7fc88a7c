"""Why a reader gives a file back unread."""

from __future__ import annotations


class Refusal(Exception):
    """``code`` is one of the ``file_*`` codes of ``etl.issues``; ``values`` are plain JSON values for its sentence.

    ``kind`` among the values names what the file seems to be (``pdf``, ``docx``, ``zip`` ...), ``what`` names the
    bound that was passed (``bytes``, ``unpacked``, ``cells``, ``memory``).
    """

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
