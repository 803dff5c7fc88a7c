"""What the generated pages are made of: tables, and sentences with their values left open."""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.wording.catalogues import message

_BLANK = "\u00a0"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def sentence(language: str, key: str, n: int = 1) -> str:
    """A sentence with its values left open, as people read it; ``n`` chooses between one and many."""
    quoted = {"de": "„…“", "en": "“…”"}[language]
    text = re.sub(r"\{\w+:quoted\}", quoted, message(language, key, n))
    return one_line(re.sub(r"\{\w+(:\w+)?\}", "…", text))


def one_line(text: str) -> str:
    return text.replace(_BLANK, " ").replace("\n", " ")
