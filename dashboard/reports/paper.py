"""A paper as blocks: headings, sentences, lists and tables, the same for PDF and DOCX. Nothing in a text is markup."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 2 or 3; the paper's title is level 1."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Sentence:
    """A paragraph. ``label`` stands before it in bold; ``quiet``: a remark."""

    text: str
    label: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table with its header row; every row has a cell a column. ``shares``: how wide the columns are, relatively."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...] = ()

    @property
    def widths(self) -> Sequence[int]:
        return self.shares or (1,) * len(self.columns)


Block = Heading | Sentence | Bullets | Rows


@dataclass(frozen=True, slots=True)
class Paper:
    """``over`` stands above the title, ``finding`` beneath it; ``footer`` on every page, before the page's number;
    ``page``: its words ("Seite {} von {}") with two places. ``day`` dates the file: the same paper gives the same
    bytes."""

    language: str
    title: str
    over: str
    finding: str
    footer: str
    page: tuple[str, str]
    author: str
    day: dt.date
    blocks: tuple[Block, ...] = ()
