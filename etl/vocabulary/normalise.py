"""One spelling for comparing headings, words and names. Rule of the vocabulary: normalise."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_UMLAUTS = str.maketrans({"ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue"})
_GENDER = re.compile(r"(?:[*:_/]-?in(nen)?|\(in(nen)?\)|\(innen\))\b")
_HYPHENATED_BREAK = re.compile(r"(?<=\w)-\s*\n\s*(?=[a-zäöüß])")
_NOT_WORD = re.compile(r"[^a-z0-9%€#+]+")
_INNER_CAPITAL_IN = re.compile(r"(?<=[a-zäöüß])In(nen)?\b")


@lru_cache(maxsize=40_000)
def normalise(text: str) -> str:
    """``"Ansprechpartner*innen" -> "ansprechpartnerin"``, ``"Maß-\\nnahme" -> "massnahme"``.

    NFKC, soft hyphens dropped, a hyphen at a line break joins the word, gender forms become ``in`` (singular),
    umlauts spelt out, everything that is no letter or digit is one blank.
    """
    plain = text.isascii()  # each step only where it could change anything: every title of every file comes by
    if not plain:
        text = unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("\u200b", "")
    if "\n" in text:
        text = _HYPHENATED_BREAK.sub("", text)
    if "In" in text:
        text = _INNER_CAPITAL_IN.sub("in", text)
    text = text.casefold()
    if "in" in text:
        text = _GENDER.sub("in", text)
    if not plain:
        text = text.translate(_UMLAUTS)
    return _NOT_WORD.sub(" ", text).strip()
