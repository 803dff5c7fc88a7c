"""What anybody may type into the store, checked where it is stored: characters, lengths, days."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from etl.pipeline.refused import Refused

#: What no column or cell may hold; a line break and a tab are text.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_NOT_SEEN = frozenset({"Cf", "Zs", "Zl", "Zp", "Cc"})
#: No list of a network is about other years.
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2200, 12, 31)


def one_line(text: str) -> str:
    """Without control characters, each run of spaces as one; "" where nobody would see anything."""
    return " ".join(paragraphs(text).split())


def paragraphs(text: str) -> str:
    """As ``one_line``, with the line breaks as they were typed."""
    told = _CONTROLS.sub("", text.replace("\r\n", "\n")).strip()
    return "" if all(unicodedata.category(sign) in _NOT_SEEN for sign in told) else told


def refuse_long(refused: type[Refused], text: str, longest: int) -> None:
    """Raises ``refused`` (too_long; ``found`` is how many characters are possible): nothing is cut unasked."""
    if len(text) > longest:
        raise refused("too_long", str(longest))


def refuse_day(refused: type[Refused], *days: dt.date | None) -> None:
    """Raises ``refused`` (no_such_day) for a day nobody can mean."""
    for day in days:
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise refused("no_such_day", f"{day:%d.%m.}{day.year:04}")
