"""What makes two deliveries the same list: their kind and their headings, whatever year these carry."""

from __future__ import annotations

import hashlib

from etl.stages.columns.heading_parts import series_key
from etl.stages.shapes import Table


def fingerprint(table: Table) -> str:
    """A stable hash of kind and sorted normalised headings; years in headings and the columns' order do not count."""
    headings = sorted(series_key(column.heading) for column in table.columns if column.heading_cells)
    text = "\n".join([table.kind or "", *headings])
    return hashlib.sha256(text.encode()).hexdigest()[:16]
