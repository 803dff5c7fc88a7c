"""What stands in the place of a name that was erased: the record goes on, the person is gone."""

from __future__ import annotations

import re

_SIGN = "Person Gelöscht-"
_ERASED = re.compile(rf"{_SIGN}[A-Z]+")


def erased_name(record: str) -> str:
    """A name that is the record's own and nobody's: in letters, for no name has digits."""
    number = int(re.sub(r"\D", "", record) or 0)
    letters = ""
    while True:
        number, rest = divmod(number, 26)
        letters = chr(ord("A") + rest) + letters
        if not number:
            return f"{_SIGN}{letters}"


def is_erased(name: str | None) -> bool:
    return name is not None and _ERASED.fullmatch(name) is not None
