"""Alphabetical order as people know it: umlauts beside their vowel, quotation marks and case of no weight."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=200_000)
def alphabetical(text: str) -> str:
    """Sort key after DIN 5007-1: ä as a, ß as ss; what is no letter or digit at the start doesn't count."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return plain.lstrip(" „“”\"'‚‘’»«(–-")
