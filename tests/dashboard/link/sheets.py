"""What stands in a workbook that answers became."""

from __future__ import annotations

import io

from openpyxl import load_workbook


def texts(content: bytes) -> list[str]:
    book = load_workbook(io.BytesIO(content))
    cells = (cell.value for page in book for row in page.iter_rows() for cell in row)
    return [str(value).replace("\u00a0", " ") for value in cells if value is not None]
