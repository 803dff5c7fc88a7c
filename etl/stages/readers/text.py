"""csv, tsv and other delimited text."""

from __future__ import annotations

import re
from collections import Counter

from etl.stages.readers.cells import check_area, square
from etl.stages.readers.limits import Limits
from etl.stages.readers.refusal import Refusal
from etl.stages.shapes import CellValue, Sheet, Workbook

#: German spreadsheets write semicolons; a comma is also a decimal mark and a word's neighbour.
DELIMITERS = (";", "\t", ",", "|")
#: The eight-bit encodings offices still write: Windows, old Mac, DOS.
EIGHT_BIT = ("cp1252", "mac_roman", "cp850")
LETTERS = re.compile("[äöüÄÖÜßéèáàçñ]")
#: UTF-8 that had been read as cp1252 and saved again: Ã and Â before what their second byte became.
GARBLED = re.compile("Ã[\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u2122\u20ac]|Â[\u00a0-\u00bf]")
SAMPLE_ROWS = 50
#: Where fewer rows than this share hold a mark, it is one of prose.
LEAST_WIDE = 0.2


def read_text(content: bytes, limits: Limits) -> Workbook:
    """One sheet without a name of its own; rows are records, as a spreadsheet program would number them."""
    text, encoding = decode(content)
    if not text.strip():
        raise Refusal("file_empty")
    delimiter = find_delimiter(text)
    rows = split_rows(text, delimiter)
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise Refusal("file_empty")
    width = max(map(len, rows))
    if width < 2 and len(rows) < 2:
        raise Refusal("file_not_a_spreadsheet", kind="text")
    check_area(len(rows), width, limits, "", 0)
    sheet = Sheet("", rows=[[*row, *([None] * (width - len(row)))] for row in rows])
    square(sheet, limits)
    return Workbook("csv", [sheet], encoding, delimiter, bool(GARBLED.search(text)))


def decode(content: bytes) -> tuple[str, str]:
    """Text and the encoding it was in: by byte order mark, else UTF-8, else the one with most German letters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), "utf-16"
    try:
        mark = content.startswith(b"\xef\xbb\xbf")
        return content.decode("utf-8-sig"), "utf-8-sig" if mark else "utf-8"
    except UnicodeDecodeError:
        pass
    readings = [(name, content.decode(name, "replace")) for name in EIGHT_BIT]
    name, text = max(readings, key=lambda reading: _likely(reading[1]))
    return text, name


def _likely(text: str) -> int:
    """Letters German uses speak for an encoding, characters that stand in no text against it. The first best wins."""
    strange = sum(1 for letter in text if letter == "\ufffd" or "\u2500" <= letter <= "\u25ff")
    return len(LETTERS.findall(text)) - 2 * strange


def find_delimiter(text: str) -> str:
    """The delimiter whose rows agree best on their width; on a tie the first of ``DELIMITERS``."""
    sample = text[:100_000]
    best, found = (0.0, 0), DELIMITERS[0]
    for delimiter in DELIMITERS:
        if delimiter not in sample:
            continue
        rows = [row for row in split_rows(sample, delimiter, SAMPLE_ROWS) if any(row)]
        wide = Counter(len(row) for row in rows if len(row) > 1)
        if wide.total() < LEAST_WIDE * len(rows) or not wide:
            continue
        width, count = wide.most_common(1)[0]
        agreement = (count / len(rows), min(width, 3))
        if agreement > best:
            best, found = agreement, delimiter
    return found


def split_rows(text: str, delimiter: str, most: int | None = None) -> list[list[CellValue]]:
    """The rows of delimited text.

    A quoted field must end before a delimiter or a line's end; a quote that opens but is not closed so is text like
    any other (Python's ``csv`` would swallow rows there). Line ends are CR, LF and CRLF, nothing else.
    """
    token = _token(delimiter)
    rows: list[list[CellValue]] = []
    row: list[CellValue] = []
    at, end = 0, len(text)
    while at <= end:
        match = token.match(text, at)
        assert match is not None, "the pattern matches everywhere"
        quoted, plain, stop = match.groups()
        row.append(quoted.replace('""', '"') if quoted is not None else plain or None)
        at = match.end()
        if stop == delimiter:
            continue
        rows.append([] if row == [None] else row)
        row = []
        if not stop or at == end or (most and len(rows) >= most):
            break
    return rows


def _token(delimiter: str) -> re.Pattern[str]:
    mark = re.escape(delimiter)
    return re.compile(rf'(?:"((?:[^"]++|"")*+)"[ ]*(?={mark}|\r|\n|\Z)|([^{mark}\r\n]*))({mark}|\r\n|\r|\n|\Z)')
