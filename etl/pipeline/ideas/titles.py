"""Titles of ideas as people paste and type them: signs of a list go, and what differs only in spelling is the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_BULLET = re.compile(r"^(?:[-–—*·]\s+|[•▪●◦‣]\s*)+")
#: „1. Mai“ is a day.
_NUMBER = re.compile(
    r"^\(?(\d{1,3})[.)]\s+(?!(?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez|mar|may|oct|dec)\w*\b)", re.I
)
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def listed(lines: Sequence[str]) -> list[str]:
    """The titles of a pasted list: without the signs before each („•“), and without numbers where all are numbered."""
    told = [_BULLET.sub("", " ".join(line.split())).strip() for line in lines]
    told = [title for title in told if title and not re.fullmatch(r"[-–—*·]+", title)]
    if told and all(_NUMBER.match(title) for title in told):
        told = [_NUMBER.sub("", title) for title in told]
    return told


def same_title(title: str) -> str:
    """What two spellings of a title have in common: „Sprach-Café“, „sprachcafe“ and „Sprach Cafe“."""
    whole = unicodedata.normalize("NFKC", title).casefold().translate(_SPELT_OUT)
    plain = "".join(c for c in unicodedata.normalize("NFKD", whole) if c.isalnum())
    return plain or whole
