"""What a transaction answers that stores nothing: a code, and the sentence that says it to whoever asked."""

from __future__ import annotations

from typing import ClassVar


class Refused(Exception):
    """Nothing was stored. ``code`` says why: each kind of refusal lists its own; ``found`` is what it is about, as it
    was typed. ``sentences``: how the keys of its sentences begin; empty where pages say it in words of their own."""

    sentences: ClassVar[str] = ""

    def __init__(self, code: str, found: str = "") -> None:
        super().__init__(f"{code}: {found}")
        self.code = code
        self.found = found

    @property
    def sentence(self) -> str:
        """Key of the sentence, which takes ``found``."""
        return self.sentences + self.code
